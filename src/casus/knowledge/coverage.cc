// SPDX-License-Identifier: Apache-2.0
// Months are counted from year 0, so that spells and gaps are ranges of integers. Tests: coverage_test.cc.
#include <casus/base/utf8.h>
#include <casus/knowledge/coverage.h>

#include <algorithm>
#include <map>

namespace casus {

namespace {

constexpr int kEver = 12 * 9999;

int month_of(Date date, bool last) {
  if (!date) return last ? kEver : 0;
  return date.year * 12 + (date.month == 0 ? (last ? 11 : 0) : date.month - 1);
}

Date date_of(int month) {
  Date out;
  out.year = static_cast<std::int16_t>(month / 12);
  out.month = static_cast<std::uint8_t>(month % 12 + 1);
  return out;
}

struct Spell {
  int first = 0, last = 0;
};

// "2001-01..2002-12 2010-02..2099-12"
std::vector<Spell> spells_of(std::string_view text) {
  std::vector<Spell> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t dots = part.find("..");
    if (dots == std::string_view::npos) continue;
    const auto first = Date::parse(part.substr(0, dots)), last = Date::parse(part.substr(dots + 2));
    if (first && last) out.push_back({month_of(*first, false), month_of(*last, true)});
  }
  return out;
}

bool covers(const std::vector<Spell>& spells, int month) {
  return std::any_of(spells.begin(), spells.end(), [&](const Spell& s) { return s.first <= month && month <= s.last; });
}

using Spells = std::map<std::string, std::vector<Spell>>;  // by country

std::pair<Spells, Spells> all_spells(const Knowledge& knowledge) {
  std::pair<Spells, Spells> out;
  for (const Office& office : knowledge.offices()) {
    if ((office.rank != "hos" && office.rank != "hog") || !office.of.starts_with("cc:")) continue;
    auto& spells = (office.rank == "hos" ? out.first : out.second)[office.of.substr(3)];
    for (const Tenure& t : knowledge.tenures(office.id)) {
      if (!t.gap) spells.push_back({month_of(t.role.from, false), month_of(t.role.to, true)});
    }
  }
  return out;
}

}  // namespace

Coverage coverage(const Knowledge& knowledge, int first_year, int last_year) {
  Coverage out;
  auto [hos, hog] = all_spells(knowledge);
  for (const auto& [key, since] : knowledge.rows("un_member")) {
    std::string country = key;
    std::transform(country.begin(), country.end(), country.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto governs = spells_of(knowledge.lookup("head_of_state_governs", key).value_or(std::string_view{}));
    const auto independent = Date::parse(since);
    for (const bool state : {true, false}) {
      int open = -1;
      const auto close = [&](int month) {
        if (open >= 0) out.gaps.push_back({country, state ? "hos" : "hog", date_of(open), date_of(month - 1)});
        open = -1;
      };
      for (int month = first_year * 12; month < (last_year + 1) * 12; ++month) {
        if (independent && month < month_of(*independent, false)) continue;
        const bool filled = covers(state ? hos[country] : hog[country], month) ||
                            (!state && covers(governs, month) && covers(hos[country], month));
        ++(state ? out.owed_hos : out.owed_hog);
        if (filled) {
          ++(state ? out.filled_hos : out.filled_hog);
          close(month);
        } else if (open < 0) {
          open = month;
        }
      }
      close((last_year + 1) * 12);
    }
  }
  return out;
}

}  // namespace casus
