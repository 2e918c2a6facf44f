// SPDX-License-Identifier: Apache-2.0
// casus eval: codes the texts of gold files and says how far the events agree. What counts as right is said in
// event/score.h.
#include <casus/base/mapped_file.h>
#include <casus/base/ordered_parallel.h>
#include <casus/cli/eval_records.h>
#include <casus/cli/pages.h>
#include <casus/page/read_page.h>
#include <casus/record/json.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace casus::cli {

namespace {

constexpr std::size_t kMaxGold = std::size_t{64} << 20U;  // bytes of one gold file
constexpr const char* kPublished = "2024-05-15";          // the day on which all examples are read
constexpr std::size_t kMostConfusions = 40;               // lines of the printed table

struct Options {
  std::vector<std::string> files;
  std::string format = "table", profile = "plover-2.0";
  unsigned threads = default_threads();
  bool list = false, look = false;
};

struct Coded {
  std::vector<Event> events;
  std::vector<Mention> mentions;
  std::vector<Judged> judged() const {
    std::vector<Judged> out;
    for (std::size_t i = 0; i < events.size(); ++i) out.push_back({&events[i], labels[i]});
    return out;
  }
  std::vector<std::string> labels;
};

// The events of one text, as `casus code` gives them.
class Coder {
 public:
  Coder(const Reader& reader, std::string profile) : reader_(reader), profile_(std::move(profile)) {}

  Coded code(const std::string& text, const std::string& language, const std::string& published) const {
    Coded out;
    const auto article = read_page(
        text,
        {.charset = "utf-8", .form = PageForm::text, .published = published, .language = language, .keep_all = true});
    if (!article) return out;
    Reading reading = reader_.read(*article);
    for (const Event& e : reading.events) out.labels.push_back(label(reader_.ontology(), profile_, e));
    out.events = std::move(reading.events);
    out.mentions = std::move(reading.mentions);
    return out;
  }

 private:
  const Reader& reader_;
  std::string profile_;
};

template <class Item, class Finish>
void code_all(const std::vector<Item>& items, const Coder& coder, const std::string& language,
              const std::string& published, unsigned threads, Finish finish) {
  std::size_t next = 0;
  OrderedParallel<const Item*, Coded> workers(
      threads, [&](const Item*&& item) { return coder.code(item->text, language, published); },
      [&](Coded&& coded) { finish(items[next++], coded); });
  for (const Item& item : items) workers.push(&item);
  workers.close();
}

std::string fixed(double value, int digits = 3) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string sides(const std::vector<Actor>& actors) {
  std::string out;
  for (const Actor& a : actors) out += (out.empty() ? "" : " + ") + a.text;
  return out.empty() ? "-" : out;
}

std::string described(const Judged& coded) {
  const Event& e = *coded.event;
  std::string out =
      coded.label + (e.mode.empty() ? "" : "/" + e.mode) + " (" + sides(e.actors) + " > " + sides(e.recipients) + ")";
  for (const Status s : e.status) out += " " + std::string(to_string(s));
  for (const Attribution& a : e.attribution) out += " @" + a.speaker.text;
  out += " " + fixed(e.confidence, 2);
  for (const WhyStep& w : e.why) {
    if (w.step == "frame") return out + " [" + w.detail.substr(0, w.detail.find(": ")) + "]";
  }
  return out;
}

std::string described(const GoldEvent& gold, std::string_view text) {
  std::string out = gold.labels[0].type;
  for (const std::string& mode : gold.labels[0].modes) out += "/" + mode;
  const auto marks = [&](const std::vector<Span>& spans) {
    std::string words;
    for (const Span s : spans) words += (words.empty() ? "" : " + ") + std::string(s.of(text));
    return words.empty() ? "-" : words;
  };
  return out + " (" + marks(gold.actors) + " > " + marks(gold.recipients) + ")";
}

void list_findings(Output& output, const Example& example, const std::vector<Judged>& coded,
                   const ExampleScore& score) {
  const std::string where = example.file + ":" + std::to_string(example.line);
  bool any = false;
  const auto line = [&](const std::string& text) {
    any = true;
    output.line(printable(text));
  };
  for (const Finding& o : score.findings) {
    if (o.gold >= 0 && !o.right) {
      std::string text =
          "MISS " + where + " " + described(example.events[static_cast<std::size_t>(o.gold)], example.text);
      text += ": " + o.note;
      if (o.coded >= 0) text += ", nearest " + described(coded[static_cast<std::size_t>(o.coded)]);
      line(text);
    } else if (o.right && !o.note.empty()) {
      line("FIELD " + where + " " + described(coded[static_cast<std::size_t>(o.coded)]) + ": " + o.note);
    } else if (o.gold < 0) {
      line("EXTRA " + where + " " + described(coded[static_cast<std::size_t>(o.coded)]) +
           (o.note.empty() ? "" : ": " + o.note));
    }
  }
  if (any) output.line(printable("     " + example.text));
}

// One line of the printed table and one member of the JSON object.
struct Figure {
  std::string name;
  std::function<double(const ExampleScore&)> value;
};

const std::vector<Figure>& figures() {
  static const std::vector<Figure> all = {
      {"type_parties_f1", [](const ExampleScore& s) { return s.parties.f1(); }},
      {"type_parties_precision", [](const ExampleScore& s) { return s.parties.precision(); }},
      {"type_parties_recall", [](const ExampleScore& s) { return s.parties.recall(); }},
      {"status_f1", [](const ExampleScore& s) { return s.status.f1(); }},
      {"holder_f1", [](const ExampleScore& s) { return s.holders.f1(); }},
      {"mode_accuracy", [](const ExampleScore& s) { return s.modes.value(); }},
      {"date_found", [](const ExampleScore& s) { return s.dates.value(); }},
      {"place_found", [](const ExampleScore& s) { return s.places.value(); }},
      {"events_per_100_negatives",
       [](const ExampleScore& s) { return s.negatives == 0 ? 0 : 100.0 * s.in_negatives / s.negatives; }},
  };
  return all;
}

class ExamplesReport {
 public:
  void add(const std::string& file, ExampleScore&& score) {
    by_file_[file] += score;
    sum_ += score;
    scores_.push_back(std::move(score));
  }
  bool empty() const { return scores_.empty(); }

  std::string table() const {
    std::string out = "examples: " + std::to_string(sum_.sentences) + " sentences, " + std::to_string(sum_.negatives) +
                      " of them negatives; " + std::to_string(sum_.wanted) + " events wanted, " +
                      std::to_string(sum_.coded) + " coded\n\n";
    for (const Figure& f : figures()) {
      const Interval i = bootstrap(scores_, f.value);
      const int digits = f.name.starts_with("events") ? 1 : 3;
      out += "  " + padded(f.name, 26) + fixed(f.value(sum_), digits) + "  [" + fixed(i.low, digits) + ", " +
             fixed(i.high, digits) + "]\n";
    }
    out += "  " + padded("stance_accuracy", 26) + fixed(sum_.stances.value()) + "\n";
    out += "  " + padded("negatives at >= .5", 26) +
           fixed(sum_.negatives == 0 ? 0 : 100.0 * sum_.in_negatives_sure / sum_.negatives, 1) + "\n";
    out += "  " + padded("extra_per_wanted", 26) + fixed(extra_per_wanted()) + "\n";
    out += "  " + padded("dates, places unmarked", 26) + std::to_string(sum_.dates_beside) + ", " +
           std::to_string(sum_.places_beside) + "\n";
    out += "  " + padded("calibration_error", 26) + fixed(calibration_error(sum_.confidence)) + "\n";
    return out + type_table() + file_table() + confusion_table() + calibration_table();
  }

  std::string json() const {
    std::string out = "{\"sentences\":" + std::to_string(sum_.sentences) +
                      ",\"negatives\":" + std::to_string(sum_.negatives) +
                      ",\"wanted\":" + std::to_string(sum_.wanted) + ",\"coded\":" + std::to_string(sum_.coded);
    for (const Figure& f : figures()) {
      const Interval i = bootstrap(scores_, f.value);
      out += ",\"" + f.name + "\":{\"value\":" + fixed(f.value(sum_), 4) + ",\"low\":" + fixed(i.low, 4) +
             ",\"high\":" + fixed(i.high, 4) + "}";
    }
    out += ",\"stance_accuracy\":" + fixed(sum_.stances.value(), 4) +
           ",\"extra_per_wanted\":" + fixed(extra_per_wanted(), 4) +
           ",\"dates_unmarked\":" + std::to_string(sum_.dates_beside) +
           ",\"places_unmarked\":" + std::to_string(sum_.places_beside) +
           ",\"calibration_error\":" + fixed(calibration_error(sum_.confidence), 4) + ",\"types\":{";
    bool first = true;
    for (const auto& [type, t] : sum_.by_type) {
      out += std::string(first ? "" : ",") + json_string(type) + ":" + tally_json(t);
      first = false;
    }
    out += "},\"files\":{";
    first = true;
    for (const auto& [file, score] : by_file_) {
      out += std::string(first ? "" : ",") + json_string(file) + ":" + tally_json(score.parties);
      first = false;
    }
    out += "},\"confusion\":[";
    first = true;
    for (const auto& [pair, count] : sum_.confusion) {
      out += std::string(first ? "" : ",") + "[" + json_string(pair.first) + "," + json_string(pair.second) + "," +
             std::to_string(count) + "]";
      first = false;
    }
    out += "],\"calibration\":[";
    first = true;
    for (const Bin& bin : calibration(sum_.confidence)) {
      out += std::string(first ? "" : ",") + "{\"events\":" + std::to_string(bin.count) +
             ",\"believed\":" + fixed(bin.believed) + ",\"right\":" + fixed(bin.right) + "}";
      first = false;
    }
    return out + "]}";
  }

 private:
  double extra_per_wanted() const {
    return sum_.wanted == 0 ? 0 : static_cast<double>(sum_.parties.extra) / sum_.wanted;
  }

  static std::string tally_json(const Tally& t) {
    return "{\"right\":" + std::to_string(t.right) + ",\"extra\":" + std::to_string(t.extra) +
           ",\"missed\":" + std::to_string(t.missed) + ",\"f1\":" + fixed(t.f1(), 4) + "}";
  }
  static std::string tally_line(const std::string& name, const Tally& t) {
    return "  " + padded(name, 40) + fixed(t.f1()) + "  " + fixed(t.precision()) + "  " + fixed(t.recall()) + "  " +
           padded(std::to_string(t.right), 6) + padded(std::to_string(t.extra), 6) + std::to_string(t.missed) + "\n";
  }
  std::string type_table() const {
    std::string out = "\n" + padded("  type", 42) + "f1     prec   recall right extra missed\n";
    for (const auto& [type, t] : sum_.by_type) out += tally_line(type, t);
    return out;
  }
  std::string file_table() const {
    std::string out = "\n" + padded("  file", 42) + "f1     prec   recall right extra missed\n";
    for (const auto& [file, score] : by_file_)
      out += tally_line(std::filesystem::path(file).filename().string(), score.parties);
    return out;
  }
  std::string confusion_table() const {
    std::vector<std::pair<std::uint32_t, std::pair<std::string, std::string>>> rows;
    for (const auto& [pair, count] : sum_.confusion) {
      if (pair.first != pair.second) rows.emplace_back(count, pair);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (rows.size() > kMostConfusions) rows.resize(kMostConfusions);
    std::string out =
        "\n  confused (wanted -> coded; - is none; a type with itself was right: here are the wrong ones, and wrong "
        "parties count under \"-\" or another type)\n";
    for (const auto& [count, pair] : rows)
      out += "  " + padded(std::to_string(count), 6) + padded(pair.first, 12) + "-> " + pair.second + "\n";
    return out;
  }
  std::string calibration_table() const {
    std::string out = "\n  confidence  events  believed  right\n";
    const auto bins = calibration(sum_.confidence);
    for (std::size_t i = 0; i < bins.size(); ++i) {
      if (bins[i].count == 0) continue;
      out +=
          "  " + padded(fixed(static_cast<double>(i) / 10, 1) + "-" + fixed(static_cast<double>(i + 1) / 10, 1), 12) +
          padded(std::to_string(bins[i].count), 8) + padded(fixed(bins[i].believed), 10) + fixed(bins[i].right) + "\n";
    }
    return out;
  }

  std::map<std::string, ExampleScore> by_file_;
  ExampleScore sum_;
  std::vector<ExampleScore> scores_;
};

std::string classification_json(const Classification& c) {
  return "{\"coverage\":" + fixed(c.coverage, 4) + ",\"right_when_coded\":" + fixed(c.right_when_coded, 4) +
         ",\"accuracy\":" + fixed(c.accuracy, 4) + ",\"macro_f1\":" + fixed(c.macro_f1, 4) + "}";
}

std::string classification_line(const std::string& name, const Classification& c) {
  return "  " + padded(name, 8) + "coverage " + fixed(c.coverage) + "  right when coded " + fixed(c.right_when_coded) +
         "  accuracy " + fixed(c.accuracy) + "  macro-F1 " + fixed(c.macro_f1) + "\n";
}

std::string pairs_report(const PairScorer& scorer, bool typed, bool json) {
  const std::size_t n = scorer.pair().size();
  const double extra = n == 0 ? 0 : static_cast<double>(scorer.extra()) / static_cast<double>(n);
  const double p = scorer.span_precision().value(), r = scorer.span_recall().value();
  const double f1 = p + r > 0 ? 2 * p * r / (p + r) : 0;
  if (json) {
    std::string out = "{\"records\":" + std::to_string(n);
    if (typed)
      out += ",\"pair\":" + classification_json(classify(scorer.pair())) +
             ",\"any\":" + classification_json(classify(scorer.any()));
    return out + ",\"span_precision\":" + fixed(p, 4) + ",\"span_recall\":" + fixed(r, 4) +
           ",\"span_f1\":" + fixed(f1, 4) + ",\"extra_per_record\":" + fixed(extra, 4) + "}";
  }
  std::string out = std::to_string(n) + " records\n";
  if (typed)
    out += classification_line("pair", classify(scorer.pair())) + classification_line("any", classify(scorer.any()));
  return out + "  spans   precision " + fixed(p) + "  recall " + fixed(r) + "  F1 " + fixed(f1) +
         "\n  extra per record " + fixed(extra) + "\n";
}

std::string several_report(const EventsScorer& s, bool json) {
  const double wanted = std::max(1U, s.wanted), found = std::max(1U, s.found);
  const double extra = static_cast<double>(s.coded - s.found) / wanted;
  if (json) {
    return "{\"records\":" + std::to_string(s.records) + ",\"gold_events\":" + std::to_string(s.wanted) +
           ",\"coded\":" + std::to_string(s.coded) + ",\"found\":" + fixed(s.found / wanted, 4) +
           ",\"right_of_found\":" + fixed(s.right / found, 4) + ",\"extra_per_gold\":" + fixed(extra, 4) + "}";
  }
  return std::to_string(s.records) + " records, " + std::to_string(s.wanted) + " events wanted, " +
         std::to_string(s.coded) + " coded\n  found " + fixed(s.found / wanted) + "  right of found " +
         fixed(s.right / found) + "  extra per wanted " + fixed(extra) + "\n";
}

class Evaluation {
 public:
  explicit Evaluation(const Options& options)
      : options_(options), reader_(open_reader()), coder_(reader_, options.profile) {}

  int run() {
    for (const std::string& file : options_.files) {
      const Result<std::string> bytes = read_file(file, kMaxGold);
      if (!bytes) {
        say(printable(file + ": " + bytes.error().describe()));
        ++refused_;
      } else if (file.ends_with(".tsv")) {
        examples(file, *bytes);
      } else {
        records(file, *bytes);
      }
    }
    if (!report_.empty()) print("examples", options_.format == "json" ? report_.json() : report_.table());
    if (options_.format == "json") output_.line(json_ + "}");
    output_.flush();
    for (const OntologyNote& n : notes_) say(printable(n.file + ":" + std::to_string(n.line) + ": " + n.message));
    if (refused_ == options_.files.size()) return kError;
    return notes_.empty() && refused_ == 0 ? kDone : kPartly;
  }

 private:
  // examples/<language>/<half>/<file>; elsewhere English.
  std::string language_of(const std::string& file) const {
    const std::string folder = std::filesystem::path(file).parent_path().parent_path().filename().string();
    return folder.size() == 2 && reader_.ontology().frame_count(folder) > 0 ? folder : "en";
  }

  void print(const std::string& name, const std::string& report) {
    if (options_.format != "json") return output_.write(report);
    json_ += (json_.empty() ? "{" : ",") + json_string(name) + ":" + report;
  }

  void examples(const std::string& file, std::string_view bytes) {
    const std::vector<Example> all = parse_examples(file, bytes, reader_.ontology(), notes_);
    code_all(all, coder_, language_of(file), kPublished, options_.threads,
             [&](const Example& example, const Coded& coded) {
               const std::vector<Judged> judged = coded.judged();
               ExampleScore score = score_example(example, judged, coded.mentions);
               if (options_.list) list_findings(output_, example, judged, score);
               report_.add(file, std::move(score));
             });
  }

  void records(const std::string& file, std::string_view bytes) {
    const GoldRecords gold = read_records(file, bytes, notes_);
    if (!gold.pairs.empty()) {
      const auto is_typed = [](const PairRecord& r) { return !r.type.empty(); };
      PairScorer scorer(
          std::any_of(gold.pairs.begin(), gold.pairs.end(), [](const PairRecord& r) { return r.type == "YIELD"; }));
      code_all(gold.pairs, coder_, "", "", options_.threads, [&](const PairRecord& record, const Coded& coded) {
        list_record(record, scorer.add(record, coded.judged()), coded);
      });
      print(file, (options_.format == "json" ? "" : file + ": ") +
                      pairs_report(scorer, std::any_of(gold.pairs.begin(), gold.pairs.end(), is_typed),
                                   options_.format == "json"));
    }
    if (!gold.several.empty()) {
      EventsScorer scorer;
      code_all(gold.several, coder_, gold.language, "", options_.threads,
               [&](const EventsRecord& record, const Coded& coded) {
                 list_record(record, scorer.add(record, coded.judged()), coded);
               });
      print(file, (options_.format == "json" ? "" : file + ": ") + several_report(scorer, options_.format == "json"));
    }
  }

  template <class Record>
  void list_record(const Record& record, const std::string& note, const Coded& coded) {
    if (!options_.list || note.empty()) return;
    output_.line(printable("MISS " + record.id + ": " + note));
    for (const Judged& j : coded.judged()) output_.line(printable("  coded " + described(j)));
    output_.line(printable("     " + record.text));
  }

  const Options& options_;
  Reader reader_;
  Coder coder_;
  Output output_;
  ExamplesReport report_;
  std::vector<OntologyNote> notes_;
  std::size_t refused_ = 0;
  std::string json_;
};

// Sentences of a test half are measured and never read, else they stop being a test.
bool is_test(const std::string& file) {
  const std::filesystem::path path(file);
  return std::any_of(path.begin(), path.end(), [](const std::filesystem::path& part) { return part == "test"; });
}

int run(const Options& options) {
  if (options.list && !options.look && std::any_of(options.files.begin(), options.files.end(), is_test))
    throw BadResult({Errc::refused, "--list shows sentences, and those under a test/ folder are for measuring only"});
  if (options.list && options.format == "json")
    throw BadResult({Errc::invalid_input, "--list is for reading: without --format json"});
  return Evaluation(options).run();
}

}  // namespace

void add_eval(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("eval", "How far the events agree with gold files: examples and records");
  auto options = std::make_shared<Options>();
  casus::cli::examples(*verb,
                       "  casus eval ontology/examples/en/train/*.tsv          the project's own examples\n"
                       "  casus eval --list ontology/examples/en/train/aid.tsv each miss and each extra\n"
                       "  casus eval --profile plv plv_train.jsonl             records with one pair of actors\n");
  verb->add_option("FILE", options->files, "Gold files: examples (.tsv) or records (.jsonl)")
      ->type_name("")
      ->required();
  verb->add_flag("--list", options->list, "Also each miss, extra and wrong field with its sentence");
  verb->add_flag("--yes-look-at-test", options->look, "Let --list show sentences of a test/ folder");
  verb->add_option("--profile", options->profile, "Whose labels: plover-2.0 or plv")
      ->check(CLI::IsMember({"plover-2.0", "plv"}))
      ->capture_default_str();
  verb->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  verb->add_option("--threads", options->threads, "Texts read at a time; the result is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1U, 256U));
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
