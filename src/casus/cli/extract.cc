// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/pages.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options : PageOptionsOfVerb {
  std::string format = "text";
};

// Title, then paragraphs with a blank line between them: what a person would copy out of the page.
std::string as_text(const Article& article) {
  std::string out;
  const auto put = [&](std::string_view text) {
    if (text.empty()) return;
    if (!out.empty()) out += '\n';
    out += text;
    out += '\n';
  };
  put(article.title.value);
  for (const Paragraph& paragraph : article.paragraphs) put(paragraph.span.of(article.text));
  return out;
}

int run(const Options& options) {
  Output output;
  std::uint64_t found = 0;
  PageSteps steps;
  steps.work = [&](PageInWork& page) {
    page.output = options.format == "jsonl" ? article_json(*page.article) + "\n" : as_text(*page.article);
  };
  steps.finish = [&](PageInWork& page) {
    if (options.format == "text" && found > 0 && !page.output.empty()) output.line("\n----\n");
    output.write(page.output);
    ++found;
  };
  return read_pages(options, "pages", steps).exit_code(found);
}

}  // namespace

void add_extract(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("extract", "The articles of pages, without what surrounds them");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus extract page.html                    title and text\n"
           "  casus extract --format jsonl news.warc.gz  one JSON object a page, with spans and what was removed\n"
           "  curl -s https://example.org/a | casus extract --url https://example.org/a -\n");
  declare_pages(*verb, *options, false);
  verb->add_option("--format", options->format, "text or jsonl")
      ->check(CLI::IsMember({"text", "jsonl"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
