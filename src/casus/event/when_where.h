// SPDX-License-Identifier: Apache-2.0
#pragma once
// When and where, only as far as the clause of the event says. Internal to the room.
#include <casus/event/match.h>

#include <string>
#include <vector>

namespace casus::detail {

// An expression of time in a sentence: tokens [first, last).
struct TimeExpression {
  std::uint32_t first = 0, last = 0;
  Date value, end;
  Basis basis = Basis::unknown;  // stated: written out; relative: counted from the publication date, unknown value
                                 // where there is none
  bool weekday = false;          // a bare day of the week: before or after publication is for the status to say
};

// `published` may be unknown. `future`: a bare weekday or month lies after publication.
std::vector<TimeExpression> find_times(const Grammar& grammar, const Lexicon& lexicon, Date published, bool future);

// basis publication where the clause says nothing and the article has a date; unknown otherwise.
EventDate find_date(const Scene& scene, const Match& match, bool future, std::string& reason);
EventPlace find_place(const Scene& scene, const Match& match, std::string& reason);

}  // namespace casus::detail
