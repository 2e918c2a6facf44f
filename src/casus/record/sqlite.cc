// SPDX-License-Identifier: Apache-2.0
// Tests: record_test.cc, record_fault_test.cc.
#include <casus/record/sqlite.h>
#include <sqlite3.h>

namespace casus::detail {

namespace {

constexpr int kBusyTimeout = 5000;      // ms; a reader may have to wait for a checkpoint
constexpr int kProgressSteps = 10'000;  // virtual machine steps between two looks at the clock

}  // namespace

Error sqlite_error(int code, std::string_view what) {
  const std::string message = std::string(what) + ": " + sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return {Errc::corrupt, message + "; the file is damaged or no record"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::refused, message + "; another program is writing to it"};
    case SQLITE_INTERRUPT:
      return {Errc::timed_out, "the query took too long; ask for less"};
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return {Errc::unreadable, message + "; nothing after the last commit was kept"};
    case SQLITE_TOOBIG:
      return {Errc::too_large, message};
    default:
      return {Errc::unreadable, message};
  }
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Statement& Statement::bind(int parameter, std::string_view text) {
  const int code = sqlite3_bind_text64(statement_, parameter, text.data() == nullptr ? "" : text.data(), text.size(),
                                       SQLITE_TRANSIENT, SQLITE_UTF8);  // NOLINT
  if (code != SQLITE_OK) code_ = code;
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
  if (const int code = sqlite3_bind_int64(statement_, parameter, number); code != SQLITE_OK) code_ = code;
  return *this;
}

Statement& Statement::bind(int parameter, double number) {
  if (const int code = sqlite3_bind_double(statement_, parameter, number); code != SQLITE_OK) code_ = code;
  return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
  const int code = sqlite3_bind_blob64(statement_, parameter, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                                       SQLITE_TRANSIENT);  // NOLINT
  if (code != SQLITE_OK) code_ = code;
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  if (const int code = sqlite3_bind_null(statement_, parameter); code != SQLITE_OK) code_ = code;
  return *this;
}

bool Statement::step() {
  if (code_ != SQLITE_OK) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) code_ = sqlite3_extended_errcode(database_);
  return false;
}

Result<void> Statement::run() {
  while (step()) {
  }
  return done();
}

Result<void> Statement::done() {
  const int code = code_;
  reset();
  if (code != SQLITE_OK) return sqlite_error(code, "the record");
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  code_ = SQLITE_OK;
}

std::string_view Statement::text(int column) const {
  const unsigned char* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
int Statement::columns() const {
  return sqlite3_column_count(statement_);
}
std::string_view Statement::column_name(int column) const {
  return sqlite3_column_name(statement_, column);
}
int Statement::column_type(int column) const {
  return sqlite3_column_type(statement_, column);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, bool write) {
  std::unique_ptr<Database> database(new Database);
  const int flags = (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &database->handle_, flags, nullptr);
  if (code != SQLITE_OK) return sqlite_error(code, path.string());
  sqlite3_extended_result_codes(database->handle_, 1);
  sqlite3_busy_timeout(database->handle_, kBusyTimeout);
  // The file may come from anywhere: its schema must not reach beyond itself.
  sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_progress_handler(database->handle_, kProgressSteps, &Database::on_progress, database.get());
  return database;
}

Database::~Database() {
  statements_.clear();
  sqlite3_close(handle_);
}

Result<void> Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(sqlite3_extended_errcode(handle_), "the record");
  return {};
}

Result<Statement*> Database::prepare(std::string_view sql) {
  std::unique_ptr<Statement>& kept = statements_[std::string(sql)];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(std::string(sql));
      return sqlite_error(sqlite3_extended_errcode(handle_), "the record");
    }
    kept = std::make_unique<Statement>(handle_, statement);
  }
  kept->reset();
  return kept.get();
}

Result<std::int64_t> Database::number(std::string_view sql) {
  CASUS_ASSIGN(Statement * statement, prepare(sql));
  const std::int64_t value = statement->step() ? statement->number(0) : 0;
  CASUS_TRY(statement->done());
  return value;
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}
std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_);
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Database::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ =
      from_now.count() == 0 ? std::chrono::steady_clock::time_point{} : std::chrono::steady_clock::now() + from_now;
}

int Database::on_progress(void* self) {
  const auto& deadline = static_cast<const Database*>(self)->deadline_;
  return deadline != std::chrono::steady_clock::time_point{} && std::chrono::steady_clock::now() > deadline ? 1 : 0;
}

}  // namespace casus::detail
