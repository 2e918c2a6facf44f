// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the pages call things, from the tables in words/: labels for the record's keys and phrases for event types.
#include <casus/base/date.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace casus::detail {

// The words for `key` of this kind ("status", "negation"); the key itself where the table has none.
std::string_view label(std::string_view kind, std::string_view key);
bool has_label(std::string_view kind, std::string_view key);

struct Phrase {
  std::string_view past, base, link;  // "expressed support", "express support", "for"; link may be empty
};
// The phrase for a type and mode; for a type that the table does not know, the type itself in lower case, kept in
// `spare`.
Phrase phrase(std::string_view type, std::string_view mode, std::string& spare);

// "Venezuela" for "VEN", by ICU; PLOVER's non-state codes by the table; the code itself otherwise.
std::string country_name(std::string_view code);

std::string format_date(Date date);                    // "3 March 2022", "March 2022", "2022", ""
std::string format_month(std::string_view iso_month);  // "March 2022" for "2022-03"; the text itself otherwise
std::string format_day(std::string_view iso);   // the date at the start of an ISO 8601 text; the text itself otherwise
std::string format_count(std::uint64_t count);  // "12,345"
std::string format_score(double score);         // "0.87"; not a per cent: scores are not calibrated yet
// "1 event", "2 events".
std::string format_count(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace casus::detail
