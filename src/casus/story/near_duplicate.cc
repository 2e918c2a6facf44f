// SPDX-License-Identifier: Apache-2.0
// One hash per shingle; the 128 minima come from 128 fixed multiply-shift mixes of it, so a text is folded and hashed
// once. Bands of four minima make the keys. Tests: near_duplicate_test.cc.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>
#include <casus/story/near_duplicate.h>

#include <algorithm>
#include <limits>
#include <string>

namespace casus {

namespace {

constexpr std::size_t kTokens = 5;  // per shingle
constexpr std::size_t kRows = kHashes / kBands;

// splitmix64 (Steele, Lea and Flood 2014): well mixed constants from a counter, the same on every machine.
constexpr std::uint64_t mixed(std::uint64_t counter) {
  std::uint64_t z = counter * 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

constexpr std::array<std::uint64_t, kHashes> make_factors() {
  std::array<std::uint64_t, kHashes> factors{};
  for (std::size_t i = 0; i < kHashes; ++i) factors[i] = mixed(i + 1) | 1U;
  return factors;
}
constexpr std::array<std::uint64_t, kHashes> kFactors = make_factors();

// Hashes of the words of a text: runs of letters and digits of its folded form. Punctuation and quotation marks differ
// between prints of one report, so they do not count.
std::vector<std::uint64_t> word_hashes(std::string_view text) {
  const std::string folded = fold_name(text);
  std::vector<std::uint64_t> words;
  std::size_t start = 0;
  const auto close = [&](std::size_t end) {
    if (end > start) words.push_back(xxh3(std::string_view(folded).substr(start, end - start)));
  };
  for (std::size_t at = 0; at < folded.size();) {
    const Decoded c = decode_utf8(folded, at);
    if (!is_letter(c.code_point) && !is_digit(c.code_point)) {
      close(at);
      start = at + c.length;
    }
    at += c.length;
  }
  close(folded.size());
  return words;
}

std::vector<std::uint64_t> shingle_hashes(std::string_view text) {
  const std::vector<std::uint64_t> words = word_hashes(text);
  std::vector<std::uint64_t> shingles;
  for (std::size_t i = 0; i + kTokens <= words.size(); ++i) {
    shingles.push_back(xxh3({reinterpret_cast<const char*>(&words[i]), kTokens * sizeof(std::uint64_t)}));
  }
  std::ranges::sort(shingles);
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());  // clang 14 knows no ranges::unique
  return shingles;
}

}  // namespace

Signature signature(std::string_view text) {
  Signature out;
  out.minimum.fill(std::numeric_limits<std::uint32_t>::max());
  const std::vector<std::uint64_t> shingles = shingle_hashes(text);
  out.shingles =
      static_cast<std::uint32_t>(std::min<std::size_t>(shingles.size(), std::numeric_limits<std::uint32_t>::max()));
  for (const std::uint64_t shingle : shingles) {
    for (std::size_t i = 0; i < kHashes; ++i) {
      // The upper half of a product by an odd constant depends on all bits below; the xor makes the 128 orders unlike
      // one another.
      const auto value = static_cast<std::uint32_t>(((shingle ^ (kFactors[i] >> 7U)) * kFactors[i]) >> 32U);
      out.minimum[i] = std::min(out.minimum[i], value);
    }
  }
  return out;
}

double similarity(const Signature& a, const Signature& b) {
  if (a.shingles == 0 || b.shingles == 0) return 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < kHashes; ++i) same += a.minimum[i] == b.minimum[i] ? 1 : 0;
  return static_cast<double>(same) / static_cast<double>(kHashes);
}

std::vector<std::uint64_t> band_keys(const Signature& signature) {
  std::vector<std::uint64_t> keys;
  if (signature.shingles == 0) return keys;
  keys.reserve(kBands);
  for (std::size_t band = 0; band < kBands; ++band) {
    keys.push_back(
        xxh3({reinterpret_cast<const char*>(&signature.minimum[band * kRows]), kRows * sizeof(std::uint32_t)}, band));
  }
  return keys;
}

}  // namespace casus
