// SPDX-License-Identifier: Apache-2.0
#pragma once
// The events of a record in the formats of others. One file per format; docs/exports.md says what each one loses.
//
//   std::uint64_t written = casus::export_events(*record, {.type = "SANCTION"}, casus::ExportFormat::csv, {},
//   out).value();
//
// Order: by event date, then id (the query's newest_first). Memory: one event and one article at a time.
// Errors: those of Record, unreadable when `out` fails.
#include <casus/base/result.h>
#include <casus/record/record.h>

#include <cstdint>
#include <ostream>
#include <string>

namespace casus {

enum class ExportFormat : std::uint8_t { plover, csv, jsonl };

struct ExportOptions {
  // CSV: cells that a spreadsheet would take for a formula (= + - @ at their start) get an apostrophe before them.
  bool guard_formulas = true;
};

Result<std::uint64_t> export_events(const Record& record, const EventQuery& query, ExportFormat format,
                                    const ExportOptions& options, std::ostream& out);

// One line of PLOVER 2.0 JSON (manual, draft 2.0, table `tab:json`), with casus' own members beside the manual's:
// evidence, attribution, status, date_basis, incomplete. An event without a date has no place in that format: nullopt.
std::optional<std::string> plover_json(const EventRow& row, const Article& article);

// RFC 4180: a header line, then one record a line, CR LF at the ends.
std::string csv_header();
std::string csv_line(const EventRow& row, const ExportOptions& options);

}  // namespace casus
