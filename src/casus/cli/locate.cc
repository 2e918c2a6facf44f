// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/pages.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

int run(const PageOptionsOfVerb& options) {
  const Reader reader = open_reader();
  Output output;
  std::uint64_t found = 0;
  PageSteps steps;
  steps.work = [&](PageInWork& page) {
    page.reading = reader.read(*page.article);
    const Article given = as_given(page, page.reading);
    page.output = places_json(id_of(page.document), page.reading.mentions, given);
  };
  steps.finish = [&](PageInWork& page) {
    output.line(page.output);
    for (const Mention& mention : page.reading.mentions) found += mention.place ? 1 : 0;
  };
  return read_pages(options, "pages", steps).exit_code(found);
}

}  // namespace

void add_locate(CLI::App& program, int& exit_code) {
  CLI::App* verb =
      program.add_subcommand("locate", "The places that pages name, with coordinates: one JSON object a page");
  auto options = std::make_shared<PageOptionsOfVerb>();
  examples(*verb,
           "  casus locate page.html\n"
           "  casus locate --jsonl texts.jsonl             offsets count characters of the given \"text\"\n");
  declare_pages(*verb, *options, true);
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
