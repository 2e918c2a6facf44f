// SPDX-License-Identifier: Apache-2.0
#include <casus/base/date.h>

#include <gtest/gtest.h>

namespace casus {
namespace {

TEST(Date, KeepsThePrecisionThatWasGiven) {
  EXPECT_EQ(Date::parse("2022-03-04T10:00:00Z")->to_string(), "2022-03-04");
  EXPECT_EQ(Date::parse("2022-03")->to_string(), "2022-03");
  EXPECT_EQ(Date::parse("2022")->precision(), DatePrecision::year);
}

TEST(Date, RefusesDatesThatDoNotExist) {
  for (const char* text : {"", "22", "2022-13", "2022-02-30", "2022-1-1", "2022/01/01", "2022-01-01x", "abcd"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
}

TEST(Date, AMonthReachesFromItsFirstToItsLastDay) {
  const Date february = *Date::parse("2024-02");
  EXPECT_EQ(Date::from_days(february.first_day()).to_string(), "2024-02-01");
  EXPECT_EQ(Date::from_days(february.last_day()).to_string(), "2024-02-29");
}

}  // namespace
}  // namespace casus
