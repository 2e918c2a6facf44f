// SPDX-License-Identifier: Apache-2.0
// Gold and coded events of one sentence are paired greedily, the likeliest pairs first (trigger on the marked trigger,
// then mode, then confidence); sentences are small, so greed loses nothing that matters. What is left over on both
// sides is paired once more by trigger or party, for the table of confusions only. Tests: score_test.cc.
#include <casus/event/score.h>

#include <algorithm>
#include <cmath>

namespace casus {
namespace {

constexpr int kResamples = 1000;
constexpr std::uint64_t kSeed = 20240515;
constexpr double kSure = 0.5;
constexpr double kTail = 0.025;  // of the resamples, on either side of the interval

bool symmetric(const std::string& type) {
  return type == "CONSULT" || type == "AGREE" || type == "COOPERATE" || type == "ASSAULT";
}

bool touches(Span span, const std::vector<Span>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](Span m) { return m.overlaps(span); });
}

class Pairing {
 public:
  Pairing(const Example& example, const std::vector<Judged>& coded, std::span<const Mention> mentions)
      : example_(example), coded_(coded), mentions_(mentions) {}

  // A party stands on a mark, or stands for somebody whom a mark names.
  bool stands(const Actor& actor, const std::vector<Span>& marks) const {
    if (touches(actor.span, marks)) return true;
    if (actor.id.empty()) return false;
    return std::any_of(mentions_.begin(), mentions_.end(),
                       [&](const Mention& m) { return m.actor && m.actor->id == actor.id && touches(m.span, marks); });
  }
  bool any_stands(const std::vector<Actor>& actors, const std::vector<Span>& marks) const {
    return std::any_of(actors.begin(), actors.end(), [&](const Actor& a) { return stands(a, marks); });
  }

  const GoldLabel* label(const GoldEvent& gold, const Judged& coded) const {
    for (const GoldLabel& l : gold.labels) {
      if (l.type == coded.label) return &l;
    }
    return nullptr;
  }

  // What keeps the parties from being right: nothing, "actor", "recipient".
  std::string wrong_party(const GoldEvent& gold, const Judged& coded) const {
    const Event& e = *coded.event;
    if (symmetric(coded.label)) {
      std::vector<Actor> both = e.actors;
      both.insert(both.end(), e.recipients.begin(), e.recipients.end());
      if (!gold.actors.empty() && !any_stands(both, gold.actors)) return "actor";
      if (!gold.recipients.empty() && !any_stands(both, gold.recipients)) return "recipient";
      return "";
    }
    if (!gold.actors.empty() && !any_stands(e.actors, gold.actors)) return "actor";
    if (!gold.recipients.empty() && !any_stands(e.recipients, gold.recipients)) return "recipient";
    return "";
  }

  bool same_trigger(const GoldEvent& gold, const Judged& coded) const {
    return touches(coded.event->trigger, gold.triggers);
  }

  // Pairs of gold and coded events, by descending worth; worth 0: no pair.
  template <class Worth>
  void pair_up(std::vector<int>& of_gold, std::vector<int>& of_coded, Worth worth) const {
    struct Pair {
      double worth;
      std::size_t gold, coded;
    };
    std::vector<Pair> pairs;
    for (std::size_t g = 0; g < example_.events.size(); ++g) {
      for (std::size_t c = 0; c < coded_.size(); ++c) {
        if (of_gold[g] >= 0 || of_coded[c] >= 0) continue;
        if (const double w = worth(example_.events[g], coded_[c]); w > 0) pairs.push_back({w, g, c});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.worth > b.worth; });
    for (const Pair& p : pairs) {
      if (of_gold[p.gold] >= 0 || of_coded[p.coded] >= 0) continue;
      of_gold[p.gold] = static_cast<int>(p.coded);
      of_coded[p.coded] = static_cast<int>(p.gold);
    }
  }

 private:
  const Example& example_;
  const std::vector<Judged>& coded_;
  std::span<const Mention> mentions_;
};

template <class List>
std::string words_of(const List& list) {
  std::string out;
  for (const Status s : list) out += (out.empty() ? "" : ",") + std::string(to_string(s));
  return out.empty() ? "-" : out;
}

void add_note(std::string& notes, const std::string& note) {
  notes += (notes.empty() ? "" : "; ") + note;
}

// The fields of a right event.
class Fields {
 public:
  Fields(const Example& example, const Pairing& pairing, ExampleScore& out)
      : example_(example), pairing_(pairing), out_(out) {}

  std::string judge(const GoldEvent& gold, const Judged& coded) {
    notes_.clear();
    status(gold, *coded.event);
    holders(gold, *coded.event);
    mode(gold, coded);
    span(gold.dates, coded.event->date.span, "date", out_.dates, out_.dates_beside);
    const EventPlace& place = coded.event->place;
    span(gold.places, place.basis == Basis::stated ? place.place.span : Span{}, "place", out_.places,
         out_.places_beside);
    return notes_;
  }

 private:
  std::string quote(Span span) const { return "'" + std::string(span.of(example_.text)) + "'"; }

  void status(const GoldEvent& gold, const Event& e) {
    bool same = true;
    const auto has = [](const std::vector<Status>& list, Status s) {
      return std::find(list.begin(), list.end(), s) != list.end();
    };
    for (const Status s : gold.status) (has(e.status, s) ? out_.status.right : (same = false, out_.status.missed)) += 1;
    for (const Status s : e.status) {
      if (!has(gold.status, s)) same = false, ++out_.status.extra;
    }
    if (!same) add_note(notes_, "status: want " + words_of(gold.status) + ", got " + words_of(e.status));
  }

  void holders(const GoldEvent& gold, const Event& e) {
    std::string wrong;
    for (const Span mark : gold.holders) {
      const bool found = std::any_of(e.attribution.begin(), e.attribution.end(),
                                     [&](const Attribution& a) { return pairing_.stands(a.speaker, {mark}); });
      ++(found ? out_.holders.right : out_.holders.missed);
      if (!found) wrong += " without " + quote(mark);
    }
    for (const Attribution& a : e.attribution) {
      if (pairing_.stands(a.speaker, gold.holders)) continue;
      ++out_.holders.extra;
      wrong += " beside " + quote(a.speaker.span);
    }
    if (!wrong.empty()) return add_note(notes_, "holder:" + wrong);
    if (!gold.stance || e.attribution.empty()) return;
    ++out_.stances.asked;
    // The stance of any link will do: a chain has one for each.
    const bool right = std::any_of(e.attribution.begin(), e.attribution.end(),
                                   [&](const Attribution& a) { return a.stance == *gold.stance; });
    out_.stances.right += right ? 1 : 0;
    if (!right)
      add_note(notes_, "stance: want " + std::string(to_string(*gold.stance)) + ", got " +
                           std::string(to_string(e.attribution.back().stance)));
  }

  void mode(const GoldEvent& gold, const Judged& coded) {
    const GoldLabel* label = pairing_.label(gold, coded);
    if (label == nullptr || label->modes.empty()) return;
    ++out_.modes.asked;
    const bool right = std::find(label->modes.begin(), label->modes.end(), coded.event->mode) != label->modes.end();
    out_.modes.right += right ? 1 : 0;
    if (!right)
      add_note(notes_,
               "mode: want " + label->modes[0] + ", got " + (coded.event->mode.empty() ? "-" : coded.event->mode));
  }

  void span(const std::vector<Span>& marks, Span coded, const char* what, Share& share, std::uint32_t& beside) {
    if (marks.empty()) {
      if (coded.empty()) return;
      ++beside;
      return add_note(notes_, std::string(what) + ": want none, got " + quote(coded));
    }
    ++share.asked;
    const bool right = touches(coded, marks);
    share.right += right ? 1 : 0;
    if (!right)
      add_note(notes_,
               std::string(what) + ": want " + quote(marks[0]) + ", got " + (coded.empty() ? "none" : quote(coded)));
  }

  const Example& example_;
  const Pairing& pairing_;
  ExampleScore& out_;
  std::string notes_;
};

class Judge {
 public:
  Judge(const Example& example, const std::vector<Judged>& coded, std::span<const Mention> mentions)
      : example_(example), coded_(coded), pairing_(example, coded, mentions) {}

  ExampleScore run() {
    of_gold_.assign(example_.events.size(), -1);
    of_coded_.assign(coded_.size(), -1);
    pair(false);
    pair(true);
    count();
    Fields fields(example_, pairing_, out_);
    for (std::size_t g = 0; g < of_gold_.size(); ++g) matched(g, fields);
    leftovers();
    return std::move(out_);
  }

 private:
  void pair(bool optional) {
    pairing_.pair_up(of_gold_, of_coded_, [&](const GoldEvent& gold, const Judged& coded) {
      const GoldLabel* label = pairing_.label(gold, coded);
      if (gold.optional != optional || label == nullptr || !pairing_.wrong_party(gold, coded).empty()) return 0.0;
      const bool mode = std::find(label->modes.begin(), label->modes.end(), coded.event->mode) != label->modes.end();
      return 1.0 + (pairing_.same_trigger(gold, coded) ? 4.0 : 0.0) + (mode ? 2.0 : 0.0) + coded.event->confidence;
    });
  }

  void count() {
    out_.sentences = 1;
    out_.coded = static_cast<std::uint32_t>(coded_.size());
    out_.wanted = static_cast<std::uint32_t>(
        std::count_if(example_.events.begin(), example_.events.end(), [](const GoldEvent& g) { return !g.optional; }));
    if (!example_.events.empty()) return;
    out_.negatives = 1;
    out_.in_negatives = out_.coded;
    for (const Judged& c : coded_) out_.in_negatives_sure += c.event->confidence >= kSure ? 1 : 0;
  }

  void matched(std::size_t g, Fields& fields) {
    if (of_gold_[g] < 0 || example_.events[g].optional) return;
    const Judged& coded = coded_[static_cast<std::size_t>(of_gold_[g])];
    ++out_.parties.right;
    ++out_.by_type[coded.label].right;
    ++out_.confusion[{coded.label, coded.label}];
    out_.confidence.emplace_back(coded.event->confidence, true);
    out_.findings.push_back({static_cast<int>(g), of_gold_[g], true, fields.judge(example_.events[g], coded)});
  }

  // Missed and extra events, told of each other where they are about the same words.
  void leftovers() {
    std::vector<int> gold_to = of_gold_, coded_to = of_coded_;
    pairing_.pair_up(gold_to, coded_to, [&](const GoldEvent& gold, const Judged& coded) {
      const double same = pairing_.same_trigger(gold, coded) ? 4 : 0;
      const double type = pairing_.label(gold, coded) != nullptr ? 2 : 0;
      const double parties = pairing_.wrong_party(gold, coded).empty() ? 1 : 0;
      return same + type + parties;
    });
    for (std::size_t g = 0; g < of_gold_.size(); ++g) {
      if (of_gold_[g] >= 0 || example_.events[g].optional) continue;
      const std::string& type = example_.events[g].labels[0].type;
      ++out_.parties.missed;
      ++out_.by_type[type].missed;
      const int c = gold_to[g];
      ++out_.confusion[{type, c < 0 ? "-" : coded_[static_cast<std::size_t>(c)].label}];
      out_.findings.push_back({static_cast<int>(g), c, false, c < 0 ? "nothing coded" : difference(g, c)});
    }
    for (std::size_t c = 0; c < of_coded_.size(); ++c) {
      if (of_coded_[c] >= 0) continue;
      ++out_.parties.extra;
      ++out_.by_type[coded_[c].label].extra;
      out_.confidence.emplace_back(coded_[c].event->confidence, false);
      const bool told = coded_to[c] >= 0 && !example_.events[static_cast<std::size_t>(coded_to[c])].optional;
      if (!told) ++out_.confusion[{"-", coded_[c].label}];
      out_.findings.push_back({-1, static_cast<int>(c), false, told ? "instead of a wanted one" : ""});
    }
  }

  std::string difference(std::size_t g, int c) const {
    const Judged& coded = coded_[static_cast<std::size_t>(c)];
    std::string out = pairing_.label(example_.events[g], coded) == nullptr ? "type" : "";
    const std::string party = pairing_.wrong_party(example_.events[g], coded);
    if (!party.empty()) out += (out.empty() ? "" : " and ") + party;
    return out + " wrong";
  }

  const Example& example_;
  const std::vector<Judged>& coded_;
  Pairing pairing_;
  std::vector<int> of_gold_, of_coded_;
  ExampleScore out_;
};

// SplitMix64 (Steele, Lea and Flood 2014): small, and the same on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % n);
  }

 private:
  std::uint64_t state_;
};

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  right += other.right;
  extra += other.extra;
  missed += other.missed;
  return *this;
}

double Tally::precision() const {
  return right + extra == 0 ? 1.0 : static_cast<double>(right) / (right + extra);
}

double Tally::recall() const {
  return right + missed == 0 ? 1.0 : static_cast<double>(right) / (right + missed);
}

double Tally::f1() const {
  const std::uint32_t all = 2 * right + extra + missed;
  return all == 0 ? 1.0 : 2.0 * right / all;
}

Share& Share::operator+=(const Share& other) {
  right += other.right;
  asked += other.asked;
  return *this;
}

double Share::value() const {
  return asked == 0 ? 1.0 : static_cast<double>(right) / asked;
}

ExampleScore& ExampleScore::operator+=(const ExampleScore& other) {
  parties += other.parties;
  status += other.status;
  holders += other.holders;
  modes += other.modes;
  dates += other.dates;
  places += other.places;
  stances += other.stances;
  dates_beside += other.dates_beside;
  places_beside += other.places_beside;
  for (const auto& [type, tally] : other.by_type) by_type[type] += tally;
  for (const auto& [pair, count] : other.confusion) confusion[pair] += count;
  confidence.insert(confidence.end(), other.confidence.begin(), other.confidence.end());
  coded += other.coded;
  wanted += other.wanted;
  sentences += other.sentences;
  negatives += other.negatives;
  in_negatives += other.in_negatives;
  in_negatives_sure += other.in_negatives_sure;
  return *this;
}

ExampleScore score_example(const Example& example, const std::vector<Judged>& coded,
                           std::span<const Mention> mentions) {
  return Judge(example, coded, mentions).run();
}

std::array<Bin, 10> calibration(const std::vector<std::pair<double, bool>>& confidence) {
  std::array<Bin, 10> bins{};
  for (const auto& [believed, right] : confidence) {
    const auto at = static_cast<std::size_t>(std::clamp(believed, 0.0, 1.0) * static_cast<double>(bins.size()));
    Bin& bin = bins[std::min(at, bins.size() - 1)];
    ++bin.count;
    bin.believed += believed;
    bin.right += right ? 1 : 0;
  }
  for (Bin& bin : bins) {
    if (bin.count == 0) continue;
    bin.believed /= bin.count;
    bin.right /= bin.count;
  }
  return bins;
}

double calibration_error(const std::vector<std::pair<double, bool>>& confidence) {
  if (confidence.empty()) return 0;
  double sum = 0;
  for (const Bin& bin : calibration(confidence)) sum += bin.count * std::abs(bin.believed - bin.right);
  return sum / static_cast<double>(confidence.size());
}

Interval bootstrap(const std::vector<ExampleScore>& scores, const std::function<double(const ExampleScore&)>& figure) {
  if (scores.empty()) return {};
  Random random(kSeed);
  std::vector<double> values;
  values.reserve(kResamples);
  for (int round = 0; round < kResamples; ++round) {
    ExampleScore sum;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const ExampleScore& drawn = scores[random.below(scores.size())];
      // The counts alone: tables and lists are not resampled.
      sum.parties += drawn.parties;
      sum.status += drawn.status;
      sum.holders += drawn.holders;
      sum.modes += drawn.modes;
      sum.dates += drawn.dates;
      sum.places += drawn.places;
      sum.negatives += drawn.negatives;
      sum.in_negatives += drawn.in_negatives;
    }
    values.push_back(figure(sum));
  }
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) { return values[static_cast<std::size_t>(share * (kResamples - 1))]; };
  return {at(kTail), at(1 - kTail)};
}

}  // namespace casus
