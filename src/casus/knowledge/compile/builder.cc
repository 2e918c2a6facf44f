// SPDX-License-Identifier: Apache-2.0
// Builder and what is derived once all rows are in: surnames of people, capitals standing for governments.
#include "builder.h"

#include <casus/base/utf8.h>

#include <algorithm>
#include <cstdlib>

#include "table.h"

namespace casus::compile {

namespace {

constexpr float kSurnamePenalty = 1.2F;  // a bare surname is weaker evidence than a full name
constexpr float kCapitalPenalty = 1.5F;  // "Moscow" is first of all the city; its role in the tree decides
constexpr std::size_t kMinSurname = 2;   // bytes; "Xi" is one

std::string_view last_word(std::string_view name) {
  return name.substr(name.rfind(' ') + 1);
}

// "Bashar al-Assad" -> "al-Assad" and "Assad"; "Mohammed bin Salman" -> "bin Salman" and "Salman".
std::vector<std::string> surnames(std::string_view name, bool family_first,
                                  const std::map<std::string, std::string>& tables) {
  std::vector<std::string> out;
  const std::vector<std::string_view> words = split(name, ' ');
  if (words.size() < 2) return out;
  if (family_first) {
    out.emplace_back(words.front());
    return out;
  }
  std::string_view last = last_word(name);
  if (words.size() > 2 && tables.contains("name_suffix\t" + to_lower(last))) last = words[words.size() - 2];
  out.emplace_back(last);
  const std::size_t dash = last.find('-');
  if (dash != std::string_view::npos && tables.contains("name_particle\t" + to_lower(last.substr(0, dash)))) {
    out.emplace_back(last.substr(dash + 1));
  }
  // Particles before the last word belong to it: "van der Bellen", "bin Salman".
  std::size_t first = words.size() - 1;
  while (first > 1 && tables.contains("name_particle\t" + to_lower(words[first - 1]))) --first;
  if (first < words.size() - 1)
    out.emplace_back(name.substr(static_cast<std::size_t>(words[first].data() - name.data())));
  return out;
}

}  // namespace

std::uint32_t Builder::add(BuildEntity entity) {
  const auto [at, fresh] = by_id_.try_emplace(entity.id, static_cast<std::uint32_t>(entities.size()));
  if (!fresh) {
    problem(entity.where, "the id " + entity.id + " is already given at " + entities[at->second].where.describe());
    return at->second;
  }
  entities.push_back(std::move(entity));
  return at->second;
}

std::uint32_t Builder::index(std::string_view id) const {
  const auto at = by_id_.find(std::string{id});
  return at == by_id_.end() ? kNone : at->second;
}

void Builder::name(BuildName name) {
  if (!trim(name.text).empty()) names.push_back(std::move(name));
}

// A person belongs to the country whose offices they held last, and is the better known the higher the highest of them.
void derive_people(Builder& b) {
  std::unordered_map<std::string, const BuildOffice*> offices;
  for (const BuildOffice& office : b.offices) offices.try_emplace(office.id, &office);
  std::unordered_map<std::uint32_t, Date> last;
  std::unordered_map<std::uint32_t, float> weight;
  for (const BuildRole& role : b.roles) {
    const std::uint32_t person = b.index(role.person);
    const auto office = offices.find(role.office);
    if (person == Builder::kNone || office == offices.end()) continue;
    const std::uint32_t of = b.index(office->second->of);
    if (of != Builder::kNone && (b.entities[person].country.empty() || role.from > last[person])) {
      b.entities[person].country = b.entities[of].country;
      last[person] = role.from;
    }
    const auto listed = b.tables.find("rank_weight\t" + office->second->rank);
    const float value = listed == b.tables.end() ? 0.0F : std::strtof(listed->second.c_str(), nullptr);
    weight[person] = std::max(weight[person], value);
  }
  for (const auto& [person, value] : weight) b.entities[person].prior += value;
}

// "Open until asof" ends where a later source knows a successor; only in offices with one seat.
void derive_ends(Builder& b) {
  std::map<std::string, std::vector<BuildRole*>> by_office;
  for (const BuildOffice& office : b.offices) {
    if (office.rank == "hos" || office.rank == "hog") by_office[office.id];
  }
  for (BuildRole& role : b.roles) {
    if (const auto at = by_office.find(role.office); at != by_office.end()) at->second.push_back(&role);
  }
  for (auto& [office, roles] : by_office) {
    for (BuildRole* role : roles) {
      if (role->to || !role->as_of) continue;
      for (const BuildRole* next : roles) {
        if (next->person != role->person && next->from > role->from &&
            next->from.first_day() > role->as_of.last_day() && (!role->to || next->from < role->to)) {
          role->to = next->from;
          role->as_of = next->as_of;
        }
      }
    }
  }
}

void derive_names(Builder& b) {
  for (std::uint32_t i = 0; i < b.entities.size(); ++i) {
    const BuildEntity& e = b.entities[i];
    if (e.kind == EntityKind::person && !e.name.empty() && !e.stub) {
      for (std::string& surname : surnames(e.name, b.tables.contains("family_first\t" + e.country), b.tables)) {
        if (surname.size() < kMinSurname) continue;
        b.name({i, std::move(surname), "", detail::NameType::surname, false, -kSurnamePenalty});
      }
    }
  }
  const std::size_t given = b.names.size();
  for (std::size_t n = 0; n < given; ++n) {
    const BuildName& name = b.names[n];
    const BuildEntity& city = b.entities[name.entity];
    if (city.feature != "PPLC" || name.exact) continue;
    const std::uint32_t country = b.index("cc:" + city.country);
    if (country == Builder::kNone) continue;
    const float shift = city.prior + name.prior - b.entities[country].prior - kCapitalPenalty;
    b.name({country, name.text, name.language, detail::NameType::government, false, shift});
  }
}

}  // namespace casus::compile
