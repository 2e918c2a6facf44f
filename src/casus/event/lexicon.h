// SPDX-License-Identifier: Apache-2.0
#pragma once
// The words that are not triggers but decide how an event is read: who says it, whether it happened, when, in which
// mode and context. Tables under ontology/{cues,modes,contexts}; docs/writing-frames.md. Internal to the room.
#include <casus/event/event.h>
#include <casus/event/frame.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace casus::detail {

struct SayCue {
  std::vector<std::string> where;  // relations by which what is said may hang under the verb or noun
  Stance stance = Stance::asserts;
  std::size_t line = 0;
};

struct StatusCue {
  enum class Where : std::uint8_t {
    child,
    complement,
    xcomp,
    object,
    of,
    amod,
    any,
    argument,    // on a subject or object: "no country has recognised"
    infinitive,  // beside a verb with "to": "is to meet", "has yet to sign"
    inverted,    // before its subject: "had they known"
    self         // the word's own features: futures and conditionals of Spanish
  };
  Where where = Where::child;
  Status status = Status::hypothetical;
  bool announced = false;  // who does it says so
  bool backshift = false;  // the future where somebody is reported to have said it
  bool cancels = false;    // what was planned or possible is off: "dropped its plan to"
  bool positive = false;   // means nothing of its own beside a negation: "cannot agree"
  std::vector<Condition> needs;
  std::size_t line = 0;
};

struct TimeWord {
  enum class Kind : std::uint8_t {
    month,
    weekday,
    day,       // days from the day of publication
    shift,     // which one of a unit ("last week")
    unit,      // days in it
    past,      // after a stretch: "two days ago"
    ago,       // before a stretch: "hace dos días"
    later,     // counted from another event: "two days later"; never from the publication
    number,    // written out
    part,      // of a day: "at dawn"
    season,    // the month that it begins with
    holiday,   // the same day each year: month × 100 + day
    easter,    // days from Easter Sunday
    orthodox,  // days from the Easter Sunday of the eastern churches
    feast,     // a day that moves with the moon: named, not counted
    decade,    // its first year
    era,       // first year × 10000 + last year
    week,      // weeks from that of publication
    range,     // "to", "until"
    link,      // may stand inside a date: "of", "the", "de"
    yearly,    // announces a year: "in", "since"
    rule       // "capital": months and weekdays are written with a capital
  };
  Kind kind = Kind::day;
  int value = 0;
};

struct ModeCue {
  std::string type, mode;
};

// A form's ending and what stands for it in the lemma.
struct Ending {
  char tag = 'V';
  std::string ending, instead;
};

struct Lexicon {
  Classes classes;
  std::vector<Ending> endings;            // tried where the analyser's lemma is no known word
  std::unordered_set<std::string> known;  // "word/V", "word/N": words that a frame or a cue names

  std::unordered_map<std::string, std::vector<SayCue>> say;        // lemma
  std::unordered_map<std::string, std::vector<SayCue>> speech;     // lemma of a noun
  std::unordered_map<std::string, std::vector<SayCue>> source;     // lemma: "citing officials"
  std::unordered_map<std::string, std::vector<StatusCue>> status;  // "lemma/UPOS"
  std::unordered_map<std::string, std::vector<TimeWord>> time;     // lower-case forms, several joined by blanks
  std::unordered_map<std::string, std::vector<ModeCue>> modes;     // lemma
  std::unordered_map<std::string, std::vector<std::string>> contexts;
  std::unordered_map<std::string, std::string> cameo;  // "TYPE" and "TYPE+mode"
  std::string cue_file, mode_file;

  bool in_class(std::string_view name, const std::string& lemma) const;
  // The words of a class, none where the language's table does not name it. Lives as long as this.
  const std::vector<std::string>& words(std::string_view name) const;
};

Lexicon read_lexicon(const std::filesystem::path& folder, std::string_view language, const Plover& plover,
                     std::vector<OntologyNote>& notes);
void read_cues(const Table& table, Lexicon& out, std::vector<OntologyNote>& notes);
void read_time(const Table& table, Lexicon& out, std::vector<OntologyNote>& notes);
inline constexpr const char* kCueColumns[] = {"kind", "word", "where", "effect", "condition", "note"};
inline constexpr const char* kTimeColumns[] = {"kind", "word", "value"};

}  // namespace casus::detail
