// SPDX-License-Identifier: Apache-2.0
// Reads the cue tables. Tests: LexiconTest in ontology_test.cc.
#include <casus/event/lexicon.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace casus::detail {
namespace {

template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr std::array<Named<Stance>, 5> kStances = {{{"asserts", Stance::asserts},
                                                    {"denies", Stance::denies},
                                                    {"accuses", Stance::accuses},
                                                    {"promises", Stance::promises},
                                                    {"quotes", Stance::quotes}}};
constexpr std::array<Named<Status>, 4> kStates = {{{"negation", Status::negation},
                                                   {"future", Status::future},
                                                   {"hypothetical", Status::hypothetical},
                                                   {"historical", Status::historical}}};
constexpr std::array<Named<StatusCue::Where>, 11> kWheres = {{{"child", StatusCue::Where::child},
                                                              {"argument", StatusCue::Where::argument},
                                                              {"infinitive", StatusCue::Where::infinitive},
                                                              {"inverted", StatusCue::Where::inverted},
                                                              {"self", StatusCue::Where::self},
                                                              {"complement", StatusCue::Where::complement},
                                                              {"xcomp", StatusCue::Where::xcomp},
                                                              {"obj", StatusCue::Where::object},
                                                              {"of", StatusCue::Where::of},
                                                              {"amod", StatusCue::Where::amod},
                                                              {"any", StatusCue::Where::any}}};
constexpr std::array<Named<TimeWord::Kind>, 22> kTimes = {
    {{"month", TimeWord::Kind::month},   {"weekday", TimeWord::Kind::weekday},   {"day", TimeWord::Kind::day},
     {"shift", TimeWord::Kind::shift},   {"unit", TimeWord::Kind::unit},         {"past", TimeWord::Kind::past},
     {"ago", TimeWord::Kind::ago},       {"later", TimeWord::Kind::later},       {"number", TimeWord::Kind::number},
     {"part", TimeWord::Kind::part},     {"season", TimeWord::Kind::season},     {"holiday", TimeWord::Kind::holiday},
     {"easter", TimeWord::Kind::easter}, {"orthodox", TimeWord::Kind::orthodox}, {"feast", TimeWord::Kind::feast},
     {"decade", TimeWord::Kind::decade}, {"era", TimeWord::Kind::era},           {"week", TimeWord::Kind::week},
     {"range", TimeWord::Kind::range},   {"link", TimeWord::Kind::link},         {"yearly", TimeWord::Kind::yearly},
     {"rule", TimeWord::Kind::rule}}};

template <class Value, std::size_t N>
const Value* look_up(const std::array<Named<Value>, N>& names, std::string_view name) {
  const auto* found = std::find_if(names.begin(), names.end(), [&](const Named<Value>& n) { return n.name == name; });
  return found == names.end() ? nullptr : &found->value;
}

template <std::size_t N>
std::vector<std::string_view> columns_of(const char* const (&names)[N]) {
  return {std::begin(names), std::end(names)};
}

bool read_status(const Row& row, const Classes& classes, Lexicon& out, std::string& error) {
  StatusCue cue;
  cue.line = row.line;
  const StatusCue::Where* where = look_up(kWheres, row[2]);
  const std::vector<std::string> effect = split(row[3], ' ');
  const Status* status = effect.empty() ? nullptr : look_up(kStates, effect[0]);
  if (where == nullptr || status == nullptr) {
    error = "unknown where '" + row[2] + "' or effect '" + row[3] + "'";
    return false;
  }
  cue.where = *where;
  cue.status = *status;
  for (std::size_t i = 1; i < effect.size(); ++i) {
    bool* flag = effect[i] == "announced"   ? &cue.announced
                 : effect[i] == "backshift" ? &cue.backshift
                 : effect[i] == "cancels"   ? &cue.cancels
                 : effect[i] == "positive"  ? &cue.positive
                                            : nullptr;
    if (flag == nullptr) {
      error = "unknown effect '" + effect[i] + "'";
      return false;
    }
    *flag = true;
  }
  if (!parse_conditions(row[4], classes, cue.needs, error)) return false;
  for (const std::string& word : split(row[1], '|')) {
    if (word.find('/') == std::string::npos) {
      error = "a status cue is word/UPOS: " + word;
      return false;
    }
    out.status[word].push_back(cue);
    if (word.ends_with("/VERB") || word.ends_with("/NOUN")) out.known.insert(word.substr(0, word.find('/') + 2));
  }
  return true;
}

bool read_cue(const Row& row, Lexicon& out, std::string& error) {
  if (row[0] == "status") return read_status(row, out.classes, out, error);
  if (row[0] == "class") {
    for (std::string& word : split(row[2], '|')) out.classes[row[1]].push_back(std::move(word));
    return true;
  }
  if (row[0] != "say" && row[0] != "speech" && row[0] != "source") {
    error = "unknown kind '" + row[0] + "'";
    return false;
  }
  const Stance* stance = look_up(kStances, row[3]);
  if (stance == nullptr) {
    error = "unknown stance '" + row[3] + "'";
    return false;
  }
  auto& table = row[0] == "say" ? out.say : row[0] == "speech" ? out.speech : out.source;
  for (const std::string& word : split(row[1], '|')) {
    out.known.insert(word + (row[0] == "speech" ? "/N" : "/V"));
    table[word].push_back({split(row[2], ','), *stance, row.line});
  }
  return true;
}

void read_modes(const Table& table, const Plover& plover, Lexicon& out, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    if (plover.mode(row[0], row[2]) == nullptr) {
      notes.push_back({table.file, row.line, row[0] + " has no mode '" + row[2] + "'; line left out"});
      continue;
    }
    for (const std::string& word : split(row[1], '|')) out.modes[word].push_back({row[0], row[2]});
  }
}

void read_contexts(const Table& table, const Plover& plover, Lexicon& out, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    if (!plover.contexts.contains(row[0])) {
      notes.push_back({table.file, row.line, "unknown context '" + row[0] + "'; line left out"});
      continue;
    }
    for (const std::string& word : split(row[1], '|')) out.contexts[word].push_back(row[0]);
  }
}

void read_cameo(const Table& table, const Plover& plover, Lexicon& out, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    if (!plover.types.contains(row[0]) || (!row[1].empty() && plover.mode(row[0], row[1]) == nullptr)) {
      notes.push_back({table.file, row.line, "unknown type or mode '" + row[0] + " " + row[1] + "'; line left out"});
      continue;
    }
    out.cameo[row[1].empty() ? row[0] : row[0] + '+' + row[1]] = row[2];
  }
}

}  // namespace

const std::vector<std::string>& Lexicon::words(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = classes.find(std::string(name));
  return found == classes.end() ? none : found->second;
}

bool Lexicon::in_class(std::string_view name, const std::string& lemma) const {
  const auto found = classes.find(std::string(name));
  return found != classes.end() && std::find(found->second.begin(), found->second.end(), lemma) != found->second.end();
}

void read_cues(const Table& table, Lexicon& out, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    std::string error;
    if (!read_cue(row, out, error)) notes.push_back({table.file, row.line, error + "; line left out"});
  }
}

void read_time(const Table& table, Lexicon& out, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    const TimeWord::Kind* kind = look_up(kTimes, row[0]);
    int value = 0;
    const auto parsed = std::from_chars(row[2].data(), row[2].data() + row[2].size(), value);
    if (kind == nullptr || parsed.ec != std::errc{}) {
      notes.push_back({table.file, row.line, "unknown kind '" + row[0] + "' or value '" + row[2] + "'; line left out"});
      continue;
    }
    for (const std::string& word : split(row[1], '|')) out.time[word].push_back({*kind, value});
  }
}

Lexicon read_lexicon(const std::filesystem::path& folder, std::string_view language, const Plover& plover,
                     std::vector<OntologyNote>& notes) {
  const std::string code(language);
  Lexicon out;
  out.classes = read_classes(read_table(folder, "classes/" + code + ".tsv", columns_of(kClassColumns), notes), notes);
  out.cue_file = "cues/" + code + ".tsv";
  out.mode_file = "modes/" + code + ".tsv";
  read_cues(read_table(folder, out.cue_file, columns_of(kCueColumns), notes), out, notes);
  read_time(read_table(folder, "cues/time_" + code + ".tsv", columns_of(kTimeColumns), notes), out, notes);
  for (Row& row : read_table(folder, "cues/endings_" + code + ".tsv", {"tag", "ending", "instead"}, notes).rows) {
    if ((row[0] == "V" || row[0] == "N") && !row[1].empty()) out.endings.push_back({row[0][0], row[1], row[2]});
  }
  read_modes(read_table(folder, out.mode_file, {"type", "words", "mode"}, notes), plover, out, notes);
  read_contexts(read_table(folder, "contexts/" + code + ".tsv", {"context", "words"}, notes), plover, out, notes);
  read_cameo(read_table(folder, "cameo.tsv", {"type", "mode", "cameo", "label"}, notes), plover, out, notes);
  return out;
}

}  // namespace casus::detail
