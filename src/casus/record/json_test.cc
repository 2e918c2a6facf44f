// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/record/json.h>
#include <casus/record/record_fixture.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace casus::detail {
namespace {

using nlohmann::json;

// The characters [start, end) of a text, counted in code points.
std::string quoted(const std::string& text, const json& span) {
  const CodePointIndex index(text);
  return std::string(
      index.bytes({span.at("start").get<std::uint32_t>(), span.at("end").get<std::uint32_t>()}).of(text));
}

TEST(Json, AnArticleHasTheFixedMembersWithCodePoints) {
  const Page page = make_page("https://example.org/a", "Ñandú 😀 called. The Kremlin said so.", "2022-03-04");
  const json j = json::parse(article_json(page.article));
  for (const char* key : {"page", "url", "title", "authors", "published", "language", "text", "paragraphs", "removed"})
    EXPECT_TRUE(j.contains(key)) << key;
  EXPECT_EQ(j["paragraphs"][0]["start"], 0);
  EXPECT_EQ(j["paragraphs"][0]["end"], 36);
  EXPECT_EQ(quoted(j["text"], j["paragraphs"][0]), page.article.text);
  EXPECT_EQ(j["paragraphs"][0]["page"], json({6, 6 + page.article.text.size()}));
  EXPECT_EQ(j["removed"][0]["reason"], "navigation");
  EXPECT_EQ(j["published"], "2022-03-04");
}

TEST(Json, WhatAPageDoesNotSayIsNull) {
  Page page = make_page("", "Text of some words.");
  page.article.title = {};
  const json j = json::parse(article_json(page.article));
  EXPECT_TRUE(j["title"].is_null());
  EXPECT_TRUE(j["url"].is_null());
  EXPECT_TRUE(j["published"].is_null());
  EXPECT_EQ(j["authors"], json::array());
}

TEST(Json, AnEventHasTheFixedMembersAndItsSpansSayItsWords) {
  Page page = make_page("https://example.org/a", "Ñandú 😀x called. The Kremlin said so.", "2022-03-04");
  page.reading.events[0].status = {Status::negation};
  const json document = json::parse(events_json("d1", page.reading.events, page.article));
  EXPECT_EQ(document["id"], "d1");
  ASSERT_EQ(document["events"].size(), 2U);
  const json& e = document["events"][0];
  for (const char* key : {"type", "mode", "contexts", "status", "actors", "recipients", "trigger", "evidence",
                          "attribution", "date", "place", "confidence"}) {
    EXPECT_TRUE(e.contains(key)) << key;
  }
  EXPECT_EQ(quoted(page.article.text, e["actors"][0]), "Ñandú");
  EXPECT_EQ(e["actors"][0]["text"], "Ñandú");
  EXPECT_EQ(e["actors"][0]["country"], "VEN");
  EXPECT_EQ(e["actors"][0]["sector"], "GOV");
  EXPECT_EQ(quoted(page.article.text, e["evidence"]), "Ñandú 😀x called.");
  EXPECT_EQ(e["status"], json({"negation"}));
  EXPECT_EQ(e["attribution"][0]["stance"], "accuses");
  EXPECT_EQ(e["date"]["value"], "2022-03");
  EXPECT_EQ(e["date"]["basis"], "relative");
  EXPECT_EQ(e["place"]["name"], "Caracas");
  EXPECT_FALSE(e.contains("why"));
  EXPECT_EQ(json::parse(event_json(page.reading.events[0], page.article, true))["why"].size(), 2U);
}

TEST(Json, ACountryIsNoPoint) {
  Page page = make_page("u", "Maduro Putin called.");
  Event& event = page.reading.events[0];
  event.place.place.precision = PlacePrecision::country;
  EXPECT_TRUE(json::parse(event_json(event, page.article))["place"]["lat"].is_null());
  event.place.basis = Basis::unknown;
  EXPECT_TRUE(json::parse(event_json(event, page.article))["place"].is_null());
}

TEST(Json, PlacesHaveTheFixedMembers) {
  const Page page = make_page("u", "In Caracas they met.");
  Mention mention;
  mention.place = Place{};
  mention.place->span = {3, 10};
  mention.place->text = "Caracas";
  mention.place->id = "gn:3646738";
  mention.place->located = true;
  mention.place->lat = 10.5;
  const json j = json::parse(places_json("7", std::vector{mention, Mention{}}, page.article));
  ASSERT_EQ(j["places"].size(), 1U);
  for (const char* key : {"start", "end", "text", "name", "lat", "lon", "geonameid", "country", "kind"})
    EXPECT_TRUE(j["places"][0].contains(key)) << key;
  EXPECT_EQ(quoted(page.article.text, j["places"][0]), "Caracas");
  EXPECT_EQ(j["places"][0]["geonameid"], "3646738");
}

RC_GTEST_PROP(Json, AnyBytesInATextGiveValidJson, (const std::string& noise)) {
  Page page = make_page("u", "Maduro Putin called.");
  page.article.title.value = noise;
  page.article.removed[0].text = noise;
  RC_ASSERT(json::accept(article_json(page.article)));
}

}  // namespace
}  // namespace casus::detail
