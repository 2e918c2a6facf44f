// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ontology's tables: tab-separated lines, `#` comments, one header line that names the columns. Internal to the
// room.
//
// A broken line becomes an OntologyNote with file, line and reason; the lines around it are read. Bounds: lines above 8
// KiB and files above 8 MiB are refused with a note. Linear.
#include <casus/event/ontology.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;  // as many as the header names; "-" is read as empty
  const std::string& operator[](std::size_t i) const { return cells[i]; }
};

struct Table {
  std::string file;  // as in notes and in the why-list: "frames/en/consult.tsv"
  std::vector<Row> rows;
};

// The rows of `bytes` whose header is `columns`. Missing cells at the end of a line are empty.
Table parse_table(std::string file, std::string_view bytes, const std::vector<std::string_view>& columns,
                  std::vector<OntologyNote>& notes);
// Reads the file; a missing one is a note and an empty table.
Table read_table(const std::filesystem::path& folder, const std::string& file,
                 const std::vector<std::string_view>& columns, std::vector<OntologyNote>& notes);

std::vector<std::string> split(std::string_view text, char separator);  // empty parts are dropped

}  // namespace casus::detail
