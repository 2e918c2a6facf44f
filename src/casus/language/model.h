// SPDX-License-Identifier: Apache-2.0
#pragma once
// LanguageModel: what reads sentences. One class hides which kind of model a file holds, so a better one drops in by
// its file.
//
//   auto model = casus::LanguageModel::open(casus::default_data() / "models" / "en.casm").value();
//   model->annotate(sentences);
//
// Format: docs/format-casm.md. Errors of open(): not_found, unreadable, corrupt (bad magic, version, offset, checksum),
// unsupported. Ownership: the file stays mapped as long as the model; share it by shared_ptr<const>. Threads:
// annotate() is const and may run on any number of threads; the result does not depend on their number nor on how
// sentences are batched. Cost: linear in tokens for everything but arcs (tokens² of one sentence, at most 256²).
#include <casus/base/result.h>
#include <casus/language/sentence.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace casus {

class LanguageModel {
 public:
  static Result<std::shared_ptr<const LanguageModel>> open(const std::filesystem::path& path);
  virtual ~LanguageModel() = default;

  virtual std::string_view language() const = 0;
  virtual std::string_view manifest() const = 0;  // JSON: data sets, licences, scores
  // Fills upos, xpos, feats, lemma, head, deprel, head_probability and names of each sentence; spans and forms stay as
  // they are.
  virtual void annotate(std::span<Sentence> sentences) const = 0;
};

}  // namespace casus
