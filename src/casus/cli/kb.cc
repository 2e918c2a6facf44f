// SPDX-License-Identifier: Apache-2.0
#include <casus/base/data_dir.h>
#include <casus/cli/command.h>
#include <casus/knowledge/coverage.h>
#include <casus/knowledge/knowledge.h>
#include <casus/knowledge/user.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options {
  std::string name, on, format = "text", language = "en", folder;
  int from = 2001, to = 2022;
};

std::filesystem::path knowledge_file() {
  return default_data() / "knowledge.casus";
}

std::string role_text(const Role& role) {
  std::string out = printable(role.title) + (role.of.empty() ? "" : " of " + printable(role.of)) + ", " +
                    (role.from ? role.from.to_string() : std::string("?")) + " to " +
                    (role.to ? role.to.to_string() : "at least " + role.as_of.to_string());
  if (role.unverified) out += ", not known for that date";
  return out + (role.source.empty() ? "" : "  [" + printable(role.source) + "]");
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string candidate_json(const Candidate& c) {
  std::string out = "{\"id\":" + json_string(c.entity) + ",\"name\":" + json_string(c.name) +
                    ",\"kind\":" + json_string(to_string(c.kind)) + ",\"country\":" + json_string(c.country) +
                    ",\"sectors\":" + json_string(joined(c.sectors)) + ",\"sense\":" + json_string(c.sense) +
                    ",\"source\":" + json_string(c.source) + ",\"score\":" + std::to_string(c.score);
  if (c.located) out += ",\"lat\":" + std::to_string(c.lat) + ",\"lon\":" + std::to_string(c.lon);
  out += ",\"roles\":[";
  for (std::size_t i = 0; i < c.roles.size(); ++i) {
    const Role& r = c.roles[i];
    out += std::string(i == 0 ? "" : ",") + "{\"title\":" + json_string(r.title) + ",\"of\":" + json_string(r.of) +
           ",\"from\":" + json_string(r.from.to_string()) + ",\"to\":" + json_string(r.to.to_string()) +
           ",\"as_of\":" + json_string(r.as_of.to_string()) + ",\"source\":" + json_string(r.source) + "}";
  }
  return out + "]}";
}

int run(const Options& options) {
  FindOptions how;
  if (!options.on.empty()) {
    const std::optional<Date> on = Date::parse(options.on);
    if (!on) throw BadResult({Errc::invalid_input, "--on takes a date such as 2022-03-04"});
    how.on = *on;
  }
  const std::shared_ptr<const Knowledge> knowledge = Knowledge::open(knowledge_file()).value();
  how.language = options.language;
  const std::vector<Candidate> found = knowledge->find(options.name, how);
  Output output;
  for (const Candidate& c : found) {
    if (options.format == "json") {
      output.line(candidate_json(c));
      continue;
    }
    std::string head = c.entity + "  " + printable(c.name) + "  " + std::string(to_string(c.kind));
    if (!c.country.empty()) head += "  " + c.country;
    if (!c.sectors.empty()) head += "  " + joined(c.sectors);
    if (c.located) head += "  " + std::to_string(c.lat) + "," + std::to_string(c.lon);
    output.line(head + "  (" + printable(c.sense) + ", " + printable(c.source) + ")");
    for (const Role& role : c.roles) output.line("    " + role_text(role));
  }
  if (found.empty()) say("nobody and nothing is known by the name " + printable(options.name));
  return found.empty() ? kNothing : kDone;
}

int licences(const Options& options) {
  const std::shared_ptr<const Knowledge> knowledge = Knowledge::open(knowledge_file()).value();
  Output output;
  for (const Source& s : knowledge->sources()) {
    if (options.format == "json") {
      output.line("{\"id\":" + json_string(s.id) + ",\"title\":" + json_string(s.title) +
                  ",\"version\":" + json_string(s.version) + ",\"licence\":" + json_string(s.licence) +
                  ",\"retrieved\":" + json_string(s.retrieved) + ",\"attribution\":" + json_string(s.attribution) +
                  ",\"share_alike\":" + (s.share_alike ? "true" : "false") + "}");
      continue;
    }
    output.line(printable(s.id) + "  " + printable(s.licence) + (s.share_alike ? "  (share-alike)" : ""));
    output.line("    " + printable(s.title) + ", " + printable(s.version) + ", retrieved " + printable(s.retrieved));
    if (!s.attribution.empty()) output.line("    " + printable(s.attribution));
  }
  return knowledge->sources().empty() ? kNothing : kDone;
}

int gaps(const Options& options) {
  if (options.from > options.to) throw BadResult({Errc::invalid_input, "--from lies after --to"});
  const std::shared_ptr<const Knowledge> knowledge = Knowledge::open(knowledge_file()).value();
  const Coverage found = coverage(*knowledge, options.from, options.to);
  Output output;
  for (const CoverageGap& gap : found.gaps) {
    const std::string what = gap.rank == "hos" ? "head of state" : "head of government";
    if (options.format == "json") {
      output.line("{\"country\":" + json_string(gap.country) + ",\"rank\":" + json_string(gap.rank) + ",\"from\":" +
                  json_string(gap.from.to_string()) + ",\"to\":" + json_string(gap.to.to_string()) + "}");
    } else {
      output.line(gap.country + "  " + gap.from.to_string() + ".." + gap.to.to_string() + "  " + what);
    }
  }
  output.flush();
  const auto share = [](std::size_t filled, std::size_t owed) {
    const std::size_t tenths = owed == 0 ? 0 : filled * 10000 / owed;
    const std::string rest = std::to_string(tenths % 100);
    return std::to_string(tenths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest + " %";
  };
  say("months with a head of state: " + std::to_string(found.filled_hos) + " of " + std::to_string(found.owed_hos) +
      ", " + share(found.filled_hos, found.owed_hos) +
      "; with a head of government: " + std::to_string(found.filled_hog) + " of " + std::to_string(found.owed_hog) +
      ", " + share(found.filled_hog, found.owed_hog));
  return kDone;
}

int compile(const Options& options) {
  const std::filesystem::path first = knowledge_file(), second = user_path(first);
  const std::filesystem::path folder =
      options.folder.empty() ? default_data() / "kb.d" : std::filesystem::path(options.folder);
  // The first file alone: what the user took away before is there again for the new rows to speak of.
  const std::shared_ptr<const Knowledge> base = Knowledge::open_alone(first).value();
  const UserFile made = compile_user(folder, *base).value();
  for (const std::string& problem : made.problems) say(printable(problem));
  for (const std::string& warning : made.warnings) say("warning: " + printable(warning));
  if (!made.problems.empty()) {
    say("nothing is written; the rows in use stay as they were");
    return kPartly;
  }
  write_user(second, made.rows == 0 ? std::string_view{} : std::string_view{made.bytes}).value();
  say(made.rows == 0 ? "no rows in " + printable(folder.string()) + "; none are in use now"
                     : std::to_string(made.rows) + " rows, " + std::to_string(made.bytes.size() / 1024 + 1) +
                           " KiB: " + printable(second.string()));
  return kDone;
}

void format_option(CLI::App& verb, Options& options) {
  verb.add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

void add_kb(CLI::App& program, int& exit_code) {
  CLI::App* kb = program.add_subcommand("kb", "What is known about names");
  kb->require_subcommand(1);
  CLI::App* verb = kb->add_subcommand("find", "Who or what a name can stand for");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus kb find Maduro --on 2022-03-01         with the offices held on that day\n"
           "  casus kb find Caracas --format json\n");
  verb->add_option("NAME", options->name, "A whole name")->required()->type_name("");
  verb->add_option("--on", options->on, "Offices on this date")->type_name("DATE");
  verb->add_option("--language", options->language, "Of the text that the name stands in")
      ->type_name("XX")
      ->capture_default_str();
  format_option(*verb, *options);
  verb->callback([options, &exit_code] { exit_code = run(*options); });

  CLI::App* licence = kb->add_subcommand("licences", "Where the facts come from, and what their licences ask for");
  examples(*licence, "  casus kb licences > ATTRIBUTION\n");
  format_option(*licence, *options);
  licence->callback([options, &exit_code] { exit_code = licences(*options); });

  CLI::App* gap = kb->add_subcommand("gaps", "Months for which no head of state or of government is known");
  examples(*gap, "  casus kb gaps --from 2001 --to 2022\n");
  gap->add_option("--from", options->from, "First year")->check(CLI::Range(1900, 2100))->capture_default_str();
  gap->add_option("--to", options->to, "Last year")->check(CLI::Range(1900, 2100))->capture_default_str();
  format_option(*gap, *options);
  gap->callback([options, &exit_code] { exit_code = gaps(*options); });

  CLI::App* own = kb->add_subcommand("compile", "Take your own tables into use (kb.d; docs/format-knowledge.md)");
  examples(*own, "  casus kb compile kb.d                        one bad row and nothing changes\n");
  own->add_option("FOLDER", options->folder, "Folder of *.tsv; without it kb.d in the data folder")->type_name("");
  own->callback([options, &exit_code] { exit_code = compile(*options); });
}

}  // namespace casus::cli
