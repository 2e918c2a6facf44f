// SPDX-License-Identifier: Apache-2.0
#include "parts.h"

#include "../headline.h"
#include "../http.h"
#include "../marks.h"
#include "../words.h"

namespace casus::detail {
namespace {

// Spans of an event count bytes of the article; in a list only the sentence is at hand.
std::vector<Mark> marks_in_quote(const Event& event, std::string_view quote) {
  std::vector<Mark> inside;
  const Span whole{event.evidence.start, event.evidence.start + static_cast<std::uint32_t>(quote.size())};
  for (Mark& mark : role_marks(event)) {
    if (!whole.contains(mark.span)) continue;
    mark.span = {mark.span.start - whole.start, mark.span.end - whole.start};
    inside.push_back(std::move(mark));
  }
  return inside;
}

void write_quote(Html& html, const EventRow& row) {
  const auto quote = html.in("blockquote", {{"dir", "auto"}});
  const Span all{0, static_cast<std::uint32_t>(row.quote.size())};
  write_roles(html, row.quote, all, marks_in_quote(row.event, row.quote), false);
}

void write_source(Html& html, const EventRow& row) {
  const auto p = html.in("p", {{"class", "source"}});
  {
    const auto cite = html.in("span", {{"class", "outlet"}});
    html.leaf("bdi", row.site.empty() ? "outlet not known" : row.site);
  }
  html.text(" ");
  if (!row.title.empty()) {
    const auto title = html.in("a", {Link::local(article_path(row.article)), {"class", "title"}});
    html.leaf("bdi", row.title);
    html.text(" ");
  }
  if (!row.published.empty()) {
    html.leaf("time", {{"datetime", row.published}}, format_day(row.published));
    html.text(" ");
  }
  html.leaf("a", {Link::local(event_path(row.event.id)), {"class", "why"}}, "Why is this here?");
}

}  // namespace

std::string event_path(std::string_view id) {
  return "/event/" + percent_encode(id);
}
std::string article_path(std::string_view id) {
  return "/article/" + percent_encode(id);
}
std::string evidence_path(std::string_view article, std::string_view event) {
  return article_path(article) + "#event-" + percent_encode(event);
}

void write_chip(Html& html, const Event& event) {
  const auto chip = html.in(
      "span", {{"class", "chip " + quad_class(event.quad)}, {"title", label("quad", std::to_string(event.quad))}});
  html.leaf("span", {{"class", "glyph"}, {"aria-hidden", "true"}}, quad_glyph(event.quad));
  html.text(" " + event.type + " ");
  if (!event.mode.empty()) html.leaf("span", {{"class", "mode"}}, event.mode);
}

void write_badges(Html& html, const Event& event) {
  for (const Badge& badge : badges(event)) {
    html.leaf("span", {{"class", "badge b-" + badge.key}}, badge.text);
    html.text(" ");
  }
}

void write_sentence(Html& html, const Event& event) {
  const Headline said = headline(event);
  html.leaf("bdi", {{"class", event.actors.empty() ? "party unnamed" : "party"}}, said.who);
  html.text(" ");
  html.leaf("span", {{"class", "deed"}}, said.verb + (said.whom.empty() || said.link.empty() ? "" : " " + said.link));
  if (said.whom.empty()) return;
  html.text(" ");
  html.leaf("bdi", {{"class", "party"}}, said.whom);
}

void write_according(Html& html, const Event& event, std::string_view site, bool with_why) {
  const auto p = html.in("p", {{"class", "according"}});
  const Headline said = headline(event);
  if (!said.according_to.empty()) {
    html.text("according to ");
    html.leaf("bdi", {{"class", "speaker"}}, said.according_to);
  } else {
    html.text("reported by ");
    html.leaf("bdi", {{"class", "speaker"}}, site.empty() ? "the article itself" : site);
  }
  html.text(" · ");
  html.leaf("span",
            {{"class", "date d-" + std::string(to_string(event.date.basis))},
             {"title", label("basis", to_string(event.date.basis))}},
            when(event.date));
  if (event.date.value && event.date.basis == Basis::publication) {
    html.leaf("span", {{"class", "basis"}}, " (publication date)");
  }
  if (event.place.basis != Basis::unknown && !event.place.place.name.empty()) {
    html.text(" · ");
    html.leaf("bdi", {{"class", "place"}}, event.place.place.name);
    if (event.place.basis == Basis::inherited)
      html.leaf("span", {{"class", "basis"}}, " (from the rest of the article)");
  }
  if (!with_why) return;
  html.text(" · ");
  html.leaf("a", {Link::local(event_path(event.id)), {"class", "why"}}, "Why?");
}

void write_card(Html& html, const EventRow& row) {
  const Event& event = row.event;
  const auto card = html.in(
      "article",
      {{"class", "event " + quad_class(event.quad)}, {"id", "event-" + event.id}, {"data-why", event_path(event.id)}});
  {
    const auto kicker = html.in("div", {{"class", "kicker"}});
    write_chip(html, event);
    write_badges(html, event);
    html.leaf("span",
              {{"class", "sure"},
               {"title", "how sure the reader is that the sentence says this, from 0 to 1; not yet a probability"}},
              "score " + format_score(event.confidence));
  }
  {
    const auto heading = html.in("h3");
    const auto link = html.in("a", {Link::local(evidence_path(row.article, event.id)), {"class", "evidence"}});
    write_sentence(html, event);
  }
  write_according(html, event, row.site);
  write_quote(html, row);
  write_source(html, row);
}

void write_outside(Html& html, std::string_view url, std::string_view text) {
  if (const auto link = Link::outside(url)) {
    html.leaf("a", {*link, {"class", "outside"}, {"dir", "auto"}}, text);
  } else {
    html.leaf("bdi", text);
  }
}

void write_pair(Html& html, std::string_view label, std::string_view value) {
  html.leaf("dt", label);
  html.leaf("dd", {{"dir", "auto"}}, value);
}

}  // namespace casus::detail
