// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reader: models, knowledge and ontology opened once, shared by threads; articles in, events out.
//
//   casus::Reader reader = casus::Reader::open(casus::default_data()).value();
//   for (const casus::Event& event : reader.events(article)) …
//
// Errors of open(): those of its parts, with the file's name. A Reader is cheap to copy and const for all threads.
#include <casus/base/result.h>
#include <casus/event/code.h>
#include <casus/knowledge/knowledge.h>
#include <casus/language/identify.h>
#include <casus/language/model.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace casus {

// Everything that reading one article gives.
struct Reading {
  std::string language;            // the language it was read in; empty: none that we have a model for
  std::vector<std::string> notes;  // why nothing was read, for one: "no model for language ru"
  std::vector<Sentence> sentences;
  std::vector<Mention> mentions;
  std::vector<Event> events;
  std::vector<NearMiss> near_misses;
};

class Reader {
 public:
  static Result<Reader> open(const std::filesystem::path& data);

  Reading read(const Article& article, const CodeOptions& options = {}) const;
  std::vector<Event> events(const Article& article) const { return read(article).events; }

  const Knowledge& knowledge() const { return *knowledge_; }
  const Ontology& ontology() const { return *ontology_; }
  const LanguageModel& model() const { return *model_; }
  // Identity of all that decides what is read (model, knowledge, ontology): changes when any of them does.
  std::string version() const;

 private:
  const LanguageModel* model_of(std::string_view language) const;

  std::shared_ptr<const LanguageModel> model_;                // English
  std::vector<std::shared_ptr<const LanguageModel>> others_;  // of the languages that have frames and a model
  std::shared_ptr<const LanguageIdentifier> identifier_;
  std::shared_ptr<const Knowledge> knowledge_;
  std::shared_ptr<const Ontology> ontology_;
};

}  // namespace casus
