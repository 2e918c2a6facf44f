// SPDX-License-Identifier: Apache-2.0
// Opening. Migrations are numbered SQL files, embedded at build time; each runs in one transaction with its number, so
// that a program killed in the middle finds the old schema whole. Tests: record_schema_test.cc.
#include <casus/record/store.h>
#include <fcntl.h>
#include <record_migrations.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace casus {

namespace detail {

namespace {

constexpr std::int64_t kApplicationId = 0x63617375;  // "casu", in the header of the file

}  // namespace

Result<std::unique_ptr<WriterLock>> WriterLock::take(const std::filesystem::path& database) {
  // A file of its own: a lock on the database file itself would be lost whenever SQLite closes a descriptor of it.
  const std::string path = database.string() + "-writer";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return Error{Errc::unreadable, path + ": " + std::strerror(errno)};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int problem = errno;
    ::close(descriptor);
    if (problem != EWOULDBLOCK) return Error{Errc::unreadable, path + ": " + std::strerror(problem)};
    return Error{Errc::refused, database.string() + ": another program is writing to this record; wait for it to end"};
  }
  return std::unique_ptr<WriterLock>(new WriterLock(descriptor));
}

WriterLock::~WriterLock() {
  ::close(descriptor_);
}

int newest_schema() {
  return static_cast<int>(kMigrations.size());
}

Result<void> check_schema(Database& database) {
  CASUS_ASSIGN(const std::int64_t version, database.number("PRAGMA user_version"));
  CASUS_ASSIGN(const std::int64_t application, database.number("PRAGMA application_id"));
  if (application != kApplicationId) return Error{Errc::unsupported, "this is a SQLite file, but not a casus record"};
  if (version > newest_schema()) {
    return Error{Errc::unsupported, "the record was written by a newer casus (schema " + std::to_string(version) +
                                        ", this one knows " + std::to_string(newest_schema()) + ")"};
  }
  if (version < newest_schema()) {
    return Error{Errc::unsupported,
                 "the record has an older schema; open it once for writing (`casus add`) to bring it up to date"};
  }
  return {};
}

Result<void> migrate(Database& database, int newest) {
  if (newest == 0) newest = newest_schema();
  CASUS_ASSIGN(const std::int64_t application, database.number("PRAGMA application_id"));
  CASUS_ASSIGN(std::int64_t version, database.number("PRAGMA user_version"));
  CASUS_ASSIGN(const std::int64_t tables, database.number("SELECT count(*) FROM sqlite_schema"));
  if (application != kApplicationId && (tables > 0 || version > 0)) {
    return Error{Errc::unsupported, "this is a SQLite file, but not a casus record; choose another name"};
  }
  if (version > newest) return check_schema(database);
  for (; version < newest; ++version) {
    const std::string sql = "BEGIN IMMEDIATE; PRAGMA application_id = " + std::to_string(kApplicationId) + ";" +
                            std::string(kMigrations[static_cast<std::size_t>(version)]) +
                            "; PRAGMA user_version = " + std::to_string(version + 1) + "; COMMIT;";
    if (Result<void> done = database.execute(sql.c_str()); !done) {
      if (database.in_transaction()) (void)database.execute("ROLLBACK");
      return done;
    }
  }
  return {};
}

std::string moment(std::string_view iso) {
  const std::optional<Date> date = Date::parse(iso);
  if (!date) return {};
  int hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0;
  char sign = '+';
  const std::string clock(iso.size() > 11 ? iso.substr(11) : std::string_view());
  int used = 0;
  if (std::sscanf(clock.c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2) {
    if (clock[static_cast<std::size_t>(used)] == ':') std::sscanf(clock.c_str() + used, ":%2d", &second);
    const std::size_t zone = clock.find_first_of("+-");
    if (zone != std::string::npos) {
      sign = clock[zone];
      if (std::sscanf(clock.c_str() + zone + 1, "%2d:%2d", &zone_hour, &zone_minute) < 1) zone_hour = 0;
    }
  }
  const int offset = (zone_hour * 60 + zone_minute) * (sign == '-' ? 1 : -1);
  const auto minutes = std::chrono::minutes(hour * 60 + minute + offset);
  const auto time = std::chrono::sys_time<std::chrono::minutes>(date->first_day()) + minutes;
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::minutes>(time - day).count();
  Date utc = Date::from_days(day);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02dZ", static_cast<int>(rest / 60), static_cast<int>(rest % 60),
                second % 100);
  return utc.to_string() + buffer;
}

namespace {

Result<std::unique_ptr<Record>> open_to_write(const std::filesystem::path& path) {
  CASUS_ASSIGN(std::unique_ptr<WriterLock> lock, WriterLock::take(path));
  CASUS_ASSIGN(std::unique_ptr<Database> database, Database::open(path, true));
  // page_size has an effect only while the file is empty. FULL: what commit() acknowledged survives a power cut.
  CASUS_TRY(
      database->execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                        "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"));
  CASUS_TRY(migrate(*database));
  return std::unique_ptr<Record>(std::make_unique<SqliteRecord>(std::move(database), std::move(lock)));
}

Result<std::unique_ptr<Record>> open_to_read(const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) return Error{Errc::not_found, path.string() + ": no such record"};
  CASUS_ASSIGN(std::unique_ptr<Database> database, Database::open(path, false));
  CASUS_TRY(database->execute("PRAGMA query_only = 1; PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456;"));
  CASUS_TRY(check_schema(*database));
  return std::unique_ptr<Record>(std::make_unique<SqliteRecord>(std::move(database), nullptr));
}

}  // namespace

}  // namespace detail

Result<std::unique_ptr<Record>> Record::open(const std::filesystem::path& path, OpenMode mode) {
  Result<std::unique_ptr<Record>> record =
      mode == OpenMode::write ? detail::open_to_write(path) : detail::open_to_read(path);
  if (record || record.error().message.starts_with(path.string())) return record;
  return Error{record.error().code, path.string() + ": " + record.error().message};
}

}  // namespace casus
