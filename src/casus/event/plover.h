// SPDX-License-Identifier: Apache-2.0
#pragma once
// plover.toml in memory: types, modes, contexts, sectors, rewrite rules, profiles, weights of confidence. Internal to
// the room.
#include <casus/base/result.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct PloverType {
  int quad = 0;
  double score = 0;
  bool recipient_required = false;
  std::string gloss;
};

struct PloverMode {
  double score = 0;
  std::vector<std::string> adds_context;
  std::string gloss;
};

struct Rewrite {
  std::string name;
  std::vector<std::string> from;
  std::vector<std::string> when;  // any of these states fires the rule
  bool by_actor = false;          // only where the actor itself announces it
  std::string to;
  bool keep = false;                         // the state stays on the event
  std::map<std::string, std::string> modes;  // mode of the act -> mode of the result; "else": any other
};

struct Profile {
  std::string note;
  std::map<std::string, std::string> map;
};

struct Plover {
  std::string version;
  std::map<std::string, PloverType, std::less<>> types;
  std::map<std::string, std::map<std::string, PloverMode, std::less<>>, std::less<>> modes;  // by type
  std::map<std::string, std::string, std::less<>> contexts;                                  // name -> gloss
  std::map<std::string, std::string, std::less<>> context_aliases;
  std::map<std::string, std::string, std::less<>> sectors;
  std::map<std::string, std::string, std::less<>> nonstate;
  std::map<std::string, std::string, std::less<>> disputed;  // entity -> sovereign
  std::vector<Rewrite> rewrites;                             // in order of name
  std::map<std::string, Profile, std::less<>> profiles;
  std::map<std::string, double, std::less<>> weights;  // of confidence

  const PloverMode* mode(std::string_view type, std::string_view name) const;
  double weight(std::string_view feature) const;  // 0 when the table does not name it
};

// Errors: invalid_input, naming what is wrong: not TOML, a count that is not 16 types, 67 modes, 37 contexts, 25
// sectors, a score on the wrong side of zero, a rule that names an unknown type.
Result<Plover> parse_plover(std::string_view toml);

}  // namespace casus::detail
