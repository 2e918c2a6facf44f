// SPDX-License-Identifier: Apache-2.0
// The small language of the frame tables. Every mistake that can be seen without a text is seen here, so that a frame
// that never fires is a lint message and not a silence. Tests: FrameTest in ontology_test.cc; fuzz/ontology_fuzz.cc.
#include <casus/event/frame.h>

#include <algorithm>
#include <array>

namespace casus::detail {
namespace {

constexpr std::size_t kMaxAlternatives = 64;  // per cell; the longest cell has 20
constexpr std::size_t kMaxPath = 4;           // steps of one slot

// Steps that are not prepositions.
constexpr std::array<std::string_view, 21> kSteps = {
    "subj",  "obj",  "iobj",  "poss",      "mod",     "who", "lv",  "during", "xcomp",  "ccomp", "acl",
    "advcl", "head", "actor", "recipient", "between", "by",  "aux", "mark",   "advmod", "nummod"};
constexpr std::array<std::string_view, 5> kFlags = {"passive", "active", "negated", "modal", "headline"};

struct OptionName {
  std::string_view name;
  FrameOption option;
};
constexpr std::array<OptionName, 12> kOptions = {{{"reciprocal", kReciprocal},
                                                  {"thing", kThing},
                                                  {"weak", kWeak},
                                                  {"both", kBoth},
                                                  {"victim", kVictim},
                                                  {"alone", kAlone},
                                                  {"yields", kYields},
                                                  {"swallow", kSwallow},
                                                  {"people", kPeople},
                                                  {"armed", kArmed},
                                                  {"nominal", kNominal},
                                                  {"standing", kStanding}}};

bool is_word(std::string_view text) {
  return !text.empty() &&
         std::none_of(text.begin(), text.end(), [](char c) { return c == '=' || c == '#' || c == '!' || c == '/'; });
}

bool known_step(const std::string& step, const Classes& classes) {
  if (std::find(kSteps.begin(), kSteps.end(), step) != kSteps.end()) return true;
  const auto prepositions = classes.find("preposition");
  if (prepositions == classes.end()) return true;
  return std::find(prepositions->second.begin(), prepositions->second.end(), step) != prepositions->second.end();
}

bool parse_slot(std::string_view text, const Classes& classes, Slot& out, std::string& error) {
  if (text.ends_with('~')) {
    out.inside = true;
    text.remove_suffix(1);
  }
  out.path = split(text, '.');
  if (out.path.empty() || out.path.size() > kMaxPath) {
    error = "a slot needs 1 to 4 steps: " + std::string(text);
    return false;
  }
  for (const std::string& step : out.path) {
    if (!known_step(step, classes)) {
      error = "unknown step '" + step + "': neither a relation nor in class @preposition";
      return false;
    }
  }
  return true;
}

bool parse_slots(std::string_view text, const Classes& classes, std::vector<Slot>& out, std::string& error) {
  const std::vector<std::string> parts = split(text, '|');
  if (parts.empty() || parts.size() > kMaxAlternatives) {
    error = "no slot, or too many";
    return false;
  }
  for (const std::string& part : parts) {
    Slot slot;
    if (!parse_slot(part, classes, slot, error)) return false;
    out.push_back(std::move(slot));
  }
  return true;
}

bool parse_words(std::string_view text, const Classes& classes, std::unordered_set<std::string>& out,
                 std::string& error) {
  for (const std::string& part : split(text, '|')) {
    if (part.front() != '@') {
      out.insert(part);
      continue;
    }
    const auto words = classes.find(part.substr(1));
    if (words == classes.end()) {
      error = "unknown class " + part;
      return false;
    }
    out.insert(words->second.begin(), words->second.end());
  }
  if (out.empty()) error = "no words";
  return !out.empty();
}

bool parse_condition(std::string_view text, const Classes& classes, Condition& out, std::string& error) {
  if (text.starts_with('!')) {
    out.negated = true;
    text.remove_prefix(1);
  }
  if (text.empty()) {
    error = "empty condition";
    return false;
  }
  if (text.front() == '+') {
    out.kind = Condition::Kind::word;
    for (std::string& part : split(text, '|')) {
      if (part.front() != '+' || part.size() < 2) {
        error = "each word after + needs its own +: " + part;
        return false;
      }
      out.words.insert(part.substr(1));
    }
    return true;
  }
  if (text.starts_with("sentence=") || text.starts_with("sentence2=")) {
    out.kind = Condition::Kind::sentence;
    out.at_least = text[8] == '2' ? 2 : 1;
    return parse_words(text.substr(text.find('=') + 1), classes, out.words, error);
  }
  if (std::find(kFlags.begin(), kFlags.end(), text) != kFlags.end()) {
    out.kind = Condition::Kind::flag;
    out.words.insert(std::string(text));
    return true;
  }
  const std::size_t mark = text.find_first_of("=#");
  if (mark == std::string_view::npos) return parse_slots(text, classes, out.slots, error);
  out.kind = text[mark] == '=' ? Condition::Kind::slot : Condition::Kind::party;
  return parse_slots(text.substr(0, mark), classes, out.slots, error) &&
         parse_words(text.substr(mark + 1), classes, out.words, error);
}

bool parse_options(std::string_view text, FrameSpec& frame, std::string& error) {
  for (const std::string& part : split(text, ' ')) {
    const auto* found =
        std::find_if(kOptions.begin(), kOptions.end(), [&](const OptionName& o) { return o.name == part; });
    if (found == kOptions.end()) {
      error = "unknown option '" + part + "'";
      return false;
    }
    frame.options = static_cast<std::uint16_t>(frame.options | found->option);
  }
  return true;
}

bool parse_triggers(std::string_view text, std::vector<std::string>& words, char& pos, std::string& error) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || slash + 2 != text.size() ||
      std::string_view("VNA*").find(text[slash + 1]) == std::string_view::npos) {
    error = "a trigger is word/V, word/N or word/A: " + std::string(text);
    return false;
  }
  pos = text[slash + 1];
  words = split(text.substr(0, slash), '|');
  if (words.empty() || !std::all_of(words.begin(), words.end(), [](const std::string& w) { return is_word(w); })) {
    error = "no word, or a mark inside a word: " + std::string(text);
    return false;
  }
  return true;
}

bool parse_frame(const Row& row, const Plover& plover, const Classes& classes, FrameSpec& frame, std::string& error) {
  if (!parse_triggers(row[0], frame.triggers, frame.pos, error)) return false;
  if (frame.pos == '*') {
    error = "a frame needs V, N or A";
    return false;
  }
  if (!parse_conditions(row[1], classes, frame.needs, error)) return false;
  if (!parse_role(row[2], classes, frame.actor, error) || !parse_role(row[3], classes, frame.recipient, error))
    return false;
  frame.type = row[4];
  if (!plover.types.contains(frame.type)) {
    error = "unknown type '" + frame.type + "'";
    return false;
  }
  frame.mode = row[5];
  if (!frame.mode.empty() && plover.mode(frame.type, frame.mode) == nullptr) {
    error = frame.type + " has no mode '" + frame.mode + "'";
    return false;
  }
  frame.contexts = split(row[6], ',');
  for (const std::string& context : frame.contexts) {
    if (!plover.contexts.contains(context) && !context.starts_with("x-")) {
      error = "unknown context '" + context + "'";
      return false;
    }
  }
  frame.note = row[8];
  return parse_options(row[7], frame, error);
}

void lint(const FrameSpec& frame, const std::string& file, std::vector<OntologyNote>& notes) {
  if (frame.actor.empty() && frame.recipient.empty())
    notes.push_back({file, frame.line, "names no party: it can never give an event"});
  if (frame.has(kAlone) && frame.has(kBoth))
    notes.push_back({file, frame.line, "options alone and both contradict each other"});
  for (std::size_t i = 0; i < frame.triggers.size(); ++i) {
    if (std::find(frame.triggers.begin(), frame.triggers.begin() + static_cast<std::ptrdiff_t>(i), frame.triggers[i]) !=
        frame.triggers.begin() + static_cast<std::ptrdiff_t>(i)) {
      notes.push_back({file, frame.line, "trigger '" + frame.triggers[i] + "' stands twice"});
    }
  }
}

}  // namespace

Classes read_classes(const Table& table, std::vector<OntologyNote>& notes) {
  Classes classes;
  for (const Row& row : table.rows) {
    if (row[0].empty() || row[1].empty()) {
      notes.push_back({table.file, row.line, "a class needs a name and words"});
      continue;
    }
    std::vector<std::string>& words = classes[row[0]];
    for (std::string& word : split(row[1], '|')) words.push_back(std::move(word));
  }
  return classes;
}

bool parse_conditions(std::string_view text, const Classes& classes, std::vector<Condition>& out, std::string& error) {
  for (const std::string& part : split(text, ' ')) {
    Condition condition;
    if (!parse_condition(part, classes, condition, error)) return false;
    out.push_back(std::move(condition));
  }
  return true;
}

bool parse_role(std::string_view text, const Classes& classes, Role& out, std::string& error) {
  for (const std::string& alternative : split(text, '|')) {
    std::vector<Slot> joined;
    for (const std::string& part : split(alternative, '+')) {
      Slot slot;
      if (!parse_slot(part, classes, slot, error)) return false;
      joined.push_back(std::move(slot));
    }
    out.push_back(std::move(joined));
    if (out.size() > kMaxAlternatives) {
      error = "too many alternatives";
      return false;
    }
  }
  return true;
}

void read_frames(const Table& table, const Plover& plover, const Classes& classes, Frames& out,
                 std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    FrameSpec frame;
    frame.file = table.file;
    frame.line = row.line;
    std::string error;
    if (!parse_frame(row, plover, classes, frame, error)) {
      notes.push_back({table.file, row.line, error + "; line left out"});
      continue;
    }
    lint(frame, table.file, notes);
    const auto index = static_cast<std::uint32_t>(out.frames.size());
    for (const std::string& word : frame.triggers) {
      std::vector<std::uint32_t>& there = out.by_trigger[word + '/' + frame.pos];
      if (there.empty() || there.back() != index) there.push_back(index);
    }
    out.senses += frame.triggers.size();
    out.frames.push_back(std::move(frame));
  }
}

void read_blockers(const Table& table, const Plover& plover, const Classes& classes, std::vector<Blocker>& out,
                   TriggerIndex& index, std::vector<OntologyNote>& notes) {
  for (const Row& row : table.rows) {
    Blocker blocker{row.line, {}, {}, row[3]};
    std::vector<std::string> words;
    char pos = '*';
    std::string error;
    bool good = parse_triggers(row[0], words, pos, error) && parse_conditions(row[1], classes, blocker.needs, error);
    if (good && row[2] != "*") blocker.types = split(row[2], '|');
    for (const std::string& type : blocker.types) {
      if (plover.types.contains(type)) continue;
      error = "unknown type '" + type + "'";
      good = false;
    }
    if (!good) {
      notes.push_back({table.file, row.line, error + "; line left out"});
      continue;
    }
    const auto number = static_cast<std::uint32_t>(out.size());
    for (const std::string& word : words) {
      for (const char p : pos == '*' ? std::string_view("VNA") : std::string_view(&pos, 1))
        index[word + '/' + p].push_back(number);
    }
    out.push_back(std::move(blocker));
  }
}

}  // namespace casus::detail
