// SPDX-License-Identifier: Apache-2.0
#include <casus/base/date.h>

#include <cstdio>

namespace casus {

namespace {

// Reads exactly `digits` decimal digits at `position`; -1 when they are not there.
int number(std::string_view text, std::size_t position, std::size_t digits) {
  if (position + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string_view to_string(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::unknown:
      return "unknown";
    case DatePrecision::year:
      return "year";
    case DatePrecision::month:
      return "month";
    case DatePrecision::day:
      return "day";
  }
  return "unknown";
}

DatePrecision Date::precision() const {
  if (year == 0) return DatePrecision::unknown;
  if (month == 0) return DatePrecision::year;
  return day == 0 ? DatePrecision::month : DatePrecision::day;
}

std::string Date::to_string() const {
  char buffer[24];
  switch (precision()) {
    case DatePrecision::unknown:
      return {};
    case DatePrecision::year:
      std::snprintf(buffer, sizeof buffer, "%04d", year);
      break;
    case DatePrecision::month:
      std::snprintf(buffer, sizeof buffer, "%04d-%02u", year, unsigned{month});
      break;
    case DatePrecision::day:
      std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", year, unsigned{month}, unsigned{day});
      break;
  }
  return buffer;
}

std::chrono::sys_days Date::first_day() const {
  using namespace std::chrono;
  return sys_days{std::chrono::year{year} / std::chrono::month{month == 0 ? 1U : month} /
                  std::chrono::day{day == 0 ? 1U : day}};
}

std::chrono::sys_days Date::last_day() const {
  using namespace std::chrono;
  if (day != 0) return first_day();
  return sys_days{std::chrono::year{year} / std::chrono::month{month == 0 ? 12U : month} / last};
}

Date Date::from_days(std::chrono::sys_days day) {
  const std::chrono::year_month_day ymd{day};
  return {static_cast<std::int16_t>(static_cast<int>(ymd.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(ymd.day()))};
}

std::optional<Date> Date::parse(std::string_view text) {
  const int y = number(text, 0, 4);
  if (y < 1) return std::nullopt;
  Date date{static_cast<std::int16_t>(y), 0, 0};
  if (text.size() == 4) return date;
  if (text[4] != '-') return std::nullopt;
  const int m = number(text, 5, 2);
  if (m < 1 || m > 12) return std::nullopt;
  date.month = static_cast<std::uint8_t>(m);
  if (text.size() == 7) return date;
  if (text[7] != '-') return std::nullopt;
  const int d = number(text, 8, 2);
  if (d < 1 || d > 31) return std::nullopt;
  date.day = static_cast<std::uint8_t>(d);
  const std::chrono::year_month_day ymd{std::chrono::year{y}, std::chrono::month{date.month},
                                        std::chrono::day{date.day}};
  if (!ymd.ok()) return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  return date;
}

}  // namespace casus
