// SPDX-License-Identifier: Apache-2.0
#pragma once
// A table of rows "kind <TAB> word": which kinds a word has. For the small fact tables of this room.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus::detail {

class RowTable {
 public:
  explicit RowTable(std::string_view table);  // lines; '#' begins a comment

  bool is(std::string_view kind, std::string_view word) const;
  // The first of the kinds given that the word has; empty when it has none.
  std::string_view first_of(std::initializer_list<std::string_view> kinds, std::string_view word) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, std::vector<std::string>, Hash, std::equal_to<>> kinds_;
};

// Learned weights by the name of their feature, in thousandths: "feature <TAB> 1234". Features are given in pieces and
// joined by ':' for the look-up, so that no string is built.
class WeightTable {
 public:
  explicit WeightTable(std::string_view table);
  float operator[](std::uint64_t feature) const {
    const auto it = weights_.find(feature);
    return it == weights_.end() ? 0.0F : it->second;
  }

 private:
  std::unordered_map<std::uint64_t, float> weights_;
};

// FNV-1a over the pieces with ':' between them.
constexpr std::uint64_t feature_hash(std::initializer_list<std::string_view> pieces) {
  constexpr std::uint64_t kStart = 14695981039346656037ULL, kPrime = 1099511628211ULL;
  std::uint64_t hash = kStart;
  bool first = true;
  for (const std::string_view piece : pieces) {
    if (!first) hash = (hash ^ static_cast<unsigned char>(':')) * kPrime;
    first = false;
    for (const char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  }
  return hash;
}

// Takes features one by one: sums their weights, or writes their names for training.
class FeatureSink {
 public:
  explicit FeatureSink(const WeightTable& weights) : weights_(&weights) {}
  explicit FeatureSink(std::string& names) : names_(&names) {}
  void add(std::initializer_list<std::string_view> pieces) {
    if (weights_ != nullptr) {
      sum_ += (*weights_)[feature_hash(pieces)];
      return;
    }
    char before = '\t';
    for (const std::string_view piece : pieces) {
      *names_ += before;
      *names_ += piece;
      before = ':';
    }
  }
  float sum() const { return sum_; }

 private:
  const WeightTable* weights_ = nullptr;
  std::string* names_ = nullptr;
  float sum_ = 0;
};

}  // namespace casus::detail
