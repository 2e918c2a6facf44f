// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/event_text.h>
#include <casus/cli/pages.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options : PageOptionsOfVerb {
  std::string format = "jsonl", profile = "plover-2.0";
  bool per_document = false, why = false;
};

EventRow row_of(const Event& event, const Article& article) {
  return {.event = event,
          .article = article.id,
          .revision = article.revision,
          .quote = std::string(article.quote(event.evidence)),
          .title = article.title.value,
          .url = article.url,
          .site = article.site.value,
          .published = article.published.value};
}

void write_page(const Options& options, PageInWork& page) {
  const Article given = as_given(page, page.reading);
  if (options.per_document) {
    page.output = events_json(id_of(page.document), page.reading.events, given) + "\n";
    return;
  }
  for (const Event& event : page.reading.events) {
    const EventRow row = row_of(event, given);
    if (options.format == "table") {
      page.output += event_lines(row, terminal_width(), use_colour());
    } else {
      // The document's id comes first, before what event_row_json() says of the event.
      page.output += "{\"document\":" + json_string(id_of(page.document)) + "," +
                     event_row_json(row, given, options.why).substr(1) + "\n";
    }
  }
}

int run(const Options& options) {
  const Reader reader = open_reader();
  Output output;
  std::uint64_t found = 0;
  PageSteps steps;
  steps.work = [&](PageInWork& page) {
    page.reading = reader.read(*page.article);
    if (options.profile != "plover-2.0") {
      for (Event& event : page.reading.events) event.type = label(reader.ontology(), options.profile, event);
    }
    write_page(options, page);
  };
  steps.finish = [&](PageInWork& page) {
    output.write(page.output);
    found += page.reading.events.size();
  };
  return read_pages(options, "pages", steps).exit_code(found);
}

}  // namespace

void add_code(CLI::App& program, int& exit_code) {
  CLI::App* verb =
      program.add_subcommand("code", "The events of pages: who did what to whom, when, where, according to whom");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus code --format table page.html          for reading\n"
           "  casus code page.html feeds/ | jq .type       one JSON object an event\n"
           "  casus code --jsonl texts.jsonl --per-document  one JSON object a text; offsets count its characters\n");
  declare_pages(*verb, *options, true);
  verb->add_flag("--per-document", options->per_document, "One line a document: {\"id\", \"events\": [...]}");
  verb->add_flag("--why", options->why, "With each event how it was found");
  verb->add_option("--profile", options->profile,
                   "Whose labels: plover-2.0, or plv as the benchmark of that name has them")
      ->check(CLI::IsMember({"plover-2.0", "plv"}))
      ->capture_default_str();
  verb->add_option("--format", options->format, "jsonl or table")
      ->check(CLI::IsMember({"jsonl", "table"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
