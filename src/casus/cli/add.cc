// SPDX-License-Identifier: Apache-2.0
// Pages into a record. A transaction is closed after 1,000 pages or a second, whichever comes first; killed at any
// moment, the record holds what was committed, and the same command again adds the rest and ends in the same record.
#include <casus/cli/pages.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>
#include <chrono>

namespace casus::cli {

namespace {

constexpr std::chrono::milliseconds kLongest{1000};  // of a transaction, so that readers see what is new

struct Options : PageOptionsOfVerb {
  std::string database;
  std::uint64_t pages = 1000;  // of a transaction; more gain nothing that can be seen
};

// Opens transactions when there is something to write and closes them when they are large or old.
class Transactions {
 public:
  Transactions(Record& record, std::uint64_t most) : record_(record), most_(most) {}

  void before_write() {
    if (open_) return;
    record_.begin().value();
    open_ = true;
    pages_ = 0;
    since_ = std::chrono::steady_clock::now();
  }
  void after_write() {
    ++pages_;
    if (pages_ >= most_ || std::chrono::steady_clock::now() - since_ >= kLongest) close();
  }
  void close() {
    if (!open_) return;
    record_.commit().value();
    open_ = false;
  }

 private:
  Record& record_;
  bool open_ = false;
  std::uint64_t most_, pages_ = 0;
  std::chrono::steady_clock::time_point since_;
};

// What the record holds; the difference of two says what a run has done, whatever the order in which copies came.
struct Holding {
  std::uint64_t articles = 0, events = 0;
};

Holding holding(const Record& record) {
  return {record.count_articles().value(), record.count_events({}).value()};
}

std::string summary(const std::string& database, const Holding& before, const Holding& after, std::uint64_t read,
                    std::uint64_t known, std::uint64_t refused) {
  const auto signed_difference = [](std::uint64_t a, std::uint64_t b) {
    return b >= a ? "+" + std::to_string(b - a) : "-" + std::to_string(a - b);
  };
  std::string out = database + ": " + std::to_string(read) + " pages read";
  if (known > 0) out += ", " + std::to_string(known) + " known already";
  if (refused > 0) out += ", " + std::to_string(refused) + " refused";
  out += "; now " + std::to_string(after.articles) + " articles (" +
         signed_difference(before.articles, after.articles) + "), " + std::to_string(after.events) + " events (" +
         signed_difference(before.events, after.events) + ")";
  return out;
}

int run(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::write).value();
  const Reader reader = open_reader();
  const std::string version = reader.version();
  Transactions transactions(*record, options.pages);
  const Holding before = holding(*record);
  std::uint64_t known = 0;
  PageSteps steps;
  steps.wanted = [&](const PageInWork& page) {
    const bool seen = record->seen(page.document.name, page.sha256, version).value();
    known += seen ? 1 : 0;
    return !seen;
  };
  steps.work = [&](PageInWork& page) { page.reading = reader.read(*page.article); };
  steps.finish = [&](PageInWork& page) {
    transactions.before_write();
    const Ingest ingest{
        .article = *page.article, .reading = page.reading, .page = page.document.bytes, .version = version};
    record->add(ingest).value();
    transactions.after_write();
  };
  steps.refused = [&](const PageInWork& page) {
    transactions.before_write();
    record->refuse(page.document.name, page.sha256, *page.problem).value();
    transactions.after_write();
  };
  const PagesRead read = read_pages(options, "pages added", steps);
  transactions.close();
  say(summary(options.database, before, holding(*record), read.pages, known, read.refused));
  return read.exit_code(read.pages + known);
}

}  // namespace

void add_add(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("add", "Read pages into a record");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus add events.db page.html\n"
           "  casus add events.db archive/*.warc.gz feed.xml folder/\n"
           "  zcat texts.jsonl.gz | casus add events.db -\n");
  verb->add_option("DB", options->database, "The record; made if it is not there")->required()->type_name("");
  declare_pages(*verb, *options, false);
  verb->add_option("--commit-every", options->pages, "Pages of a transaction; one is closed after a second in any case")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str()
      ->type_name("N");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
