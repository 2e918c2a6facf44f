// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/page/charset.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

namespace casus::detail {
namespace {

using namespace std::string_literals;

const char* const kNames[] = {
    "utf-8",          "big5",          "euc-jp",       "euc-kr",       "gb18030",      "gbk",          "ibm866",
    "iso-2022-jp",    "iso-8859-10",   "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",  "iso-8859-2",
    "iso-8859-3",     "iso-8859-4",    "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-8-i",
    "koi8-r",         "koi8-u",        "macintosh",    "shift_jis",    "windows-1250", "windows-1251", "windows-1252",
    "windows-1253",   "windows-1254",  "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874",
    "x-mac-cyrillic", "x-user-defined"};

DecodedPage decode(std::string_view bytes, std::string_view charset) {
  return decode_page(bytes, {charset_of_label(charset), "header", 0, false});
}

TEST(Charset, LabelIsFoundWhateverItsCaseAndWhiteSpace) {
  EXPECT_EQ(charset_of_label(" Latin1\n"), "windows-1252");
  EXPECT_EQ(charset_of_label("CP1251"), "windows-1251");
  EXPECT_EQ(charset_of_label("x-sjis"), "shift_jis");
  EXPECT_EQ(charset_of_label("utf8"), "utf-8");
  EXPECT_EQ(charset_of_label("utf-7"), "");  // never honoured: it can hide markup
  EXPECT_EQ(charset_of_label("iso-2022-kr"), "replacement");
  EXPECT_EQ(charset_of_label("8"), "");
  EXPECT_EQ(charset_of_label("utf-8 utf8"), "");
  EXPECT_EQ(charset_of_label(""), "");
  EXPECT_EQ(charset_of_label(std::string(100000, 'a')), "");
}

TEST(Charset, BomBeatsHeaderBeatsMetaAndConflictsAreSeen) {
  const std::string meta = "<meta charset=koi8-r>";
  CharsetChoice choice = choose_charset("\xEF\xBB\xBF" + meta, "latin1");
  EXPECT_EQ(std::tie(choice.name, choice.from), std::make_tuple("utf-8", "bom"));
  EXPECT_EQ(choice.bom_length, 3U);
  EXPECT_TRUE(choice.conflict);
  choice = choose_charset(meta, "latin1");
  EXPECT_EQ(std::tie(choice.name, choice.from), std::make_tuple("windows-1252", "header"));
  EXPECT_TRUE(choice.conflict);
  choice = choose_charset(meta, "koi8");
  EXPECT_FALSE(choice.conflict);
  choice = choose_charset(meta, "no such label");
  EXPECT_EQ(std::tie(choice.name, choice.from), std::make_tuple("koi8-r", "meta"));
}

TEST(Charset, UndeclaredPageIsUtf8OnlyWhenItProvesIt) {
  EXPECT_EQ(choose_charset("plain", "").from, "default");
  EXPECT_EQ(choose_charset("plain", "").name, "windows-1252");
  EXPECT_EQ(choose_charset("caf\xC3\xA9", "").from, "guess");
  EXPECT_EQ(choose_charset("caf\xC3\xA9", "").name, "utf-8");
  EXPECT_EQ(choose_charset("caf\xE9", "").name, "windows-1252");
}

TEST(Charset, DeclarationIsReadAsBrowsersReadIt) {
  EXPECT_EQ(prescan_charset("<!-- <meta charset=koi8-r> --><META CharSet = 'windows-1251' >"), "windows-1251");
  EXPECT_EQ(prescan_charset("<meta http-equiv=content-type content='text/html; charset=euc-jp'>"), "euc-jp");
  EXPECT_EQ(prescan_charset("<meta content='text/html; charset=euc-jp'>"), "");
  EXPECT_EQ(prescan_charset("<meta charset=utf-16>"), "utf-8");
  EXPECT_EQ(prescan_charset("<a title='<meta charset=koi8-r>'>"), "");
  EXPECT_EQ(prescan_charset("<?xml version='1.0' encoding='iso-8859-2'?><html>"), "iso-8859-2");
  EXPECT_EQ(prescan_charset("<\0?\0x\0m\0"s), "utf-16le");
  EXPECT_EQ(prescan_charset("<meta charset=koi8-r"), "");  // cut off
}

TEST(Charset, AsciiIsAsciiInEveryEncodingAndLeadsToItself) {
  std::string ascii;
  for (char c = 1; c > 0; ++c) {
    // ISO-2022-JP gives three control characters a meaning, and CR becomes LF everywhere.
    if (c != '\r' && c != 0x0E && c != 0x0F && c != 0x1B) ascii += c;
    if (c == 127) break;
  }
  for (const char* name : kNames) {
    ASSERT_EQ(charset_of_label(name), name);
    const DecodedPage page = decode(ascii, name);
    EXPECT_EQ(page.text, ascii) << name;
    EXPECT_EQ(page.invalid, 0U) << name;
    EXPECT_EQ(page.map.page(5, 9), (PageSpan{5, 9})) << name;
  }
}

TEST(Charset, TextInOtherEncodingsIsDecodedWithThePlaceOfEachWord) {
  struct Case {
    const char* charset;
    std::string bytes, text, word;
    PageSpan page;
  };
  const Case cases[] = {
      {"windows-1251", "a \xCC\xE8\xED\xF1\xEA b", "a Минск b", "Минск", {2, 7}},
      {"koi8-r", "<p>\xED\xC9\xCE\xD3\xCB", "<p>Минск", "Минск", {3, 8}},
      {"ibm866", "\x8C\xA8\xAD\xE1\xAA!", "Минск!", "Минск", {0, 5}},
      {"iso-8859-15", "10 \xA4", "10 €", "€", {3, 4}},
      {"windows-1252", "\x93Hi\x94 \x80", "“Hi” €", "”", {3, 4}},
      {"shift_jis", "\x93\x8C\x8B\x9E x", "東京 x", "京", {2, 4}},
      {"euc-jp", "\xC5\xEC\xB5\xFE", "東京", "京", {2, 4}},
      {"iso-2022-jp", "a\x1B$BEl5~\x1B(Bb", "a東京b", "京", {6, 8}},
      {"gb18030", "\xB1\xB1\xBE\xA9", "北京", "京", {2, 4}},
      {"big5", "\xA5_\xA8\xCA", "北京", "京", {2, 4}},
      {"euc-kr", "\xBC\xAD\xBF\xEF", "서울", "울", {2, 4}},
      {"utf-16le", "a\0\x1C\x04\r\0\n\0<\0"s, "aМ\n<", "<", {8, 10}},
      {"utf-16be", "\0a\xD8\x3D\xDE\x00"s, "a😀", "😀", {2, 6}},
      {"x-user-defined", "\x80", "\uF780", "\uF780", {0, 1}},
  };
  for (const Case& c : cases) {
    const DecodedPage page = decode(c.bytes, c.charset);
    ASSERT_EQ(page.text, c.text) << c.charset;
    const auto at = static_cast<std::uint32_t>(page.text.find(c.word));
    EXPECT_EQ(page.map.page(at, at + static_cast<std::uint32_t>(c.word.size())), c.page) << c.charset;
    EXPECT_EQ(page.invalid, 0U) << c.charset;
  }
}

TEST(Charset, MalformedBytesAreCountedAndSwallowNoMarkup) {
  EXPECT_EQ(decode("a\xC3<b\xFF", "utf-8").text, "a\uFFFD<b\uFFFD");
  EXPECT_EQ(decode("a\xC3<b\xFF", "utf-8").invalid, 2U);
  EXPECT_EQ(decode("\xED\xA0\x80", "utf-8").invalid, 3U);  // a surrogate
  EXPECT_EQ(decode("\x81<p>", "shift_jis").text, "\uFFFD<p>");
  EXPECT_EQ(decode("\x85\x41", "shift_jis").text, "\uFFFDA");  // no such character: the second byte is itself
  EXPECT_EQ(decode("\x81<p>", "gb18030").text.substr(3), "<p>");
  EXPECT_EQ(decode("\xFE<p>", "euc-kr").text.substr(3), "<p>");
  EXPECT_EQ(decode("\0\xD8<\0"s, "utf-16le").text, "\uFFFD<");
  EXPECT_EQ(decode("a\0b"s, "utf-16le").invalid, 1U);  // half a character at the end
  EXPECT_EQ(decode("anything at all", "iso-2022-kr").text, "\uFFFD");
}

TEST(Charset, LineEndsBecomeLfAndStillLeadToThePage) {
  for (const char* name : {"utf-8", "windows-1252", "windows-1251", "shift_jis", "iso-2022-jp"}) {
    const DecodedPage page = decode("ab\r\ncd\ref\n\r\n", name);
    EXPECT_EQ(page.text, "ab\ncd\nef\n\n") << name;
    EXPECT_EQ(page.map.page(3, 5), (PageSpan{4, 6})) << name;
    EXPECT_EQ(page.map.page(6, 8), (PageSpan{7, 9})) << name;
    EXPECT_EQ(page.map.page(0, 10), (PageSpan{0, 12})) << name;
  }
}

TEST(Charset, CleanUtf8IsViewedNotCopied) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "caf\xC3\xA9";
  const DecodedPage page = decode_page(bytes, choose_charset(bytes, ""));
  EXPECT_EQ(page.text.data(), bytes.data() + 3);
  EXPECT_EQ(page.map.page(0, 5), (PageSpan{3, 8}));
}

}  // namespace
}  // namespace casus::detail
