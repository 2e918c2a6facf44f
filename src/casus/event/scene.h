// SPDX-License-Identifier: Apache-2.0
#pragma once
// One article as this room looks at it: sentences with their grammar, mentions by token, quotations. Built once per
// code() and shared by the parts that read it. Holds views of everything given to code(). Internal to the room.
#include <casus/event/grammar.h>
#include <casus/event/tables.h>
#include <casus/knowledge/resolve.h>
#include <casus/language/coref.h>
#include <casus/page/article.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace casus::detail {

// A sentence with its tree and with the mention that covers each token.
struct View {
  View(const Sentence& s, const Lexicon& lexicon) : sentence(&s), tree(s), grammar(tree, lexicon) {}
  const Sentence* sentence;
  Tree tree;
  Grammar grammar;
  std::vector<std::int32_t> headed;   // token -> mention that it heads, or -1
  std::vector<std::int32_t> covered;  // token -> smallest mention that contains it, or -1
};

struct Quotation {
  Span span;            // without the quotation marks
  bool speech = false;  // long enough to be somebody's words; shorter ones are words at a distance
};

// Quotations in text order. Straight marks toggle, curly ones pair; one that is never closed ends with its paragraph.
// Linear.
std::vector<Quotation> find_quotations(const Article& article);

class Scene {
 public:
  Scene(const Article& article, std::span<const Sentence> sentences, std::span<const Mention> mentions,
        const OntologyTables& ontology, const LanguageTables& tables, const Knowledge& knowledge);

  const Article& article() const { return *article_; }
  std::span<const Sentence> sentences() const { return sentences_; }
  std::span<const Mention> mentions() const { return mentions_; }
  std::span<const Mention> mentions_of(std::uint32_t sentence) const;
  const OntologyTables& ontology() const { return *ontology_; }
  const LanguageTables& tables() const { return *tables_; }
  const Knowledge& knowledge() const { return *knowledge_; }
  const View& view(std::uint32_t sentence) const;  // built on the first call
  // Who is meant by whom, as the language room reads the whole article; read on the first call.
  const std::vector<CorefLink>& links() const;
  // The share of the sentences that name a country or somebody who acts in politics: what the article is about.
  double politics() const { return politics_; }
  const std::vector<Quotation>& quotations() const { return quotations_; }
  // The quotation of somebody's words that contains `span`, or -1.
  std::int32_t quotation_of(Span span) const;

 private:
  double share_of_politics() const;

  const Article* article_;
  std::span<const Sentence> sentences_;
  std::span<const Mention> mentions_;
  const OntologyTables* ontology_;
  const LanguageTables* tables_;
  const Knowledge* knowledge_;
  std::vector<std::uint32_t> first_mention_;  // by sentence, one more than there are
  std::vector<Quotation> quotations_;
  double politics_ = 0;
  mutable std::vector<std::unique_ptr<View>> views_;
  mutable std::optional<std::vector<CorefLink>> links_;
};

// Can this one act in politics at all: somebody with a country, a sector, or an office?
bool political(const Actor& actor);
bool usable(const Mention& mention);  // stands for somebody who can act

}  // namespace casus::detail
