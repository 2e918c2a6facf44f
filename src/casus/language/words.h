// SPDX-License-Identifier: Apache-2.0
#pragma once
// The word lists of the tokeniser (words/en.tsv, embedded at build time), answered by look-up. Private to this room.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace casus::detail {

enum class WordKind : std::uint16_t {
  title = 1,
  abbreviation = 2,
  number = 4,
  prefix = 8,
  unit = 16,
  clitic = 32,
  split = 64,
  whole = 128,
  smiley = 256,
  domain = 512,
  starter = 1024,
  saying = 2048,
};

class Words {
 public:
  // The lists of `language`; English for every other language as well, since its marks are the common ones.
  static const Words& of(std::string_view language);

  // As written, or in lower case where the list has no capitals. Curly apostrophes count as straight ones.
  bool is(WordKind kind, std::string_view word) const;
  // Bytes of the first part of a split word ("cannot": 3); 0 when it is not one.
  std::size_t cut(std::string_view word) const;

 private:
  explicit Words(std::string_view table);
  struct Entry {
    std::uint16_t kinds = 0;
    std::uint16_t cut = 0;
  };
  const Entry* find(std::string_view key) const;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
};

}  // namespace casus::detail
