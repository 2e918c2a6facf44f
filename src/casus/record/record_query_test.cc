// SPDX-License-Identifier: Apache-2.0
#include <casus/record/record.h>
#include <casus/record/record_fixture.h>
#include <gtest/gtest.h>

namespace casus::detail {
namespace {

class RecordQueryTest : public testing::Test {
 protected:
  void SetUp() override {
    Page a = make_page("https://example.org/a", "Maduro Putin called. Castro Xi met.", "2022-03-04");
    Page b = make_page("https://example.org/b", "Żelensky Scholz spoke.", "2022-03-06");
    a.reading.events[0].status = {Status::hypothetical};
    a.reading.events[1].date.value = *Date::parse("2022-03-04");
    b.reading.events[0].date.value = *Date::parse("2021-12-31");
    b.reading.events[0].confidence = 0.9;
    b.reading.events[0].mode = "meet";
    add(*record, a).value();
    add(*record, b).value();
  }
  std::uint64_t count(const EventQuery& query) { return record->count_events(query).value(); }

  const Folder folder;
  const std::unique_ptr<Record> record = open_record(folder / "events.db");
};

TEST_F(RecordQueryTest, EachFilterNarrows) {
  EXPECT_EQ(count({}), 3U);
  EXPECT_EQ(count({.text = "maduro called"}), 1U);
  EXPECT_EQ(count({.text = "zelensky"}), 1U) << "accents are folded";
  EXPECT_EQ(count({.text = "\"castro xi\""}), 1U);
  EXPECT_EQ(count({.text = "\"xi castro\""}), 0U);
  EXPECT_EQ(count({.text = "title castro xi met"}), 1U) << "titles and quotes are searched together";
  EXPECT_EQ(count({.mode = "meet"}), 1U);
  EXPECT_EQ(count({.country = "RUS"}), 3U);
  EXPECT_EQ(count({.country = "USA"}), 0U);
  EXPECT_EQ(count({.actor = "castro"}), 1U);
  EXPECT_EQ(count({.actor = "cs:Castro"}), 1U);
  EXPECT_EQ(count({.recipient = "castro"}), 0U);
  EXPECT_EQ(count({.language = "fr"}), 0U);
  EXPECT_EQ(count({.since = "2022-03-05"}), 1U) << "known to the month: it may have been on any of its days";
  EXPECT_EQ(count({.until = "2021"}), 1U);
  EXPECT_EQ(count({.since = "2022-03-04", .until = "2022-03-04"}), 2U);
  EXPECT_EQ(count({.status = Status::hypothetical}), 1U);
  EXPECT_EQ(count({.happened = true}), 2U);
  EXPECT_EQ(count({.min_confidence = 0.8}), 1U);
}

TEST_F(RecordQueryTest, OrdersByDateAndPages) {
  const std::vector<EventRow> newest = record->events({.limit = 2}).value();
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0].event.date.value.to_string(), "2022-03-04");
  const std::vector<EventRow> oldest = record->events({.limit = 1, .newest_first = false}).value();
  EXPECT_EQ(oldest[0].event.date.value.to_string(), "2021-12-31");
  EXPECT_EQ(record->events({.limit = 2, .offset = 2}).value().size(), 1U);
}

TEST_F(RecordQueryTest, SearchWordsAreWordsAndNeverSyntax) {
  for (const char* text :
       {"\"", "a NEAR(", "NOT", "*", "quote:maduro", "a\"b", "-maduro", "maduro OR castro", "((((((((", "{a b}:c",
        "^maduro", "maduro*", "'; DROP TABLE events; --", "\\", "—", "\xff\xfe"}) {
    EXPECT_TRUE(record->count_events({.text = text})) << text;
  }
  EXPECT_EQ(count({.text = "maduro OR castro"}), 0U);
  EXPECT_EQ(count({.text = "—"}), 0U);
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "w* ";
  EXPECT_EQ(record->count_events({.text = many}).error().code, Errc::invalid_input);
  EXPECT_EQ(count({.type = "' OR ''='"}), 0U);
}

TEST_F(RecordQueryTest, CountsByFields) {
  const std::vector<Count> months = record->count_by("month", {}).value();
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(months[0].key, "2022-03");
  EXPECT_EQ(months[0].count, 2U);
  const std::vector<Count> countries = record->count_by("country", {.text = "called"}).value();
  ASSERT_EQ(countries.size(), 2U);
  EXPECT_EQ(countries[0].count, 1U);
  for (const char* field : {"type", "mode", "site", "status", "language"})
    EXPECT_FALSE(record->count_by(field, {}).value().empty());
  EXPECT_EQ(record->count_by("detail; DROP TABLE events", {}).error().code, Errc::invalid_input);
}

TEST_F(RecordQueryTest, ListsArticlesNewestFirst) {
  const std::vector<ArticleRow> rows = record->articles(10, 0).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].published, "2022-03-06");
  EXPECT_EQ(rows[1].events, 2U);
}

}  // namespace
}  // namespace casus::detail
