// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fixed JSON shapes of casus, written in one place: `extract`, `locate`, `code`, the API and exports all use these.
// Spans are code points; `page` members are bytes of the page. Every function returns one JSON value without a line
// end.
#include <casus/event/event.h>
#include <casus/event/reader.h>
#include <casus/knowledge/entity.h>
#include <casus/page/article.h>
#include <casus/record/record.h>

#include <span>
#include <string>

namespace casus {

// {"page","url","title","authors":[],"published","language","text","paragraphs":[{"start","end","kind","page":[b,e]}],"removed":[…],…}
std::string article_json(const Article& article);
// {"type","mode","contexts","status","actors":[…],"recipients":[…],"trigger","evidence","attribution","date","place","confidence",…}
std::string event_json(const Event& event, const Article& article, bool with_why = false);
// {"id","events":[…]}
std::string events_json(std::string_view id, std::span<const Event> events, const Article& article);
// {"id","places":[{"start","end","text","name","lat","lon","geonameid","country","kind"}]}
std::string places_json(std::string_view id, std::span<const Mention> mentions, const Article& article);
// An event as stored, with its article's title, url, site and date.
std::string event_row_json(const EventRow& row, const Article& article, bool with_why = false);
std::string article_row_json(const ArticleRow& row);
// A JSON string with its quotation marks; malformed UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

}  // namespace casus
