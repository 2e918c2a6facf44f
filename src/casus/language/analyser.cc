// SPDX-License-Identifier: Apache-2.0
// Sentences go through the network in batches of some hundred words, so that matrix products are large and memory stays
// small. A word's scores depend on its own sentence alone, so how sentences are batched changes nothing. Tests:
// model_test.cc.
#include "casus/language/analyser.h"

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::size_t kBatchWords =
    384;  // measured: fewer, and the products are small; more, and the activations leave the cache

}  // namespace

struct Analyser::Piece {
  Sentence* sentence = nullptr;
  std::size_t first = 0, last = 0;  // tokens
  std::size_t size() const { return last - first; }
};

struct Analyser::Workspace {
  Batch batch;
  std::vector<float> heads_sideways, scores;
  std::vector<std::uint32_t> heads, labels;  // per word of the batch
};

Result<std::shared_ptr<const Analyser>> Analyser::make(CasmFile file, const Kernels& kernels) {
  std::shared_ptr<Analyser> model(new Analyser);
  NetworkShape shape;
  CASUS_TRY(read_manifest(file.manifest(), model->language_, shape, model->labels_));
  CASUS_ASSIGN(const Tensor* steps, file.f32("ner.transition", shape.ner + 1, shape.ner));
  model->name_steps_ = {steps->f32, (shape.ner + 1) * shape.ner};
  CASUS_ASSIGN(model->network_, Network::make(file, shape, kernels));
  model->file_ = std::move(file);
  return std::shared_ptr<const Analyser>(std::move(model));
}

void Analyser::annotate(std::span<Sentence> sentences) const {
  Workspace work;
  std::vector<Piece> pieces;
  std::size_t words = 0;
  for (Sentence& sentence : sentences) {
    sentence.names.clear();
    for (std::size_t first = 0; first < sentence.tokens.size(); first += labels_.max_words) {
      const Piece piece{&sentence, first, std::min(sentence.tokens.size(), first + labels_.max_words)};
      if (words > 0 && words + piece.size() > kBatchWords) {
        annotate_batch(pieces, work);
        pieces.clear();
        words = 0;
      }
      pieces.push_back(piece);
      words += piece.size();
    }
  }
  if (!pieces.empty()) annotate_batch(pieces, work);
}

void Analyser::annotate_batch(std::span<const Piece> pieces, Workspace& work) const {
  Batch& batch = work.batch;
  batch.clear();
  for (const Piece& piece : pieces) {
    for (std::size_t i = piece.first; i < piece.last; ++i) batch.forms.push_back(piece.sentence->tokens[i].form);
    batch.starts.push_back(static_cast<std::uint32_t>(batch.forms.size()));
  }
  network_->run(batch);
  work.heads.resize(batch.forms.size());
  for (std::size_t p = 0; p < pieces.size(); ++p) write_tree(pieces[p], p, work);
  network_->labels(batch, work.heads, labels_.root, work.labels);
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const Piece& piece = pieces[p];
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const std::size_t word = batch.starts[p] + i;
      Token& token = piece.sentence->tokens[piece.first + i];
      write_tags(batch.tags.data() + word * batch.tag_stride, token);
      // A later part of a sentence that was too long hangs from its first word.
      token.deprel = token.head == 0 && piece.first > 0 && work.heads[word] == 0 ? "parataxis"
                                                                                 : labels_.relations[work.labels[word]];
    }
    write_names(piece, p, work);
  }
}

void Analyser::write_tree(const Piece& piece, std::size_t index, Workspace& work) const {
  std::size_t stride = 0;
  network_->arc_scores(work.batch, index, work.heads_sideways, work.scores, stride);
  const std::vector<std::uint32_t> heads = decode_tree(work.scores, piece.size(), stride);
  const Kernels& kernels = network_->kernels();
  const float factor = 1.0F / labels_.arc_temperature;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const float* row = work.scores.data() + i * stride;
    const float top = *std::max_element(row, row + stride);
    Token& token = piece.sentence->tokens[piece.first + i];
    token.head_probability = kernels.exp((row[heads[i]] - top) * factor) / kernels.sum_exp(row, stride, top, factor);
    token.head = heads[i] > 0 ? static_cast<std::int32_t>(piece.first + heads[i]) - 1 : piece.first == 0 ? -1 : 0;
    work.heads[work.batch.starts[index] + i] = heads[i];
  }
}

void Analyser::write_tags(const float* scores, Token& token) const {
  const auto best_of = network_->kernels().best;
  token.upos = labels_.upos[best_of(scores, labels_.upos.size())];
  scores += labels_.upos.size();
  token.xpos = labels_.xpos[best_of(scores, labels_.xpos.size())];
  scores += labels_.xpos.size();
  token.feats = labels_.feats[best_of(scores, labels_.feats.size())];
  scores += labels_.feats.size();
  const LemmaScript& script = labels_.lemmas[best_of(scores, labels_.lemmas.size())];
  token.lemma = apply_lemma(script, token.form, scores[labels_.lemmas.size()] > 0.0F);
}

void Analyser::write_names(const Piece& piece, std::size_t index, const Workspace& work) const {
  const Batch& batch = work.batch;
  const std::span<const float> scores(batch.ner.data() + batch.starts[index] * batch.ner_stride,
                                      piece.size() * batch.ner_stride);
  const std::vector<std::uint32_t> path =
      decode_names(scores, piece.size(), batch.ner_stride, labels_.names.size(), name_steps_);
  std::vector<Name>& names = piece.sentence->names;
  bool open = false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const AnalyserLabels::NameTag& tag = labels_.names[path[i]];
    const auto word = static_cast<std::uint32_t>(piece.first + i);
    if (!tag.outside && open && !tag.begins && names.back().kind == tag.kind) {
      names.back().last = word + 1;
    } else if (!tag.outside) {
      names.push_back({word, word + 1, tag.kind});
    }
    open = !tag.outside;
  }
}

}  // namespace casus::detail

namespace casus {

Result<std::shared_ptr<const LanguageModel>> LanguageModel::open(const std::filesystem::path& path) {
  CASUS_ASSIGN(detail::CasmFile file, detail::CasmFile::open(path));
  auto model = detail::Analyser::make(std::move(file), detail::best_kernels());
  if (!model) {
    Error error = model.error();
    error.message += " in " + path.string();
    return error;
  }
  return std::shared_ptr<const LanguageModel>(*std::move(model));
}

}  // namespace casus
