// SPDX-License-Identifier: Apache-2.0
// What every carrier shares: handing out, refusing, and small facts about text on the wire.
#include <casus/base/date.h>
#include <casus/base/hash.h>
#include <casus/source/carriers.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace casus::detail {

void Sink::document(Document&& document) {
  if (stopped_) return;
  ++given_;
  stopped_ = !on_document_(std::move(document));
}

void Sink::refuse(std::string name, std::string_view bytes, Error error) {
  if (stopped_) return;
  on_refusal_({std::move(name), bytes.empty() ? std::string() : sha256_hex(bytes), std::move(error)});
}

std::string_view stripped(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_web_url(std::string_view url) {
  const auto starts = [&](std::string_view scheme) {
    return url.size() > scheme.size() && same_name(url.substr(0, scheme.size()), scheme);
  };
  if (!starts("http://") && !starts("https://")) return false;
  return std::ranges::none_of(url, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
}

namespace {

// Month names of RFC 822, section 5.1; part of the format, not of a language.
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// Zones of RFC 822, section 5.1, in hours east of Greenwich.
struct Zone {
  std::string_view name;
  int hours;
};
constexpr std::array<Zone, 10> kZones = {{{"EST", -5},
                                          {"EDT", -4},
                                          {"CST", -6},
                                          {"CDT", -5},
                                          {"MST", -7},
                                          {"MDT", -6},
                                          {"PST", -8},
                                          {"PDT", -7},
                                          {"GMT", 0},
                                          {"UT", 0}}};

std::string zone_suffix(const char* zone) {
  if ((zone[0] == '+' || zone[0] == '-') && std::string_view(zone).size() == 5) {
    const std::string offset = std::string(zone, 3) + ":" + (zone + 3);
    return offset == "+00:00" || offset == "-00:00" ? "Z" : offset;
  }
  for (const Zone& known : kZones) {
    if (!same_name(known.name, zone)) continue;
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%+03d:00", known.hours);
    return known.hours == 0 ? "Z" : buffer;
  }
  return "Z";  // RFC 2822, section 4.3: an unknown zone is read as UTC
}

}  // namespace

std::string iso_date(std::string_view text) {
  text = stripped(text);
  if (text.size() > 64) return {};
  if (Date::parse(text)) return std::string(text);
  const std::string copy(text.substr(text.find(',') == std::string_view::npos ? 0 : text.find(',') + 1));
  int day = 0, year = 0, hour = 0, minute = 0, second = 0;
  char month[4] = "", zone[8] = "";
  const int read = std::sscanf(copy.c_str(), " %2d %3s%*[^ ] %4d", &day, month, &year) == 3
                       ? 3
                       : std::sscanf(copy.c_str(), " %2d%*1[ -]%3s%*1[ -]%4d", &day, month, &year);
  if (read != 3) return {};
  if (year < 100) year += year < 70 ? 2000 : 1900;  // two digits, as RFC 822 had them
  const auto found = std::ranges::find_if(kMonths, [&](std::string_view name) { return same_name(name, month); });
  if (found == kMonths.end()) return {};
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, static_cast<int>(found - kMonths.begin()) + 1, day);
  if (!Date::parse(buffer)) return {};
  const std::size_t colon = copy.find(':');
  std::string date = buffer;
  if (colon == std::string::npos || colon < 2) return date;
  const int parts = std::sscanf(copy.c_str() + colon - 2, "%2d:%2d:%2d %7s", &hour, &minute, &second, zone);
  if (parts < 3 && std::sscanf(copy.c_str() + colon - 2, "%2d:%2d %7s", &hour, &minute, zone) < 2) return date;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return date;
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", hour, minute, second);
  return date + buffer + zone_suffix(zone);
}

}  // namespace casus::detail
