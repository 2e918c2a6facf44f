// SPDX-License-Identifier: Apache-2.0
// Tests: filters_test.cc.
#include "filters.h"

#include <casus/base/date.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "limits.h"

namespace casus::detail {
namespace {

// In the order in which they stand in addresses.
constexpr std::array<std::string_view, 13> kKeys = {"q",          "type",      "mode",     "status", "country",
                                                    "actor",      "recipient", "language", "since",  "until",
                                                    "confidence", "article",   "order"};

Error bad(std::string_view key, std::string_view why) {
  return {Errc::invalid_input, "the filter “" + std::string(key) + "” " + std::string(why)};
}

bool is_code(std::string_view value, std::size_t longest) {
  if (value.size() > longest) return false;
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<void> set_date(std::string& field, std::string_view key, std::string_view value) {
  const auto date = Date::parse(value);
  if (!date || !*date || date->to_string() != value) return bad(key, "is not a date like 2022-03-04, 2022-03 or 2022");
  // A month or a year means all of it.
  field = (key == "since" ? Date::from_days(date->first_day()) : Date::from_days(date->last_day())).to_string();
  return {};
}

Result<void> set_status(EventQuery& query, std::string_view value) {
  if (value == "happened") {
    query.happened = true;
    return {};
  }
  for (const Status status : {Status::negation, Status::future, Status::hypothetical, Status::historical}) {
    if (to_string(status) == value) {
      query.status = status;
      return {};
    }
  }
  return bad("status", "is none of happened, negation, future, hypothetical, historical");
}

Result<void> set_code(std::string& field, std::string_view key, std::string_view value, std::size_t longest) {
  if (!is_code(value, longest)) return bad(key, "is not a code of letters, digits and hyphens");
  field = value;
  return {};
}

Result<void> set(EventQuery& query, std::string_view key, std::string_view value) {
  if (key == "q") query.text = value;
  if (key == "actor") query.actor = value;
  if (key == "recipient") query.recipient = value;
  if (key == "type") return set_code(query.type, key, value, 32);
  if (key == "mode") return set_code(query.mode, key, value, 32);
  if (key == "country") return set_code(query.country, key, value, 3);
  if (key == "language") return set_code(query.language, key, value, 16);
  if (key == "article") return set_code(query.article, key, value, 64);
  if (key == "status") return set_status(query, value);
  if (key == "since") return set_date(query.since, key, value);
  if (key == "until") return set_date(query.until, key, value);
  if (key == "confidence") {
    const auto end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, query.min_confidence);
    if (read.ec != std::errc{} || read.ptr != end || !(query.min_confidence >= 0 && query.min_confidence <= 1)) {
      return bad(key, "is not a number from 0 to 1");
    }
  }
  if (key == "order") {
    if (value != "oldest" && value != "newest") return bad(key, "is neither newest nor oldest");
    query.newest_first = value == "newest";
  }
  return {};
}

void append(std::string& out, std::string_view key, std::string_view value) {
  out += out.empty() ? '?' : '&';
  out += key;
  out += '=';
  out += percent_encode(value);
}

}  // namespace

std::string_view Filters::value(std::string_view key) const {
  for (const auto& [name, content] : chosen) {
    if (name == key) return content;
  }
  return {};
}

std::string Filters::with(std::string_view key, std::string_view content) const {
  std::string out;
  for (const std::string_view known : kKeys) {
    const std::string_view kept = known == key ? content : value(known);
    if (!kept.empty()) append(out, known, kept);
  }
  return out;
}

std::string Filters::with_page(std::size_t number) const {
  std::string out = with("", "");
  if (number > 1) append(out, "page", std::to_string(number));
  return out;
}

std::string Filters::with_month(std::string_view iso_month) const {
  Filters changed = *this;
  std::erase_if(changed.chosen, [](const auto& pair) { return pair.first == "since" || pair.first == "until"; });
  changed.chosen.emplace_back("since", iso_month);
  return changed.with("until", iso_month);
}

Result<Filters> read_filters(const Parameters& parameters) {
  Filters filters;
  for (const auto& [key, value] : parameters) {
    if (value.empty()) continue;  // an empty field of the search form
    if (key == "page") {
      const auto end = value.data() + value.size();
      const auto read = std::from_chars(value.data(), end, filters.page);
      if (read.ec != std::errc{} || read.ptr != end || filters.page == 0) return bad(key, "is not a page number");
      if (filters.page > kMaxPage) return bad(key, "lies too deep: narrow the filters instead");
      continue;
    }
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) return bad(key, "does not exist");
    if (!filters.value(key).empty()) return bad(key, "is given twice");
    CASUS_TRY(set(filters.query, key, value));
    filters.chosen.emplace_back(key, value);
  }
  filters.query.limit = kEventsPerPage;
  filters.query.offset = (filters.page - 1) * kEventsPerPage;
  return filters;
}

}  // namespace casus::detail
