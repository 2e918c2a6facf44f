// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far to believe a row: features of a match, weighted by [confidence] of plover.toml and squashed to [0, 1]. The
// weights are learnt by training/confidence.py from the training half of the examples. Internal to the room.
#include <casus/event/event.h>
#include <casus/event/match.h>

#include <string>
#include <utility>
#include <vector>

namespace casus::detail {

// Names and values, in a fixed order; a value of 0 is left out. Linear in the parties.
std::vector<std::pair<std::string, double>> confidence_features(const Scene& scene, const Match& match,
                                                                const Event& event);

// `parts` lists for people what spoke for the row and what against it.
double confidence(const Scene& scene, const Match& match, const Event& event, std::string& parts);

}  // namespace casus::detail
