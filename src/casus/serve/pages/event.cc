// SPDX-License-Identifier: Apache-2.0
// One event and why it is in the record: its sentence with every role underlined, each field with its characters and
// where its facts come from, and the steps that led to it.
#include <casus/base/utf8.h>
#include <casus/record/json.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "../headline.h"
#include "../marks.h"
#include "../words.h"
#include "pages.h"
#include "parts.h"

namespace casus::detail {
namespace {

struct Shown {
  const EventRow& row;
  const Event& event;
  const Article* article;  // nullptr: the text at hand is another revision, so spans cannot be shown
  std::optional<CodePointIndex> index;

  std::string_view words(Span span) const {
    return article ? whole_characters(article->text, span).of(article->text) : std::string_view{};
  }
};

std::string format_score(double score) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", score < 0 ? -score : score);
  return (score < 0 ? "−" : score > 0 ? "+" : "") + std::string(text);
}

// “the Venezuelan army” characters 102–121
void write_words(Html& html, const Shown& shown, Span span, std::string_view role) {
  if (span.empty() || !shown.article) return;
  const auto p = html.in("p", {{"class", "words"}});
  html.leaf("q", {{"class", "role r-" + std::string(role)}, {"dir", "auto"}}, shown.words(span));
  const CodePointSpan points = shown.index->code_points(span);
  html.leaf("span", {{"class", "bytes"}},
            "characters " + std::to_string(points.start) + "–" + std::to_string(points.end));
}

void write_role(Html& html, const Role& role) {
  const auto p = html.in("p", {{"class", "fact"}});
  std::string text = role.title.empty() ? role.office : role.title;
  if (role.from) text += ", from " + format_date(role.from);
  if (role.to) text += " to " + format_date(role.to);
  html.leaf("bdi", text);
  if (!role.sectors.empty()) html.text(" (" + std::string(label("sector", role.sectors.front())) + ")");
  if (role.as_of) html.text(", as of " + format_date(role.as_of));
  if (!role.source.empty()) html.leaf("span", {{"class", "source-id"}}, role.source);
  if (role.unverified) html.leaf("span", {{"class", "badge b-unverified"}}, "not checked after that date");
}

void write_candidates(Html& html, const std::vector<Candidate>& candidates) {
  if (candidates.size() < 2) return;
  const auto details = html.in("details", {{"class", "candidates"}});
  html.leaf("summary", format_count(candidates.size()) + " readings were weighed");
  const auto scroll =
      html.in("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", "Candidates"}});
  const auto table = html.in("table");
  {
    const auto head = html.in("thead");
    const auto row = html.in("tr");
    for (const std::string_view title : {"Name", "Kind", "Country", "Read as", "Weight", "Source"})
      html.leaf("th", {{"scope", "col"}}, title);
  }
  const auto body = html.in("tbody");
  for (const Candidate& candidate : candidates) {
    const auto row = html.in("tr");
    {
      const auto cell = html.in("th", {{"scope", "row"}});
      html.leaf("bdi", candidate.name);
      html.leaf("span", {{"class", "bytes"}}, candidate.entity);
    }
    html.leaf("td", to_string(candidate.kind));
    html.leaf("td", country_name(candidate.country));
    html.leaf("td", candidate.sense);
    html.leaf("td", {{"class", "count"}}, format_score(static_cast<double>(candidate.score)));
    html.leaf("td", candidate.source);
  }
}

void write_actor(Html& html, const Shown& shown, const Actor& actor, std::string_view role) {
  const auto block = html.in("div", {{"class", "entity"}});
  {
    const auto p = html.in("p", {{"class", "entity-name"}});
    html.leaf("bdi", actor.name.empty() ? actor.text : actor.name);
    std::string facts = country_name(actor.country);
    for (const std::string& sector : actor.sectors)
      facts += (facts.empty() ? "" : " · ") + std::string(label("sector", sector));
    if (!facts.empty()) html.leaf("span", {{"class", "facts"}}, facts);
  }
  write_words(html, shown, actor.span, role);
  if (actor.role) write_role(html, *actor.role);
  if (!actor.reason.empty()) html.leaf("p", {{"class", "reason-text"}}, actor.reason);
  {
    const auto p = html.in("p", {{"class", "bytes"}});
    html.text(actor.id);
    if (!actor.source.empty()) html.text(" · " + actor.source);
  }
  write_candidates(html, actor.candidates);
}

class FieldScope {
 public:
  FieldScope(Html& html, std::string_view role, std::string_view title) : html_(html) {
    html_.open("section", {{"class", "field-of f-" + std::string(role)}});
    html_.leaf("h2", title);
    html_.open("div");
  }
  FieldScope(const FieldScope&) = delete;
  FieldScope& operator=(const FieldScope&) = delete;
  ~FieldScope() {
    html_.close("div");
    html_.close("section");
  }

 private:
  Html& html_;
};

void write_parties(Html& html, const Shown& shown, const std::vector<Actor>& parties, std::string_view role,
                   std::string_view title, std::string_view nobody) {
  const FieldScope field(html, role, title);
  if (parties.empty()) html.leaf("p", {{"class", "none"}}, nobody);
  for (const Actor& party : parties) write_actor(html, shown, party, role);
}

void write_what(Html& html, const Shown& shown) {
  const Event& event = shown.event;
  const FieldScope field(html, "trigger", "What");
  {
    const auto p = html.in("p", {{"class", "entity-name"}});
    write_chip(html, event);
    html.leaf("span", {{"class", "facts"}}, label("quad", std::to_string(event.quad)));
  }
  write_words(html, shown, event.trigger, "trigger");
  std::string facts = "score " + format_score(event.score);
  if (!event.cameo.empty()) facts += " · CAMEO " + event.cameo;
  for (const std::string& context : event.contexts) facts += " · " + context;
  html.leaf("p", {{"class", "reason-text"}}, facts);
  if (!event.was.empty()) {
    html.leaf("p", {{"class", "reason-text"}},
              "First read as " + event.was + "; changed by the rule “" + event.rule + "”.");
  }
}

void write_when(Html& html, const Shown& shown) {
  const EventDate& date = shown.event.date;
  const FieldScope field(html, "date", "When");
  html.leaf("p", {{"class", "entity-name"}}, when(date));
  write_words(html, shown, date.span, "date");
  if (date.value) html.leaf("p", {{"class", "reason-text"}}, label("basis", to_string(date.basis)));
}

void write_where(Html& html, const Shown& shown) {
  const EventPlace& place = shown.event.place;
  const FieldScope field(html, "place", "Where");
  if (place.basis == Basis::unknown || place.place.name.empty()) {
    html.leaf("p", {{"class", "none"}}, "The text does not say.");
    return;
  }
  {
    const auto p = html.in("p", {{"class", "entity-name"}});
    html.leaf("bdi", place.place.name);
    html.leaf("span", {{"class", "facts"}}, country_name(place.place.country));
  }
  write_words(html, shown, place.place.span, "place");
  std::string facts(label("basis", to_string(place.basis)));
  facts += " · " + std::string(label("precision", to_string(place.place.precision)));
  html.leaf("p", {{"class", "reason-text"}}, facts);
  const bool spot = place.place.precision == PlacePrecision::point || place.place.precision == PlacePrecision::city;
  if (place.place.located && spot) {
    char text[64];
    std::snprintf(text, sizeof text, "%.4f, %.4f", place.place.lat, place.place.lon);
    html.leaf("p", {{"class", "bytes"}}, text);
  }
  if (!place.place.reason.empty()) html.leaf("p", {{"class", "reason-text"}}, place.place.reason);
  html.leaf("p", {{"class", "bytes"}}, place.place.id + (place.place.source.empty() ? "" : " · " + place.place.source));
  write_candidates(html, place.place.candidates);
}

void write_speakers(Html& html, const Shown& shown) {
  const FieldScope field(html, "speaker", "According to");
  if (shown.event.attribution.empty()) {
    const auto p = html.in("p", {{"class", "entity-name"}});
    html.leaf("bdi", shown.row.site.empty() ? "the article itself" : shown.row.site);
    html.leaf("span", {{"class", "facts"}}, "the outlet reports it in its own words");
    return;
  }
  for (std::size_t i = 0; i < shown.event.attribution.size(); ++i) {
    const Attribution& link = shown.event.attribution[i];
    std::string how = i == 0 ? "" : "who in turn is said to say so: ";
    how += std::string(label("stance", to_string(link.stance))) + (link.verb.empty() ? "" : " (“" + link.verb + "”)");
    if (link.direct_quote) how += ", in direct speech";
    html.leaf("p", {{"class", "stance"}}, how);
    write_actor(html, shown, link.speaker, "speaker");
    write_words(html, shown, link.cue, "cue");
  }
}

void write_sureness(Html& html, const Event& event) {
  const FieldScope field(html, "sure", "How sure");
  {
    const auto p = html.in("p", {{"class", "entity-name"}});
    html.text(format_score(event.confidence));
    html.leaf("span", {{"class", "facts"}}, "of 1: a score for sorting, not yet a probability");
  }
  if (event.status.empty()) html.leaf("p", {{"class", "reason-text"}}, "Reported as having happened or going on.");
  for (const Status status : event.status) {
    html.leaf("p", {{"class", "reason-text"}},
              "The text marks it as " + std::string(label("status", to_string(status))) + ".");
  }
}

void write_why(Html& html, const Shown& shown) {
  const auto section = html.in("section", {{"class", "why-chain"}, {"id", "why"}});
  html.leaf("h2", "Why it is here, step by step");
  if (shown.event.why.empty()) html.leaf("p", {{"class", "none"}}, "No steps were kept for this event.");
  const auto steps = html.in("ol");
  for (const WhyStep& step : shown.event.why) {
    const auto item = html.in("li", {{"class", "step"}});
    html.leaf("h3", label("step", step.step));
    html.leaf("p", {{"dir", "auto"}}, step.detail);
    write_words(html, shown, step.span, "step");
  }
}

// The sentence large, what stands around it in its paragraph dimmed.
void write_evidence(Html& html, const Shown& shown) {
  const auto figure = html.in("figure", {{"class", "evidence " + quad_class(shown.event.quad)}});
  {
    const auto quote = html.in("blockquote", {{"dir", "auto"}});
    if (!shown.article) {
      html.text(shown.row.quote);
    } else {
      const std::string& text = shown.article->text;
      const Span evidence = whole_characters(text, shown.event.evidence);
      Span around = evidence;
      for (const Paragraph& paragraph : shown.article->paragraphs) {
        if (paragraph.span.overlaps(evidence)) around = around.cover(whole_characters(text, paragraph.span));
      }
      html.leaf("span", {{"class", "around"}}, Span{around.start, evidence.start}.of(text));
      {
        const auto sentence = html.in("span", {{"class", "sentence"}, {"id", "sentence"}});
        write_roles(html, text, evidence, role_marks(shown.event), true);
      }
      html.leaf("span", {{"class", "around"}}, Span{evidence.end, around.end}.of(text));
    }
  }
  const auto caption = html.in("figcaption");
  const auto link = html.in("a", {Link::local(evidence_path(shown.row.article, shown.event.id))});
  html.leaf("bdi", shown.row.title.empty() ? "The article" : shown.row.title);
  if (!shown.row.site.empty()) {
    html.text(" — ");
    html.leaf("bdi", shown.row.site);
  }
  if (!shown.row.published.empty()) html.text(", " + format_day(shown.row.published));
}

void write_links(Html& html, const Shown& shown) {
  const auto section = html.in("section", {{"class", "cite"}});
  html.leaf("h2", "Cite it");
  html.leaf("p", {{"class", "citation"}, {"id", "citation"}, {"dir", "auto"}},
            citation(shown.event, {shown.row.quote, shown.row.title, shown.row.site, shown.row.published, shown.row.url,
                                   shown.row.revision}));
  const auto p = html.in("p", {{"class", "links"}});
  html.leaf("a", {Link::local(event_path(shown.event.id)), {"rel", "bookmark"}}, "Permanent link");
  html.leaf("a", {Link::local(event_path(shown.event.id) + ".json")}, "As JSON");
  html.leaf("a", {Link::local(evidence_path(shown.row.article, shown.event.id))}, "In its article");
  if (Link::outside(shown.row.url)) write_outside(html, shown.row.url, "The original page");
}

void write_main(Html& html, const Shown& shown) {
  const auto whole = html.in("article", {{"class", "event-page"}});
  {
    const auto lead = html.in("header", {{"class", "lead"}});
    {
      const auto kicker = html.in("div", {{"class", "kicker"}});
      write_chip(html, shown.event);
      write_badges(html, shown.event);
    }
    {
      const auto title = html.in("h1");
      write_sentence(html, shown.event);
    }
    write_according(html, shown.event, shown.row.site);
  }
  write_evidence(html, shown);
  if (!shown.article) {
    html.leaf(
        "p", {{"class", "none"}},
        "The page has changed since; this event belongs to an earlier text, of which only the sentence is shown.");
  }
  {
    const auto fields = html.in("div", {{"class", "fields"}});
    write_parties(html, shown, shown.event.actors, "actor", "Who", "The text names nobody.");
    write_what(html, shown);
    write_parties(
        html, shown, shown.event.recipients, "recipient", "Whom",
        shown.event.incomplete ? "Somebody must be meant, but the text names nobody." : "Nobody in particular.");
    write_when(html, shown);
    write_where(html, shown);
    write_speakers(html, shown);
    write_sureness(html, shown.event);
  }
  const auto below = html.in("div", {{"class", "behind"}});
  write_why(html, shown);
  write_links(html, shown);
}

}  // namespace

Result<Reply> event_page(const Context& context, std::string_view id) {
  CASUS_ASSIGN(const auto row, context.record.event(id));
  if (!row) return Error{Errc::not_found, "This record holds no such event."};
  CASUS_ASSIGN(const auto article, context.record.article(row->article));
  if (context.format == Format::json) return json_reply(event_row_json(*row, article.value_or(Article{}), true));
  if (context.format == Format::csv) return Error{Errc::not_found, "An event has no CSV form of its own; lists have."};
  Shown shown{*row, row->event, nullptr, std::nullopt};
  if (article && article->revision == row->revision) {
    shown.article = &*article;
    shown.index.emplace(article->text);
  }
  const Shell page{headline(row->event).sentence(), "", event_path(row->event.id) + ".json", {}, {}};
  return html_reply(shell(page, [&](Html& html) { write_main(html, shown); }));
}

}  // namespace casus::detail
