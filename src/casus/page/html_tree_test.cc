// SPDX-License-Identifier: Apache-2.0
// What html5lib's cases do not ask: where things stood in the page, late declarations, and limits.
#include <casus/page/dom.h>
#include <casus/page/html_tags.h>
#include <casus/page/html_test_support.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casus {
namespace {

HtmlTree parse(std::string_view bytes, const HtmlOptions& options = {}) {
  Result<HtmlTree> tree = parse_html(bytes, options);
  if (!tree) throw BadResult(tree.error());  // fails the test that asked, and no other
  EXPECT_EQ(testing::faults(*tree, bytes, options.limits), "");
  return std::move(tree).value();
}

NodeId find(const HtmlTree& tree, std::string_view name) {
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    if (tree.nodes[id].type == NodeType::element && tree.nodes[id].name == name) return id;
  }
  return kNoNode;
}

NodeId find_text(const HtmlTree& tree, std::string_view text) {
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    if (tree.nodes[id].type == NodeType::text && tree.text(id) == text) return id;
  }
  return kNoNode;
}

// "text<page bytes>" for each piece.
std::vector<std::string> pieces(const HtmlTree& tree, std::string_view bytes, NodeId id) {
  std::vector<std::string> out;
  const Node& node = tree.nodes[id];
  for (std::uint32_t i = 0; i < node.piece_count; ++i) {
    const Piece& piece = tree.pieces[node.first_piece + i];
    const std::uint32_t end =
        i + 1 < node.piece_count ? tree.pieces[node.first_piece + i + 1].text_start : node.text.end;
    const std::string_view mark = piece.kind == PieceKind::verbatim ? "=" : "~";
    out.push_back(std::string(Span{piece.text_start, end}.of(tree.text_pool)) + std::string(mark) +
                  std::string(bytes.substr(piece.page_start, piece.page_length)));
  }
  return out;
}

std::string_view cut(std::string_view bytes, PageSpan span) {
  return bytes.substr(span.start, span.length());
}

using Pieces = std::vector<std::string>;

TEST(HtmlTree, TextIsAListOfPiecesOfThePage) {
  const std::string bytes = "<p>caf&eacute; a</nosuch>b &amp c\r\nd\re</p>";
  const HtmlTree tree = parse(bytes);
  const NodeId id = find_text(tree, "café ab & c\nd\ne");
  ASSERT_NE(id, kNoNode);
  EXPECT_EQ(pieces(tree, bytes, id),
            (Pieces{"caf=caf", "é~&eacute;", " a= a", "b =b ", "&~&amp", " c= c", "\nd=\nd", "\n~\r", "e=e"}));
  EXPECT_EQ(cut(bytes, tree.nodes[id].page), "caf&eacute; a</nosuch>b &amp c\r\nd\re");
}

TEST(HtmlTree, PiecesOfALegacyPageAreItsWords) {
  const std::string bytes = "<meta charset=windows-1251><p>\xCC\xE8\xED\xF1\xEA, \xD0\xC1\x97x";
  const HtmlTree tree = parse(bytes);
  EXPECT_EQ(tree.charset, "windows-1251");
  EXPECT_EQ(tree.charset_from, "meta");
  const NodeId id = find_text(tree, "Минск, РБ—x");
  ASSERT_NE(id, kNoNode);
  EXPECT_EQ(pieces(tree, bytes, id), (Pieces{"Минск~\xCC\xE8\xED\xF1\xEA", ", =, ", "РБ~\xD0\xC1", "—~\x97", "x=x"}));
}

TEST(HtmlTree, FosteredTextJoinsTheTextBeforeTheTable) {
  const std::string bytes = "<p>in<table>a<tr>b<td>cell</td>c</table>";
  const HtmlTree tree = parse(bytes);
  const NodeId id = find_text(tree, "inabc");
  ASSERT_NE(id, kNoNode);
  EXPECT_EQ(pieces(tree, bytes, id), (Pieces{"in=in", "a=a", "b=b", "c=c"}));
}

TEST(HtmlTree, NulIsDroppedInTextAndMarkedInScripts) {
  const std::string bytes("<p>a\0b<script>c\0d</script>", 26);
  const HtmlTree tree = parse(bytes);
  EXPECT_NE(find_text(tree, "ab"), kNoNode);
  EXPECT_NE(find_text(tree, "c\uFFFDd"), kNoNode);
}

TEST(HtmlTree, ElementsKnowTheirBytes) {
  const std::string bytes = "<!DOCTYPE html><ul id=u><li>one<li>two</li></ul><p>x<div>y</div><br>";
  const HtmlTree tree = parse(bytes);
  EXPECT_EQ(cut(bytes, tree.nodes[find(tree, "ul")].page), "<ul id=u><li>one<li>two</li></ul>");
  EXPECT_EQ(cut(bytes, tree.nodes[find(tree, "li")].page), "<li>one");
  EXPECT_EQ(cut(bytes, tree.nodes[find(tree, "p")].page), "<p>x");
  EXPECT_EQ(cut(bytes, tree.nodes[find(tree, "div")].page), "<div>y</div>");
  EXPECT_EQ(cut(bytes, tree.nodes[find(tree, "br")].page), "<br>");
  EXPECT_TRUE(tree.nodes[find(tree, "head")].page.empty());
  EXPECT_FALSE(tree.quirks);
  EXPECT_TRUE(parse("<p>").quirks);
}

TEST(HtmlTree, AttributeValuesAreDecodedAndTheirBytesKnown) {
  const std::string bytes = "<a HREF='/?a=1&amp;b=2&copy=3' title=\"caf&eacute;\" href=second data-x disabled>x</a>";
  const HtmlTree tree = parse(bytes);
  const NodeId a = find(tree, "a");
  EXPECT_EQ(tree.attribute(a, "href"), "/?a=1&b=2&copy=3");
  EXPECT_EQ(tree.attribute(a, "title"), "café");
  EXPECT_EQ(tree.attribute(a, "absent"), "");
  ASSERT_EQ(tree.nodes[a].attributes.size(), 4U);
  EXPECT_EQ(cut(bytes, tree.nodes[a].attributes[0].value_page), "/?a=1&amp;b=2&copy=3");
  EXPECT_EQ(cut(bytes, tree.nodes[a].attributes[1].value_page), "caf&eacute;");
  EXPECT_TRUE(tree.nodes[a].attributes[3].value_page.empty());
}

TEST(HtmlTree, ViewsSurviveAMoveOfTreeAndPage) {
  HtmlTree moved;
  {
    std::string bytes = "<widget data-source='somewhere else entirely'>text</widget>";
    HtmlTree tree = parse(bytes);
    bytes.assign(bytes.size(), '#');
    moved = std::move(tree);
  }
  const NodeId id = find(moved, "widget");
  ASSERT_NE(id, kNoNode);
  EXPECT_EQ(moved.attribute(id, "data-source"), "somewhere else entirely");
  EXPECT_EQ(moved.text(moved.nodes[id].first_child), "text");
}

TEST(HtmlTree, MetaBehindTheFirstBytesStillCounts) {
  const std::string bytes = "<!--" + std::string(9000, 'x') + "--><meta charset=koi8-r><p>\xED\xC9\xCE\xD3\xCB";
  const HtmlTree tree = parse(bytes);
  EXPECT_EQ(tree.charset, "koi8-r");
  EXPECT_EQ(tree.charset_from, "meta");
  EXPECT_NE(find_text(tree, "Минск"), kNoNode);
}

TEST(HtmlTree, MalformedBytesAreCounted) {
  HtmlOptions options;
  options.charset = "utf-8";
  EXPECT_EQ(parse("<p>a\xFF\xFE", options).invalid_bytes, 2U);
}

TEST(HtmlTree, PageAboveTheLimitIsRefusedWithItsReason) {
  HtmlOptions options;
  options.limits.max_bytes = 10;
  const Result<HtmlTree> big = parse_html("<p>01234567", options);
  ASSERT_FALSE(big);
  EXPECT_EQ(big.error().code, Errc::too_large);
  options.limits.max_bytes = 1000;
  options.limits.max_nodes = 20;
  EXPECT_TRUE(parse_html("<p>a<p>b", options));
  const Result<HtmlTree> many = parse_html("<p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h<p>i<p>j<p>k", options);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, Errc::too_large);
}

TEST(HtmlTree, EmptyPageIsAnEmptyDocument) {
  const HtmlTree tree = parse("");
  EXPECT_EQ(testing::outline(tree), "| <html>\n|   <head>\n|   <body>\n");
  EXPECT_EQ(tree.charset_from, "default");
}

TEST(HtmlTags, EveryNameFindsItsTag) {
  for (std::uint16_t i = 1; i < static_cast<std::uint16_t>(detail::Tag::count); ++i) {
    const auto tag = static_cast<detail::Tag>(i);
    EXPECT_EQ(detail::tag_of(detail::tag_name(tag)), tag) << detail::tag_name(tag);
  }
  EXPECT_EQ(detail::tag_of("DIV"), detail::Tag::unknown);
  EXPECT_EQ(detail::tag_of(""), detail::Tag::unknown);
}

}  // namespace
}  // namespace casus
