// SPDX-License-Identifier: Apache-2.0
// For each word that starts a frame: the frames whose conditions hold, the one that knows most about the sentence
// first; then what one event's frame says about the others (content that is asked for or refused is no event; a promise
// gives way to what is promised). Tests: code_test.cc with testdata/*.conllu.
#include <casus/event/match.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr int kConditionRank = 4;  // a frame that asks for more and gets it says more
constexpr int kPartyRank = 3;
constexpr int kWeakRank = -2;
constexpr std::size_t kMaxMisses = 8;     // of one sentence
constexpr std::uint32_t kMergeReach = 2;  // sentences between two mentions of one event

// The letters under which a word may be a trigger. An adjective before its noun may be tagged as a verb or a noun.
std::string_view letters(const Token& token) {
  switch (token.upos) {
    case Upos::VERB:
      return token.deprel == "amod" ? "AV" : "VA";
    case Upos::NOUN:
    case Upos::PROPN:
      return token.deprel == "amod" ? "NA" : token.xpos.starts_with("VB") ? "NV" : "N";
    case Upos::ADJ:
      return "A";
    default:
      return "";
  }
}

// A condition on the parties that a frame finds, or on the kind of who stands somewhere.
bool of_parties(const Condition& condition) {
  return condition.kind == Condition::Kind::party ||
         std::any_of(condition.slots.begin(), condition.slots.end(),
                     [](const Slot& s) { return s.path[0] == "actor" || s.path[0] == "recipient"; });
}

// What may be bombed, freed, visited or given ground in may be a place.
bool takes_places(const FrameSpec& frame) {
  static const std::unordered_set<std::string> kTypes{"ASSAULT",  "AID",     "COERCE",  "MOBILIZE", "RETREAT",
                                                      "SANCTION", "CONSULT", "CONCEDE", "THREATEN"};
  return kTypes.contains(frame.type);
}

bool same_actor(const Actor& a, const Actor& b) {
  if (!a.id.empty() && !b.id.empty() && a.id != b.id && a.span == b.span) return false;  // "they" stands for several
  return (!a.id.empty() && a.id == b.id) || a.span.contains(b.span) || b.span.contains(a.span);
}

}  // namespace

// Readings that no frame may take. Before the parties are filled only blockers that ask nothing of them are looked at
// (which spares the work of finding parties), afterwards the others.
std::string Matcher::blocked(const Match& match, bool filled) const {
  const FrameSpec& frame = *match.frame;
  const View& view = scene_->view(match.sentence);
  const LanguageTables& tables = scene_->tables();
  const auto found = tables.blocked.find(view.grammar.lemma(match.trigger) + '/' + frame.pos);
  if (found == tables.blocked.end()) return "";
  for (const std::uint32_t index : found->second) {
    const Blocker& blocker = tables.blockers[index];
    if (!blocker.types.empty() &&
        std::find(blocker.types.begin(), blocker.types.end(), frame.type) == blocker.types.end())
      continue;
    const bool asks = std::any_of(blocker.needs.begin(), blocker.needs.end(), of_parties);
    if (asks != filled) continue;
    const bool holds = std::all_of(blocker.needs.begin(), blocker.needs.end(), [&](const Condition& c) {
      return view.grammar.holds(match.trigger, c) && (!of_parties(c) || suits(match, c));
    });
    if (holds) return "blocked: " + blocker.reason;
  }
  return "";
}

// "Russia recalled its ambassador": what is its own is no other side.
bool Matcher::is_own(const std::vector<Party>& actors, const Party& recipient) {
  return std::any_of(actors.begin(), actors.end(), [&](const Party& a) {
    const bool own =
        recipient.coreferent && !recipient.actor.country.empty() && recipient.actor.country == a.actor.country;
    return own || same_actor(a.actor, recipient.actor);
  });
}

// Does one of those whom a condition speaks of fit its kinds?
bool Matcher::suits(const Match& match, const Condition& condition) const {
  bool met = false;
  for (const Slot& slot : condition.slots) {
    const bool of_actor = slot.path[0] == "actor", of_recipient = slot.path[0] == "recipient";
    if (!of_actor && !of_recipient && condition.kind != Condition::Kind::party) continue;
    std::vector<Party> standing;
    if (of_actor || of_recipient) {
      standing = of_actor ? match.actors : match.recipients;
    } else {
      standing = parties_->role(match.sentence, match.trigger, {{slot}}, takes_places(*match.frame));
    }
    // Who is only described has no kind that could be asked for: the frame took the phrase knowing that.
    met = met || std::any_of(standing.begin(), standing.end(), [&](const Party& p) {
            return condition.words.empty() || Parties::is(p.actor, condition.words) ||
                   (p.described && of_recipient && !condition.negated);
          });
  }
  return met != condition.negated;
}

bool Matcher::listed(const char* name, const std::string& word) const {
  const Classes& classes = scene_->tables().lexicon.classes;
  const auto found = classes.find(name);
  return found != classes.end() && std::find(found->second.begin(), found->second.end(), word) != found->second.end();
}

// Who did a deed and whom it was done to, where the knowledge can say nothing more of them than the text does.
void Matcher::fill_described(Match& match) const {
  const FrameSpec& frame = *match.frame;
  const Classes& classes = scene_->tables().lexicon.classes;
  if (match.actors.empty() && listed("crowd_deeds", frame.type))
    match.actors = parties_->described(match.sentence, match.trigger, frame.actor, Describe::doers, {});
  // Where a deed was done says less than what it was done to ("torched three villages in Plateau State").
  const bool only_where = std::all_of(match.recipients.begin(), match.recipients.end(), [&](const Party& p) {
    const bool where =
        p.actor.kind == EntityKind::place || p.actor.kind == EntityKind::country || p.actor.kind == EntityKind::region;
    return where && listed("within_place", p.slot);
  });
  if (!only_where || frame.recipient.empty() || frame.has(kReciprocal)) return;
  if (!listed("deeds", frame.type) && !frame.has(kThing)) return;
  const auto actors = classes.find("deed_actors");
  if (actors == classes.end()) return;
  const std::unordered_set<std::string> able(actors->second.begin(), actors->second.end());
  const bool by_power = std::any_of(match.actors.begin(), match.actors.end(), [&](const Party& p) {
    return !p.actor.country.empty() && Parties::is(p.actor, able);
  });
  if (!by_power) return;
  const std::vector<std::uint32_t> own = consumed(match);
  // What is done by force, and who is arrested or freed, needs no list of nouns.
  const bool anything = frame.has(kThing) || frame.type == "ASSAULT" || listed("of_people", frame.mode);
  std::vector<Party> found = parties_->described(match.sentence, match.trigger, frame.recipient,
                                                 anything ? Describe::anything : Describe::sufferers, own);
  if (!found.empty()) match.recipients = std::move(found);
}

// "lifted restrictions on travel to Cuba": where the frame's own ways lead to nobody, whoever is named in the phrase of
// what was done. Said of no frame that has chosen its parties, and marked as found inside.
void Matcher::fill_from_phrase(Match& match) const {
  const FrameSpec& frame = *match.frame;
  const bool described = std::all_of(match.recipients.begin(), match.recipients.end(), [](const Party& p) {
    return p.actor.id.empty() && p.actor.country.empty() && p.actor.sectors.empty();
  });
  if (!described || match.actors.empty() || frame.has(kAlone) || frame.has(kReciprocal) || frame.recipient.empty())
    return;
  std::vector<Party> found = parties_->within(match.sentence, match.trigger);
  std::erase_if(found, [&](const Party& p) { return is_own(match.actors, p); });
  if (found.empty()) return;
  if (match.recipients.empty()) {
    match.recipients = std::move(found);
  } else if (match.recipients[0].actor.span.contains(found[0].actor.span)) {
    match.recipients[0].actor.country = found[0].actor.country;
  }
}

// A country that the text around has lent is left out where the other side is of it by name: "The court ordered Israel"
// is no court of Israel's.
void Matcher::doubt_lent(std::vector<Party>& side, const std::vector<Party>& other) {
  for (Party& p : side) {
    const bool theirs = p.actor.lent && std::any_of(other.begin(), other.end(), [&](const Party& o) {
                          return !o.actor.lent && o.actor.country == p.actor.country;
                        });
    if (!theirs) continue;
    p.actor.country.clear();
    p.actor.id.clear();
    p.actor.reason += "; left open, for the other side is of that country";
  }
}

// Actors and recipients of a match; returns what is wrong with them, or nothing.
std::string Matcher::fill(Match& match) const {
  const FrameSpec& frame = *match.frame;
  const bool places = takes_places(frame);
  match.actors = parties_->role(match.sentence, match.trigger, frame.actor, false);
  // One alternative after the other: in "refused to ease its embargo on Cuba" the first leads back to the actor itself.
  for (const std::vector<Slot>& alternative : frame.recipient) {
    match.recipients = parties_->role(match.sentence, match.trigger, {alternative}, places);
    std::erase_if(match.recipients, [&](const Party& r) { return is_own(match.actors, r); });
    if (!match.recipients.empty()) break;
  }
  fill_described(match);
  doubt_lent(match.actors, match.recipients);
  doubt_lent(match.recipients, match.actors);
  for (const Condition& condition : frame.needs) {
    if (of_parties(condition) && !suits(match, condition))
      return "the party is not of the kind that the frame asks for";
  }
  return "";
}

bool Matcher::located(std::uint32_t sentence) const {
  const auto mentions = scene_->mentions_of(sentence);
  return std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) {
    return (m.place && !m.place->country.empty()) || (m.actor && !m.actor->country.empty());
  });
}

std::string Matcher::judge(const Match& match) const {
  const FrameSpec& frame = *match.frame;
  const Classes& classes = scene_->tables().lexicon.classes;
  const auto of_class = [&](const Party& party, const char* name) {
    const auto words = classes.find(name);
    return words != classes.end() && Parties::is(party.actor, {words->second.begin(), words->second.end()});
  };
  const bool actor = !match.actors.empty(), recipient = !match.recipients.empty();
  if (!actor && !recipient) return "no party was found";
  if (frame.has(kReciprocal) && frame.has(kBoth)) {
    if (match.actors.size() + match.recipients.size() < 2) return "only one side was found";
  } else if (frame.has(kBoth) && (!actor || !recipient)) {
    return actor ? "no recipient was found" : "no actor was found";
  }
  if (!actor && !frame.has(kVictim) && !frame.has(kNominal) && !frame.has(kReciprocal)) return "no actor was found";
  // A country's, or of a kind that politics is made by; the nationality of a person whom the knowledge does not list
  // says nothing. In protests, any crowd.
  const bool by_force = listed("crowd_force", frame.type);
  const auto is_political = [&](const Party& p) {
    const bool unnamed = p.actor.kind == EntityKind::person || p.actor.kind == EntityKind::agent ||
                         p.actor.kind == EntityKind::unknown || p.actor.kind == EntityKind::organisation;
    if (of_class(p, "core") || (!p.actor.country.empty() && !unnamed)) return true;
    const bool listed_person =
        p.actor.kind == EntityKind::person && !p.actor.id.empty() && !p.actor.id.starts_with("nil:");
    if (listed_person && !p.actor.country.empty() && (by_force || !of_class(p, "trade"))) return true;
    // A crowd or a trade with a country ("fans", "companies") acts in politics only by deeds and protests.
    if (of_class(p, "crowd")) return frame.type == "PROTEST" || (by_force && !p.actor.country.empty());
    return !of_class(p, "trade") && (p.actor.role.has_value() || (!p.actor.country.empty() && p.actor.sectors.empty()));
  };
  const bool any = std::any_of(match.actors.begin(), match.actors.end(), is_political) ||
                   std::any_of(match.recipients.begin(), match.recipients.end(), is_political);
  // A crowd without a name protests all the same, where the sentence says in which country.
  const bool crowd =
      frame.type == "PROTEST" && frame.mode != "riot" && actor && !frame.has(kWeak) && located(match.sentence);
  if (!any && !crowd) return "nobody in it is known to act in politics";
  // A president who talks to a reporter or a friend meets nobody in this sense: of two sides both act in politics.
  if (frame.type == "CONSULT" && match.actors.size() + match.recipients.size() >= 2) {
    const auto sides = std::count_if(match.actors.begin(), match.actors.end(), is_political) +
                       std::count_if(match.recipients.begin(), match.recipients.end(), is_political);
    if (sides < 2) return "only one side of the meeting is known to act in politics";
  }
  if (frame.has(kPeople) &&
      std::any_of(match.actors.begin(), match.actors.end(), [&](const Party& p) { return of_class(p, "official"); })) {
    return "the actor is not the people";
  }
  if (frame.has(kArmed) && std::any_of(match.actors.begin(), match.actors.end(), [&](const Party& p) {
        return of_class(p, "unarmed") || !of_class(p, "forceful");
      })) {
    return "the actor is not known to bear arms";
  }
  return "";
}

Matcher::Attempt Matcher::attempt(std::uint32_t sentence, std::uint32_t trigger, const FrameSpec& frame) const {
  const View& view = scene_->view(sentence);
  Attempt out;
  out.match = {&frame, sentence, trigger, -1, {}, {}, 0, false, ""};
  for (const Condition& condition : frame.needs) {
    if (view.grammar.holds(trigger, condition)) {
      out.match.met += condition.negated ? 0 : 1;
      continue;
    }
    out.stopped = "a condition of the frame does not hold";
    return out;
  }
  out.stopped = blocked(out.match, false);
  if (!out.stopped.empty()) return out;
  if (frame.pos == 'N') out.match.carrier = view.grammar.light_verb(trigger);
  out.stopped = fill(out.match);
  if (out.stopped.empty() && frame.pos == 'V' && frame.has(kBoth) && out.match.recipients.empty())
    fill_from_phrase(out.match);
  if (out.stopped.empty()) out.stopped = blocked(out.match, true);
  if (out.stopped.empty()) out.stopped = judge(out.match);
  out.rank = kConditionRank * out.match.met +
             kPartyRank * ((out.match.actors.empty() ? 0 : 1) + (out.match.recipients.empty() ? 0 : 1)) +
             (frame.has(kWeak) ? kWeakRank : 0);
  return out;
}

const Matcher::Attempt* Matcher::best(const std::vector<Attempt>& attempts) const {
  const Attempt* found = nullptr;
  for (const Attempt& a : attempts) {
    if (!a.stopped.empty()) continue;
    if (found == nullptr || a.rank > found->rank) found = &a;
  }
  return found;
}

// The nouns that a frame counts as part of itself: "talks" of "hold talks".
std::vector<std::uint32_t> Matcher::consumed(const Match& match) const {
  const Grammar& grammar = scene_->view(match.sentence).grammar;
  std::vector<std::uint32_t> out;
  for (const Condition& condition : match.frame->needs) {
    if (condition.kind != Condition::Kind::slot || condition.negated || condition.words.empty()) continue;
    for (const Slot& slot : condition.slots) {
      for (const Argument& a : grammar.slot(match.trigger, slot)) {
        if (grammar.is(a.token, condition.words)) out.push_back(a.token);
        if (!grammar.in_class(a.token, "transparent")) continue;
        for (const Argument& below : grammar.genitive(a.token)) {
          if (grammar.is(below.token, condition.words)) out.push_back(below.token);
        }
      }
    }
  }
  return out;
}

// Does `inner` belong to what `outer` asks for, refuses, promises or threatens?
bool Matcher::in_content(const Match& outer, const Match& inner) const {
  const View& view = scene_->view(outer.sentence);
  std::uint32_t at = inner.trigger;
  for (std::uint32_t steps = 0; steps < view.tree.size(); ++steps) {
    const std::int32_t h = view.tree.head(at);
    if (h < 0) return false;
    const std::string& relation = view.tree[at].deprel;
    if (relation == "acl:relcl" || relation == "parataxis") return false;
    if (static_cast<std::uint32_t>(h) == outer.trigger) {
      if (relation == "xcomp" || relation == "ccomp" || relation == "obj" || relation == "nsubj:pass") return true;
      const bool clause = relation == "advcl" || relation == "acl";
      if (clause && view.grammar.infinitive(at)) return true;
      // "accused X of bombing Y", "blamed X for the raid"
      if (!clause && !view.tree.relation_is(at, "obl") && !view.tree.relation_is(at, "nmod")) return false;
      for (const std::uint32_t c : view.tree.children(at)) {
        const bool marks = view.tree.relation_is(c, "case") || (clause && view.tree.relation_is(c, "mark"));
        if (marks && view.grammar.in_class(c, clause ? "object_gerund" : "content")) return true;
      }
      return false;
    }
    at = static_cast<std::uint32_t>(h);
  }
  return false;
}

void Matcher::settle(std::vector<Match>& matches) const {
  std::vector<char> gone(matches.size(), 0);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    for (const std::uint32_t token : consumed(matches[i])) {
      for (std::size_t j = 0; j < matches.size(); ++j) {
        if (j != i && matches[j].trigger == token) gone[j] = 1;
      }
    }
  }
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (gone[i]) continue;
    for (std::size_t j = 0; j < matches.size(); ++j) {
      if (j == i || gone[j] || gone[i] || !in_content(matches[i], matches[j])) continue;
      // What armed forces are offered for is for the offer to say.
      const bool offered = matches[i].frame->type == "AGREE" && matches[j].frame->type == "MOBILIZE";
      if (matches[i].frame->has(kYields) && !offered) {
        gone[i] = 1;
      } else if (matches[i].frame->has(kSwallow) || offered) {
        gone[j] = 1;
      }
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) matches[kept] = std::move(matches[i]);
    ++kept;
  }
  matches.erase(matches.begin() + static_cast<std::ptrdiff_t>(kept), matches.end());
}

std::vector<Match> Matcher::sentence(std::uint32_t sentence, std::vector<NearMiss>* misses) const {
  std::vector<Match> out;
  const Sentence& given = scene_->sentences()[sentence];
  const LanguageTables& tables = scene_->tables();
  if (given.tokens.empty()) return out;
  const View& view = scene_->view(sentence);
  std::vector<NearMiss> near;
  for (std::uint32_t t = 0; t < view.tree.size(); ++t) {
    std::vector<Attempt> attempts;
    for (const char letter : letters(view.tree[t])) {
      for (const std::string* word : {&view.grammar.glued(t), &view.grammar.lemma(t), &view.grammar.form(t)}) {
        if (word->empty()) continue;
        const auto found = tables.frames.by_trigger.find(*word + '/' + letter);
        if (found == tables.frames.by_trigger.end()) continue;
        for (const std::uint32_t f : found->second) attempts.push_back(attempt(sentence, t, tables.frames.frames[f]));
        break;
      }
    }
    if (const Attempt* chosen = best(attempts)) {
      out.push_back(chosen->match);
      fill_from_phrase(out.back());
    } else if (misses != nullptr && !attempts.empty() && near.size() < kMaxMisses) {
      const auto closest = std::max_element(attempts.begin(), attempts.end(),
                                            [](const Attempt& a, const Attempt& b) { return a.rank < b.rank; });
      const FrameSpec& frame = *closest->match.frame;
      near.push_back({given.span, view.tree[t].span, frame.file + ":" + std::to_string(frame.line), closest->stopped});
    }
  }
  settle(out);
  if (misses != nullptr && out.empty()) misses->insert(misses->end(), near.begin(), near.end());
  return out;
}

namespace {

bool definite(const View& view, std::uint32_t noun) {
  for (const std::uint32_t c : view.tree.children(noun)) {
    if (view.grammar.in_class(c, "definite") || view.tree.relation_is(c, "nmod:poss")) return true;
  }
  return false;
}

// Is the noun of `later` only another name for what `first` has told: of one type, soon after, with parties that are
// only pointed back to?
bool repeats(const Scene& scene, const Match& first, const Match& later) {
  if (later.frame->pos != 'N' || later.frame->type != first.frame->type || later.sentence <= first.sentence)
    return false;
  if (later.sentence > first.sentence + kMergeReach || !definite(scene.view(later.sentence), later.trigger))
    return false;
  std::vector<const Party*> old, again;
  for (const auto* side : {&first.actors, &first.recipients})
    for (const Party& p : *side) old.push_back(&p);
  for (const auto* side : {&later.actors, &later.recipients})
    for (const Party& p : *side) again.push_back(&p);
  return !again.empty() && std::all_of(again.begin(), again.end(), [&](const Party* a) {
    return a->coreferent &&
           std::any_of(old.begin(), old.end(), [&](const Party* o) { return o->actor.id == a->actor.id; });
  });
}

}  // namespace

void merge_mentions(const Scene& scene, std::vector<Match>& matches) {
  const auto half = [](const Match& m) { return m.frame->has(kNominal) && (m.actors.empty() != m.recipients.empty()); };
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (!half(matches[i])) continue;
    for (std::size_t j = i + 1; j < matches.size() && matches[j].sentence <= matches[i].sentence + kMergeReach; ++j) {
      Match& first = matches[i];
      Match& second = matches[j];
      if (!half(second) || second.frame->type != first.frame->type || first.actors.empty() == second.actors.empty())
        continue;
      const View& view = scene.view(second.sentence);
      if (!definite(view, second.trigger)) continue;
      // The later mention takes up the earlier one; the row stands where the first one stands.
      Match& target = first;
      std::vector<Party>& missing = target.actors.empty() ? target.actors : target.recipients;
      missing = target.actors.empty() ? second.actors : second.recipients;
      target.merged = true;
      target.merged_why = "'" + view.tree[second.trigger].form + "' in a later sentence is taken for the same event";
      matches.erase(matches.begin() + static_cast<std::ptrdiff_t>(j));
      break;
    }
  }
  // "During the call they agreed": the conversation of the sentence before, named again.
  std::vector<char> again(matches.size(), 0);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    for (std::size_t j = i; j-- > 0 && matches[j].sentence + kMergeReach >= matches[i].sentence;) {
      again[i] = again[i] || repeats(scene, matches[j], matches[i]);
    }
  }
  for (std::size_t i = matches.size(); i-- > 0;) {
    if (again[i]) matches.erase(matches.begin() + static_cast<std::ptrdiff_t>(i));
  }
  // What names an actor alone says too little to be an event: of whom?
  std::erase_if(matches, [&](const Match& m) { return half(m) && m.recipients.empty(); });
}

}  // namespace casus::detail
