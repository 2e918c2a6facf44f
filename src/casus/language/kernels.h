// SPDX-License-Identifier: Apache-2.0
#pragma once
// The inner loops of the network, built once per instruction set and chosen at run time. Every set gives the same bits:
// matrix products sum integers, and what is floating point is written so that each value is computed by the same
// operations in the same order whatever the vector length (no fused multiply-add, sums in sixteen lanes). Private to
// this room.
#include <cstddef>
#include <cstdint>
#include <span>

namespace casus::detail {

constexpr std::size_t kLanes = 16;        // sums run in this many lanes on every instruction set
constexpr std::size_t kOutputBlock = 64;  // outputs of a packed matrix are padded to this
constexpr std::size_t kMaxInputs = 1024;  // 63 * 32767 * 1024 still fits 32 bits with sign
constexpr int kMaxWeight = 63;

// A matrix [outputs × inputs] of small integers, packed for the product: blocks of 16 outputs, in each block pairs of
// inputs, in each pair 16 × 2 values. `inputs` is even, `outputs` a multiple of kOutputBlock; what was added is zero.
struct PackedMatrix {
  const std::int16_t* values = nullptr;
  const float* scales = nullptr;  // [outputs]
  const float* bias = nullptr;    // [outputs]
  std::size_t inputs = 0;
  std::size_t outputs = 0;
};

struct ScanWeights {
  const float* forget = nullptr;  // [hidden]: recurrent weight and bias of the gates of one direction
  const float* reset = nullptr;
  const float* forget_bias = nullptr;
  const float* reset_bias = nullptr;
};

struct Kernels {
  const char* name;
  // row[n] to 16-bit integers with one scale, rounded half away from zero.
  void (*quantise)(const float* row, std::size_t n, std::int16_t* out, float* scale);
  // out[rows × stride] = (a · matrixᵀ) * scale of the row * scale of the output + bias.
  void (*product)(const std::int16_t* a, const float* a_scales, std::size_t rows, const PackedMatrix& matrix,
                  float* out, std::size_t stride);
  // One direction of a recurrent layer over one sentence; u[words × 8 * hidden], h[words × 2 * hidden], both already at
  // the direction's first column. `state` [hidden] is scratch.
  void (*scan)(const float* u, std::size_t words, std::size_t hidden, bool backwards, const ScanWeights& weights,
               float* state, float* h);
  // n values in place; n a multiple of kLanes.
  void (*layer_norm)(float* row, std::size_t n, const float* gain, const float* bias, float epsilon);
  // out[i] = max(z[2i], z[2i + 1]).
  void (*maxout)(const float* z, std::size_t n, float* out);
  void (*relu)(float* row, std::size_t n);
  void (*add_row)(float* out, const std::int8_t* row, float scale, std::size_t n);  // out += scale * row
  // scores[dependents × stride] = q[dependents × dim] · heads[dim × stride]; stride a multiple of kLanes.
  void (*arc_scores)(const float* q, std::size_t dependents, std::size_t dim, const float* heads, std::size_t stride,
                     float* scores);
  // Sum over n values of exp((row[i] - top) * factor); n a multiple of kLanes, values of -1e9 count as nothing.
  float (*sum_exp)(const float* row, std::size_t n, float top, float factor);
  float (*exp)(float x);
  std::uint32_t (*best)(const float* row, std::size_t n);  // the first of the largest; n >= 1
};

// The fastest set that this processor has.
const Kernels& best_kernels();
// All sets that this processor can run, the plain one first: for tests.
std::span<const Kernels* const> available_kernels();

}  // namespace casus::detail
