// SPDX-License-Identifier: Apache-2.0
// kb.d/*.tsv into the second file. Rows with "-" become tables of what to leave out; what the others point at in the
// first file is copied in as stubs, so that the second file is whole by itself.
#include <casus/base/utf8.h>
#include <casus/knowledge/user.h>

#include <algorithm>
#include <fstream>

#include "builder.h"

namespace casus {

namespace {

using namespace compile;

constexpr std::size_t kMaxRows = 200000;
constexpr std::uintmax_t kMaxTableBytes = 4U << 20U;

void take_away(const Table& table, const Row& row, const Knowledge& base, Builder& b) {
  const Where where{table.file, row.line};
  const auto cell = [&](std::string_view column) { return std::string{table.cell(row, column)}; };
  std::string list, key;
  bool there = false;
  if (table.name == "entity" || table.name == "country") {
    list = "minus:entity";
    key = table.name == "country" ? "cc:" + cell("alpha3") : cell("id");
    there = base.entity(key).has_value();
  } else if (table.name == "name") {
    list = "minus:name";
    key = cell("id") + '\t' + fold_name(cell("text"));
    for (const Candidate& c : base.find(cell("text"), {.limit = 128})) there = there || c.entity == cell("id");
  } else if (table.name == "role") {
    list = "minus:role";
    key = cell("person") + '\t' + cell("office") + '\t' + cell("from");
    for (const Tenure& t : base.tenures(cell("office")))
      there =
          there || (t.person == cell("person") && (cell("from").empty() || t.role.from.to_string() == cell("from")));
  } else if (table.name == "word" || table.name == "agent") {
    const std::string words =
        table.name == "word" ? cell("list") : cell("kind") + ":" + (cell("lang").empty() ? "en" : cell("lang"));
    list = "minus:word";
    const std::string folded = fold_name(table.name == "word" ? cell("key") : cell("phrase"));
    key = words + '\t' + folded;
    there = base.lookup(words, folded).has_value();
  } else {
    return b.problem(where, "rows of a table \"" + table.name + "\" cannot be taken away");
  }
  if (!there) return b.problem(where, "there is no such row to take away");
  b.tables[list + '\t' + key] = "";
}

void add_stub(const Candidate& known, const Where& where, Builder& b) {
  BuildEntity e;
  e.id = known.entity;
  e.name = known.name;
  e.country = known.country;
  e.feature = known.feature;
  e.admin1 = known.admin1;
  e.source = known.source;
  for (const std::string& s : known.sectors) e.sectors += (e.sectors.empty() ? "" : " ") + s;
  e.kind = known.kind;
  e.lat = known.lat;
  e.lon = known.lon;
  e.located = known.located;
  e.population = static_cast<std::uint32_t>(known.population);
  e.geonameid = static_cast<std::uint32_t>(known.geonameid);
  e.prior = known.score;
  e.stub = true;
  e.where = where;
  b.tables["stub\t" + e.id] = "";
  b.add(std::move(e));
}

// What the rows point at in the first file.
void adopt(const Table& table, const Row& row, const Knowledge& base, const std::vector<std::string>& made,
           Builder& b) {
  const auto stub = [&](const std::string& id) {
    if (id.empty() || b.index(id) != Builder::kNone || std::binary_search(made.begin(), made.end(), id)) return;
    if (const auto known = base.entity(id)) add_stub(*known, {table.file, row.line}, b);
  };
  const auto cell = [&](std::string_view column) { return std::string{table.cell(row, column)}; };
  if (table.name == "name") stub(cell("id"));
  stub(cell("person"));
  stub(cell("parent"));
  stub(cell("of"));
  if (table.name != "country" && cell("country").size() == 3) stub("cc:" + cell("country"));
}

void adopt_office(const std::string& id, const std::vector<Office>& offices, const Knowledge& base, Builder& b,
                  const Where& where) {
  for (const BuildOffice& known : b.offices) {
    if (known.id == id) return;
  }
  for (const Office& o : offices) {
    if (o.id != id) continue;
    BuildOffice office{o.id, o.title, o.of, "", "", o.rank, where};
    for (const Tenure& t : base.tenures(id)) {
      for (const std::string& s : t.role.sectors) office.sectors += (office.sectors.empty() ? "" : " ") + s;
      break;
    }
    if (b.index(o.of) == Builder::kNone) {
      if (const auto of = base.entity(o.of)) add_stub(*of, where, b);
    }
    b.offices.push_back(std::move(office));
    return;
  }
}

void copy_lists(const Knowledge& base, Builder& b) {
  for (const std::string_view list :
       {"sector", "actor_code", "name_suffix", "name_particle", "family_first", "rank_weight"}) {
    for (const auto& [key, value] : base.rows(list)) b.tables[std::string{list} + '\t' + key] = value;
  }
}

}  // namespace

std::filesystem::path user_path(const std::filesystem::path& base) {
  std::filesystem::path out = base;
  out.replace_extension(".user" + base.extension().string());
  return out;
}

Result<UserFile> compile_user(const std::filesystem::path& folder, const Knowledge& base) {
  UserFile out;
  Inputs inputs;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".tsv" && entry.file_size(failed) > kMaxTableBytes)
      return Error{Errc::too_large, entry.path().string() + ": a table of more than 4 MiB"};
  }
  if (failed) return Error{Errc::not_found, folder.string() + ": " + failed.message()};
  Result<std::vector<Table>> tables = read_tables(folder);
  if (!tables) {
    out.problems.push_back(tables.error().message);
    return out;
  }
  Builder b;
  b.user = true;
  b.sources = base.sources();
  b.sources.push_back({"user", "The user's own rows (kb.d)", "-", "-", "-", "", false});
  for (const Source& s : base.sources()) b.share_alike[s.id] = false;
  copy_lists(base, b);
  const auto known_lists = b.tables;
  std::vector<std::string> made;  // entities that the rows give themselves
  for (const Table& table : *tables) {
    if (table.name != "entity") continue;
    for (const Row& row : table.rows) made.emplace_back(table.cell(row, "id"));
  }
  std::sort(made.begin(), made.end());
  const std::vector<Office> offices = base.offices();
  for (Table& table : *tables) {
    std::vector<Row> kept;
    for (Row& row : table.rows) {
      if (++out.rows > kMaxRows) return Error{Errc::too_large, "more than 200,000 rows"};
      const std::string_view op = table.cell(row, "op");
      // "-" is also how a cell says that it is empty, so the column is read as it stands.
      const auto at = std::find(table.columns.begin(), table.columns.end(), "op");
      const std::string raw =
          at == table.columns.end() ? "+" : row.cells[static_cast<std::size_t>(at - table.columns.begin())];
      if (raw == "-") {
        take_away(table, row, base, b);
      } else if (raw == "+" || raw.empty()) {
        adopt(table, row, base, made, b);
        kept.push_back(std::move(row));
      } else {
        b.problem({table.file, row.line}, "op is \"" + std::string{op} + "\", not + or -");
      }
    }
    table.rows = std::move(kept);
  }
  inputs.overlay = std::move(*tables);
  std::vector<std::string> own;
  for (const Table& table : inputs.overlay) {
    if (table.name != "office") continue;
    for (const Row& row : table.rows) own.emplace_back(table.cell(row, "id"));
  }
  for (const Table& table : inputs.overlay) {
    if (table.name != "role") continue;
    for (const Row& row : table.rows) {
      const std::string id{table.cell(row, "office")};
      if (std::find(own.begin(), own.end(), id) == own.end())
        adopt_office(id, offices, base, b, {table.file, row.line});
    }
  }
  read_first_tables(inputs, b);
  if (const auto read = read_overlay(inputs, b); !read) return read.error();
  derive_people(b);
  derive_names(b);
  validate(b, {});
  out.problems = std::move(b.problems);
  out.warnings = std::move(b.warnings);
  if (!out.problems.empty()) return out;
  // Lists of the first file served for the checks only.
  for (const auto& [key, value] : known_lists) {
    const auto at = b.tables.find(key);
    if (at != b.tables.end() && at->second == value) b.tables.erase(at);
  }
  CASUS_ASSIGN(out.bytes, encode(b));
  return out;
}

Result<void> write_user(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code failed;
  if (bytes.empty()) {
    std::filesystem::remove(path, failed);
    if (failed) return Error{Errc::unreadable, path.string() + ": " + failed.message()};
    return {};
  }
  const std::filesystem::path temporary = path.string() + ".new";
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return Error{Errc::unreadable, temporary.string() + ": cannot be written"};
  }
  std::filesystem::rename(temporary, path, failed);
  if (failed) return Error{Errc::unreadable, path.string() + ": " + failed.message()};
  return {};
}

}  // namespace casus
