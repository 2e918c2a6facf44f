// SPDX-License-Identifier: Apache-2.0
#include "filters.h"

#include <gtest/gtest.h>

#include "limits.h"

namespace casus::detail {
namespace {

TEST(Filters, BecomeAQuestionToTheRecord) {
  const Filters filters = read_filters({{"q", "“grain” sea"},
                                        {"type", "ASSAULT"},
                                        {"status", "hypothetical"},
                                        {"country", "NOR"},
                                        {"since", "2022-02"},
                                        {"until", "2022"},
                                        {"confidence", "0.25"},
                                        {"order", "oldest"},
                                        {"mode", ""},
                                        {"page", "3"}})
                              .value();
  EXPECT_EQ(filters.query.text, "“grain” sea");
  EXPECT_EQ(filters.query.type, "ASSAULT");
  EXPECT_EQ(filters.query.status, Status::hypothetical);
  EXPECT_EQ(filters.query.country, "NOR");
  EXPECT_EQ(filters.query.since, "2022-02-01") << "a month begins on its first day";
  EXPECT_EQ(filters.query.until, "2022-12-31") << "and a year ends on its last";
  EXPECT_EQ(filters.query.min_confidence, 0.25);
  EXPECT_FALSE(filters.query.newest_first);
  EXPECT_EQ(filters.query.limit, kEventsPerPage);
  EXPECT_EQ(filters.query.offset, 2 * kEventsPerPage);
}

TEST(Filters, NothingIsIgnoredInSilence) {
  const Parameters wrong[] = {{{"bogus", "1"}},
                              {{"type", "A B"}},
                              {{"type", "<script>"}},
                              {{"country", "NORWAY"}},
                              {{"status", "maybe"}},
                              {{"since", "2022-13"}},
                              {{"since", "yesterday"}},
                              {{"until", "2022-02-30"}},
                              {{"confidence", "2"}},
                              {{"confidence", "-0.1"}},
                              {{"confidence", "nan"}},
                              {{"confidence", "0.5x"}},
                              {{"order", "random"}},
                              {{"page", "0"}},
                              {{"page", "-1"}},
                              {{"page", "1e3"}},
                              {{"page", "99999999999999999999999"}},
                              {{"page", std::to_string(kMaxPage + 1)}},
                              {{"type", "AID"}, {"type", "ASSAULT"}}};
  for (const Parameters& parameters : wrong) {
    const auto filters = read_filters(parameters);
    ASSERT_FALSE(filters) << parameters.front().first << "=" << parameters.front().second;
    EXPECT_EQ(filters.error().code, Errc::invalid_input);
  }
}

TEST(Filters, AddressesAreTheSameHoweverTheyWereAskedFor) {
  const Filters one = read_filters({{"country", "NOR"}, {"q", "a b&c"}}).value();
  const Filters two = read_filters({{"q", "a b&c"}, {"mode", ""}, {"country", "NOR"}, {"page", "2"}}).value();
  EXPECT_EQ(one.with("type", "AID"), "?q=a%20b%26c&type=AID&country=NOR");
  EXPECT_EQ(one.with("type", "AID"), two.with("type", "AID")) << "another filter starts at the first page again";
  EXPECT_EQ(one.with("q", ""), "?country=NOR");
  EXPECT_EQ(two.with_page(3), "?q=a%20b%26c&country=NOR&page=3");
  EXPECT_EQ(two.with_page(1), "?q=a%20b%26c&country=NOR");
  EXPECT_EQ(Filters{}.with("type", ""), "");
}

TEST(Filters, AMonthIsBothItsEnds) {
  const Filters filters = read_filters({{"since", "2020"}, {"type", "AID"}}).value();
  const std::string address = filters.with_month("2022-03");
  EXPECT_EQ(address, "?type=AID&since=2022-03&until=2022-03");
  const Filters again = read_filters(parse_query(std::string_view(address).substr(1)).value()).value();
  EXPECT_EQ(again.query.since, "2022-03-01");
  EXPECT_EQ(again.query.until, "2022-03-31");
}

}  // namespace
}  // namespace casus::detail
