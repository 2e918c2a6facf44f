// SPDX-License-Identifier: Apache-2.0
// Feeds and JSON Lines. The first byte of the input chooses the reader.
#include <casus/base/utf8.h>
#include <casus/source/carriers.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const casus::SourceLimits limits{.max_document = 1U << 20U, .max_unpacked = 4U << 20U, .max_feed = 1U << 20U};
  const std::function<bool(casus::Document &&)> on_document = [](casus::Document&& document) {
    for (const std::string* text :
         {&document.bytes, &document.title, &document.url, &document.published, &document.site}) {
      if (!casus::is_valid_utf8(*text)) std::abort();
    }
    return true;
  };
  const std::function<void(casus::Refusal &&)> on_refusal = [](casus::Refusal&&) {};
  casus::detail::Sink sink(limits, on_document, on_refusal);
  if (data[0] % 3 == 0) {
    casus::detail::read_xml_feed(bytes, "fuzz.xml", sink);
  } else if (data[0] % 3 == 1) {
    casus::detail::read_json_feed(bytes, "fuzz.json", sink);
  } else {
    const std::unique_ptr<casus::detail::ByteStream> stream = casus::detail::open_memory(bytes);
    casus::detail::read_json_lines(*stream, "fuzz.jsonl", sink);
  }
  return 0;
}
