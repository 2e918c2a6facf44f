// SPDX-License-Identifier: Apache-2.0
#pragma once
// A word's form to rows of the embedding tables (docs/format-casm.md, section 3). Private to this room.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// Numbers of rows of the tables; powers of two.
struct FeatureRows {
  std::uint32_t norm = 1, prefix = 1, suffix = 1, shape = 1, chars = 1;
};

struct WordFeatures {
  std::array<std::uint32_t, 4> rows{};  // norm, prefix, suffix, shape
  std::uint8_t check = 0;               // of the norm: which of the words of its row it is
  std::vector<std::uint32_t> chars;     // n-grams in the order in which they are summed
  std::u32string norm, shape;
};

// Fills `out`, whose memory is used again. Reads at most 64 code points of the form, so O(1) after decoding it.
void word_features(std::string_view form, const FeatureRows& rows, WordFeatures& out);

// FNV-1a over `kind` and the UTF-8 of the code points, folded to 32 bits of use.
std::uint64_t hash_code_points(std::uint8_t kind, std::u32string_view text);

// Dashes and quotation marks to their plain kinds.
char32_t map_mark(char32_t c);
// 'd', 'X', 'x' or the character itself.
char32_t shape_class(char32_t mapped);

}  // namespace casus::detail
