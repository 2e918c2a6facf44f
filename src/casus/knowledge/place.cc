// SPDX-License-Identifier: Apache-2.0
// Places: prior, then what the other names of the article say. Each name spreads its weight over its readings'
// countries and first divisions, in rounds; a reading gains by the others' votes for its country and division and by
// clear places near it, never by its own. "City, State" decides by itself and, said once, for the whole article.
// Constants: found on the even documents of LGL and TR-News. Cost: names x readings x at most kMaxAnchors.
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {

namespace {

constexpr double kSharpness = 1.2;      // of the prior when a mention votes
constexpr double kCountryWeight = 2.6;  // a share of 1 is worth a factor of 160 in population
constexpr double kAdminWeight = 1.8;
constexpr double kContainerBonus = 4.0;  // "Paris, Texas"
constexpr double kOnceSaid = 0.8;        // of that bonus, for the other mentions of the name
constexpr double kNearWeight = 1.5;      // of what lies near
constexpr double kNearKm = 100;          // at which its weight has fallen to 1/e
constexpr double kClear = 0.4;           // weight of a reading from which it is an anchor
constexpr double kLeastVotes = 0.05;     // of other names, for their shares to count
constexpr std::size_t kMaxNames = 4096, kMaxAnchors = 48;
constexpr double kNamesake = 1.2F;  // a division that bears the name of its seat
constexpr double kModelBonus = 0.4;
constexpr std::size_t kMaxRanked = 24;
constexpr float kMargin =
    0.35F;  // below this the reading is not told from its rival: only a common country is answered

constexpr int kRounds = 3;  // of voting: later rounds vote with what the earlier ones found

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

bool lies_in_any(const Candidate& place, const Chunk& area) {
  return std::any_of(area.candidates.begin(), area.candidates.end(),
                     [&](const Candidate& a) { return lies_in(place, a); });
}

double distance_km(const Candidate& a, const Candidate& b) {
  constexpr double kRadians = 3.14159265358979323846 / 180, kEarthDiameter = 12742;
  const double dlat = std::sin((a.lat - b.lat) * kRadians / 2), dlon = std::sin((a.lon - b.lon) * kRadians / 2);
  const double h = dlat * dlat + std::cos(a.lat * kRadians) * std::cos(b.lat * kRadians) * dlon * dlon;
  return kEarthDiameter * std::asin(std::min(1.0, std::sqrt(h)));
}

double vote_of(const std::map<std::string, double>& all, const std::map<std::string, double>* own, double strength,
               const std::string& code) {
  const auto found = all.find(code);
  if (found == all.end()) return 0;
  double out = found->second;
  if (own != nullptr) {
    const auto mine = own->find(code);
    if (mine != own->end()) out -= mine->second * strength;
  }
  return std::max(0.0, out);
}

// What the article's other names say for a reading: its country, its division, and what lies near.
double support(const Context& context, const PlaceName* name, const Candidate& c,
               const std::vector<Candidate>& rivals) {
  double score = 0;
  // "Kabul" is the city before it is the province around it.
  if (c.feature == "ADM1" &&
      std::any_of(rivals.begin(), rivals.end(), [&](const Candidate& o) { return seat_of(o, c); }))
    score -= kNamesake;
  const double strength = name == nullptr ? 0 : 1 + std::log(std::max(1.0, name->count));
  const double others = std::max(context.all_votes - (name == nullptr ? 0 : name->votes * strength), 1e-9);
  if (others > kLeastVotes) {
    const double said = vote_of(context.country_votes, name == nullptr ? nullptr : &name->country, strength, c.country);
    score += kCountryWeight * said / others * std::min(1.0, others);
  }
  if (c.kind == EntityKind::country) return score;
  if (!c.admin1.empty()) {
    score += kAdminWeight *
             std::log1p(vote_of(context.admin_votes, name == nullptr ? nullptr : &name->admin, strength, c.admin1));
  }
  if (!c.located || c.feature == "ADM1") return score;
  double near = 0;
  constexpr double kFarDegrees = 5;  // of latitude: five times kNearKm and more
  for (const PlaceName* other : context.anchors) {
    const Candidate& there = other->readings[static_cast<std::size_t>(other->best)];
    if (other == name || std::abs(there.lat - c.lat) > kFarDegrees || there.entity == c.entity) continue;
    near += other->weight[static_cast<std::size_t>(other->best)] * std::exp(-distance_km(c, there) / kNearKm);
  }
  return score + kNearWeight * std::log1p(near);
}

bool tells_country(const Candidate& c) {
  const bool held = c.kind == EntityKind::person && !c.roles.empty() && c.sense != "surname";
  return is_place(c) || c.sense == "adjective" || c.sense == "demonym" || c.sense == "government" ||
         c.kind == EntityKind::building || held;
}

void gather(Context& context) {
  for (const auto& chunks : context.chunks) {
    for (const Chunk& chunk : chunks) {
      if (std::none_of(chunk.candidates.begin(), chunk.candidates.end(), tells_country)) continue;
      const std::string key = name_key(context, chunk);
      auto at = context.names.find(key);
      if (at == context.names.end()) {
        if (context.names.size() >= kMaxNames) continue;
        at = context.names.emplace(key, PlaceName{}).first;
      }
      // A mention that stands alone may have lost its small places; one that the model calls a place has them.
      for (const Candidate& c : chunk.candidates) {
        const auto& have = at->second.readings;
        const bool known = std::any_of(have.begin(), have.end(),
                                       [&](const Candidate& r) { return r.entity == c.entity && r.sense == c.sense; });
        if (!known && tells_country(c)) at->second.readings.push_back(c);
      }
      at->second.bonus.resize(at->second.readings.size(), 0);
      PlaceName& name = at->second;
      name.count += 1;
      if (const Chunk* area = container(context, chunk); area != nullptr) {
        for (std::size_t i = 0; i < name.readings.size(); ++i) {
          if (lies_in_any(name.readings[i], *area)) name.bonus[i] = kContainerBonus;
        }
      }
    }
  }
}

void weigh(const Context& context, PlaceName& name) {
  name.weight.assign(name.readings.size(), 0);
  std::vector<double> scores;
  for (std::size_t i = 0; i < name.readings.size(); ++i)
    scores.push_back(name.readings[i].score + name.bonus[i] + support(context, &name, name.readings[i], name.readings));
  const double top = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) sum += name.weight[i] = std::exp(kSharpness * (scores[i] - top));
  name.country.clear();
  name.admin.clear();
  name.votes = 0;
  name.best = -1;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Candidate& c = name.readings[i];
    const double weight = name.weight[i] /= sum;
    if (name.best < 0 || weight > name.weight[static_cast<std::size_t>(name.best)]) name.best = static_cast<int>(i);
    if (c.country.empty()) continue;
    name.country[c.country] += weight;
    name.votes += weight;
    if (!c.admin1.empty()) name.admin[c.admin1] += weight * (c.feature == "ADM1" ? 2 : 1);
  }
}

// Towns and districts whose reading is clear; few, so that the cost stays linear in the names.
void choose_anchors(Context& context) {
  std::vector<std::pair<double, const PlaceName*>> clear;
  for (const auto& [key, name] : context.names) {
    const Candidate& best = name.readings[static_cast<std::size_t>(name.best)];
    const double weight = name.weight[static_cast<std::size_t>(name.best)];
    if (best.kind != EntityKind::place || best.feature == "ADM1" || !best.located || weight < kClear) continue;
    clear.emplace_back(-weight * (1 + std::log(name.count)), &name);
  }
  // Names of one weight stay in the order of their keys.
  std::stable_sort(clear.begin(), clear.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (clear.size() > kMaxAnchors) clear.resize(kMaxAnchors);
  context.anchors.clear();
  for (const auto& [weight, name] : clear) context.anchors.push_back(name);
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

std::string name_key(const Context& context, const Chunk& chunk) {
  const Surface& s = context.surfaces[chunk.sentence];
  const char form = chunk.form == ChunkForm::adjective || chunk.form == ChunkForm::demonym ? 'a' : 'n';
  return form + fold_name(s.quote(chunk.first, chunk.last));
}

void count_votes(Context& context) {
  gather(context);
  for (int round = 0; round < kRounds; ++round) {
    std::map<std::string, double> country, admin;
    for (auto& [key, name] : context.names) {
      weigh(context, name);
      const double strength = 1 + std::log(name.count);
      for (const auto& [code, weight] : name.country) country[code] += weight * strength;
      for (const auto& [code, weight] : name.admin) admin[code] += weight * strength;
    }
    context.all_votes = 0;
    for (const auto& [code, weight] : country) context.all_votes += weight;
    context.country_votes = std::move(country);
    context.admin_votes = std::move(admin);
    choose_anchors(context);
  }
  context.country_share = context.country_votes;
  for (auto& [country, weight] : context.country_share) weight /= std::max(context.all_votes, 1e-9);
}

std::vector<Candidate> rank_places(const Context& context, const Chunk& chunk) {
  std::vector<Candidate> ranked;
  const Chunk* area = container(context, chunk);
  const auto at = context.names.find(name_key(context, chunk));
  const PlaceName* name = at == context.names.end() ? nullptr : &at->second;
  for (const Candidate& candidate : name == nullptr ? chunk.candidates : name->readings) {
    if (!is_place(candidate)) continue;
    const bool known =
        std::any_of(ranked.begin(), ranked.end(), [&](const Candidate& r) { return r.entity == candidate.entity; });
    if (known) continue;
    Candidate c = candidate;
    double score = c.score + support(context, name, c, chunk.candidates);
    if (area != nullptr && lies_in_any(c, *area)) {
      score += kContainerBonus;
    } else if (name != nullptr) {
      // What the text says of the name once holds for all of the article.
      for (std::size_t i = 0; i < name->readings.size(); ++i) {
        if (name->readings[i].entity == c.entity && area == nullptr) score += kOnceSaid * name->bonus[i];
      }
    }
    c.score = static_cast<float>(score + (chunk.model ? kModelBonus : 0));
    ranked.push_back(std::move(c));
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
