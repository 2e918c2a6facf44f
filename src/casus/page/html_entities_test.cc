// SPDX-License-Identifier: Apache-2.0
#include <casus/page/html_entities.h>
#include <gtest/gtest.h>

#include <string>

namespace casus::detail {
namespace {

struct Case {
  const char* text;
  bool in_attribute;
  std::uint32_t consumed;
  const char* value;
};

TEST(HtmlEntities, ReferenceIsReadAsFarAsItGoes) {
  const Case cases[] = {
      {"&amp;x", false, 5, "&"},
      {"&ampx", false, 4, "&"},  // the semicolon may be missing where it always could
      {"&ampx", true, 0, ""},    // but not before a letter of a link's parameters
      {"&amp=1", true, 0, ""},
      {"&amp;=1", true, 5, "&"},
      {"&amp", true, 4, "&"},
      {"&notit;", false, 4, "\u00AC"},  // the longest name wins: here "not"
      {"&notin;", false, 7, "\u2209"},
      {"&NotEqualTilde;", false, 15, "\u2242\u0338"},
      {"&Eacute;", false, 8, "\u00C9"},
      {"&eacute;", false, 8, "\u00E9"},
      {"&nosuch;", false, 0, ""},
      {"&", false, 0, ""},
      {"& ", false, 0, ""},
      {"&#233;", false, 6, "\u00E9"},
      {"&#xE9;", false, 6, "\u00E9"},
      {"&#XE9 ", false, 5, "\u00E9"},
      {"&#;", false, 0, ""},
      {"&#x;", false, 0, ""},
      {"&#0;", false, 4, "\uFFFD"},
      {"&#xD800;", false, 8, "\uFFFD"},
      {"&#x110000;", false, 10, "\uFFFD"},
      {"&#99999999999999999999;", false, 23, "\uFFFD"},
      {"&#146;", false, 6, "\u2019"},  // windows-1252, as the author meant it
      {"&#x1F600;", false, 9, "\U0001F600"},
  };
  for (const Case& c : cases) {
    const CharacterReference got = read_character_reference(c.text, 0, c.in_attribute);
    EXPECT_EQ(got.consumed, c.consumed) << c.text;
    EXPECT_EQ(got.value(), c.value) << c.text;
  }
}

TEST(HtmlEntities, EveryPrefixOfALongNameIsSafe) {
  const std::string name = "&CounterClockwiseContourIntegral;";
  for (std::size_t length = 1; length <= name.size(); ++length) {
    const CharacterReference got = read_character_reference(std::string_view(name).substr(0, length), 0, false);
    EXPECT_EQ(got.consumed, length == name.size() ? name.size() : 0U) << length;
  }
}

}  // namespace
}  // namespace casus::detail
