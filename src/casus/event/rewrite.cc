// SPDX-License-Identifier: Apache-2.0
// The table is [rewrite] of plover.toml. Tests: code_test.cc.
#include <casus/event/rewrite.h>

#include <algorithm>

namespace casus::detail {
void rewrite(const Plover& plover, bool announced, Event& event) {
  for (const Rewrite& rule : plover.rewrites) {
    if (std::find(rule.from.begin(), rule.from.end(), event.type) == rule.from.end()) continue;
    if (rule.by_actor && !announced) continue;
    if (std::find(event.status.begin(), event.status.end(), Status::negation) != event.status.end()) continue;
    const auto fires = [&](Status s) {
      return std::find(rule.when.begin(), rule.when.end(), to_string(s)) != rule.when.end();
    };
    if (!std::any_of(event.status.begin(), event.status.end(), fires)) continue;
    if (rule.to != event.type) event.was = event.type;
    event.rule = rule.name;
    if (!rule.modes.empty()) {
      auto mode = rule.modes.find(event.mode);
      if (mode == rule.modes.end()) mode = rule.modes.find("else");
      event.mode = mode == rule.modes.end() ? "" : mode->second;
    } else if (plover.mode(rule.to, event.mode) == nullptr) {
      event.mode.clear();
    }
    event.type = rule.to;
    if (!rule.keep) std::erase_if(event.status, fires);
    return;
  }
}

}  // namespace casus::detail
