// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a name in a text can stand for, and what was decided. Every answer says from which source it comes and as of
// which date.
#include <casus/base/date.h>
#include <casus/base/span.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class EntityKind : std::uint8_t {
  country,
  place,
  region,
  person,
  organisation,
  group,
  office,
  media,
  building,
  agent,
  unknown
};
std::string_view to_string(EntityKind kind);

// An office that somebody held on a date.
struct Role {
  std::string title;                 // "President"
  std::string office;                // id: "cs:president-ven"
  std::string of;                    // country or organisation id: "cc:VEN"
  std::vector<std::string> sectors;  // PLOVER: GOV, MIL …
  Date from, to;                     // empty `to`: held at least until as_of
  Date as_of;
  std::string source;       // id of a Source
  bool unverified = false;  // asked for a date after as_of, or written from memory
  bool acting = false;
  bool disputed = false;
};

struct Source {
  std::string id, title, version, licence, retrieved;
  std::string attribution{};  // the line that the licence asks for
  bool share_alike = false;
};

// An office, and a time that somebody held it. `gap`: the sources leave the holder unknown; person and name are empty.
struct Office {
  std::string id, title, of, rank;
};
struct Tenure {
  std::string person, name;
  Role role;
  bool gap = false;
};

// One possible reading of a name.
struct Candidate {
  std::string entity;  // id: Wikidata "Q7747", "gn:3646738", "cc:VEN", "cs:slug"
  std::string name;    // canonical
  EntityKind kind = EntityKind::unknown;
  std::string country;  // ISO 3166 alpha-3, or "" / IGO, UNO, EUR, NGO, MNC, IMG …
  std::vector<std::string> sectors;
  std::string
      sense;  // metonym or name type: "canon", "alias", "demonym", "adjective", "government", "acronym", "mt_error"
  std::string source;  // id of a Source
  double lat = 0, lon = 0;
  bool located = false;  // lat and lon mean something
  std::string feature;   // GeoNames feature code where known ("PPLC", "ADM1", "PCLI")
  std::string admin1;
  std::uint64_t population = 0;
  std::uint64_t geonameid = 0;  // 0: none known
  std::string parent;           // id of the entity that this one is part of: "cs:farc"
  std::vector<Role> roles;      // held on the date asked for
  float score = 0;              // prior or, after resolving, the final score; larger is better
};

// A party to events. `span` is the whole phrase read ("the Venezuelan army"), `text` its characters.
struct Actor {
  Span span;
  Span head;  // the head word
  std::string text;
  std::string id;    // entity, or "nil:<hash>" for somebody the knowledge does not list
  std::string name;  // canonical name, or the text
  EntityKind kind = EntityKind::unknown;
  std::string country;  // ISO 3166 alpha-3 or PLOVER's non-state codes; empty: unknown
  bool lent = false;    // the country is that of the text around, not of the phrase or its sentence's place
  std::vector<std::string> sectors;   // most specific first
  std::optional<Role> role;           // on the article's date
  std::vector<Candidate> candidates;  // best first, at most 5
  std::string reason;                 // why this one, in words
  std::string source;                 // id of the Source of the main fact
  float score = 0;                    // in [0, 1]
};

enum class PlacePrecision : std::uint8_t { point, city, admin1, country, region };
std::string_view to_string(PlacePrecision precision);

struct Place {
  Span span;
  std::string text;
  std::string id;  // "gn:703448", "cc:UKR"
  std::string name;
  std::string country;  // alpha-3
  std::string admin1;
  double lat = 0, lon = 0;
  bool located = false;
  std::uint64_t geonameid = 0;  // 0: none known
  PlacePrecision precision = PlacePrecision::city;
  std::string kind;  // "country", "admin1", "city", "region", "building"
  std::vector<Candidate> candidates;
  std::string reason;
  std::string source;
  float score = 0;
};

// A phrase in a sentence that names or describes somebody or somewhere. One phrase may be both ("Venezuela").
struct Mention {
  Span span;
  std::uint32_t sentence = 0;         // index into the sentences resolved
  std::uint32_t first = 0, last = 0;  // tokens [first, last)
  std::uint32_t head = 0;             // token that heads the phrase in the tree
  std::optional<Actor> actor;
  std::optional<Place> place;
};

}  // namespace casus
