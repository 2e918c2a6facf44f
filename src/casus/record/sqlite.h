// SPDX-License-Identifier: Apache-2.0
#pragma once
// The few hundred lines of SQLite that casus needs, with errors as values. Used inside this room only.
//
//   CASUS_ASSIGN(Statement * find, database.prepare("SELECT title FROM articles WHERE id = ?"));
//   find->bind(1, id);
//   while (find->step()) use(find->text(0));
//   CASUS_TRY(find->done());
//
// prepare() keeps each statement for the life of the Database, by its text; it comes back reset and unbound. A failure
// is remembered by the statement until done(), so that loops read simply. Errors never quote SQL.
#include <casus/base/result.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace casus::detail {

class Statement {
 public:
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Parameters count from 1. Text and blobs are copied.
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind(int parameter, double number);
  Statement& bind_blob(int parameter, std::string_view bytes);
  Statement& bind_null(int parameter);

  bool step();          // true: a row is there; false: no more rows, or a failure that done() reports
  Result<void> run();   // all rows, then done()
  Result<void> done();  // what went wrong, if anything; resets the statement

  // Columns count from 0. Views hold until the next step().
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  std::int64_t number(int column) const;
  double real(int column) const;
  bool is_null(int column) const;
  int columns() const;
  std::string_view column_name(int column) const;
  int column_type(int column) const;  // SQLITE_INTEGER …

  void reset();

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_;
  int code_ = 0;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, bool write);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<void> execute(const char* sql);  // one or more statements without parameters
  Result<Statement*> prepare(std::string_view sql);
  Result<std::int64_t> number(std::string_view sql);  // first column of the first row; 0 when there is none
  std::int64_t changes() const;
  std::int64_t last_row() const;
  bool in_transaction() const;

  // Queries after this fail with timed_out once the time is over; zero: no deadline.
  void set_deadline(std::chrono::milliseconds from_now);

 private:
  Database() = default;
  static int on_progress(void* self);

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements_;
  std::chrono::steady_clock::time_point deadline_{};
};

// Errc for a SQLite result code, with a message for people.
Error sqlite_error(int code, std::string_view what);

}  // namespace casus::detail
