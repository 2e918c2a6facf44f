// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tab-separated tables of the overlay: `# table: NAME` first, then a line of column names, then rows. `-` or nothing is
// empty; lines that start with '#' are comments. Errors name file and line.
#include <casus/base/result.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace casus::compile {

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

struct Table {
  std::string file, name;
  std::vector<std::string> columns;
  std::vector<Row> rows;

  // Cell of the named column; empty when the table has no such column.
  std::string_view cell(const Row& row, std::string_view column) const;
};

Result<Table> read_table(const std::filesystem::path& path);
// All *.tsv of a folder, sorted by name.
Result<std::vector<Table>> read_tables(const std::filesystem::path& folder);
std::vector<std::string_view> split(std::string_view text, char separator);  // empty parts left out
std::string_view trim(std::string_view text);

}  // namespace casus::compile
