// SPDX-License-Identifier: Apache-2.0
// Firms and other bodies that the model takes for people or does not see, told by who leads them.
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::uint32_t kMaxPhrase = 4;  // tokens of a title

bool covered(const std::vector<Chunk>& chunks, std::uint32_t token) {
  return std::any_of(chunks.begin(), chunks.end(), [&](const Chunk& c) { return c.from <= token && token < c.to; });
}

// The one who has this title leads something: "president of", "Boeing's director", "spokesman for".
bool leads(const Surface& s, std::uint32_t last, const Lexicon& lexicon) {
  for (std::uint32_t k = 1; k <= 2 && k <= last; ++k) {
    if (lexicon.has("head_title", s.folded_lemma(last - k, last))) return true;
  }
  return false;
}

bool starts_title(const Surface& s, std::uint32_t first, const Lexicon& lexicon) {
  for (std::uint32_t last = first + 1; last <= s.size() && last <= first + kMaxPhrase; ++last) {
    if (lexicon.has("corporate_title", s.folded_lemma(first, last)) &&
        !lexicon.has("personal_staff", s.folded_lemma(first, last)))
      return true;
  }
  return false;
}

}  // namespace

// "president of Lukoil", "Airbus president", "chairwoman of General Motors": firms that the model takes for people or
// does not see.
void name_bodies(const Surface& s, std::uint32_t sentence, const Lexicon& lexicon,
                 const std::set<std::string>& surnames, std::vector<Chunk>& chunks) {
  for (Chunk& c : chunks) {
    if (c.form != ChunkForm::person || c.last - c.first != 1 || !c.candidates.empty() ||
        surnames.contains(s.form[c.first]))
      continue;
    const bool after =
        c.first >= 2 && (s.form[c.first - 1] == "of" || s.form[c.first - 1] == "for") && leads(s, c.first - 1, lexicon);
    std::uint32_t next = c.last;
    if (next < s.size() && possessive(s, next)) ++next;
    if (after || (next < s.size() && starts_title(s, next, lexicon))) c.form = ChunkForm::organisation;
  }
  for (std::uint32_t i = 2; i < s.size(); ++i) {
    if ((s.form[i - 1] != "of" && s.form[i - 1] != "for") || !leads(s, i - 1, lexicon)) continue;
    std::uint32_t last = i;
    while (last < s.size() && s.capitalised(last) && !covered(chunks, last) &&
           (s.token(last).upos == Upos::PROPN || s.token(last).xpos == "NNP"))
      ++last;
    if (last == i || lexicon.has("common_word", s.folded(i, last))) continue;
    Chunk c;
    c.sentence = sentence;
    c.first = c.from = i;
    c.last = c.to = last;
    c.form = ChunkForm::organisation;
    chunks.push_back(std::move(c));
  }
}

}  // namespace casus::detail
