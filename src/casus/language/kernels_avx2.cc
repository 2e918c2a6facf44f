// SPDX-License-Identifier: Apache-2.0
// Kernels for x86 with AVX2. Compiled with -mavx2; reached only where best_kernels() found it.
#include "casus/language/kernels.h"

#include <immintrin.h>

namespace casus::detail {

namespace {

constexpr int kTileRows = 5;  // 5 × 2 sums, 2 weights and a broadcast fit the sixteen registers

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  for (std::size_t part = 0; part < kOutputBlock / 16; ++part, w += inputs * 16) {
    __m256i low[Rows], high[Rows];
    for (int r = 0; r < Rows; ++r) low[r] = high[r] = _mm256_setzero_si256();
    for (std::size_t k = 0; k < inputs; k += 2) {
      const auto* weights = reinterpret_cast<const __m256i*>(w + k * 16);
      const __m256i w0 = _mm256_loadu_si256(weights), w1 = _mm256_loadu_si256(weights + 1);
      for (int r = 0; r < Rows; ++r) {
        int pair;
        __builtin_memcpy(&pair, a + static_cast<std::size_t>(r) * inputs + k, sizeof pair);
        const __m256i x = _mm256_set1_epi32(pair);
        low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(x, w0));
        high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(x, w1));
      }
    }
    for (int r = 0; r < Rows; ++r) {
      auto* to = reinterpret_cast<__m256i*>(sums + static_cast<std::size_t>(r) * kOutputBlock + part * 16);
      _mm256_storeu_si256(to, low[r]);
      _mm256_storeu_si256(to + 1, high[r]);
    }
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kAvx2Kernels
#define CASUS_KERNEL_LABEL "avx2"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
