// SPDX-License-Identifier: Apache-2.0
// A sweep over the borders of all marks keeps the set of marks that are open. Tests: marks_test.cc.
#include "marks.h"

#include <algorithm>
#include <set>

#include "words.h"

namespace casus::detail {
namespace {

bool inside_character(std::string_view text, std::uint32_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

struct Border {
  std::uint32_t at;
  bool opens;
  std::size_t mark;
};

void write_label(Html& html, std::string_view key, std::set<std::string_view>& said) {
  if (!said.insert(key).second) return;
  html.leaf("small", {{"class", "role-name r-" + std::string(key)}}, label("role", key));
}

}  // namespace

Span whole_characters(std::string_view text, Span span) {
  const auto size = static_cast<std::uint32_t>(text.size());
  span.end = std::min(span.end, size);
  span.start = std::min(span.start, span.end);
  // A UTF-8 character has at most three bytes after its first.
  for (int i = 0; i < 3 && span.start > 0 && inside_character(text, span.start); ++i) --span.start;
  for (int i = 0; i < 3 && inside_character(text, span.end); ++i) ++span.end;
  return span;
}

std::vector<Run> cut(std::string_view text, Span within, const std::vector<Mark>& marks) {
  within = whole_characters(text, within);
  std::vector<Border> borders;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    Span span = whole_characters(text, marks[i].span);
    span.start = std::max(span.start, within.start);
    span.end = std::min(span.end, within.end);
    if (span.empty()) continue;
    borders.push_back({span.start, true, i});
    borders.push_back({span.end, false, i});
  }
  std::sort(borders.begin(), borders.end(), [](const Border& a, const Border& b) { return a.at < b.at; });
  std::vector<Run> runs;
  std::set<std::size_t> open;
  std::uint32_t at = within.start;
  for (std::size_t next = 0; next <= borders.size(); ++next) {
    const std::uint32_t border = next < borders.size() ? borders[next].at : within.end;
    if (border > at) runs.push_back({{at, border}, {open.begin(), open.end()}});
    at = border;
    if (next == borders.size()) break;
    if (borders[next].opens) {
      open.insert(borders[next].mark);
    } else {
      open.erase(borders[next].mark);
    }
  }
  return runs;
}

std::vector<Mark> role_marks(const Event& event) {
  std::vector<Mark> marks;
  const auto add = [&marks](Span span, std::string_view key) {
    if (!span.empty()) marks.push_back({span, std::string(key)});
  };
  for (const Actor& actor : event.actors) add(actor.span, "actor");
  for (const Actor& recipient : event.recipients) add(recipient.span, "recipient");
  add(event.trigger, "trigger");
  for (const Attribution& link : event.attribution) {
    add(link.speaker.span, "speaker");
    add(link.cue, "cue");
  }
  add(event.date.span, "date");
  add(event.place.place.span, "place");
  return marks;
}

void write_roles(Html& html, std::string_view text, Span within, const std::vector<Mark>& marks, bool labels) {
  for (const Run& run : cut(text, within, marks)) {
    if (run.marks.empty()) {
      html.text(run.span.of(text));
      continue;
    }
    std::string classes = "role";
    for (const std::size_t mark : run.marks) classes += " r-" + marks[mark].key;
    html.leaf("span", {{"class", classes}}, run.span.of(text));
    if (!labels) continue;
    std::set<std::string_view> said;
    for (const std::size_t mark : run.marks) {
      const bool last = whole_characters(text, marks[mark].span).end == run.span.end || run.span.end == within.end;
      if (last) write_label(html, marks[mark].key, said);
    }
  }
}

}  // namespace casus::detail
