// SPDX-License-Identifier: Apache-2.0
// Whether a name stands for a party or for a place.
//
// "Moscow said" is a government, "in Moscow" a city, "bombed Kiev" both: the preposition before the name decides first,
// then its relation in the tree and the verb or noun it hangs on, then, without a tree, the word that follows.
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

bool has_sense(const Chunk& chunk, std::string_view sense) {
  return std::any_of(chunk.candidates.begin(), chunk.candidates.end(),
                     [&](const Candidate& c) { return c.sense == sense; });
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

// The phrase, or the first of the coordinated ones that it belongs to.
std::uint32_t coordinated(const Surface& s, const Chunk& chunk) {
  std::uint32_t at = s.head(chunk);
  for (int steps = 0; steps < 8 && s.tree.relation_is(at, "conj") && s.tree.head(at) >= 0; ++steps)
    at = static_cast<std::uint32_t>(s.tree.head(at));
  return at;
}

}  // namespace

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
  if (adposition) return s.form[i - 1];
  // "in Kuriga, Nigeria"
  if (s.form[i - 1] == "," && s.parsed && !s.tree.relation_is(s.head(chunk), "nsubj")) {
    std::uint32_t j = i - 1;
    while (j > 0 && s.capitalised(j - 1) && s.token(j - 1).upos == Upos::PROPN) --j;
    if (j < i - 1 && j > 0 && s.token(j - 1).upos == Upos::ADP) return s.form[j - 1];
  }
  // "between Ottawa and New Delhi": the preposition stands before the first of them.
  if (!s.parsed || (upos != Upos::CCONJ && upos != Upos::PUNCT)) return {};
  const std::uint32_t at = coordinated(s, chunk);
  if (at >= chunk.from) return {};
  const std::int32_t own = s.tree.child(at, "case");
  return own >= 0 && own < static_cast<std::int32_t>(at) ? s.form[static_cast<std::uint32_t>(own)] : std::string{};
}

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

}  // namespace casus::detail
