// SPDX-License-Identifier: Apache-2.0
#pragma once
// Two hashes: SHA-256 where identity must be believed for years (ids, revisions, stored pages), XXH3 where only speed
// counts.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace casus {

std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits

// An id made of fields: SHA-256 over each field with its length in front, so ("ab","c") and ("a","bc") differ; the
// first 128 bits as 32 hex digits. Two of 1e9 documents collide with probability 1.5e-21.
std::string content_id(std::string_view kind, std::initializer_list<std::string_view> fields);

std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace casus
