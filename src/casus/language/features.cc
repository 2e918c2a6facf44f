// SPDX-License-Identifier: Apache-2.0
// The reference in Python (training/features.py) computes the same; features.json in tests/golden/language holds it to
// that.
#include "casus/language/features.h"

#include "casus/base/utf8.h"

namespace casus::detail {

namespace {

constexpr std::size_t kMaxCodePoints = 64;  // of a form; longer ones keep both ends
constexpr std::size_t kMaxRun = 4;          // of one class in a shape
constexpr std::uint64_t kBasis = 0xcbf29ce484222325ULL;
constexpr std::uint64_t kPrime = 0x100000001b3ULL;

std::uint64_t fold(std::uint64_t h) {
  return h ^ (h >> 32U);
}

std::uint64_t add_byte(std::uint64_t h, char32_t byte) {
  return (h ^ (byte & 0xFFU)) * kPrime;
}

std::uint64_t add_code_point(std::uint64_t h, char32_t c) {
  if (c < 0x80) return add_byte(h, c);
  if (c < 0x800) return add_byte(add_byte(h, 0xC0U | (c >> 6U)), 0x80U | (c & 0x3FU));
  if (c < 0x10000)
    h = add_byte(h, 0xE0U | (c >> 12U));
  else
    h = add_byte(add_byte(h, 0xF0U | (c >> 18U)), 0x80U | ((c >> 12U) & 0x3FU));
  return add_byte(add_byte(h, 0x80U | ((c >> 6U) & 0x3FU)), 0x80U | (c & 0x3FU));
}

void decode_form(std::string_view form, std::u32string& out) {
  out.clear();
  for (std::size_t i = 0; i < form.size();) {
    const Decoded d = decode_utf8(form, i);
    out += d.code_point;
    i += d.length;
  }
  if (out.size() > kMaxCodePoints) out.erase(kMaxCodePoints / 2, out.size() - kMaxCodePoints);
}

char32_t lower_once(char32_t c) {
  return c == 0x130 ? U'i' : to_lower(c);
}

}  // namespace

char32_t map_mark(char32_t c) {
  if (c < 0x60) return c;
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
      return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
      return U'"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return U'-';
    default:
      return c;
  }
}

char32_t shape_class(char32_t c) {
  if (c >= '0' && c <= '9') return U'd';
  if (lower_once(c) != c) return U'X';
  const bool small = (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) ||
                     (c >= 0x2C00 && c < 0x3000) || (c >= 0x3040 && c < 0xFE00);
  return small ? U'x' : c;
}

std::uint64_t hash_code_points(std::uint8_t kind, std::u32string_view text) {
  std::uint64_t h = add_byte(kBasis, kind);
  for (const char32_t c : text) h = add_code_point(h, c);
  return fold(h);
}

void word_features(std::string_view form, const FeatureRows& rows, WordFeatures& out) {
  decode_form(form, out.norm);
  out.shape.clear();
  std::size_t run = 0;
  for (char32_t& c : out.norm) {
    c = map_mark(c);
    const char32_t shape = shape_class(c);
    run = !out.shape.empty() && out.shape.back() == shape ? run + 1 : 1;
    if (run <= kMaxRun) out.shape += shape;
    c = lower_once(c);
    if (c >= '0' && c <= '9') c = U'0';
  }
  const std::u32string_view norm = out.norm;
  const auto row = [](std::uint64_t hash, std::uint32_t count) {
    return static_cast<std::uint32_t>(hash & (count - 1));
  };
  const std::uint64_t norm_hash = hash_code_points(1, norm);
  out.check = static_cast<std::uint8_t>(norm_hash >> 24U);
  out.rows = {row(norm_hash, rows.norm), row(hash_code_points(2, norm.substr(0, 3)), rows.prefix),
              row(hash_code_points(3, norm.size() > 4 ? norm.substr(norm.size() - 4) : norm), rows.suffix),
              row(hash_code_points(4, out.shape), rows.shape)};
  out.chars.clear();
  if (norm.empty()) return;
  // All 3-grams, then all 4-grams, then all 5-grams of the word between its two fences.
  const std::size_t length = norm.size() + 2;
  const auto at = [&](std::size_t i) { return i == 0 ? U'\x02' : i == length - 1 ? U'\x03' : norm[i - 1]; };
  for (std::size_t n = 3; n <= 5; ++n) {
    for (std::size_t first = 0; first + n <= length; ++first) {
      std::uint64_t h = add_byte(kBasis, 5);
      for (std::size_t i = first; i < first + n; ++i) h = add_code_point(h, at(i));
      out.chars.push_back(row(fold(h), rows.chars));
    }
  }
}

}  // namespace casus::detail
