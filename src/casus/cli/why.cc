// SPDX-License-Identifier: Apache-2.0
// Why an event of a record was found, or what casus sees (and does not see) in a sentence.
#include <casus/cli/event_text.h>
#include <casus/cli/pages.h>
#include <casus/page/read_page.h>
#include <casus/record/json.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options {
  std::string database, id, text, published, format = "text";
};

int run_event(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::read).value();
  const std::optional<EventRow> row = record->event(options.id).value();
  if (!row) {
    say("no event with the id " + printable(options.id) + " (at least six digits of it)");
    return kNothing;
  }
  const Article article = record->article(row->article).value().value();
  Output output;
  output.write(options.format == "json" ? event_row_json(*row, article, true) + "\n"
                                        : event_why(*row, article, terminal_width()));
  return kDone;
}

std::string near_miss_json(const NearMiss& miss, const Article& article) {
  return "{\"evidence\":" + json_string(article.quote(miss.evidence)) +
         ",\"trigger\":" + json_string(article.quote(miss.trigger)) + ",\"frame\":" + json_string(miss.frame) +
         ",\"stopped\":" + json_string(miss.stopped) + "}";
}

int run_text(const Options& options) {
  const Reader reader = open_reader();
  const Article article = read_page(options.text, {.source = "--text",
                                                   .charset = "utf-8",
                                                   .form = PageForm::text,
                                                   .published = options.published,
                                                   .keep_all = true})
                              .value();
  CodeOptions how;
  how.near_misses = true;
  const Reading reading = reader.read(article, how);
  Output output;
  for (const Event& event : reading.events) {
    EventRow row;
    row.event = event;
    row.quote = article.quote(event.evidence);
    output.write(options.format == "json" ? event_json(event, article, true) + "\n"
                                          : event_why(row, article, terminal_width()) + "\n");
  }
  for (const NearMiss& miss : reading.near_misses) {
    if (options.format == "json") {
      output.line(near_miss_json(miss, article));
      continue;
    }
    output.write(wrapped("no event: \"" + printable(article.quote(miss.evidence)) + "\"", terminal_width(), ""));
    output.write(wrapped("\"" + printable(article.quote(miss.trigger)) + "\" could begin one (" +
                             printable(miss.frame) + "), but " + printable(miss.stopped),
                         terminal_width() - 4, "    "));
  }
  output.flush();
  for (const std::string& note : reading.notes) say(printable(note));
  if (reading.events.empty() && reading.near_misses.empty()) say("no word of this text begins an event");
  return reading.events.empty() ? kNothing : kDone;
}

int run(const Options& options) {
  if (!options.text.empty()) return run_text(options);
  if (options.database.empty() || options.id.empty()) {
    throw BadResult({Errc::invalid_input, "give a record and an event's id, or --text \"a sentence\""});
  }
  return run_event(options);
}

}  // namespace

void add_why(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("why", "Why an event was found, or why a sentence has none");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus why events.db 3f2a9c\n"
           "  casus why --text \"Maduro called Putin on Tuesday.\" --date 2022-03-03\n");
  verb->add_option("DB", options->database, "The record")->type_name("");
  verb->add_option("ID", options->id, "Event")->type_name("");
  verb->add_option("--text", options->text, "A sentence to read, without a record")->type_name("SENTENCE");
  verb->add_option("--date", options->published, "When the sentence was published")->type_name("DATE");
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
