// SPDX-License-Identifier: Apache-2.0
// Every offset and size is compared with what remains before it is used, and every float must be a finite, moderate
// number, so that the network may trust its weights. Tests: model_test.cc; fuzzed by fuzz/model_fuzz.cc.
#include "casus/language/casm_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "casus/base/hash.h"

namespace casus::detail {

static_assert(std::endian::native == std::endian::little, "the model file is mapped as it is");

namespace {

constexpr std::size_t kHeader = 64;
constexpr std::size_t kEntry = 96;
constexpr std::size_t kName = 48;
constexpr std::size_t kAlign = 64;
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMaxTensors = 1024;
constexpr std::uint64_t kMaxManifest = 16U << 20U;
constexpr float kMaxValue = 1e4F;  // no trained weight comes near it; keeps every product of the network finite

template <class T>
T read_at(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

Error corrupt(std::string what, std::uint64_t at) {
  return {Errc::corrupt, "model file: " + std::move(what), static_cast<std::int64_t>(at)};
}

// SHA-256 in the header against the bytes behind it.
bool digest_fits(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string expected;
  for (const char c : bytes.substr(32, 32)) {
    expected += kDigits[static_cast<unsigned char>(c) >> 4U];
    expected += kDigits[static_cast<unsigned char>(c) & 15U];
  }
  return sha256_hex(bytes.substr(kHeader)) == expected;
}

bool all_moderate(const float* values, std::size_t n) {
  return std::all_of(values, values + n, [](float v) { return std::fabs(v) <= kMaxValue; });  // false for not-a-number
}

}  // namespace

Result<CasmFile> CasmFile::open(const std::filesystem::path& path) {
  CASUS_ASSIGN(MappedFile mapped, MappedFile::open(path));
  CasmFile file;
  file.file_ = std::move(mapped);
  if (auto read = file.read(file.file_.bytes()); !read) {
    Error error = read.error();
    error.message += " in " + path.string();
    return error;
  }
  return file;
}

Result<CasmFile> CasmFile::parse(std::string_view bytes) {
  CasmFile file;
  CASUS_TRY(file.read(bytes));
  return file;
}

Result<void> CasmFile::read(std::string_view bytes) {
  if (bytes.size() < kHeader || !bytes.starts_with("CASM")) return corrupt("does not begin with CASM", 0);
  if (read_at<std::uint32_t>(bytes, 4) != kVersion) {
    return Error{Errc::unsupported,
                 "model file: version " + std::to_string(read_at<std::uint32_t>(bytes, 4)) + " is not known", 4};
  }
  const auto manifest = read_at<std::uint64_t>(bytes, 8);
  const auto tensors = read_at<std::uint32_t>(bytes, 16);
  if (read_at<std::uint32_t>(bytes, 20) != 0) return corrupt("reserved field is not zero", 20);
  if (read_at<std::uint64_t>(bytes, 24) != bytes.size()) return corrupt("size differs from the one it states", 24);
  if (manifest > kMaxManifest || manifest > bytes.size() - kHeader) return corrupt("manifest does not fit", 8);
  if (tensors > kMaxTensors) return corrupt("too many tensors", 16);
  if (!digest_fits(bytes)) return corrupt("SHA-256 differs: the file was changed or cut", 32);
  manifest_ = bytes.substr(kHeader, manifest);
  const std::size_t table = (kHeader + manifest + 7) / 8 * 8;
  if (table > bytes.size() || tensors > (bytes.size() - table) / kEntry)
    return corrupt("table of tensors does not fit", 16);
  payload_end_ = table + tensors * kEntry;
  for (std::uint32_t i = 0; i < tensors; ++i) {
    CASUS_ASSIGN(Tensor tensor, read_entry(bytes, table + i * kEntry));
    for (const Tensor& other : tensors_) {
      if (other.name == tensor.name) return corrupt("two tensors named " + tensor.name, table + i * kEntry);
    }
    tensors_.push_back(std::move(tensor));
  }
  return {};
}

Result<Tensor> CasmFile::read_entry(std::string_view bytes, std::size_t at) {
  Tensor tensor;
  const std::string_view name = bytes.substr(at, kName);
  tensor.name = name.substr(0, name.find('\0'));
  if (tensor.name.empty() || tensor.name.size() == kName) return corrupt("tensor without a proper name", at);
  const auto dtype = read_at<std::uint32_t>(bytes, at + 48);
  const auto rank = read_at<std::uint32_t>(bytes, at + 52);
  if (dtype != 1 && dtype != 2) return corrupt("unknown type of tensor " + tensor.name, at + 48);
  if (rank != 1 && rank != 2) return corrupt("bad rank of tensor " + tensor.name, at + 52);
  std::array<std::uint64_t, 4> dims{};
  for (std::size_t d = 0; d < dims.size(); ++d) {
    dims[d] = read_at<std::uint32_t>(bytes, at + 56 + 4 * d);
    if (dims[d] == 0 || (d >= rank && dims[d] != 1)) return corrupt("bad dimensions of tensor " + tensor.name, at + 56);
  }
  const auto offset = read_at<std::uint64_t>(bytes, at + 72);
  const auto size = read_at<std::uint64_t>(bytes, at + 80);
  const auto scales = read_at<std::uint64_t>(bytes, at + 88);
  tensor.quantised = dtype == 2;
  // Two 32-bit factors and a width of four: compared by division, so that nothing overflows.
  const std::uint64_t width = tensor.quantised ? 1 : 4;
  if (size % width != 0 || dims[0] * dims[1] != size / width) return corrupt("size of tensor " + tensor.name, at + 80);
  if (offset % kAlign != 0 || offset < payload_end_ || offset > bytes.size() || size > bytes.size() - offset) {
    return corrupt("offset of tensor " + tensor.name, at + 72);
  }
  payload_end_ = offset + size;
  tensor.rows = dims[0];
  tensor.columns = dims[1];
  tensor.offset = static_cast<std::int64_t>(offset);
  const char* payload = bytes.data() + offset;
  if (!tensor.quantised) {
    if (scales != 0) return corrupt("scales of tensor " + tensor.name, at + 88);
    tensor.f32 = reinterpret_cast<const float*>(payload);
    if (!all_moderate(tensor.f32, size / 4)) return corrupt("a value of tensor " + tensor.name, offset);
    return tensor;
  }
  if (scales % kAlign != 0 || scales < payload_end_ || scales > bytes.size() || dims[0] * 4 > bytes.size() - scales) {
    return corrupt("scales of tensor " + tensor.name, at + 88);
  }
  payload_end_ = scales + dims[0] * 4;
  tensor.s8 = reinterpret_cast<const std::int8_t*>(payload);
  tensor.scales = reinterpret_cast<const float*>(bytes.data() + scales);
  if (!all_moderate(tensor.scales, tensor.rows)) return corrupt("a scale of tensor " + tensor.name, scales);
  return tensor;
}

Result<const Tensor*> CasmFile::find(std::string_view name, bool quantised, std::size_t rows,
                                     std::size_t columns) const {
  for (const Tensor& tensor : tensors_) {
    if (tensor.name != name) continue;
    if (tensor.quantised == quantised && tensor.rows == rows && tensor.columns == columns) return &tensor;
    return corrupt("tensor " + tensor.name + " has another shape than the manifest says",
                   static_cast<std::uint64_t>(tensor.offset));
  }
  return corrupt("tensor " + std::string(name) + " is missing", 0);
}

Result<const Tensor*> CasmFile::f32(std::string_view name, std::size_t rows, std::size_t columns) const {
  return find(name, false, rows, columns);
}

bool CasmFile::has(std::string_view name) const {
  return std::any_of(tensors_.begin(), tensors_.end(), [&](const Tensor& tensor) { return tensor.name == name; });
}

Result<const Tensor*> CasmFile::s8(std::string_view name, std::size_t rows, std::size_t columns) const {
  return find(name, true, rows, columns);
}

}  // namespace casus::detail
