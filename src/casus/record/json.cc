// SPDX-License-Identifier: Apache-2.0
// Members keep the order in which they are written here. Absent values are null, absent lists []. Tests: json_test.cc.
#include <casus/base/utf8.h>
#include <casus/record/json.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace casus {

namespace {

using json = nlohmann::ordered_json;

json or_null(std::string_view text) {
  return text.empty() ? json() : json(std::string(text));
}

std::string line(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Writes the spans of one article; built once for all of its events.
class Spans {
 public:
  explicit Spans(const Article& article) : article_(article), index_(article.text) {}

  // "start" and "end" in code points, "page" in bytes of the page; nothing for an empty span.
  void put(json& out, Span span) const {
    if (span.empty()) return;
    const CodePointSpan points = index_.code_points(span);
    out["start"] = points.start;
    out["end"] = points.end;
    const PageSpan page = article_.map.page(span);
    if (!page.empty()) out["page"] = {page.start, page.end};
  }

  json span(Span span) const {
    json out = json::object();
    put(out, span);
    if (!span.empty()) out["text"] = article_.quote(span);
    return out;
  }

  const Article& article() const { return article_; }

 private:
  const Article& article_;
  CodePointIndex index_;
};

json role_json(const Role& role) {
  json out = {{"title", role.title}, {"office", or_null(role.office)}, {"of", or_null(role.of)}};
  out["from"] = or_null(role.from.to_string());
  out["to"] = or_null(role.to.to_string());
  out["as_of"] = or_null(role.as_of.to_string());
  out["source"] = or_null(role.source);
  out["unverified"] = role.unverified;
  return out;
}

json candidates_json(const std::vector<Candidate>& candidates) {
  json out = json::array();
  for (const Candidate& c : candidates) {
    json one = {{"id", c.entity}, {"name", c.name}, {"kind", to_string(c.kind)}, {"country", or_null(c.country)}};
    one["sense"] = or_null(c.sense);
    one["source"] = or_null(c.source);
    one["score"] = c.score;
    out.push_back(std::move(one));
  }
  return out;
}

json actor_json(const Actor& actor, const Spans& spans, bool with_why) {
  json out = json::object();
  spans.put(out, actor.span);
  out["text"] = actor.text;
  out["name"] = actor.name;
  out["country"] = or_null(actor.country);
  out["sector"] = actor.sectors.empty() ? json() : json(actor.sectors.front());
  out["sectors"] = actor.sectors;
  out["id"] = or_null(actor.id);
  out["kind"] = to_string(actor.kind);
  if (actor.role) out["role"] = role_json(*actor.role);
  out["score"] = actor.score;
  if (with_why) {
    out["reason"] = or_null(actor.reason);
    out["source"] = or_null(actor.source);
    out["candidates"] = candidates_json(actor.candidates);
  }
  return out;
}

json actors_json(const std::vector<Actor>& actors, const Spans& spans, bool with_why) {
  json out = json::array();
  for (const Actor& actor : actors) out.push_back(actor_json(actor, spans, with_why));
  return out;
}

// Coordinates are given only where they mean the place itself: the middle of a country or a province is no place.
void put_coordinates(json& out, const Place& place) {
  const bool point =
      place.located && (place.precision == PlacePrecision::point || place.precision == PlacePrecision::city);
  out["lat"] = point ? json(place.lat) : json();
  out["lon"] = point ? json(place.lon) : json();
}

json place_json(const EventPlace& place, const Spans& spans, bool with_why) {
  if (place.basis == Basis::unknown) return {};
  json out = json::object();
  spans.put(out, place.place.span);
  out["text"] = place.place.text;
  out["name"] = place.place.name;
  out["id"] = or_null(place.place.id);
  out["country"] = or_null(place.place.country);
  out["admin1"] = or_null(place.place.admin1);
  put_coordinates(out, place.place);
  out["precision"] = to_string(place.place.precision);
  out["basis"] = to_string(place.basis);
  if (with_why) {
    out["reason"] = or_null(place.place.reason);
    out["candidates"] = candidates_json(place.place.candidates);
  }
  return out;
}

json date_json(const EventDate& date, const Spans& spans) {
  json out = {{"value", or_null(date.value.to_string())}};
  if (date.end && date.end != date.value) out["end_value"] = date.end.to_string();
  out["precision"] = to_string(date.value.precision());
  out["basis"] = to_string(date.basis);
  spans.put(out, date.span);
  return out;
}

json attribution_json(const std::vector<Attribution>& chain, const Spans& spans, bool with_why) {
  json out = json::array();
  for (const Attribution& link : chain) {
    json one = {{"speaker", actor_json(link.speaker, spans, with_why)}, {"stance", to_string(link.stance)}};
    one["verb"] = or_null(link.verb);
    one["direct_quote"] = link.direct_quote;
    one["cue"] = spans.span(link.cue);
    out.push_back(std::move(one));
  }
  return out;
}

json event_object(const Event& event, const Spans& spans, bool with_why) {
  json status = json::array();
  for (const Status one : event.status) status.push_back(to_string(one));
  json out = {{"id", event.id}, {"type", event.type}, {"mode", or_null(event.mode)}, {"contexts", event.contexts}};
  out["status"] = std::move(status);
  out["actors"] = actors_json(event.actors, spans, with_why);
  out["recipients"] = actors_json(event.recipients, spans, with_why);
  out["trigger"] = spans.span(event.trigger);
  out["evidence"] = spans.span(event.evidence);
  out["attribution"] = attribution_json(event.attribution, spans, with_why);
  out["date"] = date_json(event.date, spans);
  out["place"] = place_json(event.place, spans, with_why);
  out["confidence"] = event.confidence;
  out["quad"] = event.quad;
  out["score"] = event.score;
  out["cameo"] = or_null(event.cameo);
  if (!event.was.empty()) out["was"] = event.was;
  if (!event.rule.empty()) out["rule"] = event.rule;
  out["incomplete"] = event.incomplete;
  if (with_why) {
    json why = json::array();
    for (const WhyStep& step : event.why) {
      json one = {{"step", step.step}, {"detail", step.detail}};
      spans.put(one, step.span);
      why.push_back(std::move(one));
    }
    out["why"] = std::move(why);
  }
  return out;
}

json field_json(const Field& field) {
  json out = {{"value", field.value}, {"from", field.from}};
  if (!field.page.empty()) out["page"] = {field.page.start, field.page.end};
  return out;
}

}  // namespace

std::string article_json(const Article& article) {
  const Spans spans(article);
  json authors = json::array(), paragraphs = json::array(), removed = json::array(), rivals = json::array(),
       read_from = json::object();
  for (const Field& author : article.authors) authors.push_back(author.value);
  for (const Paragraph& paragraph : article.paragraphs) {
    json one = json::object();
    spans.put(one, paragraph.span);
    one["kind"] = to_string(paragraph.kind);
    one["page"] = {paragraph.page.start, paragraph.page.end};
    paragraphs.push_back(std::move(one));
  }
  for (const Removed& part : article.removed) {
    removed.push_back({{"page", {part.page.start, part.page.end}}, {"reason", part.reason}, {"text", part.text}});
  }
  for (const Field& rival : article.rivals) rivals.push_back(field_json(rival));
  for (const auto& [key, field] : {std::pair{"title", &article.title}, std::pair{"site", &article.site},
                                   std::pair{"published", &article.published}, std::pair{"modified", &article.modified},
                                   std::pair{"language", &article.language}}) {
    if (!field->value.empty()) read_from[key] = field_json(*field);
  }
  json out = {{"page", article.source}, {"url", or_null(article.url)}, {"title", or_null(article.title.value)}};
  out["authors"] = std::move(authors);
  out["published"] = or_null(article.published.value);
  out["language"] = or_null(article.language.value);
  out["text"] = article.text;
  out["paragraphs"] = std::move(paragraphs);
  out["removed"] = std::move(removed);
  out["id"] = article.id;
  out["revision"] = article.revision;
  out["site"] = or_null(article.site.value);
  out["modified"] = or_null(article.modified.value);
  out["read_from"] = std::move(read_from);
  out["rivals"] = std::move(rivals);
  out["trust"] = article.trust;
  out["notes"] = article.notes;
  out["form"] = article.form;
  out["charset"] = or_null(article.charset);
  out["page_sha256"] = article.page_sha256;
  out["text_sha256"] = article.text_sha256;
  return line(out);
}

std::string event_json(const Event& event, const Article& article, bool with_why) {
  return line(event_object(event, Spans(article), with_why));
}

std::string events_json(std::string_view id, std::span<const Event> events, const Article& article) {
  const Spans spans(article);
  json list = json::array();
  for (const Event& event : events) list.push_back(event_object(event, spans, false));
  return line({{"id", std::string(id)}, {"events", std::move(list)}});
}

std::string places_json(std::string_view id, std::span<const Mention> mentions, const Article& article) {
  const Spans spans(article);
  json list = json::array();
  for (const Mention& mention : mentions) {
    if (!mention.place) continue;
    const Place& place = *mention.place;
    json one = json::object();
    spans.put(one, place.span.empty() ? mention.span : place.span);
    one["text"] = place.text;
    one["name"] = place.name;
    // A country's coordinates are given here, since they are asked for by name and `kind` says what they are.
    one["lat"] = place.located ? json(place.lat) : json();
    one["lon"] = place.located ? json(place.lon) : json();
    one["geonameid"] = json();
    if (place.id.starts_with("gn:")) one["geonameid"] = place.id.substr(3);
    one["country"] = or_null(place.country);
    one["kind"] = or_null(place.kind);
    one["id"] = or_null(place.id);
    one["precision"] = to_string(place.precision);
    one["score"] = place.score;
    one["reason"] = or_null(place.reason);
    list.push_back(std::move(one));
  }
  return line({{"id", std::string(id)}, {"places", std::move(list)}});
}

std::string event_row_json(const EventRow& row, const Article& article, bool with_why) {
  json out = event_object(row.event, Spans(article), with_why);
  out["quote"] = row.quote;
  out["article"] = row.article;
  out["revision"] = row.revision;
  out["title"] = or_null(row.title);
  out["url"] = or_null(row.url);
  out["site"] = or_null(row.site);
  out["published"] = or_null(row.published);
  return line(out);
}

std::string article_row_json(const ArticleRow& row) {
  json out = {{"id", row.id}, {"revision", row.revision}, {"url", or_null(row.url)}, {"title", or_null(row.title)}};
  out["site"] = or_null(row.site);
  out["published"] = or_null(row.published);
  out["language"] = or_null(row.language);
  out["page"] = row.source;
  out["duplicate_of"] = or_null(row.duplicate_of);
  out["events"] = row.events;
  return line(out);
}

std::string json_string(std::string_view text) {
  return line(std::string(text));
}

}  // namespace casus
