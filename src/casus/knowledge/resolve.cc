// SPDX-License-Identifier: Apache-2.0
// Sentences to mentions, in this order: names and nouns become chunks (scan.cc, compose.cc); all places of the article
// vote (place.cc); people, names and nouns are decided (person.cc, party.cc); what overlaps is thinned. Tests:
// resolve_test.cc.
#include <casus/knowledge/resolve.h>
#include <casus/knowledge/surface.h>

#include <algorithm>
#include <tuple>

namespace casus {

namespace {

using namespace detail;

constexpr std::size_t kMaxSentences = 20000;  // of an article; a page of 10 MiB stays below

Mention to_mention(const Context& context, const Chunk& chunk, bool actor) {
  const Surface& s = context.surfaces[chunk.sentence];
  Mention m;
  m.sentence = chunk.sentence;
  m.first = actor ? chunk.from : chunk.first;
  m.last = actor ? chunk.to : chunk.last;
  m.span = s.span(m.first, m.last);
  Chunk phrase;
  phrase.first = chunk.first;
  phrase.last = chunk.last;
  phrase.from = m.first;
  phrase.to = m.last;
  m.head = s.head(phrase);
  if (actor) m.actor = chunk.actor;
  m.place = chunk.place;
  return m;
}

// Parties do not overlap: the longer phrase wins. A place may lie inside one.
std::vector<Mention> thin(const Context& context, const std::vector<Chunk>& chunks) {
  std::vector<Mention> out;
  std::vector<const Chunk*> parties;
  for (const Chunk& c : chunks) {
    if (c.actor && !c.consumed && !c.goods) parties.push_back(&c);
  }
  std::stable_sort(parties.begin(), parties.end(),
                   [](const Chunk* a, const Chunk* b) { return a->to - a->from > b->to - b->from; });
  std::vector<const Chunk*> kept;
  for (const Chunk* c : parties) {
    const bool covered =
        std::any_of(kept.begin(), kept.end(), [&](const Chunk* k) { return c->from < k->to && k->from < c->to; });
    if (!covered) kept.push_back(c);
  }
  for (const Chunk& c : chunks) {
    const bool party = std::find(kept.begin(), kept.end(), &c) != kept.end();
    if (party || c.place) out.push_back(to_mention(context, c, party));
  }
  std::stable_sort(out.begin(), out.end(), [](const Mention& a, const Mention& b) {
    return std::tuple(a.first, b.last) < std::tuple(b.first, a.last);
  });
  return out;
}

}  // namespace

std::vector<Mention> resolve(const Article& article, std::span<const Sentence> sentences, const Knowledge& knowledge,
                             std::string_view language) {
  const Lexicon lexicon(knowledge, std::string(language));
  Context context{article, lexicon, article.published_date()};
  sentences = sentences.first(std::min(sentences.size(), kMaxSentences));
  context.surfaces.reserve(sentences.size());
  context.chunks.reserve(sentences.size());
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    context.surfaces.emplace_back(sentences[i], article.text);
    context.chunks.push_back(scan(context.surfaces.back(), i, lexicon, context.on));
  }
  places_that_are_people(context);
  const std::set<std::string> surnames = surnames_in_full(context);
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    name_bodies(context.surfaces[i], i, lexicon, surnames, context.chunks[i]);
    compose(context.surfaces[i], i, lexicon, context.chunks[i]);
  }
  count_votes(context);
  find_full_names(context);
  resolve_names(context);
  resolve_people(context);
  find_focus(context);
  resolve_agents(context);
  std::vector<Mention> out;
  for (const auto& chunks : context.chunks) {
    std::vector<Mention> mentions = thin(context, chunks);
    out.insert(out.end(), std::make_move_iterator(mentions.begin()), std::make_move_iterator(mentions.end()));
  }
  return out;
}

}  // namespace casus
