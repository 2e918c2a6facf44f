// SPDX-License-Identifier: Apache-2.0
// Tests: model_test.cc, against values of the reference in tests/golden/language.
#include "casus/language/network.h"

#include <algorithm>
#include <string>

namespace casus::detail {

namespace {

std::size_t round_up(std::size_t n, std::size_t to) {
  return (n + to - 1) / to * to;
}

constexpr float kNever = -1e9F;

}  // namespace

std::size_t NetworkShape::inputs() const {
  std::size_t sum = 0;
  for (const std::size_t dim : feature_dims) sum += dim;
  return sum;
}

void Network::product(Batch& batch, const float* rows, std::size_t stride, std::size_t count, const Matrix& matrix,
                      std::vector<float>& out) const {
  const PackedMatrix& m = matrix.view;
  batch.quantised.assign(count * m.inputs, 0);
  batch.quantised_scales.resize(count);
  const std::size_t used = std::min(stride, m.inputs);
  for (std::size_t i = 0; i < count; ++i) {
    kernels_->quantise(rows + i * stride, used, batch.quantised.data() + i * m.inputs, &batch.quantised_scales[i]);
  }
  out.resize(count * m.outputs);
  kernels_->product(batch.quantised.data(), batch.quantised_scales.data(), count, m, out.data(), m.outputs);
}

// Forms to the vectors after the mix, 'layers[0]'.
void Network::embed(Batch& batch) const {
  const std::size_t inputs = shape_.inputs();
  const std::size_t words = batch.forms.size();
  batch.scratch.assign(words * inputs, 0.0F);
  WordFeatures features;
  for (std::size_t w = 0; w < words; ++w) {
    word_features(batch.forms[w], shape_.rows, features);
    float* to = batch.scratch.data() + w * inputs;
    for (std::size_t t = 0; t < features.rows.size(); ++t) {
      const std::size_t dim = shape_.feature_dims[t];
      // A word that only shares a norm row by its hash gets nothing rather than another word's vector.
      const bool stranger =
          t == 0 && check_ != nullptr && static_cast<std::uint8_t>(check_[features.rows[0]]) != features.check;
      if (!stranger)
        kernels_->add_row(to, tables_[t].values + features.rows[t] * dim, tables_[t].scales[features.rows[t]], dim);
      to += dim;
    }
    const std::size_t dim = shape_.feature_dims[4];
    for (const std::uint32_t row : features.chars)
      kernels_->add_row(to, tables_[4].values + row * dim, tables_[4].scales[row], dim);
    const float share = features.chars.empty() ? 0.0F : 1.0F / static_cast<float>(features.chars.size());
    for (std::size_t i = 0; i < dim; ++i) to[i] *= share;
  }
  product(batch, batch.scratch.data(), inputs, words, mix_, batch.wide);
  std::vector<float>& out = batch.layers[0];
  out.resize(words * shape_.mix);
  for (std::size_t w = 0; w < words; ++w) {
    float* row = out.data() + w * shape_.mix;
    kernels_->maxout(batch.wide.data() + w * mix_.view.outputs, shape_.mix, row);
    kernels_->layer_norm(row, shape_.mix, mix_norm_.gain, mix_norm_.bias, shape_.epsilon);
  }
}

void Network::run_layer(Batch& batch, std::size_t number) const {
  const Layer& layer = layers_[number - 1];
  const std::size_t words = batch.forms.size();
  const std::size_t width = 2 * shape_.hidden;
  product(batch, batch.layers[number - 1].data(), layer.weight.view.inputs, words, layer.weight, batch.wide);
  std::vector<float>& out = batch.layers[number];
  out.resize(words * width);
  batch.scratch.resize(shape_.hidden);
  const std::size_t columns = layer.weight.view.outputs;
  for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
    const std::size_t first = batch.starts[s], count = batch.starts[s + 1] - first;
    for (std::size_t d = 0; d < 2; ++d) {
      kernels_->scan(batch.wide.data() + first * columns + d * 4 * shape_.hidden, count, shape_.hidden, d == 1,
                     layer.scans[d], batch.scratch.data(), out.data() + first * width + d * shape_.hidden);
    }
  }
  for (std::size_t w = 0; w < words; ++w) {
    kernels_->layer_norm(out.data() + w * width, width, layer.norm.gain, layer.norm.bias, shape_.epsilon);
  }
}

void Network::run(Batch& batch) const {
  const std::size_t words = batch.forms.size();
  const std::size_t width = 2 * shape_.hidden;
  batch.layers.resize(shape_.layers + 1);
  embed(batch);
  for (std::size_t number = 1; number <= shape_.layers; ++number) run_layer(batch, number);
  product(batch, batch.layers[shape_.tag_layer].data(), width, words, tags_, batch.tags);
  product(batch, batch.layers[shape_.ner_layer].data(), width, words, ner_, batch.ner);
  batch.tag_stride = tags_.view.outputs;
  batch.ner_stride = ner_.view.outputs;

  product(batch, batch.layers[shape_.parse_layer].data(), width, words, parse_, batch.wide);
  const std::size_t columns = parse_.view.outputs;
  kernels_->relu(batch.wide.data(), batch.wide.size());
  batch.scratch.resize(words * shape_.arc);
  batch.heads.resize(words * shape_.arc);
  batch.label_dependents.resize(words * shape_.label);
  batch.label_heads.resize(words * shape_.label);
  for (std::size_t w = 0; w < words; ++w) {
    const float* row = batch.wide.data() + w * columns;
    std::copy_n(row, shape_.arc, batch.scratch.data() + w * shape_.arc);
    std::copy_n(row + shape_.arc, shape_.arc, batch.heads.data() + w * shape_.arc);
    std::copy_n(row + 2 * shape_.arc, shape_.label, batch.label_dependents.data() + w * shape_.label);
    std::copy_n(row + 2 * shape_.arc + shape_.label, shape_.label, batch.label_heads.data() + w * shape_.label);
  }
  product(batch, batch.scratch.data(), shape_.arc, words, arc_, batch.wide);
  batch.dependents.resize(words * shape_.arc);
  for (std::size_t w = 0; w < words; ++w) {
    std::copy_n(batch.wide.data() + w * arc_.view.outputs, shape_.arc, batch.dependents.data() + w * shape_.arc);
  }
}

void Network::arc_scores(const Batch& batch, std::size_t index, std::vector<float>& heads, std::vector<float>& scores,
                         std::size_t& stride) const {
  const std::size_t first = batch.starts[index], n = batch.starts[index + 1] - first;
  const std::size_t dim = shape_.arc;
  stride = round_up(n + 1, kLanes);
  heads.assign(dim * stride, 0.0F);  // heads on their sides, so that the sums run along words
  for (std::size_t k = 0; k < dim; ++k) heads[k * stride] = arc_root_[k];
  for (std::size_t j = 0; j < n; ++j) {
    const float* head = batch.heads.data() + (first + j) * dim;
    for (std::size_t k = 0; k < dim; ++k) heads[k * stride + j + 1] = head[k];
  }
  scores.resize(n * stride);
  kernels_->arc_scores(batch.dependents.data() + first * dim, n, dim, heads.data(), stride, scores.data());
  const auto reach = static_cast<std::ptrdiff_t>(shape_.distance);
  for (std::size_t i = 0; i < n; ++i) {
    float* row = scores.data() + i * stride;
    for (std::size_t j = 0; j < n; ++j) {
      const std::ptrdiff_t away = static_cast<std::ptrdiff_t>(j) - static_cast<std::ptrdiff_t>(i);
      row[j + 1] += distance_[std::clamp(away, -reach, reach) + reach];
    }
    row[i + 1] = kNever;
    std::fill(row + n + 1, row + stride, kNever);
  }
}

void Network::labels(Batch& batch, std::span<const std::uint32_t> heads, std::uint32_t root,
                     std::vector<std::uint32_t>& out) const {
  const std::size_t dim = shape_.label;
  const std::size_t words = batch.forms.size();
  batch.scratch.resize(words * 3 * dim);
  for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
    const std::size_t first = batch.starts[s];
    for (std::size_t w = first; w < batch.starts[s + 1]; ++w) {
      const float* dependent = batch.label_dependents.data() + w * dim;
      const float* head = heads[w] == 0 ? label_root_ : batch.label_heads.data() + (first + heads[w] - 1) * dim;
      float* row = batch.scratch.data() + w * 3 * dim;
      for (std::size_t k = 0; k < dim; ++k) row[k] = dependent[k] * head[k];
      std::copy_n(dependent, dim, row + dim);
      std::copy_n(head, dim, row + 2 * dim);
    }
  }
  product(batch, batch.scratch.data(), 3 * dim, words, label_, batch.wide);
  out.resize(words);
  for (std::size_t w = 0; w < words; ++w) {
    const float* row = batch.wide.data() + w * label_.view.outputs;
    std::uint32_t best = root == 0 ? 1 : 0;
    for (std::uint32_t label = best + 1; label < shape_.labels; ++label) {
      if (label != root && row[label] > row[best]) best = label;
    }
    out[w] = heads[w] == 0 ? root : best;
  }
}

}  // namespace casus::detail
