// SPDX-License-Identifier: Apache-2.0
#pragma once
// The record: articles, their events and the ledger of all that was taken in, in one SQLite file that other tools can
// open.
//
//   auto record = casus::Record::open("events.db", casus::OpenMode::write).value();
//   casus::Added added = record->add({.article = article, .reading = reading, .page = bytes}).value();
//
// Durability: WAL, synchronous FULL, one writer; article, events and ledger row commit in one transaction, so what was
// acknowledged survives kill -9 and power loss, and what was not leaves no trace. Ids are content hashes: adding again
// changes nothing. Copies: of articles whose texts are near duplicates the one that was published first counts
// (docs/decisions/near-duplicates.md). Queries see the events of the latest revision of each article that is no copy;
// EventQuery::article asks for one article, copy or not. Errors: unreadable, corrupt, unsupported (a newer schema),
// refused (another writer). Threads: a Record belongs to one thread at a time; open one per thread (readers never block
// the writer).
#include <casus/base/result.h>
#include <casus/event/event.h>
#include <casus/event/reader.h>
#include <casus/page/article.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class OpenMode : std::uint8_t { read, write };

// What one page gives, ready to be kept.
struct Ingest {
  const Article& article;
  const Reading& reading;
  std::string_view page;     // bytes as they arrived; stored compressed under their sha256
  std::string_view version;  // Reader::version()
};

enum class Outcome : std::uint8_t { added, unchanged, revised, duplicate, refused };
std::string_view to_string(Outcome outcome);

struct Added {
  Outcome outcome = Outcome::added;
  std::string article;  // id
  std::string revision;
  std::string duplicate_of;  // article id of the report that this one repeats
  double similarity = 0;
  std::size_t events = 0;  // stored now
};

// A stored article without its pieces; `article()` gives the whole.
struct ArticleRow {
  std::string id, revision, url, title, site, published, language, source, duplicate_of;
  std::size_t events = 0;
};

// An event with what is needed to show it as one line.
struct EventRow {
  Event event;
  std::string article;  // id
  std::string revision;
  std::string quote;  // text[evidence]
  std::string title, url, site, published;
};

struct EventQuery {
  std::string text{};  // full-text query over quotes, titles and names; FTS5 syntax is not exposed: words and "phrases"
  std::string type{}, mode{}, country{}, actor{}, recipient{}, article{}, language{};  // empty: any
  std::string since{}, until{};                                                        // event date, ISO
  std::optional<Status> status{};
  bool happened = false;  // only events without any status flag
  double min_confidence = 0;
  std::size_t limit = 50, offset = 0;
  bool newest_first = true;  // by event date, then id
};

struct Count {
  std::string key;
  std::uint64_t count = 0;
};

struct LedgerRow {
  std::string source, sha256, outcome, reason, article, version;
};

class Record {
 public:
  // write: creates the file when it is missing and migrates an older schema. read: never changes the file.
  static Result<std::unique_ptr<Record>> open(const std::filesystem::path& path, OpenMode mode);
  virtual ~Record() = default;

  virtual Result<Added> add(const Ingest& ingest) = 0;
  // A page that could not be read: a ledger row and nothing else.
  virtual Result<void> refuse(std::string_view source, std::string_view sha256, const Error& error) = 0;
  // Whether these bytes from this source were already taken in by this version: then there is nothing to do.
  virtual Result<bool> seen(std::string_view source, std::string_view sha256, std::string_view version) const = 0;
  // Several add() in one transaction: begin() … commit(). Without them each add() commits by itself.
  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;

  virtual Result<std::vector<EventRow>> events(const EventQuery& query) const = 0;
  // The same, one at a time, in the order of the query and without its limit; until `take` returns false.
  virtual Result<void> each_event(const EventQuery& query, const std::function<bool(EventRow&&)>& take) const = 0;
  virtual Result<std::uint64_t> count_events(const EventQuery& query) const = 0;
  virtual Result<std::optional<EventRow>> event(
      std::string_view id) const = 0;  // also by an unambiguous prefix of ≥ 6 digits
  virtual Result<std::optional<Article>> article(
      std::string_view id) const = 0;  // latest revision; the same prefix rule
  virtual Result<std::optional<ArticleRow>> article_row(std::string_view id) const = 0;
  virtual Result<std::vector<ArticleRow>> articles(std::size_t limit, std::size_t offset) const = 0;  // newest first
  virtual Result<std::vector<ArticleRow>> copies(std::string_view id) const = 0;  // articles that repeat this one
  virtual Result<std::string> page(std::string_view sha256) const = 0;            // bytes as they arrived
  virtual Result<std::vector<Count>> count_by(std::string_view field, const EventQuery& query)
      const = 0;  // "type" "mode" "country" "site" "month" "status" "language"
  virtual Result<std::vector<LedgerRow>> ledger(std::size_t limit, std::size_t offset) const = 0;
  virtual Result<std::uint64_t> count_articles() const = 0;
  // Counts of ledger rows by outcome ("read", "duplicate", "refused").
  virtual Result<std::vector<Count>> outcomes() const = 0;
  // SQLite's own check of the whole file; empty: nothing wrong. O(file).
  virtual Result<std::vector<std::string>> check() const = 0;
  // Every row of every table that is content, sorted, one JSON line each, nothing from clocks: equal records give equal
  // dumps.
  virtual Result<void> dump(std::ostream& out) const = 0;
};

}  // namespace casus
