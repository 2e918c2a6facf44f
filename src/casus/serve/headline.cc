// SPDX-License-Identifier: Apache-2.0
// Tests: headline_test.cc.
#include "headline.h"

#include <algorithm>

#include "words.h"

namespace casus::detail {
namespace {

bool has(const Event& event, Status status) {
  return std::find(event.status.begin(), event.status.end(), status) != event.status.end();
}

// A party that the knowledge does not list is best called what the text calls it: "a delegation", where its name is
// "delegation".
const std::string& called(const Actor& party) {
  constexpr std::size_t kLongest = 80;  // bytes; a longer phrase reads worse than its head
  const bool unlisted = party.id.starts_with("nil:") && !party.text.empty() && party.text.size() <= kLongest;
  return unlisted ? party.text : party.name;
}

std::string join(const std::vector<Actor>& parties) {
  std::string out;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (i > 0) out += i + 1 == parties.size() ? " and " : ", ";
    out += called(parties[i]);
  }
  return out;
}

std::string at_start(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string say(const Event& event, const Phrase& phrase) {
  const bool never = has(event, Status::negation);
  std::string_view helper;
  if (has(event, Status::hypothetical)) {
    helper = never ? "might not" : "might";
  } else if (has(event, Status::future)) {
    helper = never ? "will not" : "will";
  } else if (never) {
    helper = "did not";
  } else {
    return std::string(phrase.past);
  }
  return std::string(helper) + " " + std::string(phrase.base);
}

}  // namespace

std::string Headline::sentence() const {
  std::string out = who + " " + verb;
  if (whom.empty()) return out;
  if (!link.empty()) out += " " + link;
  return out + " " + whom;
}

Headline headline(const Event& event) {
  std::string spare;
  const Phrase words = phrase(event.type, event.mode, spare);
  Headline out;
  out.who = event.actors.empty() ? "Somebody not named" : at_start(join(event.actors));
  out.verb = say(event, words);
  out.link = words.link;
  out.whom = join(event.recipients);
  for (std::size_t i = 0; i < event.attribution.size(); ++i) {
    if (i > 0) out.according_to += ", citing ";
    const Actor& speaker = event.attribution[i].speaker;
    out.according_to += called(speaker).empty() ? "somebody not named" : called(speaker);
  }
  return out;
}

std::vector<Badge> badges(const Event& event) {
  std::vector<Badge> out;
  for (const Status status : event.status) {
    const std::string key(to_string(status));
    out.push_back({key, std::string(label("status", key))});
  }
  // The innermost speaker is the one whose words they are.
  if (!event.attribution.empty()) {
    const std::string stance(to_string(event.attribution.back().stance));
    if (has_label("badge", stance)) out.push_back({stance, std::string(label("badge", stance))});
    if (event.attribution.back().direct_quote) out.push_back({"quote", std::string(label("badge", "quote"))});
  }
  if (event.incomplete) out.push_back({"incomplete", std::string(label("badge", "incomplete"))});
  return out;
}

std::string when(const EventDate& date) {
  const std::string first = format_date(date.value);
  if (first.empty()) return "date not known";
  if (!date.end || date.end == date.value) return first;
  return first + " – " + format_date(date.end);
}

std::string_view quad_glyph(int quad) {
  switch (quad) {
    case 1:
      return "◇";
    case 2:
      return "◆";
    case 3:
      return "△";
    case 4:
      return "▲";
    default:
      return "○";
  }
}

std::string quad_class(int quad) {
  return "q" + std::to_string(quad >= 1 && quad <= 4 ? quad : 0);
}

std::string citation(const Event& event, const CitedReport& report) {
  const Headline said = headline(event);
  std::string out = said.sentence();
  out += said.according_to.empty() ? "" : ", according to " + said.according_to;
  out += " (" + event.type + ", " + when(event.date) + "): “" + std::string(report.quote) + "”";
  if (!report.title.empty()) out += " — “" + std::string(report.title) + "”";
  if (!report.site.empty()) out += ", " + std::string(report.site);
  if (!report.published.empty()) out += ", " + format_day(report.published);
  if (!report.url.empty()) out += ". " + std::string(report.url);
  return out + ". casus event " + event.id + ", revision " + std::string(report.revision) + ".";
}

}  // namespace casus::detail
