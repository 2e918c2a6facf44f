// SPDX-License-Identifier: Apache-2.0
// PLOVER 2.0 as newline-delimited JSON. The manual's table and its worked example name an actor's members differently:
// those of the table are written, and from the example `other_sector_codes`, since the table has no place for a second
// sector. One type a record. A coordinate stands only where the place is a point or a city; `resolution` says how exact
// it is (1 country … 4 city, 5 below).
#include <casus/base/utf8.h>
#include <casus/record/export/export.h>

#include <nlohmann/json.hpp>

namespace casus {

namespace {

using json = nlohmann::ordered_json;

json party(const Actor& actor) {
  json out = json::object();
  out["code"] = actor.country;
  out["sector"] = actor.sectors.empty() ? "" : actor.sectors.front();
  if (actor.sectors.size() > 1)
    out["other_sector_codes"] = std::vector<std::string>(actor.sectors.begin() + 1, actor.sectors.end());
  out["entity_text"] = actor.text;
  out["identifier_text"] = actor.name;
  // The manual means Wikidata; other ids keep their prefix.
  if (!actor.id.empty() && !actor.id.starts_with("nil:")) out["identifier_id"] = actor.id;
  if (actor.role) out["office"] = actor.role->title;
  return out;
}

json parties(const std::vector<Actor>& actors) {
  json out = json::array();
  for (const Actor& actor : actors) out.push_back(party(actor));
  return out;
}

int resolution(PlacePrecision precision) {
  switch (precision) {
    case PlacePrecision::point:
      return 5;
    case PlacePrecision::city:
      return 4;
    case PlacePrecision::admin1:
      return 2;
    case PlacePrecision::country:
    case PlacePrecision::region:
      return 1;
  }
  return 1;
}

json location(const EventPlace& at) {
  const Place& place = at.place;
  json out = {{"extracted_place", place.text}, {"resolved_place", place.name}};
  if (place.id.starts_with("gn:")) out["geonameid"] = place.id.substr(3);
  const bool point = place.precision == PlacePrecision::point || place.precision == PlacePrecision::city;
  if (place.located && point) {
    out["lat"] = place.lat;
    out["lon"] = place.lon;
  }
  if (!place.admin1.empty()) out["province"] = place.admin1;
  out["country_code"] = place.country;
  out["resolution"] = resolution(place.precision);
  out["basis"] = to_string(at.basis);
  return out;
}

class Evidence {
 public:
  explicit Evidence(const Article& article) : article_(article), index_(article.text) {}

  void add(std::string_view role, Span span) {
    if (span.empty()) return;
    const CodePointSpan points = index_.code_points(span);
    list_.push_back({{"role", role},
                     {"doc", article_.id},
                     {"text_sha256", article_.text_sha256},
                     {"cp", {points.start, points.end}},
                     {"byte", {span.start, span.end}},
                     {"quote", article_.quote(span)}});
  }
  CodePointSpan code_points(Span span) const { return index_.code_points(span); }
  json take() { return std::move(list_); }

 private:
  const Article& article_;
  CodePointIndex index_;
  json list_ = json::array();
};

json evidence_of(const Event& event, Evidence& evidence) {
  evidence.add("sentence", event.evidence);
  evidence.add("trigger", event.trigger);
  for (const Actor& actor : event.actors) evidence.add("actor", actor.span);
  for (const Actor& recipient : event.recipients) evidence.add("recipient", recipient.span);
  for (const Attribution& link : event.attribution) {
    evidence.add("speaker", link.speaker.span);
    evidence.add("cue", link.cue);
  }
  evidence.add("date", event.date.span);
  evidence.add("place", event.place.place.span);
  return evidence.take();
}

// The manual wants a whole day: the first one that the date may mean, with its precision beside it.
std::string whole_day(const Date& date) {
  return Date::from_days(date.first_day()).to_string();
}

}  // namespace

std::optional<std::string> plover_json(const EventRow& row, const Article& article) {
  const Event& event = row.event;
  if (!event.date.value) return std::nullopt;
  Evidence evidence(article);
  json status = json::array(), attribution = json::array();
  for (const Status one : event.status) status.push_back(to_string(one));
  for (const Attribution& link : event.attribution) {
    attribution.push_back({{"speaker", party(link.speaker)},
                           {"verb", link.verb},
                           {"stance", to_string(link.stance)},
                           {"direct_quote", link.direct_quote}});
  }
  json out = {{"id", event.id}, {"date", whole_day(event.date.value)}};
  if (event.date.end && event.date.end != event.date.value)
    out["enddate"] = Date::from_days(event.date.end.last_day()).to_string();
  out["date_precision"] = to_string(event.date.value.precision());
  out["date_basis"] = to_string(event.date.basis);
  out["event"] = {event.type};
  out["actor"] = parties(event.actors);
  out["recipient"] = parties(event.recipients);
  out["mode"] = event.mode.empty() ? json::array() : json::array({event.mode});
  out["context"] = event.contexts;
  out["status"] = std::move(status);
  out["quad_code"] = event.quad;
  out["event_scale"] = event.score;
  out["event_text"] = {std::string(article.quote(event.trigger))};
  if (event.place.basis != Basis::unknown) out["event_loc"] = location(event.place);
  out["attribution"] = std::move(attribution);
  const CodePointSpan sentence = evidence.code_points(event.evidence);
  out["text"] = row.quote;
  out["text_info"] = {{"start", sentence.start}, {"end", sentence.end}};
  out["evidence"] = evidence_of(event, evidence);
  out["cite_info"] = {
      {"url", row.url}, {"title", row.title}, {"publication", row.site}, {"language", article.language.value}};
  out["confidence"] = event.confidence;
  out["incomplete"] = event.incomplete;
  out["coder"] = "casus";
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace casus
