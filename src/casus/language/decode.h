// SPDX-License-Identifier: Apache-2.0
#pragma once
// From scores to one tree, one sequence of names and a lemma (docs/format-casm.md, sections 5 and 6). Private to this
// room.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// scores[i * stride + j]: dependent i = 0…n-1 (word i), head j = 0 for the root, j = word + 1 otherwise; the score of a
// word as its own head is ignored. Returns n heads in the same numbering: one root, no cycle. O(n²); O(n³) where the
// best heads form cycles. n >= 1.
std::vector<std::uint32_t> decode_tree(std::span<const float> scores, std::size_t n, std::size_t stride);

// Best path: emissions[word * stride + tag], transition[(tags + 1) × tags] with the start in its last row.
std::vector<std::uint32_t> decode_names(std::span<const float> emissions, std::size_t words, std::size_t stride,
                                        std::size_t tags, std::span<const float> transition);

struct LemmaScript {
  bool replace = false;         // the lemma is `prefix`
  std::uint32_t cut_front = 0;  // code points
  std::uint32_t cut_back = 0;
  std::string prefix, suffix;
};
std::string apply_lemma(const LemmaScript& script, std::string_view form, bool lower);

}  // namespace casus::detail
