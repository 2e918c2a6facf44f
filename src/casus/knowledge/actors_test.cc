// SPDX-License-Identifier: Apache-2.0
// Mentions in sentences of our own (testdata/actors_*.tsv), read with the real model: whose country, which sector,
// party or not. The dev half may be looked at (CASUS_SHOW_MISSES=1 prints its misses); the test half is only measured.
#include <casus/base/mapped_file.h>
#include <casus/knowledge/resolve.h>
#include <casus/knowledge/testing.h>
#include <casus/language/analyse.h>
#include <casus/page/read_page.h>

#include <cstdlib>
#include <iostream>
#include <map>

namespace casus {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> cut(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

struct Labelled {
  Span span;  // of the text without brackets
  std::string country, sector, kind;
};

struct Row {
  std::string text, trouble;
  std::vector<Labelled> mentions;
};

std::vector<Row> rows(const fs::path& file) {
  std::vector<Row> out;
  const std::string bytes = read_file(file, 1U << 22U).value();
  for (const std::string& line : cut(bytes, '\n')) {
    if (line.empty() || line.front() == '#' || line.starts_with("text\t")) continue;
    const std::vector<std::string> cells = cut(line, '\t');
    if (cells.size() != 5) throw std::runtime_error("five columns wanted: " + line);
    Row row;
    row.trouble = cells[4];
    for (const char c : cells[0]) {
      const auto at = static_cast<std::uint32_t>(row.text.size());
      if (c == '[') {
        row.mentions.push_back({{at, at}, "", "", ""});
      } else if (c == ']') {
        row.mentions.back().span.end = at;
      } else {
        row.text += c;
      }
    }
    for (std::size_t i = 0; i < row.mentions.size(); ++i) {
      row.mentions[i].country = cut(cells[1], ';').at(i);
      row.mentions[i].sector = cut(cells[2], ';').at(i);
      row.mentions[i].kind = cut(cells[3], ';').at(i);
    }
    out.push_back(std::move(row));
  }
  return out;
}

// "GOV|MIL": either; "-": nothing; "*": not judged.
bool agrees(const std::string& wanted, const std::string& got) {
  for (const std::string& one : cut(wanted, '|')) {
    if (one == "*" || one == got || (one == "-" && got.empty())) return true;
  }
  return false;
}

struct Counts {
  int asked = 0, right = 0;
  double share() const { return asked == 0 ? 0.0 : static_cast<double>(right) / asked; }
};

struct Figures {
  Counts country, sector, kind;
  std::map<std::string, Counts> by_trouble;
};

// The mention whose head lies in the marked words, else one that overlaps them.
const Mention* best(const std::vector<Mention>& all, const Labelled& want, bool actor) {
  const Mention* out = nullptr;
  for (const Mention& m : all) {
    if (actor ? !m.actor : !m.place) continue;
    const Span span = actor ? m.span : m.place->span;
    if (span.start >= want.span.end || want.span.start >= span.end) continue;
    const bool headed = actor && m.actor->head.end == want.span.end;
    if (out == nullptr || headed ||
        (actor && want.span.contains(m.actor->head) && !want.span.contains(out->actor->head)))
      out = &m;
  }
  return out;
}

bool is_party_here(const Mention& m, const Labelled& want) {
  return want.span.start <= m.actor->head.start && m.actor->head.end <= want.span.end;
}

Figures measure(const std::string& half, bool show) {
  const fs::path data = fs::path{CASUS_BINARY_DIR} / "data";
  const auto model = LanguageModel::open(data / "models" / "en.casm").value();
  Figures out;
  for (const Row& row :
       rows(fs::path{CASUS_SOURCE_DIR} / "src/casus/knowledge/testdata" / ("actors_" + half + ".tsv"))) {
    Article article = read_page(row.text, {.form = PageForm::text, .keep_all = true}).value();
    article.published.value = "2024-05-15";
    if (article.text != row.text) throw std::runtime_error("the text changed on reading: " + row.text);
    const std::vector<Sentence> sentences = analyse(article, *model);
    const std::vector<Mention> mentions = resolve(article, sentences, testing::knowledge());
    for (const Labelled& want : row.mentions) {
      const Mention* actor = best(mentions, want, true);
      const Mention* place = best(mentions, want, false);
      if (actor != nullptr && !is_party_here(*actor, want)) actor = nullptr;
      const bool as_place = want.kind == "place" || want.kind == "both" || (want.kind == "*" && actor == nullptr);
      std::string country, sector, found = "none";
      if (as_place ? place != nullptr : actor != nullptr) {
        country = as_place ? place->place->country : actor->actor->country;
        if (!as_place && !actor->actor->sectors.empty()) sector = actor->actor->sectors.front();
        found = as_place ? "place" : actor->actor->kind == EntityKind::person ? "person" : "party";
      }
      // A country stays a party after "in": the event coder asks for the place first. A city does not.
      const bool also_party =
          as_place && want.kind != "both" && actor != nullptr && place != nullptr && place->place->kind == "city";
      const bool kind =
          !also_party && (want.kind == "*" || want.kind == found || (want.kind == "both" && found == "place") ||
                          (want.kind == "party" && found == "person"));
      // What was not found has no right country, even where none was wanted.
      const bool is_right_kind = kind || want.kind == "*";
      const bool where = agrees(want.country, country) && (is_right_kind || want.country == "*");
      const bool what = agrees(want.sector, sector) && (is_right_kind || want.sector == "*");
      Counts& trouble = out.by_trouble[row.trouble];
      const auto count = [&](Counts& c, bool right) {
        ++c.asked;
        c.right += right ? 1 : 0;
      };
      count(out.kind, kind);
      if (want.country != "*") count(out.country, where);
      if (want.sector != "*") count(out.sector, what);
      count(trouble, kind && where && what);
      if (show && !(kind && where && what)) {
        std::cout << row.trouble << " | " << row.text << " | [" << want.span.of(row.text) << "] wanted " << want.country
                  << ' ' << want.sector << ' ' << want.kind << ", got " << country << ' ' << sector << ' ' << found
                  << (also_party ? " and party" : "") << " | " << (actor != nullptr ? actor->actor->reason : "")
                  << '\n';
      }
    }
  }
  std::cout << half << ": country " << out.country.right << '/' << out.country.asked << " = " << out.country.share()
            << ", sector " << out.sector.right << '/' << out.sector.asked << " = " << out.sector.share() << ", reading "
            << out.kind.right << '/' << out.kind.asked << " = " << out.kind.share() << '\n';
  return out;
}

bool ready() {
  return fs::exists(fs::path{CASUS_BINARY_DIR} / "data" / "models" / "en.casm");
}

TEST(Actors, DevHalf) {
  if (!ready()) GTEST_SKIP() << "data/models/en.casm is not here";
  const Figures f = measure("dev", std::getenv("CASUS_SHOW_MISSES") != nullptr);
  EXPECT_GE(f.country.share(), 0.93);
  EXPECT_GE(f.sector.share(), 0.85);
}

TEST(Actors, TestHalf) {
  if (!ready()) GTEST_SKIP() << "data/models/en.casm is not here";
  const Figures f = measure("test", false);
  EXPECT_GE(f.country.share(), 0.93);
  EXPECT_GE(f.sector.share(), 0.85);
}

}  // namespace
}  // namespace casus
