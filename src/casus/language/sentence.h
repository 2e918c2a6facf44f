// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sentence: tokens with exact spans and, once a model has read it, tags, lemmas, a dependency tree (Universal
// Dependencies 2) and names. A plain struct that flows through the rooms after this one.
//
//   for (const casus::Token& t : sentence.tokens) std::cout << t.form << ' ' << to_string(t.upos) << ' ' << t.head <<
//   '\n';
//
// Shape: spans count bytes of the text that was segmented (Article::text); tokens are in text order; `head` is an index
// into `tokens`, -1 for the root; words of one multiword token ("don't" = "do" + "n't") have their own spans where they
// can be told apart.
#include <casus/base/span.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class Upos : std::uint8_t {
  X,
  ADJ,
  ADP,
  ADV,
  AUX,
  CCONJ,
  DET,
  INTJ,
  NOUN,
  NUM,
  PART,
  PRON,
  PROPN,
  PUNCT,
  SCONJ,
  SYM,
  VERB
};
std::string_view to_string(Upos upos);
Upos upos_from(std::string_view text);  // X when unknown

enum class NameKind : std::uint8_t { person, organisation, location, other };
std::string_view to_string(NameKind kind);  // "PER", "ORG", "LOC", "MISC"

struct Token {
  Span span;
  std::string form;  // usually span.of(text); differs only in words given by CoNLL-U
  std::string lemma;
  Upos upos = Upos::X;
  std::string xpos;
  std::string feats;  // "Case=Nom|Number=Sing", empty: none
  std::int32_t head = -1;
  std::string deprel;           // "nsubj:pass"; "root" where head is -1; empty before parsing
  float head_probability = 0;   // of the chosen arc
  std::uint16_t multiword = 0;  // > 0 on the first word of a multiword token: how many words it spans
  bool space_after = true;
};

// A named entity: tokens [first, last).
struct Name {
  std::uint32_t first = 0, last = 0;
  NameKind kind = NameKind::other;
};

struct Sentence {
  Span span;                    // from the first token's start to the last one's end
  std::uint32_t paragraph = 0;  // index of the block it lies in
  bool headline = false;        // title case or no final stop: read with the headline mode
  std::vector<Token> tokens;
  std::vector<Name> names;  // in order, not overlapping
};

}  // namespace casus
