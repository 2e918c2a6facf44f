// SPDX-License-Identifier: Apache-2.0
#include "http.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "limits.h"

namespace casus::detail {
namespace {

TEST(PercentDecode, UndoesEscapesOnceAndNeverTwice) {
  EXPECT_EQ(percent_decode("a%20b%2Bc", false).value(), "a b+c");
  EXPECT_EQ(percent_decode("%252F", false).value(), "%2F");
  EXPECT_EQ(percent_decode("a+b", true).value(), "a b");
  EXPECT_EQ(percent_decode("a+b", false).value(), "a+b");
}

TEST(PercentDecode, RefusesWhatIsNoText) {
  for (const char* text : {"%", "%2", "%zz", "%00", "%ff", "%c3", "%ED%A0%80", "a%4"}) {
    EXPECT_FALSE(percent_decode(text, true)) << text;
  }
}

RC_GTEST_PROP(PercentEncode, DecodingGivesTheTextBack, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  RC_ASSERT(percent_decode(percent_encode(text), false).value() == text);
  RC_ASSERT(percent_decode(percent_encode(text), true).value() == text);
}

TEST(ParseTarget, SplitsPathAndQuery) {
  const Target target = parse_target("/search?q=Zo%C3%AB+met&type=&q2").value();
  EXPECT_EQ(target.path, "/search");
  const Parameters expected = {{"q", "Zoë met"}, {"type", ""}, {"q2", ""}};
  EXPECT_EQ(target.query, expected);
}

TEST(ParseTarget, IsBounded) {
  EXPECT_EQ(parse_target("/" + std::string(kMaxTargetBytes, 'a')).error().code, Errc::too_large);
  std::string many = "/?";
  for (std::size_t i = 0; i <= kMaxParameters; ++i) many += "a=b&";
  EXPECT_EQ(parse_target(many).error().code, Errc::too_large);
  EXPECT_EQ(parse_target("/?a=" + std::string(kMaxValueBytes + 1, 'a')).error().code, Errc::too_large);
  EXPECT_EQ(parse_target("http://elsewhere.example/").error().code, Errc::invalid_input);
  EXPECT_EQ(parse_target("*").error().code, Errc::invalid_input);
  EXPECT_EQ(parse_target("").error().code, Errc::invalid_input);
}

TEST(LoopbackHost, KnowsOnlyThisMachine) {
  for (const char* host : {"localhost", "LocalHost:7777", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:7777"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const char* host : {"", "rebind.example", "rebind.example:7777", "localhost.rebind.example",
                           "127.0.0.1.rebind.example", "localhost:1:2", "localhost:80x", "127.0.0.2", "0.0.0.0", "[::1",
                           "[::1]x", "::1", "localhost@rebind.example", " localhost"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

TEST(Matches, ComparesTagsWeakly) {
  EXPECT_TRUE(matches("\"a\"", "\"a\""));
  EXPECT_TRUE(matches("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches("*", "\"a\""));
  EXPECT_FALSE(matches("\"ab\"", "\"a\""));
  EXPECT_FALSE(matches("", "\"a\""));
  EXPECT_FALSE(matches("*", "")) << "an answer without a tag cannot match";
}

TEST(CsvCell, QuotesAndGuardsAgainstFormulas) {
  const auto cell = [](std::string_view text) {
    std::string out;
    append_csv_cell(out, text);
    return out;
  };
  EXPECT_EQ(cell("plain"), "plain");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(cell("a\r\nb"), "\"a\r\nb\"");
  EXPECT_EQ(cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
  EXPECT_EQ(cell("@x"), "\"'@x\"");
  EXPECT_EQ(cell("-7.5"), "-7.5") << "a number stays one";
  EXPECT_EQ(cell("-x"), "\"'-x\"");
  EXPECT_EQ(cell(""), "");
}

TEST(SecurityFields, ForbidEverythingFromOutside) {
  std::string policy;
  for (const auto& [name, value] : security_fields()) {
    if (name == "Content-Security-Policy") policy = value;
  }
  EXPECT_TRUE(policy.starts_with("default-src 'none';"));
  for (const char* bad : {"unsafe", "http:", "https:", "data:", "*", "blob:"}) {
    EXPECT_EQ(policy.find(bad), std::string::npos) << bad;
  }
}

}  // namespace
}  // namespace casus::detail
