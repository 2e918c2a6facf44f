// SPDX-License-Identifier: Apache-2.0
// A phrase names somebody when its head does (a mention), when an apposition does, when a pronoun leads back to one,
// when its head only counts ("a number of", "one of") and the rest names one, or, where the frame says so (`~`), when
// somebody owns what it names. Tests: code_test.cc.
#include <casus/event/parties.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {
namespace {

constexpr int kMaxDepth = 3;   // "the actions of the government of X"
constexpr int kMaxPhrase = 5;  // "restrictions on the ability of individuals to visit relatives in X"
constexpr float kMinProbability = 0.01F;
constexpr std::size_t kMaxParties = 40;  // of one role; a summit's longest list is shorter

// A place that was attacked stands for itself, in its country.
Actor actor_of(const Place& place, Span head) {
  Actor actor;
  actor.span = place.span;
  actor.head = head;
  actor.text = place.text;
  actor.id = place.id;
  actor.name = place.name;
  actor.kind = EntityKind::place;
  actor.country = place.country;
  actor.reason = "the place itself; its country is where it lies";
  actor.source = place.source;
  actor.score = place.score;
  return actor;
}

std::string_view lower_kind(EntityKind kind) {
  return to_string(kind);
}

}  // namespace

bool Parties::is(const Actor& actor, const std::unordered_set<std::string>& words) {
  if (words.contains(std::string(lower_kind(actor.kind))) || words.contains(actor.country)) return true;
  for (const std::string& sector : actor.sectors) {
    if (words.contains(sector)) return true;
  }
  // People of whom the text says no more than that they are people.
  if (actor.kind == EntityKind::agent && actor.id.empty() && actor.sectors.empty() &&
      (words.contains("CVL") || words.contains("person")))
    return true;
  if (!actor.role) return false;
  return std::any_of(actor.role->sectors.begin(), actor.role->sectors.end(),
                     [&](const std::string& s) { return words.contains(s); });
}

bool Parties::add_mention(std::int32_t index, const Argument& argument, bool places, std::vector<Party>& out) const {
  if (index < 0 || out.size() >= kMaxParties) return false;
  const Mention& mention = scene_->mentions()[static_cast<std::size_t>(index)];
  Party party;
  if (usable(mention)) {
    party.actor = *mention.actor;
  } else if (places && mention.place && !mention.place->country.empty()) {
    const View& view = scene_->view(mention.sentence);
    party.actor = actor_of(*mention.place, view.tree[mention.head].span);
  } else {
    return false;
  }
  party.token = argument.token;
  party.log_probability = argument.log_probability;
  party.arcs = argument.arcs;
  party.inherited = argument.inherited;
  party.how = argument.how;
  out.push_back(std::move(party));
  return true;
}

bool Parties::add_antecedent(std::uint32_t sentence, const Argument& argument, const Antecedent& found,
                             std::vector<Party>& out) const {
  const View& view = scene_->view(sentence);
  bool any = false;
  for (const std::uint32_t m : found.mentions) {
    const std::size_t before = out.size();
    if (!add_mention(static_cast<std::int32_t>(m), argument, false, out)) continue;
    Party& party = out[before];
    party.coreferent = true;
    const Span word = view.tree[argument.token].span;
    party.actor.reason =
        "'" + std::string(word.of(scene_->article().text)) + "' stands for " + party.actor.name + ": " + found.reason;
    party.actor.head = word;
    any = true;
    // A name in the same sentence is the better evidence; else the span is the word that stands here, and only the
    // entity comes from where it was named.
    if (scene_->mentions()[m].sentence == sentence) continue;
    party.actor.span = word;
    party.actor.text = std::string(word.of(scene_->article().text));
  }
  return any;
}

// "We support …" in somebody's words.
bool Parties::add_speaker(std::uint32_t sentence, const Argument& argument, std::vector<Party>& out) const {
  if (!speaker_at || out.size() >= kMaxParties) return false;
  std::optional<Actor> who = speaker_at(sentence, argument.token);
  if (!who) return false;
  const Span word = scene_->view(sentence).tree[argument.token].span;
  Party party;
  party.actor = std::move(*who);
  party.actor.text = std::string(word.of(scene_->article().text));
  party.actor.reason = "'" + party.actor.text + "' stands for " + party.actor.name + ", whose words these are";
  party.actor.span = party.actor.head = word;
  party.token = argument.token;
  party.log_probability = argument.log_probability;
  party.arcs = argument.arcs;
  party.inherited = argument.inherited;
  party.coreferent = true;
  party.how = argument.how;
  out.push_back(std::move(party));
  return true;
}

// "its troops": described by a noun, owned by whoever the pronoun stands for; the country is the owner's.
bool Parties::add_owned(std::uint32_t sentence, const Argument& argument, std::int32_t mention,
                        std::vector<Party>& out) const {
  const View& view = scene_->view(sentence);
  const std::int32_t owner = view.tree.child(argument.token, "nmod:poss");
  if (mention < 0 || owner < 0 || !coreference_->pronoun(sentence, static_cast<std::uint32_t>(owner))) return false;
  const auto found = coreference_->resolve(sentence, static_cast<std::uint32_t>(owner));
  if (!found || found->mentions.size() != 1 || !add_mention(mention, argument, false, out)) return false;
  Party& party = out.back();
  const Actor& whose = *scene_->mentions()[found->mentions[0]].actor;
  party.coreferent = true;
  party.actor.country = whose.country;
  party.actor.reason += (party.actor.reason.empty() ? "" : "; ") +
                        ("'" + view.tree[static_cast<std::uint32_t>(owner)].form) + "' stands for " + whose.name +
                        ": " + found->reason;
  return true;
}

// "Norway, a country that …": a noun between commas right after a name says again who the name is.
bool Parties::add_apposition(std::uint32_t sentence, const Argument& argument, bool places,
                             std::vector<Party>& out) const {
  const View& view = scene_->view(sentence);
  // "on the border with Egypt, an airstrike killed": only who or what acts can be another name for somebody.
  if (!view.grammar.in_class(argument.token, "humans") && !view.grammar.in_class(argument.token, "states"))
    return false;
  std::uint32_t first = argument.token;
  for (const std::uint32_t c : view.tree.children(argument.token)) {
    if (view.tree[c].upos != Upos::PUNCT) first = std::min(first, c);
  }
  if (first < 2 || view.tree[first - 1].form != "," || !view.grammar.in_class(first, "article")) return false;
  return add_mention(view.covered[first - 2], argument, places, out);
}

// "Its spokesman, Dmitry Peskov, accused": a person between commas right after a description of one human, wherever the
// tree has hung the name. -1: there is none.
std::int32_t Parties::name_between_commas(std::uint32_t sentence, std::int32_t mention) const {
  if (mention < 0) return -1;
  const View& view = scene_->view(sentence);
  const Mention& described = scene_->mentions()[static_cast<std::size_t>(mention)];
  const std::uint32_t comma = described.last;
  if (comma + 1 >= view.tree.size() || view.tree[comma].form != "," || described.head + 1 != described.last) return -1;
  if (!view.grammar.in_class(described.head, "humans")) return -1;
  const std::int32_t named = view.covered[comma + 1];
  if (named < 0 || !usable(scene_->mentions()[static_cast<std::size_t>(named)])) return -1;
  const Mention& person = scene_->mentions()[static_cast<std::size_t>(named)];
  const bool closed = person.last < view.tree.size() && view.tree[person.last].form == ",";
  return person.first == comma + 1 && closed && person.actor->kind == EntityKind::person ? named : -1;
}

bool Parties::add_named(std::uint32_t sentence, const Argument& argument, bool places, std::vector<Party>& out) const {
  const View& view = scene_->view(sentence);
  const std::uint32_t t = argument.token;
  std::int32_t mention = view.headed[t] >= 0 ? view.headed[t] : view.covered[t];
  // "the Russian leader, Vladimir Putin": the name says more than the description.
  const bool vague = mention < 0 || !usable(scene_->mentions()[static_cast<std::size_t>(mention)]) ||
                     scene_->mentions()[static_cast<std::size_t>(mention)].actor->kind == EntityKind::agent;
  if (vague) {
    for (const std::uint32_t c : view.tree.children(t)) {
      const bool explains = view.tree.relation_is(c, "appos") || view.tree.relation_is(c, "flat") ||
                            ((view.tree.relation_is(c, "compound") || view.tree.relation_is(c, "nmod")) && c > t &&
                             view.tree.child(c, "case") < 0);
      const std::int32_t named = view.headed[c] >= 0 ? view.headed[c] : view.covered[c];
      if (!explains || named < 0 || named == mention || !usable(scene_->mentions()[static_cast<std::size_t>(named)]))
        continue;
      const EntityKind kind = scene_->mentions()[static_cast<std::size_t>(named)].actor->kind;
      if (kind == EntityKind::person || kind == EntityKind::organisation || kind == EntityKind::group)
        return add_mention(named, argument, false, out);
    }
    if (const std::int32_t named = name_between_commas(sentence, mention); named >= 0)
      return add_mention(named, argument, false, out);
  }
  if (coreference_->pronoun(sentence, t)) {
    if (view.grammar.in_class(t, "speaker")) return add_speaker(sentence, argument, out);
    const auto found = coreference_->resolve(sentence, t);
    return found && add_antecedent(sentence, argument, *found, out);
  }
  const bool nameless =
      mention < 0 || (scene_->mentions()[static_cast<std::size_t>(mention)].actor &&
                      scene_->mentions()[static_cast<std::size_t>(mention)].actor->kind == EntityKind::agent &&
                      (scene_->mentions()[static_cast<std::size_t>(mention)].actor->country.empty() ||
                       scene_->mentions()[static_cast<std::size_t>(mention)].actor->lent));
  if (nameless) {
    if (mention < 0 && add_apposition(sentence, argument, places, out)) return true;
    if (add_owned(sentence, argument, mention, out)) return true;
    const auto found = coreference_->describe(sentence, t, mention);
    if (found && add_antecedent(sentence, argument, *found, out)) return true;
  }
  return add_mention(mention, argument, places, out);
}

void Parties::add_inside(std::uint32_t sentence, const Argument& argument, bool places, int depth,
                         std::vector<Party>& out) const {
  const View& view = scene_->view(sentence);
  // The steps to an owner in the order of the language's table; a genitive goes on inside.
  const Lexicon& lexicon = scene_->tables().lexicon;
  std::vector<Slot> owners;
  for (const std::string& step : lexicon.words("owner")) owners.push_back({{step}, lexicon.in_class("genitive", step)});
  // "the detention of activists", "the invasion of Ukraine": what follows `of` suffers the deed and does not own it.
  const bool deed = view.grammar.in_class(argument.token, "sufferer");
  for (const Slot& slot : owners) {
    if (deed && (lexicon.in_class("genitive", slot.path[0]) || lexicon.in_class("against", slot.path[0]))) continue;
    const std::size_t before = out.size();
    for (Argument& owner : view.grammar.slot(argument.token, slot)) {
      owner.log_probability += argument.log_probability;
      owner.arcs = static_cast<std::uint8_t>(std::min(255, owner.arcs + argument.arcs));
      owner.inherited = owner.inherited || argument.inherited;
      owner.how = argument.how + " → " + owner.how;
      add(sentence, owner, slot.inside, places, depth + 1, out);
    }
    for (std::size_t i = before; i < out.size(); ++i) out[i].descended = true;
    if (out.size() > before) return;
  }
}

void Parties::add(std::uint32_t sentence, const Argument& argument, bool inside, bool places, int depth,
                  std::vector<Party>& out) const {
  if (depth > kMaxDepth || out.size() >= kMaxParties) return;
  const View& view = scene_->view(sentence);
  const std::size_t before = out.size();
  if (!add_named(sentence, argument, places, out)) {
    if (view.grammar.in_class(argument.token, "transparent")) {
      for (Argument& below : view.grammar.genitive(argument.token)) {
        below.log_probability += argument.log_probability;
        below.arcs = static_cast<std::uint8_t>(std::min(255, below.arcs + argument.arcs));
        add(sentence, below, inside, places, depth + 1, out);
      }
    }
    if (out.size() == before && inside) add_inside(sentence, argument, places, depth, out);
  }
  // Everyone joined to it. A parser may hang "and Y" from a word inside the name of X.
  std::uint32_t first = argument.token, last = argument.token + 1;
  if (const std::int32_t m =
          view.headed[argument.token] >= 0 ? view.headed[argument.token] : view.covered[argument.token];
      m >= 0) {
    first = std::min(first, scene_->mentions()[static_cast<std::size_t>(m)].first);
    last = std::max(last, scene_->mentions()[static_cast<std::size_t>(m)].last);
  }
  const std::size_t own = out.size();
  if (own == before && depth > 0) return;
  // "the ELN and FARC guerrillas": the first name hangs from the noun as if it were part of the second.
  if (own > before && first >= 2 && view.tree[first - 1].upos == Upos::CCONJ && view.covered[first - 2] >= 0) {
    const Mention& other = scene_->mentions()[static_cast<std::size_t>(view.covered[first - 2])];
    const std::int32_t h = view.tree.head(other.head);
    Argument joined = argument;
    joined.token = other.head;
    joined.how = argument.how + ", joined";
    if (h >= static_cast<std::int32_t>(first) && h < static_cast<std::int32_t>(last))
      add_mention(view.covered[first - 2], joined, places, out);
  }
  for (std::uint32_t t = first; t < last; ++t) {
    for (const std::uint32_t c : view.tree.children(t)) {
      if (!view.tree.relation_is(c, "conj") || (c >= first && c < last)) continue;
      Argument joined = argument;
      joined.token = c;
      joined.how = argument.how + ", joined";
      add(sentence, joined, inside, places, depth + 1, out);
    }
  }
}

std::vector<Party> Parties::at(std::uint32_t sentence, const Argument& argument, bool inside, bool places) const {
  std::vector<Party> out;
  add(sentence, argument, inside, places, 0, out);
  return out;
}

// The phrase of a noun as an actor without a name: what stands before the noun, and right behind it where it lies or
// whose it is ("a market in Aden"). The country is that of the one place or owner in the phrase.
Actor Parties::phrase(std::uint32_t sentence, std::uint32_t noun) const {
  const View& view = scene_->view(sentence);
  std::uint32_t first = noun, last = noun + 1;
  for (const std::uint32_t c : view.tree.children(noun)) {
    if (c < noun && view.tree[c].upos != Upos::PUNCT && !view.tree.relation_is(c, "case"))
      first = std::min(first, view.tree.subtree(c).front());
  }
  // "three villages in Plateau State" is one phrase whatever the parser hung the place from.
  if (last + 1 < view.tree.size() && view.tree[last].upos == Upos::ADP && view.grammar.in_class(last, "phrase")) {
    std::uint32_t at = last + 1;
    while (at < view.tree.size() && view.tree[at].upos == Upos::DET) ++at;
    const std::int32_t m = at < view.tree.size() ? view.covered[at] : -1;
    if (m >= 0) last = std::max(last, scene_->mentions()[static_cast<std::size_t>(m)].last);
  }
  Actor actor;
  actor.span = {view.tree[first].span.start, view.tree[last - 1].span.end};
  actor.head = view.tree[noun].span;
  actor.text = actor.name = std::string(actor.span.of(scene_->article().text));
  actor.kind = view.grammar.in_class(noun, "doers") ? EntityKind::agent : EntityKind::unknown;
  actor.reason = "described in these words only";
  bool several = false;
  for (const Mention& m : scene_->mentions_of(sentence)) {
    if (m.first < first || m.last > last) continue;
    const std::string& country = m.place && !m.place->country.empty() ? m.place->country
                                 : m.actor                            ? m.actor->country
                                                                      : actor.country;
    several = several || (!actor.country.empty() && !country.empty() && country != actor.country);
    if (!country.empty()) actor.country = country;
  }
  if (several) actor.country.clear();
  if (!actor.country.empty()) actor.reason += "; the country is named in the phrase";
  return actor;
}

// "a fishing boat": a noun of people or of things that deeds are done to, with what stands before it. It has no country
// and no sector, for the text gives none.
std::vector<Party> Parties::described(std::uint32_t sentence, std::uint32_t trigger, const Role& role, Describe what,
                                      const std::vector<std::uint32_t>& taken) const {
  const View& view = scene_->view(sentence);
  std::vector<Party> out;
  for (const std::vector<Slot>& alternative : role) {
    for (const Slot& slot : alternative) {
      for (const Argument& argument : view.grammar.slot(trigger, slot)) {
        const std::uint32_t t = argument.token;
        if (!out.empty() && !argument.joined) break;
        const bool anything = what == Describe::anything;
        const bool named = anything && view.tree[t].upos == Upos::PROPN;
        if (!named && (view.tree[t].upos != Upos::NOUN ||
                       !(anything || view.grammar.in_class(t, what == Describe::doers ? "doers" : "sufferable"))))
          continue;
        if (std::find(taken.begin(), taken.end(), t) != taken.end()) continue;
        Party party;
        party.actor = phrase(sentence, t);
        party.described = true;
        party.token = t;
        party.log_probability = argument.log_probability;
        party.arcs = argument.arcs;
        party.inherited = argument.inherited;
        party.how = argument.how;
        party.slot = slot.path.back();
        out.push_back(std::move(party));
      }
      if (!out.empty()) return out;
    }
  }
  return out;
}

std::vector<Party> Parties::within(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  std::vector<Argument> level{Argument{trigger, 0, 0, false, false, ""}};
  if (view.tree[trigger].upos == Upos::VERB) level = view.grammar.object(trigger);
  std::vector<Party> out;
  for (int depth = 0; depth < kMaxPhrase && out.empty() && !level.empty(); ++depth) {
    std::vector<Argument> below;
    for (const Argument& at : level) {
      for (const std::uint32_t c : view.tree.children(at.token)) {
        const bool nominal = view.tree.relation_is(c, "nmod") || view.tree.relation_is(c, "amod") ||
                             view.tree.relation_is(c, "compound") || view.tree.relation_is(c, "conj");
        if (!nominal || below.size() >= kMaxParties) continue;
        Argument next = at;
        next.token = c;
        next.how = "named inside the phrase";
        const float p = view.tree[c].head_probability;
        if (p > 0) next.log_probability += std::log(std::max(p, kMinProbability));
        next.arcs = static_cast<std::uint8_t>(std::min(255, at.arcs + 1));
        below.push_back(next);
        // "talks in Mexico" are not with Mexico: right under the deed a place is only where it was.
        const std::int32_t marker = view.tree.child(c, "case");
        const bool where =
            depth == 0 && marker >= 0 && view.grammar.in_class(static_cast<std::uint32_t>(marker), "within_place");
        const std::int32_t m = where ? -1 : view.headed[c];
        if (out.empty() && m >= 0 && usable(scene_->mentions()[static_cast<std::size_t>(m)])) {
          const Actor& actor = *scene_->mentions()[static_cast<std::size_t>(m)].actor;
          if (!actor.country.empty() || !actor.id.empty()) add(sentence, next, false, false, 0, out);
        }
      }
    }
    level = std::move(below);
  }
  for (Party& p : out) {
    p.descended = true;
    p.slot = "within";
  }
  return out;
}

std::vector<Party> Parties::role(std::uint32_t sentence, std::uint32_t trigger, const Role& role, bool places) const {
  const View& view = scene_->view(sentence);
  std::vector<Party> out;
  const auto keep = [&](std::vector<Party> found, const Slot& slot) {
    std::string name;
    for (const std::string& step : slot.path) name += (name.empty() ? "" : ".") + step;
    for (Party& party : found) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const Party& p) {
        return p.actor.id.empty() ? p.actor.span == party.actor.span : p.actor.id == party.actor.id;
      });
      if (known || out.size() >= kMaxParties) continue;
      // "the military operation" is nobody's: an adjective describes an actor only when it names one.
      if (slot.path.back() == "mod" && party.actor.kind == EntityKind::agent && party.actor.country.empty()) continue;
      party.slot = name;
      out.push_back(std::move(party));
    }
  };
  for (const std::vector<Slot>& alternative : role) {
    for (const Slot& slot : alternative) {
      bool found_one = false;
      for (const Argument& argument : view.grammar.slot(trigger, slot)) {
        if (found_one && !argument.joined) continue;  // a rival reading of the same relation
        std::vector<Party> found = at(sentence, argument, slot.inside, places);
        found_one = found_one || !found.empty();
        keep(std::move(found), slot);
      }
    }
    if (!out.empty()) return out;
  }
  return out;
}

}  // namespace casus::detail
