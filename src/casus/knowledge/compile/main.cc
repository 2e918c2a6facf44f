// SPDX-License-Identifier: Apache-2.0
// casus-compile-knowledge: packages and overlay in, one file out. Either the whole file is written or none.
#include <casus/base/date.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "builder.h"
#include "table.h"

namespace {

using namespace casus;
using namespace casus::compile;

Result<std::string> compile_all(Inputs inputs, const std::filesystem::path& overlay, Builder& b, Date today) {
  CASUS_ASSIGN(inputs.overlay, read_tables(overlay));
  CASUS_TRY(read_sources(inputs, b));
  CASUS_TRY(read_countries(inputs, b));
  CASUS_TRY(read_places(inputs, b));
  CASUS_TRY(read_place_names(inputs, b));
  CASUS_TRY(read_overlay(inputs, b));
  derive_ends(b);
  derive_people(b);
  derive_names(b);
  validate(b, today);
  if (!b.problems.empty())
    return Error{Errc::invalid_input, std::to_string(b.problems.size()) + " problem(s); no file written"};
  return encode(b);
}

Result<void> write_whole(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + ".new";
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) return Error{Errc::unreadable, temporary.string() + ": cannot be written"};
  }
  std::error_code failed;
  std::filesystem::rename(temporary, path, failed);
  if (failed) return Error{Errc::unreadable, path.string() + ": " + failed.message()};
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Compiles packages and knowledge/overlay into one knowledge file"};
  Inputs inputs;
  std::filesystem::path overlay, output;
  bool verbose = false;
  inputs.locale = "/usr/share/locale";
  inputs.iso_codes = "/usr/share/iso-codes/json";
  app.add_option("--overlay", overlay, "folder of *.tsv")->required();
  app.add_option("--sources", inputs.sources, "sources.toml")->required();
  app.add_option("--node-modules", inputs.node_modules, "folder made by npm ci")->required();
  app.add_option("--locale", inputs.locale, "folder of gettext catalogues (libgeonames-common)");
  app.add_option("--iso-codes", inputs.iso_codes, "folder of iso-codes' JSON files");
  app.add_option("--output", output, "the file to write")->required();
  app.add_flag("--verbose", verbose, "print warnings");
  CLI11_PARSE(app, argc, argv);

  Builder builder;
  const auto today = Date::from_days(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const Result<std::string> bytes = compile_all(inputs, overlay, builder, today);
  for (const std::string& problem : builder.problems) std::cerr << problem << '\n';
  if (verbose) {
    for (const std::string& warning : builder.warnings) std::cerr << "warning: " << warning << '\n';
  }
  if (!bytes) {
    std::cerr << "casus-compile-knowledge: " << bytes.error().describe() << '\n';
    return 1;
  }
  if (const Result<void> written = write_whole(output, *bytes); !written) {
    std::cerr << "casus-compile-knowledge: " << written.error().describe() << '\n';
    return 1;
  }
  std::cerr << output.string() << ": " << builder.entities.size() << " entities, " << builder.names.size() << " names, "
            << builder.roles.size() << " roles, " << bytes->size() / 1024 << " KiB\n";
  return 0;
}
