// SPDX-License-Identifier: Apache-2.0
#pragma once
// The network of an analyser (docs/format-casm.md, section 4): forms in, scores out. Private to this room.
//
// Weights are packed once when the file is opened; the embedding tables stay in the mapped file. Activations are
// rounded to 16 bits and a scale per word before each matrix product: an error of 1.5e-5 of the largest value of a
// word, far below that of the 7-bit weights.
#include <casus/base/result.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "casus/language/casm_file.h"
#include "casus/language/features.h"
#include "casus/language/kernels.h"

namespace casus::detail {

// Sizes out of the manifest.
struct NetworkShape {
  FeatureRows rows;
  std::array<std::size_t, 5> feature_dims{};  // norm, prefix, suffix, shape, chars
  std::size_t mix = 0, layers = 0, hidden = 0;
  std::size_t tag_layer = 0, ner_layer = 0, parse_layer = 0;
  std::size_t arc = 0, label = 0, distance = 0;
  std::size_t tags = 0, ner = 0, labels = 0;  // outputs
  float epsilon = 1e-5F;

  std::size_t inputs() const;
};

constexpr std::size_t kMaxLayers = 8;

// Words of several sentences, and what the network made of them. Reused from batch to batch.
struct Batch {
  std::vector<std::string_view> forms;
  std::vector<std::uint32_t> starts{0};  // sentence i is words [starts[i], starts[i + 1])

  std::vector<float> tags, ner;  // [words × tag_stride], [words × ner_stride]
  std::size_t tag_stride = 0, ner_stride = 0;
  std::vector<float> dependents, label_dependents, heads, label_heads;  // [words × arc or label]

  std::vector<std::vector<float>> layers;  // [0] after the mix, then each trunk layer: for tests and the next layer
  std::vector<float> scratch, wide;
  std::vector<std::int16_t> quantised;
  std::vector<float> quantised_scales;

  void clear() {
    forms.clear();
    starts.assign(1, 0);
  }
};

class Network {
 public:
  // Errors: corrupt where tensors are missing, of the wrong shape or out of range.
  static Result<std::unique_ptr<const Network>> make(const CasmFile& file, const NetworkShape& shape,
                                                     const Kernels& kernels);

  // Fills the outputs of `batch` from its forms and starts.
  void run(Batch& batch) const;
  // Scores of sentence `index`: scores[i * stride + j], j = 0 the root, j = word + 1 otherwise; stride a multiple of
  // kLanes. What is past the last head, and a word as its own head, is -1e9.
  void arc_scores(const Batch& batch, std::size_t index, std::vector<float>& heads, std::vector<float>& scores,
                  std::size_t& stride) const;
  // Best label of each word of the batch for its head (0 the root, else word of its sentence + 1); never label `root`.
  void labels(Batch& batch, std::span<const std::uint32_t> heads, std::uint32_t root,
              std::vector<std::uint32_t>& out) const;

  const NetworkShape& shape() const { return shape_; }
  const Kernels& kernels() const { return *kernels_; }

 private:
  struct Matrix {
    std::vector<std::int16_t> values;
    std::vector<float> scales, bias;
    PackedMatrix view;
  };
  struct Norm {
    const float* gain = nullptr;
    const float* bias = nullptr;
  };
  struct Layer {
    Matrix weight;
    Norm norm;
    std::array<ScanWeights, 2> scans;
  };
  struct Table {
    const std::int8_t* values = nullptr;
    const float* scales = nullptr;
  };

  Network(const NetworkShape& shape, const Kernels& kernels) : shape_(shape), kernels_(&kernels) {}
  Result<void> load(const CasmFile& file);
  static Result<void> load_matrix(const CasmFile& file, std::string_view name, std::size_t outputs, std::size_t inputs,
                                  bool bias, Matrix& out);
  static Result<void> load_norm(const CasmFile& file, const std::string& name, std::size_t n, Norm& out);
  Result<void> load_layer(const CasmFile& file, std::size_t number, std::size_t inputs, Layer& out);

  void embed(Batch& batch) const;
  void run_layer(Batch& batch, std::size_t number) const;
  void product(Batch& batch, const float* rows, std::size_t stride, std::size_t count, const Matrix& matrix,
               std::vector<float>& out) const;

  NetworkShape shape_;
  const Kernels* kernels_;
  std::array<Table, 5> tables_;
  const std::int8_t* check_ = nullptr;  // of each norm row; null where any word may use any row
  Matrix mix_, tags_, ner_, parse_, arc_, label_;
  Norm mix_norm_;
  std::vector<Layer> layers_;
  const float* arc_root_ = nullptr;
  const float* label_root_ = nullptr;
  const float* distance_ = nullptr;
};

}  // namespace casus::detail
