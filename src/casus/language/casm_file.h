// SPDX-License-Identifier: Apache-2.0
#pragma once
// The container of a model file (docs/format-casm.md, section 1), checked as a whole before anything in it is used.
// Private to this room.
#include <casus/base/mapped_file.h>
#include <casus/base/result.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct Tensor {
  std::string name;
  bool quantised = false;   // s8 with a scale per row; else f32
  std::size_t rows = 0;     // first dimension
  std::size_t columns = 0;  // second, or 1
  const float* f32 = nullptr;
  const std::int8_t* s8 = nullptr;
  const float* scales = nullptr;
  std::int64_t offset = 0;  // in the file, for messages
};

// Views into the mapped file live as long as this object.
class CasmFile {
 public:
  // Errors: not_found, unreadable, corrupt (with the byte), unsupported (another version).
  static Result<CasmFile> open(const std::filesystem::path& path);
  // The same over bytes aligned to 64 that outlive the object.
  static Result<CasmFile> parse(std::string_view bytes);

  std::string_view manifest() const { return manifest_; }
  // The tensor of that name and shape; an f32 vector has one column. Corrupt when missing or of another shape.
  Result<const Tensor*> f32(std::string_view name, std::size_t rows, std::size_t columns = 1) const;
  Result<const Tensor*> s8(std::string_view name, std::size_t rows, std::size_t columns) const;
  bool has(std::string_view name) const;

 private:
  Result<void> read(std::string_view bytes);
  Result<Tensor> read_entry(std::string_view bytes, std::size_t at);
  Result<const Tensor*> find(std::string_view name, bool quantised, std::size_t rows, std::size_t columns) const;

  MappedFile file_;
  std::string_view manifest_;
  std::vector<Tensor> tensors_;
  std::uint64_t payload_end_ = 0;  // payloads must come in order: no overlap
};

}  // namespace casus::detail
