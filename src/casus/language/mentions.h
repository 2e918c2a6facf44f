// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an article speaks of, mention by mention, with what its words tell about each. Private to this room.
#include <casus/language/coref.h>
#include <casus/language/tree.h>

#include <string>
#include <vector>

#include "casus/language/row_table.h"

namespace casus::detail {

enum class MentionForm : std::uint8_t { pronoun, name, noun };
enum class Gender : std::uint8_t { unknown, male, female };
enum class Answer : std::uint8_t { unknown, yes, no };

struct Mention {
  MentionSpan at;
  MentionForm form = MentionForm::noun;
  std::string_view pronoun;  // "he" for all forms of he; empty for others
  bool reflexive = false, possessive = false;
  bool definite = false, indefinite = false;
  bool coordination = false;  // "France and Germany" as one
  bool part = false;          // "France" of these
  bool plural = false;
  std::string_view ordinal;  // "latter" or "former": one of two just joined
  Gender gender = Gender::unknown;
  Answer person = Answer::unknown;
  std::int32_t name = -1;  // index into Sentence::names
  std::string lemma;       // of the head, lower case
  std::string key;         // a name's words in lower case, without titles and articles
  std::string title;       // the nouns before a name, each with a blank before and behind it: " president "
};

// Mentions of sentence `index`, in the order of their first tokens, the longer first.
std::vector<Mention> find_mentions(const Tree& tree, std::uint32_t index, const RowTable& facts);

// The tokens of the phrase headed by `head`, without relative clauses, appositions and joined phrases.
MentionSpan phrase_at(const Tree& tree, std::uint32_t sentence, std::uint32_t head);

}  // namespace casus::detail
