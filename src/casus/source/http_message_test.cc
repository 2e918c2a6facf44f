// SPDX-License-Identifier: Apache-2.0
#include <casus/source/source_fixture.h>
#include <gtest/gtest.h>

namespace casus::detail {
namespace {

constexpr std::size_t kLimit = 1U << 20U;

TEST(HttpMessage, UndoesChunksAndCompression) {
  const std::string packed = gzip("<p>hello</p>");
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", packed.size());
  const std::string chunked = size + packed + "\r\n0\r\n\r\n";
  const auto body = read_http(http(chunked,
                                   "content-type: Text/HTML; Charset=\"ISO-8859-1\"\r\nTransfer-Encoding: "
                                   "chunked\r\nContent-Encoding: gzip\r\n"),
                              kLimit);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->body, "<p>hello</p>");
  EXPECT_EQ(body->media_type, "text/html");
  EXPECT_EQ(body->charset, "ISO-8859-1");
}

TEST(HttpMessage, BelievesTheBytesWhereTheHeaderIsWrong) {
  for (const char* extra : {"Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n",
                            "Content-Encoding: deflate\r\n"}) {
    const auto body = read_http(http("<p>plain already</p>", extra), kLimit);
    ASSERT_TRUE(body) << extra;
    EXPECT_EQ(body->body, "<p>plain already</p>") << extra;
  }
}

TEST(HttpMessage, RefusesWhatDoesNotDecode) {
  EXPECT_FALSE(read_http(http("5\r\nhelloXX\r\n", "Transfer-Encoding: chunked\r\n"), kLimit));
  EXPECT_FALSE(read_http(http("ffffff\r\nhello\r\n0\r\n", "Transfer-Encoding: chunked\r\n"), kLimit));
  EXPECT_FALSE(read_http(http(gzip("<p>hello</p>").substr(0, 20), "Content-Encoding: gzip\r\n"), kLimit));
  EXPECT_FALSE(read_http(http("\x0b\x02\x80", "Content-Encoding: br\r\n"), kLimit));
  EXPECT_FALSE(read_http("HTTP/1.1 200 OK\r\nno end", kLimit));
  EXPECT_FALSE(read_http("ICY 200 OK\r\n\r\n", kLimit));
  EXPECT_FALSE(read_http("", kLimit));
}

TEST(HttpMessage, ReadsDatesOfFeeds) {
  EXPECT_EQ(iso_date("Fri, 04 Mar 2022 10:20:30 GMT"), "2022-03-04T10:20:30Z");
  EXPECT_EQ(iso_date("Fri, 4 Mar 2022 10:20 +0200"), "2022-03-04T10:20:00+02:00");
  EXPECT_EQ(iso_date("04 Mar 22 10:20:30 EST"), "2022-03-04T10:20:30-05:00");
  EXPECT_EQ(iso_date("Fri, 04 March 2022 10:20:30 GMT"), "2022-03-04T10:20:30Z");
  EXPECT_EQ(iso_date("2022-03-04T10:20:30Z"), "2022-03-04T10:20:30Z");
  EXPECT_EQ(iso_date("4 Mar 2022"), "2022-03-04");
  for (const char* wrong : {"", "yesterday", "31 Feb 2022 10:00:00 GMT", "Fri, 04 Foo 2022", "2022-13-01"}) {
    EXPECT_EQ(iso_date(wrong), "") << wrong;
  }
}

}  // namespace
}  // namespace casus::detail
