// SPDX-License-Identifier: Apache-2.0
// Made from the program's own tree of verbs and options, so that they cannot differ.
#include <casus/cli/command.h>

#include <CLI/CLI.hpp>

namespace casus::cli {

namespace {

std::string options_of(const CLI::App& verb) {
  std::string out;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) out += (out.empty() ? "--" : " --") + name;
  }
  return out;
}

std::string bash(const CLI::App& program) {
  std::string verbs, cases;
  for (const CLI::App* verb : program.get_subcommands([](const CLI::App*) { return true; })) {
    verbs += (verbs.empty() ? "" : " ") + verb->get_name();
    cases += "    " + verb->get_name() + ") words=\"" + options_of(*verb) + "\" ;;\n";
  }
  return "# bash completion of casus: source <(casus completions bash)\n"
         "_casus() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"" +
         verbs +
         " --help --version\" -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _casus casus\n";
}

}  // namespace

void add_completions(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("completions", "A completion script for a shell");
  auto shell = std::make_shared<std::string>();
  examples(*verb, "  source <(casus completions bash)\n");
  verb->add_option("SHELL", *shell, "bash")->required()->check(CLI::IsMember({"bash"}))->type_name("");
  verb->callback([&program, &exit_code] {
    Output().write(bash(program));
    exit_code = kDone;
  });
}

}  // namespace casus::cli
