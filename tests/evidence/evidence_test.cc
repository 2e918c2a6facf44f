// SPDX-License-Identifier: Apache-2.0
// Promise 1 of the project: every field of every event is a span of the article, and the page's own bytes, decoded
// again without the extractor, say the same characters. Checked on every example and, where ../shared is present, on
// 200 real pages.
#include <casus/base/data_dir.h>
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>
#include <casus/casus.h>
#include <casus/source/source.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace casus {
namespace {

namespace fs = std::filesystem;

const Reader& reader() {
  static const Reader opened = [] { return Reader::open(fs::path(CASUS_BINARY_DIR) / "data").value(); }();
  return opened;
}

struct Tally {
  std::size_t pages = 0, events = 0, spans = 0;
};

// Every span that the event points with, with a name for messages.
std::vector<std::pair<std::string, Span>> spans_of(const Event& event) {
  std::vector<std::pair<std::string, Span>> spans = {{"trigger", event.trigger}, {"evidence", event.evidence}};
  for (const Actor& a : event.actors) spans.emplace_back("actor", a.span);
  for (const Actor& r : event.recipients) spans.emplace_back("recipient", r.span);
  for (const Attribution& a : event.attribution) {
    spans.emplace_back("speaker", a.speaker.span);
    spans.emplace_back("cue", a.cue);
  }
  spans.emplace_back("date", event.date.span);
  spans.emplace_back("place", event.place.place.span);
  for (const WhyStep& step : event.why) spans.emplace_back("why", step.span);
  return spans;
}

void expect_page_says(const Document& document, const Article& article, Span span, const std::string& what) {
  ASSERT_LE(span.start, span.end) << what;
  ASSERT_LE(span.end, article.text.size()) << what;
  const std::string_view quote = article.quote(span);
  ASSERT_TRUE(is_valid_utf8(quote)) << what << ": the span cuts a character";
  const Result<std::string> again = page_text(document.bytes, article, span);
  ASSERT_TRUE(again) << what << ": " << again.error().describe();
  ASSERT_EQ(*again, quote) << what;
}

void check(const Document& document, Tally& tally) {
  const Result<Article> article = read_page(
      document.bytes,
      {.url = document.url, .source = document.name, .charset = document.charset, .published = document.published});
  if (!article) return;  // refused with a reason: nothing to check
  ++tally.pages;
  for (const Paragraph& p : article->paragraphs)
    expect_page_says(document, *article, p.span, document.name + " paragraph");
  for (const Event& event : reader().events(*article)) {
    ++tally.events;
    EXPECT_FALSE(event.trigger.empty()) << document.name;
    EXPECT_TRUE(event.evidence.contains(event.trigger)) << document.name;
    EXPECT_FALSE(event.actors.empty() && event.recipients.empty()) << document.name;
    for (const Actor& a : event.actors) EXPECT_EQ(a.text, article->quote(a.span)) << document.name;
    for (const Actor& r : event.recipients) EXPECT_EQ(r.text, article->quote(r.span)) << document.name;
    for (const auto& [what, span] : spans_of(event)) {
      if (span.empty()) continue;  // absent: publication dates, unknown places
      ++tally.spans;
      expect_page_says(document, *article, span, document.name + " " + event.type + " " + what);
    }
    if (testing::Test::HasFatalFailure()) return;
  }
}

Tally check_all(const std::vector<std::string>& inputs, std::size_t limit) {
  Tally tally;
  read_sources(
      inputs, {},
      [&](Document&& document) {
        check(document, tally);
        return tally.pages < limit && !testing::Test::HasFatalFailure();
      },
      [](Refusal&&) {});
  return tally;
}

TEST(Evidence, EveryFieldOfEveryExampleIsOnItsPage) {
  const Tally tally = check_all({std::string(CASUS_SOURCE_DIR) + "/examples"}, 1000);
  EXPECT_GE(tally.pages, 19U);
  EXPECT_GE(tally.events, 60U);
  RecordProperty("spans", static_cast<int>(tally.spans));
}

TEST(Evidence, EveryFieldOfRealPagesIsOnItsPage) {
  const fs::path archive = fs::path(CASUS_SOURCE_DIR) / "../shared/data/pages/aeb.tar.xz";
  if (!fs::exists(archive)) GTEST_SKIP() << "../shared/data/pages/aeb.tar.xz is not here";
  std::string folder = (fs::temp_directory_path() / "casus-aeb-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string command = "tar -xJf '" + archive.string() + "' -C '" + folder + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: a fixed command on a path of our own
  std::vector<std::string> pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".html") pages.push_back(entry.path().string());
  }
  std::sort(pages.begin(), pages.end());
  const Tally tally = check_all(pages, 200);
  fs::remove_all(folder);
  EXPECT_GE(tally.pages, 170U);
  EXPECT_GE(tally.events, 100U);
}

}  // namespace
}  // namespace casus
