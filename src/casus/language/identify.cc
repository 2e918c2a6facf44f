// SPDX-License-Identifier: Apache-2.0
// Character n-grams scored by each language's table (docs/format-casm.md, section 7). Tests: identify_test.cc.
#include <casus/language/identify.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "casus/base/utf8.h"
#include "casus/language/casm_file.h"
#include "casus/language/features.h"

namespace casus {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = 8192;  // of the text; more tells nothing new
constexpr std::size_t kMaxLanguages = 256;
constexpr std::size_t kMaxRows = 1U << 22U;

struct Table {
  std::vector<std::string> languages;
  std::vector<float> outlier, outlier_slope;
  std::size_t rows = 0, max_code_points = 0, min_ngrams = 0;
  float margin = 0;
};

Error bad(const std::string& what) {
  return {Errc::corrupt, "language table: manifest: " + what, 64};
}

Result<std::vector<float>> floats(const json& manifest, const char* key, std::size_t n) {
  const auto it = manifest.find(key);
  if (it == manifest.end() || !it->is_array() || it->size() != n) return bad(key);
  std::vector<float> out;
  for (const json& item : *it) {
    if (!item.is_number() || !(std::fabs(item.get<double>()) <= 1e4)) return bad(key);
    out.push_back(item.get<float>());
  }
  return out;
}

Result<std::size_t> whole(const json& manifest, const char* key, std::size_t most) {
  const auto it = manifest.find(key);
  if (it == manifest.end() || !it->is_number_unsigned() || it->get<std::uint64_t>() > most) return bad(key);
  return it->get<std::size_t>();
}

Result<Table> read_table(std::string_view text) {
  const json manifest = json::parse(text, nullptr, false);
  if (!manifest.is_object()) return bad("no JSON object");
  if (manifest.value("format", json()) != 1 || manifest.value("task", json()) != "language-identification") {
    return Error{Errc::unsupported, "language table: not a table of language identification", 64};
  }
  Table table;
  const auto languages = manifest.find("languages");
  if (languages == manifest.end() || !languages->is_array() || languages->empty() || languages->size() > kMaxLanguages)
    return bad("languages");
  for (const json& item : *languages) {
    if (!item.is_string()) return bad("languages");
    table.languages.push_back(item.get<std::string>());
  }
  CASUS_ASSIGN(table.rows, whole(manifest, "rows", kMaxRows));
  if (table.rows == 0 || (table.rows & (table.rows - 1)) != 0) return bad("rows");
  CASUS_ASSIGN(table.max_code_points, whole(manifest, "max_code_points", 1U << 20U));
  CASUS_ASSIGN(table.min_ngrams, whole(manifest, "min_ngrams", 1U << 20U));
  CASUS_ASSIGN(table.outlier, floats(manifest, "outlier", table.languages.size()));
  CASUS_ASSIGN(table.outlier_slope, floats(manifest, "outlier_slope", table.languages.size()));
  const auto margin = manifest.find("margin");
  if (margin == manifest.end() || !margin->is_number() || !(std::fabs(margin->get<double>()) <= 1e4))
    return bad("margin");
  table.margin = margin->get<float>();
  return table;
}

// Lower-case letters; everything else is one blank between them, with a blank at both ends.
std::u32string letters_of(std::string_view text, std::size_t max_code_points) {
  std::u32string out;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size() && count < max_code_points; ++count) {
    const Decoded d = decode_utf8(text, i);
    i += d.length;
    const char32_t mapped = detail::map_mark(d.code_point);
    const char32_t shape = detail::shape_class(mapped);
    const char32_t c = mapped == 0x130 ? U'i' : to_lower(mapped);
    if (mapped == U'\'' || shape == U'X' || shape == U'x') {
      if (out.empty()) out += U' ';
      out += c;
    } else if (!out.empty() && out.back() != U' ') {
      out += U' ';
    }
  }
  if (!out.empty() && out.back() != U' ') out += U' ';
  return out;
}

class NgramIdentifier : public LanguageIdentifier {
 public:
  NgramIdentifier(detail::CasmFile file, Table table, const detail::Tensor& weight)
      : file_(std::move(file)), table_(std::move(table)), values_(weight.s8), scales_(weight.scales) {}

  LanguageGuess identify(std::string_view text) const override {
    const std::u32string letters = letters_of(text.substr(0, kMaxBytes), table_.max_code_points);
    std::vector<std::int64_t> totals(table_.languages.size(), 0);
    const std::size_t count = add_ngrams(letters, totals);
    if (count == 0 || count < table_.min_ngrams) return {};
    std::vector<float> means(totals.size());
    for (std::size_t l = 0; l < totals.size(); ++l) {
      means[l] = static_cast<float>(static_cast<double>(totals[l]) * double{scales_[l]} / static_cast<double>(count));
    }
    const auto best = static_cast<std::size_t>(std::max_element(means.begin(), means.end()) - means.begin());
    float second = -1e9F;
    for (std::size_t l = 0; l < means.size(); ++l) {
      if (l != best) second = std::max(second, means[l]);
    }
    const float lead = means[best] - second;
    const float floor = table_.outlier[best] - table_.outlier_slope[best] / std::sqrt(static_cast<float>(count));
    if (lead < table_.margin || means[best] < floor) return {};
    // Half sure at the margin, sure far beyond it.
    const float confidence = 1.0F - 0.5F * std::exp2(-(lead - table_.margin) * 4.0F);
    return {table_.languages[best], confidence};
  }

 private:
  // Adds the weights of all runs of 1 to 4 code points but the single blank; returns their number.
  std::size_t add_ngrams(std::u32string_view letters, std::vector<std::int64_t>& totals) const {
    std::size_t count = 0;
    for (std::size_t n = 1; n <= 4; ++n) {
      for (std::size_t first = 0; first + n <= letters.size(); ++first) {
        if (n == 1 && letters[first] == U' ') continue;
        const std::uint64_t hash =
            detail::hash_code_points(static_cast<std::uint8_t>(16 + n), letters.substr(first, n));
        const std::size_t row = hash & (table_.rows - 1);
        for (std::size_t l = 0; l < totals.size(); ++l) totals[l] += values_[l * table_.rows + row];
        ++count;
      }
    }
    return count;
  }

  detail::CasmFile file_;
  Table table_;
  const std::int8_t* values_;
  const float* scales_;
};

}  // namespace

Result<std::shared_ptr<const LanguageIdentifier>> LanguageIdentifier::open(const std::filesystem::path& path) {
  CASUS_ASSIGN(detail::CasmFile file, detail::CasmFile::open(path));
  CASUS_ASSIGN(Table table, read_table(file.manifest()));
  CASUS_ASSIGN(const detail::Tensor* weight, file.s8("langid.weight", table.languages.size(), table.rows));
  const detail::Tensor tensor = *weight;
  return std::shared_ptr<const LanguageIdentifier>(
      std::make_shared<NgramIdentifier>(std::move(file), std::move(table), tensor));
}

}  // namespace casus
