// SPDX-License-Identifier: Apache-2.0
// Kernels for any processor. Test of all sets against this one: kernels_test.cc.
#include "casus/language/kernels.h"

namespace casus::detail {

namespace {

constexpr int kTileRows = 1;

template <int Rows>
void tile(const std::int16_t* a, std::size_t inputs, const std::int16_t* w, std::int32_t* sums) {
  for (std::size_t part = 0; part < kOutputBlock / 16; ++part, w += inputs * 16) {
    std::int32_t lanes[16] = {};
    for (std::size_t k = 0; k < inputs; k += 2) {
      for (std::size_t o = 0; o < 16; ++o) lanes[o] += a[k] * w[k * 16 + o * 2] + a[k + 1] * w[k * 16 + o * 2 + 1];
    }
    for (std::size_t o = 0; o < 16; ++o) sums[part * 16 + o] = lanes[o];
  }
}

}  // namespace

#define CASUS_KERNEL_NAME kPlainKernels
#define CASUS_KERNEL_LABEL "plain"
#include "casus/language/kernels_body.h"

}  // namespace casus::detail
