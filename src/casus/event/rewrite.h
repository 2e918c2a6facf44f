// SPDX-License-Identifier: Apache-2.0
#pragma once
// From what the text says to what PLOVER calls it. Internal to the room.
#include <casus/event/plover.h>
#include <casus/event/status.h>

#include <string>
#include <vector>

namespace casus::detail {

// Applies the first rule of the ontology that fits: type, mode, status, `was` and `rule` of the event. `announced`: the
// actor itself says so.
void rewrite(const Plover& plover, bool announced, Event& event);

}  // namespace casus::detail
