// SPDX-License-Identifier: Apache-2.0
// toml++ reads, this file checks: an ontology that is not whole would silently miscode, so it is refused. Tests:
// PloverTest.
#include <casus/event/plover.h>

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {
namespace {

constexpr std::size_t kTypes = 16, kModes = 67, kContexts = 37, kSectors = 25;  // PLOVER 2.0
constexpr std::size_t kMaxToml = 1U << 20;                                      // bytes; the real file has 20 KiB
constexpr int kMaxNesting = 64;  // brackets; toml++ 3.3 goes down the stack for each, the real file needs four

Error bad(std::string what) {
  return {Errc::invalid_input, "plover.toml: " + std::move(what)};
}

// Deep nesting is refused before the parser sees it: it recurses, and its own limit can be beaten by mixing tables and
// arrays.
bool nested_too_deep(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') {
      if (++depth > kMaxNesting) return true;
    } else if (c == ']' || c == '}') {
      depth = std::max(0, depth - 1);
    } else if (c == '\n') {
      depth = std::min(depth, kMaxNesting);
    }
  }
  return false;
}

std::string text_of(const toml::node_view<const toml::node>& node) {
  return node.value<std::string>().value_or("");
}

std::vector<std::string> list_of(const toml::node_view<const toml::node>& node) {
  std::vector<std::string> out;
  if (const toml::array* array = node.as_array()) {
    for (const toml::node& item : *array) {
      if (auto text = item.value<std::string>()) out.push_back(*text);
    }
  }
  return out;
}

Result<void> read_types(const toml::table& root, Plover& plover) {
  const toml::table* types = root["type"].as_table();
  if (types == nullptr || types->size() != kTypes) return bad("[type] must name the 16 types");
  for (const auto& [key, node] : *types) {
    const toml::node_view<const toml::node> view{node};
    PloverType type;
    type.quad = view["quad"].value<int>().value_or(0);
    type.score = view["score"].value<double>().value_or(NAN);
    type.recipient_required = text_of(view["recipient"]) == "required";
    type.gloss = text_of(view["gloss"]);
    if (type.quad < 1 || type.quad > 4) return bad("type " + std::string(key.str()) + ": quad must be 1 to 4");
    plover.types.emplace(std::string(key.str()), std::move(type));
  }
  return {};
}

Result<void> read_modes(const toml::table& root, Plover& plover) {
  const toml::table* by_type = root["mode"].as_table();
  std::size_t count = 0;
  if (by_type == nullptr) return bad("no [mode.…]");
  for (const auto& [type, node] : *by_type) {
    const toml::table* modes = node.as_table();
    if (modes == nullptr || !plover.types.contains(type.str()))
      return bad("modes of an unknown type " + std::string(type.str()));
    for (const auto& [name, mode] : *modes) {
      const toml::node_view<const toml::node> view{mode};
      plover.modes[std::string(type.str())][std::string(name.str())] = {
          view["score"].value<double>().value_or(NAN), list_of(view["adds_context"]), text_of(view["gloss"])};
      ++count;
    }
  }
  if (count != kModes) return bad("[mode] must name the 67 modes, it names " + std::to_string(count));
  return {};
}

Result<void> read_contexts(const toml::table& root, Plover& plover) {
  const toml::table* contexts = root["context"].as_table();
  if (contexts == nullptr || contexts->size() != kContexts) return bad("[context] must name the 37 contexts");
  for (const auto& [key, node] : *contexts) {
    const toml::node_view<const toml::node> view{node};
    const std::string name(key.str());
    plover.contexts[name] = text_of(view["gloss"]);
    for (std::string& alias : list_of(view["aliases"])) plover.context_aliases[std::move(alias)] = name;
  }
  return {};
}

void read_texts(const toml::table* table, std::map<std::string, std::string, std::less<>>& out) {
  if (table == nullptr) return;
  for (const auto& [key, node] : *table) out[std::string(key.str())] = node.value<std::string>().value_or("");
}

Result<void> read_rewrites(const toml::table& root, Plover& plover) {
  const toml::table* rules = root["rewrite"].as_table();
  if (rules == nullptr) return bad("no [rewrite]");
  for (const auto& [key, node] : *rules) {
    const toml::node_view<const toml::node> view{node};
    Rewrite rule{std::string(key.str()),
                 list_of(view["from"]),
                 list_of(view["when"]),
                 text_of(view["by"]) == "actor",
                 text_of(view["to"]),
                 view["keep"].value<bool>().value_or(false),
                 {}};
    if (const toml::table* modes = view["modes"].as_table()) {
      for (const auto& [mode, to] : *modes) rule.modes[std::string(mode.str())] = to.value<std::string>().value_or("");
    }
    const auto known = [&](const std::string& type) { return plover.types.contains(type); };
    if (rule.from.empty() || rule.when.empty() || !known(rule.to) ||
        !std::all_of(rule.from.begin(), rule.from.end(), known)) {
      return bad("rewrite " + rule.name + ": from, when and to must name types and states");
    }
    for (const auto& [mode, to] : rule.modes) {
      if (plover.mode(rule.to, to) == nullptr)
        return bad("rewrite " + rule.name + ": " + rule.to + " has no mode " + to);
    }
    plover.rewrites.push_back(std::move(rule));
  }
  std::sort(plover.rewrites.begin(), plover.rewrites.end(),
            [](const Rewrite& a, const Rewrite& b) { return a.name < b.name; });
  return {};
}

void read_rest(const toml::table& root, Plover& plover) {
  read_texts(root["sector"].as_table(), plover.sectors);
  read_texts(root["nonstate"].as_table(), plover.nonstate);
  if (const toml::array* entities = root["disputed"]["entities"].as_array()) {
    for (const toml::node& node : *entities) {
      const toml::node_view<const toml::node> view{node};
      plover.disputed[text_of(view["name"])] = text_of(view["country"]);
    }
  }
  if (const toml::table* profiles = root["profile"].as_table()) {
    for (const auto& [name, node] : *profiles) {
      const toml::node_view<const toml::node> view{node};
      Profile profile{text_of(view["note"]), {}};
      if (const toml::table* map = view["map"].as_table()) {
        for (const auto& [from, to] : *map) profile.map[std::string(from.str())] = to.value<std::string>().value_or("");
      }
      plover.profiles[std::string(name.str())] = std::move(profile);
    }
  }
  if (const toml::table* weights = root["confidence"].as_table()) {
    for (const auto& [name, node] : *weights)
      plover.weights[std::string(name.str())] = node.value<double>().value_or(0);
  }
}

// Cooperation lies above zero and conflict below; what only asks lies between.
bool score_fits(const std::string& type, const std::string& mode, int quad, double score) {
  if (!(score >= -10 && score <= 10)) return false;
  if (type == "REQUEST" && (mode.empty() || mode == "assist" || mode == "meet")) return true;
  return quad <= 2 ? score > 0 : score < 0;
}

Result<void> check(const Plover& plover) {
  if (plover.version.empty()) return bad("no version");
  if (plover.sectors.size() != kSectors) return bad("[sector] must name the 25 sectors");
  for (const auto& [name, type] : plover.types) {
    if (!score_fits(name, "", type.quad, type.score)) return bad("type " + name + ": score out of place");
    const auto modes = plover.modes.find(name);
    if (modes == plover.modes.end()) continue;
    for (const auto& [mode, entry] : modes->second) {
      if (!score_fits(name, mode, type.quad, entry.score))
        return bad("mode " + name + " " + mode + ": score out of place");
      for (const std::string& context : entry.adds_context) {
        if (!plover.contexts.contains(context))
          return bad("mode " + name + " " + mode + ": unknown context " + context);
      }
    }
  }
  for (const auto& [name, weight] : plover.weights) {
    if (!std::isfinite(weight)) return bad("confidence " + name + ": not a number");
  }
  return {};
}

}  // namespace

const PloverMode* Plover::mode(std::string_view type, std::string_view name) const {
  const auto of_type = modes.find(type);
  if (of_type == modes.end()) return nullptr;
  const auto found = of_type->second.find(name);
  return found == of_type->second.end() ? nullptr : &found->second;
}

double Plover::weight(std::string_view feature) const {
  const auto found = weights.find(feature);
  return found == weights.end() ? 0 : found->second;
}

Result<Plover> parse_plover(std::string_view text) {
  if (text.size() > kMaxToml) return Error{Errc::too_large, "plover.toml: more than 1 MiB"};
  // toml++ 3.3 runs into undefined behaviour on some ill-placed characters beyond ASCII (found by
  // fuzz/ontology_fuzz.cc), so none is let in.
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7F; }))
    return bad("only ASCII is allowed");
  if (nested_too_deep(text)) return bad("nested deeper than 64 brackets");
  Plover plover;
  try {
    const toml::table root = toml::parse(text);
    plover.version = text_of(root["version"]);
    CASUS_TRY(read_types(root, plover));
    CASUS_TRY(read_modes(root, plover));
    CASUS_TRY(read_contexts(root, plover));
    read_rest(root, plover);
    CASUS_TRY(read_rewrites(root, plover));
    CASUS_TRY(check(plover));
  } catch (const toml::parse_error& error) {
    return bad(std::string(error.description()) + " (line " + std::to_string(error.source().begin.line) + ")");
  }
  return plover;
}

}  // namespace casus::detail
