// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace casus {

namespace {

constexpr std::uint32_t kStride =
    64;  // bytes between two stored counts of CodePointIndex: memory n/16, scan at most 64 bytes

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

Decoded decode_utf8(std::string_view text, std::size_t position) {
  if (position >= text.size()) return {kReplacement, 0, false};
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1, true};
  // Length and the allowed range of the second byte; the ranges exclude overlong forms, surrogates and > U+10FFFF.
  std::uint32_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  char32_t value = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    value = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    value = lead & 0x0FU;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    value = lead & 0x07U;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {kReplacement, 1, false};
  }
  for (std::uint32_t i = 1; i < length; ++i) {
    if (position + i >= text.size()) return {kReplacement, i, false};
    const unsigned char byte = at(i);
    if (byte < low || byte > high) return {kReplacement, i, false};
    low = 0x80;
    high = 0xBF;
    value = (value << 6U) | (byte & 0x3FU);
  }
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0U | (code_point >> 6U));
    out += static_cast<char>(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0U | (code_point >> 12U));
    out += static_cast<char>(0x80U | ((code_point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code_point & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (code_point >> 18U));
    out += static_cast<char>(0x80U | ((code_point >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((code_point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code_point & 0x3FU));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Decoded d = decode_utf8(text, i);
    if (!d.valid) return false;
    i += d.length;
  }
  return true;
}

char32_t to_lower(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point)));
}

std::string to_lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode_utf8(text, i);
    append_utf8(out, to_lower(d.code_point));
    i += d.length;
  }
  return out;
}

bool is_upper(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z';
  return utf8proc_isupper(static_cast<utf8proc_int32_t>(code_point)) != 0;
}

bool is_letter(char32_t code_point) {
  if (code_point < 0x80) return (code_point >= 'A' && code_point <= 'Z') || (code_point >= 'a' && code_point <= 'z');
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char32_t code_point) {
  if (code_point < 0x80) return code_point >= '0' && code_point <= '9';
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_ND;
}

bool is_space(char32_t code_point) {
  if (code_point <= 0x20) return code_point == ' ' || (code_point >= 9 && code_point <= 13);
  return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
         (code_point >= 0x2000 && code_point <= 0x200B) || code_point == 0x2028 || code_point == 0x2029 ||
         code_point == 0x202F || code_point == 0x205F || code_point == 0x3000 || code_point == 0xFEFF;
}

std::string fold_name(std::string_view text) {
  std::string spaced;
  spaced.reserve(text.size());
  bool pending = false;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode_utf8(text, i);
    i += d.length;
    if (is_space(d.code_point)) {
      pending = !spaced.empty();
      continue;
    }
    if (pending) spaced += ' ';
    pending = false;
    char32_t c = d.code_point;
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x0060) c = '\'';
    if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2014) c = '-';
    append_utf8(spaced, c);
  }
  if (std::all_of(spaced.begin(), spaced.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    for (char& c : spaced) c = static_cast<char>(to_lower(static_cast<char32_t>(static_cast<unsigned char>(c))));
    return spaced;
  }
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                          UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(spaced.data()),
                                             static_cast<utf8proc_ssize_t>(spaced.size()), &mapped, options);
  if (size < 0) return to_lower(spaced);
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  std::free(mapped);  // NOLINT: allocated by utf8proc with malloc
  return out;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  every_.reserve(text.size() / kStride + 1);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) every_.push_back(count);
    if (!is_continuation(text[i])) ++count;
    if (static_cast<unsigned char>(text[i]) >= 0x80) ascii_ = false;
  }
}

std::uint32_t CodePointIndex::code_point(std::uint32_t byte) const {
  byte = std::min<std::uint32_t>(byte, static_cast<std::uint32_t>(text_.size()));
  if (ascii_) return byte;
  if (every_.empty()) return 0;
  const std::uint32_t block = std::min<std::uint32_t>(byte / kStride, static_cast<std::uint32_t>(every_.size()) - 1);
  std::uint32_t count = every_[block];
  for (std::uint32_t i = block * kStride; i < byte; ++i) count += is_continuation(text_[i]) ? 0 : 1;
  return count;
}

std::uint32_t CodePointIndex::byte(std::uint32_t code_point) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (ascii_) return std::min(code_point, size);
  const auto block = std::upper_bound(every_.begin(), every_.end(), code_point) - every_.begin();
  if (block == 0) return 0;
  std::uint32_t i = static_cast<std::uint32_t>(block - 1) * kStride;
  std::uint32_t count = every_[static_cast<std::size_t>(block - 1)];
  // `count` characters start before byte i; walk to the start of character number `code_point`.
  while (i < size && is_continuation(text_[i])) ++i;
  while (i < size && count < code_point) {
    ++i;
    while (i < size && is_continuation(text_[i])) ++i;
    ++count;
  }
  return i;
}

}  // namespace casus
