// SPDX-License-Identifier: Apache-2.0
#include <casus/language/conllu.h>
#include <casus/language/segment.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casus {
namespace {

constexpr std::string_view kSample =
    "# sent_id = 1\n"
    "# text = Bush's men don't go.\n"
    "1-2\tBush's\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tBush\tBush\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\tNE=B-PER\n"
    "2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_\n"
    "3\tmen\tman\tNOUN\tNNS\tNumber=Plur\t6\tnsubj\t_\t_\n"
    "4-5\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\tdo\tdo\tAUX\tVBP\t_\t6\taux\t_\t_\n"
    "5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_\n"
    "6\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"
    "7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n"
    "\n";

TEST(Conllu, IsReadIntoSpansOfItsText) {
  const ConlluDocument document = read_conllu(kSample).value();
  EXPECT_EQ(document.text, "Bush's men don't go.");
  ASSERT_EQ(document.sentences.size(), 1U);
  const Sentence& sentence = document.sentences[0];
  ASSERT_EQ(sentence.tokens.size(), 7U);
  for (const Token& token : sentence.tokens) EXPECT_EQ(token.span.of(document.text), token.form);
  EXPECT_EQ(sentence.tokens[0].head, 2);
  EXPECT_EQ(sentence.tokens[5].head, -1);
  EXPECT_EQ(sentence.tokens[3].multiword, 2U);
  EXPECT_EQ(sentence.tokens[5].space_after, false);
  ASSERT_EQ(sentence.names.size(), 1U);
  EXPECT_EQ(sentence.names[0].kind, NameKind::person);
}

TEST(Conllu, WrittenIsWhatWasRead) {
  const ConlluDocument document = read_conllu(kSample).value();
  std::string out;
  write_conllu(out, document.sentences[0], document.text, document.comments[0]);
  EXPECT_EQ(out, kSample);
}

TEST(Conllu, ContractionsThatDoNotSpellTheirWordsShareOneSpan) {
  const ConlluDocument document = read_conllu(
                                      "1-2\tdes\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                      "1\tde\tde\tADP\t_\t_\t2\tcase\t_\t_\n"
                                      "2\tles\tle\tDET\t_\t_\t0\troot\t_\t_\n\n")
                                      .value();
  EXPECT_EQ(document.text, "des");
  EXPECT_EQ(document.sentences[0].tokens[1].span, (Span{0, 3}));
  EXPECT_EQ(document.sentences[0].tokens[1].form, "les");
}

TEST(Conllu, EmptyNodesAreSkippedAndWindowsLineEndsAccepted) {
  const auto document = read_conllu(
      "1\ta\ta\tX\t_\t_\t0\troot\t_\t_\r\n1.1\tb\tb\tX\t_\t_\t_\t_\t_\t_\r\n2\tc\tc\tX\t_\t_\t1\tdep\t_\t_\r\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text, "a c");
}

TEST(Conllu, RefusesWhatIsBrokenAndSaysWhere) {
  for (const char* text :
       {"1\ta\ta\tX\t_\t_\t0\troot\t_\n", "2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n", "1\ta\ta\tX\t_\t_\t9\troot\t_\t_\n",
        "1\ta\ta\tX\t_\t_\t-1\troot\t_\t_\n", "1\ta\ta\tX\t_\t_\tx\troot\t_\t_\n", "words\n",
        "1-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "1-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n",
        "2-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "1\t\ta\tX\t_\t_\t0\troot\t_\t_\n"}) {
    const auto document = read_conllu(text);
    ASSERT_FALSE(document) << text;
    EXPECT_EQ(document.error().code, Errc::invalid_input);
    EXPECT_GE(document.error().offset, 0);
  }
}

RC_GTEST_PROP(Conllu, SegmentedTextComesBackTheSame, ()) {
  const auto piece = rc::gen::elementOf(
      std::vector<std::string>{" ", " ", ".", "don't", "Bush's", "word", "The", "(", ")", "\"", "3.5", "é", "-"});
  std::string text;
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  const std::vector<Sentence> sentences = segment(text, {&whole, 1});
  std::string out;
  for (const Sentence& sentence : sentences) write_conllu(out, sentence, text);
  const auto again = read_conllu(out);
  RC_ASSERT(static_cast<bool>(again));
  RC_ASSERT(again->sentences.size() == sentences.size());
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    RC_ASSERT(again->sentences[s].tokens.size() == sentences[s].tokens.size());
    for (std::size_t i = 0; i < sentences[s].tokens.size(); ++i) {
      RC_ASSERT(again->sentences[s].tokens[i].form == sentences[s].tokens[i].form);
      RC_ASSERT(again->sentences[s].tokens[i].multiword == sentences[s].tokens[i].multiword);
    }
  }
}

RC_GTEST_PROP(Conllu, RandomBytesAreReadOrRefused, (const std::string& bytes)) {
  (void)read_conllu(bytes);
}

}  // namespace
}  // namespace casus
