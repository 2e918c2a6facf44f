// SPDX-License-Identifier: Apache-2.0
#include <casus/knowledge/coverage.h>
#include <casus/knowledge/testing.h>

#include <algorithm>
#include <map>

namespace casus {
namespace {

// Two states: one whose president governs, one with a king for some months and a minister throughout.
class Small final : public Knowledge {
 public:
  std::vector<Candidate> find(std::string_view, const FindOptions&) const override { return {}; }
  bool is_prefix(std::string_view) const override { return false; }
  std::optional<Candidate> entity(std::string_view, const FindOptions&) const override { return std::nullopt; }
  std::vector<Candidate> holders(std::string_view, std::string_view, Date) const override { return {}; }
  std::vector<std::string> agent_sectors(std::string_view, std::string_view) const override { return {}; }
  std::optional<std::string_view> lookup(std::string_view table, std::string_view key) const override {
    if (table == "head_of_state_governs" && key == "aaa") return "2001-01..2099-12";
    return std::nullopt;
  }
  std::vector<Office> offices() const override {
    return {{"president", "President", "cc:AAA", "hos"},
            {"king", "King", "cc:BBB", "hos"},
            {"premier", "Premier", "cc:BBB", "hog"}};
  }
  std::vector<Tenure> tenures(std::string_view office) const override {
    const auto spell = [](std::string_view from, std::string_view to, bool gap) {
      Tenure t;
      t.role.from = *Date::parse(from);
      if (!to.empty()) t.role.to = *Date::parse(to);
      t.gap = gap;
      return t;
    };
    if (office == "president") return {spell("2000", "", false)};
    if (office == "king") return {spell("2001-03-15", "2001-06", false), spell("2001-07", "2001-12", true)};
    return {spell("2001", "2001", false)};
  }
  std::vector<std::pair<std::string, std::string>> rows(std::string_view table) const override {
    if (table != "un_member") return {};
    return {{"aaa", ""}, {"bbb", "2001-02"}};
  }
  const std::vector<Source>& sources() const override { return sources_; }
  std::string_view build() const override { return "small"; }

 private:
  std::vector<Source> sources_;
};

TEST(Coverage, CountsMonthsOwedAndFilled) {
  const Coverage c = coverage(Small{}, 2001, 2001);
  EXPECT_EQ(c.owed_hos, 12U + 11U);  // independent since February
  EXPECT_EQ(c.filled_hos, 12U + 4U);
  EXPECT_EQ(c.owed_hog, 12U + 11U);
  EXPECT_EQ(c.filled_hog, 12U + 11U);  // the president governs
  ASSERT_EQ(c.gaps.size(), 2U);
  EXPECT_EQ(c.gaps[0].from.to_string(), "2001-02");
  EXPECT_EQ(c.gaps[0].to.to_string(), "2001-02");
  EXPECT_EQ(c.gaps[1].country, "BBB");
  EXPECT_EQ(c.gaps[1].rank, "hos");
  EXPECT_EQ(c.gaps[1].from.to_string(), "2001-07");  // a row that says "not known" is a gap
  EXPECT_EQ(c.gaps[1].to.to_string(), "2001-12");
}

TEST(Coverage, NearlyEveryMonthOf2001To2022HasItsHeads) {
  const Coverage c = coverage(testing::knowledge(), 2001, 2022);
  EXPECT_GT(c.owed_hos, 190U * 250U);
  EXPECT_GE(static_cast<double>(c.filled_hos) / static_cast<double>(c.owed_hos), 0.97);
  EXPECT_GE(static_cast<double>(c.filled_hog) / static_cast<double>(c.owed_hog), 0.97);
  EXPECT_GE(c.share(), 0.97);
}

}  // namespace
}  // namespace casus
