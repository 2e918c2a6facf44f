// SPDX-License-Identifier: Apache-2.0
// Two ways lead to a speaker: up the tree from the trigger (somebody says that it happened), and through the quotation
// marks around it (these are somebody's words, wherever the verb stands). What stands inside somebody's words stays
// theirs: links inside a quotation come after its speaker in the chain. Where the tree leads to nobody, three shapes of
// the surface are tried. Tests: attribution_test.cc, code_test.cc over testdata/.
#include <casus/event/attribution.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::size_t kMaxChain = 6;       // links; more is a parser's accident
constexpr int kMisplaced = 4;              // steps between a misplaced complement and its verb of saying
constexpr std::uint32_t kTailWords = 6;    // of whoever stands before the verb in ", the opposition alleges."
constexpr std::uint32_t kBeforeColon = 6;  // tokens of whoever stands before the colon of a headline

bool same(const Actor& a, const Actor& b) {
  return a.span == b.span || (!a.id.empty() && a.id == b.id);
}

}  // namespace

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

// "told reporters that …", "said in a report published on Tuesday that …": the clause hangs under a word near the verb
// of saying instead of under the verb. That verb, or -1.
std::int32_t Attributor::misplaced_complement(std::uint32_t sentence, std::uint32_t clause) const {
  const View& view = scene_->view(sentence);
  bool that = false;
  for (const std::uint32_t c : view.tree.children(clause))
    that = that || (view.tree.relation_is(c, "mark") && view.grammar.in_class(c, "complementizer"));
  if (!that || view.tree.relation_is(clause, "conj")) return -1;
  std::uint32_t at = clause;
  for (int step = 0; step < kMisplaced; ++step) {
    const std::int32_t h = view.tree.head(at);
    if (h < 0) return -1;
    const auto head = static_cast<std::uint32_t>(h);
    if (view.tree[head].upos == Upos::VERB && head < clause && cue(sentence, head, "ccomp") != nullptr &&
        view.tree.child(head, "ccomp") < 0)
      return step == 0 && view.tree.relation_is(clause, "ccomp") ? -1 : h;  // in its place: no matter of this function
    at = head;
  }
  return -1;
}

void Attributor::add_link(std::uint32_t sentence, std::uint32_t token, Stance stance, std::vector<Link>& out) const {
  const Upos tag = scene_->view(sentence).tree[token].upos;
  const bool verb = tag == Upos::VERB || tag == Upos::AUX;
  auto who = verb ? speaker_of_verb(sentence, token) : speaker_of_noun(sentence, token);
  if (!who) return;
  if (verb) add_sources(sentence, token, out);
  out.push_back({link(sentence, token, std::move(*who), stance), token});
  if (verb) add_carrier_of_words(sentence, token, out);
}

// "The Guardian, citing officials, reported": whom the speaker relies on, one link further in.
void Attributor::add_sources(std::uint32_t sentence, std::uint32_t verb, std::vector<Link>& out) const {
  const View& view = scene_->view(sentence);
  const Lexicon& lexicon = scene_->tables().lexicon;
  std::vector<std::uint32_t> near = {verb};
  for (const Argument& a : view.grammar.agent(verb)) near.push_back(a.token);
  for (const std::uint32_t at : near) {
    for (const std::uint32_t c : view.tree.children(at)) {
      const auto found = lexicon.source.find(view.grammar.lemma(c));
      if (found == lexicon.source.end() || view.tree[c].upos != Upos::VERB) continue;
      if (!view.tree.relation_is(c, "advcl") && !view.tree.relation_is(c, "acl") && !view.tree.relation_is(c, "xcomp"))
        continue;
      if (view.grammar.passive(c)) continue;  // "quoted by": see add_carrier_of_words
      for (const Argument& a : view.grammar.object(c)) {
        if (auto who = actor_at(sentence, a))
          return out.push_back({link(sentence, c, std::move(*who), found->second[0].stance), c});
      }
    }
  }
}

// "was quoted by state television as saying", "witnesses quoted by AFP said": who carries the words stands further out.
void Attributor::add_carrier_of_words(std::uint32_t sentence, std::uint32_t verb, std::vector<Link>& out) const {
  const View& view = scene_->view(sentence);
  const Lexicon& lexicon = scene_->tables().lexicon;
  std::vector<std::uint32_t> carriers;
  if (const std::int32_t h = view.tree.head(verb); h >= 0 && view.tree.relation_is(verb, "advcl"))
    carriers.push_back(static_cast<std::uint32_t>(h));
  for (const Argument& a : view.grammar.agent(verb)) {
    for (const std::uint32_t c : view.tree.children(a.token))
      if (view.tree.relation_is(c, "acl")) carriers.push_back(c);
  }
  for (const std::uint32_t c : carriers) {
    if (!lexicon.source.contains(view.grammar.lemma(c)) || !view.grammar.passive(c)) continue;
    for (const Argument& a : view.grammar.agent(c)) {
      if (auto who = actor_at(sentence, a))
        return out.push_back({link(sentence, c, std::move(*who), Stance::quotes), c});
    }
  }
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
      add_link(sentence, c, say->stance, out);
    }
    const std::int32_t verb = misplaced_complement(sentence, at);
    const std::int32_t h = view.tree.head(at);
    if (h < 0) break;
    const auto head = static_cast<std::uint32_t>(h);
    if (const SayCue* say = cue(sentence, head, view.tree[at].deprel)) {
      add_link(sentence, head, say->stance, out);
    } else if (verb >= 0) {
      at = static_cast<std::uint32_t>(verb);
      add_link(sentence, at, cue(sentence, at, "ccomp")->stance, out);
      from = at;
      continue;
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

// ", the opposition alleges": the last words of a sentence are a name or noun and a verb of saying that has nothing
// else, whatever the parser made of them.
std::optional<Attribution> Attributor::tail(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  for (std::uint32_t v = trigger + 3; v < view.tree.size(); ++v) {
    if (view.tree[v].upos != Upos::VERB) continue;
    const SayCue* say = cue(sentence, v, "parataxis");
    const bool ends = v + 1 == view.tree.size() || view.tree[v + 1].upos == Upos::PUNCT;
    if (say == nullptr || !ends || view.tree.child(v, "ccomp") >= 0 || view.tree.child(v, "obj") >= 0) continue;
    const std::uint32_t head = v - 1;
    if (view.tree[head].upos != Upos::NOUN && view.tree[head].upos != Upos::PROPN) continue;
    std::uint32_t first = head;
    while (first > trigger && head - first < kTailWords &&
           (view.tree[first - 1].upos == Upos::DET || view.tree[first - 1].upos == Upos::ADJ ||
            view.tree[first - 1].upos == Upos::NOUN || view.tree[first - 1].upos == Upos::PROPN ||
            view.tree[first - 1].upos == Upos::PART))
      --first;
    if (first <= trigger + 1 || view.tree[first - 1].form != ",") continue;
    if (auto who = actor_at(sentence, Argument{head, 0, 1, false, false, ""}))
      return link(sentence, v, std::move(*who), say->stance);
  }
  return std::nullopt;
}

// "Khamenei: Iran will respond", "Israel strikes convoy: Syrian monitor".
std::optional<Attribution> Attributor::headline_colon(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  const std::uint32_t n = view.tree.size();
  for (std::uint32_t t = n; t-- > trigger + 1 && n - t <= kBeforeColon + 1;) {
    if (view.tree[t].upos == Upos::VERB || view.tree[t].upos == Upos::AUX) break;
    if (view.tree[t].form != ":" || t + 1 == n) continue;
    std::uint32_t head = t + 1;
    for (std::uint32_t k = t + 1; k < n; ++k)
      if (view.tree[k].upos == Upos::NOUN || view.tree[k].upos == Upos::PROPN) head = k;
    if (auto who = actor_at(sentence, Argument{head, 0, 1, false, false, ""}))
      return link(sentence, t, std::move(*who), Stance::asserts);
  }
  std::uint32_t colon = 1;
  while (colon < trigger && colon <= kBeforeColon && view.tree[colon].form != ":") {
    if (view.tree[colon].upos == Upos::VERB || view.tree[colon].upos == Upos::AUX) return std::nullopt;
    ++colon;
  }
  if (colon >= trigger || colon > kBeforeColon) return std::nullopt;
  for (std::uint32_t t = colon; t-- > 0;) {
    const std::int32_t m = view.headed[t];
    if (m < 0 || !usable(scene_->mentions()[static_cast<std::size_t>(m)])) continue;
    if (auto who = actor_at(sentence, Argument{t, 0, 1, false, false, ""}))
      return link(sentence, colon, std::move(*who), Stance::asserts);
  }
  return std::nullopt;
}

// "He said A. The troops would leave on Friday.": a future that is told from the past goes on with what was said.
std::optional<Attribution> Attributor::continued(std::uint32_t sentence, std::uint32_t trigger) const {
  if (sentence == 0) return std::nullopt;
  const View& view = scene_->view(sentence);
  const auto sentences = scene_->sentences();
  if (sentences[sentence].paragraph != sentences[sentence - 1].paragraph) return std::nullopt;
  const std::uint32_t root = [&] {
    std::uint32_t at = trigger;
    while (view.tree.head(at) >= 0) at = static_cast<std::uint32_t>(view.tree.head(at));
    return at;
  }();
  std::optional<std::uint32_t> sign;
  for (const std::uint32_t c : view.tree.children(root)) {
    if (view.tree.relation_is(c, "advcl")) return std::nullopt;  // "if …, it would": no report but a condition
    if (view.tree.relation_is(c, "aux") && view.grammar.in_class(c, "reported_future")) sign = c;
  }
  if (!sign) return std::nullopt;
  auto who = main_speaker(sentence - 1);
  if (!who) return std::nullopt;
  return link(sentence, *sign, std::move(*who), Stance::asserts);
}

std::vector<Attribution> Attributor::chain(std::uint32_t sentence, std::uint32_t trigger) const {
  const View& view = scene_->view(sentence);
  const std::int32_t quotation = scene_->quotation_of(view.tree[trigger].span);
  std::vector<Attribution> out;
  if (auto found = according(sentence, trigger)) out.push_back(std::move(*found));
  std::vector<Link> up = links(sentence, trigger);
  if (up.empty() && out.empty() && quotation < 0) {
    auto found = tail(sentence, trigger);
    if (!found) found = headline_colon(sentence, trigger);
    if (!found) found = continued(sentence, trigger);
    if (found) out.push_back(std::move(*found));
  }
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
