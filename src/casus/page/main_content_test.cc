// SPDX-License-Identifier: Apache-2.0
// Pages in the manner of news sites: the article comes out whole, the furniture with a reason.
#include <casus/page/block_features.h>
#include <casus/page/block_model.h>
#include <casus/page/blocks.h>
#include <casus/page/class_words.h>
#include <casus/page/read_page.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casus {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> blocks(std::string_view html) {
  const HtmlTree tree = parse_html(html).value();
  const detail::BlockList list = detail::blocks_of(tree);
  std::vector<std::string> out;
  for (const detail::Block& b : list.blocks) out.emplace_back(list.text(b));
  return out;
}

TEST(Blocks, InlineElementsJoinAndBlockElementsPart) {
  EXPECT_THAT(blocks("<p>The <b>army</b> of <a href=x>Mali</a>'s <i>north</i></p>tail<div>next</div>"),
              ElementsAre("The army of Mali's north", "tail", "next"));
  EXPECT_THAT(blocks("<p>pre<b>fix</b>ed  word</p>"), ElementsAre("prefixed word"));
}

TEST(Blocks, BreaksPartParagraphsButNotLines) {
  EXPECT_THAT(blocks("<div>One came.<br><br>Two left.<br>Three stayed<br>for ever.</div>"),
              ElementsAre("One came.", "Two left.", "Three stayed for ever."));
}

TEST(Blocks, ScriptsAndTheLikeHaveNoText) {
  EXPECT_THAT(blocks("<style>p{}</style><script>x</script><p>a</p><svg><text>b</text></svg><select><option>c</"
                     "select><template>d</template>"),
              ElementsAre("a"));
}

TEST(Blocks, CellsOfARowAreOneLine) {
  EXPECT_THAT(blocks("<table><tr><td>Mali</td><td>12</td></tr><tr><td>Niger</td><td>7</td></tr></table>"),
              ElementsAre("Mali 12", "Niger 7"));
}

TEST(ClassWords, AreCutAtHyphensDigitsAndCapitals) {
  EXPECT_THAT(detail::class_words("articleBody-text post_42 x"), ElementsAre("article", "body", "text", "post"));
}

TEST(BlockModel, IsReadWholeAndFitsTheFeatures) {
  EXPECT_GT(detail::block_tree_count(), 10U);
  const HtmlTree tree = parse_html("<p>one</p><p>two</p>").value();
  const detail::BlockList list = detail::blocks_of(tree);
  EXPECT_EQ(detail::block_features(tree, list, {}).size(), 2 * detail::feature_names().size());
}

constexpr std::string_view kPage =
    R"(<!doctype html><html lang=en><head><title>Ministers sign border treaty - The Paper</title>
<meta property="og:title" content="Ministers sign border treaty"><meta property="og:site_name" content="The Paper"></head><body>
<header class="site-header"><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<main><article class="article">
<h1>Ministers sign border treaty</h1>
<div class="byline">By <a href="/author/jane">Jane Otieno</a></div><time datetime="2022-03-04">4 March 2022</time>
<div class="share-buttons"><a href="#">Facebook</a> <a href="#">Twitter</a></div>
<figure><img src=x><figcaption>The islands seen from the air. Photo: Agency</figcaption></figure>
<div class="article-body">
<p>Kenya and <a href="/uganda">Uganda</a> signed a treaty on Friday that ends a long dispute over two small islands, the foreign ministries of both countries said in a statement.</p>
<p>The treaty lets boats of both countries fish around the islands, and sets up a joint commission that is to meet twice a year in Kampala.</p>
<aside class="related-inline"><h3>Related</h3><a href="/x">Lake Victoria's fishermen wait for rain</a></aside>
<h2>Years of quarrels</h2>
<p>“We have quarrelled about these rocks for twenty years,” said the minister, who led the talks. “Now our fishermen can work, and our navies can go home.”</p>
<p>It will enter into force when both parliaments have approved it, which may take until the end of next year, a spokeswoman told reporters in Nairobi.</p>
<p>It will enter into force when both parliaments have approved it, which may take until the end of next year, a spokeswoman told reporters in Nairobi.</p>
</div>
<div class="newsletter-signup"><form><p>Sign up for our newsletter and get the news every morning.</p><button>Subscribe</button></form></div>
<div class="tags"><a href="/t/kenya">Kenya</a> <a href="/t/uganda">Uganda</a></div></article>
<section class="related-stories"><h2>Latest news</h2><ul><li><a href="/1">Rebels attack the capital of the east</a></li><li><a href="/2">Parliament rejects the budget again</a></li>
<li><a href="/3">President flies to Geneva for talks</a></li></ul></section>
<section class="comments"><h2>Comments</h2><div class="comment"><p>I have fished there all my life and nobody asked me.</p></div></section>
</main><footer class="site-footer"><p>© 2022 The Paper. All rights reserved.</p></footer></body></html>)";

std::string reason_of(const Article& article, std::string_view text) {
  for (const Removed& r : article.removed) {
    if (r.text.find(text) != std::string::npos) return r.reason;
  }
  return "";
}

TEST(MainContent, KeepsTheArticleAndOnlyThat) {
  const Article article = read_page(kPage).value();
  std::vector<std::string> starts;
  for (const Paragraph& p : article.paragraphs) starts.emplace_back(article.quote(p.span).substr(0, 16));
  EXPECT_THAT(starts, ElementsAre("Kenya and Uganda", "The treaty lets ", "Years of quarrel", "“We have quarr",
                                  "It will enter in"));
  EXPECT_EQ(article.paragraphs[2].kind, ParagraphKind::heading);
}

TEST(MainContent, SaysWhyTheRestIsLeftOut) {
  const Article article = read_page(kPage).value();
  EXPECT_EQ(reason_of(article, "World"), "navigation");
  EXPECT_EQ(reason_of(article, "Facebook"), "share");
  EXPECT_EQ(reason_of(article, "seen from the air"), "caption");
  EXPECT_EQ(reason_of(article, "Lake Victoria"), "related");
  EXPECT_EQ(reason_of(article, "Rebels attack"), "related");
  EXPECT_EQ(reason_of(article, "newsletter"), "form");
  EXPECT_EQ(reason_of(article, "I have fished"), "comments");
  EXPECT_EQ(reason_of(article, "All rights"), "footer");
  EXPECT_EQ(reason_of(article, "It will enter"), "duplicate");
}

TEST(MainContent, ReadsTheFieldsOfTheSamePage) {
  const Article article = read_page(kPage).value();
  EXPECT_EQ(article.title.value, "Ministers sign border treaty");
  EXPECT_EQ(article.authors.at(0).value, "Jane Otieno");
  EXPECT_EQ(article.published.value, "2022-03-04");
  EXPECT_EQ(article.form, "html");
}

TEST(ReadPage, RefusesWhatIsNoPage) {
  EXPECT_EQ(read_page("").error().code, Errc::invalid_input);
  EXPECT_EQ(read_page(" \n\t ").error().code, Errc::invalid_input);
  std::string binary(1000, '\x01');
  EXPECT_EQ(read_page(binary).error().code, Errc::invalid_input);
  HtmlLimits limits;
  limits.max_bytes = 10;
  EXPECT_EQ(read_page("a longer page than ten bytes", {.limits = limits}).error().code, Errc::too_large);
}

TEST(ReadPage, TheSameBytesGiveTheSameIdsAndAnotherTextAnotherRevision) {
  const Article a = read_page(kPage, {.url = "https://paper.example/a"}).value();
  const Article b = read_page(kPage, {.url = "https://paper.example/a"}).value();
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.revision, b.revision);
  EXPECT_EQ(a.page_sha256.size(), 64U);
  std::string changed(kPage);
  changed.replace(changed.find("two small"), 9, "six small");
  const Article c = read_page(changed, {.url = "https://paper.example/a"}).value();
  EXPECT_EQ(c.id, a.id);
  EXPECT_NE(c.revision, a.revision);
}

TEST(ReadPage, DeepNestingKeepsTheTextAndSaysSo) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  deep += "The army entered the capital on Sunday, witnesses told the agency, and closed the airport.";
  const Article article = read_page(deep).value();
  EXPECT_THAT(article.notes, ::testing::Contains("depth_capped"));
  std::string all = article.text;
  for (const Removed& r : article.removed) all += r.text;
  EXPECT_NE(all.find("The army entered"), std::string::npos);
}

}  // namespace
}  // namespace casus
