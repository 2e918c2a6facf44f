// SPDX-License-Identifier: Apache-2.0
// Lines are cut first and judged one by one, so that one bad line never takes its neighbours down. Tests: FrameTest in
// ontology_test.cc.
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>
#include <casus/event/tsv.h>

namespace casus::detail {
namespace {

constexpr std::size_t kMaxLine = 8192;          // bytes; the longest line written so far is under 1 KiB
constexpr std::size_t kMaxFile = 8U << 20;      // bytes
constexpr std::size_t kMaxNotesPerFile = 1000;  // a file of garbage must not fill the memory with complaints

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find('\t', start), line.size());
    std::string_view cell = line.substr(start, end - start);
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    cells.emplace_back(cell == "-" ? std::string_view{} : cell);
    start = end + 1;
  }
  return cells;
}

bool is_header(const std::vector<std::string>& cells, const std::vector<std::string_view>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i >= cells.size() || cells[i] != columns[i]) return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    if (end > start) parts.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

Table parse_table(std::string file, std::string_view bytes, const std::vector<std::string_view>& columns,
                  std::vector<OntologyNote>& notes) {
  Table table{std::move(file), {}};
  const std::size_t first_note = notes.size();
  const auto note = [&](std::size_t line, std::string message) {
    if (notes.size() - first_note < kMaxNotesPerFile) notes.push_back({table.file, line, std::move(message)});
  };
  bool header_seen = false;
  std::size_t number = 0;
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    std::string_view line = bytes.substr(start, end - start);
    start = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (line.size() > kMaxLine) {
      note(number, "line longer than 8 KiB; left out");
      continue;
    }
    if (!is_valid_utf8(line)) {
      note(number, "not valid UTF-8; left out");
      continue;
    }
    std::vector<std::string> cells = cells_of(line);
    if (!header_seen) {
      header_seen = true;
      if (is_header(cells, columns)) continue;
      note(number, "the first line does not name the columns");
    }
    if (cells.size() > columns.size()) {
      note(number, "more cells than columns (" + std::to_string(columns.size()) + "); left out");
      continue;
    }
    cells.resize(columns.size());
    table.rows.push_back({number, std::move(cells)});
  }
  return table;
}

Table read_table(const std::filesystem::path& folder, const std::string& file,
                 const std::vector<std::string_view>& columns, std::vector<OntologyNote>& notes) {
  const Result<std::string> bytes = read_file(folder / file, kMaxFile);
  if (!bytes) {
    notes.push_back({file, 0, bytes.error().describe()});
    return {file, {}};
  }
  return parse_table(file, *bytes, columns, notes);
}

}  // namespace casus::detail
