// SPDX-License-Identifier: Apache-2.0
// The sentences of testdata/coref.conllu are ours. How often the links are right: docs/language.md.
#include <casus/language/conllu.h>
#include <casus/language/coref.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace casus {
namespace {

ConlluDocument fixture() {
  std::ifstream in(std::string(CASUS_SOURCE_DIR) + "/src/casus/language/testdata/coref.conllu");
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  return read_conllu(bytes).value();
}

std::string words(const std::vector<Sentence>& sentences, const MentionSpan& span) {
  std::string out;
  for (std::uint32_t i = span.first; i < span.last; ++i)
    out += (out.empty() ? "" : " ") + sentences[span.sentence].tokens[i].form;
  return out;
}

// The articles of the fixture, one each "# newdoc".
std::vector<std::vector<Sentence>> articles() {
  const ConlluDocument document = fixture();
  std::vector<std::vector<Sentence>> out;
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const std::vector<std::string>& comments = document.comments[i];
    if (std::find(comments.begin(), comments.end(), "# newdoc") != comments.end()) out.emplace_back();
    out.back().push_back(document.sentences[i]);
  }
  return out;
}

// "he > Emmanuel Macron" of every link: the name where there is one, else the antecedent.
std::string links_of(const std::vector<Sentence>& article) {
  std::string out;
  for (const CorefLink& link : coreference(article)) {
    out += (out.empty() ? "" : "; ") + words(article, link.anaphor) + " > " +
           words(article, link.named.value_or(link.antecedent));
  }
  return out;
}

TEST(Coreference, LinksPronounsDescriptionsAndNamesToWhoTheyStandFor) {
  const std::vector<std::vector<Sentence>> article = articles();
  EXPECT_EQ(links_of(article[0]),
            "He > President Emmanuel Macron; her > Angela Merkel; her > Angela Merkel; he > President Emmanuel Macron");
  EXPECT_EQ(links_of(article[1]), "their > The rebels");
  EXPECT_EQ(links_of(article[2]), "She > Maria Silva; her > Maria Silva; His > her brother");
  EXPECT_NE(links_of(article[3]).find("The UN > The United Nations"), std::string::npos);
  EXPECT_EQ(links_of(article[4]), "The latter > Israel");
}

TEST(Coreference, OfNothingAndOfOtherLanguagesIsNothing) {
  EXPECT_TRUE(coreference({}).empty());
  const ConlluDocument document = fixture();
  EXPECT_TRUE(coreference(document.sentences, "es").empty());
  std::vector<Sentence> bare(3);
  EXPECT_TRUE(coreference(bare).empty());
}

// Whatever the trees: links point backwards, lie in their sentences, and every anaphor has one at most.
RC_GTEST_PROP(Coreference, HoldsItsPromisesOnAnyTree, ()) {
  std::vector<Sentence> sentences = fixture().sentences;
  for (Sentence& sentence : sentences) {
    for (Token& token : sentence.tokens) {
      if (*rc::gen::inRange(0, 4) > 0) continue;
      token.head = *rc::gen::inRange<std::int32_t>(-3, 30);
      token.upos = *rc::gen::element(Upos::PRON, Upos::NOUN, Upos::PROPN, Upos::ADJ, Upos::DET);
      token.deprel = *rc::gen::element<std::string>("nsubj", "conj", "flat", "det", "compound", "", "nmod:poss");
      token.form = *rc::gen::element<std::string>("he", "latter", "the", "President", "", "UN", "\xff");
      token.lemma = token.form;
    }
    const auto size = static_cast<std::uint32_t>(sentence.tokens.size());
    sentence.names = {{*rc::gen::inRange(0U, size), *rc::gen::inRange(0U, size + 9), NameKind::person}};
  }
  const auto at = [](const MentionSpan& m) { return std::pair(m.sentence, m.head); };
  std::vector<MentionSpan> anaphors;
  for (const CorefLink& link : coreference(sentences)) {
    for (const MentionSpan& m : {link.anaphor, link.antecedent, link.named.value_or(link.antecedent)}) {
      RC_ASSERT(m.sentence < sentences.size());
      RC_ASSERT(m.first <= m.head && m.head < m.last);
      RC_ASSERT(m.last <= sentences[m.sentence].tokens.size());
    }
    RC_ASSERT(at(link.antecedent) <= at(link.anaphor) || link.antecedent.first <= link.anaphor.first);
    RC_ASSERT(link.score > 0 && link.score <= 1);
    RC_ASSERT(std::find(anaphors.begin(), anaphors.end(), link.anaphor) == anaphors.end());
    anaphors.push_back(link.anaphor);
  }
}

TEST(Coreference, OfALongArticleIsTheSameTwice) {
  const std::vector<Sentence> some = fixture().sentences;
  std::vector<Sentence> many;
  for (int i = 0; i < 200; ++i) many.insert(many.end(), some.begin(), some.end());
  const std::vector<CorefLink> first = coreference(many), second = coreference(many);
  ASSERT_EQ(first.size(), second.size());
  EXPECT_GT(first.size(), 1000U);
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].antecedent, second[i].antecedent);
    EXPECT_EQ(first[i].score, second[i].score);
  }
}

}  // namespace
}  // namespace casus
