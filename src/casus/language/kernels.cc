// SPDX-License-Identifier: Apache-2.0
// Which kernels this processor can run. Asked once per process.
#include "casus/language/kernels.h"

#include <vector>

namespace casus::detail {

extern const Kernels kPlainKernels;
#ifdef CASUS_X86_KERNELS
extern const Kernels kSse2Kernels;
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

std::span<const Kernels* const> available_kernels() {
  static const std::vector<const Kernels*> sets = [] {
    std::vector<const Kernels*> found{&kPlainKernels};
#ifdef CASUS_X86_KERNELS
    __builtin_cpu_init();
    found.push_back(&kSse2Kernels);
    if (__builtin_cpu_supports("avx2")) found.push_back(&kAvx2Kernels);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) {
      found.push_back(&kAvx512Kernels);
    }
#endif
    return found;
  }();
  return sets;
}

const Kernels& best_kernels() {
  return *available_kernels().back();
}

}  // namespace casus::detail
