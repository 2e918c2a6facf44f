// SPDX-License-Identifier: Apache-2.0
// The article as a reader: its text with the evidence of every event marked, the events in the margin beside their
// sentence, and below it where everything came from and what was taken away.
#include <casus/record/json.h>

#include <algorithm>
#include <map>
#include <set>

#include "../headline.h"
#include "../limits.h"
#include "../marks.h"
#include "../words.h"
#include "pages.h"
#include "parts.h"

namespace casus::detail {
namespace {

struct Reading {
  const Article& article;
  const ArticleRow& row;
  std::vector<EventRow> events;  // in text order; numbers shown are index + 1
  std::vector<ArticleRow> copies;
  std::vector<Mark> evidence;  // one per event, in the same order
  bool stale = false;          // the events belong to another revision: nothing is marked
};

Result<std::vector<EventRow>> events_of(const Context& context, const ArticleRow& row) {
  EventQuery query;
  query.article = row.id;
  query.limit = kMaxMarks;
  CASUS_ASSIGN(auto events, context.record.events(query));
  std::sort(events.begin(), events.end(), [](const EventRow& a, const EventRow& b) {
    return std::tuple(a.event.evidence.start, a.event.trigger.start, std::string_view(a.event.id)) <
           std::tuple(b.event.evidence.start, b.event.trigger.start, std::string_view(b.event.id));
  });
  return events;
}

// The words inside a marked run, with the words that say what happened set off.
void write_triggers(Html& html, const Reading& reading, const Run& run) {
  std::vector<Mark> triggers;
  for (const std::size_t index : run.marks) triggers.push_back({reading.events[index].event.trigger, "trigger"});
  for (const Run& piece : cut(reading.article.text, run.span, triggers)) {
    const std::string_view words = piece.span.of(reading.article.text);
    if (piece.marks.empty()) {
      html.text(words);
    } else {
      html.leaf("b", {{"class", "trigger"}}, words);
    }
  }
}

void write_numbers(Html& html, const Reading& reading, const Run& run) {
  for (const std::size_t index : run.marks) {
    if (whole_characters(reading.article.text, reading.evidence[index].span).end != run.span.end) continue;
    const std::string number = std::to_string(index + 1);
    html.leaf("a",
              {Link::fragment("note-" + reading.events[index].event.id),
               {"class", "number " + quad_class(reading.events[index].event.quad)},
               {"aria-label", "Event " + number}},
              number);
  }
}

// A run under several events carries the id of each of them that begins here, so that "#event-ID" leads to it.
void write_evidence(Html& html, const Reading& reading, const Run& run, std::set<std::size_t>& begun) {
  std::string classes = "ev";
  std::string ids;
  std::vector<std::string> first;
  for (const std::size_t index : run.marks) {
    const Event& event = reading.events[index].event;
    const std::string quad = " " + quad_class(event.quad);
    if (classes.find(quad) == std::string::npos) classes += (classes == "ev" ? "" : " multi") + quad;
    ids += (ids.empty() ? "" : " ") + event.id;
    if (begun.insert(index).second) first.push_back("event-" + event.id);
  }
  if (first.empty()) {
    html.open("mark", {{"class", classes}, {"data-events", ids}});
  } else {
    html.open("mark", {{"class", classes}, {"data-events", ids}, {"id", first.front()}});
  }
  for (std::size_t i = 1; i < first.size(); ++i) html.open("span", {{"id", first[i]}, {"class", "also"}});
  write_triggers(html, reading, run);
  for (std::size_t i = 1; i < first.size(); ++i) html.close("span");
  html.close("mark");
  write_numbers(html, reading, run);
}

void write_text(Html& html, const Reading& reading, Span span, std::set<std::size_t>& begun) {
  for (const Run& run : cut(reading.article.text, span, reading.evidence)) {
    if (run.marks.empty()) {
      html.text(run.span.of(reading.article.text));
    } else {
      write_evidence(html, reading, run, begun);
    }
  }
}

void write_block(Html& html, const Reading& reading, const Paragraph& paragraph, std::set<std::size_t>& begun) {
  const auto write = [&](Name tag, std::string_view kind) {
    const auto block = html.in(tag, {{"dir", "auto"}, {"class", kind}});
    write_text(html, reading, paragraph.span, begun);
  };
  const std::string_view kind = to_string(paragraph.kind);
  switch (paragraph.kind) {
    case ParagraphKind::heading:
      return write("h2", kind);
    case ParagraphKind::quote:
      return write("blockquote", kind);
    case ParagraphKind::preformatted:
      return write("pre", kind);
    default:
      return write("p", kind);
  }
}

void write_note(Html& html, const Reading& reading, std::size_t index) {
  const EventRow& row = reading.events[index];
  const auto note = html.in("section", {{"class", "note " + quad_class(row.event.quad)},
                                        {"id", "note-" + row.event.id},
                                        {"data-event", row.event.id},
                                        {"data-why", event_path(row.event.id)},
                                        {"aria-label", "Event " + std::to_string(index + 1)}});
  {
    const auto head = html.in("div", {{"class", "kicker"}});
    html.leaf("a",
              {Link::fragment("event-" + row.event.id),
               {"class", "number " + quad_class(row.event.quad)},
               {"aria-label", "Evidence of event " + std::to_string(index + 1)}},
              std::to_string(index + 1));
    write_chip(html, row.event);
    write_badges(html, row.event);
  }
  {
    const auto p = html.in("p", {{"class", "said"}});
    write_sentence(html, row.event);
  }
  write_according(html, row.event, row.site, true);
}

void write_notes(Html& html, const Reading& reading, const std::vector<std::size_t>& here) {
  if (here.empty()) return;
  const auto aside = html.in("aside", {{"class", "notes"}, {"aria-label", "Events of this paragraph"}});
  const std::size_t open = here.size() <= kNotesOpen + 1 ? here.size() : kNotesOpen;
  for (std::size_t i = 0; i < open; ++i) write_note(html, reading, here[i]);
  if (open == here.size()) return;
  const auto more = html.in("details");
  html.leaf("summary", format_count(here.size() - open) + " more events here");
  for (std::size_t i = open; i < here.size(); ++i) write_note(html, reading, here[i]);
}

// Paragraphs and their notes side by side. An event whose evidence lies in no paragraph is listed at the end, never
// lost.
void write_body(Html& html, const Reading& reading) {
  std::set<std::size_t> begun, noted;
  const auto body = html.in("div", {{"class", "reader"}});
  for (const Paragraph& paragraph : reading.article.paragraphs) {
    const auto row = html.in("div", {{"class", "row"}});
    write_block(html, reading, paragraph, begun);
    std::vector<std::size_t> here;
    for (std::size_t i = 0; i < reading.evidence.size(); ++i) {
      if (reading.evidence[i].span.overlaps(paragraph.span) && noted.insert(i).second) here.push_back(i);
    }
    write_notes(html, reading, here);
    html.line();
  }
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < reading.events.size(); ++i) {
    if (!noted.contains(i)) rest.push_back(i);
  }
  if (rest.empty()) return;
  const auto row = html.in("div", {{"class", "row"}});
  html.leaf("p", reading.stale ? "These events were read from an earlier text of this page, so nothing is marked above."
                               : "The sentences of these events are not among the paragraphs above.");
  write_notes(html, reading, rest);
}

void write_lead(Html& html, const Reading& reading) {
  const Article& article = reading.article;
  const auto lead = html.in("header", {{"class", "lead"}});
  {
    const auto p = html.in("p", {{"class", "kicker"}});
    html.leaf("bdi", article.site.value.empty() ? "Outlet not known" : article.site.value);
    if (!article.published.value.empty()) {
      html.text(" · ");
      html.leaf("time", {{"datetime", article.published.value}}, format_day(article.published.value));
    } else {
      html.text(" · date not known");
    }
  }
  html.leaf("h1", {{"dir", "auto"}}, article.title.value.empty() ? "A page without a title" : article.title.value);
  if (!article.authors.empty()) {
    const auto p = html.in("p", {{"class", "byline"}});
    html.text("by ");
    for (std::size_t i = 0; i < article.authors.size(); ++i) {
      if (i > 0) html.text(", ");
      html.leaf("bdi", article.authors[i].value);
    }
  }
  const auto p = html.in("p", {{"class", "counts"}});
  html.text(format_count(reading.events.size(), "event", "events"));
  if (!article.removed.empty()) {
    html.text(" · ");
    html.leaf("a", {Link::fragment("removed")},
              format_count(article.removed.size(), "part", "parts") + " of the page left out");
  }
  if (Link::outside(article.url)) {
    html.text(" · ");
    write_outside(html, article.url, "The original page");
  }
  if (!reading.row.duplicate_of.empty()) {
    html.text(" · ");
    html.leaf("a", {Link::local(article_path(reading.row.duplicate_of))}, "A copy of another article");
  }
}

void write_field(Html& html, std::string_view name, const Field& field, bool rival) {
  if (field.value.empty()) return;
  const auto row = html.in("tr");
  html.leaf("th", {{"scope", "row"}}, name);
  html.leaf("td", {{"dir", "auto"}}, field.value);
  html.leaf("td", rival ? "not used" : label("from", field.from));
  html.leaf("td", {{"class", "bytes"}},
            field.page.empty() ? "" : std::to_string(field.page.start) + "–" + std::to_string(field.page.end));
}

void write_metadata(Html& html, const Article& article) {
  const auto section = html.in("section", {{"class", "origin"}, {"id", "origin"}});
  html.leaf("h2", "Where this was read");
  const auto scroll =
      html.in("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", "Metadata"}});
  const auto table = html.in("table");
  {
    const auto head = html.in("thead");
    const auto row = html.in("tr");
    for (const std::string_view title : {"Field", "Value", "Read from", "Bytes of the page"}) {
      html.leaf("th", {{"scope", "col"}}, title);
    }
  }
  const auto body = html.in("tbody");
  write_field(html, "Title", article.title, false);
  write_field(html, "Outlet", article.site, false);
  for (const Field& author : article.authors) write_field(html, "Author", author, false);
  write_field(html, "Published", article.published, false);
  write_field(html, "Changed", article.modified, false);
  write_field(html, "Language", article.language, false);
  for (const Field& rival : article.rivals) write_field(html, rival.from, rival, true);
}

void write_identity(Html& html, const Reading& reading) {
  const Article& article = reading.article;
  const auto section = html.in("section", {{"class", "identity"}});
  html.leaf("h2", "Which text this is");
  {
    const auto pairs = html.in("dl");
    html.leaf("dt", "Address");
    {
      const auto dd = html.in("dd");
      if (article.url.empty()) {
        html.text("none");
      } else {
        write_outside(html, article.url, article.url);
      }
    }
    write_pair(html, "Taken from", reading.row.source.empty() ? article.source : reading.row.source);
    write_pair(html, "Article", article.id);
    write_pair(html, "Revision", article.revision);
    write_pair(html, "SHA-256 of the text", article.text_sha256);
    write_pair(html, "SHA-256 of the page", article.page_sha256);
    write_pair(html, "Form", article.form + (article.charset.empty() ? "" : ", " + article.charset));
    for (const std::string& note : article.notes) write_pair(html, "Note", note);
    for (const std::string& trust : article.trust) write_pair(html, "The site declares", trust);
  }
  if (reading.copies.empty()) return;
  html.leaf("h2", "Copies of it");
  const auto items = html.in("ul");
  for (const ArticleRow& copy : reading.copies) {
    const auto item = html.in("li");
    const auto link = html.in("a", {Link::local(article_path(copy.id))});
    html.leaf("bdi", copy.title.empty() ? copy.url.empty() ? copy.source : copy.url : copy.title);
    if (!copy.site.empty()) html.text(" — " + copy.site);
  }
}

void write_removed(Html& html, const Article& article) {
  if (article.removed.empty()) return;
  std::map<std::string_view, std::size_t> reasons;
  for (const Removed& part : article.removed) ++reasons[label("removed", part.reason)];
  const auto section = html.in("section", {{"class", "removed"}, {"id", "removed"}});
  const auto details = html.in("details");
  {
    const auto summary = html.in("summary");
    html.leaf("span", {{"class", "h2"}},
              format_count(article.removed.size(), "part", "parts") + " of the page left out");
    for (const auto& [reason, count] : reasons) {
      html.leaf("span", {{"class", "reason"}}, std::string(reason) + (count > 1 ? " ×" + std::to_string(count) : ""));
    }
  }
  const auto items = html.in("ol");
  for (const Removed& part : article.removed) {
    const auto item = html.in("li");
    html.leaf("span", {{"class", "reason"}}, label("removed", part.reason));
    html.leaf("span", {{"class", "bytes"}},
              "bytes " + std::to_string(part.page.start) + "–" + std::to_string(part.page.end));
    html.leaf("p", {{"dir", "auto"}}, part.text.empty() ? "(no visible text)" : part.text);
  }
}

std::string twin(const Reading& reading) {
  std::string out = "{\"article\":" + article_json(reading.article) + ",\n\"duplicate_of\":" +
                    (reading.row.duplicate_of.empty() ? "null" : json_string(reading.row.duplicate_of)) +
                    ",\"copies\":[";
  for (std::size_t i = 0; i < reading.copies.size(); ++i)
    out += (i > 0 ? "," : "") + article_row_json(reading.copies[i]);
  out += "],\n\"events\":[";
  for (std::size_t i = 0; i < reading.events.size(); ++i) {
    out += (i > 0 ? ",\n" : "") + event_row_json(reading.events[i], reading.article);
  }
  return out + "]}";
}

}  // namespace

Result<Reply> article_page(const Context& context, std::string_view id) {
  CASUS_ASSIGN(const auto row, context.record.article_row(id));
  CASUS_ASSIGN(const auto article, context.record.article(id));
  if (!row || !article) return Error{Errc::not_found, "This record holds no such article."};
  Reading reading{*article, *row, {}, {}, {}};
  CASUS_ASSIGN(reading.events, events_of(context, *row));
  CASUS_ASSIGN(reading.copies, context.record.copies(row->id));
  for (const EventRow& event : reading.events) reading.stale = reading.stale || event.revision != article->revision;
  if (context.format == Format::json) return json_reply(twin(reading));
  if (context.format == Format::csv)
    return Error{Errc::not_found,
                 "An article has no CSV form; its events have one under /search.csv?article=" + row->id};
  for (const EventRow& event : reading.events)
    reading.evidence.push_back({reading.stale ? Span{} : event.event.evidence, "evidence"});
  const Shell page{article->title.value.empty() ? "Article" : article->title.value,
                   "",
                   article_path(row->id) + ".json",
                   "/search.csv?article=" + percent_encode(row->id),
                   {}};
  return html_reply(shell(page, [&](Html& html) {
    const auto whole = html.in("article", {{"class", "article"}});
    write_lead(html, reading);
    write_body(html, reading);
    write_removed(html, *article);
    const auto below = html.in("div", {{"class", "below"}});
    write_metadata(html, *article);
    write_identity(html, reading);
  }));
}

}  // namespace casus::detail
