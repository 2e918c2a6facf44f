// SPDX-License-Identifier: Apache-2.0
#pragma once
// From what the text says to what PLOVER calls it, and how far to believe it. Internal to the room.
#include <casus/event/plover.h>
#include <casus/event/status.h>

#include <string>
#include <vector>

namespace casus::detail {

// Applies the first rule of the ontology that fits: type, mode, status, `was` and `rule` of the event. `announced`: the
// actor itself says so.
void rewrite(const Plover& plover, bool announced, Event& event);

// The features of one match, summed and squashed; `parts` lists each for people.
double confidence(const Plover& plover, const Match& match, const Event& event, bool headline, std::string& parts);

}  // namespace casus::detail
