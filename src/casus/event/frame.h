// SPDX-License-Identifier: Apache-2.0
#pragma once
// A frame: which word, in which company, means which event, and where in the tree its parties stand.
// docs/writing-frames.md explains the columns; the shapes here follow them one to one. Internal to the room.
#include <casus/event/plover.h>
#include <casus/event/tsv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace casus::detail {

// Named word classes: "@talks".
using Classes = std::unordered_map<std::string, std::vector<std::string>>;
Classes read_classes(const Table& table, std::vector<OntologyNote>& notes);
inline constexpr const char* kClassColumns[] = {"class", "words"};

// A way through the tree: "obj.of~" is what stands under `of` of the object, or what belongs to it.
struct Slot {
  std::vector<std::string> path;
  bool inside = false;  // `~`: where the phrase itself names nobody, the party named inside it
};

using Role =
    std::vector<std::vector<Slot>>;  // alternatives, the first that names somebody wins; the slots of one are joined

struct Condition {
  enum class Kind : std::uint8_t { slot, word, party, sentence, flag };
  Kind kind = Kind::slot;
  bool negated = false;
  std::uint8_t at_least = 1;  // for sentence: how many different words
  std::vector<Slot> slots;    // slot, party: any of these
  std::unordered_set<std::string>
      words;  // slot: lemmas, empty: any; word: lemmas; party: kinds and sectors; flag: its name
};

enum FrameOption : std::uint16_t {
  kReciprocal = 1,   // both sides are actors
  kWeak = 2,         // common word: less sure
  kBoth = 4,         // nothing without an actor and a recipient
  kVictim = 8,       // may stand without an actor ("was arrested")
  kAlone = 16,       // has no recipient
  kYields = 32,      // gives way to an event in its own complement
  kSwallow = 64,     // events in its complement are its content, not events of their own
  kPeople = 128,     // the actor must be people, not a government or its forces
  kArmed = 256,      // the actor must be able to use force: no lone person, parliament, party or newspaper
  kNominal = 512,    // may stand with one party, and then joins another mention of the same event
  kThing = 2048,     // its recipient may be a thing or people whom the text only describes
  kStanding = 1024,  // holds whether or not what the trigger says happens: who avoids sanctions is under them
};

struct FrameSpec {
  std::string file;
  std::size_t line = 0;
  std::vector<std::string> triggers;  // lemmas
  char pos = 'V';                     // V, N, A
  std::vector<Condition> needs;
  Role actor, recipient;
  std::string type, mode;
  std::vector<std::string> contexts;
  std::uint16_t options = 0;
  std::string note;
  bool has(FrameOption option) const { return (options & option) != 0; }
};

struct Blocker {
  std::size_t line = 0;
  std::vector<Condition> needs;
  std::vector<std::string> types;  // empty: all
  std::string reason;
};

// "word/V" -> what starts there.
using TriggerIndex = std::unordered_map<std::string, std::vector<std::uint32_t>>;

struct Frames {
  std::vector<FrameSpec> frames;
  TriggerIndex by_trigger;
  std::size_t senses = 0;  // triggers × frames
};

inline constexpr const char* kFrameColumns[] = {"trigger", "needs",   "actor",   "recipient", "type",
                                                "mode",    "context", "options", "note"};
inline constexpr const char* kBlockerColumns[] = {"trigger", "needs", "types", "reason"};

// Lines that do not parse are left out with a note; doubtful ones are kept with a note.
void read_frames(const Table& table, const Plover& plover, const Classes& classes, Frames& out,
                 std::vector<OntologyNote>& notes);
void read_blockers(const Table& table, const Plover& plover, const Classes& classes, std::vector<Blocker>& out,
                   TriggerIndex& index, std::vector<OntologyNote>& notes);

// "obj=talk|@talks +down !with" -> conditions. Empty and a note on error.
bool parse_conditions(std::string_view text, const Classes& classes, std::vector<Condition>& out, std::string& error);
bool parse_role(std::string_view text, const Classes& classes, Role& out, std::string& error);

}  // namespace casus::detail
