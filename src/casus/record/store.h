// SPDX-License-Identifier: Apache-2.0
#pragma once
// The record in SQLite. Its parts: schema.cc (opening, migrations), store_write.cc, store_copies.cc (which article is a
// copy of which), store_read.cc, store_query.cc (questions about events), store_dump.cc. Used inside this room only.
#include <casus/record/record.h>
#include <casus/record/sqlite.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::detail {

// Held by the one writer for as long as it lives; the kernel lets go of it when the process dies, however it dies.
class WriterLock {
 public:
  // Errors: refused (somebody else holds it), unreadable.
  static Result<std::unique_ptr<WriterLock>> take(const std::filesystem::path& database);
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Brings the schema up to date, or says why that cannot be. `newest` 0: as far as this build knows; less for tests.
Result<void> migrate(Database& database, int newest = 0);
Result<void> check_schema(Database& database);  // for readers
int newest_schema();

// A point in time as a string that sorts: "2022-03-04T10:20:30Z"; the start of the day, month or year where no more is
// known; "" for what is no date.
std::string moment(std::string_view iso);

class SqliteRecord : public Record {
 public:
  SqliteRecord(std::unique_ptr<Database> database, std::unique_ptr<WriterLock> lock)
      : lock_(std::move(lock)), database_(std::move(database)) {}
  ~SqliteRecord() override;

  Result<Added> add(const Ingest& ingest) override;
  Result<void> refuse(std::string_view source, std::string_view sha256, const Error& error) override;
  Result<bool> seen(std::string_view source, std::string_view sha256, std::string_view version) const override;
  Result<void> begin() override;
  Result<void> commit() override;

  Result<std::vector<EventRow>> events(const EventQuery& query) const override;
  Result<void> each_event(const EventQuery& query, const std::function<bool(EventRow&&)>& take) const override;
  Result<std::uint64_t> count_events(const EventQuery& query) const override;
  Result<std::optional<EventRow>> event(std::string_view id) const override;
  Result<std::optional<Article>> article(std::string_view id) const override;
  Result<std::optional<ArticleRow>> article_row(std::string_view id) const override;
  Result<std::vector<ArticleRow>> articles(std::size_t limit, std::size_t offset) const override;
  Result<std::vector<ArticleRow>> copies(std::string_view id) const override;
  Result<std::string> page(std::string_view sha256) const override;
  Result<std::vector<Count>> count_by(std::string_view field, const EventQuery& query) const override;
  Result<std::vector<LedgerRow>> ledger(std::size_t limit, std::size_t offset) const override;
  Result<std::uint64_t> count_articles() const override;
  Result<std::vector<Count>> outcomes() const override;
  Result<std::vector<std::string>> check() const override;
  Result<void> dump(std::ostream& out) const override;

 private:
  struct Node {
    std::string id, precedence, text_sha256, duplicate_of;
  };
  using Worklist = std::map<std::string, std::string>;  // precedence -> id

  // store_write.cc
  Result<void> writable() const;
  Result<Added> add_inside(const Ingest& ingest);
  Result<void> keep_page(std::string_view sha256, std::string_view bytes);
  Result<void> keep_ledger(std::string_view source, std::string_view sha256, std::string_view version,
                           std::string_view outcome, std::string_view reason, const Article* article);
  Result<void> remove_revision(std::string_view revision);
  Result<void> keep_revision(const Ingest& ingest, std::string_view capture);
  Result<void> keep_paragraphs(const Article& article);
  Result<bool> keep_event(const Event& event, const Article& article, std::size_t position);
  Result<void> keep_event_parts(const std::string& id, const Event& event);
  Result<void> index_events(std::string_view revision, bool remove);
  Result<void> refresh_article(std::string_view article);

  // store_copies.cc
  Result<void> keep_signature(const Article& article);
  Result<std::vector<std::pair<std::string, double>>> similar_texts(std::string_view text_sha256);
  Result<void> put_dependents(std::string_view id, Worklist& work);
  Result<void> place(const std::string& id, Worklist work);
  Result<void> evaluate(const std::string& id, bool is_new, Worklist& work);

  // store_read.cc
  Result<std::string> whole_id(std::string_view table, std::string_view id) const;  // "" when there is none

  std::unique_ptr<WriterLock> lock_;
  std::unique_ptr<Database> database_;
  bool broken_ = false;  // a commit failed: nothing written after that could be believed
};

}  // namespace casus::detail
