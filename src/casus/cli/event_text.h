// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events for people to read in a terminal. All text of pages passes printable(), so no page can send escape sequences.
#include <casus/record/record.h>

#include <string>

namespace casus::cli {

// Two lines and a quote:
//   2022-03-01  SUPPORT phone  Nicolás Maduro (VEN GOV) → Russia (RUS)   according to the Kremlin
//               "Maduro expressed his strong support …"
//               3f2a9c81d0  example.org · Title
std::string event_lines(const EventRow& row, std::size_t width, bool colour);

// "hypothetical, according to X" and the like; empty when the outlet itself says that it happened.
std::string according_to(const Event& event);
std::string party_names(const std::vector<Actor>& actors);

// The sentence with the words that the event was read from marked under it, then the steps of how it was found.
std::string event_why(const EventRow& row, const Article& article, std::size_t width);

}  // namespace casus::cli
