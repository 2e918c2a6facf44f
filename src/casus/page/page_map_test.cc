// SPDX-License-Identifier: Apache-2.0
#include <casus/page/article.h>
#include <casus/page/read_page.h>

#include <gtest/gtest.h>

namespace casus {
namespace {

// text "ab &c" from page "ab  <b>&amp;c": verbatim "ab", a space piece, a decoded "&", verbatim "c".
PageMap sample() {
  return PageMap({{0, 0, 2, PieceKind::verbatim},
                  {2, 2, 5, PieceKind::space},
                  {3, 7, 5, PieceKind::decoded},
                  {4, 12, 1, PieceKind::verbatim}},
                 5);
}

TEST(PageMap, CutsVerbatimPiecesExactlyAndOthersWhole) {
  const PageMap map = sample();
  EXPECT_EQ(map.page({0, 5}), (PageSpan{0, 13}));
  EXPECT_EQ(map.page({1, 2}), (PageSpan{1, 2}));
  EXPECT_EQ(map.page({1, 4}), (PageSpan{1, 12}));
  EXPECT_EQ(map.page({3, 4}), (PageSpan{7, 12}));
  EXPECT_EQ(map.page({4, 5}), (PageSpan{12, 13}));
}

TEST(PageMap, EmptyAndOutlyingSpansHaveNoPage) {
  EXPECT_TRUE(sample().page({2, 2}).empty());
  EXPECT_TRUE(sample().page({9, 12}).empty());
  EXPECT_TRUE(PageMap().page({0, 1}).empty());
  EXPECT_EQ(sample().page({4, 99}), (PageSpan{12, 13}));
}

TEST(PageMap, GivesThePiecesOfASpanCutToIt) {
  const std::vector<Piece> pieces = sample().pieces({1, 4});
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].text_start, 1U);
  EXPECT_EQ(pieces[0].page_start, 1U);
  EXPECT_EQ(pieces[0].page_length, 1U);
  EXPECT_EQ(pieces[2].page_length, 5U);
}

TEST(PageText, ReportsAPieceThatLeavesThePage) {
  Article article;
  article.text = "abc";
  article.map = PageMap({{0, 10, 3, PieceKind::verbatim}}, 3);
  const Result<std::string> text = page_text("short", article, {0, 3});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::corrupt);
}

TEST(PageText, DecodesFromThePageAndNotFromTheArticle) {
  Article article;
  article.text = "abc";
  article.map = PageMap({{0, 0, 3, PieceKind::verbatim}}, 3);
  EXPECT_EQ(page_text("xyz", article, {0, 3}).value(), "xyz");
}

}  // namespace
}  // namespace casus
