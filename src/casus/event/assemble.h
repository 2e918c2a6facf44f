// SPDX-License-Identifier: Apache-2.0
#pragma once
// A match becomes an Event: status, attribution, date, place, mode, contexts, codes, confidence, the why-list and the
// id. Internal to the room.
#include <casus/event/attribution.h>
#include <casus/event/match.h>
#include <casus/event/ontology.h>

namespace casus::detail {

Event assemble(const Scene& scene, const Attributor& attributor, const Match& match, std::string_view ontology_version);

}  // namespace casus::detail
