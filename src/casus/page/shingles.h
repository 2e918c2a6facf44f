// SPDX-License-Identifier: Apache-2.0
#pragma once
// Two texts compared: folded to letters and digits, and cut into marks of four words each. Cost: linear in the text.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace casus::detail {

// Letters and digits of a text, lower case, one blank between words.
std::string folded(std::string_view text);

// 64-bit marks of a folded text's runs of four words.
std::unordered_set<std::uint64_t> shingles(std::string_view folded_text);

}  // namespace casus::detail
