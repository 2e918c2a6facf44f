// SPDX-License-Identifier: Apache-2.0
#pragma once
// An event said in one sentence: "Maduro expressed support for Russia — according to the Kremlin, 3 March 2022".
#include <casus/event/event.h>

#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct Headline {
  std::string who;               // never empty: says so when nobody is named
  std::string verb;              // "expressed support", "might express support"
  std::string link;              // "for"; may be empty
  std::string whom;              // empty: none, or not named
  std::string according_to;      // "the Kremlin, citing Maduro"; empty: the outlet itself reports it
  std::string sentence() const;  // all but the attribution
};
Headline headline(const Event& event);

// What a reader must know before taking the sentence for a fact.
struct Badge {
  std::string key;  // "hypothetical", "denies": also its CSS class
  std::string text;
};
std::vector<Badge> badges(const Event& event);

// "3 March 2022", "3 March – 5 March 2022", or "date not known".
std::string when(const EventDate& date);
// "▲": one glyph for each quad, because colour alone says nothing to many people and to printers.
std::string_view quad_glyph(int quad);
std::string quad_class(int quad);  // "q1" … "q4"; "q0" for anything else
// One line for a footnote: sentence, attribution, quote, title, outlet, date, address, ids.
struct CitedReport {
  std::string_view quote, title, site, published, url, revision;
};
std::string citation(const Event& event, const CitedReport& report);

}  // namespace casus::detail
