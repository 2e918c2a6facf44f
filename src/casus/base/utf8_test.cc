// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casus {
namespace {

TEST(Utf8, FoldsNamesToOneKey) {
  EXPECT_EQ(fold_name("Nicolás  MADURO"), "nicolas maduro");
  EXPECT_EQ(fold_name(" Côte d’Ivoire "), "cote d'ivoire");
  EXPECT_EQ(fold_name("Київ"), "киів");
}

TEST(Utf8, RefusesOverlongAndSurrogateForms) {
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("a\xE2\x82"));
  EXPECT_TRUE(is_valid_utf8("a€😀"));
}

RC_GTEST_PROP(Utf8, DecodingAlwaysAdvancesAndStaysInside, (const std::string& bytes)) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const Decoded d = decode_utf8(bytes, i);
    RC_ASSERT(d.length >= 1U && d.length <= 4U && i + d.length <= bytes.size());
    i += d.length;
  }
}

RC_GTEST_PROP(Utf8, CodePointsAndBytesAreInverse, (const std::vector<char32_t>& points)) {
  std::string text;
  for (const char32_t c : points) append_utf8(text, c % 0x3000);
  const CodePointIndex index(text);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < text.size(); ++number) {
    RC_ASSERT(index.code_point(static_cast<std::uint32_t>(i)) == number);
    RC_ASSERT(index.byte(number) == i);
    i += decode_utf8(text, i).length;
  }
  RC_ASSERT(index.code_point(static_cast<std::uint32_t>(text.size())) == number);
  RC_ASSERT(index.byte(number) == text.size());
}

}  // namespace
}  // namespace casus
