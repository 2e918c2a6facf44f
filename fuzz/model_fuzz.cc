// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model file, with size and digest made to fit so that the checks behind them are reached: refused, or a
// model that reads.
#include <casus/base/hash.h>

#include <cstring>
#include <new>
#include <string>

#include "casus/language/analyser.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  constexpr std::align_val_t kAlign{64};
  if (size < 64) return 0;
  char* bytes = new (kAlign) char[size];
  std::memcpy(bytes, data, size);
  std::memcpy(bytes, "CASM\1\0\0\0", 8);
  const std::uint64_t whole = size;
  std::memset(bytes + 20, 0, 4);
  std::memcpy(bytes + 24, &whole, sizeof whole);
  const std::string hex = casus::sha256_hex({bytes + 64, size - 64});
  for (std::size_t i = 0; i < 32; ++i) bytes[32 + i] = static_cast<char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  if (auto file = casus::detail::CasmFile::parse({bytes, size})) {
    if (auto model = casus::detail::Analyser::make(*std::move(file), casus::detail::best_kernels())) {
      casus::Sentence sentence;
      sentence.tokens.resize(5);
      for (casus::Token& token : sentence.tokens) token.form = "word";
      (*model)->annotate({&sentence, 1});
    }
  }
  operator delete[](bytes, kAlign);
  return 0;
}
