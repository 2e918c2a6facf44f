// SPDX-License-Identifier: Apache-2.0
// Whose words stand between quotation marks: the verb of saying beside them, the clause before a colon, the sentence
// after or before, or whoever spoke the quotation that these words go on from. Tests: attribution_test.cc.
#include <casus/event/attribution.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::uint32_t kBeside = 15;       // tokens between a quotation and its verb of saying
constexpr std::uint32_t kContinuation = 4;  // bytes between a sentence's end and the quotation that goes on after it

std::uint32_t sentence_at(std::span<const Sentence> sentences, std::uint32_t byte) {
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                      [](std::uint32_t at, const Sentence& s) { return at < s.span.start; });
  return after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin() - 1);
}

}  // namespace

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
  return goes_on(index, first);
}

// “A,” said X. “B.”: the next quotation of the paragraph goes on; so does a paragraph that opens with one and names
// nobody, after a paragraph that was somebody's words.
std::optional<Attribution> Attributor::goes_on(std::int32_t index, std::uint32_t first) const {
  const std::vector<Quotation>& quotations = scene_->quotations();
  const auto sentences = scene_->sentences();
  if (index == 0 || first == 0 || !quotations[static_cast<std::size_t>(index) - 1].speech) return std::nullopt;
  const Span before = quotations[static_cast<std::size_t>(index) - 1].span;
  const std::uint32_t there = sentence_at(sentences, before.end - 1);
  const bool near = there + 1 >= first && sentences[there].paragraph == sentences[first].paragraph;
  const Span span = quotations[static_cast<std::size_t>(index)].span;
  const bool opens = there + 1 == first && sentences[there].paragraph + 1 == sentences[first].paragraph &&
                     span.start <= sentences[first].span.start + kContinuation;
  return near || opens ? speaker(index - 1) : std::nullopt;
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

}  // namespace casus::detail
