// SPDX-License-Identifier: Apache-2.0
// casus VERB: data on stdout, words on stderr; exit 0 done, 1 nothing found, 2 usage or error, 3 done in part.
#include <casus/cli/command.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <iostream>
#include <new>

namespace {

using namespace casus::cli;

int run(int argc, char** argv) {
  int exit_code = kDone;
  CLI::App program(
      "Reads news pages and keeps a record of political events: who did what to whom, when, where, and according to "
      "whom.\n\n"
      "Examples:\n"
      "  casus add events.db page.html news.warc.gz feeds/    read pages into a record\n"
      "  casus find events.db sanctions --since 2022-03       events as sentences with their quotes\n"
      "  casus why events.db 3f2a9c                           why an event was found\n"
      "  casus code page.html                                 events of a page, without a record\n"
      "  casus serve events.db                                the record in a browser\n",
      "casus");
  program.set_version_flag("--version", std::string("casus ") + CASUS_VERSION, "Print the version");
  program.require_subcommand(1);
  program.set_help_flag("-h,--help", "Print this help");
  for (const auto add : {add_extract, add_parse, add_locate, add_code, add_add, add_find, add_show, add_why, add_export,
                         add_serve, add_kb, add_eval, add_doctor, add_dump, add_completions}) {
    add(program, exit_code);
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return program.exit(wanted, std::cout, std::cerr);
  } catch (const CLI::ParseError& wrong) {
    program.exit(wrong, std::cerr, std::cerr);
    return kError;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // Output notices a closed pipe by itself, after what has to be kept was kept
  try {
    return run(argc, argv);
  } catch (const casus::BadResult& problem) {
    say(problem.what());
  } catch (const std::bad_alloc&) {
    say("out of memory");
  } catch (const std::exception& problem) {
    say(problem.what());
  }
  return kError;
}
