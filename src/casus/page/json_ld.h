// SPDX-License-Identifier: Apache-2.0
#pragma once
// JSON-LD as pages carry it: often slightly broken (raw line ends in strings, trailing commas, comments around it),
// sometimes hostile. A tolerant reader makes a flat array of values with their places in the script, so that a date can
// be traced to its bytes.
//
//   const JsonDocument json(script);   for (const JsonValue& v : json.values()) …
//
// Bounds: 1 MiB of script, 64 levels, 20,000 values; what goes beyond is left out. Reading stops at the first thing
// that cannot be mended and keeps what was read. Lifetime: views nothing; values are decoded copies.
#include <casus/base/span.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

struct JsonValue {
  enum Kind : std::uint8_t { object, array, string, other } kind = other;
  std::uint32_t parent = 0;           // index; the root is its own parent
  std::uint32_t first = 0, next = 0;  // first child and next sibling; 0: none
  std::string key;                    // of a member of an object
  std::string text;                   // of a string, decoded; of a number or word, as written
  std::uint32_t start = 0, end = 0;   // bytes of the script, quotes left out
};

class JsonDocument {
 public:
  explicit JsonDocument(std::string_view script);
  const std::vector<JsonValue>& values() const { return values_; }
  // Index of the member of that name, or 0.
  std::uint32_t member(std::uint32_t object, std::string_view key) const;

 private:
  std::vector<JsonValue> values_;
};

// A field read from JSON-LD; start and end are bytes of the script.
struct JsonField {
  std::string value;
  std::uint32_t start = 0, end = 0;
};

struct JsonArticle {
  std::vector<JsonField> headlines, published, modified, authors, sites, languages, urls;
  std::string body, description;
  std::vector<std::string> trust;  // policies that the publisher declares ("publishingPrinciples")
};

// What the first article of the script says; empty fields when it holds none.
JsonArticle article_of(const JsonDocument& json);

}  // namespace casus::detail
