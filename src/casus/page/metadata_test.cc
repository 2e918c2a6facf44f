// SPDX-License-Identifier: Apache-2.0
// Each field with its origin and the bytes it stands in; rival values kept; nothing invented.
#include <casus/page/metadata.h>
#include <casus/page/read_page.h>

#include <gtest/gtest.h>

namespace casus {
namespace {

constexpr std::string_view kBody =
    "<article><h1>Ministers sign border treaty</h1><p>Kenya and Uganda signed a treaty on Friday that ends a long "
    "dispute over two small "
    "islands, the foreign ministries of both countries said in a statement.</p><p>The treaty lets boats of both "
    "countries fish around "
    "the islands, and sets up a joint commission that is to meet twice a year in Kampala.</p><p>It will enter into "
    "force when both "
    "parliaments have approved it, which may take until the end of next year, a spokeswoman said.</p></article>";

std::string page(std::string_view head, std::string_view before = "", std::string_view attributes = "") {
  return "<!doctype html><html" + std::string(attributes) + "><head>" + std::string(head) + "</head><body>" +
         std::string(before) + std::string(kBody) + "</body></html>";
}

std::string bytes_of(const std::string& page, const Field& field) {
  return page.substr(field.page.start, field.page.length());
}

TEST(Metadata, EachFieldSaysWhereItWasRead) {
  const std::string html = page(
      "<title>Ministers sign border treaty - The Paper</title><meta property='og:site_name' content='The Paper'>"
      "<meta property='og:title' content='Ministers sign border treaty | The Paper'>"
      "<meta property='article:published_time' content='2022-03-04T10:20:00+03:00'><meta name='author' content='Jane "
      "Otieno'>"
      "<meta property='article:modified_time' content='2022-03-05'><link rel=canonical "
      "href='https://paper.example/a?b=1'>",
      "", " lang='en-KE'");
  const Article article = read_page(html, {.url = "https://www.paper.example/amp/a"}).value();
  EXPECT_EQ(article.title.value, "Ministers sign border treaty");
  EXPECT_EQ(article.title.from, "h1");
  EXPECT_EQ(bytes_of(html, article.title), "Ministers sign border treaty");
  EXPECT_EQ(article.site.value, "The Paper");
  EXPECT_EQ(article.published.value, "2022-03-04T10:20:00+03:00");
  EXPECT_EQ(article.published.from, "opengraph");
  EXPECT_EQ(bytes_of(html, article.published), "2022-03-04T10:20:00+03:00");
  EXPECT_EQ(article.modified.value, "2022-03-05");
  ASSERT_EQ(article.authors.size(), 1U);
  EXPECT_EQ(article.authors[0].value, "Jane Otieno");
  EXPECT_EQ(article.language.value, "en");
  EXPECT_EQ(article.url, "https://paper.example/a?b=1");
}

TEST(Metadata, JsonLdComesFirstAndOthersAreRivals) {
  const std::string html = page(
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers sign border treaty","datePublished":"2022-03-04","author":{"name":"Kofi Mensah"}}</script>)"
      "<meta name=date content='2022-03-06'><meta name=author content='Web Desk Ltd'>");
  const Article article = read_page(html).value();
  EXPECT_EQ(article.published.value, "2022-03-04");
  EXPECT_EQ(article.published.from, "json-ld");
  EXPECT_EQ(bytes_of(html, article.published), "2022-03-04");
  EXPECT_EQ(article.authors.at(0).value, "Kofi Mensah");
  bool rival = false;
  for (const Field& f : article.rivals) rival = rival || (f.from == "published:meta" && f.value == "2022-03-06");
  EXPECT_TRUE(rival);
}

TEST(Metadata, VisibleBylineAndDateAreLastButOne) {
  const Article article =
      read_page(page("", "<p class=byline>By Jane Otieno and Kofi Mensah</p><p>March 4, 2022</p>")).value();
  ASSERT_EQ(article.authors.size(), 2U);
  EXPECT_EQ(article.authors[1].value, "Kofi Mensah");
  EXPECT_EQ(article.authors[0].from, "text");
  EXPECT_EQ(article.published.value, "2022-03-04");
  EXPECT_EQ(article.published.from, "text");
}

TEST(Metadata, TheAddressGivesADateOnlyWhenNothingElseDoes) {
  const Article article = read_page(page(""), {.url = "https://paper.example/2022/03/04/treaty.html"}).value();
  EXPECT_EQ(article.published.value, "2022-03-04");
  EXPECT_EQ(article.published.from, "url");
  EXPECT_EQ(read_page(page(""), {.url = "https://paper.example/world/9981234567"}).value().published.value, "");
}

TEST(Metadata, AForeignOrUnsafeCanonicalAddressIsNotTaken) {
  for (const char* address :
       {"https://evil.example/a", "javascript:alert(1)", "https://paper.example/", "//x", "data:text/html,x"}) {
    const std::string head = "<link rel=canonical href='" + std::string(address) + "'>";
    EXPECT_EQ(read_page(page(head), {.url = "https://paper.example/a"}).value().url, "https://paper.example/a")
        << address;
  }
  EXPECT_EQ(read_page(page("<link rel=canonical href='/b'>"), {.url = "https://paper.example/a"}).value().url,
            "https://paper.example/b");
}

TEST(Metadata, WhatIsGivenWinsAndTheOtherIsARival) {
  const Article article =
      read_page(page("<meta property='og:site_name' content='The Paper'>"), {.title = "Given title", .site = "Feed"})
          .value();
  EXPECT_EQ(article.title.value, "Given title");
  EXPECT_EQ(article.title.from, "given");
  EXPECT_EQ(article.site.value, "Feed");
}

TEST(Metadata, TheSiteIsTakenOffTheTitle) {
  const std::vector<Field> paper{{"The Paper", "opengraph", {}}};
  const auto title = [&](std::string_view t, const std::vector<Field>& sites) {
    return detail::without_site(t, sites);
  };
  EXPECT_EQ(title("Ministers sign treaty - The Paper", paper), "Ministers sign treaty");
  EXPECT_EQ(title("Ministers sign treaty | World | The Paper", paper), "Ministers sign treaty | World");
  EXPECT_EQ(title("Kenya - Uganda: what the treaty says", paper), "Kenya - Uganda: what the treaty says");
  EXPECT_EQ(title("Ministers sign the long awaited treaty | Some News", {}), "Ministers sign the long awaited treaty");
}

TEST(Metadata, NothingIsInvented) {
  const Article article = read_page(
                              "<p>Rain fell on the hills of the north for three days, and the river rose above the "
                              "bridge, people said.</p>")
                              .value();
  EXPECT_EQ(article.title.value, "");
  EXPECT_TRUE(article.authors.empty());
  EXPECT_EQ(article.published.value, "");
  EXPECT_EQ(article.language.value, "");
  EXPECT_EQ(article.url, "");
}

}  // namespace
}  // namespace casus
