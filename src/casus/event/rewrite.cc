// SPDX-License-Identifier: Apache-2.0
// Both tables are in plover.toml: [rewrite] and [confidence]. Tests: code_test.cc.
#include <casus/event/rewrite.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace casus::detail {
namespace {

constexpr double kWorstArcs = -2.0;  // ln; below that a path is hopeless anyway
constexpr int kMostNeeds = 3;
constexpr int kShortPath = 2;  // arcs

class Score {
 public:
  explicit Score(const Plover& plover) : plover_(plover), sum_(plover.weight("base")) {}
  void add(const char* feature, double times = 1) {
    const double value = plover_.weight(feature) * times;
    if (value == 0) return;
    sum_ += value;
    char text[64];
    std::snprintf(text, sizeof text, "%s%s %+.2f", parts_.empty() ? "" : ", ", feature, value);
    parts_ += text;
  }
  double value() const { return 1.0 / (1.0 + std::exp(-sum_)); }
  const std::string& parts() const { return parts_; }

 private:
  const Plover& plover_;
  double sum_;
  std::string parts_;
};

void add_side(Score& score, const std::vector<Party>& side, const char* known, const char* described,
              const char* unknown) {
  if (side.empty()) return;
  const bool has_id = std::any_of(
      side.begin(), side.end(), [](const Party& p) { return !p.actor.id.empty() && !p.actor.id.starts_with("nil:"); });
  const bool has_code = std::any_of(side.begin(), side.end(), [](const Party& p) { return political(p.actor); });
  if (has_id)
    score.add(known);
  else if (has_code)
    score.add(described);
  else
    score.add(unknown);
}

}  // namespace

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

double confidence(const Plover& plover, const Match& match, const Event& event, bool headline, std::string& parts) {
  Score score(plover);
  score.add("frame_needs", std::min(kMostNeeds, match.met));
  if (match.frame->has(kWeak)) score.add("frame_weak");
  score.add(match.frame->pos == 'V' ? "verb" : "noun");
  const bool reciprocal = match.frame->has(kReciprocal) && match.actors.size() + match.recipients.size() >= 2;
  if (reciprocal || (!match.actors.empty() && !match.recipients.empty())) score.add("both_parties");
  if (match.actors.empty()) score.add("actor_missing");
  if (!reciprocal && match.recipients.empty() && !match.frame->has(kAlone)) score.add("recipient_missing");
  if (event.incomplete) score.add("required_missing");
  add_side(score, match.actors, "actor_known", "actor_described", "actor_unknown");
  add_side(score, match.recipients, "recipient_known", "recipient_described", "recipient_unknown");
  float arcs = 0;
  int steps = 0;
  bool coreferent = false, descended = false, inherited = false;
  for (const std::vector<Party>* side : {&match.actors, &match.recipients}) {
    for (const Party& p : *side) {
      arcs = std::min(arcs, p.log_probability);
      steps = std::max(steps, static_cast<int>(p.arcs));
      coreferent = coreferent || p.coreferent;
      descended = descended || p.descended;
      inherited = inherited || p.inherited;
    }
  }
  score.add("arcs", std::max(static_cast<double>(arcs), kWorstArcs));
  if (steps > kShortPath) score.add("long_path", steps - kShortPath);
  if (coreferent) score.add("coreference");
  if (descended) score.add("descended");
  if (inherited) score.add("inherited_subject");
  if (std::find(event.status.begin(), event.status.end(), Status::hypothetical) != event.status.end())
    score.add("hypothetical");
  const auto stateless = [](const std::vector<Party>& side) {
    return std::all_of(side.begin(), side.end(), [](const Party& p) { return p.actor.country.empty(); });
  };
  if (stateless(match.actors) && stateless(match.recipients)) score.add("no_country");
  if (headline) score.add("headline");
  if (match.merged) score.add("merged");
  parts = score.parts();
  return score.value();
}

}  // namespace casus::detail
