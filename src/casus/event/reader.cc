// SPDX-License-Identifier: Apache-2.0
// Opens the four parts and leads an article through them. Tests: seed_test.cc.
#include <casus/base/hash.h>
#include <casus/event/reader.h>
#include <casus/knowledge/resolve.h>
#include <casus/language/analyse.h>

namespace casus {
namespace {

// Below this the identifier's word is not taken against a text that declares nothing.
constexpr float kSure = 0.5F;
constexpr std::size_t kShortText =
    200;  // bytes; a text shorter than that is in the language that it declares, or in the model's

Error with_name(Error error, const std::filesystem::path& path) {
  if (error.message.find(path.filename().string()) == std::string::npos)
    error.message = path.string() + ": " + error.message;
  return error;
}

// What the article is written in: what is identified where that is sure, else what it declares.
std::string language_of(const Article& article, const LanguageIdentifier& identifier, std::string_view fallback,
                        std::vector<std::string>& notes) {
  const std::string& declared = article.language.value;
  if (article.text.size() < kShortText) return declared.empty() ? std::string(fallback) : declared;
  const LanguageGuess guess = identifier.identify(article.text);
  const bool sure = !guess.language.empty() && guess.confidence >= kSure;
  if (sure && !declared.empty() && guess.language != declared) {
    notes.push_back("declared as " + declared + ", read as " + guess.language);
  }
  if (sure) return guess.language;
  return declared;
}

}  // namespace

Result<Reader> Reader::open(const std::filesystem::path& data) {
  Reader out;
  const auto model_path = data / "models" / "en.casm";
  const auto identifier_path = data / "models" / "langid.casm";
  const auto knowledge_path = data / "knowledge.casus";
  auto model = LanguageModel::open(model_path);
  if (!model) return with_name(model.error(), model_path);
  auto identifier = LanguageIdentifier::open(identifier_path);
  if (!identifier) return with_name(identifier.error(), identifier_path);
  auto knowledge = Knowledge::open(knowledge_path);
  if (!knowledge) return with_name(knowledge.error(), knowledge_path);
  auto ontology = Ontology::open(data / "ontology");
  if (!ontology) return with_name(ontology.error(), data / "ontology" / "plover.toml");
  out.model_ = *std::move(model);
  out.identifier_ = *std::move(identifier);
  out.knowledge_ = *std::move(knowledge);
  out.ontology_ = *std::move(ontology);
  return out;
}

Reading Reader::read(const Article& article, const CodeOptions& options) const {
  Reading out;
  if (article.text.empty()) {
    out.notes.push_back("the article has no text");
    return out;
  }
  const std::string language = language_of(article, *identifier_, model_->language(), out.notes);
  if (language != model_->language()) {
    out.notes.push_back(language.empty() ? "the language cannot be told, so nothing is read"
                                         : "no model for language " + language);
    return out;
  }
  if (ontology_->frame_count(language) == 0) {
    out.notes.push_back("no frames for language " + language);
    return out;
  }
  out.language = language;
  out.sentences = analyse(article, *model_);
  out.mentions = resolve(article, out.sentences, *knowledge_);
  CodeOptions with_language = options;
  with_language.language = language;
  Coding coding = code(article, out.sentences, out.mentions, *ontology_, *knowledge_, with_language);
  out.events = std::move(coding.events);
  out.near_misses = std::move(coding.near_misses);
  return out;
}

std::string Reader::version() const {
  return content_id("reader", {model_->manifest(), knowledge_->build(), ontology_->version()});
}

}  // namespace casus
