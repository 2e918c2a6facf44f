// SPDX-License-Identifier: Apache-2.0
#pragma once
// Is this text the same report as one we have? Exact copies by hash, near copies (other boilerplate, a changed word,
// another outlet's print of one wire story) by MinHash over 5-token shingles of folded text (Broder 1997), found
// through LSH bands.
//
//   casus::Signature a = casus::signature(text);
//   double same = casus::similarity(a, b);   // estimate of the Jaccard index of the shingle sets
//
// Deterministic across machines. Cost: linear in the text; similarity is O(kHashes).
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casus {

constexpr std::size_t kHashes = 128;  // standard error of the estimate: at most 0.044
constexpr std::size_t kBands =
    32;  // of 4 rows each: a pair at 0.8 shares a band with probability > 0.9999, one at 0.3 with 0.23

struct Signature {
  std::array<std::uint32_t, kHashes> minimum{};
  std::uint32_t shingles = 0;  // distinct shingles seen; 0: text too short to compare
};

Signature signature(std::string_view text);
double similarity(const Signature& a, const Signature& b);  // 0 when either has no shingles
// One key per band: texts that share a key are candidates.
std::vector<std::uint64_t> band_keys(const Signature& signature);

// Above this the two texts are one report: their events are kept once, the second article points to the first.
constexpr double kNearDuplicate = 0.7;

}  // namespace casus
