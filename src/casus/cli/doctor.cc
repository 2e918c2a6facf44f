// SPDX-License-Identifier: Apache-2.0
// Is everything there, and does it work? Each line says what is; a line that begins with "problem" says what to do.
#include <casus/base/data_dir.h>
#include <casus/cli/event_text.h>
#include <casus/cli/pages.h>
#include <casus/page/read_page.h>
#include <casus/record/record.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace casus::cli {

namespace {

// Read at each run: a sentence that must give an event whoever is in office.
constexpr std::string_view kSentence = "The government of France imposed sanctions on Russia on Friday.";

class Report {
 public:
  void fine(std::string_view what, std::string_view text) {
    output_.line(std::string(what) + ": " + std::string(text));
  }
  void problem(std::string_view what, std::string_view text) {
    output_.line("problem: " + std::string(what) + ": " + std::string(text));
    ++problems_;
  }
  int problems() const { return problems_; }

 private:
  Output output_;
  int problems_ = 0;
};

// Of a manifest only what a user asks: licence, what it was made from, and how well it reads. Label tables stay in the
// file.
void describe_model(Report& report, const LanguageModel& model) {
  const nlohmann::json manifest = nlohmann::json::parse(model.manifest(), nullptr, false);
  const auto text = [](const nlohmann::json& object, const char* key) {
    return object.is_object() ? printable(object.value(key, "")) : std::string();
  };
  if (!manifest.is_object()) return report.problem("model", "its manifest is not JSON");
  report.fine("model " + std::string(model.language()),
              text(manifest, "name") + " " + text(manifest, "version") + ", " + text(manifest, "licence"));
  for (const nlohmann::json& set : manifest.value("data", nlohmann::json::array())) {
    report.fine("  made from " + text(set, "name"), text(set, "licence"));
  }
  for (const auto& [test, scores] : manifest.value("scores", nlohmann::json::object()).items()) {
    if (!scores.contains("las") || !scores["las"].is_number()) continue;
    std::string line;
    for (const char* measure : {"upos", "lemmas", "uas", "las", "ner"}) {
      if (scores.contains(measure))
        line += (line.empty() ? "" : ", ") + std::string(measure) + " " + scores[measure].dump();
    }
    report.fine("  scores on " + printable(test), line);
  }
}

void examine_models(Report& report, const std::filesystem::path& folder) {
  std::error_code ignored;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".casm" && entry.path().stem() != "langid") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) report.problem("models", "none in " + folder.string());
  for (const std::filesystem::path& file : files) {
    const auto model = LanguageModel::open(file);
    if (model) {
      describe_model(report, **model);
    } else {
      report.problem("model", model.error().describe());
    }
  }
}

void examine_reader(Report& report, const std::filesystem::path& data) {
  const Result<Reader> reader = Reader::open(data);
  if (!reader) return report.problem("reader", reader.error().describe());
  report.fine("version", reader->version());
  report.fine("knowledge", reader->knowledge().build());
  for (const Source& source : reader->knowledge().sources()) {
    report.fine("  source " + source.id, printable(source.title + " " + source.version + ", " + source.licence));
  }
  report.fine("ontology", std::string(reader->ontology().version()) + ", " +
                              std::to_string(reader->ontology().frame_count("en")) + " English frames");
  for (const OntologyNote& note : reader->ontology().notes()) {
    report.problem("ontology", note.file + ":" + std::to_string(note.line) + ": " + printable(note.message));
  }
  const Result<Article> article =
      read_page(kSentence, {.charset = "utf-8", .form = PageForm::text, .published = "2022-03-04", .keep_all = true});
  if (!article) return report.problem("self test", article.error().describe());
  const std::vector<Event> events = reader->events(*article);
  if (events.empty()) return report.problem("self test", "no event in \"" + std::string(kSentence) + "\"");
  report.fine("self test", events.front().type + " " + party_names(events.front().actors) + " → " +
                               party_names(events.front().recipients));
}

void examine_record(Report& report, const std::string& path) {
  const auto record = Record::open(path, OpenMode::read);
  if (!record) return report.problem("record", record.error().describe());
  const auto problems = (*record)->check();
  if (!problems) return report.problem("record", problems.error().describe());
  for (const std::string& problem : *problems) report.problem("record", printable(problem));
  if (const auto articles = (*record)->count_articles())
    report.fine("record", path + ", " + std::to_string(*articles) + " articles");
  if (const auto outcomes = (*record)->outcomes()) {
    for (const Count& count : *outcomes) report.fine("  ledger " + count.key, std::to_string(count.count));
  }
}

int run(const std::string& database) {
  Report report;
  const std::filesystem::path data = default_data();
  report.fine("casus", CASUS_VERSION);
  report.fine("data folder", data.string());
  std::error_code ignored;
  if (!std::filesystem::is_directory(data, ignored)) {
    report.problem("data folder", "it is not there; install casus, or set CASUS_DATA");
  } else {
    examine_models(report, data / "models");
    examine_reader(report, data);
  }
  if (!database.empty()) examine_record(report, database);
  report.fine("result", report.problems() == 0 ? "all well" : std::to_string(report.problems()) + " problems");
  return report.problems() == 0 ? kDone : kPartly;
}

}  // namespace

void add_doctor(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("doctor", "What this casus is made of, and whether it works");
  auto database = std::make_shared<std::string>();
  examples(*verb,
           "  casus doctor\n"
           "  casus doctor events.db                       checks a record too\n");
  verb->add_option("DB", *database, "A record to check")->type_name("");
  verb->callback([database, &exit_code] { exit_code = run(*database); });
}

}  // namespace casus::cli
