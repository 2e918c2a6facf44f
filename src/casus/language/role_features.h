// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a role is told by: the tokens that may be arguments of a predicate, and the features of each. Private to this
// room; training reads the same features from casus_language_log.
#include <casus/language/tree.h>

#include <string>
#include <vector>

namespace casus::detail {

struct RoleCandidate {
  std::uint32_t token = 0;
  std::string path;          // relations from the predicate up ('^') and down ('v') to the token
  std::uint32_t length = 0;  // of the path
};

// Children of the predicate and of its ancestors, and those ancestors: nearly every argument's head is one.
std::vector<RoleCandidate> role_candidates(const Tree& tree, std::uint32_t predicate);

// Appends the hashes of the features of a candidate.
void role_features(const Tree& tree, std::uint32_t predicate, const RoleCandidate& candidate,
                   std::vector<std::uint32_t>& out);

}  // namespace casus::detail
