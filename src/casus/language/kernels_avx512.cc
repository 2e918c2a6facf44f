// SPDX-License-Identifier: Apache-2.0
// Kernels for x86 with AVX-512 and its integer dot products (VNNI). Reached only where best_kernels() found them.
#include "casus/language/kernels.h"

#include <immintrin.h>

namespace casus::detail {

namespace {

constexpr int kTileRows = 6;  // 6 × 4 sums and 4 weights of the 32 registers

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  __m512i sum[Rows][4];
  for (int r = 0; r < Rows; ++r) {
    for (int b = 0; b < 4; ++b) sum[r][b] = _mm512_setzero_si512();
  }
  for (std::size_t k = 0; k < inputs; k += 2) {
    __m512i weights[4];
    for (std::size_t b = 0; b < 4; ++b) weights[b] = _mm512_loadu_si512(w + (b * inputs + k) * 16);
    for (int r = 0; r < Rows; ++r) {
      int pair;
      __builtin_memcpy(&pair, a + static_cast<std::size_t>(r) * inputs + k, sizeof pair);
      const __m512i x = _mm512_set1_epi32(pair);
      for (int b = 0; b < 4; ++b) sum[r][b] = _mm512_dpwssd_epi32(sum[r][b], x, weights[b]);
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int b = 0; b < 4; ++b)
      _mm512_storeu_si512(sums + static_cast<std::size_t>(r) * kOutputBlock + b * 16, sum[r][b]);
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kAvx512Kernels
#define CASUS_KERNEL_LABEL "avx512vnni"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
