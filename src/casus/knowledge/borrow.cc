// SPDX-License-Identifier: Apache-2.0
// Whose "the army", "police" and "the opposition" are when the phrase does not say: of the country where the sentence
// takes place, else of the one that the sentences before and the whole article speak of, where one stands out. Where
// none does the country stays empty: abstaining is an answer. Cost: linear in the chunks of the article, for each
// phrase a few sentences back.
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::size_t kSentencesBack = 5;
constexpr double kLocated = 1.0, kNamedFirst = 0.7, kNamed = 0.3;  // weights of a sentence's countries
constexpr double kArticle = 1.5;                                   // of the article's share
constexpr double kLeast = 0.5, kAhead = 3.0;  // the best must have this, and so many times the next
constexpr std::size_t kBodyBack = 3;          // sentences, for "the bloc"

bool is_country(const Context& context, std::string_view code) {
  return code.size() == 3 && context.lexicon.knowledge().lookup("actor_code", fold_name(code)) == std::nullopt;
}

// The country that a chunk speaks of, with the name to show for it.
std::pair<std::string, std::string> spoken_of(const Context& context, const Chunk& c) {
  if (c.place && !c.part_of_name && is_country(context, c.place->country)) return {c.place->country, c.place->name};
  if (c.actor && c.form != ChunkForm::agent && is_country(context, c.actor->country))
    return {c.actor->country, c.actor->name};
  return {};
}

bool dateline_like(const Surface& s, const Chunk& c) {
  return c.from <= 1 && c.to < s.size() && !s.capitalised(c.to) && s.token(c.to).upos == Upos::PUNCT &&
         s.form[c.to] != ",";
}

// Institutions are somebody's even where nobody says whose; a nurse or a driver only where the sentence says where.
bool institution(const Context& context, const Chunk& chunk) {
  const Lexicon& lexicon = context.lexicon;
  if (chunk.form != ChunkForm::agent) return true;
  const Surface& s = context.surfaces[chunk.sentence];
  if (lexicon.has("borrows_country", s.lemma[chunk.last - 1])) return true;
  return std::any_of(chunk.sectors.begin(), chunk.sectors.end(),
                     [&](const std::string& one) { return lexicon.has("state_sector", fold_name(one)); });
}

// "a government", "any army": not the one of the place spoken of.
bool indefinite(const Context& context, const Chunk& chunk) {
  const Surface& s = context.surfaces[chunk.sentence];
  if (chunk.from >= s.size()) return false;
  return context.lexicon.has("indefinite", s.form[chunk.from]);
}

// The sentence's only country, where its people speak of their own: "the bank raised rates, Laotian officials said".
std::optional<Borrowed> only_one(const Context& context, const Chunk& chunk) {
  const Surface& s = context.surfaces[chunk.sentence];
  if (!s.parsed) return std::nullopt;
  std::string country, name;
  const std::int32_t governor = s.tree.head(s.head(chunk));
  for (const Chunk& c : context.chunks[chunk.sentence]) {
    const auto [code, shown] = spoken_of(context, c);
    if (code.empty()) continue;
    if (!country.empty() && code != country) return std::nullopt;
    // Its own subject or object is the other side.
    if (s.tree.head(s.head(c)) == governor && governor >= 0) return std::nullopt;
    country = code;
    name = shown;
  }
  if (country.empty()) return std::nullopt;
  return Borrowed{country, "the sentence names no country but that of " + name};
}

}  // namespace

void find_full_names(Context& context) {
  constexpr std::size_t kLetters = 6;  // bytes; more is a name
  for (const auto& chunks : context.chunks) {
    for (const Chunk& c : chunks) {
      const Surface& s = context.surfaces[c.sentence];
      if (c.candidates.empty() || s.quote(c.first, c.last).size() <= kLetters) continue;
      for (const Candidate& candidate : c.candidates) {
        if (candidate.sense != "acronym" && candidate.kind != EntityKind::place)
          context.in_full.insert(candidate.entity);
      }
    }
  }
}

void find_focus(Context& context) {
  context.focus.assign(context.chunks.size(), {});
  for (std::size_t i = 0; i < context.chunks.size(); ++i) {
    Focus& focus = context.focus[i];
    bool one = true;
    for (const Chunk& c : context.chunks[i]) {
      const auto [country, name] = spoken_of(context, c);
      if (country.empty()) continue;
      if (focus.first.empty()) {
        focus.first = country;
        focus.first_name = name;
      }
      if (std::find(focus.all.begin(), focus.all.end(), country) == focus.all.end()) focus.all.push_back(country);
      const Surface& s = context.surfaces[i];
      const bool here = c.place && (context.lexicon.has("static_locative", preposition(s, c, context.lexicon)) ||
                                    dateline_like(s, c));
      if (!here) continue;
      one = one && (focus.located.empty() || focus.located == country);
      if (focus.located.empty()) {
        focus.located = country;
        focus.located_name = name;
      }
    }
    if (!one) focus.located.clear();
  }
}

std::optional<Borrowed> borrow_country(const Context& context, const Chunk& chunk) {
  if (indefinite(context, chunk)) return std::nullopt;
  const Focus& here = context.focus[chunk.sentence];
  if (!here.located.empty()) return Borrowed{here.located, "the sentence takes place in " + here.located_name, false};
  if (!institution(context, chunk)) return std::nullopt;
  std::map<std::string, double> weights;
  for (std::size_t back = 1; back <= kSentencesBack && back <= chunk.sentence; ++back) {
    const Focus& f = context.focus[chunk.sentence - back];
    const double near = 1.0 / static_cast<double>(back);
    const std::string& main = f.located.empty() ? f.first : f.located;
    if (main.empty()) continue;
    weights[main] += near * (f.located.empty() ? kNamedFirst : kLocated);
    for (const std::string& country : f.all) {
      if (country != main) weights[country] += near * kNamed / static_cast<double>(f.all.size());
    }
  }
  if (!weights.empty()) {
    for (const auto& [country, share] : context.country_share) {
      if (is_country(context, country)) weights[country] += kArticle * share;
    }
    auto best = weights.begin();
    for (auto at = weights.begin(); at != weights.end(); ++at) {
      if (at->second > best->second) best = at;
    }
    double next = 0;
    for (auto at = weights.begin(); at != weights.end(); ++at) {
      if (at != best) next = std::max(next, at->second);
    }
    if (best->second >= kLeast && best->second >= kAhead * next)
      return Borrowed{best->first, "the sentences before speak of " + best->first};
  }
  return only_one(context, chunk);
}

std::optional<Candidate> named_before(const Context& context, const Chunk& chunk) {
  const Surface& here = context.surfaces[chunk.sentence];
  const auto codes = context.lexicon.knowledge().lookup("anaphor", here.lemma[chunk.last - 1]);
  if (!codes) return std::nullopt;
  for (std::size_t back = 0; back <= kBodyBack && back <= chunk.sentence; ++back) {
    const Candidate* latest = nullptr;
    for (const Chunk& c : context.chunks[chunk.sentence - back]) {
      if ((back == 0 && c.first >= chunk.from) || !c.is(EntityKind::organisation)) continue;
      const Candidate& body = c.candidates.front();
      if (!body.country.empty() && codes->find(body.country) != std::string_view::npos) latest = &body;
    }
    if (latest != nullptr) return *latest;
  }
  return std::nullopt;
}

}  // namespace casus::detail
