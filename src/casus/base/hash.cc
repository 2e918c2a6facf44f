// SPDX-License-Identifier: Apache-2.0
#include <casus/base/hash.h>

#include <openssl/sha.h>
#include <xxhash.h>

#include <array>

namespace casus {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(digest.size() * 2);
  for (const unsigned char b : digest) {
    out += kHex[b >> 4U];
    out += kHex[b & 15U];
  }
  return out;
}

std::string content_id(std::string_view kind, std::initializer_list<std::string_view> fields) {
  std::string buffer;
  const auto put = [&](std::string_view field) {
    buffer += std::to_string(field.size());
    buffer += ':';
    buffer += field;
  };
  put(kind);
  for (const std::string_view field : fields) put(field);
  return sha256_hex(buffer).substr(0, 32);
}

std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace casus
