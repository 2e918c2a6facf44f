// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calendar dates known to the day, the month or the year, as news gives them. "2022-03", "2022" and "2022-03-04" are
// all dates; what is not known stays unknown and is never filled in.
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

enum class DatePrecision : std::uint8_t { unknown, year, month, day };

std::string_view to_string(DatePrecision precision);

struct Date {
  std::int16_t year = 0;   // 0: no date at all
  std::uint8_t month = 0;  // 1–12; 0: only the year is known
  std::uint8_t day = 0;    // 1–31; 0: only year and month are known

  DatePrecision precision() const;
  std::string to_string() const;  // ISO 8601 in its own precision; "" when unknown
  // First and last day that this date may mean. Undefined for an unknown date.
  std::chrono::sys_days first_day() const;
  std::chrono::sys_days last_day() const;
  static Date from_days(std::chrono::sys_days day);
  // The date at the start of an ISO 8601 string ("2022-03-04T10:00:00Z", "2022-03", "2022"); nullopt when it is not a
  // real date.
  static std::optional<Date> parse(std::string_view text);
  explicit operator bool() const { return year != 0; }
  auto operator<=>(const Date&) const = default;
};

}  // namespace casus
