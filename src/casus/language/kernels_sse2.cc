// SPDX-License-Identifier: Apache-2.0
// Kernels for every 64-bit x86 processor.
#include <emmintrin.h>

#include "casus/language/kernels.h"

namespace casus::detail {

namespace {

constexpr int kTileRows = 2;  // 2 × 4 sums, 4 weights and a broadcast of the sixteen registers

struct Sums {
  __m128i a, b, c, d;
};

inline void clear(Sums& sums) {
  sums.a = sums.b = sums.c = sums.d = _mm_setzero_si128();
}

inline void load(Sums& weights, const std::int16_t* w) {
  const auto* from = reinterpret_cast<const __m128i*>(w);
  weights.a = _mm_loadu_si128(from);
  weights.b = _mm_loadu_si128(from + 1);
  weights.c = _mm_loadu_si128(from + 2);
  weights.d = _mm_loadu_si128(from + 3);
}

inline void add_products(Sums& sums, const std::int16_t* pair, const Sums& weights) {
  int both;
  __builtin_memcpy(&both, pair, sizeof both);
  const __m128i x = _mm_set1_epi32(both);
  sums.a = _mm_add_epi32(sums.a, _mm_madd_epi16(x, weights.a));
  sums.b = _mm_add_epi32(sums.b, _mm_madd_epi16(x, weights.b));
  sums.c = _mm_add_epi32(sums.c, _mm_madd_epi16(x, weights.c));
  sums.d = _mm_add_epi32(sums.d, _mm_madd_epi16(x, weights.d));
}

inline void store(const Sums& sums, std::int32_t* out) {
  auto* to = reinterpret_cast<__m128i*>(out);
  _mm_storeu_si128(to, sums.a);
  _mm_storeu_si128(to + 1, sums.b);
  _mm_storeu_si128(to + 2, sums.c);
  _mm_storeu_si128(to + 3, sums.d);
}

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  static_assert(Rows == 1 || Rows == kTileRows);
  for (std::size_t part = 0; part < kOutputBlock; part += 16, w += inputs * 16) {
    Sums first, second, weights;
    clear(first);
    clear(second);
    for (std::size_t k = 0; k < inputs; k += 2) {
      load(weights, w + k * 16);
      add_products(first, a + k, weights);
      if constexpr (Rows == kTileRows) add_products(second, a + k + inputs, weights);
    }
    store(first, sums + part);
    if constexpr (Rows == kTileRows) store(second, sums + kOutputBlock + part);
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kSse2Kernels
#define CASUS_KERNEL_LABEL "sse2"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
