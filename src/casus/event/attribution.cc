// SPDX-License-Identifier: Apache-2.0
// Two ways lead to a speaker: up the tree from the trigger (somebody says that it happened), and through the quotation
// marks around it (these are somebody's words, wherever the verb stands). What stands inside somebody's words stays
// theirs: links inside a quotation come after its speaker in the chain. Tests: code_test.cc over testdata/.
#include <casus/base/hash.h>
#include <casus/event/attribution.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::uint32_t kBeside = 15;       // tokens between a quotation and its verb of saying
constexpr std::size_t kMaxChain = 6;        // links; more is a parser's accident
constexpr std::uint32_t kContinuation = 4;  // bytes between a sentence's end and the quotation that goes on after it

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string universal(const std::string& relation) {
  return relation.substr(0, relation.find(':'));
}

bool same(const Actor& a, const Actor& b) {
  return a.span == b.span || (!a.id.empty() && a.id == b.id);
}

std::uint32_t sentence_at(std::span<const Sentence> sentences, std::uint32_t byte) {
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                      [](std::uint32_t at, const Sentence& s) { return at < s.span.start; });
  return after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin() - 1);
}

}  // namespace

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

std::optional<Actor> Attributor::actor_at(std::uint32_t sentence, const Argument& argument) const {
  const std::vector<Party> found = parties_->at(sentence, argument, false, false);
  if (!found.empty()) return found[0].actor;
  const View& view = scene_->view(sentence);
  const Upos tag = view.tree[argument.token].upos;
  if (tag == Upos::PRON && view.grammar.in_class(argument.token, "it")) return std::nullopt;
  if (tag == Upos::NOUN || tag == Upos::PROPN ||
      (tag == Upos::PRON && !view.grammar.in_class(argument.token, "relative"))) {
    return described(sentence, argument.token);
  }
  return std::nullopt;
}

std::optional<Actor> Attributor::speaker_of_verb(std::uint32_t sentence, std::uint32_t verb) const {
  const View& view = scene_->view(sentence);
  const std::int32_t words = scene_->quotation_of(view.tree[verb].span);
  std::optional<Actor> described;
  for (const Argument& a : view.grammar.agent(verb)) {
    // Who stands inside the quotation does not speak it.
    if (scene_->quotation_of(view.tree[a.token].span) != words) continue;
    const std::vector<Party> found = parties_->at(sentence, a, false, false);
    if (!found.empty()) return found[0].actor;
    if (!described) described = actor_at(sentence, a);
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
  static const Role kWays = {{{{"poss"}, false}}, {{{"by"}, false}},  {{{"of"}, false}},
                             {{{"from"}, false}}, {{{"mod"}, false}}, {{{"lv"}, false}}};
  const std::vector<Party> found = parties_->role(sentence, noun, kWays, false);
  return found.empty() ? std::nullopt : std::optional<Actor>(found[0].actor);
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

// "…, Reuters reported": a clause after a comma that has nothing but its subject, whatever the parser calls it.
bool Attributor::afterthought(std::uint32_t sentence, std::uint32_t head, std::uint32_t verb) const {
  const View& view = scene_->view(sentence);
  if (verb < head || !(view.tree.relation_is(verb, "ccomp") || view.tree.relation_is(verb, "advcl"))) return false;
  std::uint32_t first = verb;
  bool subject = false;
  for (const std::uint32_t c : view.tree.children(verb)) {
    if (view.tree.relation_is(c, "punct")) continue;
    if (view.tree.relation_is(c, "mark") || view.tree.relation_is(c, "obj") || view.tree.relation_is(c, "ccomp") ||
        view.tree.relation_is(c, "xcomp"))
      return false;
    if (view.tree.relation_is(c, "nsubj")) subject = true;
    if (c < first) first = view.tree.subtree(c).front();
  }
  return subject && first > 0 && view.tree[first - 1].form == ",";
}

// Innermost first.
std::vector<Attributor::Link> Attributor::links(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  std::vector<Link> out;
  std::uint32_t at = trigger, from = view.tree.size();
  for (std::uint32_t steps = 0; steps < view.tree.size() && out.size() < kMaxChain; ++steps) {
    for (const std::uint32_t c : view.tree.children(at)) {
      // "…, the Kremlin said" hangs beside what was said.
      if (c == from || view.tree[c].upos != Upos::VERB) continue;
      if (!view.tree.relation_is(c, "parataxis") && !afterthought(sentence, at, c)) continue;
      const SayCue* say = cue(sentence, c, "parataxis");
      if (say == nullptr || view.tree.child(c, "ccomp") >= 0) continue;
      if (auto who = speaker_of_verb(sentence, c)) out.push_back({link(sentence, c, std::move(*who), say->stance), c});
    }
    const std::int32_t h = view.tree.head(at);
    if (h < 0) break;
    const auto head = static_cast<std::uint32_t>(h);
    if (const SayCue* say = cue(sentence, head, view.tree[at].deprel)) {
      const bool verb = view.tree[head].upos == Upos::VERB || view.tree[head].upos == Upos::AUX;
      auto who = verb ? speaker_of_verb(sentence, head) : speaker_of_noun(sentence, head);
      if (who) out.push_back({link(sentence, head, std::move(*who), say->stance), head});
    }
    from = at;
    at = head;
  }
  return out;
}

std::optional<Attribution> Attributor::according(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  for (std::uint32_t i = 0; i + 1 < view.tree.size(); ++i) {
    if (!view.grammar.in_class(i, "according")) continue;
    std::uint32_t who = i;
    if (view.tree.relation_is(i, "case") || view.tree.relation_is(i, "mark")) {
      who = static_cast<std::uint32_t>(std::max(view.tree.head(i), 0));
    } else if (const std::int32_t below = std::max(view.tree.child(i, "obl"), view.tree.child(i, "nmod")); below >= 0) {
      who = static_cast<std::uint32_t>(below);
    }
    if (who == i || who < i || view.tree.dominates(who, trigger)) continue;
    if (auto actor = actor_at(sentence, Argument{who, 0, 1, false, false, ""}))
      return link(sentence, i, std::move(*actor), Stance::asserts);
  }
  return std::nullopt;
}

std::optional<Attribution> Attributor::verb_beside(std::uint32_t sentence, Span quotation) const {
  const View& view = scene_->view(sentence);
  std::optional<Attribution> best;
  std::uint32_t best_distance = kBeside + 1;
  for (std::uint32_t t = 0; t < view.tree.size(); ++t) {
    const Span span = view.tree[t].span;
    if (view.tree[t].upos != Upos::VERB || quotation.overlaps(span) || scene_->quotation_of(span) >= 0) continue;
    const SayCue* say = cue(sentence, t, "ccomp");
    if (say == nullptr) continue;
    std::uint32_t distance = 0;
    for (std::uint32_t k = 0; k < view.tree.size(); ++k) {
      const Span other = view.tree[k].span;
      distance += (other.start >= quotation.end && other.start < span.start) ||
                          (other.end <= quotation.start && other.start > span.start)
                      ? 1
                      : 0;
    }
    if (distance >= best_distance) continue;
    if (auto who = speaker_of_verb(sentence, t)) {
      best = link(sentence, t, std::move(*who), say->stance == Stance::denies ? Stance::denies : Stance::quotes);
      best_distance = distance;
    }
  }
  return best;
}

// "Maduro had made his position very clear: “…”": whoever the clause before the colon is about.
std::optional<Attribution> Attributor::before_colon(std::uint32_t sentence, Span quotation) const {
  const View& view = scene_->view(sentence);
  std::int32_t colon = -1;
  for (std::uint32_t t = 0; t < view.tree.size() && view.tree[t].span.end <= quotation.start; ++t) {
    if (view.tree[t].form == ":")
      colon = static_cast<std::int32_t>(t);
    else if (view.tree[t].upos != Upos::PUNCT)
      colon = -1;
  }
  if (colon < 0) return std::nullopt;
  for (std::uint32_t t = static_cast<std::uint32_t>(colon); t-- > 0;) {
    if (view.tree[t].upos != Upos::VERB) continue;
    if (auto who = speaker_of_verb(sentence, t)) return link(sentence, t, std::move(*who), Stance::quotes);
  }
  return std::nullopt;
}

std::optional<Attribution> Attributor::find_speaker(std::int32_t index) const {
  const std::vector<Quotation>& quotations = scene_->quotations();
  const Span span = quotations[static_cast<std::size_t>(index)].span;
  const auto sentences = scene_->sentences();
  if (sentences.empty()) return std::nullopt;
  const std::uint32_t first = sentence_at(sentences, span.start);
  const std::uint32_t last = sentence_at(sentences, span.end - 1);
  for (const std::uint32_t s : {last, first}) {
    if (auto found = verb_beside(s, span)) return found;
  }
  if (auto found = before_colon(first, span)) return found;
  if (last + 1 < sentences.size() && sentences[last + 1].span.start - span.end <= kContinuation &&
      sentences[last + 1].paragraph == sentences[last].paragraph) {
    if (auto found = verb_beside(last + 1, span)) return found;
  }
  if (first > 0 && before_colon(first - 1, {sentences[first - 1].span.end, sentences[first - 1].span.end + 1})) {
    return before_colon(first - 1, {sentences[first - 1].span.end, sentences[first - 1].span.end + 1});
  }
  // “A,” said X. “B.”: the next quotation of the paragraph goes on.
  if (index > 0 && first > 0 && quotations[static_cast<std::size_t>(index) - 1].speech) {
    const Span before = quotations[static_cast<std::size_t>(index) - 1].span;
    const std::uint32_t there = sentence_at(sentences, before.end - 1);
    if (there + 1 >= first && sentences[there].paragraph == sentences[first].paragraph) return speaker(index - 1);
  }
  return std::nullopt;
}

std::optional<Attribution> Attributor::speaker(std::int32_t quotation) const {
  if (quotation < 0) return std::nullopt;
  Cached& cached = speakers_[static_cast<std::size_t>(quotation)];
  if (cached.known) return cached.value;
  cached.known = true;  // set first: a quotation that continues another may ask for it
  std::optional<Attribution> found = find_speaker(quotation);
  speakers_[static_cast<std::size_t>(quotation)].value = found;
  return found;
}

std::vector<Attribution> Attributor::chain(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  const std::int32_t quotation = scene_->quotation_of(view.tree[trigger].span);
  std::vector<Attribution> out;
  if (auto found = according(sentence, trigger)) out.push_back(std::move(*found));
  std::vector<Link> up = links(sentence, trigger);
  std::reverse(up.begin(), up.end());
  if (quotation >= 0) {
    const Span inside = scene_->quotations()[static_cast<std::size_t>(quotation)].span;
    if (auto found = speaker(quotation)) {
      out.push_back(std::move(*found));
      std::erase_if(up, [&](const Link& l) { return !inside.contains(l.attribution.cue); });
    }
  }
  for (Link& l : up) {
    if (!out.empty() && same(out.back().speaker, l.attribution.speaker) && out.back().cue == l.attribution.cue)
      continue;
    out.push_back(std::move(l.attribution));
  }
  for (Attribution& a : out) {
    a.direct_quote = quotation >= 0 && !scene_->quotations()[static_cast<std::size_t>(quotation)].span.contains(a.cue);
    if (a.direct_quote && a.stance == Stance::asserts) a.stance = Stance::quotes;
  }
  return out;
}

}  // namespace casus::detail
