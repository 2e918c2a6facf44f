// SPDX-License-Identifier: Apache-2.0
#include <casus/source/charset.h>
#include <casus/source/source_fixture.h>
#include <gtest/gtest.h>

namespace casus::detail {
namespace {

Taken read_feed(std::string_view bytes) {
  return take([&](Sink& sink) { read_xml_feed(bytes, "f.xml", sink); });
}

TEST(XmlFeed, Rss2GivesTheFullContentWhereThereIsOne) {
  const Taken taken =
      read_feed(R"(<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>Wire</title><language>en-gb</language>
    <item><title>One</title><link>https://example.org/1</link><pubDate>Fri, 04 Mar 2022 10:20:30 GMT</pubDate>
      <description>Short.</description><content:encoded><![CDATA[<p>The whole of it.</p>]]></content:encoded></item>
    <item><guid>https://example.org/2</guid><description>&lt;p&gt;Two &amp;amp; more&lt;/p&gt;</description></item>
    <item><title>Empty</title></item></channel></rss>)");
  ASSERT_EQ(taken.documents.size(), 2U);
  const Document& one = taken.documents[0];
  EXPECT_EQ(one.bytes, "<p>The whole of it.</p>");
  EXPECT_EQ(one.url, "https://example.org/1");
  EXPECT_EQ(one.title, "One");
  EXPECT_EQ(one.published, "2022-03-04T10:20:30Z");
  EXPECT_EQ(one.site, "Wire");
  EXPECT_EQ(one.language, "en-gb");
  EXPECT_EQ(one.name, "f.xml#1");
  EXPECT_EQ(taken.documents[1].bytes, "<p>Two &amp; more</p>");
  EXPECT_EQ(taken.documents[1].url, "https://example.org/2");
  EXPECT_EQ(taken.refusals.size(), 1U);
}

TEST(XmlFeed, AtomTextConstructsBecomeHtml) {
  const Taken taken = read_feed(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
    <entry><link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/><updated>2022-03-05T00:00:00Z</updated>
      <published>2022-03-04T00:00:00Z</published><content type="xhtml"><div><p>A <b>b</b>.</p></div></content></entry>
    <entry><content type="text">1 &lt; 2 &amp; 3</content></entry></feed>)");
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].bytes, "<div><p>A <b>b</b>.</p></div>");
  EXPECT_EQ(taken.documents[0].url, "https://example.org/a");
  EXPECT_EQ(taken.documents[0].published, "2022-03-04T00:00:00Z");
  EXPECT_EQ(taken.documents[0].language, "de");
  EXPECT_EQ(taken.documents[1].bytes, "1 &lt; 2 &amp; 3");
}

TEST(XmlFeed, Rss1KeepsItsItemsBesideTheChannel) {
  const Taken taken =
      read_feed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel><title>Old</title></channel><item><link>https://example.org/1</link><description>text</description></item></rdf:RDF>)");
  ASSERT_EQ(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].site, "Old");
}

TEST(XmlFeed, EntityBombsAreRefusedUnread) {
  std::string laughs = "<?xml version=\"1.0\"?><!DocType lolz [<!ENTITY lol \"lol\">";
  for (int i = 1; i < 10; ++i)
    laughs += "<!ENTITY lol" + std::to_string(i) + " \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">";
  const Taken taken =
      read_feed(laughs + "]><rss><channel><item><description>&lol9;</description></item></channel></rss>");
  EXPECT_TRUE(taken.documents.empty());
  ASSERT_EQ(taken.refusals.size(), 1U);
  EXPECT_EQ(taken.refusals[0].error.code, Errc::refused);
  const Taken external = read_feed(
      "<!DOCTYPE rss SYSTEM "
      "\"file:///etc/passwd\"><rss><channel><item><description>&x;</description></item></channel></rss>");
  ASSERT_EQ(external.documents.size(), 1U);
  EXPECT_EQ(external.documents[0].bytes, "&x;");
}

TEST(XmlFeed, KeepsTheEntriesBeforeTheBreak) {
  const Taken taken = read_feed(
      "<rss><channel><item><description>good</description></item><item><description>bad</b></description></item>");
  ASSERT_GE(taken.documents.size(), 1U);
  EXPECT_EQ(taken.documents[0].bytes, "good");
  ASSERT_EQ(taken.refusals.size(), 1U);
  EXPECT_GT(taken.refusals[0].error.offset, 0);
}

TEST(XmlFeed, DeepNestingIsRefused) {
  std::string deep = "<rss><channel><item><description>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  const Taken taken = read_feed(deep + "</description></item></channel></rss>");
  EXPECT_TRUE(taken.documents.empty());
  EXPECT_EQ(taken.refusals.size(), 1U);
}

TEST(XmlFeed, OtherEncodingsBecomeUtf8) {
  const Taken latin = read_feed(
      "<?xml version='1.0' encoding='windows-1252'?><rss><channel><item><description>caf\xe9 "
      "\x93x\x94</description></item></channel></rss>");
  ASSERT_EQ(latin.documents.size(), 1U);
  EXPECT_EQ(latin.documents[0].bytes, "café “x”");
  const Taken wrong = read_feed(
      "<?xml version='1.0' "
      "encoding='no/such'?><rss><channel><item><description>a\xff</description></item></channel></rss>");
  ASSERT_EQ(wrong.documents.size(), 1U);
  EXPECT_EQ(wrong.documents[0].bytes, "a\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8(std::string_view("\xff\xfe"
                                     "a\0",
                                     4),
                    "UTF-16"),
            "a");
}

}  // namespace
}  // namespace casus::detail
