// SPDX-License-Identifier: Apache-2.0
// Kernels for x86 with AVX2. Compiled with -mavx2; reached only where best_kernels() found it.
#include "casus/language/kernels.h"

#include <immintrin.h>

namespace casus::detail {

namespace {

constexpr int kTileRows = 5;  // 5 × 2 sums, 2 weights and a broadcast fit the sixteen registers

// Sixteen outputs of one row.
struct Sums {
  __m256i low, high;
};

inline void clear(Sums& sums) {
  sums.low = sums.high = _mm256_setzero_si256();
}

inline void load(Sums& weights, const std::int16_t* w) {
  weights.low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w));
  weights.high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w + 16));
}

inline void add_products(Sums& sums, const std::int16_t* pair, const Sums& weights) {
  int both;
  __builtin_memcpy(&both, pair, sizeof both);
  const __m256i x = _mm256_set1_epi32(both);
  sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(x, weights.low));
  sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(x, weights.high));
}

inline void store(const Sums& sums, std::int32_t* to) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sums.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 8), sums.high);
}

// Five rows by name, not in an array: an array would live in memory.
inline void tile_of_five(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  Sums s0, s1, s2, s3, s4, weights;
  clear(s0), clear(s1), clear(s2), clear(s3), clear(s4);
  for (std::size_t k = 0; k < inputs; k += 2) {
    load(weights, w + k * 16);
    add_products(s0, a + k, weights);
    add_products(s1, a + k + inputs, weights);
    add_products(s2, a + k + 2 * inputs, weights);
    add_products(s3, a + k + 3 * inputs, weights);
    add_products(s4, a + k + 4 * inputs, weights);
  }
  store(s0, sums);
  store(s1, sums + kOutputBlock);
  store(s2, sums + 2 * kOutputBlock);
  store(s3, sums + 3 * kOutputBlock);
  store(s4, sums + 4 * kOutputBlock);
}

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  static_assert(Rows == 1 || Rows == kTileRows);
  for (std::size_t part = 0; part < kOutputBlock; part += 16, w += inputs * 16) {
    if constexpr (Rows == kTileRows) {
      tile_of_five(a, inputs, w, sums + part);
    } else {
      Sums row, weights;
      clear(row);
      for (std::size_t k = 0; k < inputs; k += 2) {
        load(weights, w + k * 16);
        add_products(row, a + k, weights);
      }
      store(row, sums + part);
    }
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kAvx2Kernels
#define CASUS_KERNEL_LABEL "avx2"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
