// SPDX-License-Identifier: Apache-2.0
// What every store promises. A second store passes this file too.
#include <casus/record/record.h>
#include <casus/record/record_fixture.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace casus::detail {
namespace {

class RecordTest : public testing::Test {
 protected:
  const Folder folder;
  const std::filesystem::path path = folder / "events.db";
};

TEST_F(RecordTest, GivesBackWhatWasAdded) {
  const Page page =
      make_page("https://example.org/a", "Maduro Putin called. The Kremlin said so.", "2022-03-04T10:00:00Z");
  const std::unique_ptr<Record> record = open_record(path);
  const Added added = add(*record, page).value();
  EXPECT_EQ(added.outcome, Outcome::added);
  EXPECT_EQ(added.events, 2U);
  const Article back = record->article(added.article).value().value();
  EXPECT_EQ(back.text, page.article.text);
  EXPECT_EQ(back.title.value, page.article.title.value);
  EXPECT_EQ(back.title.page, page.article.title.page);
  EXPECT_EQ(back.published.from, "meta");
  EXPECT_EQ(back.paragraphs[0].page, page.article.paragraphs[0].page);
  EXPECT_EQ(back.removed[0].reason, "navigation");
  EXPECT_EQ(back.map.page({3, 5}), page.article.map.page({3, 5}));
  EXPECT_EQ(record->page(page.article.page_sha256).value(), page.bytes);
  const std::vector<EventRow> events = record->events({}).value();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].quote, events[0].event.evidence.of(back.text));
  EXPECT_EQ(events[0].url, page.article.url);
  const EventRow one = record->event(page.reading.events[1].id.substr(0, 12)).value().value();
  EXPECT_EQ(one.event.evidence, page.reading.events[1].evidence);
  EXPECT_FALSE(record->event("0000000000").value());
  EXPECT_FALSE(record->event("12").value());
  EXPECT_FALSE(record->event("' OR 1=1 --").value());
}

TEST_F(RecordTest, AddingAgainChangesNothing) {
  const Page page = make_page("https://example.org/a", "Maduro Putin called. The Kremlin said so.", "2022-03-04");
  const std::unique_ptr<Record> record = open_record(path);
  EXPECT_FALSE(record->seen(page.article.source, page.article.page_sha256, "v1").value());
  add(*record, page).value();
  const std::string before = dumped(*record);
  EXPECT_EQ(add(*record, page).value().outcome, Outcome::unchanged);
  EXPECT_EQ(dumped(*record), before);
  EXPECT_TRUE(record->seen(page.article.source, page.article.page_sha256, "v1").value());
  EXPECT_FALSE(record->seen(page.article.source, page.article.page_sha256, "v2").value());
}

TEST_F(RecordTest, AnotherTextAtTheSameUrlIsARevisionAndTheLatestCounts) {
  const Page old_page = make_page("https://example.org/a", "Maduro Putin called.", "2022-03-04");
  const Page new_page =
      make_page("https://example.org/a", "Castro Xi met in the end and said much more.", "2022-03-05");
  for (const bool newest_first : {false, true}) {
    const std::unique_ptr<Record> record = open_record(folder / (newest_first ? "a.db" : "b.db"));
    add(*record, newest_first ? new_page : old_page).value();
    EXPECT_EQ(add(*record, newest_first ? old_page : new_page).value().outcome, Outcome::revised);
    EXPECT_EQ(record->count_articles().value(), 1U);
    EXPECT_EQ(record->article(old_page.article.id).value()->text, new_page.article.text);
    ASSERT_EQ(record->events({}).value().size(), 1U);
    EXPECT_EQ(record->events({}).value()[0].event.actors[0].text, "Castro");
    // The events of the older revision can still be opened by their ids.
    EXPECT_TRUE(record->event(old_page.reading.events[0].id).value());
  }
}

TEST_F(RecordTest, ANewVersionOfTheReaderReplacesItsEvents) {
  Page page = make_page("https://example.org/a", "Maduro Putin called. The Kremlin said so.", "2022-03-04");
  const std::unique_ptr<Record> record = open_record(path);
  add(*record, page, "v1").value();
  page.reading.events.pop_back();
  EXPECT_EQ(add(*record, page, "v2").value().outcome, Outcome::revised);
  EXPECT_EQ(record->events({}).value().size(), 1U);
  EXPECT_EQ(record->count_events({.text = "Kremlin"}).value(), 0U);
  EXPECT_EQ(record->ledger(10, 0).value().size(), 2U);
}

TEST_F(RecordTest, ACopyIsKeptButItsEventsDoNotCount) {
  const std::string report = "Maduro Putin called. " + words(1, 200);
  const Page first = make_page("https://one.example/a", report, "2022-03-04");
  const Page copy = make_page("https://two.example/b", report + " Subscribe to our letter.", "2022-03-05");
  const std::unique_ptr<Record> record = open_record(path);
  add(*record, copy).value();
  add(*record, first).value();
  EXPECT_EQ(record->article_row(copy.article.id).value()->duplicate_of, first.article.id);
  EXPECT_EQ(record->article_row(first.article.id).value()->duplicate_of, "");
  EXPECT_EQ(record->copies(first.article.id).value().size(), 1U);
  for (const EventRow& row : record->events({}).value()) EXPECT_EQ(row.article, first.article.id);
  EXPECT_GE(record->events({.article = copy.article.id}).value().size(), 1U);
  EXPECT_EQ(record->outcomes().value()[0].key, "duplicate");
}

TEST_F(RecordTest, PagesWithoutTextAreNoCopiesOfEachOther) {
  const std::unique_ptr<Record> record = open_record(path);
  add(*record, make_page("https://one.example/a", "", "", "<1>")).value();
  EXPECT_EQ(add(*record, make_page("https://two.example/b", "", "", "<2>")).value().outcome, Outcome::added);
}

TEST_F(RecordTest, RefusedPagesAreOnlyInTheLedger) {
  const std::unique_ptr<Record> record = open_record(path);
  record->refuse("bad.html", "", {Errc::too_large, "a page of 20 MB", 3}).value();
  record->refuse("bad.html", "", {Errc::too_large, "a page of 20 MB", 3}).value();
  const std::vector<LedgerRow> rows = record->ledger(10, 0).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].outcome, "refused");
  EXPECT_EQ(rows[0].reason, "too_large: a page of 20 MB (at byte 3)");
  EXPECT_EQ(record->count_articles().value(), 0U);
}

TEST_F(RecordTest, WhatWasNotCommittedLeavesNoTrace) {
  const Page a = make_page("https://example.org/a", "Maduro Putin called.");
  const Page b = make_page("https://example.org/b", "Castro Xi met.");
  {
    const std::unique_ptr<Record> record = open_record(path);
    record->begin().value();
    add(*record, a).value();
    record->commit().value();
    record->begin().value();
    add(*record, b).value();
  }
  const std::unique_ptr<Record> record = open_record(path, OpenMode::read);
  EXPECT_EQ(record->count_articles().value(), 1U);
  EXPECT_EQ(record->ledger(10, 0).value().size(), 1U);
}

TEST_F(RecordTest, AReaderSeesTheLastCommitAndCannotWrite) {
  const std::unique_ptr<Record> writer = open_record(path);
  const std::unique_ptr<Record> reader = open_record(path, OpenMode::read);
  writer->begin().value();
  add(*writer, make_page("https://example.org/a", "Maduro Putin called.")).value();
  EXPECT_EQ(reader->count_articles().value(), 0U);
  writer->commit().value();
  EXPECT_EQ(reader->count_articles().value(), 1U);
  EXPECT_EQ(add(*reader, make_page("https://example.org/b", "x")).error().code, Errc::refused);
}

TEST_F(RecordTest, ASecondWriterIsRefusedUntilTheFirstIsGone) {
  std::unique_ptr<Record> first = open_record(path);
  const Result<std::unique_ptr<Record>> second = Record::open(path, OpenMode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::refused);
  first.reset();
  EXPECT_TRUE(Record::open(path, OpenMode::write));
}

TEST_F(RecordTest, EachEventStopsWhenTold) {
  const std::unique_ptr<Record> record = open_record(path);
  add(*record, make_page("https://example.org/a", "Maduro Putin called. Castro Xi met. Lula Biden spoke.")).value();
  int seen = 0;
  record->each_event({.limit = 1}, [&](EventRow&&) { return ++seen < 2; }).value();
  EXPECT_EQ(seen, 2);
  EXPECT_TRUE(record->check().value().empty());
}

}  // namespace
}  // namespace casus::detail
