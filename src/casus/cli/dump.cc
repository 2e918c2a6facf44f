// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/command.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>
#include <iostream>

namespace casus::cli {

void add_dump(CLI::App& program, int& exit_code) {
  CLI::App* verb =
      program.add_subcommand("dump", "All content of a record, sorted, as JSON Lines: equal records give equal dumps");
  auto database = std::make_shared<std::string>();
  examples(*verb, "  casus dump events.db | sha256sum\n");
  verb->add_option("DB", *database, "The record")->required()->type_name("");
  verb->callback([database, &exit_code] {
    const std::unique_ptr<Record> record = Record::open(*database, OpenMode::read).value();
    std::ios::sync_with_stdio(false);
    const Result<void> done = record->dump(std::cout);
    std::cout.flush();
    // A reader that went away is no failure.
    if (!done && std::cout) done.value();
    exit_code = kDone;
  });
}

}  // namespace casus::cli
