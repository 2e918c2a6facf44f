// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which language a text is in, with the honest answer "" where it cannot be told.
#include <casus/base/result.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace casus {

struct LanguageGuess {
  std::string language;  // "en"; empty: unknown or not one that the table knows
  float confidence = 0;  // in [0, 1]
};

// Reads models/langid.casm (docs/format-casm.md). Errors of open() as LanguageModel::open. Threads: identify() is
// const.
class LanguageIdentifier {
 public:
  static Result<std::shared_ptr<const LanguageIdentifier>> open(const std::filesystem::path& path);
  virtual ~LanguageIdentifier() = default;
  virtual LanguageGuess identify(std::string_view text) const = 0;  // linear; reads at most the first 8 KiB
};

}  // namespace casus
