// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/command.h>
#include <casus/cli/event_text.h>
#include <casus/record/json.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options {
  std::string database, id, format = "text";
};

constexpr std::size_t kAll = 100'000;  // events of one article; no page comes near it

void show_event(Output& output, const Record& record, const EventRow& row, const Options& options) {
  const Article article = record.article(row.article).value().value();
  if (options.format == "json") return output.line(event_row_json(row, article, true));
  output.write(event_why(row, article, terminal_width()));
}

void show_article(Output& output, const Record& record, const ArticleRow& row, const Options& options) {
  const Article article = record.article(row.id).value().value();
  if (options.format == "json") return output.line(article_json(article));
  const std::size_t width = terminal_width();
  const auto field = [&](std::string_view name, const Field& value) {
    if (!value.value.empty())
      output.line(std::string(name) + printable(value.value) + "  (" + printable(value.from) + ")");
  };
  field("title      ", article.title);
  field("site       ", article.site);
  for (const Field& author : article.authors) field("author     ", author);
  field("published  ", article.published);
  if (!article.url.empty()) output.line("url        " + printable(article.url));
  output.line("id         " + row.id + "  revision " + row.revision);
  if (!row.duplicate_of.empty()) output.line("copy of    " + row.duplicate_of);
  for (const ArticleRow& copy : record.copies(row.id).value()) {
    output.line("copied by  " + copy.id + "  " + printable(copy.url.empty() ? copy.source : copy.url));
  }
  output.line("");
  for (const Paragraph& paragraph : article.paragraphs) {
    output.write(wrapped(printable(paragraph.span.of(article.text)), width, ""));
    output.line("");
  }
  for (const EventRow& event : record.events({.article = row.id, .limit = kAll}).value())
    output.write(event_lines(event, width, use_colour()));
}

int run(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::read).value();
  Output output;
  if (const std::optional<EventRow> event = record->event(options.id).value()) {
    show_event(output, *record, *event, options);
    return kDone;
  }
  if (const std::optional<ArticleRow> article = record->article_row(options.id).value()) {
    show_article(output, *record, *article, options);
    return kDone;
  }
  say("no event and no article with the id " + printable(options.id) + " (at least six digits of it)");
  return kNothing;
}

}  // namespace

void add_show(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("show", "An event or an article of a record, by id");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus show events.db 3f2a9c                  six digits of an id are enough where they are unambiguous\n"
           "  casus show events.db 3f2a9c --format json\n");
  verb->add_option("DB", options->database, "The record")->required()->type_name("");
  verb->add_option("ID", options->id, "Event or article")->required()->type_name("");
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
