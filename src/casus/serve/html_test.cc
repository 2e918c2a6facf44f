// SPDX-License-Identifier: Apache-2.0
#include "html.h"

#include <gtest/gtest.h>

namespace casus::detail {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

TEST(Html, TextNeverBecomesMarkup) {
  EXPECT_EQ(escaped("<script>&\"'"), "&lt;script&gt;&amp;&quot;&#39;");
  EXPECT_EQ(escaped("Zoë 🕊️ محادثات"), "Zoë 🕊️ محادثات");
}

TEST(Html, BytesThatAreNoTextBecomeTheReplacementCharacter) {
  EXPECT_EQ(escaped("a\xFF\xC3"
                    "b"),
            "a\uFFFD\uFFFD"
            "b");
  EXPECT_EQ(escaped(std::string_view("a\0b\x1B", 4)), "a\uFFFDb\uFFFD");
  EXPECT_EQ(escaped("\xC2\x85"), "\uFFFD") << "a C1 control";
  EXPECT_EQ(escaped("a\tb\nc"), "a\tb\nc");
}

TEST(Html, AttributesAreQuotedAndEscaped) {
  Html html;
  html.leaf("p", {{"class", "a\" onclick=\"alert(1)"}, {"hidden"}}, "x");
  EXPECT_EQ(html.str(), "<p class=\"a&quot; onclick=&quot;alert(1)\" hidden>x</p>");
}

TEST(Html, ScopesCloseInOrder) {
  Html html;
  {
    const auto outer = html.in("div");
    const auto inner = html.in("p");
    html.text("x");
  }
  EXPECT_EQ(html.str(), "<div><p>x</p></div>");
}

TEST(Link, OnlyHttpAddressesLeaveThePage) {
  for (const char* url : {"http://example.org/", "https://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG"}) {
    EXPECT_TRUE(Link::outside(url)) << url;
  }
  for (const char* url :
       {"javascript:alert(1)", "java\tscript:alert(1)", " https://x.org", "data:text/html,x", "vbscript:x", "//x.org",
        "/x", "http://", "https:///x", "https://user:pass@x.org/", "https://x.org/\n", "https://x.org\\@y.org",
        "file:///etc/passwd", "https://x.org/<b>", "ht\ntps://x.org", ""}) {
    EXPECT_FALSE(Link::outside(url)) << url;
  }
  EXPECT_FALSE(Link::outside("https://x.org/" + std::string(5000, 'a')));
}

TEST(Link, OutsideLinksTellNobodyWhereTheyComeFrom) {
  Html html;
  html.leaf("a", {*Link::outside("https://example.org/?a=1&b=2")}, "x");
  EXPECT_EQ(html.str(), "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noreferrer noopener external\">x</a>");
}

TEST(Link, LocalLinksStayOnThisServer) {
  EXPECT_EQ(Link::local("/event/1?a=b").address(), "/event/1?a=b");
  EXPECT_EQ(Link::local("//elsewhere.example").address(), "/");
  EXPECT_EQ(Link::local("/\\elsewhere.example").address(), "/");
  EXPECT_EQ(Link::local("https://elsewhere.example").address(), "/");
}

}  // namespace
}  // namespace casus::detail
