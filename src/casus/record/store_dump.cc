// SPDX-License-Identifier: Apache-2.0
// The record as sorted JSON Lines: what two records must have in common to be called the same. Row numbers, compressed
// bytes and whatever can be computed from the rest (signatures, bands, the search index) are left out. Tests:
// record_order_test.cc.
#include <casus/base/hash.h>
#include <casus/record/codec.h>
#include <casus/record/store.h>
#include <sqlite3.h>

#include <array>
#include <nlohmann/json.hpp>

namespace casus::detail {

namespace {

struct Table {
  std::string_view name, columns, order;
};

constexpr std::array<Table, 12> kTables = {{
    {"articles", "*", "id"},
    {"revisions", "*", "id"},
    {"paragraphs", "*", "revision, number"},
    {"removed", "*", "revision, number"},
    {"events",
     "id, article, revision, position, type, mode, quad, score, cameo, actors, recipients, attribution, status, date, "
     "date_last, date_basis, place, place_name, place_country, place_precision, place_basis, latitude, longitude, "
     "quote, "
     "confidence, incomplete, trigger_start, trigger_end, evidence_start, evidence_end, detail",
     "id"},
    {"event_parties", "*", "event, role, number"},
    {"event_attribution", "*", "event, number"},
    {"event_status", "*", "event, status"},
    {"event_contexts", "*", "event, context"},
    {"event_why", "*", "event, number"},
    {"pages", "sha256, size", "sha256"},
    {"ledger", "*", "source, sha256, version"},
}};

Result<nlohmann::ordered_json> cell(const Statement& s, int column) {
  constexpr std::size_t kMaxBlob = std::size_t{256} << 20U;
  switch (s.column_type(column)) {
    case SQLITE_INTEGER:
      return nlohmann::ordered_json(s.number(column));
    case SQLITE_FLOAT:
      return nlohmann::ordered_json(s.real(column));
    case SQLITE_NULL:
      return nlohmann::ordered_json();
    case SQLITE_BLOB: {
      // Compressed bytes depend on the version of zstd; what they hold does not.
      CASUS_ASSIGN(const std::string bytes, decompress(s.blob(column), kMaxBlob));
      return nlohmann::ordered_json(sha256_hex(bytes));
    }
    default:
      return nlohmann::ordered_json(std::string(s.text(column)));
  }
}

}  // namespace

Result<void> SqliteRecord::dump(std::ostream& out) const {
  for (const Table& table : kTables) {
    CASUS_ASSIGN(Statement * rows,
                 database_->prepare("SELECT " + std::string(table.columns) + " FROM " + std::string(table.name) +
                                    " ORDER BY " + std::string(table.order)));
    while (rows->step()) {
      nlohmann::ordered_json line = {{"table", table.name}};
      for (int column = 0; column < rows->columns(); ++column) {
        CASUS_ASSIGN(line[std::string(rows->column_name(column))], cell(*rows, column));
      }
      out << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    }
    CASUS_TRY(rows->done());
  }
  if (!out) return Error{Errc::unreadable, "the dump cannot be written"};
  return {};
}

}  // namespace casus::detail
