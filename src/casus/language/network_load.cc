// SPDX-License-Identifier: Apache-2.0
// The weights of a model file, checked against its manifest and packed for the kernels.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "casus/language/network.h"

namespace casus::detail {

namespace {

std::size_t round_up(std::size_t n, std::size_t to) {
  return (n + to - 1) / to * to;
}

}  // namespace

Result<std::unique_ptr<const Network>> Network::make(const CasmFile& file, const NetworkShape& shape,
                                                     const Kernels& kernels) {
  std::unique_ptr<Network> network(new Network(shape, kernels));
  CASUS_TRY(network->load(file));
  return std::unique_ptr<const Network>(std::move(network));
}

Result<void> Network::load_matrix(const CasmFile& file, std::string_view name, std::size_t outputs, std::size_t inputs,
                                  bool bias, Matrix& out) {
  CASUS_ASSIGN(const Tensor* weight, file.s8(std::string(name) + ".weight", outputs, inputs));
  const bool small = std::all_of(weight->s8, weight->s8 + outputs * inputs,
                                 [](std::int8_t w) { return std::abs(int{w}) <= kMaxWeight; });
  if (!small || inputs > kMaxInputs) {
    return Error{Errc::corrupt, "model file: weights of " + std::string(name) + " are out of range", weight->offset};
  }
  const std::size_t columns = round_up(inputs, 2), rows = round_up(outputs, kOutputBlock);
  out.values.assign(rows * columns, 0);
  for (std::size_t o = 0; o < outputs; ++o) {
    std::int16_t* block = out.values.data() + o / 16 * 16 * columns;
    for (std::size_t k = 0; k < inputs; ++k) block[k / 2 * 32 + o % 16 * 2 + k % 2] = weight->s8[o * inputs + k];
  }
  out.scales.assign(rows, 0.0F);
  std::copy_n(weight->scales, outputs, out.scales.begin());
  out.bias.assign(rows, 0.0F);
  if (bias) {
    CASUS_ASSIGN(const Tensor* given, file.f32(std::string(name) + ".bias", outputs));
    std::copy_n(given->f32, outputs, out.bias.begin());
  }
  out.view = {out.values.data(), out.scales.data(), out.bias.data(), columns, rows};
  return {};
}

Result<void> Network::load_norm(const CasmFile& file, const std::string& name, std::size_t n, Norm& out) {
  CASUS_ASSIGN(const Tensor* gain, file.f32(name + ".norm.gain", n));
  CASUS_ASSIGN(const Tensor* bias, file.f32(name + ".norm.bias", n));
  out = {gain->f32, bias->f32};
  return {};
}

Result<void> Network::load_layer(const CasmFile& file, std::size_t number, std::size_t inputs, Layer& out) {
  const std::string name = "sru" + std::to_string(number);
  const std::size_t hidden = shape_.hidden;
  CASUS_TRY(load_matrix(file, name, 8 * hidden, inputs, false, out.weight));
  CASUS_TRY(load_norm(file, name, 2 * hidden, out.norm));
  CASUS_ASSIGN(const Tensor* recurrent, file.f32(name + ".recurrent", 4, hidden));
  CASUS_ASSIGN(const Tensor* bias, file.f32(name + ".bias", 4, hidden));
  for (std::size_t d = 0; d < 2; ++d) {
    const std::size_t row = 2 * d * hidden;
    out.scans[d] = {recurrent->f32 + row, recurrent->f32 + row + hidden, bias->f32 + row, bias->f32 + row + hidden};
  }
  return {};
}

Result<void> Network::load(const CasmFile& file) {
  static constexpr std::array<std::string_view, 5> kTables = {"embed.norm", "embed.prefix", "embed.suffix",
                                                              "embed.shape", "embed.chars"};
  const std::array<std::uint32_t, 5> rows = {shape_.rows.norm, shape_.rows.prefix, shape_.rows.suffix,
                                             shape_.rows.shape, shape_.rows.chars};
  for (std::size_t t = 0; t < kTables.size(); ++t) {
    CASUS_ASSIGN(const Tensor* table, file.s8(kTables[t], rows[t], shape_.feature_dims[t]));
    tables_[t] = {table->s8, table->scales};
  }
  if (file.has("embed.check")) {
    CASUS_ASSIGN(const Tensor* check, file.s8("embed.check", 1, shape_.rows.norm));
    check_ = check->s8;
  }
  const std::size_t width = 2 * shape_.hidden;
  CASUS_TRY(load_matrix(file, "mix", 2 * shape_.mix, shape_.inputs(), true, mix_));
  CASUS_TRY(load_norm(file, "mix", shape_.mix, mix_norm_));
  layers_.resize(shape_.layers);
  for (std::size_t number = 1; number <= shape_.layers; ++number) {
    CASUS_TRY(load_layer(file, number, number == 1 ? shape_.mix : width, layers_[number - 1]));
  }
  CASUS_TRY(load_matrix(file, "tags", shape_.tags, width, true, tags_));
  CASUS_TRY(load_matrix(file, "ner", shape_.ner, width, true, ner_));
  CASUS_TRY(load_matrix(file, "parse", 2 * shape_.arc + 2 * shape_.label, width, true, parse_));
  CASUS_TRY(load_matrix(file, "arc", shape_.arc, shape_.arc, true, arc_));
  CASUS_TRY(load_matrix(file, "label", shape_.labels, 3 * shape_.label, true, label_));
  CASUS_ASSIGN(const Tensor* arc_root, file.f32("arc.root", shape_.arc));
  CASUS_ASSIGN(const Tensor* label_root, file.f32("label.root", shape_.label));
  CASUS_ASSIGN(const Tensor* distance, file.f32("arc.distance", 2 * shape_.distance + 1));
  arc_root_ = arc_root->f32;
  label_root_ = label_root->f32;
  distance_ = distance->f32;
  return {};
}

}  // namespace casus::detail
