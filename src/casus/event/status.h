// SPDX-License-Identifier: Apache-2.0
#pragma once
// Did it happen: negation, future, hypothesis, read from the words around the trigger and around what carries it.
// Internal to the room.
#include <casus/event/match.h>

#include <string>
#include <vector>

namespace casus::detail {

struct StatusCueFound {
  Status status = Status::hypothetical;
  bool announced = false;  // whoever does it says so himself
  bool backshift = false;  // the future where somebody is reported to have said it
  std::uint32_t cue = 0;   // token
  std::string file_line;   // of the cue table; empty for the purpose clause, which is grammar
  std::string words;
};

// In order of discovery, nearest first; several may hold.
std::vector<StatusCueFound> find_status(const Scene& scene, const Match& match);

}  // namespace casus::detail
