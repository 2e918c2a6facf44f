// SPDX-License-Identifier: Apache-2.0
// The hand-made tables (knowledge/overlay/*.tsv): words, countries, entities, names, offices, roles, agents. Each row
// is checked as it is read; what is wrong is told with file, line and reason.
#include <casus/base/utf8.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "builder.h"
#include "table.h"

namespace casus::compile {

namespace {

constexpr float kEntityPrior = 6.5F;  // organisations, groups, regions: about a city of three million
constexpr float kRegionBonus = 2.0F;  // a region that news names outweighs the province of its name
constexpr float kPersonPrior = 5.5F;

using detail::NameType;

NameType type_from(std::string_view text, bool& known) {
  const auto at = std::find(detail::kNameTypes.begin(), detail::kNameTypes.end(), text);
  known = at != detail::kNameTypes.end();
  return known ? static_cast<NameType>(at - detail::kNameTypes.begin()) : NameType::alias;
}

EntityKind kind_from(std::string_view text) {
  for (int k = 0; k < static_cast<int>(EntityKind::unknown); ++k) {
    if (to_string(static_cast<EntityKind>(k)) == text) return static_cast<EntityKind>(k);
  }
  return EntityKind::unknown;
}

bool number(std::string_view text, double& out) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failed == std::errc{} && end == text.data() + text.size();
}

// A name is matched in its exact case when it is an acronym or so short that prose would match it.
bool must_be_exact(std::string_view text, NameType type) {
  return type == NameType::acronym || text.size() <= 3;
}

class Overlay {
 public:
  Overlay(const Table& table, Builder& builder) : table_(table), b_(builder) {}

  void word(const Row& row) {
    const std::string_view list = cell(row, "list"), key = cell(row, "key");
    if (list.empty() || key.empty()) return bad(row, "list and key must be given");
    b_.tables[std::string{list} + '\t' + fold_name(key)] = std::string{cell(row, "value")};
  }

  void agent(const Row& row) {
    const std::string_view phrase = cell(row, "phrase"), kind = cell(row, "kind"), sectors = cell(row, "sectors");
    if (phrase.empty() || (kind != "agent" && kind != "title" && kind != "occupation"))
      return bad(row, "phrase, or a kind that is not agent, title or occupation");
    check_sectors(row, sectors);
    const std::string language{cell(row, "lang").empty() ? "en" : cell(row, "lang")};
    b_.tables[std::string{kind} + ':' + language + '\t' + fold_name(phrase)] = std::string{sectors};
    const std::string_view country = cell(row, "country");
    if (!country.empty()) b_.tables["agent_country:" + language + '\t' + fold_name(phrase)] = std::string{country};
  }

  void country(const Row& row) {
    BuildEntity e = located(row, EntityKind::country);
    const std::string alpha3{cell(row, "alpha3")};
    if (alpha3.size() != 3) return bad(row, "alpha3 must have three letters");
    e.id = "cc:" + alpha3;
    e.country = alpha3;
    e.feature = "PCLI";
    e.sectors = "GOV";
    e.prior = kEntityPrior + 2;
    const std::string wikidata{cell(row, "wikidata")};
    if (!wikidata.empty() && !b_.wikidata.try_emplace(wikidata, where(row)).second)
      bad(row, wikidata + " is already another country's, at " + b_.wikidata[wikidata].describe());
    double geonameid = 0;
    if (number(cell(row, "geonameid"), geonameid)) e.geonameid = static_cast<std::uint32_t>(geonameid);
    if (!cell(row, "alpha2").empty()) b_.alpha3[std::string{cell(row, "alpha2")}] = alpha3;
    finish(row, std::move(e));
  }

  void entity(const Row& row) {
    const EntityKind kind = kind_from(cell(row, "kind"));
    if (kind == EntityKind::unknown) return bad(row, "unknown kind \"" + std::string{cell(row, "kind")} + '"');
    BuildEntity e = located(row, kind);
    e.id = cell(row, "id");
    e.country = cell(row, "country");
    e.sectors = cell(row, "sectors");
    e.parent = cell(row, "parent");
    e.prior = kind == EntityKind::person ? kPersonPrior : kEntityPrior;
    if (kind == EntityKind::region) {
      e.feature = "RGN";
      e.prior += kRegionBonus;
    }
    double shift = 0;
    if (number(cell(row, "prior"), shift)) e.prior += static_cast<float>(shift);
    check_sectors(row, e.sectors);
    if (!date(row, "born", e.born) || !date(row, "died", e.died)) return;
    const bool several = cell(row, "claimed_by").find(' ') != std::string_view::npos;
    if (several && cell(row, "administered_by").empty())
      b_.warnings.push_back(where(row).describe() +
                            ": claimed by several, but administered_by does not say who holds it");
    for (const std::string_view claim : {"claimed_by", "administered_by", "bbox", "domain"}) {
      if (!cell(row, claim).empty()) b_.tables[std::string{claim} + '\t' + e.id] = std::string{cell(row, claim)};
    }
    if (kind == EntityKind::media && !cell(row, "domain").empty())
      b_.tables["media\t" + std::string{cell(row, "domain")}] = e.id;
    finish(row, std::move(e));
  }

  void name(const Row& row) {
    const std::uint32_t entity = b_.index(cell(row, "id"));
    if (entity == Builder::kNone) return bad(row, "no entity has the id \"" + std::string{cell(row, "id")} + '"');
    bool known = false;
    const NameType type = type_from(cell(row, "type"), known);
    if (!known) return bad(row, "unknown name type \"" + std::string{cell(row, "type")} + '"');
    const std::string text{cell(row, "text")};
    if (text.empty()) return bad(row, "text is empty");
    double shift = 0;
    if (!cell(row, "prior").empty() && !number(cell(row, "prior"), shift)) return bad(row, "prior is not a number");
    require_source(row);
    const std::string language{cell(row, "lang").empty() ? "en" : cell(row, "lang")};
    b_.name({entity, text, language == "*" ? "" : language, type,
             must_be_exact(text, type) || cell(row, "case") == "exact", static_cast<float>(shift)});
  }

  void office(const Row& row) {
    BuildOffice o{std::string{cell(row, "id")},
                  std::string{cell(row, "title")},
                  std::string{cell(row, "of")},
                  std::string{cell(row, "sectors")},
                  std::string{cell(row, "names")},
                  std::string{cell(row, "rank")},
                  where(row)};
    if (o.id.empty() || o.title.empty() || o.of.empty()) return bad(row, "id, title and of must be given");
    check_sectors(row, o.sectors);
    b_.offices.push_back(std::move(o));
  }

  void role(const Row& row) {
    BuildRole r;
    r.where = where(row);
    r.office = cell(row, "office");
    r.person = cell(row, "person");
    r.source = require_source(row);
    if (!date(row, "from", r.from) || !date(row, "to", r.to) || !date(row, "asof", r.as_of)) return;
    if (!r.as_of) return bad(row, "asof must be given");
    const std::string_view note = cell(row, "note");
    if (note.find("acting") != std::string_view::npos) r.flags |= detail::kActing;
    if (note.find("disputed") != std::string_view::npos) r.flags |= detail::kDisputed;
    if (note.find("gap") != std::string_view::npos) r.flags |= detail::kGap;
    if (r.source == "recall") r.flags |= detail::kFromRecall;
    const std::string_view name = cell(row, "name");
    if (r.person.empty() && (r.flags & detail::kGap) == 0) return bad(row, "a role without a person must be a gap");
    if (!r.person.empty() && b_.index(r.person) == Builder::kNone) {
      if (name.empty()) return bad(row, "the person " + r.person + " is not known and the row gives no name");
      BuildEntity e;
      e.id = r.person;
      e.name = name;
      e.kind = EntityKind::person;
      e.source = r.source;
      e.prior = kPersonPrior;
      e.where = where(row);
      const std::uint32_t at = b_.add(std::move(e));
      b_.name({at, std::string{name}, "", NameType::canon, false, 0});
    }
    if (!r.person.empty()) {
      const std::uint32_t at = b_.index(r.person);
      if (b_.at(at).name != name && !name.empty()) b_.name({at, std::string{name}, "", NameType::alias, false, 0});
      for (const std::string_view alias : split(cell(row, "names"), '|'))
        b_.name({at, std::string{alias}, "", NameType::alias, false, -0.1F});
    }
    b_.roles.push_back(std::move(r));
  }

 private:
  std::string_view cell(const Row& row, std::string_view column) const { return table_.cell(row, column); }
  Where where(const Row& row) const { return {table_.file, row.line}; }
  void bad(const Row& row, std::string why) { b_.problem(where(row), std::move(why)); }

  bool date(const Row& row, std::string_view column, Date& out) {
    const std::string_view text = cell(row, column);
    if (text.empty()) return true;
    const std::optional<Date> parsed = Date::parse(text);
    if (!parsed) {
      bad(row, std::string{column} + " is not a date: \"" + std::string{text} + '"');
      return false;
    }
    out = *parsed;
    return true;
  }

  std::string require_source(const Row& row) {
    std::string source{cell(row, "src")};
    if (b_.user && source.empty()) return "user";
    const bool known =
        std::any_of(b_.sources.begin(), b_.sources.end(), [&](const Source& s) { return s.id == source; });
    if (!known) bad(row, source.empty() ? "no src" : "src \"" + source + "\" is not in sources.toml");
    if (cell(row, "asof").empty() && !b_.user) bad(row, "no asof");
    const auto share = b_.share_alike.find(source);
    if (share != b_.share_alike.end() && share->second && table_.file.find("sharealike") == std::string::npos) {
      bad(row, "source " + source + " is share-alike; its rows belong into a file named …sharealike.tsv");
    }
    return source;
  }

  void check_sectors(const Row& row, std::string_view sectors) {
    for (const std::string_view sector : split(sectors, ' ')) {
      if (!b_.tables.contains("sector\t" + to_lower(sector))) bad(row, "unknown sector \"" + std::string{sector} + '"');
    }
  }

  BuildEntity located(const Row& row, EntityKind kind) {
    BuildEntity e;
    e.kind = kind;
    e.where = where(row);
    e.name = cell(row, "name");
    e.source = require_source(row);
    const std::string_view lat = cell(row, "lat"), lon = cell(row, "lon");
    if (lat.empty() && lon.empty()) return e;
    e.located = number(lat, e.lat) && number(lon, e.lon) && std::abs(e.lat) <= 90 && std::abs(e.lon) <= 180;
    if (!e.located) bad(row, "lat and lon are no point of the globe");
    return e;
  }

  // `names`: "text", or "text~type", separated by '|'.
  void finish(const Row& row, BuildEntity e) {
    if (e.id.empty() || e.name.empty()) return bad(row, "id and name must be given");
    if (!e.country.empty() && e.kind != EntityKind::country &&
        !b_.tables.contains("actor_code\t" + to_lower(e.country)) && b_.index("cc:" + e.country) == Builder::kNone) {
      bad(row, "unknown country or actor code \"" + e.country + '"');
    }
    const std::string canon = e.name;
    const std::uint32_t at = b_.add(std::move(e));
    b_.name({at, canon, "", NameType::canon, must_be_exact(canon, NameType::canon), 0});
    for (const std::string_view part : split(cell(row, "names"), '|')) {
      const std::size_t mark = part.rfind('~');
      bool known = true;
      const NameType type = mark == std::string_view::npos ? NameType::alias : type_from(part.substr(mark + 1), known);
      if (!known) bad(row, "unknown name type in \"" + std::string{part} + '"');
      const std::string text{trim(part.substr(0, mark))};
      b_.name({at, text, "", type, must_be_exact(text, type), -0.1F});
    }
  }

  const Table& table_;
  Builder& b_;
};

void read(const Inputs& inputs, Builder& b, std::string_view kind, void (Overlay::*handle)(const Row&)) {
  for (const Table& table : inputs.overlay) {
    if (table.name != kind) continue;
    Overlay overlay(table, b);
    for (const Row& row : table.rows) (overlay.*handle)(row);
  }
}

}  // namespace

void read_first_tables(const Inputs& inputs, Builder& b) {
  read(inputs, b, "word", &Overlay::word);
  read(inputs, b, "country", &Overlay::country);
}

Result<void> read_overlay(const Inputs& inputs, Builder& b) {
  read(inputs, b, "agent", &Overlay::agent);
  read(inputs, b, "entity", &Overlay::entity);
  read(inputs, b, "office", &Overlay::office);
  read(inputs, b, "role", &Overlay::role);
  read(inputs, b, "name", &Overlay::name);
  constexpr std::string_view kTables[] = {"word", "agent", "country", "entity", "office", "role", "name"};
  for (const Table& table : inputs.overlay) {
    if (std::find(std::begin(kTables), std::end(kTables), table.name) == std::end(kTables)) {
      b.problem({table.file, 1}, "unknown table \"" + table.name + '"');
    }
  }
  return {};
}

}  // namespace casus::compile
