// SPDX-License-Identifier: Apache-2.0
// Old files, newer files, damaged files and files of others.
#include <casus/record/record_fixture.h>
#include <casus/record/store.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

namespace casus::detail {
namespace {

class RecordSchemaTest : public testing::Test {
 protected:
  const Folder folder;
  const std::filesystem::path path = folder / "events.db";
};

TEST_F(RecordSchemaTest, AnOlderRecordIsBroughtUpToDateWithItsContent) {
  {
    const std::unique_ptr<Database> old = Database::open(path, true).value();
    migrate(*old, 1).value();
    EXPECT_EQ(old->number("PRAGMA user_version").value(), 1);
    old->execute(
           "INSERT INTO revisions VALUES ('r','a','Headline','','','','en','','','t','p','v1','','c','{}','Maduro "
           "called.',x'');"
           "INSERT INTO articles VALUES ('a','','r','t','Headline','','','en','','~ a',NULL,0,1);"
           "INSERT INTO events(id, article, revision, position, type, mode, quad, score, cameo, actors, recipients, "
           "attribution, "
           "status, date, date_last, date_basis, place, place_name, place_country, place_precision, place_basis, "
           "quote, confidence, "
           "incomplete, trigger_start, trigger_end, evidence_start, evidence_end, detail) VALUES "
           "('e','a','r',0,'SUPPORT','',1,1,'',"
           "'Maduro','','','','','','','','','','','','Maduro called.',1,0,0,1,0,1,x'');")
        .value();
  }
  EXPECT_EQ(Record::open(path, OpenMode::read).error().code, Errc::unsupported);
  const std::unique_ptr<Record> record = open_record(path);
  EXPECT_EQ(record->count_events({.text = "headline maduro"}).value(), 1U);
}

TEST_F(RecordSchemaTest, ANewerRecordIsRefusedAndLeftAlone) {
  open_record(path);
  Database::open(path, true).value()->execute("PRAGMA user_version = 999").value();
  for (const OpenMode mode : {OpenMode::read, OpenMode::write}) {
    const auto record = Record::open(path, mode);
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().code, Errc::unsupported);
  }
  EXPECT_EQ(Database::open(path, true).value()->number("PRAGMA user_version").value(), 999);
}

TEST_F(RecordSchemaTest, FilesOfOthersAreRefusedAndLeftAlone) {
  Database::open(path, true).value()->execute("CREATE TABLE mine(x); INSERT INTO mine VALUES (1)").value();
  EXPECT_EQ(Record::open(path, OpenMode::write).error().code, Errc::unsupported);
  EXPECT_EQ(Database::open(path, true).value()->number("SELECT count(*) FROM mine").value(), 1);
  std::ofstream(folder / "text.db") << "This is no database at all, only some text that is long enough to look at.";
  const auto text = Record::open(folder / "text.db", OpenMode::read);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::corrupt);
  EXPECT_EQ(Record::open(folder / "missing.db", OpenMode::read).error().code, Errc::not_found);
  EXPECT_EQ(Record::open(folder / "no" / "such" / "folder.db", OpenMode::write).error().code, Errc::unreadable);
}

// Every answer over a damaged file is a value or an Error; nothing crashes and nothing hangs.
TEST_F(RecordSchemaTest, DamageIsNoticedAndNeverFatal) {
  {
    const std::unique_ptr<Record> record = open_record(path);
    for (std::uint32_t i = 0; i < 30; ++i) {
      add(*record,
          make_page("https://example.org/" + std::to_string(i), "Maduro Putin called. " + words(i, 100), "2022-03-04"))
          .value();
    }
  }
  std::ifstream in(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  std::mt19937 random(3);
  int noticed = 0;
  for (int round = 0; round < 60; ++round) {
    std::string damaged = whole;
    const std::size_t at = random() % damaged.size();
    for (std::size_t i = at; i < std::min(at + 64, damaged.size()); ++i) damaged[i] = static_cast<char>(random());
    if (round % 10 == 9) damaged.resize(at);
    const std::filesystem::path copy = folder / ("d" + std::to_string(round) + ".db");
    std::ofstream(copy, std::ios::binary) << damaged;
    const auto record = Record::open(copy, OpenMode::read);
    if (!record) {
      ++noticed;
      continue;
    }
    bool good = true;
    good &= static_cast<bool>((*record)->events({.limit = 1000}));
    good &= static_cast<bool>((*record)->count_events({.text = "maduro"}));
    const auto articles = (*record)->articles(1000, 0);
    good &= static_cast<bool>(articles);
    if (articles) {
      for (const ArticleRow& row : *articles) good &= static_cast<bool>((*record)->article(row.id));
    }
    std::ostringstream out;
    good &= static_cast<bool>((*record)->dump(out));
    const auto problems = (*record)->check();
    noticed += !good || !problems || !problems->empty() ? 1 : 0;
  }
  EXPECT_GT(noticed, 10);
}

TEST_F(RecordSchemaTest, MomentsSortAsTime) {
  EXPECT_EQ(moment("2022-03-04"), "2022-03-04T00:00:00Z");
  EXPECT_EQ(moment("2022-03-04T10:20:30Z"), "2022-03-04T10:20:30Z");
  EXPECT_EQ(moment("2022-03-04T00:20:00+02:00"), "2022-03-03T22:20:00Z");
  EXPECT_EQ(moment("2022-03-04 23:20:00.123-05:30"), "2022-03-05T04:50:00Z");
  EXPECT_EQ(moment("2022"), "2022-01-01T00:00:00Z");
  EXPECT_EQ(moment("soon"), "");
  EXPECT_EQ(moment(""), "");
}

}  // namespace
}  // namespace casus::detail
