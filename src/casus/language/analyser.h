// SPDX-License-Identifier: Apache-2.0
#pragma once
// The LanguageModel of docs/format-casm.md: network, label sets and decoding. Private to this room; tests choose its
// kernels.
#include <casus/language/model.h>

#include "casus/language/decode.h"
#include "casus/language/network.h"

namespace casus::detail {

// Label sets and numbers out of the manifest.
struct AnalyserLabels {
  std::vector<Upos> upos;
  std::vector<std::string> xpos, feats, relations;  // "_" in the file is "" here
  std::vector<LemmaScript> lemmas;
  struct NameTag {
    bool outside = true, begins = false;
    NameKind kind = NameKind::other;
  };
  std::vector<NameTag> names;
  std::uint32_t root = 0;  // index of "root" in relations
  float arc_temperature = 1;
  std::size_t max_words = 256;
};

class Analyser : public LanguageModel {
 public:
  // Errors as LanguageModel::open.
  static Result<std::shared_ptr<const Analyser>> make(CasmFile file, const Kernels& kernels);

  std::string_view language() const override { return language_; }
  std::string_view manifest() const override { return file_.manifest(); }
  void annotate(std::span<Sentence> sentences) const override;

  const Network& network() const { return *network_; }

 private:
  struct Piece;  // a sentence, or a part of one that is longer than max_words
  struct Workspace;

  Analyser() = default;
  void annotate_batch(std::span<const Piece> pieces, Workspace& work) const;
  void write_tags(const float* scores, Token& token) const;
  void write_tree(const Piece& piece, std::size_t index, Workspace& work) const;
  void write_names(const Piece& piece, std::size_t index, const Workspace& work) const;

  CasmFile file_;
  std::string language_;
  AnalyserLabels labels_;
  std::unique_ptr<const Network> network_;
  std::span<const float> name_steps_;  // [(tags + 1) × tags]
};

// Reads and checks the manifest of an analyser.
Result<void> read_manifest(std::string_view json, std::string& language, NetworkShape& shape, AnalyserLabels& labels);

}  // namespace casus::detail
