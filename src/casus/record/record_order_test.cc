// SPDX-License-Identifier: Apache-2.0
// The record is a function of the set of pages: any order, any repetition, any cut into transactions gives the same
// dump.
#include <casus/record/record.h>
#include <casus/record/record_fixture.h>
#include <casus/story/near_duplicate.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace casus::detail {
namespace {

// Reports that overlap in part: shifts of one long text by 12 words each (neighbours are near duplicates, distant ones
// are not), two other families, revisions of some URLs, the same text from several places, the same revision from
// different page bytes, undated ones.
std::vector<Page> make_pages(std::mt19937& random, std::size_t count) {
  std::vector<Page> pages;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t family = random() % 3;
    std::string text = words(family, 400);
    const std::size_t shift = (random() % 6) * 12 * 7;
    text = text.substr(text.find(' ', std::min(shift, text.size() / 2)) + 1, 1400);
    const std::string url =
        random() % 5 == 0 ? "" : "https://example.org/" + std::to_string(random() % (count / 2 + 1));
    const std::string day = random() % 4 == 0 ? "" : "2022-03-0" + std::to_string(1 + random() % 9);
    pages.push_back(make_page(url, text, day, "<p>" + std::to_string(random() % 3) + text));
  }
  return pages;
}

std::string built(const std::vector<Page>& pages, const std::filesystem::path& path, std::size_t per_commit) {
  const std::unique_ptr<Record> record = open_record(path);
  std::size_t open = 0;
  for (const Page& page : pages) {
    if (per_commit > 0 && open == 0) record->begin().value();
    add(*record, page).value();
    if (per_commit > 0 && ++open == per_commit) {
      record->commit().value();
      open = 0;
    }
  }
  if (open > 0) record->commit().value();
  return dumped(*record);
}

RC_GTEST_PROP(RecordOrder, AnyOrderAndAnyRepetitionGiveTheSameRecord, (std::uint32_t seed)) {
  std::mt19937 random(seed);
  const Folder folder;
  std::vector<Page> pages = make_pages(random, 4 + random() % 10);
  const std::string reference = built(pages, folder / "0.db", 1000);
  for (int run = 1; run <= 2; ++run) {
    std::vector<Page> again = pages;
    for (std::size_t i = 0; i < pages.size() / 4; ++i) again.push_back(pages[random() % pages.size()]);
    std::shuffle(again.begin(), again.end(), random);
    RC_ASSERT(built(again, folder / (std::to_string(run) + ".db"), 1 + random() % 5) == reference);
  }
}

// The rule of docs/decisions/near-duplicates.md, computed from scratch over the whole record.
TEST(RecordOrder, CopiesFollowTheRule) {
  int copies = 0, originals = 0;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    const Folder folder;
    const std::unique_ptr<Record> record = open_record(folder / "a.db");
    record->begin().value();
    for (const Page& page : make_pages(random, 20)) add(*record, page).value();
    record->commit().value();
    std::vector<ArticleRow> rows = record->articles(1000, 0).value();
    const auto key = [](const ArticleRow& row) {
      return std::pair(row.published.empty() ? "~" : row.published, row.id);
    };
    std::ranges::sort(rows, {}, key);
    std::vector<std::pair<std::string, Signature>> seen;
    for (const ArticleRow& row : rows) {
      const Signature own = signature(record->article(row.id).value()->text);
      std::string expected;
      for (const auto& [id, other] : seen) {
        if (similarity(own, other) >= kNearDuplicate) {
          expected = id;
          break;
        }
      }
      EXPECT_EQ(row.duplicate_of, expected) << seed << " " << row.id;
      if (expected.empty()) seen.emplace_back(row.id, own);
      (expected.empty() ? originals : copies) += 1;
    }
  }
  EXPECT_GT(copies, 50);
  EXPECT_GT(originals, 50);
}

TEST(RecordOrder, TheDumpSaysNothingOfTheClockOrTheFile) {
  const Folder folder;
  std::mt19937 random(1);
  const std::vector<Page> pages = make_pages(random, 5);
  const std::string a = built(pages, folder / "a.db", 0), b = built(pages, folder / "other-name.db", 0);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.find("other-name"), std::string::npos);
  EXPECT_GT(std::ranges::count(a, '\n'), 20);
}

}  // namespace
}  // namespace casus::detail
