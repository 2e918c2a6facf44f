// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small steps on Arguments that both halves of Grammar take. Internal to the room.
#include <casus/event/grammar.h>

#include <algorithm>
#include <string>
#include <vector>

namespace casus::detail {

inline constexpr int kMaxClauses = 8;  // clauses that a subject may be inherited through

// `tail` reached by way of `head`.
inline Argument extend(Argument tail, const Argument& head) {
  tail.log_probability += head.log_probability;
  tail.arcs = static_cast<std::uint8_t>(std::min(255, tail.arcs + head.arcs));
  tail.inherited = tail.inherited || head.inherited;
  return tail;
}

inline std::vector<Argument> inherit(std::vector<Argument> arguments, const std::string& how) {
  for (Argument& a : arguments) {
    a.inherited = true;
    a.how = how;
  }
  return arguments;
}

}  // namespace casus::detail
