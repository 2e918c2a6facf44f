// SPDX-License-Identifier: Apache-2.0
// Every export is read back.
#include <casus/base/utf8.h>
#include <casus/record/export/export.h>
#include <casus/record/record_fixture.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

namespace casus::detail {
namespace {

using nlohmann::json;

// RFC 4180, strictly: a quotation mark inside an unquoted cell or a bare line end is an error.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        rows.back().back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        rows.back().back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      EXPECT_TRUE(rows.back().back().empty());
      quoted = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\r') {
      EXPECT_EQ(text[++i], '\n');
      rows.push_back({""});
    } else {
      rows.back().back() += c;
    }
  }
  EXPECT_FALSE(quoted);
  EXPECT_EQ(rows.back(), std::vector<std::string>{""});
  rows.pop_back();
  return rows;
}

std::string exported(const Record& record, ExportFormat format, const ExportOptions& options = {},
                     const EventQuery& query = {}) {
  std::ostringstream out;
  export_events(record, query, format, options, out).value();
  return std::move(out).str();
}

class ExportTest : public testing::Test {
 protected:
  void SetUp() override {
    Page page = make_page("https://example.org/a", "Ñandú \"Putin\", called. =cmd|x!A1 Second met.", "2022-03-04");
    page.article.title.value = "=HYPERLINK(\"x\")";
    page.reading.events[0].date.end = *Date::parse("2022-04");
    page.reading.events[1].date = {};
    add(*record, page).value();
  }
  const Folder folder;
  const std::unique_ptr<Record> record = open_record(folder / "events.db");
};

TEST_F(ExportTest, CsvReadsBackCellByCell) {
  const std::vector<std::vector<std::string>> rows = read_csv(exported(*record, ExportFormat::csv));
  ASSERT_EQ(rows.size(), 3U);
  std::map<std::string, std::string> first, second;
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    ASSERT_EQ(rows[1].size(), rows[0].size());
    ASSERT_EQ(rows[2].size(), rows[0].size());
    first[rows[0][i]] = rows[1][i];
    second[rows[0][i]] = rows[2][i];
  }
  EXPECT_EQ(first["quote"], "Ñandú \"Putin\", called.");
  EXPECT_EQ(first["date"], "2022-03");
  EXPECT_EQ(first["date_end"], "2022-04");
  EXPECT_EQ(first["date_precision"], "month");
  EXPECT_EQ(first["actor_countries"], "VEN");
  EXPECT_EQ(first["actor_sectors"], "GOV MIL");
  EXPECT_EQ(first["latitude"], "10.5");
  EXPECT_EQ(first["score"], "2.5");
  EXPECT_EQ(first["title"], "'=HYPERLINK(\"x\")");
  EXPECT_EQ(second["quote"], "'=cmd|x!A1 Second met.");
  EXPECT_EQ(second["date"], "");
  const auto raw = read_csv(exported(*record, ExportFormat::csv, {.guard_formulas = false}));
  EXPECT_NE(std::ranges::find(raw[2], "=cmd|x!A1 Second met."), raw[2].end());
}

TEST_F(ExportTest, PloverHasTheRequiredMembersAndEvidenceThatReadsBack) {
  const std::string lines = exported(*record, ExportFormat::plover);
  EXPECT_EQ(std::ranges::count(lines, '\n'), 1) << "an event without a date has no place in PLOVER";
  const json j = json::parse(lines);
  for (const char* key : {"id", "date", "actor", "event"}) EXPECT_TRUE(j.contains(key)) << key;
  EXPECT_EQ(j["date"], "2022-03-01");
  EXPECT_EQ(j["enddate"], "2022-04-30");
  EXPECT_EQ(j["date_precision"], "month");
  EXPECT_EQ(j["event"].size(), 1U);
  EXPECT_EQ(j["actor"][0]["code"], "VEN");
  EXPECT_EQ(j["actor"][0]["sector"], "GOV");
  EXPECT_EQ(j["event_loc"]["resolution"], 4);
  const std::string text = record->article(record->articles(1, 0).value()[0].id).value()->text;
  const CodePointIndex index(text);
  ASSERT_GE(j["evidence"].size(), 4U);
  for (const json& e : j["evidence"]) {
    EXPECT_EQ(Span({e["byte"][0], e["byte"][1]}).of(text), e["quote"].get<std::string>());
    EXPECT_EQ(index.bytes({e["cp"][0], e["cp"][1]}).of(text), e["quote"].get<std::string>());
  }
}

TEST_F(ExportTest, JsonLinesHaveEveryEventAndFiltersHold) {
  const std::string lines = exported(*record, ExportFormat::jsonl);
  EXPECT_EQ(std::ranges::count(lines, '\n'), 2);
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) EXPECT_TRUE(json::parse(line).contains("quote"));
  EXPECT_EQ(exported(*record, ExportFormat::jsonl, {}, {.type = "PROTEST"}), "");
}

RC_GTEST_PROP(Export, AnyCellComesBackFromCsv, (const std::string& quote, const std::string& title)) {
  EventRow row;
  row.quote = quote;
  row.title = title;
  const auto rows = read_csv(csv_header() + csv_line(row, {.guard_formulas = false}));
  RC_ASSERT(rows.size() == 2U);
  RC_ASSERT(rows[0].size() == rows[1].size());
  RC_ASSERT(std::ranges::find(rows[1], quote) != rows[1].end());
}

}  // namespace
}  // namespace casus::detail
