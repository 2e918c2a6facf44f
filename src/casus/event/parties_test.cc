// SPDX-License-Identifier: Apache-2.0
// Who stands in a row when the knowledge names nobody: described in words, named inside the phrase, or not at all.
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casus {
namespace {

using testing_world::code_sample;
using testing_world::Document;
using testing_world::documents;
using testing_world::sample;

std::string texts(const std::vector<Actor>& actors) {
  std::string out;
  for (const Actor& a : actors) out += (out.empty() ? "" : " + ") + a.text + (a.country.empty() ? "" : "/" + a.country);
  return out;
}

// "TYPE actors > recipients" of each row of a document.
std::vector<std::string> rows(const std::string& id) {
  std::vector<std::string> out;
  for (const Document& d : documents("src/casus/event/testdata/parties.conllu")) {
    if (d.id != id) continue;
    for (const Event& e : code_sample(sample(d.conllu, d.published)).events)
      out.push_back(e.type + " " + texts(e.actors) + " > " + texts(e.recipients));
  }
  return out;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PartiesTest, what_was_hit_is_told_in_the_words_of_the_text_and_has_no_country_of_its_own) {
  EXPECT_THAT(rows("m1"), ElementsAre("ASSAULT Israel/ISR > a weapons depot"));
}

TEST(PartiesTest, people_whom_nobody_lists_are_described_with_the_place_behind_them) {
  EXPECT_THAT(rows("m2"), ElementsAre("ASSAULT Russian soldiers/RUS > three shepherds in Syria/SYR"));
}

TEST(PartiesTest, who_attacked_may_be_described_where_the_other_side_acts_in_politics) {
  EXPECT_THAT(rows("m3"), ElementsAre("ASSAULT Two men > Russian/RUS"));
}

TEST(PartiesTest, a_recipient_may_be_named_inside_the_phrase_of_the_deed) {
  EXPECT_THAT(rows("m4"), ElementsAre("CONCEDE Macron/FRA > Cuba/CUB"));
}

TEST(PartiesTest, a_word_cut_at_its_hyphen_is_one_word_to_the_frames) {
  EXPECT_THAT(rows("m5"), ElementsAre("CONCEDE Turkey/TUR > Syria/SYR"));
}

TEST(PartiesTest, a_participle_belongs_to_the_clause_before_it) {
  EXPECT_THAT(rows("m7"), ::testing::Contains("ASSAULT Russian forces/RUS > civilians"));
}

TEST(PartiesTest, what_hangs_from_the_last_of_two_objects_belongs_to_both) {
  EXPECT_THAT(rows("m8"), ::testing::Contains(::testing::StartsWith("ASSAULT Police")));
  EXPECT_THAT(rows("m8"), ::testing::Contains(::testing::HasSubstr("> protesters")));
}

TEST(PartiesTest, a_trade_and_a_crowd_alone_make_no_politics) {
  EXPECT_THAT(rows("m9"), IsEmpty());
  EXPECT_THAT(rows("m10"), IsEmpty());
}

TEST(PartiesTest, a_heading_gives_no_row) {
  for (const Document& d : documents("src/casus/event/testdata/parties.conllu")) {
    if (d.id != "m1") continue;
    testing_world::Sample s = sample(d.conllu, d.published);
    ASSERT_FALSE(code_sample(s).events.empty());
    s.article.paragraphs = {
        {{0, static_cast<std::uint32_t>(s.article.text.size())}, ParagraphKind::heading, {}},
        {{static_cast<std::uint32_t>(s.article.text.size()), static_cast<std::uint32_t>(s.article.text.size())},
         ParagraphKind::paragraph,
         {}}};
    EXPECT_TRUE(code_sample(s).events.empty());
  }
}

TEST(PartiesTest, each_described_party_is_a_span_of_the_text) {
  for (const Document& d : documents("src/casus/event/testdata/parties.conllu")) {
    const testing_world::Sample s = sample(d.conllu, d.published);
    for (const Event& e : code_sample(s).events) {
      for (const Actor& a : e.recipients) EXPECT_EQ(a.text, a.span.of(s.article.text));
    }
  }
}

}  // namespace
}  // namespace casus
