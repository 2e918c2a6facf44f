// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far coded events agree with gold ones. Pure arithmetic: nothing is read or printed here.
//
// Examples (example_file.h): a coded event is right when its label is an accepted one and, where the gold marks them,
// an actor stands on a marked actor and a recipient on a marked recipient; either way round for CONSULT, AGREE,
// COOPERATE and ASSAULT. A pronoun stands on the mark of whoever it stands for. Each event is used once. `?` events are
// neither wanted nor wrong. Status, speakers, mode, date and place are judged on right events alone.
//
// Records (one event for one pair of actors, or several by trigger): the rules of ../shared/tools/score_events.py.
//
// Intervals: sentences drawn with replacement, kResamples times, from a fixed seed; the middle 95 %.
#include <casus/event/example_file.h>
#include <casus/event/reader.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace casus {

struct Tally {
  std::uint32_t right = 0, extra = 0, missed = 0;
  Tally& operator+=(const Tally& other);
  double precision() const;  // 1 where nothing was said
  double recall() const;     // 1 where nothing was wanted
  double f1() const;
};

// Of so many asked, so many right.
struct Share {
  std::uint32_t right = 0, asked = 0;
  Share& operator+=(const Share& other);
  double value() const;  // 1 where nothing was asked
};

// A coded event with the label by which it is judged.
struct Judged {
  const Event* event = nullptr;
  std::string label;
};

// What came of one wanted or coded event. Exactly one of `gold` and `coded` is -1 for a miss or an extra.
struct Finding {
  int gold = -1, coded = -1;  // indices
  bool right = false;         // false with both set: told apart by type or by parties, see `note`
  std::string note;           // what differs, in words: "type", "actor", "status: want future, got -"
};

struct ExampleScore {
  Tally parties;  // events with type and parties
  Tally status, holders;
  Share modes, dates, places, stances;
  std::uint32_t dates_beside = 0, places_beside = 0;  // coded where right events have no mark for one
  std::map<std::string, Tally> by_type;
  std::map<std::pair<std::string, std::string>, std::uint32_t> confusion;  // (gold, coded), "-" for none
  std::vector<std::pair<double, bool>> confidence;                         // of each coded event: believed, right
  std::uint32_t coded = 0, wanted = 0, sentences = 0, negatives = 0, in_negatives = 0;
  std::uint32_t in_negatives_sure = 0;  // with a confidence of at least .5
  std::vector<Finding> findings;        // not summed
  ExampleScore& operator+=(const ExampleScore& other);
};

// `mentions`: of the sentence's reading, for pronouns.
ExampleScore score_example(const Example& example, const std::vector<Judged>& coded, std::span<const Mention> mentions);

// Expected calibration error over ten bins of equal width.
double calibration_error(const std::vector<std::pair<double, bool>>& confidence);
struct Bin {
  std::uint32_t count = 0;
  double believed = 0, right = 0;  // means
};
std::array<Bin, 10> calibration(const std::vector<std::pair<double, bool>>& confidence);

struct Interval {
  double low = 0, high = 0;
};
// `figure` of the sum of scores drawn with replacement. The same for the same scores in the same order.
Interval bootstrap(const std::vector<ExampleScore>& scores, const std::function<double(const ExampleScore&)>& figure);

// One record of a gold file with one pair of actors.
struct PairRecord {
  std::string id, text, type;
  std::vector<std::string> sources, targets;
};
struct RecordEvent {
  std::string type, trigger, source;
};
// One record with several events, found by trigger or source.
struct EventsRecord {
  std::string id, text;
  std::vector<RecordEvent> events;
};

// Classification of records, each with a gold type and a coded one ("" for none).
struct Classification {
  double coverage = 0, right_when_coded = 0, accuracy = 0, macro_f1 = 0;
};
Classification classify(const std::vector<std::pair<std::string, std::string>>& rows);

class PairScorer {
 public:
  explicit PairScorer(bool joined_yield) : joined_yield_(joined_yield) {}
  // `coded` in any order; what was found is said in words, for lists.
  std::string add(const PairRecord& record, std::vector<Judged> coded);
  const std::vector<std::pair<std::string, std::string>>& pair() const { return pair_; }
  const std::vector<std::pair<std::string, std::string>>& any() const { return any_; }
  std::uint32_t extra() const { return extra_; }
  // Phrases of both sides, whatever the type: of those coded, on a gold one of their side; of the gold ones, found. In
  // reciprocal events either side will do.
  const Share& span_precision() const { return span_precision_; }
  const Share& span_recall() const { return span_recall_; }

 private:
  std::string name(const std::string& type) const;
  void add_spans(const std::vector<Span>& sources, const std::vector<Span>& targets, const std::vector<Judged>& coded);
  bool joined_yield_;  // CONCEDE and RETREAT are one class, YIELD
  std::vector<std::pair<std::string, std::string>> pair_, any_;
  std::uint32_t extra_ = 0;
  Share span_precision_, span_recall_;
};

class EventsScorer {
 public:
  std::string add(const EventsRecord& record, std::vector<Judged> coded);
  std::uint32_t records = 0, wanted = 0, coded = 0, found = 0, right = 0;
};

}  // namespace casus
