// SPDX-License-Identifier: Apache-2.0
// Questions with known answers, written apart from the tables: who held an office on a day, which country a name in one
// of six languages tells, and whom the names of the seed page mean. Each skips where its file is absent.
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>
#include <casus/knowledge/resolve.h>
#include <casus/knowledge/testing.h>
#include <casus/language/analyse.h>
#include <casus/page/read_page.h>

#include <algorithm>
#include <iostream>

namespace casus {
namespace {

namespace fs = std::filesystem;
using testing::knowledge;

std::vector<std::string> cut(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<std::vector<std::string>> table(const fs::path& file, std::size_t columns) {
  std::vector<std::vector<std::string>> out;
  bool head = true;
  for (const std::string& line : cut(read_file(file, 1U << 22U).value(), '\n')) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells = cut(line, '\t');
    if (!head && cells.size() != columns) ADD_FAILURE() << file.filename().string() << ": " << line;
    if (!head && cells.size() == columns) out.push_back(std::move(cells));
    head = false;
  }
  return out;
}

fs::path data(std::string_view name) {
  return fs::path{CASUS_SOURCE_DIR} / "src/casus/knowledge/testdata" / name;
}

bool is_called(const Candidate& who, const std::string& name) {
  if (fold_name(who.name) == fold_name(name)) return true;
  const auto found = knowledge().find(name, {.limit = 64});
  return std::any_of(found.begin(), found.end(), [&](const Candidate& c) { return c.entity == who.entity; });
}

bool answers(const std::vector<Candidate>& found, std::string_view expected) {
  if (expected == "unknown") return found.empty();
  constexpr std::string_view kDisputed = "disputed: ";
  const auto among = [&](const std::string& name) {
    return std::any_of(found.begin(), found.end(), [&](const Candidate& c) { return is_called(c, name); });
  };
  if (expected.starts_with(kDisputed)) {
    const auto rivals = cut(expected.substr(kDisputed.size()), '|');
    return std::all_of(rivals.begin(), rivals.end(), among);
  }
  const auto names = cut(expected, '|');
  return !found.empty() && std::any_of(names.begin(), names.end(),
                                       [&](const std::string& name) { return is_called(found.front(), name); });
}

TEST(Queries, WhoHeldAnOfficeOnADay) {
  const fs::path file = data("role_queries.tsv");
  if (!fs::exists(file)) GTEST_SKIP() << "testdata/role_queries.tsv is not here";
  const auto rows = table(file, 5);
  int right = 0;
  for (const auto& row : rows) {
    const std::string of = row[1].size() == 3 ? "cc:" + row[1] : row[1];
    const auto found = knowledge().holders(row[0], of, *Date::parse(row[2]));
    if (answers(found, row[3])) {
      ++right;
    } else {
      std::cout << row[0] << ' ' << row[1] << ' ' << row[2] << ": " << row[3] << ", got "
                << (found.empty() ? "nobody" : found.front().name) << '\n';
    }
  }
  std::cout << "roles: " << right << " of " << rows.size() << '\n';
  EXPECT_GE(rows.size(), 400U);
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(rows.size()));
}

TEST(Queries, WhichCountryANameInSixLanguagesTells) {
  const fs::path file = data("names_six_languages.tsv");
  if (!fs::exists(file)) GTEST_SKIP() << "testdata/names_six_languages.tsv is not here";
  const auto rows = table(file, 4);
  int right = 0;
  for (const auto& row : rows) {
    const auto found = knowledge().find(row[0], {.language = row[1]});
    const bool hit = !found.empty() && found.front().country == row[3];
    right += hit ? 1 : 0;
    if (!hit)
      std::cout << row[0] << ' ' << row[1] << ' ' << row[3] << ", got "
                << (found.empty() ? "nothing" : found.front().entity) << '\n';
  }
  std::cout << "names: " << right << " of " << rows.size() << '\n';
  EXPECT_GE(rows.size(), 1200U);
  EXPECT_GE(static_cast<double>(right), 0.98 * static_cast<double>(rows.size()));
}

struct Referent {
  std::string_view words, wanted;  // an id, "nil" for somebody whom no list has, or "VEN MIL": country and sector
};

// The words as they stand in the article; what they mean as of that day.
constexpr Referent kReferents[] = {{"Cuba", "cc:CUB"},
                                   {"China", "cc:CHN"},
                                   {"Eritrea", "cc:ERI"},
                                   {"Norway", "cc:NOR"},
                                   {"Mexico", "cc:MEX"},
                                   {"Russia", "cc:RUS"},
                                   {"Ukraine", "cc:UKR"},
                                   {"Colombia", "cc:COL"},
                                   {"Venezuela", "cc:VEN"},
                                   {"US", "cc:USA"},
                                   {"Moscow", "cc:RUS|gn:524901"},
                                   {"Kiev", "cc:UKR|gn:703448"},
                                   {"Caracas", "cc:VEN|gn:3646738"},
                                   {"Maduro", "Q58132"},
                                   {"Putin", "Q7747"},
                                   {"Fernández", "Q2642828"},
                                   {"Kremlin", "cs:kremlin"},
                                   {"NATO", "cs:nato"},
                                   {"DEA", "cs:dea"},
                                   {"FARC", "cs:farc|cs:segunda-marquetalia"},
                                   {"Venezuelan army", "VEN MIL"},
                                   {"European sanctions", "cs:eu"},
                                   {"UN Human Rights Council", "cs:un-hrc"},
                                   {"ELN", "cs:eln"},
                                   {"Second Marquetalia", "cs:segunda-marquetalia"},
                                   {"Donbas", "cs:donbas"},
                                   {"Crimea", "cs:crimea"},
                                   {"Donetsk", "cs:dpr"},
                                   {"Lugansk People's Republics", "cs:lpr"},
                                   {"Tenth Forehead", "cs:farc-10th"},
                                   {"Alex Saab", "cs:alex-saab"},
                                   {"Mining Arc", "cs:arco-minero"},
                                   {"EL MUNDO", "cs:media-elmundo-es"},
                                   {"Walter Molina Galdi", "nil EDU"}};

bool means(const Mention& m, std::string_view wanted) {
  if (wanted.size() == 7 && wanted[3] == ' ' && !wanted.starts_with("nil")) {
    return m.actor && m.actor->country == wanted.substr(0, 3) && !m.actor->sectors.empty() &&
           m.actor->sectors.front() == wanted.substr(4);
  }
  if (wanted.starts_with("nil ")) {
    return m.actor && m.actor->id.starts_with("nil:") && !m.actor->sectors.empty() &&
           m.actor->sectors.front() == wanted.substr(4);
  }
  for (const std::string& id : cut(wanted, '|')) {
    if ((m.actor && m.actor->id == id) || (m.place && m.place->id == id)) return true;
  }
  return false;
}

TEST(Seed, ItsReferentsAreWhoTheyAre) {
  const fs::path page = fs::path{CASUS_SOURCE_DIR} / "../shared/seed/000_1749dd4b628333d3.txt";
  const fs::path model = fs::path{CASUS_BINARY_DIR} / "data" / "models" / "en.casm";
  if (!fs::exists(page)) GTEST_SKIP() << "no ../shared/seed beside the sources";
  if (!fs::exists(model)) GTEST_SKIP() << "data/models/en.casm is not here";
  Article article = read_page(read_file(page, 1U << 20U).value(), {}).value();
  if (!article.published_date()) article.published.value = "2022-03-01";
  const std::vector<Sentence> sentences = analyse(article, *LanguageModel::open(model).value());
  const std::vector<Mention> mentions = resolve(article, sentences, knowledge());
  int right = 0;
  for (const Referent& referent : kReferents) {
    bool found = false;
    std::string seen;
    for (std::size_t at = article.text.find(referent.words); at != std::string::npos && !found;
         at = article.text.find(referent.words, at + 1)) {
      const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + referent.words.size())};
      for (const Mention& m : mentions) {
        const Span where = m.actor ? m.span : m.place->span;
        if (where.start >= span.end || span.start >= where.end) continue;
        found = found || means(m, referent.wanted);
        seen += (m.actor ? m.actor->id : m.place->id) + ' ';
      }
    }
    right += found ? 1 : 0;
    if (!found) std::cout << referent.words << ": wanted " << referent.wanted << ", got " << seen << '\n';
  }
  std::cout << "seed: " << right << " of " << std::size(kReferents) << '\n';
  EXPECT_EQ(std::size(kReferents), 34U);
  EXPECT_GE(right, 32);
}

}  // namespace
}  // namespace casus
