// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/command.h>
#include <casus/cli/query.h>
#include <casus/record/export/export.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <streambuf>

namespace casus::cli {

namespace {

struct Options : QueryOptions {
  std::string database, format = "jsonl", file = "-";
  bool plain_cells = false;
};

// Lets an export write to Output.
class OutputBuffer : public std::streambuf {
 public:
  explicit OutputBuffer(Output& output) : output_(output) {}

 protected:
  int_type overflow(int_type c) override {
    if (c != traits_type::eof()) {
      const char one = traits_type::to_char_type(c);
      output_.write({&one, 1});
    }
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    output_.write({bytes, static_cast<std::size_t>(count)});
    return count;
  }

 private:
  Output& output_;
};

ExportFormat format_of(const std::string& name) {
  if (name == "plover") return ExportFormat::plover;
  return name == "csv" ? ExportFormat::csv : ExportFormat::jsonl;
}

// A file appears under its name only when it is whole.
std::uint64_t to_file(const Record& record, const EventQuery& query, const Options& options, const ExportOptions& how) {
  const std::filesystem::path part = options.file + ".part";
  std::uint64_t written = 0;
  {
    std::ofstream out(part, std::ios::binary);
    if (!out) throw BadResult({Errc::unreadable, options.file + ": cannot be written"});
    written = export_events(record, query, format_of(options.format), how, out).value();
    out.flush();
    if (!out) throw BadResult({Errc::unreadable, options.file + ": cannot be written"});
  }
  std::filesystem::rename(part, options.file);
  return written;
}

int run(const Options& options) {
  const std::unique_ptr<Record> record = Record::open(options.database, OpenMode::read).value();
  const ExportOptions how{.guard_formulas = !options.plain_cells};
  const EventQuery query = options.checked();
  std::uint64_t written = 0;
  if (options.file == "-") {
    Output output;
    OutputBuffer buffer(output);
    std::ostream out(&buffer);
    written = export_events(*record, query, format_of(options.format), how, out).value();
  } else {
    written = to_file(*record, query, options, how);
    say(options.file + ": " + std::to_string(written) + " events");
  }
  if (options.format == "plover") {
    const std::uint64_t all = record->count_events(query).value();
    if (all > written) say(std::to_string(all - written) + " events without a date are left out: PLOVER demands one");
  }
  return written > 0 ? kDone : kNothing;
}

}  // namespace

void add_export(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("export", "The events of a record in other formats");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus export events.db --format csv -o events.csv\n"
           "  casus export events.db --format plover --type PROTEST --happened > protests.jsonl\n");
  verb->add_option("DB", options->database, "The record")->required()->type_name("");
  declare_query(*verb, *options);
  verb->add_option("--format", options->format, "plover, csv or jsonl")
      ->check(CLI::IsMember({"plover", "csv", "jsonl"}))
      ->capture_default_str();
  verb->add_option("-o,--output", options->file, "A file, or - for standard output")
      ->capture_default_str()
      ->type_name("FILE");
  verb->add_flag("--plain-cells", options->plain_cells,
                 "CSV: no apostrophe before cells that a spreadsheet takes for a formula");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
