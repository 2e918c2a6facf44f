// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a stretch of text looks like from outside, before anything understands it: does it end a sentence, does it begin
// in the middle of one, how many words has it. Both the joining of dumps and the choice of HTML blocks decide by these
// features.
//
// All functions take valid or invalid UTF-8, are linear in their input and hold nothing.
#include <casus/base/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casus::detail {

// decode_utf8 with the common case in line: most text is ASCII.
inline Decoded next_character(std::string_view text, std::size_t position) {
  if (position < text.size() && static_cast<unsigned char>(text[position]) < 0x80) {
    return {static_cast<unsigned char>(text[position]), 1, true};
  }
  return decode_utf8(text, position);
}

std::string_view trim(std::string_view text);

// Stretches between white space that hold a letter or digit; an ideograph or kana counts half a word.
std::size_t word_count(std::string_view text);

// "Putin said." "Why?" "over!\"" "…": full stops of known abbreviations and single capitals ("the U.S.") do not count.
bool ends_sentence(std::string_view text);

// Ends in a letter, so that nothing says whether it stops here.
bool ends_in_word(std::string_view text);

// Ends in a comma, an opening quote or bracket, a hyphen, or a function word ("of", "the", "and", "only").
bool ends_open(std::string_view text);

// Begins with a lower-case letter, or with something that can only continue: ", . ; : ) 's » ”".
bool begins_inside(std::string_view text);
bool begins_upper(std::string_view text);

// How many quotes and brackets of each family are opened and not closed. Straight double quotes count as open when odd.
struct Open {
  int straight = 0;  // 0 or 1
  int curly = 0, angle = 0, bracket = 0;
  bool quote() const { return straight > 0 || curly > 0 || angle > 0; }
  bool any() const { return quote() || bracket > 0; }
};
Open open_marks(std::string_view text, Open before = {});

// The text with which a fragment closes a quote that was open before it: position after the closing mark, or npos.
std::size_t closes_quote(std::string_view text, const Open& before);

// A sentence end lies inside the text, not only at its end.
bool has_inner_sentence_end(std::string_view text);

}  // namespace casus::detail
