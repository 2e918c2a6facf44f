// SPDX-License-Identifier: Apache-2.0
// What must hold between rows before a file is written. Problems stop the build; warnings are only told.
#include <casus/base/utf8.h>

#include <algorithm>
#include <unordered_map>

#include "builder.h"

namespace casus::compile {

namespace {

constexpr int kHandoverDays = 1;  // two holders may share the day of the handover
// Offices that one person holds at a time; ministries are often split or double, so there an overlap is only a warning.
constexpr std::string_view kSingleSeat[] = {"hos", "hog"};

bool single_seat(std::string_view rank) {
  return std::find(std::begin(kSingleSeat), std::end(kSingleSeat), rank) != std::end(kSingleSeat);
}

std::string describe(const Builder& b, const BuildRole& r) {
  const std::uint32_t person = b.index(r.person);
  return (person == Builder::kNone ? r.person : b.entities[person].name) + " " + r.from.to_string() + ".." +
         r.to.to_string();
}

void check_overlaps(Builder& b, const BuildOffice& office, std::vector<const BuildRole*> roles) {
  std::sort(roles.begin(), roles.end(), [](const BuildRole* x, const BuildRole* y) { return x->from < y->from; });
  constexpr std::uint16_t kWaived = detail::kActing | detail::kDisputed;
  for (std::size_t i = 0; i + 1 < roles.size(); ++i) {
    const BuildRole& a = *roles[i];
    const BuildRole& c = *roles[i + 1];
    if (!a.from || !c.from || a.person == c.person || ((a.flags | c.flags) & kWaived) != 0) continue;
    const bool open = !a.to;
    if (!open && a.to.last_day() <= c.from.last_day() + std::chrono::days{kHandoverDays}) continue;
    if (!open && a.to.first_day() <= c.from.last_day() + std::chrono::days{kHandoverDays}) continue;
    const std::string what =
        "office " + office.id + " has two holders at once: " + describe(b, a) + " and " + describe(b, c);
    if (single_seat(office.rank)) {
      b.problem(c.where, what);
    } else {
      b.warnings.push_back(c.where.describe() + ": " + what);
    }
  }
}

// The same name for two of one kind in one country: the better known hides the other.
void check_shadows(Builder& b) {
  std::unordered_map<std::string, std::uint32_t> seen;
  for (const BuildName& name : b.names) {
    const BuildEntity& e = b.entities[name.entity];
    const bool body = e.kind == EntityKind::organisation || e.kind == EntityKind::group || e.kind == EntityKind::media;
    if (!body || e.stub || name.type != detail::NameType::canon) continue;
    const std::string key = std::string{to_string(e.kind)} + '\t' + e.country + '\t' + fold_name(name.text);
    const auto [at, fresh] = seen.try_emplace(key, name.entity);
    if (fresh || at->second == name.entity) continue;
    b.problem(e.where, "\"" + name.text + "\" is also the name of " + b.entities[at->second].id + " at " +
                           b.entities[at->second].where.describe() + ", which it would hide");
  }
}

// "a is part of b is part of a"
void check_parents(Builder& b) {
  constexpr int kDeepest = 32;
  for (const BuildEntity& e : b.entities) {
    std::uint32_t at = e.parent.empty() ? Builder::kNone : b.index(e.parent);
    int steps = 0;
    while (at != Builder::kNone && ++steps < kDeepest)
      at = b.entities[at].parent.empty() ? Builder::kNone : b.index(b.entities[at].parent);
    if (steps >= kDeepest) b.problem(e.where, e.id + " is part of itself");
  }
}

// Nobody holds an office before birth or after death.
void check_lives(Builder& b) {
  for (const BuildRole& role : b.roles) {
    const std::uint32_t at = b.index(role.person);
    if (at == Builder::kNone) continue;
    const BuildEntity& e = b.entities[at];
    if (e.born && role.from && role.from.last_day() < e.born.first_day())
      b.problem(role.where, e.name + " was born in " + e.born.to_string() + ", after this office began");
    if (e.died && role.from && role.from.first_day() > e.died.last_day())
      b.problem(role.where, e.name + " died in " + e.died.to_string() + ", before this office began");
    if (e.died && role.to && role.to.first_day() > e.died.last_day())
      b.problem(role.where, e.name + " died in " + e.died.to_string() + ", before this office ended");
  }
}

}  // namespace

void validate(Builder& b, Date today) {
  std::unordered_map<std::string, std::vector<const BuildRole*>> by_office;
  std::unordered_map<std::string, const BuildOffice*> offices;
  for (const BuildOffice& office : b.offices) {
    if (!offices.try_emplace(office.id, &office).second)
      b.problem(office.where, "office " + office.id + " is given twice");
    if (b.index(office.of) == Builder::kNone)
      b.problem(office.where, "office of \"" + office.of + "\", which is no entity");
  }
  for (const BuildRole& role : b.roles) {
    if (!offices.contains(role.office)) b.problem(role.where, "no office has the id \"" + role.office + '"');
    if (role.from && role.to && role.from.first_day() > role.to.last_day()) b.problem(role.where, "from is after to");
    if (role.as_of && role.to && role.to.first_day() > role.as_of.last_day())
      b.problem(role.where, "to lies after asof");
    by_office[role.office].push_back(&role);
  }
  for (const BuildOffice& office : b.offices) check_overlaps(b, office, by_office[office.id]);
  for (const BuildEntity& e : b.entities) {
    if (!e.parent.empty() && b.index(e.parent) == Builder::kNone)
      b.problem(e.where, "parent \"" + e.parent + "\" is no entity");
  }
  for (const BuildName& name : b.names) {
    if (name.type == detail::NameType::acronym && !name.exact) {
      b.problem(b.entities[name.entity].where, "the acronym " + name.text + " would match in any case");
    }
  }
  check_shadows(b);
  check_parents(b);
  check_lives(b);
  for (const BuildEntity& e : b.entities) {
    if (const auto at = b.wikidata.find(e.id); at != b.wikidata.end())
      b.problem(e.where, e.id + " is the country at " + at->second.describe());
  }
  if (!today) return;
  constexpr auto kStale = std::chrono::days{366};  // an open end older than this is no longer news
  for (const BuildOffice& office : b.offices) {
    for (const BuildRole* role : by_office[office.id]) {
      if (!single_seat(office.rank) || role->to || !role->as_of || today.first_day() - role->as_of.last_day() < kStale)
        continue;
      b.warnings.push_back(role->where.describe() + ": open end not checked since " + role->as_of.to_string() + ": " +
                           office.id + " " + describe(b, *role));
    }
  }
}

}  // namespace casus::compile
