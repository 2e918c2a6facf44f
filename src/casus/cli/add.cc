// SPDX-License-Identifier: Apache-2.0
// Pages into a record. A transaction is closed after 1,000 pages or a second, whichever comes first; killed at any
// moment, the record holds what was committed, and the same command again adds the rest and ends in the same record.
#include <casus/cli/pages.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>
#include <array>
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

struct Tally {
  std::array<std::uint64_t, 5> outcomes{};
  std::uint64_t events = 0;
  std::uint64_t& operator[](Outcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; }
};

int run(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::write).value();
  const Reader reader = open_reader();
  const std::string version = reader.version();
  Transactions transactions(*record, options.pages);
  Tally tally;
  PageSteps steps;
  steps.wanted = [&](const PageInWork& page) {
    const bool seen = record->seen(page.document.name, page.sha256, version).value();
    if (seen) ++tally[Outcome::unchanged];
    return !seen;
  };
  steps.work = [&](PageInWork& page) { page.reading = reader.read(*page.article); };
  steps.finish = [&](PageInWork& page) {
    transactions.before_write();
    const Added added =
        record
            ->add({.article = *page.article, .reading = page.reading, .page = page.document.bytes, .version = version})
            .value();
    ++tally[added.outcome];
    if (added.duplicate_of.empty()) tally.events += added.events;
    transactions.after_write();
  };
  steps.refused = [&](const PageInWork& page) {
    transactions.before_write();
    record->refuse(page.document.name, page.sha256, *page.problem).value();
    transactions.after_write();
  };
  const PagesRead read = read_pages(options, "pages added", steps);
  transactions.close();
  say(options.database + ": " + std::to_string(tally[Outcome::added]) + " articles added, " +
      std::to_string(tally[Outcome::revised]) + " revised, " + std::to_string(tally[Outcome::duplicate]) +
      " copies of others, " + std::to_string(tally[Outcome::unchanged]) + " known already, " +
      std::to_string(read.refused) + " pages refused; " + std::to_string(tally.events) + " events");
  return read.exit_code(read.pages + tally[Outcome::unchanged]);
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
