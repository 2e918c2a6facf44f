// SPDX-License-Identifier: Apache-2.0
// Small pages that make other parsers build millions of elements or run for minutes. What is asserted are counts and
// flags, never time: the counts are what the time follows from.
#include <casus/page/dom.h>
#include <casus/page/html_test_support.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace casus {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string numbered(const std::string& before, const std::string& after, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += before + std::to_string(i) + after;
  return out;
}

// Whole text of the page, in tree order as the nodes were made.
std::size_t text_bytes(const HtmlTree& tree) {
  std::size_t bytes = 0;
  for (const Node& node : tree.nodes) bytes += node.type == NodeType::text ? node.text.length() : 0;
  return bytes;
}

HtmlTree parse(const std::string& bytes) {
  Result<HtmlTree> tree = parse_html(bytes);
  if (!tree) throw BadResult(tree.error());  // fails the test that asked, and no other
  EXPECT_EQ(testing::faults(*tree, bytes, HtmlLimits{}), "");
  return std::move(tree).value();
}

TEST(HtmlBomb, HundredThousandNestedDivsKeepTheirText) {
  const HtmlTree tree = parse(repeat("<div>", 100000) + "text" + repeat("</div>", 100000) + "after");
  EXPECT_TRUE(tree.depth_capped);
  EXPECT_LE(testing::depth(tree), HtmlLimits{}.max_depth + 1);
  EXPECT_EQ(text_bytes(tree), 9U);
  EXPECT_LT(tree.nodes.size(), 100010U);
}

TEST(HtmlBomb, FormattingElementsDoNotMultiply) {
  for (const std::size_t count : {1000U, 10000U}) {
    const std::string bytes = numbered("<b ", ">", count) + numbered("<i ", ">", count) + repeat("x</b>", count);
    const HtmlTree tree = parse(bytes);
    EXPECT_TRUE(tree.formatting_capped);
    EXPECT_EQ(text_bytes(tree), count);
    EXPECT_LT(tree.nodes.size(), 4 * count);
  }
}

TEST(HtmlBomb, ReopeningIsPaidByThePage) {
  const std::string bytes = "<p>" + numbered("<b ", ">", 64) + repeat("<p>x", 20000);
  const HtmlTree tree = parse(bytes);
  EXPECT_TRUE(tree.formatting_capped);
  EXPECT_EQ(text_bytes(tree), 20000U);
  EXPECT_LT(tree.nodes.size(), 2 * bytes.size());
}

TEST(HtmlBomb, FosterParentingStaysLinear) {
  const HtmlTree tree = parse("<table>" + repeat("<b>x", 20000));
  EXPECT_EQ(text_bytes(tree), 20000U);
  EXPECT_LT(tree.nodes.size(), 5 * 20000U);
  const HtmlTree text = parse("<table>" + repeat("x<tr><td>y", 20000));
  EXPECT_EQ(text_bytes(text), 40000U);
}

TEST(HtmlBomb, AttributesBeyondTheCapAreDropped) {
  const HtmlTree tag = parse("<p " + numbered("a", "=1 ", 50000) + ">text");
  EXPECT_TRUE(tag.attributes_capped);
  EXPECT_EQ(text_bytes(tag), 4U);
  const HtmlTree html = parse(numbered("<html a", "=1>", 20000));
  EXPECT_TRUE(html.attributes_capped);
  EXPECT_EQ(html.nodes[1].attributes.size(), HtmlLimits{}.max_attributes);
}

TEST(HtmlBomb, UnclosedConstructsAreOneNode) {
  EXPECT_LE(parse(repeat("<!--", 1000000)).nodes.size(), 5U);
  EXPECT_LE(parse("<title>" + repeat("</titl", 100000)).nodes.size(), 6U);
  EXPECT_LE(parse("<script>" + repeat("<!--<script ", 100000)).nodes.size(), 6U);
  EXPECT_LE(parse("<svg>" + repeat("<![CDATA[", 100000)).nodes.size(), 6U);
  EXPECT_LE(parse("<p " + repeat("a='", 100000)).nodes.size(), 6U);
}

TEST(HtmlBomb, HundredMegabytesAreRefusedUnread) {
  const Result<HtmlTree> tree = parse_html(std::string(100000000, 'a'));
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, Errc::too_large);
}

TEST(HtmlBomb, NestedStructuresKeepTheirInsertionModes) {
  // Tables and templates stop nesting early enough that their cells find room; what follows is still read.
  for (const char* unit :
       {"<table><tr><td>", "<table><caption>", "<template>", "<table>", "<svg><desc>", "<object>", "<select><option>",
        "<math><mi>", "<button>", "<ul><li>", "<a><div>", "<form><table>", "<ruby><rtc>", "<frameset>"}) {
    const std::string bytes =
        repeat(unit, 3000) + "<p>x</p>" + repeat("</td></table></template></div>", 3000) + "<h1>end</h1>";
    const HtmlTree tree = parse(bytes);
    EXPECT_LE(testing::depth(tree), HtmlLimits{}.max_depth + HtmlLimits{}.max_formatting) << unit;
  }
}

TEST(HtmlBomb, RandomBytesAreATree) {
  std::mt19937 random(20220304);
  std::string bytes(1000000, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  const HtmlTree tree = parse(bytes);
  EXPECT_GT(text_bytes(tree), 0U);
}

}  // namespace
}  // namespace casus
