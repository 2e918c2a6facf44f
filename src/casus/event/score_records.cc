// SPDX-License-Identifier: Apache-2.0
// The rules of ../shared/tools/score_events.py, step by step in its order, so that the same events get the same
// figures. Tests: score_test.cc.
#include <casus/event/score.h>

#include <algorithm>
#include <set>

namespace casus {
namespace {

// Names of PLOVER 1 and a slip of one file, as the present ontology calls them.
std::string present_name(const std::string& type) {
  static const std::map<std::string, std::string> kOld = {{"DEMAND", "REQUEST"},
                                                          {"DISAPPROVE", "ACCUSE"},
                                                          {"INVESTIGATE", "ACCUSE"},
                                                          {"FIGHT", "ASSAULT"},
                                                          {"SACTION", "SANCTION"}};
  const auto found = kOld.find(type);
  return found == kOld.end() ? type : found->second;
}

bool symmetric(const std::string& type) {
  return type == "CONSULT" || type == "AGREE" || type == "COOPERATE" || type == "ASSAULT";
}

std::vector<Span> spans_of(const std::string& text, const std::vector<std::string>& phrases) {
  std::vector<Span> out;
  for (const std::string& phrase : phrases) {
    const std::size_t at = phrase.empty() ? std::string::npos : text.find(phrase);
    if (at != std::string::npos)
      out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + phrase.size())});
  }
  return out;
}

bool overlap(const std::vector<Actor>& actors, const std::vector<Span>& spans) {
  return std::any_of(actors.begin(), actors.end(), [&](const Actor& a) {
    return std::any_of(spans.begin(), spans.end(), [&](Span s) { return s.overlaps(a.span); });
  });
}

std::vector<Actor> both_sides(const Event& e) {
  std::vector<Actor> both = e.actors;
  both.insert(both.end(), e.recipients.begin(), e.recipients.end());
  return both;
}

double macro_f1(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::map<std::string, Tally> by_type;
  std::set<std::string> wanted;
  for (const auto& [gold, coded] : rows) {
    wanted.insert(gold);
    if (gold == coded) {
      ++by_type[gold].right;
    } else {
      ++by_type[gold].missed;
      if (!coded.empty()) ++by_type[coded].extra;
    }
  }
  double sum = 0;
  for (const std::string& type : wanted) sum += by_type[type].f1();
  return wanted.empty() ? 0 : sum / static_cast<double>(wanted.size());
}

}  // namespace

Classification classify(const std::vector<std::pair<std::string, std::string>>& rows) {
  double coded = 0, right = 0;
  for (const auto& [gold, given] : rows) {
    coded += given.empty() ? 0 : 1;
    right += gold == given ? 1 : 0;
  }
  const double n = std::max<double>(1, static_cast<double>(rows.size()));
  return {coded / n, right / std::max(1.0, coded), right / n, macro_f1(rows)};
}

std::string PairScorer::name(const std::string& type) const {
  const std::string present = present_name(type);
  return joined_yield_ && (present == "CONCEDE" || present == "RETREAT") ? "YIELD" : present;
}

void PairScorer::add_spans(const std::vector<Span>& sources, const std::vector<Span>& targets,
                           const std::vector<Judged>& coded) {
  struct Said {
    Span span;
    bool actor, either;
    auto operator<=>(const Said&) const = default;
  };
  std::set<Said> said;
  for (const Judged& c : coded) {
    for (const Actor& a : c.event->actors) said.insert({a.span, true, symmetric(c.label)});
    for (const Actor& a : c.event->recipients) said.insert({a.span, false, symmetric(c.label)});
  }
  const auto on = [](const Said& s, const std::vector<Span>& side, bool actor) {
    return (s.either || s.actor == actor) &&
           std::any_of(side.begin(), side.end(), [&](Span g) { return g.overlaps(s.span); });
  };
  for (const Said& s : said) {
    ++span_precision_.asked;
    span_precision_.right += on(s, sources, true) || on(s, targets, false) ? 1 : 0;
  }
  for (const bool actor : {true, false}) {
    for (const Span g : actor ? sources : targets) {
      ++span_recall_.asked;
      span_recall_.right +=
          std::any_of(said.begin(), said.end(), [&](const Said& s) { return on(s, {g}, actor); }) ? 1 : 0;
    }
  }
}

std::string PairScorer::add(const PairRecord& record, std::vector<Judged> coded) {
  std::stable_sort(coded.begin(), coded.end(),
                   [](const Judged& a, const Judged& b) { return a.event->confidence > b.event->confidence; });
  const std::vector<Span> sources = spans_of(record.text, record.sources);
  const std::vector<Span> targets = spans_of(record.text, record.targets);
  add_spans(sources, targets, coded);
  const Judged* hit = nullptr;
  for (const Judged& c : coded) {
    const Event& e = *c.event;
    const std::vector<Actor> both = both_sides(e);
    const bool either = symmetric(name(c.label)) && overlap(both, sources) && overlap(both, targets);
    const bool fits = targets.empty() ? overlap(e.actors, sources) || (sources.size() > 1 && overlap(both, sources))
                                      : (overlap(e.actors, sources) && overlap(e.recipients, targets)) || either;
    if (!fits)
      ++extra_;
    else if (hit == nullptr)
      hit = &c;
  }
  const std::string wanted = name(record.type);
  pair_.emplace_back(wanted, hit == nullptr ? "" : name(hit->label));
  any_.emplace_back(wanted, coded.empty() ? "" : name(coded[0].label));
  if (pair_.back().second == wanted) return "";
  return "want " + wanted + ", got " + (hit == nullptr ? "no event on the pair" : pair_.back().second);
}

std::string EventsScorer::add(const EventsRecord& record, std::vector<Judged> given) {
  ++records;
  coded += static_cast<std::uint32_t>(given.size());
  std::string notes;
  for (const RecordEvent& want : record.events) {
    ++wanted;
    const std::string type = present_name(want.type);
    const std::vector<Span> trigger = spans_of(record.text, {want.trigger});
    const std::vector<Span> source = spans_of(record.text, {want.source});
    std::size_t best = given.size();
    int best_worth = -1;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const bool on_trigger = !trigger.empty() && trigger[0].overlaps(given[i].event->trigger);
      const bool on_source = overlap(given[i].event->actors, source);
      const int worth = (present_name(given[i].label) == type ? 2 : 0) + (on_trigger ? 1 : 0) + (on_source ? 1 : 0);
      if ((on_trigger || on_source) && worth > best_worth) best = i, best_worth = worth;
    }
    if (best == given.size()) {
      notes += "want " + type + ", got nothing; ";
      continue;
    }
    ++found;
    if (present_name(given[best].label) == type)
      ++right;
    else
      notes += "want " + type + ", got " + given[best].label + "; ";
    given.erase(given.begin() + static_cast<std::ptrdiff_t>(best));
  }
  for (const Judged& extra : given) notes += "extra " + extra.label + "; ";
  return notes;
}

}  // namespace casus
