// SPDX-License-Identifier: Apache-2.0
// Tests: main_content_test.cc, through the features made of them.
#include <casus/base/hash.h>
#include <casus/page/shingles.h>
#include <casus/page/text_shape.h>

#include <array>

namespace casus::detail {

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = next_character(text, i);
    i += d.length;
    if (d.code_point < 0x80) {
      const char c = static_cast<char>(d.code_point);
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        out += upper ? static_cast<char>(c + 32) : c;
      } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
      }
    } else if (is_letter(d.code_point) || is_digit(d.code_point)) {
      append_utf8(out, to_lower(d.code_point));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::unordered_set<std::uint64_t> shingles(std::string_view folded_text) {
  std::unordered_set<std::uint64_t> out;
  std::array<std::size_t, 4> starts{};
  std::size_t words = 0;
  for (std::size_t i = 0; i <= folded_text.size(); ++i) {
    if (i < folded_text.size() && folded_text[i] != ' ') {
      if (i == 0 || folded_text[i - 1] == ' ') starts[words++ % 4] = i;
      continue;
    }
    if (words >= 4) out.insert(xxh3(folded_text.substr(starts[words % 4], i - starts[words % 4])));
  }
  return out;
}

}  // namespace casus::detail
