// SPDX-License-Identifier: Apache-2.0
// A logistic model: what it says can be read in the why of every event, feature by feature. Tests: code_test.cc.
#include <casus/event/confidence.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace casus::detail {
namespace {

constexpr double kWorstArcs = -2.0;  // ln; below that a path is hopeless anyway
constexpr int kMostNeeds = 3;
constexpr int kShortPath = 2;           // arcs
constexpr double kLongSentence = 20.0;  // words
constexpr double kLongestSentence = 3;  // times that

using Features = std::vector<std::pair<std::string, double>>;

class Listing {
 public:
  Features out;
  void add(std::string name, double value) {
    if (value != 0) out.emplace_back(std::move(name), value);
  }
  void flag(std::string name, bool holds) { add(std::move(name), holds ? 1 : 0); }
};

// How well the knowledge knows one side.
void add_side(Listing& list, const std::vector<Party>& side, const std::string& name) {
  if (side.empty()) return;
  const auto any = [&](auto holds) { return std::any_of(side.begin(), side.end(), holds); };
  const bool known = any([](const Party& p) { return !p.actor.id.empty() && !p.actor.id.starts_with("nil:"); });
  const bool coded = any([](const Party& p) { return political(p.actor); });
  list.flag(name + (known ? "_known" : coded ? "_described" : "_unknown"), true);
  list.flag(name + "_person", any([](const Party& p) { return p.actor.kind == EntityKind::person; }));
  list.flag(name + "_place", any([](const Party& p) { return p.actor.kind == EntityKind::place; }));
  list.flag(name + "_stateless",
            std::all_of(side.begin(), side.end(), [](const Party& p) { return p.actor.country.empty(); }));
}

// How the parties were found.
void add_paths(Listing& list, const Match& match) {
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
  list.add("arcs", std::max(static_cast<double>(arcs), kWorstArcs));
  list.add("long_path", std::max(0, steps - kShortPath));
  list.flag("coreference", coreferent);
  list.flag("descended", descended);
  list.flag("inherited_subject", inherited);
}

void add_sentence(Listing& list, const Scene& scene, const Match& match) {
  const View& view = scene.view(match.sentence);
  const Token& trigger = view.tree[match.trigger];
  list.flag("headline", view.sentence->headline);
  list.add("long_sentence", std::min(kLongestSentence, view.tree.size() / kLongSentence));
  list.flag("root", view.tree.head(match.trigger) < 0);
  list.flag("relative_clause", trigger.deprel == "acl:relcl" || trigger.deprel == "acl");
  list.flag("adverbial_clause", trigger.deprel == "advcl");
  if (trigger.head_probability > 0)
    list.add("trigger_arc", std::max(kWorstArcs, std::log(static_cast<double>(trigger.head_probability))));
}

}  // namespace

Features confidence_features(const Scene& scene, const Match& match, const Event& event) {
  Listing list;
  const FrameSpec& frame = *match.frame;
  list.add("frame_needs", std::min(kMostNeeds, match.met));
  list.flag("frame_weak", frame.has(kWeak));
  list.flag(frame.pos == 'V' ? "verb" : "noun", true);
  list.flag("type_" + frame.type, true);
  list.flag("reciprocal", frame.has(kReciprocal));
  const bool two = frame.has(kReciprocal) && match.actors.size() + match.recipients.size() >= 2;
  list.flag("both_parties", two || (!match.actors.empty() && !match.recipients.empty()));
  list.flag("actor_missing", match.actors.empty());
  list.flag("recipient_missing", !two && match.recipients.empty() && !frame.has(kAlone));
  list.flag("required_missing", event.incomplete);
  add_side(list, match.actors, "actor");
  add_side(list, match.recipients, "recipient");
  add_paths(list, match);
  const auto has = [&](Status s) {
    return std::find(event.status.begin(), event.status.end(), s) != event.status.end();
  };
  list.flag("hypothetical", has(Status::hypothetical));
  list.flag("negation", has(Status::negation));
  list.flag("rewritten", !event.rule.empty());
  list.flag("attributed", !event.attribution.empty());
  add_sentence(list, scene, match);
  list.flag("merged", match.merged);
  list.add("politics", scene.politics());
  return std::move(list.out);
}

double confidence(const Scene& scene, const Match& match, const Event& event, std::string& parts) {
  const Plover& plover = scene.ontology().plover;
  double sum = plover.weight("base");
  parts = "base";
  for (const auto& [name, value] : confidence_features(scene, match, event)) {
    const double weight = plover.weight(name);
    if (weight == 0) continue;
    sum += weight * value;
    char text[96];
    std::snprintf(text, sizeof text, ", %.40s %+.2f", name.c_str(), weight * value);
    parts += text;
  }
  return 1.0 / (1.0 + std::exp(-sum));
}

}  // namespace casus::detail
