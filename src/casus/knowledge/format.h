// SPDX-License-Identifier: Apache-2.0
#pragma once
// The bytes of a compiled knowledge file, as docs/format-knowledge.md describes them; shared by the reader and the
// compiler and seen by nobody else. All numbers are little-endian; every section starts on a multiple of 8.
#include <casus/base/date.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace casus::detail {

constexpr std::array<char, 8> kKnowledgeMagic = {'C', 'A', 'S', 'U', 'S', 'K', 'N', '\n'};
constexpr std::uint32_t kKnowledgeVersion = 1;

enum class Section : std::uint32_t {
  trie,
  keys,
  postings,
  entities,
  by_id,
  roles,
  offices,
  office_roles,
  tables,
  sources,
  build,
  strings
};
constexpr std::uint32_t kSectionCount = 12;

struct SectionEntry {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct FileHeader {
  std::array<char, 8> magic = kKnowledgeMagic;
  std::uint32_t version = kKnowledgeVersion;
  std::uint32_t section_count = kSectionCount;
  std::uint64_t file_size = 0;
  std::uint64_t checksum = 0;  // XXH3 of everything after this header
  std::array<SectionEntry, kSectionCount> sections;
};

// Strings are offsets into the strings section, each ended by a NUL; offset 0 is the empty string.
using StringRef = std::uint32_t;

enum class NameType : std::uint8_t {
  canon,
  alias,
  shortened,
  acronym,
  demonym,
  adjective,
  native,
  surname,
  mt_error,
  government,
  presidency,
  legislature,
  military,
  former
};
constexpr std::array<std::string_view, 14> kNameTypes = {
    "canon",   "alias",    "short",      "acronym",    "demonym",     "adjective", "native",
    "surname", "mt_error", "government", "presidency", "legislature", "military",  "former"};

constexpr std::uint8_t kExactCase = 1;  // Posting::flags: the surface must be equal, not only its folded form

struct Posting {
  std::uint32_t entity = 0;
  StringRef surface = 0;                  // only with kExactCase
  std::array<char, 2> language = {0, 0};  // {0, 0}: any
  std::uint8_t type = 0;                  // NameType
  std::uint8_t flags = 0;
  float prior = 0;  // log10 scale; postings of a key are stored best first
};

constexpr std::uint8_t kLocated = 1;  // EntityRecord::flags

struct EntityRecord {
  StringRef id = 0, name = 0, country = 0, sectors = 0, feature = 0, admin1 = 0, parent = 0;
  std::int32_t lat = 0, lon = 0;  // 1e-5 degrees
  std::uint32_t population = 0;
  std::uint32_t geonameid = 0;
  std::uint32_t first_role = 0, role_count = 0;
  float prior = 0;
  std::uint16_t source = 0;
  std::uint8_t kind = 0;
  std::uint8_t flags = 0;
};

constexpr std::uint8_t kActing = 1, kDisputed = 2, kGap = 4, kFromRecall = 8;  // RoleRecord::flags

struct RoleRecord {
  std::uint32_t person = 0;  // entity; the one without name for a gap
  std::uint32_t office = 0;
  std::uint32_t from = 0, to = 0, as_of = 0;  // packed dates; 0: empty
  std::uint16_t source = 0;
  std::uint16_t flags = 0;
};

struct OfficeRecord {
  StringRef id = 0, title = 0, of = 0, sectors = 0, names = 0, rank = 0;
  std::uint32_t first_role = 0, role_count = 0;  // into office_roles
};

struct TableRecord {
  StringRef key = 0;  // "table\tkey", sorted by bytes
  StringRef value = 0;
};

constexpr std::uint32_t pack(Date date) {
  return (static_cast<std::uint32_t>(date.year) << 16U) | (static_cast<std::uint32_t>(date.month) << 8U) | date.day;
}

constexpr Date unpack(std::uint32_t packed) {
  return {static_cast<std::int16_t>(packed >> 16U), static_cast<std::uint8_t>(packed >> 8U),
          static_cast<std::uint8_t>(packed)};
}

static_assert(sizeof(Posting) == 16 && sizeof(EntityRecord) == 60 && sizeof(RoleRecord) == 24 &&
              sizeof(OfficeRecord) == 32);

}  // namespace casus::detail
