// SPDX-License-Identifier: Apache-2.0
#include <casus/page/text_fields.h>
#include <casus/page/words.h>

#include <gtest/gtest.h>

#include <vector>

namespace casus::detail {
namespace {

TEST(Labels, AreFoundWhateverStandsAroundThem) {
  EXPECT_EQ(label_of("Read more: The long way to peace"), "related");
  EXPECT_EQ(label_of("» LEA TAMBIÉN"), "related");
  EXPECT_EQ(label_of("PodcastUkraine and the war"), "podcast");
  EXPECT_EQ(label_of("Compartir en Facebook"), "share");
  EXPECT_EQ(label_of("© 2022 The Paper"), "footer");
  EXPECT_EQ(label_of("Conforms to The Trust Project criteria"), "trust-badge");
}

TEST(Labels, DoNotMatchPartsOfWordsOrProse) {
  EXPECT_EQ(label_of("Sharecroppers protest in Delhi"), "");
  EXPECT_EQ(label_of("Homeowners fear the flood"), "");
  EXPECT_EQ(label_of("Nexter wins the contract"), "");
}

TEST(Lists, EveryListWasRead) {
  const WordLists& lists = word_lists();
  EXPECT_GT(lists.label_start.size(), 200U);
  EXPECT_GT(lists.function_words.size(), 300U);
  EXPECT_EQ(lists.months.at("march"), 3);
  EXPECT_EQ(lists.months.at("августа"), 8);
  EXPECT_TRUE(lists.abbreviations.count("gen"));
  EXPECT_FALSE(lists.trust.empty());
  EXPECT_FALSE(lists.line_starts.empty());
  EXPECT_FALSE(lists.name_job.empty());
  EXPECT_FALSE(lists.meta_names.empty());
  EXPECT_GT(lists.class_weights.size(), 100U);
  EXPECT_FALSE(lists.hints.empty());
}

struct DateCase {
  const char* line;
  const char* expected;  // "": no date
};

TEST(Dates, AreReadAsTextWritesThem) {
  for (const DateCase& c : std::vector<DateCase>{{"March 4, 2022", "2022-03-04"},
                                                 {"Friday, Mar. 4th 2022 at 10:20 PM", "2022-03-04T22:20"},
                                                 {"4 March 2022 10:20 GMT", "2022-03-04T10:20:00Z"},
                                                 {"4 de marzo de 2022", "2022-03-04"},
                                                 {"le 1 août 2021", "2021-08-01"},
                                                 {"4. März 2022", "2022-03-04"},
                                                 {"24 августа 2022", "2022-08-24"},
                                                 {"2022-03-04", "2022-03-04"},
                                                 {"04.03.2022", "2022-03-04"},
                                                 {"25/03/2022", "2022-03-25"},
                                                 {"03/25/2022", "2022-03-25"},
                                                 {"03/04/2022", ""},  // either order is in use
                                                 {"31 February 2022", ""},
                                                 {"In 2022", ""}}) {
    const auto found = date_in(c.line);
    EXPECT_EQ(found ? found->value : "", c.expected) << c.line;
  }
}

TEST(Dates, OfMetadataAreNormalised) {
  for (const DateCase& c : std::vector<DateCase>{{"2022-03-04T10:20:00Z", "2022-03-04T10:20:00Z"},
                                                 {"2022-03-04T10:20:00.123+0100", "2022-03-04T10:20:00+01:00"},
                                                 {"2022-03-04 10:20", "2022-03-04T10:20:00"},
                                                 {"20220304", "2022-03-04"},
                                                 {"Fri, 04 Mar 2022 10:20:00 GMT", "2022-03-04T10:20:00Z"},
                                                 {"1646389200", "2022-03-04"},
                                                 {"2022-13-04", ""},
                                                 {"yesterday", ""},
                                                 {"", ""}}) {
    EXPECT_EQ(normal_date(c.line).value_or(""), c.expected) << c.line;
  }
}

TEST(Bylines, GiveNamesAndNothingElse) {
  const auto names = [](std::string_view line) {
    std::string out;
    for (const FoundText& name : byline_in(line)) out += name.value + "|";
    return out;
  };
  EXPECT_EQ(names("By Jane Doe and Kofi Mensah"), "Jane Doe|Kofi Mensah|");
  EXPECT_EQ(names("By Jane Doe, Political Correspondent"), "Jane Doe|");
  EXPECT_EQ(names("Por María López"), "María López|");
  EXPECT_EQ(names("By John F. Smith in Nairobi"), "John F. Smith|");
  EXPECT_EQ(names("By far the most important vote"), "");
  EXPECT_EQ(names("By Monday the whole army had left the town."), "");
}

}  // namespace
}  // namespace casus::detail
