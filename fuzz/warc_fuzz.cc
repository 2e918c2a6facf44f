// SPDX-License-Identifier: Apache-2.0
// WARC, plain and gzip. The first byte of the input chooses; whatever follows must end without a crash and give bounded
// pages.
#include <casus/source/carriers.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const casus::SourceLimits limits{.max_document = 1U << 20U, .max_unpacked = 4U << 20U, .max_feed = 1U << 20U};
  const std::function<bool(casus::Document &&)> on_document = [&](casus::Document&& document) {
    if (document.bytes.size() > limits.max_document) std::abort();
    return true;
  };
  const std::function<void(casus::Refusal &&)> on_refusal = [](casus::Refusal&&) {};
  casus::detail::Sink sink(limits, on_document, on_refusal);
  std::unique_ptr<casus::detail::ByteStream> stream = casus::detail::open_memory(bytes);
  if ((data[0] & 1U) != 0) stream = casus::detail::open_gzip(std::move(stream));
  casus::detail::read_warc(*stream, "fuzz.warc", sink);
  return 0;
}
