// SPDX-License-Identifier: Apache-2.0
#include <casus/source/source_fixture.h>
#include <gtest/gtest.h>

namespace casus::detail {
namespace {

Taken read_lines(std::string_view bytes, const SourceLimits& limits = {}) {
  return take(
      [&](Sink& sink) {
        const std::unique_ptr<ByteStream> stream = open_memory(bytes);
        read_json_lines(*stream, "t.jsonl", sink);
      },
      limits);
}

TEST(JsonLines, TakesTextOrHtmlWithWhatIsKnownOfIt) {
  const Taken taken = read_lines(
      "{\"id\":\"a1\",\"text\":\"Caf\\u00e9.\",\"url\":\"https://example.org/"
      "a\",\"title\":\"T\",\"date\":\"2022-03-04\",\"language\":\"fr\"}\n"
      "\n"
      "{\"id\":17,\"html\":\"<p>x</p>\",\"url\":\"javascript:alert(1)\"}");
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].bytes, "Café.");
  EXPECT_TRUE(taken.documents[0].plain);
  EXPECT_EQ(taken.documents[0].published, "2022-03-04");
  EXPECT_EQ(taken.documents[0].language, "fr");
  EXPECT_EQ(taken.documents[1].id, "17");
  EXPECT_EQ(taken.documents[1].name, "t.jsonl#3");
  EXPECT_EQ(taken.documents[1].url, "");
  EXPECT_FALSE(taken.documents[1].plain);
  EXPECT_TRUE(taken.refusals.empty());
}

TEST(JsonLines, ABrokenLineIsRefusedWithItsByteAndTheRestIsRead) {
  const std::string good = "{\"text\":\"one\"}\n";
  const Taken taken = read_lines(good + "{\"text\":\"cut\n[1]\n{\"id\":3}\n{\"text\":\"\\ud800\"}\n" + good);
  EXPECT_EQ(taken.documents.size(), 2U);
  ASSERT_EQ(taken.refusals.size(), 4U);
  EXPECT_EQ(taken.refusals[0].name, "t.jsonl#2");
  EXPECT_EQ(taken.refusals[0].error.offset, static_cast<std::int64_t>(good.size()));
  EXPECT_EQ(taken.refusals[0].sha256.size(), 64U);
}

TEST(JsonLines, ALineLongerThanAllowedIsSkippedWithoutBeingKept) {
  SourceLimits limits;
  limits.max_document = 100'000;
  const std::string good = "{\"text\":\"one\"}\n";
  const Taken taken = read_lines(good + "{\"text\":\"" + std::string(900'000, 'a') + "\"}\n" + good, limits);
  EXPECT_EQ(taken.documents.size(), 2U);
  ASSERT_EQ(taken.refusals.size(), 1U);
  EXPECT_EQ(taken.refusals[0].error.code, Errc::too_large);
}

TEST(JsonLines, DeepNestingIsRefused) {
  const Taken taken = read_lines("{\"text\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}\n");
  EXPECT_EQ(taken.refusals.size(), 1U);
}

TEST(JsonFeed, GivesItsEntries) {
  const Taken taken = take([&](Sink& sink) {
    read_json_feed(
        R"({"version":"https://jsonfeed.org/version/1.1","title":"Site","language":"en","items":[
          {"id":"1","url":"https://example.org/1","title":"One","content_html":"<p>a</p>","date_published":"2022-03-04T10:00:00Z"},
          {"id":"2","content_text":"b"},{"id":"3"}]})",
        "f.json", sink);
  });
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].site, "Site");
  EXPECT_EQ(taken.documents[0].published, "2022-03-04T10:00:00Z");
  EXPECT_TRUE(taken.documents[1].plain);
  EXPECT_EQ(taken.refusals.size(), 1U);
}

}  // namespace
}  // namespace casus::detail
