// SPDX-License-Identifier: Apache-2.0
#include <casus/page/text_shape.h>

#include <gtest/gtest.h>

#include <vector>

namespace casus::detail {
namespace {

TEST(TextShape, KnowsWhereSentencesEnd) {
  for (const char* text :
       {"He left.", "Why?", "\"Go home!\"", "They won.”", "so it was…", "(all of them.)", "Он ушёл.", "他走了。"}) {
    EXPECT_TRUE(ends_sentence(text)) << text;
  }
  for (const char* text : {"He left", "the U.S.", "met Gen.", "John F.", "a, b,", "", "said:"})
    EXPECT_FALSE(ends_sentence(text)) << text;
}

TEST(TextShape, KnowsWhatCannotStandAtTheEnd) {
  for (const char* text :
       {"the town of", "Currently,", "the \"", "(", "pro-", "actions of", "el presidente de", "und"}) {
    EXPECT_TRUE(ends_open(text)) << text;
  }
  for (const char* text : {"Maduro", "the town.", "said \"no\"", "Minsk"}) EXPECT_FALSE(ends_open(text)) << text;
}

TEST(TextShape, KnowsWhatCannotBegin) {
  for (const char* text : {"'s backing", "’s", "and so", ", he said", ") of", "ещё", "été"})
    EXPECT_TRUE(begins_inside(text)) << text;
  for (const char* text : {"The", "'Go' he said", "\"We", "Élysée", "3 dead", "العربية", ".NET"})
    EXPECT_FALSE(begins_inside(text)) << text;
}

TEST(TextShape, CountsWordsInSeveralScripts) {
  EXPECT_EQ(word_count("Two words – here 3"), 4U);
  EXPECT_EQ(word_count("  \n"), 0U);
  EXPECT_EQ(word_count("Київ і Львів"), 3U);
  EXPECT_EQ(word_count("中国政府"), 2U);
}

TEST(TextShape, FollowsOpenMarks) {
  EXPECT_TRUE(open_marks("he said: \"We").quote());
  EXPECT_FALSE(open_marks("he said \"yes\" twice").any());
  EXPECT_EQ(open_marks("(a (b").bracket, 2);
  EXPECT_FALSE(open_marks("„Nein“, sagte er").quote());
  EXPECT_NE(closes_quote("\" he shouted", {.straight = 1}), std::string_view::npos);
  EXPECT_EQ(closes_quote("\"We begin", {.straight = 1}), std::string_view::npos);
}

TEST(TextShape, SeesASentenceEndInside) {
  EXPECT_TRUE(has_inner_sentence_end("He came. She left."));
  EXPECT_FALSE(has_inner_sentence_end("He met Gen. Haftar."));
}

}  // namespace
}  // namespace casus::detail
