// SPDX-License-Identifier: Apache-2.0
#include "draft.h"

#include <casus/base/hash.h>

namespace casus::detail {
namespace {

std::string slug(std::string_view name) {
  std::string out = "cs:";
  for (const char c : name) out += c == ' ' ? '-' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

}  // namespace

Draft::Draft(std::string_view url, std::string_view title, std::string_view site, std::string_view published) {
  Article& a = stored_.article;
  a.url = url;
  a.title = {std::string(title), "json-ld", {120, 120 + static_cast<std::uint32_t>(title.size())}};
  a.site = {std::string(site), "opengraph", {300, 340}};
  a.published = {std::string(published), "time", {400, 420}};
  a.language = {"en", "header", {}};
  a.form = "html";
  a.charset = "utf-8";
  a.source = "sample";
  a.page_sha256 = sha256_hex(std::string("page") + std::string(title));
}

Draft& Draft::write(ParagraphKind kind, std::string_view text) {
  Article& a = stored_.article;
  if (!a.text.empty()) a.text += '\n';
  const auto start = static_cast<std::uint32_t>(a.text.size());
  a.text += text;
  const auto end = static_cast<std::uint32_t>(a.text.size());
  a.paragraphs.push_back({{start, end}, kind, {page_at_, page_at_ + end - start}});
  page_at_ += end - start + 12;
  return *this;
}

Draft& Draft::leave_out(std::string_view reason, std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  stored_.article.removed.push_back({{page_at_, page_at_ + length}, std::string(reason), std::string(text)});
  page_at_ += length + 12;
  return *this;
}

Draft& Draft::event(std::string_view type, std::string_view mode, int quad, std::string_view sentence,
                    std::string_view trigger) {
  Event event;
  event.type = type;
  event.mode = mode;
  event.quad = quad;
  event.score = quad <= 2 ? 2.5 * quad : -3.5 * (quad - 2);
  const std::size_t at = stored_.article.text.find(sentence);
  if (at != std::string::npos) {
    event.evidence = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + sentence.size())};
  }
  event.confidence = 0.62 + 0.03 * static_cast<double>(stored_.events.size() % 11);
  stored_.events.push_back(std::move(event));
  last().trigger = find(trigger);
  last().why.push_back(
      {"frame", "The words stand in the frame list for " + std::string(type) + ", sense 1.", last().trigger});
  return *this;
}

Span Draft::find(std::string_view words) const {
  if (words.empty()) return {};
  const Span evidence = stored_.events.back().evidence;
  const std::size_t at = evidence.of(stored_.article.text).find(words);
  if (at == std::string_view::npos) return {};
  const auto start = evidence.start + static_cast<std::uint32_t>(at);
  return {start, start + static_cast<std::uint32_t>(words.size())};
}

Actor Draft::party(std::string_view words, std::string_view name, std::string_view country,
                   std::vector<std::string> sectors) const {
  Actor actor;
  actor.span = find(words);
  actor.head = actor.span;
  actor.text = words;
  actor.name = name;
  actor.id = slug(name);
  actor.kind = EntityKind::organisation;
  actor.country = country;
  actor.sectors = std::move(sectors);
  actor.source = "overlay:leaders";
  actor.score = 0.9F;
  actor.reason = "The name is listed, and the country is the one the article speaks of most.";
  Candidate first;
  first.entity = actor.id;
  first.name = name;
  first.country = country;
  first.sense = "canon";
  first.source = actor.source;
  first.score = 1.8F;
  Candidate second = first;
  second.entity = "gn:" + std::to_string(3600000 + name.size());
  second.name = std::string(name) + " (place)";
  second.kind = EntityKind::place;
  second.sense = "alias";
  second.source = "cities.json";
  second.score = 0.4F;
  actor.candidates = {first, second};
  return actor;
}

Draft& Draft::actor(std::string_view words, std::string_view name, std::string_view country,
                    std::vector<std::string> sectors) {
  last().actors.push_back(party(words, name, country, std::move(sectors)));
  last().why.push_back({"actor", "It is the subject of the verb.", find(words)});
  return *this;
}

Draft& Draft::recipient(std::string_view words, std::string_view name, std::string_view country,
                        std::vector<std::string> sectors) {
  last().recipients.push_back(party(words, name, country, std::move(sectors)));
  last().why.push_back({"recipient", "It is what the verb or its preposition leads to.", find(words)});
  return *this;
}

Draft& Draft::says(std::string_view words, std::string_view name, std::string_view cue, Stance stance, bool direct) {
  Attribution link;
  link.speaker = party(words, name, "", {});
  link.speaker.candidates.clear();
  link.verb = cue;
  link.cue = find(cue);
  link.stance = stance;
  link.direct_quote = direct;
  last().attribution.push_back(link);
  last().why.push_back({"attribution", "The clause hangs on a verb of saying.", link.cue});
  return *this;
}

Draft& Draft::on(std::string_view iso, Basis basis, std::string_view words) {
  last().date = {Date::parse(iso).value_or(Date{}), {}, basis, find(words)};
  last().why.push_back({"date",
                        basis == Basis::publication ? "The text names no day, so this is the day of publication."
                                                    : "Read from the words.",
                        last().date.span});
  return *this;
}

Draft& Draft::at(std::string_view words, std::string_view name, std::string_view country, PlacePrecision precision,
                 Basis basis) {
  Place place;
  place.span = find(words);
  place.text = words;
  place.name = name;
  place.country = country;
  place.precision = precision;
  place.id = "gn:" + std::to_string(700000 + name.size());
  place.source = "cities.json";
  place.lat = 10.5;
  place.lon = -66.9;
  place.located = true;
  place.reason = "It is the largest place of that name in a country that the article names.";
  last().place = {place, basis};
  return *this;
}

Draft& Draft::is(Status status) {
  last().status.push_back(status);
  last().why.push_back({"status", "The clause is marked by a modal verb or a denial.", last().trigger});
  return *this;
}

StoredArticle Draft::finish() {
  Article& a = stored_.article;
  a.text_sha256 = sha256_hex(a.text);
  a.id = content_id("article", {a.url, a.title.value});
  a.revision = content_id("revision", {a.id, a.text_sha256});
  std::size_t number = 0;
  for (Event& event : stored_.events) {
    event.id = content_id("event", {a.revision, event.type, std::to_string(number++)});
    event.why.push_back({"confidence", "A share of such readings that proved right when people checked them.", {}});
  }
  return stored_;
}

}  // namespace casus::detail
