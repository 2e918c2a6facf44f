// SPDX-License-Identifier: Apache-2.0
// The parties that names and nouns make: which reading of a name, whose an "army" is, which sectors a title brings.
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
constexpr float kActsAs = 0.8F;
constexpr std::size_t kShortAcronym = 4;  // bytes
constexpr double kAcronymShare = 0.04;    // of the article's countries, for a short acronym to mean that country's

// "PA", "FSA", "ANC" mean what we know only where the article speaks of that country or gives the name in full.
bool out_of_context(const Context& context, const Chunk& chunk, const Candidate& c) {
  const Surface& s = context.surfaces[chunk.sentence];
  const bool letters = chunk.last - chunk.first == 1 && s.token(chunk.first).form.size() <= kShortAcronym;
  const bool body = c.kind == EntityKind::organisation || c.kind == EntityKind::group;
  if (!letters || !body || c.country.size() != 3 || context.lexicon.has("known_acronym", s.form[chunk.first]))
    return false;
  if (c.sense != "acronym" && fold_name(c.name) != s.form[chunk.first]) return false;
  if (!context.lexicon.knowledge().entity("cc:" + c.country)) return false;  // of no country: IGO, UNO
  const auto share = context.country_share.find(c.country);
  if (share != context.country_share.end() && share->second >= kAcronymShare) return false;
  return !context.in_full.contains(c.entity);
}

std::vector<Candidate> rank_parties(const Context& context, const Chunk& chunk) {
  std::vector<Candidate> ranked;
  for (const Candidate& candidate : chunk.candidates) {
    if (candidate.kind == EntityKind::person || out_of_context(context, chunk, candidate)) continue;
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
  if (parties.empty()) {
    const bool named = chunk.model && !chunk.candidates.empty() && chunk.candidates.front().kind != EntityKind::person;
    if (!named || chunk.consumed) return;
    Chunk bare = chunk;
    bare.candidates.clear();
    chunk.actor = unknown_party(context, bare, EntityKind::organisation,
                                "letters that stand for several; nothing in the article says which");
    return;
  }
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
      chunk.borrows = true;
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
  // "Europe imposed sanctions": a continent that acts is its union.
  const auto acts = context.lexicon.knowledge().lookup("acts_as", s.folded(chunk.first, chunk.last));
  if (acts && stands.party) {
    if (const auto body = context.lexicon.knowledge().entity(*acts)) {
      chunk.actor = start_actor(context, chunk, {*body});
      take(*chunk.actor, *body);
      chunk.actor->score = kActsAs;
      chunk.actor->reason = "acts as " + body->name + "; " + stands.reason;
      return;
    }
  }
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

// Sectors that the owner of a title or noun brings; empty: none of its own, or a state's.
std::vector<std::string> owner_sectors(const Context& context, const Chunk& chunk, const Chunk& owner) {
  const Lexicon& lexicon = context.lexicon;
  if (owner.form == ChunkForm::agent) return owner.sectors;
  if (owner.form == ChunkForm::organisation) {
    if (!owner.sectors.empty()) return owner.sectors;
    const Surface& s = context.surfaces[owner.sentence];
    // An unlisted body led by an executive is a firm, unless its name says that it is a club, a fund or a team.
    for (std::uint32_t i = owner.first; i < owner.last; ++i) {
      if (lexicon.has("body_noun", s.lemma[i]) || lexicon.has("body_noun", s.form[i])) return {};
    }
    const bool listed = !owner.candidates.empty();  // "the president of the Mexican …"
    return !listed && lexicon.has("corporate_title", chunk.title) ? std::vector<std::string>{"BUS"}
                                                                  : std::vector<std::string>{};
  }
  if (owner.actor && (owner.actor->kind == EntityKind::organisation || owner.actor->kind == EntityKind::group ||
                      owner.actor->kind == EntityKind::media)) {
    if (owner.actor->sectors.empty() && owner.actor->country == "MNC") return {"BUS"};
    return owner.actor->sectors;
  }
  return {};
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
  a.sectors = chunk.former ? a.sectors : titled_sectors(context, chunk, &whose);
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

std::vector<std::string> titled_sectors(const Context& context, const Chunk& chunk, const Chunk* owner) {
  if (owner == nullptr || chunk.former || !context.lexicon.has("head_title", chunk.title)) return chunk.sectors;
  const bool state = owner->form == ChunkForm::adjective || owner->form == ChunkForm::demonym ||
                     owner->is(EntityKind::country) || owner->is(EntityKind::place);
  if (state && !chunk.sectors.empty() && chunk.sectors.front() == "BUS" && chunk.title == "chief executive")
    return {"GOV"};
  std::vector<std::string> own = owner_sectors(context, chunk, *owner);
  const bool ruling = std::find(own.begin(), own.end(), "GOV") != own.end();
  return own.empty() || ruling ? chunk.sectors : own;
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

namespace {

// "Greek ships", "Swiss watches": the nationality of a thing is no party.
bool of_goods(const Surface& s, const Chunk& c, const Lexicon& lexicon) {
  const std::uint32_t last = c.last - 1;
  std::uint32_t head = c.last;
  if (s.parsed && s.tree.head(last) >= static_cast<std::int32_t>(c.last)) {
    head = static_cast<std::uint32_t>(s.tree.head(last));
  }
  if (head >= s.size() || (s.token(head).upos != Upos::NOUN && s.token(head).upos != Upos::X)) return false;
  return lexicon.has("goods_noun", s.lemma[head]) || lexicon.has("goods_noun", s.form[head]);
}

}  // namespace

void resolve_names(Context& context) {
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.form == ChunkForm::adjective || c.form == ChunkForm::demonym) {
        std::vector<Candidate> ranked = rank_parties(context, c);
        if (ranked.empty()) continue;
        const Candidate best = ranked.front();
        c.actor = nationality(context, c, std::move(ranked));
        c.goods = of_goods(context.surfaces[c.sentence], c, context.lexicon);
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
        // "Boston Marathon", "Nobel Prize": an occasion acts for nobody.
        if (context.lexicon.has("event_noun", context.surfaces[c.sentence].lemma[c.last - 1])) continue;
        c.actor =
            unknown_party(context, c, EntityKind::organisation, "an organisation that the knowledge does not list");
      }
    }
  }
}

namespace {

void lend_country(const Context& context, const Chunk& chunk, Actor& a) {
  const auto found = borrow_country(context, chunk);
  if (!found) return;
  a.country = found->country;
  a.lent = found->lent;
  a.reason += "; " + found->basis;
  if (a.id.empty() || a.id.starts_with("nil:"))
    a.id = "cc:" + a.country + (a.sectors.empty() ? "" : ":" + a.sectors.front());
}

}  // namespace

void resolve_agents(Context& context) {
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.borrows && c.actor) lend_country(context, c, *c.actor);
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
      if (c.anaphor && c.owner < 0) {
        // "the organization OVD-Info": the name behind it says which.
        const Surface& around = context.surfaces[c.sentence];
        const bool named = c.last < around.size() && around.token(c.last).upos == Upos::PROPN;
        const auto body = named ? std::nullopt : named_before(context, c);
        if (body) {
          take(a, *body);
          a.reason = "stands for " + body->name + ", named before";
          c.actor = std::move(a);
        } else if (!c.sectors.empty() && !c.generic) {
          a.id = nil_id(context, a.name);
          c.actor = std::move(a);
        }
        continue;
      }
      if (c.owner >= 0) {
        join_owner(context, c, chunks[static_cast<std::size_t>(c.owner)], a);
      } else if (c.where >= 0 && chunks[static_cast<std::size_t>(c.where)].place) {
        a.country = chunks[static_cast<std::size_t>(c.where)].place->country;
        a.reason += "; in " + chunks[static_cast<std::size_t>(c.where)].place->name;
        a.id = "cc:" + a.country + (a.sectors.empty() ? "" : ":" + a.sectors.front());
      }
      if (a.country.empty() && c.owner < 0) lend_country(context, c, a);
      if (a.id.empty()) a.id = nil_id(context, a.name);
      c.actor = std::move(a);
    }
  }
}

}  // namespace casus::detail
