// SPDX-License-Identifier: Apache-2.0
#include <casus/language/segment.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

#include "casus/base/utf8.h"

namespace casus {
namespace {

std::vector<Sentence> read(std::string_view text) {
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  return segment(text, {&whole, 1});
}

std::string tokens_of(std::string_view text) {
  std::string out;
  for (const Sentence& sentence : read(text)) {
    for (const Token& token : sentence.tokens) out += (out.empty() ? "" : " ") + token.form;
  }
  return out;
}

std::string sentences_of(std::string_view text) {
  std::string out;
  for (const Sentence& sentence : read(text)) out += (out.empty() ? "" : " # ") + std::string(sentence.span.of(text));
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Tokens, AreCutAsTheTreebanksCutThem) {
  const Case cases[] = {
      {"They don't know it's over; we can't, she won't.", "They do n't know it 's over ; we ca n't , she wo n't ."},
      {"The workers’ union’s leader isn’t here.", "The workers ’ union ’s leader is n’t here ."},
      {"I cannot, you're gonna, they'd've.", "I can not , you 're gon na , they 'd 've ."},
      {"\"Stop,\" he said.", "\" Stop , \" he said ."},
      {"“Peace” (or war) [sic]…", "“ Peace ” ( or war ) [ sic ] …"},
      {"It cost $5m, €3.50 and US$1,000, up 12.5%.", "It cost $ 5 m , € 3.50 and US$ 1,000 , up 12.5 % ."},
      {"At 7:30pm on 9/11, 10km away, in the 1980s and '90s.",
       "At 7:30 pm on 9/11 , 10 km away , in the 1980s and '90s ."},
      {"The Russian-Venezuelan 15-year-old anti-war ex-minister e-mailed.",
       "The Russian - Venezuelan 15 - year - old anti-war ex-minister e-mailed ."},
      {"Call 713-853-3989 or 345-9945, pages 3-4.", "Call 713-853-3989 or 345-9945 , pages 3 - 4 ."},
      {"See https://example.org/a-b?c=d, www.x.net. Write to a.b@c.org!",
       "See https://example.org/a-b?c=d , www.x.net . Write to a.b@c.org !"},
      {"The U.S. and Gen. J. Smith of Acme Inc. met at 5 p.m. sharp.",
       "The U.S. and Gen. J. Smith of Acme Inc. met at 5 p.m. sharp ."},
      {"AT&T and R&D, O'Brien's.", "AT&T and R&D , O'Brien 's ."},
      {"Wait... what?! No -- yes!!!", "Wait ... what ?! No -- yes !!!"},
      {"and/or w/o s/he", "and / or w/o s/he"},
      {"end.Next word", "end . Next word"},
      {"No. 5 is fine. No.", "No. 5 is fine . No ."},
      {"Київ. Ça va?", "Київ . Ça va ?"},
  };
  for (const Case& c : cases) EXPECT_EQ(tokens_of(c.text), c.expected);
}

TEST(Sentences, EndWhereAReaderEndsThem) {
  const Case cases[] = {
      {"He left. She stayed! Why? Nobody knows.", "He left. # She stayed! # Why? # Nobody knows."},
      {"Mr. Bush met Gen. J. Smith. They spoke.", "Mr. Bush met Gen. J. Smith. # They spoke."},
      {"The U.S. Army left. He works for Acme Inc. The firm is big.",
       "The U.S. Army left. # He works for Acme Inc. # The firm is big."},
      {"\"It is over.\" He sat down.", "\"It is over.\" # He sat down."},
      {"“Is it over?” he asked. “No.”", "“Is it over?” he asked. # “No.”"},
      {"\"All support for Russia!\" Maduro shouted in TV.", "\"All support for Russia!\" Maduro shouted in TV."},
      {"\"Why?\" The minister left.", "\"Why?\" # The minister left."},
      {"It rose by 3.5 per cent. In 2021 it fell.", "It rose by 3.5 per cent. # In 2021 it fell."},
      {"Killed (at least 12.) Others fled.", "Killed (at least 12.) # Others fled."},
      {"As shown before.[12] Others differ.", "As shown before.[12] # Others differ."},
      {"1. The first point. 2. The second.", "1. The first point. # 2. The second."},
      {"He waited ... and left. Then ... He came.", "He waited ... and left. # Then ... # He came."},
      {"At 5 p.m. the talks ended. At 6 p.m. The end.", "At 5 p.m. the talks ended. # At 6 p.m. # The end."},
      {"i went. it was ok? yes", "i went. # it was ok? # yes"},
  };
  for (const Case& c : cases) EXPECT_EQ(sentences_of(c.text), c.expected);
}

TEST(Sentences, NeverReachBeyondTheirBlock) {
  const std::string text = "A headline without a stop\nAnd its first sentence.";
  const Span blocks[] = {{0, 25}, {26, 49}};
  const std::vector<Sentence> sentences = segment(text, blocks);
  ASSERT_EQ(sentences.size(), 2U);
  EXPECT_EQ(sentences[0].span, blocks[0]);
  EXPECT_EQ(sentences[1].span, blocks[1]);
  EXPECT_TRUE(sentences[0].headline);
  EXPECT_FALSE(sentences[1].headline);
  EXPECT_EQ(sentences[1].paragraph, 1U);
}

TEST(Sentences, OfMultiwordTokensKnowTheirParts) {
  const std::vector<Sentence> sentences = read("We couldn't've, Bush's.");
  ASSERT_EQ(sentences.size(), 1U);
  const std::vector<Token>& t = sentences[0].tokens;
  ASSERT_EQ(t.size(), 8U);
  EXPECT_EQ(t[1].multiword, 3U);
  EXPECT_EQ(t[2].form, "n't");
  EXPECT_EQ(t[2].multiword, 0U);
  EXPECT_EQ(t[5].multiword, 2U);
  EXPECT_FALSE(t[1].space_after);
  EXPECT_FALSE(t[6].space_after);
  EXPECT_TRUE(t[7].space_after);
}

TEST(Sentences, AreCutAt256WordsBehindAMark) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "word ";
  text += ", ";
  for (int i = 0; i < 400; ++i) text += "more ";
  const std::vector<Sentence> sentences = read(text);
  ASSERT_EQ(sentences.size(), 3U);
  EXPECT_EQ(sentences[0].tokens.size(), 201U);
  EXPECT_EQ(sentences[1].tokens.size(), 256U);
  EXPECT_EQ(sentences[2].tokens.size(), 144U);
}

// The promise of segment.h: every byte that is not white space is in exactly one token, in order, within bounds.
void check_cover(const std::string& text, const std::vector<Span>& blocks) {
  const std::vector<Sentence> sentences = segment(text, blocks);
  std::string rebuilt, expected;
  std::uint32_t last = 0;
  for (const Sentence& sentence : sentences) {
    RC_ASSERT(!sentence.tokens.empty() && sentence.tokens.size() <= 256U);
    RC_ASSERT(sentence.span.start == sentence.tokens.front().span.start &&
              sentence.span.end == sentence.tokens.back().span.end);
    for (const Token& token : sentence.tokens) {
      RC_ASSERT(token.span.start >= last && token.span.start < token.span.end && token.span.end <= text.size());
      RC_ASSERT(token.span.length() <= 1024U);
      RC_ASSERT(token.form == token.span.of(text));
      last = token.span.end;
      rebuilt += token.form;
    }
  }
  for (const Span& block : blocks) {
    for (std::size_t i = block.start; i < block.end;) {
      const Decoded d = decode_utf8(text, i);
      if (!is_space(d.code_point)) expected += text.substr(i, d.length);
      i += d.length;
    }
  }
  RC_ASSERT(rebuilt == expected);
}

RC_GTEST_PROP(Tokens, CoverRandomBytesExactly, (const std::string& text)) {
  check_cover(text, {Span{0, static_cast<std::uint32_t>(text.size())}});
}

RC_GTEST_PROP(Tokens, CoverRandomPiecesOfNewsExactly, ()) {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      " ",       " ",     "\n",      ".",      "...",  "?!",    "'",       "’",      "\"",
      "“",       "”",     "(",       ")",      "[",    "]",     "-",       "--",     "/",
      "&",       "@",     "$",       "%",      ",",    ":",     ";",       "U.S.",   "Mr.",
      "p.m.",    "don't", "s'",      "cannot", "3.5",  "1,000", "10km",    "9/11",   "http://a.b/c",
      "a@b.org", "x.com", "O'Brien", "é",      "東京", "🙂",  "e\u0301", "\u00a0", "'90s",
      "Inc",     "word",  "The",     "no",     "US$",  "\xff",  "\xe2\x80"});
  std::string text;
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  check_cover(text, {Span{0, static_cast<std::uint32_t>(text.size())}});
}

TEST(Tokens, OfHostileRunsAreBoundedAndComplete) {
  for (const std::string unit :
       {"a", ".", "'", "-", "a-", "a.", "a'", "1-", "1,", "/a", "a@", "e\u0301", "\u0301", "(", "\xff", "“", "s'"}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    check_cover(text, {Span{0, static_cast<std::uint32_t>(text.size())}});
  }
}

TEST(Tokens, StayInTheirBlockWhereItsEndCutsACharacter) {
  // Found by fuzzing: the bytes DF A8 are one character, and the block ends between them.
  const std::string text = "a \xDF\xA8";
  const std::array<Span, 2> blocks = {Span{0, 3}, Span{3, 4}};
  std::uint32_t last = 0;
  for (const Sentence& sentence : segment(text, blocks)) {
    for (const Token& token : sentence.tokens) {
      EXPECT_GE(token.span.start, last);
      last = token.span.end;
    }
  }
  EXPECT_EQ(last, 4U);
}

TEST(Sentences, OfBlocksPastTheTextAreIgnored) {
  const Span blocks[] = {{0, 99}, {50, 60}, {3, 1}};
  const std::vector<Sentence> sentences = segment("Hi.", blocks);
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_EQ(sentences[0].tokens.size(), 2U);
}

}  // namespace
}  // namespace casus
