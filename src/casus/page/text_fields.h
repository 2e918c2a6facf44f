// SPDX-License-Identifier: Apache-2.0
#pragma once
// Authors and dates as running text says them: "By Jane Doe and Kofi Mensah, Nairobi", "March 4, 2022", "4 de marzo de
// 2022 10:20". Used for dumps and for the visible text of HTML. Month names and byline words: words/*.tsv.
#include <casus/base/span.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct FoundText {
  std::string value;
  std::size_t start = 0, end = 0;  // bytes of the line
};

// A calendar date written out, anywhere in a line of at most 400 bytes; value in ISO 8601, with hh:mm when the line has
// a time. Two-digit years are not read, and 03/04/2022 only when one of the first two numbers is above 12: it could be
// either.
std::optional<FoundText> date_in(std::string_view line);

// An ISO 8601 or RFC 822 date as metadata carries it, normalised ("2022-03-04T10:20:00Z"); nullopt when it is no date.
std::optional<std::string> normal_date(std::string_view value);

// Names after "By …" at the start of a line of at most 25 words. Empty when the line is no byline.
std::vector<FoundText> byline_in(std::string_view line);

// Splits "Jane Doe and Kofi Mensah" into names; drops what cannot be one (addresses, links, digits, more than six
// words).
// `declared`: the page itself calls it an author, so that an agency or a name in small letters counts too.
std::vector<FoundText> names_in(std::string_view text, bool declared = false);

// "date" or "updated" when the line begins with such a word of words/bylines.tsv, else empty.
std::string_view date_role_of(std::string_view line);

}  // namespace casus::detail
