// SPDX-License-Identifier: Apache-2.0
#pragma once
// UTF-8 as casus needs it: decode one character at a time without trusting the input, make arbitrary bytes valid, and
// go between byte offsets (inside the program) and code points (in JSON). All functions are linear in their input and
// never read past it.
#include <casus/base/span.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point = kReplacement;
  std::uint32_t length = 0;  // bytes consumed; 0 only at the end of the input
  bool valid = false;        // false: the bytes were malformed and stand for U+FFFD
};

// The character that starts at `position`. Malformed input yields U+FFFD for each maximal ill-formed subpart (Unicode
// 15, 3.9).
Decoded decode_utf8(std::string_view text, std::size_t position);

// Appends `code_point`; a surrogate or a value above U+10FFFF is written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

// Simple per-code-point lower case (utf8proc); keeps one code point for one.
char32_t to_lower(char32_t code_point);
std::string to_lower(std::string_view text);
bool is_upper(char32_t code_point);
bool is_letter(char32_t code_point);
bool is_digit(char32_t code_point);
bool is_space(char32_t code_point);  // White_Space property, with U+200B and U+FEFF

// Case, accents and compatibility forms folded away, white space collapsed to one blank: the key under which names are
// looked up. "Nicolás  MADURO" -> "nicolas maduro". Valid UTF-8 in gives valid UTF-8 out; malformed bytes become
// U+FFFD.
std::string fold_name(std::string_view text);

// Byte offsets of one valid UTF-8 text to code points and back. Building is O(n); each look-up is O(1) with a small
// scan. Holds a view: `text` must outlive it.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  std::uint32_t code_point(std::uint32_t byte) const;  // clamped to the text
  std::uint32_t byte(std::uint32_t code_point) const;  // clamped to the text
  CodePointSpan code_points(Span span) const { return {code_point(span.start), code_point(span.end)}; }
  Span bytes(CodePointSpan span) const { return {byte(span.start), byte(span.end)}; }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> every_;  // code points before each kStride-th byte
  bool ascii_ = true;
};

}  // namespace casus
