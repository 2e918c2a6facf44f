// SPDX-License-Identifier: Apache-2.0
// Whether a name stands for a party or for a place, and the parties that names and nouns make.
//
// "Moscow said" is a government, "in Moscow" a city, "bombed Kiev" both: the preposition before the name decides first,
// then its relation in the tree and the verb or noun it hangs on, then, without a tree, the word that follows.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {

namespace {

constexpr std::size_t kShownCandidates = 5;
constexpr double kGenericShare =
    0.12;  // of the article's countries, for "Congress" to mean the one of the United States
constexpr float kCountryWeight = 2.0F;
constexpr float kAcronymRival = 0.3F;

bool has_sense(const Chunk& chunk, std::string_view sense) {
  return std::any_of(chunk.candidates.begin(), chunk.candidates.end(),
                     [&](const Candidate& c) { return c.sense == sense; });
}

// The preposition in front of the phrase, over determiners and "northern"; empty: none.
std::string preposition(const Surface& s, const Chunk& chunk, const Lexicon& lexicon) {
  std::uint32_t i = chunk.from;
  while (i > 0 && (s.token(i - 1).upos == Upos::DET || lexicon.has("direction", s.form[i - 1]) ||
                   lexicon.has("determiner", s.form[i - 1])))
    --i;
  if (i == 0) return {};
  const Upos upos = s.token(i - 1).upos;
  const bool adposition =
      upos == Upos::ADP || upos == Upos::SCONJ ||
      (upos == Upos::X && (lexicon.has("locative", s.form[i - 1]) || lexicon.has("agentive", s.form[i - 1])));
  return adposition ? s.form[i - 1] : std::string{};
}

// Relation and governor of the phrase, seen through coordination.
struct Hanging {
  std::string relation, governor;
  bool found = false;
};

Hanging hanging(const Surface& s, const Chunk& chunk) {
  Hanging out;
  if (!s.parsed) return out;
  std::uint32_t at = s.head(chunk);
  for (int steps = 0; steps < 8 && s.tree.relation_is(at, "conj") && s.tree.head(at) >= 0; ++steps)
    at = static_cast<std::uint32_t>(s.tree.head(at));
  out.relation = s.token(at).deprel.substr(0, s.token(at).deprel.find(':'));
  if (s.token(at).deprel == "nmod:poss") out.relation = "poss";
  if (s.token(at).deprel == "nsubj:pass") out.relation = "patient";
  if (s.tree.head(at) >= 0) out.governor = s.lemma[static_cast<std::uint32_t>(s.tree.head(at))];
  out.found = true;
  return out;
}

// "MOSCOW (AP) --", "JERUSALEM —": a place name at the start, a dash soon after.
bool dateline(const Surface& s, const Chunk& chunk) {
  constexpr std::uint32_t kFirst = 2, kReach = 8;  // tokens
  if (chunk.from > kFirst) return false;
  for (std::uint32_t i = chunk.to; i < s.size() && i < chunk.to + kReach; ++i) {
    const std::string& f = s.form[i];
    const bool dash = f == "--" || f == "---" || f == "-" || f == "\xE2\x80\x94" || f == "\xE2\x80\x93";
    if (dash && s.token(i - 1).space_after) return true;
    if (s.token(i).upos == Upos::VERB || s.token(i).upos == Upos::AUX) return false;
  }
  return false;
}

bool possessed(const Surface& s, const Chunk& chunk) {
  return chunk.to < s.size() && (s.form[chunk.to] == "'s" || s.form[chunk.to] == "'");
}

Standing without_tree(const Surface& s, const Chunk& chunk, const Lexicon& lexicon) {
  std::uint32_t next = chunk.to;
  while (next < s.size() && s.token(next).upos == Upos::ADV) ++next;
  if (next < s.size() && possessed(s, chunk) && next + 1 < s.size()) {
    const bool government = lexicon.has("government_noun", s.lemma[next + 1]);
    return {government, !government,
            government ? "its " + s.lemma[next + 1] + " is a government's" : "no tree; possessive"};
  }
  if (next < s.size() && lexicon.has("speech_verb", s.lemma[next]))
    return {true, false, "followed by \"" + s.form[next] + '"'};
  return {false, true, "nothing says that it acts"};
}

Standing by_relation(const Surface& s, const Chunk& chunk, const Hanging& h, const Lexicon& lexicon, bool government) {
  const bool spatial = lexicon.has("spatial_verb", h.governor);
  if (h.relation == "patient") return {true, true, "what is done to it is done to its country"};
  if (h.relation == "nsubj") {
    if (lexicon.has("location_verb", h.governor)) return {false, true, "subject of \"" + h.governor + '"'};
    return {government, !government, "subject of \"" + h.governor + '"'};
  }
  if (h.relation == "obj" || h.relation == "iobj") {
    if (spatial) return {true, true, "object of \"" + h.governor + '"'};
    return {government, !government, "object of \"" + h.governor + '"'};
  }
  if (h.relation == "poss" || possessed(s, chunk)) {
    if (lexicon.has("spatial_noun", h.governor)) return {false, true, "its " + h.governor + " is a place"};
    return {government, !government, "possessor of \"" + h.governor + '"'};
  }
  if (h.relation == "compound" || h.relation == "amod" || h.relation == "nmod") {
    const bool ruling = government && lexicon.has("government_noun", h.governor);
    return {ruling, !ruling, "belongs to \"" + h.governor + '"'};
  }
  return {false, true, "nothing says that it acts"};
}

std::vector<Candidate> rank_parties(const Context& context, const Chunk& chunk) {
  std::vector<Candidate> ranked;
  for (const Candidate& candidate : chunk.candidates) {
    if (candidate.kind == EntityKind::person) continue;
    Candidate c = candidate;
    const auto share = context.country_share.find(c.country);
    if (share != context.country_share.end()) c.score += kCountryWeight * static_cast<float>(share->second);
    if (c.kind == EntityKind::media || c.sense == "former") c.score -= kAcronymRival;
    ranked.push_back(std::move(c));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return ranked;
}

void take(Actor& a, const Candidate& c) {
  a.id = c.entity;
  a.name = c.name;
  a.kind = c.kind;
  a.country = c.country;
  a.sectors = c.sectors;
  a.source = c.source;
}

Actor unknown_party(const Context& context, const Chunk& chunk, EntityKind kind, std::string reason) {
  Actor a = start_actor(context, chunk, {});
  a.name = context.surfaces[chunk.sentence].quote(chunk.first, chunk.last);
  a.id = nil_id(context, a.name);
  a.kind = kind;
  a.sectors = chunk.sectors;
  if (!chunk.candidates.empty()) {
    a.country = chunk.candidates.front().country;
    if (!a.country.empty() && !a.sectors.empty()) a.id = "cc:" + a.country + ":" + a.sectors.front();
  }
  a.reason = std::move(reason);
  if (!chunk.why.empty()) a.reason += "; " + chunk.why;
  a.score = 0.4F;
  return a;
}

Actor nationality(const Context& context, const Chunk& chunk, std::vector<Candidate> ranked) {
  Actor a = start_actor(context, chunk, std::move(ranked));
  take(a, a.candidates.front());
  const bool people = chunk.form == ChunkForm::demonym;
  if (a.kind == EntityKind::country) {
    if (people) {
      a.sectors = {"CVL"};
      a.id += ":CVL";
      a.name = a.text;
      a.kind = EntityKind::agent;
    } else if (!chunk.sectors.empty()) {
      a.sectors = chunk.sectors;
      a.id += ":" + chunk.sectors.front();
      a.kind = EntityKind::agent;
    }
  }
  a.reason = std::string{people ? "people of " : "adjective of "} + a.candidates.front().name;
  if (!chunk.why.empty()) a.reason += "; " + chunk.why;
  return a;
}

// A name of the knowledge that is no person: party, place or both.
void resolve_known(Context& context, Chunk& chunk) {
  const Surface& s = context.surfaces[chunk.sentence];
  std::vector<Candidate> parties = rank_parties(context, chunk);
  if (parties.empty()) return;
  const Candidate best = parties.front();
  const bool placelike = is_place(best) || best.sense == "government" || best.sense == "presidency" ||
                         best.sense == "legislature" || best.sense == "military";
  if (!placelike) {
    const auto share = context.country_share.find(best.country);
    const bool generic = context.lexicon.has("generic_name", s.folded(chunk.first, chunk.last));
    if (generic && (share == context.country_share.end() || share->second < kGenericShare)) {
      Chunk bare = chunk;
      bare.sectors = best.sectors;
      bare.candidates.clear();
      chunk.actor = unknown_party(context, bare, EntityKind::organisation,
                                  "many countries have one, and the article does not say whose");
      return;
    }
    const Standing stands =
        best.kind == EntityKind::building ? standing(s, chunk, context.lexicon) : Standing{true, false, ""};
    if (!chunk.consumed && (stands.party || !best.located)) {
      chunk.actor = start_actor(context, chunk, std::move(parties));
      take(*chunk.actor, best);
      chunk.actor->reason = best.sense == "canon" ? "name of " + best.name : best.sense + " of " + best.name;
      if (!stands.reason.empty()) chunk.actor->reason += "; " + stands.reason;
    }
    return;
  }
  chunk.place = make_place(context, chunk);
  if (chunk.consumed || chunk.part_of_name) return;
  const Standing stands = standing(s, chunk, context.lexicon);
  const bool country = chunk.place && (chunk.place->kind == "country" || chunk.place->kind == "region");
  if (!stands.party && (!country || stands.reason == "dateline")) return;
  Actor a = start_actor(context, chunk, parties);
  const auto government =
      std::find_if(parties.begin(), parties.end(), [](const Candidate& c) { return c.sense == "government"; });
  const bool seat = !country && government != parties.end() &&
                    (!chunk.place || chunk.place->country == government->country || chunk.place->country.empty());
  if (seat) {
    take(a, *government);
    a.reason = "seat of the government of " + government->name + "; " + stands.reason;
    if (!stands.place) chunk.place.reset();
  } else if (chunk.place && !chunk.place->id.empty()) {
    const auto named = std::find_if(chunk.place->candidates.begin(), chunk.place->candidates.end(),
                                    [&](const Candidate& c) { return c.entity == chunk.place->id; });
    if (named == chunk.place->candidates.end()) return;
    take(a, *named);
    a.reason = stands.reason;
    a.score = chunk.place->score;
  } else {
    return;
  }
  chunk.actor = std::move(a);
}

bool plural(const Surface& s, std::uint32_t i) {
  return s.token(i).xpos == "NNS" || s.token(i).xpos == "NNPS" ||
         s.token(i).feats.find("Number=Plur") != std::string::npos;
}

// "the Venezuelan president" is whoever held that office on the day.
void name_holder(const Context& context, const Chunk& chunk, const Actor& owner, Actor& a) {
  const Surface& s = context.surfaces[chunk.sentence];
  if (!context.on || chunk.former || chunk.title.empty() || plural(s, chunk.last - 1)) return;
  const std::string of = owner.id.substr(0, owner.id.find(':', 3));
  std::vector<Candidate> holders = context.lexicon.knowledge().holders(chunk.title, of, context.on);
  // Where an office was disputed, the one in power is meant unless the text says otherwise; the rival stays a
  // candidate.
  std::stable_partition(holders.begin(), holders.end(),
                        [](const Candidate& c) { return !c.roles.empty() && !c.roles.front().disputed; });
  const auto undisputed = std::count_if(
      holders.begin(), holders.end(), [](const Candidate& c) { return !c.roles.empty() && !c.roles.front().disputed; });
  if (undisputed != 1) return;
  const Candidate& c = holders.front();
  a.id = c.entity;
  a.name = c.name;
  a.kind = EntityKind::person;
  a.role = c.roles.front();
  if (!a.role->sectors.empty()) a.sectors = a.role->sectors;
  a.source = a.role->source;
  a.reason = a.role->title + " of " + owner.name + (a.role->unverified ? ", as far as is known," : "") + " on " +
             context.on.to_string();
  a.candidates = std::move(holders);
}

void join_owner(const Context& context, const Chunk& chunk, const Chunk& whose, Actor& a) {
  Actor owner;
  if (whose.actor) {
    owner = *whose.actor;
  } else if (whose.place) {
    owner.id = whose.place->id;
    owner.name = whose.place->name;
    owner.country = whose.place->country;
    owner.kind = whose.place->kind == "country" ? EntityKind::country : EntityKind::place;
  } else if (!whose.candidates.empty()) {
    take(owner, rank_parties(context, whose).empty() ? whose.candidates.front() : rank_parties(context, whose).front());
  } else {
    return;
  }
  a.country = owner.country;
  a.reason += "; of " + (owner.name.empty() ? owner.text : owner.name);
  // A people ("Kurds") is no body: its militants are not the people.
  const bool people = owner.sectors == std::vector<std::string>{"CVL"};
  const bool body = !people && (owner.kind == EntityKind::group || owner.kind == EntityKind::organisation);
  if (body &&
      (chunk.generic || context.lexicon.has("member_noun", context.surfaces[chunk.sentence].lemma[chunk.last - 1]))) {
    // "ELN fighters", "dissidents of the Tenth Front": the group itself acts.
    a.id = owner.id;
    a.name = owner.name;
    a.kind = owner.kind;
    a.source = owner.source;
    if (!owner.sectors.empty()) a.sectors = owner.sectors;
    a.candidates = owner.candidates;
    return;
  }
  const std::string base =
      owner.kind == EntityKind::country || body || owner.country.empty() ? owner.id : "cc:" + owner.country;
  if (!base.starts_with("nil:")) a.id = base + (a.sectors.empty() ? "" : ":" + a.sectors.front());
  a.source = owner.source;
  name_holder(context, chunk, owner, a);
}

}  // namespace

Standing standing(const Surface& s, const Chunk& chunk, const Lexicon& lexicon) {
  const bool government = has_sense(chunk, "government") || chunk.is(EntityKind::building) ||
                          chunk.is(EntityKind::country) || chunk.is(EntityKind::region);
  const std::string before = preposition(s, chunk, lexicon);
  const Hanging h = hanging(s, chunk);
  const bool owns = possessed(s, chunk);
  if (dateline(s, chunk)) return {false, true, "dateline"};
  if (!owns && lexicon.has("agentive", before)) return {government, !government, "after \"" + before + '"'};
  if (!owns && (before == "to" || before == "from" || before == "on") && government &&
      ((before == "on" && lexicon.has("speech_verb", h.governor)) || lexicon.has("government_noun", h.governor))) {
    return {true, true, "after \"" + before + "\" with \"" + h.governor + '"'};
  }
  if (!owns && lexicon.has("locative", before)) return {false, true, "after \"" + before + '"'};
  if (!h.found) return without_tree(s, chunk, lexicon);
  return by_relation(s, chunk, h, lexicon, government);
}

float certainty(const std::vector<Candidate>& ranked) {
  double sum = 0;
  for (const Candidate& c : ranked) {
    if (c.entity == ranked.front().entity) continue;
    sum += std::exp(static_cast<double>(c.score - ranked.front().score));
  }
  return static_cast<float>(1 / (1 + sum));
}

std::string nil_id(const Context& context, std::string_view name) {
  return "nil:" + content_id("nil", {context.article.id.empty() ? context.article.text_sha256 : context.article.id,
                                     fold_name(name)})
                      .substr(0, 16);
}

Actor start_actor(const Context& context, const Chunk& chunk, std::vector<Candidate> ranked) {
  const Surface& s = context.surfaces[chunk.sentence];
  Actor a;
  a.span = s.span(chunk.from, chunk.to);
  a.text = a.span.of(s.text);
  a.head = s.token(s.head(chunk)).span;
  a.score = ranked.empty() ? 0 : certainty(ranked);
  if (ranked.size() > kShownCandidates) ranked.resize(kShownCandidates);
  a.candidates = std::move(ranked);
  return a;
}

void resolve_names(Context& context) {
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.form == ChunkForm::adjective || c.form == ChunkForm::demonym) {
        std::vector<Candidate> ranked = rank_parties(context, c);
        if (ranked.empty()) continue;
        const Candidate best = ranked.front();
        c.actor = nationality(context, c, std::move(ranked));
        if (best.located) {
          c.place = Place{c.actor->span,
                          c.actor->text,
                          best.entity,
                          best.name,
                          best.country,
                          {},
                          best.lat,
                          best.lon,
                          true,
                          best.geonameid,
                          PlacePrecision::country,
                          "nationality",
                          {},
                          c.actor->reason,
                          best.source,
                          c.actor->score};
        }
      } else if (c.form == ChunkForm::name) {
        resolve_known(context, c);
      } else if (c.form == ChunkForm::organisation) {
        c.actor =
            unknown_party(context, c, EntityKind::organisation, "an organisation that the knowledge does not list");
      }
    }
  }
}

void resolve_agents(Context& context) {
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.form != ChunkForm::agent) continue;
      const Surface& s = context.surfaces[c.sentence];
      Actor a = start_actor(context, c, {});
      std::uint32_t start = c.from;
      while (start < c.first && (s.token(start).upos == Upos::DET || context.lexicon.has("determiner", s.form[start])))
        ++start;
      a.name = s.quote(start, c.to);
      a.kind = EntityKind::agent;
      a.sectors = c.former ? std::vector<std::string>{"ELI"} : c.sectors;
      a.reason = c.why;
      a.source = "own";
      a.score = 0.6F;
      if (c.owner >= 0) {
        join_owner(context, c, chunks[static_cast<std::size_t>(c.owner)], a);
      } else if (c.where >= 0 && chunks[static_cast<std::size_t>(c.where)].place) {
        a.country = chunks[static_cast<std::size_t>(c.where)].place->country;
        a.reason += "; in " + chunks[static_cast<std::size_t>(c.where)].place->name;
        a.id = "cc:" + a.country + (a.sectors.empty() ? "" : ":" + a.sectors.front());
      }
      if (a.id.empty()) a.id = nil_id(context, a.name);
      c.actor = std::move(a);
    }
  }
}

}  // namespace casus::detail
