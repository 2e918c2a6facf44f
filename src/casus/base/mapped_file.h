// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whole files, read-only: mapped for models and knowledge (shared between threads and processes), or read into memory
// with a cap.
#include <casus/base/result.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace casus {

// A file mapped read-only. bytes() lives as long as the object. Move-only.
class MappedFile {
 public:
  // Errors: not_found, unreadable. An empty file maps to an empty view.
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

// The whole file. Errors: not_found, unreadable, too_large (more than `limit` bytes; nothing is returned then).
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace casus
