// SPDX-License-Identifier: Apache-2.0
// Named references are found by narrowing a range of the sorted table with each further character and remembering the
// longest name passed, so the work is bounded by the longest name (33 bytes). Tests: html_entities_test.cc,
// html_conformance_test.cc.
#include <casus/page/charset.h>
#include <casus/page/html_entities.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace casus::detail {

namespace {

struct EntityRow {
  std::uint16_t name;
  std::uint8_t name_length;
  std::uint16_t value;
  std::uint8_t value_length;
};

#include <casus/page/html_entities_table.inc>

constexpr std::uint32_t kMaxCodePoint = 0x10FFFF;

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int digit_value(char c, bool hex) {
  if (c >= '0' && c <= '9') return c - '0';
  if (!hex) return -1;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void put(CharacterReference& out, std::uint32_t code) {
  if (code == 0 || code > kMaxCodePoint || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  // Pages that write &#128; to &#159; mean windows-1252.
  if (code < 0x100) code = windows_1252(static_cast<unsigned char>(code));
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out.utf8[out.length++] = static_cast<char>(code);
  } else if (code < 0x800) {
    out.utf8[out.length++] = static_cast<char>(0xC0 | (code >> 6));
    out.utf8[out.length++] = tail(0);
  } else if (code < 0x10000) {
    out.utf8[out.length++] = static_cast<char>(0xE0 | (code >> 12));
    out.utf8[out.length++] = tail(6);
    out.utf8[out.length++] = tail(0);
  } else {
    out.utf8[out.length++] = static_cast<char>(0xF0 | (code >> 18));
    out.utf8[out.length++] = tail(12);
    out.utf8[out.length++] = tail(6);
    out.utf8[out.length++] = tail(0);
  }
}

CharacterReference read_number(std::string_view text, std::size_t position) {
  std::size_t at = position + 2;  // behind "&#"
  const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hex) ++at;
  const std::size_t first = at;
  std::uint32_t code = 0;
  for (; at < text.size(); ++at) {
    const int digit = digit_value(text[at], hex);
    if (digit < 0) break;
    if (code <= kMaxCodePoint) code = code * (hex ? 16U : 10U) + static_cast<std::uint32_t>(digit);
  }
  CharacterReference out;
  if (at == first) return out;
  if (at < text.size() && text[at] == ';') ++at;
  put(out, code);
  out.consumed = static_cast<std::uint32_t>(at - position);
  return out;
}

// The longest name of the table that starts at `at`; null: none does.
const EntityRow* longest_name(std::string_view text, std::size_t at) {
  const EntityRow* low = std::begin(kEntityRows);
  const EntityRow* high = std::end(kEntityRows);
  const EntityRow* best = nullptr;
  // Rows between low and high agree with the text in their first `depth` characters. A shorter name sorts first.
  for (std::size_t depth = 0; at + depth < text.size(); ++depth) {
    const auto letter = [depth](const EntityRow& row) {
      return depth < row.name_length ? static_cast<unsigned char>(kEntityNames[row.name + depth]) : 0U;
    };
    const unsigned wanted = static_cast<unsigned char>(text[at + depth]);
    if (wanted == 0) break;
    low = std::partition_point(low, high, [&](const EntityRow& row) { return letter(row) < wanted; });
    high = std::partition_point(low, high, [&](const EntityRow& row) { return letter(row) == wanted; });
    if (low == high) break;
    if (low->name_length == depth + 1) best = low;
  }
  return best;
}

}  // namespace

CharacterReference read_character_reference(std::string_view text, std::size_t position, bool in_attribute) {
  CharacterReference out;
  const std::size_t at = position + 1;
  if (at >= text.size()) return out;
  if (text[at] == '#') return read_number(text, position);
  if (!is_alnum(text[at])) return out;
  const EntityRow* row = longest_name(text, at);
  if (row == nullptr) return out;
  const std::size_t end = at + row->name_length;
  if (in_attribute && text[end - 1] != ';' && end < text.size() && (text[end] == '=' || is_alnum(text[end])))
    return out;
  std::memcpy(out.utf8, kEntityValues + row->value, row->value_length);
  out.length = row->value_length;
  out.consumed = static_cast<std::uint32_t>(end - position);
  return out;
}

}  // namespace casus::detail
