// SPDX-License-Identifier: Apache-2.0
// Places: prior, then what the other names of the article say. Each mention spreads its weight over its readings'
// countries and first divisions; a reading gains by its country's share and its division's votes; "City, State" decides
// by itself. One sense per article follows from the votes being the article's. Method and constants: measured on LGL
// and TR-News (docs/format-knowledge.md names them).
#include <casus/knowledge/surface.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {

namespace {

constexpr double kSharpness = 1.2;      // of the prior when a mention votes
constexpr double kCountryWeight = 2.2;  // a share of 1 is worth a factor of 160 in population
constexpr double kAdminWeight = 1.3;
constexpr double kContainerBonus = 4.0;  // "Paris, Texas"
constexpr float kNamesake = 1.2F;        // a division that bears the name of its seat
constexpr double kModelBonus = 0.4;
constexpr std::size_t kMaxRanked = 24;
constexpr float kMargin =
    0.35F;  // below this the reading is not told from its rival: only a common country is answered

constexpr int kRounds = 3;  // of voting: later rounds vote with what the earlier ones found

struct Votes {
  std::map<std::string, double> country, admin;
};

void vote(const Context& context, const Chunk& chunk, Votes& votes) {
  double sum = 0;
  std::vector<double> weights;
  for (const Candidate& c : chunk.candidates) {
    const bool counts = is_place(c) || c.sense == "adjective" || c.sense == "demonym" || c.sense == "government" ||
                        c.kind == EntityKind::building;
    const bool held = c.kind == EntityKind::person && !c.roles.empty() && c.sense != "surname";
    const auto share = context.country_share.find(c.country);
    const double score = c.score + (share == context.country_share.end() ? 0 : kCountryWeight * share->second);
    weights.push_back(counts || held ? std::exp(kSharpness * score) : 0);
    sum += weights.back();
  }
  if (sum <= 0) return;
  for (std::size_t i = 0; i < chunk.candidates.size(); ++i) {
    const Candidate& c = chunk.candidates[i];
    if (c.country.empty()) continue;
    votes.country[c.country] += weights[i] / sum;
    if (!c.admin1.empty()) votes.admin[c.admin1] += weights[i] / sum * (c.feature == "ADM1" ? 2 : 1);
  }
}

// The chunk that follows after a comma and says in what the place lies: "Paris, Texas".
const Chunk* container(const Context& context, const Chunk& chunk) {
  const Surface& s = context.surfaces[chunk.sentence];
  if (chunk.last + 1 >= s.size() || s.form[chunk.last] != ",") return nullptr;
  for (const Chunk& other : context.chunks[chunk.sentence]) {
    if (other.first == chunk.last + 1 && !other.candidates.empty() && is_place(other.candidates.front())) return &other;
  }
  return nullptr;
}

bool lies_in(const Candidate& place, const Candidate& area) {
  if (area.kind == EntityKind::country) return place.country == area.country && place.kind != EntityKind::country;
  return area.feature == "ADM1" && place.feature != "ADM1" && place.admin1 == area.admin1 && !area.admin1.empty();
}

bool seat_of(const Candidate& city, const Candidate& division) {
  return (city.feature == "PPLC" || city.feature == "PPLA") && city.admin1 == division.admin1 &&
         city.name == division.name;
}

PlacePrecision precision(const Candidate& c) {
  if (c.kind == EntityKind::country) return PlacePrecision::country;
  if (c.kind == EntityKind::region) return PlacePrecision::region;
  if (c.kind == EntityKind::building) return PlacePrecision::point;
  return c.feature == "ADM1" || c.feature == "ADM2" ? PlacePrecision::admin1 : PlacePrecision::city;
}

std::string kind_word(const Candidate& c) {
  if (c.kind == EntityKind::place) return c.feature == "ADM1" ? "admin1" : c.feature == "ADM2" ? "admin2" : "city";
  return std::string{to_string(c.kind)};
}

}  // namespace

void count_votes(Context& context) {
  for (int round = 0; round < kRounds; ++round) {
    Votes votes;
    for (const auto& chunks : context.chunks) {
      for (const Chunk& chunk : chunks) vote(context, chunk, votes);
    }
    double sum = 0;
    for (const auto& [country, weight] : votes.country) sum += weight;
    for (auto& [country, weight] : votes.country) weight /= std::max(sum, 1e-9);
    context.country_share = std::move(votes.country);
    context.admin_votes = std::move(votes.admin);
  }
}

std::vector<Candidate> rank_places(const Context& context, const Chunk& chunk) {
  std::vector<Candidate> ranked;
  const Chunk* area = container(context, chunk);
  for (const Candidate& candidate : chunk.candidates) {
    if (!is_place(candidate)) continue;
    Candidate c = candidate;
    // "Kabul" is the city before it is the province around it.
    if (c.feature == "ADM1" && std::any_of(chunk.candidates.begin(), chunk.candidates.end(),
                                           [&](const Candidate& o) { return seat_of(o, c); })) {
      c.score -= kNamesake;
    }
    const auto share = context.country_share.find(c.country);
    double score = c.score + (share == context.country_share.end() ? 0 : kCountryWeight * share->second);
    const auto votes = context.admin_votes.find(c.admin1);
    if (c.kind != EntityKind::country && votes != context.admin_votes.end())
      score += kAdminWeight * std::log1p(votes->second);
    if (area != nullptr && std::any_of(area->candidates.begin(), area->candidates.end(),
                                       [&](const Candidate& a) { return lies_in(c, a); })) {
      score += kContainerBonus;
    }
    c.score = static_cast<float>(score + (chunk.model ? kModelBonus : 0));
    const bool known =
        std::any_of(ranked.begin(), ranked.end(), [&](const Candidate& r) { return r.entity == c.entity; });
    if (!known) ranked.push_back(std::move(c));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  if (ranked.size() > kMaxRanked) ranked.resize(kMaxRanked);
  return ranked;
}

std::optional<Place> make_place(const Context& context, const Chunk& chunk) {
  std::vector<Candidate> ranked = rank_places(context, chunk);
  if (ranked.empty()) return std::nullopt;
  const Surface& s = context.surfaces[chunk.sentence];
  const Candidate& best = ranked.front();
  Place p;
  p.span = s.span(chunk.first, chunk.last);
  p.text = p.span.of(s.text);
  p.score = certainty(ranked);
  p.country = best.country;
  p.source = best.source;
  const bool rival = ranked.size() > 1 && best.score - ranked[1].score < kMargin && ranked[1].country != best.country;
  if (rival && !chunk.model) {
    // Two readings in two countries and nothing tells them apart: no point is better than a wrong one.
    p.country.clear();
    p.reason = "not decided between " + best.name + " (" + best.country + ") and " + ranked[1].name + " (" +
               ranked[1].country + ")";
  } else {
    p.id = best.entity;
    p.name = best.name;
    p.admin1 = best.admin1;
    p.lat = best.lat;
    p.lon = best.lon;
    p.located = best.located;
    p.geonameid = best.geonameid;
    p.precision = precision(best);
    p.kind = kind_word(best);
    p.reason = ranked.size() == 1 ? "the only place of this name"
                                  : "first of " + std::to_string(ranked.size()) + " places of this name";
    const auto share = context.country_share.find(best.country);
    if (ranked.size() > 1 && share != context.country_share.end() && share->second > 0.1)
      p.reason += "; the article speaks of " + best.country;
    if (container(context, chunk) != nullptr) p.reason += "; the text says in what it lies";
  }
  if (ranked.size() > 5) ranked.resize(5);
  p.candidates = std::move(ranked);
  return p;
}

}  // namespace casus::detail
