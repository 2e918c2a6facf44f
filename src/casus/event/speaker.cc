// SPDX-License-Identifier: Apache-2.0
// Who a word of saying belongs to: its subject, the owner of the report that says it, or, where only a pronoun or "the
// statement" stands there, whoever spoke last. A dateline never speaks. Tests: attribution_test.cc.
#include <casus/base/hash.h>
#include <casus/event/attribution.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::uint32_t kDatelineTokens = 14;  // before the dash
constexpr std::uint32_t kMemory = 3;           // sentences back to whoever spoke last

std::string universal(const std::string& relation) {
  return relation.substr(0, relation.find(':'));
}

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The steps that a class of the cue table names; none where the language has no such class.
const std::vector<std::string>& ways(const Lexicon& lexicon, const char* name) {
  static const std::vector<std::string> kNone;
  const auto found = lexicon.classes.find(name);
  return found == lexicon.classes.end() ? kNone : found->second;
}

}  // namespace

// Capitals or a name, at most a date and an agency, then the dash: "KYIV, March 4 (Reuters) —".
std::uint32_t dateline_tokens(const View& view) {
  if (view.tree.size() < 3 || view.tree[0].upos == Upos::VERB || view.tree[0].upos == Upos::PRON) return 0;
  for (std::uint32_t t = 1; t < std::min(view.tree.size() - 1, kDatelineTokens); ++t) {
    if (view.grammar.in_class(t, "dateline")) {
      // "Russian-backed" is no dateline: its dash has no space before it.
      return view.tree[t - 1].space_after ? t + 1 : 0;
    }
    const Upos tag = view.tree[t].upos;
    const bool name =
        tag == Upos::PROPN || tag == Upos::NUM || tag == Upos::PUNCT || tag == Upos::SYM || tag == Upos::X;
    const bool small = view.tree[t].form == view.grammar.form(t) && tag != Upos::PUNCT && tag != Upos::NUM;
    if (!name && small) return 0;
  }
  return 0;
}

Actor Attributor::described(std::uint32_t sentence, std::uint32_t token) const {
  const View& view = scene_->view(sentence);
  Span span = view.tree[token].span;
  for (const std::uint32_t c : view.tree.children(token)) {
    const bool part = view.tree.relation_is(c, "det") || view.tree.relation_is(c, "amod") ||
                      view.tree.relation_is(c, "compound") || view.tree.relation_is(c, "nummod") ||
                      view.tree.relation_is(c, "flat") || view.tree.relation_is(c, "nmod:desc");
    if (part && (c < token ? token - c : c - token) <= 4) span = span.cover(view.tree[c].span);
  }
  Actor actor;
  actor.span = span;
  actor.head = view.tree[token].span;
  actor.text = actor.name = std::string(span.of(scene_->article().text));
  actor.id = "nil:" + content_id("nil", {actor.text});
  actor.reason = "described in the text; the knowledge lists nobody by it";
  return actor;
}

// "a spokesman for the Syrian army": who speaks for somebody has that one's country.
void Attributor::speak_for(std::uint32_t sentence, std::uint32_t token, Actor& actor) const {
  if (!actor.country.empty()) return;
  const View& view = scene_->view(sentence);
  for (const std::string& way : ways(scene_->tables().lexicon, "speaks_for")) {
    for (const Argument& a : view.grammar.slot(token, Slot{{way}, false})) {
      const std::vector<Party> owner = parties_->at(sentence, a, true, false);
      if (owner.empty() || owner[0].actor.country.empty()) continue;
      actor.country = owner[0].actor.country;
      if (actor.sectors.empty()) actor.sectors = owner[0].actor.sectors;
      actor.reason += "; speaks for " + owner[0].actor.name;
      return;
    }
  }
}

// "…, he said": whoever spoke last, where the kind of speaker allows the pronoun.
std::optional<Actor> Attributor::pronoun_speaker(std::uint32_t sentence, std::uint32_t token) const {
  const View& view = scene_->view(sentence);
  const bool thing = view.grammar.in_class(token, "it");
  const bool person = view.grammar.in_class(token, "he") || view.grammar.in_class(token, "she");
  if (!thing && !person && !view.grammar.in_class(token, "they")) return std::nullopt;
  std::optional<Actor> last = last_speaker(sentence);
  if (!last) return std::nullopt;
  const EntityKind kind = last->kind;
  const bool body = kind == EntityKind::country || kind == EntityKind::organisation || kind == EntityKind::media ||
                    kind == EntityKind::group;
  if ((person && body) || (thing && kind == EntityKind::person)) return std::nullopt;
  const Span word = view.tree[token].span;
  last->reason = "'" + std::string(word.of(scene_->article().text)) + "' stands for " + last->name + ", who spoke last";
  last->span = last->head = word;
  last->text = std::string(word.of(scene_->article().text));
  return last;
}

std::optional<Actor> Attributor::actor_at(std::uint32_t sentence, const Argument& argument) const {
  const View& view = scene_->view(sentence);
  const std::vector<Party> found = parties_->at(sentence, argument, false, false);
  if (!found.empty()) {
    Actor actor = found[0].actor;
    speak_for(sentence, argument.token, actor);
    return actor;
  }
  const Upos tag = view.tree[argument.token].upos;
  if (tag == Upos::PRON) {
    if (auto last = pronoun_speaker(sentence, argument.token)) return last;
    if (view.grammar.in_class(argument.token, "it")) return std::nullopt;
  }
  if (tag == Upos::NOUN || tag == Upos::PROPN ||
      (tag == Upos::PRON && !view.grammar.in_class(argument.token, "relative"))) {
    Actor actor = described(sentence, argument.token);
    speak_for(sentence, argument.token, actor);
    return actor;
  }
  return std::nullopt;
}

std::optional<Actor> Attributor::speaker_of_verb(std::uint32_t sentence, std::uint32_t verb) const {
  const View& view = scene_->view(sentence);
  const std::int32_t words = scene_->quotation_of(view.tree[verb].span);
  const std::uint32_t dateline = dateline_tokens(view);
  std::optional<Actor> described;
  for (const Argument& a : view.grammar.agent(verb)) {
    // Who stands inside the quotation does not speak it.
    if (a.token < dateline || scene_->quotation_of(view.tree[a.token].span) != words) continue;
    // "the report says": whose report it is.
    if (scene_->tables().lexicon.speech.contains(view.grammar.lemma(a.token)) && view.covered[a.token] < 0) {
      if (auto owner = speaker_of_noun(sentence, a.token)) return owner;
      if (auto last = view.grammar.in_class(a.token, "statement") ? last_speaker(sentence) : std::nullopt) return last;
    }
    std::optional<Actor> found = actor_at(sentence, a);
    if (found && (!found->id.starts_with("nil:") || political(*found))) return found;
    if (!described) described = std::move(found);
  }
  if (described) return described;
  // "…, added Molina": a subject behind its verb is easily read as an object.
  for (const Argument& a : view.grammar.object(verb)) {
    if (a.token == verb + 1 || (view.tree.relation_is(verb, "parataxis") && a.token > verb && a.token - verb <= 4)) {
      const std::vector<Party> found = parties_->at(sentence, a, false, false);
      if (!found.empty()) return found[0].actor;
    }
  }
  return std::nullopt;
}

std::optional<Actor> Attributor::speaker_of_noun(std::uint32_t sentence, std::uint32_t noun) const {
  for (const std::string& way : ways(scene_->tables().lexicon, "words_of")) {
    for (const Argument& a : scene_->view(sentence).grammar.slot(noun, Slot{{way}, false})) {
      if (auto who = actor_at(sentence, a)) return who;
    }
  }
  return std::nullopt;
}

// Who says something in a sentence's main clause.
std::optional<Actor> Attributor::main_speaker(std::uint32_t sentence) const {
  Cached& cached = main_speakers_[sentence];
  if (!cached.known) {
    cached.known = true;  // set first: a pronoun asks the sentences before, never this one
    const View& view = scene_->view(sentence);
    for (std::uint32_t t = 0; t < view.tree.size(); ++t) {
      const std::int32_t head = view.tree.head(t);
      const bool main = head < 0 || view.tree.relation_is(t, "parataxis") ||
                        (view.tree.relation_is(t, "conj") && view.tree.head(static_cast<std::uint32_t>(head)) < 0);
      if (!main || view.tree[t].upos != Upos::VERB) continue;
      if (cue(sentence, t, "ccomp") == nullptr && cue(sentence, t, "parataxis") == nullptr) continue;
      if (auto who = speaker_of_verb(sentence, t)) {
        cached.value = Attribution{};
        cached.value->speaker = std::move(*who);
        break;
      }
    }
    // "issued a statement": whose statement it is.
    for (std::uint32_t t = 0; t < view.tree.size() && !cached.value; ++t) {
      if (view.tree[t].upos != Upos::NOUN || !view.grammar.in_class(t, "statement")) continue;
      if (auto who = speaker_of_noun(sentence, t)) {
        cached.value = Attribution{};
        cached.value->speaker = std::move(*who);
      }
    }
  }
  return cached.value ? std::optional<Actor>(cached.value->speaker) : std::nullopt;
}

std::optional<Actor> Attributor::last_speaker(std::uint32_t sentence) const {
  const auto sentences = scene_->sentences();
  for (std::uint32_t back = 1; back <= kMemory && back <= sentence; ++back) {
    const std::uint32_t s = sentence - back;
    if (sentences[s].paragraph + 1 < sentences[sentence].paragraph) break;
    if (auto who = main_speaker(s)) return who;
  }
  return std::nullopt;
}

const SayCue* Attributor::cue(std::uint32_t sentence, std::uint32_t token, const std::string& relation) const {
  const View& view = scene_->view(sentence);
  const Lexicon& lexicon = scene_->tables().lexicon;
  const Upos tag = view.tree[token].upos;
  const auto& table = tag == Upos::VERB || tag == Upos::AUX ? lexicon.say : lexicon.speech;
  const auto found = table.find(view.grammar.lemma(token));
  if (found == table.end()) return nullptr;
  for (const SayCue& c : found->second) {
    if (has(c.where, universal(relation))) return &c;
  }
  return nullptr;
}

Attribution Attributor::link(std::uint32_t sentence, std::uint32_t token, Actor who, Stance stance) const {
  const View& view = scene_->view(sentence);
  Attribution out;
  out.speaker = std::move(who);
  out.verb = view.grammar.lemma(token);
  out.cue = view.tree[token].span;
  out.stance = stance;
  return out;
}

}  // namespace casus::detail
