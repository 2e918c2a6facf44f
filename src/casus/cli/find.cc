// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/command.h>
#include <casus/cli/event_text.h>
#include <casus/cli/query.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options : QueryOptions {
  std::string database, format = "table";
  std::size_t limit = 20;
};

int run(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::read).value();
  EventQuery query = options.checked();
  query.limit = options.limit;
  const std::vector<EventRow> rows = record->events(query).value();
  Output output;
  for (const EventRow& row : rows) {
    if (options.format == "table") {
      output.write(event_lines(row, terminal_width(), use_colour()));
      continue;
    }
    const std::optional<Article> article = record->article(row.article).value();
    if (article) output.line(event_row_json(row, *article));
  }
  output.flush();
  if (rows.size() == options.limit && options.format == "table") {
    const std::uint64_t all = record->count_events(query).value();
    if (all > rows.size())
      say(std::to_string(rows.size()) + " of " + std::to_string(all) + " events; --limit shows more");
  }
  if (rows.empty()) say("no event found");
  return rows.empty() ? kNothing : kDone;
}

}  // namespace

void add_find(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("find", "Events of a record, newest first, with their quotes");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus find events.db\n"
           "  casus find events.db sanctions --actor \"European Union\" --since 2022-03\n"
           "  casus find events.db '\"human rights\"' --type SUPPORT --format jsonl | jq .quote\n");
  verb->add_option("DB", options->database, "The record")->required()->type_name("");
  declare_query(*verb, *options);
  verb->add_option("--limit", options->limit, "At most this many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->type_name("N");
  verb->add_option("--format", options->format, "table or jsonl")
      ->check(CLI::IsMember({"table", "jsonl"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
