// SPDX-License-Identifier: Apache-2.0
#include "table.h"

#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>

#include <algorithm>

namespace casus::compile {

namespace {

constexpr std::size_t kMaxTable = 64U << 20U;  // bytes; the largest table is a few MB
constexpr std::size_t kMaxCell = 4096;         // bytes; a longer cell is a lost line end

Error bad(const std::string& file, std::size_t line, const std::string& why) {
  return {Errc::invalid_input, file + ":" + std::to_string(line) + ": " + why};
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::string_view Table::cell(const Row& row, std::string_view column) const {
  const auto at = std::find(columns.begin(), columns.end(), column);
  if (at == columns.end()) return {};
  const std::string& value = row.cells[static_cast<std::size_t>(at - columns.begin())];
  return value == "-" ? std::string_view{} : std::string_view{value};
}

Result<Table> read_table(const std::filesystem::path& path) {
  CASUS_ASSIGN(const std::string bytes, read_file(path, kMaxTable));
  Table table;
  table.file = path.filename().string();
  std::size_t number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = std::string_view{bytes}.substr(at, end - at);
    at = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    constexpr std::string_view kTable = "# table: ";
    if (line.starts_with(kTable)) table.name = trim(line.substr(kTable.size()));
    if (trim(line).empty() || line.front() == '#') continue;
    if (!is_valid_utf8(line)) return bad(table.file, number, "not UTF-8");
    std::vector<std::string> cells;
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t tab = std::min(line.find('\t', from), line.size());
      cells.emplace_back(trim(line.substr(from, tab - from)));
      if (cells.back().size() > kMaxCell) return bad(table.file, number, "a cell is longer than 4096 bytes");
      from = tab + 1;
    }
    if (table.columns.empty()) {
      table.columns = std::move(cells);
      continue;
    }
    if (cells.size() > table.columns.size()) {
      return bad(
          table.file, number,
          std::to_string(cells.size()) + " cells, but " + std::to_string(table.columns.size()) + " columns are named");
    }
    cells.resize(table.columns.size());
    table.rows.push_back({number, std::move(cells)});
  }
  if (table.name.empty()) return bad(table.file, 1, "no line \"# table: NAME\"");
  if (table.columns.empty()) return bad(table.file, number, "no line of column names");
  return table;
}

Result<std::vector<Table>> read_tables(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
  }
  if (failed) return Error{Errc::not_found, folder.string() + ": " + failed.message()};
  std::sort(paths.begin(), paths.end());
  std::vector<Table> tables;
  for (const auto& path : paths) {
    CASUS_ASSIGN(Table table, read_table(path));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace casus::compile
