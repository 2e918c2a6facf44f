// SPDX-License-Identifier: Apache-2.0
// Kernels for x86 with AVX-512 and its integer dot products (VNNI). Reached only where best_kernels() found them.
#include "casus/language/kernels.h"

#include <immintrin.h>

namespace casus::detail {

namespace {

constexpr int kTileRows = 6;  // 6 × 4 sums and 4 weights of the 32 registers

// Sixty-four outputs of one row. In assembly, because g++ 12 moves the sums to and fro around its own intrinsic.
struct Sums {
  __m512i a, b, c, d;
};

inline void clear(Sums& sums) {
  sums.a = sums.b = sums.c = sums.d = _mm512_setzero_si512();
}

inline void add_products(Sums& sums, const std::int16_t* pair, const Sums& weights) {
  int both;
  __builtin_memcpy(&both, pair, sizeof both);
  const __m512i x = _mm512_set1_epi32(both);
  asm("vpdpwssd %2, %1, %0" : "+v"(sums.a) : "v"(x), "v"(weights.a));
  asm("vpdpwssd %2, %1, %0" : "+v"(sums.b) : "v"(x), "v"(weights.b));
  asm("vpdpwssd %2, %1, %0" : "+v"(sums.c) : "v"(x), "v"(weights.c));
  asm("vpdpwssd %2, %1, %0" : "+v"(sums.d) : "v"(x), "v"(weights.d));
}

inline void load(Sums& weights, const std::int16_t* w, std::size_t inputs) {
  weights.a = _mm512_loadu_si512(w);
  weights.b = _mm512_loadu_si512(w + inputs * 16);
  weights.c = _mm512_loadu_si512(w + inputs * 32);
  weights.d = _mm512_loadu_si512(w + inputs * 48);
}

inline void store(const Sums& sums, std::int32_t* to) {
  _mm512_storeu_si512(to, sums.a);
  _mm512_storeu_si512(to + 16, sums.b);
  _mm512_storeu_si512(to + 32, sums.c);
  _mm512_storeu_si512(to + 48, sums.d);
}

// Six rows by name, not in an array: an array would live in memory.
inline void tile_of_six(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  Sums s0, s1, s2, s3, s4, s5, weights;
  clear(s0), clear(s1), clear(s2), clear(s3), clear(s4), clear(s5);
  for (std::size_t k = 0; k < inputs; k += 2) {
    load(weights, w + k * 16, inputs);
    add_products(s0, a + k, weights);
    add_products(s1, a + k + inputs, weights);
    add_products(s2, a + k + 2 * inputs, weights);
    add_products(s3, a + k + 3 * inputs, weights);
    add_products(s4, a + k + 4 * inputs, weights);
    add_products(s5, a + k + 5 * inputs, weights);
  }
  store(s0, sums);
  store(s1, sums + kOutputBlock);
  store(s2, sums + 2 * kOutputBlock);
  store(s3, sums + 3 * kOutputBlock);
  store(s4, sums + 4 * kOutputBlock);
  store(s5, sums + 5 * kOutputBlock);
}

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  if constexpr (Rows == kTileRows) {
    tile_of_six(a, inputs, w, sums);
  } else {
    static_assert(Rows == 1);
    Sums row, weights;
    clear(row);
    for (std::size_t k = 0; k < inputs; k += 2) {
      load(weights, w + k * 16, inputs);
      add_products(row, a + k, weights);
    }
    store(row, sums);
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kAvx512Kernels
#define CASUS_KERNEL_LABEL "avx512vnni"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
