// SPDX-License-Identifier: Apache-2.0
#include <casus/base/data_dir.h>
#include <casus/cli/command.h>
#include <casus/knowledge/knowledge.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

struct Options {
  std::string name, on, format = "text";
};

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
  const std::shared_ptr<const Knowledge> knowledge = Knowledge::open(default_data() / "knowledge.casus").value();
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
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
