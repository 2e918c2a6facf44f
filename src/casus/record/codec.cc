// SPDX-License-Identifier: Apache-2.0
// Tests: codec_test.cc (round trips of random events and maps, damaged bytes).
#include <casus/record/codec.h>
#include <zstd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace casus {

using nlohmann::json;

namespace {

// A span in JSON is [start, end].
template <class Unit>
json span_out(Range<Unit> span) {
  return json::array({span.start, span.end});
}

Span span_in(const json& value) {
  return {value.at(0).get<std::uint32_t>(), value.at(1).get<std::uint32_t>()};
}

json date_out(const Date& date) {
  return date.to_string();
}
Date date_in(const json& value) {
  return Date::parse(value.get<std::string>()).value_or(Date{});
}

template <class Enum, std::size_t N>
Enum enum_in(const json& value, const std::array<Enum, N>& all) {
  const auto text = value.get<std::string>();
  for (const Enum one : all) {
    if (to_string(one) == text) return one;
  }
  throw std::runtime_error("unknown value " + text);
}

constexpr std::array kKinds = {EntityKind::country,      EntityKind::place, EntityKind::region, EntityKind::person,
                               EntityKind::organisation, EntityKind::group, EntityKind::office, EntityKind::media,
                               EntityKind::building,     EntityKind::agent, EntityKind::unknown};
constexpr std::array kPrecisions = {PlacePrecision::point, PlacePrecision::city, PlacePrecision::admin1,
                                    PlacePrecision::country, PlacePrecision::region};
constexpr std::array kStatuses = {Status::negation, Status::future, Status::hypothetical, Status::historical};
constexpr std::array kStances = {Stance::asserts, Stance::denies, Stance::accuses, Stance::promises, Stance::quotes};
constexpr std::array kBases = {Basis::stated, Basis::relative, Basis::publication, Basis::inherited, Basis::unknown};

json role_out(const Role& r) {
  return {{"title", r.title},           {"office", r.office},       {"of", r.of},
          {"sectors", r.sectors},       {"from", date_out(r.from)}, {"to", date_out(r.to)},
          {"as_of", date_out(r.as_of)}, {"source", r.source},       {"unverified", r.unverified}};
}

Role role_in(const json& j) {
  Role r;
  j.at("title").get_to(r.title);
  j.at("office").get_to(r.office);
  j.at("of").get_to(r.of);
  j.at("sectors").get_to(r.sectors);
  r.from = date_in(j.at("from"));
  r.to = date_in(j.at("to"));
  r.as_of = date_in(j.at("as_of"));
  j.at("source").get_to(r.source);
  j.at("unverified").get_to(r.unverified);
  return r;
}

json candidate_out(const Candidate& c) {
  json roles = json::array();
  for (const Role& role : c.roles) roles.push_back(role_out(role));
  return {{"entity", c.entity},
          {"name", c.name},
          {"kind", to_string(c.kind)},
          {"country", c.country},
          {"sectors", c.sectors},
          {"sense", c.sense},
          {"source", c.source},
          {"lat", c.lat},
          {"lon", c.lon},
          {"located", c.located},
          {"feature", c.feature},
          {"admin1", c.admin1},
          {"population", c.population},
          {"geonameid", c.geonameid},
          {"parent", c.parent},
          {"roles", roles},
          {"score", c.score}};
}

Candidate candidate_in(const json& j) {
  Candidate c;
  j.at("entity").get_to(c.entity);
  j.at("name").get_to(c.name);
  c.kind = enum_in(j.at("kind"), kKinds);
  j.at("country").get_to(c.country);
  j.at("sectors").get_to(c.sectors);
  j.at("sense").get_to(c.sense);
  j.at("source").get_to(c.source);
  j.at("lat").get_to(c.lat);
  j.at("lon").get_to(c.lon);
  j.at("located").get_to(c.located);
  j.at("feature").get_to(c.feature);
  j.at("admin1").get_to(c.admin1);
  j.at("population").get_to(c.population);
  j.at("geonameid").get_to(c.geonameid);
  j.at("parent").get_to(c.parent);
  for (const json& role : j.at("roles")) c.roles.push_back(role_in(role));
  j.at("score").get_to(c.score);
  return c;
}

json candidates_out(const std::vector<Candidate>& candidates) {
  json out = json::array();
  for (const Candidate& candidate : candidates) out.push_back(candidate_out(candidate));
  return out;
}

std::vector<Candidate> candidates_in(const json& j) {
  std::vector<Candidate> out;
  for (const json& candidate : j) out.push_back(candidate_in(candidate));
  return out;
}

json actor_out(const Actor& a) {
  return {{"span", span_out(a.span)},
          {"head", span_out(a.head)},
          {"text", a.text},
          {"id", a.id},
          {"name", a.name},
          {"kind", to_string(a.kind)},
          {"country", a.country},
          {"sectors", a.sectors},
          {"role", a.role ? role_out(*a.role) : json()},
          {"candidates", candidates_out(a.candidates)},
          {"reason", a.reason},
          {"source", a.source},
          {"score", a.score}};
}

Actor actor_in(const json& j) {
  Actor a;
  a.span = span_in(j.at("span"));
  a.head = span_in(j.at("head"));
  j.at("text").get_to(a.text);
  j.at("id").get_to(a.id);
  j.at("name").get_to(a.name);
  a.kind = enum_in(j.at("kind"), kKinds);
  j.at("country").get_to(a.country);
  j.at("sectors").get_to(a.sectors);
  if (!j.at("role").is_null()) a.role = role_in(j.at("role"));
  a.candidates = candidates_in(j.at("candidates"));
  j.at("reason").get_to(a.reason);
  j.at("source").get_to(a.source);
  j.at("score").get_to(a.score);
  return a;
}

json actors_out(const std::vector<Actor>& actors) {
  json out = json::array();
  for (const Actor& actor : actors) out.push_back(actor_out(actor));
  return out;
}

std::vector<Actor> actors_in(const json& j) {
  std::vector<Actor> out;
  for (const json& actor : j) out.push_back(actor_in(actor));
  return out;
}

json place_out(const Place& p) {
  return {{"span", span_out(p.span)},
          {"text", p.text},
          {"id", p.id},
          {"name", p.name},
          {"country", p.country},
          {"admin1", p.admin1},
          {"lat", p.lat},
          {"lon", p.lon},
          {"located", p.located},
          {"precision", to_string(p.precision)},
          {"kind", p.kind},
          {"candidates", candidates_out(p.candidates)},
          {"reason", p.reason},
          {"source", p.source},
          {"score", p.score}};
}

Place place_in(const json& j) {
  Place p;
  p.span = span_in(j.at("span"));
  j.at("text").get_to(p.text);
  j.at("id").get_to(p.id);
  j.at("name").get_to(p.name);
  j.at("country").get_to(p.country);
  j.at("admin1").get_to(p.admin1);
  j.at("lat").get_to(p.lat);
  j.at("lon").get_to(p.lon);
  j.at("located").get_to(p.located);
  p.precision = enum_in(j.at("precision"), kPrecisions);
  j.at("kind").get_to(p.kind);
  p.candidates = candidates_in(j.at("candidates"));
  j.at("reason").get_to(p.reason);
  j.at("source").get_to(p.source);
  j.at("score").get_to(p.score);
  return p;
}

json attribution_out(const Attribution& a) {
  return {{"speaker", actor_out(a.speaker)},
          {"verb", a.verb},
          {"cue", span_out(a.cue)},
          {"stance", to_string(a.stance)},
          {"direct_quote", a.direct_quote}};
}

Attribution attribution_in(const json& j) {
  Attribution a;
  a.speaker = actor_in(j.at("speaker"));
  j.at("verb").get_to(a.verb);
  a.cue = span_in(j.at("cue"));
  a.stance = enum_in(j.at("stance"), kStances);
  j.at("direct_quote").get_to(a.direct_quote);
  return a;
}

json event_out(const Event& e) {
  json status = json::array(), attribution = json::array(), why = json::array();
  for (const Status one : e.status) status.push_back(to_string(one));
  for (const Attribution& one : e.attribution) attribution.push_back(attribution_out(one));
  for (const WhyStep& one : e.why)
    why.push_back({{"step", one.step}, {"detail", one.detail}, {"span", span_out(one.span)}});
  return {{"id", e.id},
          {"type", e.type},
          {"mode", e.mode},
          {"contexts", e.contexts},
          {"quad", e.quad},
          {"score", e.score},
          {"cameo", e.cameo},
          {"was", e.was},
          {"rule", e.rule},
          {"actors", actors_out(e.actors)},
          {"recipients", actors_out(e.recipients)},
          {"incomplete", e.incomplete},
          {"status", status},
          {"attribution", attribution},
          {"date",
           {{"value", date_out(e.date.value)},
            {"end", date_out(e.date.end)},
            {"basis", to_string(e.date.basis)},
            {"span", span_out(e.date.span)}}},
          {"place", {{"place", place_out(e.place.place)}, {"basis", to_string(e.place.basis)}}},
          {"trigger", span_out(e.trigger)},
          {"evidence", span_out(e.evidence)},
          {"confidence", e.confidence},
          {"why", why}};
}

Event event_in(const json& j) {
  Event e;
  j.at("id").get_to(e.id);
  j.at("type").get_to(e.type);
  j.at("mode").get_to(e.mode);
  j.at("contexts").get_to(e.contexts);
  j.at("quad").get_to(e.quad);
  j.at("score").get_to(e.score);
  j.at("cameo").get_to(e.cameo);
  j.at("was").get_to(e.was);
  j.at("rule").get_to(e.rule);
  e.actors = actors_in(j.at("actors"));
  e.recipients = actors_in(j.at("recipients"));
  j.at("incomplete").get_to(e.incomplete);
  for (const json& one : j.at("status")) e.status.push_back(enum_in(one, kStatuses));
  for (const json& one : j.at("attribution")) e.attribution.push_back(attribution_in(one));
  const json& date = j.at("date");
  e.date = {date_in(date.at("value")), date_in(date.at("end")), enum_in(date.at("basis"), kBases),
            span_in(date.at("span"))};
  e.place = {place_in(j.at("place").at("place")), enum_in(j.at("place").at("basis"), kBases)};
  e.trigger = span_in(j.at("trigger"));
  e.evidence = span_in(j.at("evidence"));
  j.at("confidence").get_to(e.confidence);
  for (const json& one : j.at("why")) {
    e.why.push_back({one.at("step").get<std::string>(), one.at("detail").get<std::string>(), span_in(one.at("span"))});
  }
  return e;
}

json field_out(const Field& f) {
  return {{"value", f.value}, {"from", f.from}, {"page", span_out(f.page)}};
}

Field field_in(const json& j) {
  const Span page = span_in(j.at("page"));
  return {j.at("value").get<std::string>(), j.at("from").get<std::string>(), {page.start, page.end}};
}

std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Runs a reader of JSON that throws, and turns whatever it throws into an Error.
template <class Read>
auto checked(std::string_view text, std::string_view what, Read read) -> Result<decltype(read(json()))> {
  try {
    return read(json::parse(text));
  } catch (const std::exception& problem) {
    return Error{Errc::corrupt, std::string(what) + " in the record cannot be read: " + problem.what()};
  }
}

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(0x80U | (value & 0x7FU));
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

bool take_number(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace

namespace detail {

std::string compress(std::string_view bytes) {
  constexpr int kLevel = 3;  // zstd's default: pages shrink to a fifth at several hundred MB/s
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  out.resize(ZSTD_isError(size) != 0 ? 0 : size);
  return out;
}

Result<std::string> decompress(std::string_view bytes, std::size_t limit) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return Error{Errc::corrupt, "a compressed value is damaged"};
  if (size > limit) return Error{Errc::too_large, "a compressed value unpacks to " + std::to_string(size) + " bytes"};
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) != 0 || got != out.size()) return Error{Errc::corrupt, "a compressed value is damaged"};
  return out;
}

std::string write_event(const Event& event) {
  return dumped(event_out(event));
}
Result<Event> read_event(std::string_view text) {
  return checked(text, "an event", event_in);
}

std::string write_metadata(const Article& a) {
  json authors = json::array(), rivals = json::array();
  for (const Field& author : a.authors) authors.push_back(field_out(author));
  for (const Field& rival : a.rivals) rivals.push_back(field_out(rival));
  return dumped({{"title", field_out(a.title)},
                 {"site", field_out(a.site)},
                 {"authors", authors},
                 {"published", field_out(a.published)},
                 {"modified", field_out(a.modified)},
                 {"language", field_out(a.language)},
                 {"rivals", rivals},
                 {"trust", a.trust},
                 {"notes", a.notes},
                 {"form", a.form},
                 {"charset", a.charset}});
}

Result<Article> read_metadata(std::string_view text) {
  return checked(text, "an article", [](const json& j) {
    Article a;
    a.title = field_in(j.at("title"));
    a.site = field_in(j.at("site"));
    for (const json& author : j.at("authors")) a.authors.push_back(field_in(author));
    a.published = field_in(j.at("published"));
    a.modified = field_in(j.at("modified"));
    a.language = field_in(j.at("language"));
    for (const json& rival : j.at("rivals")) a.rivals.push_back(field_in(rival));
    j.at("trust").get_to(a.trust);
    j.at("notes").get_to(a.notes);
    j.at("form").get_to(a.form);
    j.at("charset").get_to(a.charset);
    return a;
  });
}

std::string write_map(const PageMap& map) {
  std::string out;
  std::uint32_t text = 0, page = 0;
  put_number(out, map.all().size());
  for (const Piece& piece : map.all()) {
    put_number(out, piece.text_start - text);
    // Zigzag: a page may give its title before its text.
    const auto step = static_cast<std::int64_t>(piece.page_start) - static_cast<std::int64_t>(page);
    put_number(out, step < 0 ? (static_cast<std::uint64_t>(-step) << 1U) - 1 : static_cast<std::uint64_t>(step) << 1U);
    put_number(out, piece.page_length);
    out += static_cast<char>(piece.kind);
    text = piece.text_start;
    page = piece.page_start;
  }
  return out;
}

Result<PageMap> read_map(std::string_view bytes, std::uint32_t text_length) {
  const Error damaged{Errc::corrupt, "the page map of an article in the record is damaged"};
  std::uint64_t count = 0;
  constexpr std::size_t kLeast = 4;  // bytes of a piece
  if (!take_number(bytes, count) || count > bytes.size() / kLeast) return damaged;
  std::vector<Piece> pieces;
  pieces.reserve(static_cast<std::size_t>(count));
  std::uint64_t text = 0;
  std::int64_t page = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t step = 0, move = 0, length = 0;
    if (!take_number(bytes, step) || !take_number(bytes, move) || !take_number(bytes, length) || bytes.empty())
      return damaged;
    text += step;
    page += (move & 1U) != 0 ? -static_cast<std::int64_t>((move + 1) >> 1U) : static_cast<std::int64_t>(move >> 1U);
    const auto kind = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    constexpr std::int64_t kMost = 0xFFFFFFFF;
    if (text > text_length || (i == 0 && text != 0) || page < 0 || page > kMost ||
        length > static_cast<std::uint64_t>(kMost - page) || kind > static_cast<unsigned char>(PieceKind::space)) {
      return damaged;
    }
    pieces.push_back({static_cast<std::uint32_t>(text), static_cast<std::uint32_t>(page),
                      static_cast<std::uint32_t>(length), static_cast<PieceKind>(kind)});
  }
  return PageMap(std::move(pieces), text_length);
}

}  // namespace detail
}  // namespace casus
