// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who stands where in a clause, asked in the words of the frame tables: subject and object as the sense has them
// (passives turned round, subjects recovered from control, relative clauses and coordination), prepositions,
// possessors, and what a noun is said of.
//
// One Grammar per sentence; holds views of the tree and the lexicon. Internal to the room. Every answer is bounded by
// the sentence; the recursion through clauses stops at kMaxClauses.
#include <casus/event/lexicon.h>
#include <casus/language/tree.h>

#include <cstdint>
#include <string>
#include <vector>

namespace casus::detail {

struct Argument {
  std::uint32_t token = 0;
  float log_probability = 0;  // of the arcs on the way
  std::uint8_t arcs = 0;
  bool inherited = false;  // taken over from another clause
  bool joined = false;     // stands beside the one before it; otherwise it is an alternative to it
  std::string how;         // the way in words
};

class Grammar {
 public:
  Grammar(const Tree& tree, const Lexicon& lexicon);

  const Tree& tree() const { return *tree_; }
  const Lexicon& lexicon() const { return *lexicon_; }
  const std::string& lemma(std::uint32_t token) const { return lemmas_[token]; }
  const std::string& form(std::uint32_t token) const { return forms_[token]; }  // lower case
  bool is(std::uint32_t token, const std::unordered_set<std::string>& words) const {
    return words.contains(lemmas_[token]) || words.contains(forms_[token]) ||
           (!glued_[token].empty() && words.contains(glued_[token]));
  }
  bool in_class(std::uint32_t token, std::string_view name) const {
    return lexicon_->in_class(name, lemmas_[token]) || lexicon_->in_class(name, forms_[token]) ||
           (!glued_[token].empty() && lexicon_->in_class(name, glued_[token]));
  }
  // "cease-fire" for its last part, where a word was cut at its hyphen; else empty.
  const std::string& glued(std::uint32_t token) const { return glued_[token]; }

  bool passive(std::uint32_t verb) const;
  bool infinitive(std::uint32_t verb) const;
  std::vector<Argument> subject(std::uint32_t verb) const { return surface_subject(verb, 0); }  // as it stands
  std::vector<Argument> agent(std::uint32_t verb) const;                                        // who does it
  std::vector<Argument> object(std::uint32_t verb) const;                                       // to whom it is done
  std::vector<Argument> slot(std::uint32_t trigger, const Slot& slot) const;
  // Conditions that need no parties; those that do are true here.
  bool holds(std::uint32_t trigger, const Condition& condition) const;
  // The verb that carries a noun ("hold" of "hold talks"), or -1.
  std::int32_t light_verb(std::uint32_t noun) const;
  // What hangs from a noun under the preposition of the genitive ("of").
  std::vector<Argument> genitive(std::uint32_t token) const;

 private:
  std::vector<Argument> surface_subject(std::uint32_t verb, int depth) const;
  std::vector<Argument> inherited_subject(std::uint32_t verb, int depth) const;
  std::vector<Argument> clause_before(std::uint32_t verb, std::uint32_t head, int depth) const;
  std::vector<Argument> controller(std::uint32_t verb, std::uint32_t head, int depth) const;
  std::vector<Argument> predicated(std::uint32_t word, int depth) const;
  std::vector<Argument> possessors(std::uint32_t noun) const;
  std::vector<Argument> modifiers(std::uint32_t noun) const;
  std::vector<Argument> light_subject(std::uint32_t noun) const;
  std::vector<Argument> circumstance_subject(std::uint32_t noun) const;
  std::vector<Argument> preposition(std::uint32_t token, const std::string& word) const;
  std::vector<Argument> loose_preposition(std::uint32_t token, const std::string& word) const;
  std::vector<Argument> children(std::uint32_t token, std::string_view relation, const char* how) const;
  std::vector<Argument> step(std::uint32_t token, const std::string& name) const;
  Argument edge(std::uint32_t child, std::string how) const;
  void repair_lemma(std::uint32_t token);
  bool misread_past(std::uint32_t verb) const;
  bool relative_pronoun(std::uint32_t token) const;
  bool flag(std::uint32_t trigger, const std::string& name) const;

  const Tree* tree_;
  const Lexicon* lexicon_;
  std::vector<std::string> lemmas_, forms_, glued_;
};

}  // namespace casus::detail
