// SPDX-License-Identifier: Apache-2.0
#include <casus/source/carriers.h>
#include <casus/source/source_fixture.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace casus::detail {
namespace {

Taken read_bytes(std::string_view bytes, bool compressed, const SourceLimits& limits = {}) {
  return take(
      [&](Sink& sink) {
        std::unique_ptr<ByteStream> stream = open_memory(bytes);
        if (compressed) stream = open_gzip(std::move(stream));
        read_warc(*stream, "t.warc", sink);
      },
      limits);
}

std::string page(int number) {
  return "<html><body><p>Page number " + std::to_string(number) + " of this archive.</p></body></html>";
}

std::string archive(int pages, bool compressed) {
  std::string out;
  const auto add = [&](const std::string& record) { out += compressed ? gzip(record) : record; };
  add(warc_record("software: test\r\n", "warcinfo", "", -1, "application/warc-fields"));
  for (int i = 0; i < pages; ++i) {
    add(warc_record("GET / HTTP/1.1\r\n\r\n", "request", "https://example.org/r", -1,
                    "application/http; msgtype=request"));
    add(warc_record(http(page(i)), "response", "https://example.org/" + std::to_string(i)));
  }
  return out;
}

TEST(Warc, GivesTheBodiesOfResponsesInOrder) {
  for (const bool compressed : {false, true}) {
    const Taken taken = read_bytes(archive(3, compressed), compressed);
    ASSERT_EQ(taken.documents.size(), 3U);
    EXPECT_TRUE(taken.refusals.empty());
    EXPECT_EQ(taken.documents[1].bytes, page(1));
    EXPECT_EQ(taken.documents[1].url, "https://example.org/1");
    EXPECT_EQ(taken.documents[1].charset, "utf-8");
    EXPECT_EQ(taken.documents[1].form, DocumentForm::html);
  }
}

TEST(Warc, NamesTheByteWhereTheRecordBegins) {
  const std::string first = warc_record(http("<p>one</p>"));
  const Taken plain = read_bytes(first + warc_record(http("<p>two</p>")), false);
  ASSERT_EQ(plain.documents.size(), 2U);
  EXPECT_EQ(plain.documents[1].name, "t.warc#" + std::to_string(first.size()));
  const std::string member = gzip(first);
  const Taken packed = read_bytes(member + gzip(warc_record(http("<p>two</p>"))), true);
  ASSERT_EQ(packed.documents.size(), 2U);
  EXPECT_EQ(packed.documents[1].name, "t.warc#" + std::to_string(member.size()));
}

TEST(Warc, ReadsOneMemberThatHoldsTheWholeFile) {
  const Taken taken = read_bytes(gzip(archive(3, false)), true);
  EXPECT_EQ(taken.documents.size(), 3U);
  EXPECT_TRUE(taken.refusals.empty());
}

TEST(Warc, TakesOnlyPagesThatWereFound) {
  std::string bytes = warc_record(http("gone", "Content-Type: text/html\r\n", "404 Not Found"));
  bytes += warc_record(http("moved", "Location: /b\r\n", "301 Moved Permanently"));
  bytes += warc_record(http("\x89PNG", "Content-Type: image/png\r\n"));
  bytes += warc_record("<p>resource</p>", "resource", "https://example.org/r", -1, "text/html");
  bytes += warc_record("converted", "conversion", "https://example.org/c", -1, "text/plain");
  bytes += warc_record("20220304 dns", "resource", "dns:example.org", -1, "text/dns");
  const Taken taken = read_bytes(bytes, false);
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[0].bytes, "<p>resource</p>");
  EXPECT_EQ(taken.documents[1].form, DocumentForm::text);
  EXPECT_TRUE(taken.refusals.empty());
}

// The record with the wrong length is refused; its neighbours are kept, whether the length is too short or swallows
// them.
TEST(Warc, ALengthThatLiesCostsOneRecord) {
  for (const bool compressed : {false, true}) {
    for (const long length : {0L, 5L, 60L, 100'000L, 9'000'000'000'000'000'000L}) {
      const auto pack = [&](const std::string& record) { return compressed ? gzip(record) : record; };
      const std::string bytes = pack(warc_record(http(page(1)))) +
                                pack(warc_record(http(page(2)), "response", "https://example.org/x", length)) +
                                pack(warc_record(http(page(3)))) + pack(warc_record(http(page(4))));
      const Taken taken = read_bytes(bytes, compressed);
      SCOPED_TRACE(std::to_string(length) + (compressed ? " compressed" : " plain"));
      EXPECT_EQ(taken.refusals.size(), 1U);
      ASSERT_GE(taken.documents.size(), 1U);
      EXPECT_EQ(taken.documents.front().bytes, page(1));
      if (length < 1'000'000 || compressed) {
        ASSERT_EQ(taken.documents.size(), 3U);
        EXPECT_EQ(taken.documents.back().bytes, page(4));
      }
    }
  }
}

TEST(Warc, RefusesHeadersWithoutALength) {
  const std::string bytes = "WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n" + warc_record(http(page(2))) +
                            "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n\r\n\r\n" +
                            warc_record(http(page(3)));
  const Taken taken = read_bytes(bytes, false);
  EXPECT_EQ(taken.refusals.size(), 2U);
  EXPECT_EQ(taken.documents.size(), 2U);
}

TEST(Warc, CutAnywhereInItsLast4kBKeepsWhatWasWhole) {
  for (const bool compressed : {false, true}) {
    const std::string whole = archive(40, compressed);
    for (std::size_t cut = 1; cut <= 4096; ++cut) {
      const std::string_view bytes = std::string_view(whole).substr(0, whole.size() - cut);
      const Taken taken = read_bytes(bytes, compressed);
      ASSERT_GE(taken.documents.size(), 10U) << cut;
      ASSERT_LE(taken.documents.size(), 40U) << cut;
      for (std::size_t i = 0; i < taken.documents.size(); ++i)
        ASSERT_EQ(taken.documents[i].bytes, page(static_cast<int>(i))) << cut;
      ASSERT_LE(taken.refusals.size(), 1U) << cut;
    }
  }
}

TEST(Warc, ADamagedMemberCostsOnlyItself) {
  const std::string first = gzip(warc_record(http(page(1))));
  std::string second = gzip(warc_record(http(page(2))));
  const std::string third = gzip(warc_record(http(page(3))));
  for (std::size_t at = 10; at < second.size(); ++at) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const Taken taken = read_bytes(first + damaged + third, true);
    ASSERT_GE(taken.documents.size(), 2U) << at;
    ASSERT_EQ(taken.documents.front().bytes, page(1)) << at;
    ASSERT_EQ(taken.documents.back().bytes, page(3)) << at;
    ASSERT_GE(taken.refusals.size(), 1U) << at;
  }
}

TEST(Warc, ABombIsRefusedAndTheNextRecordIsRead) {
  constexpr std::uint64_t kBomb = std::uint64_t{256} << 20U;
  const std::string header =
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: " + std::to_string(kBomb) +
      "\r\n\r\n";
  const std::string bytes =
      gzip(warc_record(http(page(1)))) + gzip_zeros(kBomb, header) + gzip(warc_record(http(page(3))));
  const Taken taken = read_bytes(bytes, true);
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[1].bytes, page(3));
  ASSERT_EQ(taken.refusals.size(), 1U);
  EXPECT_EQ(taken.refusals[0].error.code, Errc::too_large);
}

// A bomb behind an honest header: the body unpacks to more than a page may have.
TEST(Warc, ABombInContentEncodingIsRefused) {
  const std::string body = gzip_zeros(std::uint64_t{64} << 20U);
  const Taken taken =
      read_bytes(warc_record(http(body, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")), false);
  EXPECT_TRUE(taken.documents.empty());
  ASSERT_EQ(taken.refusals.size(), 1U);
  EXPECT_EQ(taken.refusals[0].error.code, Errc::too_large);
}

TEST(Warc, AFileOfLiesEnds) {
  std::string lies;
  for (int i = 0; i < 20'000; ++i) lies += "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999\r\n\r\n";
  const Taken taken = read_bytes(lies, false);
  EXPECT_TRUE(taken.documents.empty());
  EXPECT_GE(taken.refusals.size(), 1U);
  std::string headless;
  for (int i = 0; i < 100'000; ++i) headless += "WARC/1.0\r\n";
  EXPECT_GE(read_bytes(headless, false).refusals.size(), 1U);
}

TEST(Warc, ManyEmptyMembersAreNothing) {
  std::string bytes;
  const std::string empty = gzip("");
  for (int i = 0; i < 100'000; ++i) bytes += empty;
  bytes += gzip(warc_record(http(page(7))));
  EXPECT_EQ(read_bytes(bytes, true).documents.size(), 1U);
}

RC_GTEST_PROP(Warc, NoiseNeverCrashesAndNeverInventsPages, (std::uint32_t seed, bool compressed)) {
  std::mt19937 random(seed);
  std::string bytes = archive(4, compressed);
  for (int i = 0; i < 8; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
  const Taken taken = read_bytes(bytes, compressed);
  RC_ASSERT(taken.documents.size() <= 8U);
}

}  // namespace
}  // namespace casus::detail
