// SPDX-License-Identifier: Apache-2.0
#include <casus/page/json_ld.h>

#include <gtest/gtest.h>

namespace casus::detail {
namespace {

JsonArticle read(std::string_view script) {
  return article_of(JsonDocument(script));
}

TEST(JsonLd, ReadsAnArticleWhereverItHangs) {
  for (
      const char* script :
      {R"({"@type":"NewsArticle","headline":"Treaty signed","datePublished":"2022-03-04"})",
       R"([{"@type":"WebSite","name":"X"},{"@type":["ReportageNewsArticle","Thing"],"headline":"Treaty signed","datePublished":"2022-03-04"}])",
       R"({"@context":"https://schema.org","@graph":[{"@type":"Person","name":"P"},{"@type":"https://schema.org/Article","headline":"Treaty signed","datePublished":"2022-03-04"}]})",
       "<!-- {\"@type\":\"NewsArticle\", /* why */ \"headline\":\"Treaty signed\",\"datePublished\":\"2022-03-04\",} "
       "-->"}) {
    const JsonArticle article = read(script);
    ASSERT_EQ(article.headlines.size(), 1U) << script;
    EXPECT_EQ(article.headlines[0].value, "Treaty signed");
    ASSERT_EQ(article.published.size(), 1U) << script;
    EXPECT_EQ(std::string_view(script).substr(article.published[0].start,
                                              article.published[0].end - article.published[0].start),
              "2022-03-04");
  }
}

TEST(JsonLd, AuthorsAreNamesObjectsListsOrReferences) {
  const JsonArticle article = read(
      R"({"@graph":[{"@type":"Person","@id":"#j","name":"Jane Doe"},
          {"@type":"NewsArticle","author":[{"@id":"#j"},{"@type":"Person","name":"Kofi Mensah"},"Ana Costa"],"publisher":{"name":"The Paper"}}]})");
  ASSERT_EQ(article.authors.size(), 3U);
  EXPECT_EQ(article.authors[0].value, "Jane Doe");
  EXPECT_EQ(article.authors[1].value, "Kofi Mensah");
  EXPECT_EQ(article.authors[2].value, "Ana Costa");
  ASSERT_EQ(article.sites.size(), 1U);
  EXPECT_EQ(article.sites[0].value, "The Paper");
}

TEST(JsonLd, OtherArticlesInListsAreNotThisOne) {
  const JsonArticle article =
      read(R"({"@type":"ItemList","itemListElement":[{"item":{"@type":"NewsArticle","headline":"Another story"}}]})");
  EXPECT_TRUE(article.headlines.empty());
}

TEST(JsonLd, DecodesEscapesAndMendsRawLineEnds) {
  const JsonArticle article =
      read("{\"@type\":\"Article\",\"headline\":\"Caf\\u00e9 \\ud83d\\ude00 \\\"x\\\"\",\"articleBody\":\"one\ntwo\"}");
  EXPECT_EQ(article.headlines.at(0).value, "Café 😀 \"x\"");
  EXPECT_EQ(article.body, "one\ntwo");
}

TEST(JsonLd, PoliciesOfThePublisherAreTrustIndicators) {
  const JsonArticle article =
      read(R"({"@type":"NewsArticle","headline":"x","publisher":{"name":"P","correctionsPolicy":"https://p/c"}})");
  EXPECT_EQ(article.trust, std::vector<std::string>{"correctionsPolicy"});
}

TEST(JsonLd, BoundsHoldOnHostileScripts) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "[{\"a\":";
  EXPECT_LE(JsonDocument(deep).values().size(), 70U);  // 64 levels
  std::string wide = "[";
  for (int i = 0; i < 100000; ++i) wide += "1,";
  EXPECT_EQ(JsonDocument(wide).values().size(), 20000U);
  EXPECT_EQ(JsonDocument("").values().size(), 1U);
  EXPECT_TRUE(read("{\"@type\":\"NewsArticle\",\"headline\":\"never closed").headlines.empty());
}

}  // namespace
}  // namespace casus::detail
