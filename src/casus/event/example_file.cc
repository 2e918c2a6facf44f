// SPDX-License-Identifier: Apache-2.0
// Marks are taken out in one pass with a stack (they nest), then each is handed to the event that its number names.
// Tests: example_file_test.cc.
#include <casus/event/example_file.h>
#include <casus/event/tsv.h>

#include <algorithm>
#include <set>

namespace casus {
namespace {

constexpr std::size_t kMaxEvents = 12;  // of one sentence; more is a slip of the pen
constexpr std::size_t kMaxDepth = 16;   // marks within marks

// One label of a mark: 'a', and the number of its event; 0: none was written.
struct Label {
  char role = 'a';
  std::size_t number = 0;
};

struct Mark {
  std::vector<Label> labels;
  Span span;
};

// The labels before the colon: "a1,r2".
bool read_labels(std::string_view text, std::vector<Label>& out) {
  for (const std::string& part : detail::split(text, ',')) {
    if (std::string_view("arthdp").find(part[0]) == std::string_view::npos || part.size() > 3) return false;
    Label label{part[0], 0};
    for (const char digit : part.substr(1)) {
      if (digit < '0' || digit > '9') return false;
      label.number = label.number * 10 + static_cast<std::size_t>(digit - '0');
    }
    if (part.size() > 1 && label.number == 0) return false;
    out.push_back(label);
  }
  return !out.empty();
}

// The text without its marks; returns what is wrong, or nothing.
std::string take_marks(std::string_view text, std::string& plain, std::vector<Mark>& marks) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') {
      const std::size_t colon = text.find(':', i);
      Mark mark;
      if (colon == std::string_view::npos || !read_labels(text.substr(i + 1, colon - i - 1), mark.labels))
        return "a mark is [LABELS:words] with labels such as a1,r2: '" + std::string(text.substr(i, 12)) + "…'";
      if (open.size() == kMaxDepth) return "marks nest deeper than " + std::to_string(kMaxDepth);
      mark.span.start = static_cast<std::uint32_t>(plain.size());
      open.push_back(marks.size());
      marks.push_back(std::move(mark));
      i = colon;
    } else if (text[i] == ']') {
      if (open.empty()) return "']' without a mark that it could close";
      Mark& mark = marks[open.back()];
      mark.span.end = static_cast<std::uint32_t>(plain.size());
      if (mark.span.empty()) return "a mark without words";
      open.pop_back();
    } else {
      plain += text[i];
    }
  }
  return open.empty() ? "" : "a mark that is never closed";
}

// "COERCE/arrest/restrict" or "SANCTION|COERCE/expel/deport", with "?" where the event may be left out. A mode goes to
// each of the alternatives that has it; one that none has is an error.
std::string read_labels_of_event(std::string text, const Ontology& ontology, GoldEvent& event) {
  event.optional = text.find('?') != std::string::npos;
  std::erase(text, '?');
  std::vector<std::string> modes;
  for (const std::string& alternative : detail::split(text, '|')) {
    const std::vector<std::string> parts = detail::split(alternative, '/');
    if (parts.empty() || ontology.gloss(parts[0]).empty()) return "unknown type in '" + alternative + "'";
    event.labels.push_back({parts[0], {}});
    modes.insert(modes.end(), parts.begin() + 1, parts.end());
  }
  for (const std::string& mode : modes) {
    bool known = false;
    for (GoldLabel& label : event.labels) {
      if (ontology.gloss(label.type, mode).empty()) continue;
      label.modes.push_back(mode);
      known = true;
    }
    if (!known) return text.substr(0, text.find('/')) + " has no mode '" + mode + "'";
  }
  return event.labels.empty() ? "an event without a type" : "";
}

std::string read_event(std::string_view text, const Ontology& ontology, GoldEvent& event) {
  const std::vector<std::string> words = detail::split(text, ' ');
  if (words.empty()) return "an empty event";
  if (std::string wrong = read_labels_of_event(words[0], ontology, event); !wrong.empty()) return wrong;
  for (std::size_t i = 1; i < words.size(); ++i) {
    for (const std::string& word : detail::split(words[i], ',')) {
      bool known = false;
      for (const Status s : {Status::negation, Status::future, Status::hypothetical, Status::historical}) {
        if (to_string(s) == word) event.status.push_back(s), known = true;
      }
      for (const Stance s : {Stance::asserts, Stance::denies, Stance::accuses, Stance::promises, Stance::quotes}) {
        if (to_string(s) == word) event.stance = s, known = true;
      }
      if (!known) return "'" + word + "' is neither a status nor a stance";
    }
  }
  std::sort(event.status.begin(), event.status.end());
  return "";
}

std::vector<Span>& spans_of(GoldEvent& event, char role) {
  switch (role) {
    case 'a':
      return event.actors;
    case 'r':
      return event.recipients;
    case 't':
      return event.triggers;
    case 'h':
      return event.holders;
    case 'd':
      return event.dates;
    default:
      return event.places;
  }
}

std::string hand_out(const std::vector<Mark>& marks, std::vector<GoldEvent>& events) {
  for (const Mark& mark : marks) {
    for (const Label& label : mark.labels) {
      if (label.number == 0 && events.size() > 1)
        return std::string("with several events a mark needs the number of its event: ") + label.role;
      const std::size_t index = label.number == 0 ? 0 : label.number - 1;
      if (index >= events.size())
        return std::string("a mark for event ") + std::to_string(index + 1) + ", which is not listed";
      spans_of(events[index], label.role).push_back(mark.span);
    }
  }
  return "";
}

std::string read_example(const detail::Row& row, const Ontology& ontology, Example& out) {
  std::vector<Mark> marks;
  if (row[0].empty()) return "no text";
  if (std::string wrong = take_marks(row[0], out.text, marks); !wrong.empty()) return wrong;
  if (row[1].empty()) return marks.empty() ? "" : "marks in a sentence without events";
  for (std::size_t start = 0; start <= row[1].size();) {
    const std::size_t end = std::min(row[1].find(';', start), row[1].size());
    GoldEvent event;
    if (std::string wrong = read_event(std::string_view(row[1]).substr(start, end - start), ontology, event);
        !wrong.empty())
      return wrong;
    if (out.events.size() == kMaxEvents) return "more than " + std::to_string(kMaxEvents) + " events";
    out.events.push_back(std::move(event));
    start = end + 1;
  }
  return hand_out(marks, out.events);
}

// Lines whose events cell is missing or blank: a negative says "-", so that a forgotten cell is not taken for one.
std::set<std::size_t> unfinished(std::string_view bytes) {
  std::set<std::size_t> out;
  std::size_t number = 0;
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::string_view line = bytes.substr(start, end - start);
    start = end + 1;
    ++number;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || line.find_first_not_of(" \t\r", tab) == std::string_view::npos ||
        line[tab + 1] == '\t')
      out.insert(number);
  }
  return out;
}

}  // namespace

std::vector<Example> parse_examples(std::string file, std::string_view bytes, const Ontology& ontology,
                                    std::vector<OntologyNote>& notes) {
  std::vector<Example> out;
  const std::set<std::size_t> without_events = unfinished(bytes);
  const detail::Table table = detail::parse_table(std::move(file), bytes, {"text", "events", "note"}, notes);
  for (const detail::Row& row : table.rows) {
    Example example{table.file, row.line, "", {}, row[2]};
    std::string wrong = without_events.contains(row.line) ? "no events: write - where there are none" : "";
    if (wrong.empty()) wrong = read_example(row, ontology, example);
    if (!wrong.empty()) {
      notes.push_back({table.file, row.line, wrong + "; line left out"});
      continue;
    }
    out.push_back(std::move(example));
  }
  return out;
}

}  // namespace casus
