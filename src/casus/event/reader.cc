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
  for (const std::string& language : out.ontology_->languages()) {
    const auto path = data / "models" / (language + ".casm");
    std::error_code ignored;
    if (language == out.model_->language() || !std::filesystem::exists(path, ignored)) continue;
    auto other = LanguageModel::open(path);
    if (!other) return with_name(other.error(), path);
    out.others_.push_back(*std::move(other));
  }
  return out;
}

const LanguageModel* Reader::model_of(std::string_view language) const {
  if (language == model_->language()) return model_.get();
  for (const auto& other : others_) {
    if (other->language() == language) return other.get();
  }
  return nullptr;
}

Reading Reader::read(const Article& article, const CodeOptions& options) const {
  Reading out;
  if (article.text.empty()) {
    out.notes.push_back("the article has no text");
    return out;
  }
  const std::string language = language_of(article, *identifier_, model_->language(), out.notes);
  const LanguageModel* model = model_of(language);
  if (model == nullptr) {
    out.notes.push_back(language.empty() ? "the language cannot be told, so nothing is read"
                                         : "no model for language " + language);
    return out;
  }
  if (ontology_->frame_count(language) == 0) {
    out.notes.push_back("no frames for language " + language);
    return out;
  }
  out.language = language;
  out.sentences = analyse(article, *model);
  out.mentions = resolve(article, out.sentences, *knowledge_, language);
  CodeOptions with_language = options;
  with_language.language = language;
  Coding coding = code(article, out.sentences, out.mentions, *ontology_, *knowledge_, with_language);
  out.events = std::move(coding.events);
  out.near_misses = std::move(coding.near_misses);
  return out;
}

std::string Reader::version() const {
  std::string models(model_->manifest());
  for (const auto& other : others_) models += other->manifest();
  return content_id("reader", {models, knowledge_->build(), ontology_->version()});
}

}  // namespace casus
