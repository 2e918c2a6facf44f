// SPDX-License-Identifier: Apache-2.0
// Names in other languages: places from the gettext catalogues of libgeonames (keyed by GeoNames id), countries from
// CLDR.
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "builder.h"
#include "table.h"

namespace casus::compile {

namespace {

constexpr std::size_t kMaxInput = 64U << 20U;   // bytes
constexpr std::size_t kLeastCatalogue = 24000;  // ids of the English one; fewer means that the package is not whole

struct Translated {
  std::string id, text;
};

// GNU gettext's binary form: magic, revision, count, offsets of the two tables of (length, offset).
Result<std::vector<Translated>> read_mo(const std::filesystem::path& path) {
  CASUS_ASSIGN(const std::string bytes, read_file(path, kMaxInput));
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    if (at + 4 <= bytes.size()) std::memcpy(&value, bytes.data() + at, 4);
    return value;
  };
  constexpr std::uint32_t kMagic = 0x950412DE;
  if (number(0) != kMagic) return Error{Errc::corrupt, path.string() + ": not a message catalogue", 0};
  const std::uint32_t count = number(8), originals = number(12), translations = number(16);
  const auto text = [&](std::uint32_t table, std::uint32_t i) -> std::string {
    const std::uint32_t size = number(table + std::size_t{8} * i), at = number(table + std::size_t{8} * i + 4);
    if (at > bytes.size() || size > bytes.size() - at) return {};
    return bytes.substr(at, size);
  };
  if (count > bytes.size() / 16) return Error{Errc::corrupt, path.string() + ": count beyond the file", 8};
  std::vector<Translated> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    Translated row{text(originals, i), text(translations, i)};
    if (!row.id.empty() && !row.text.empty() && is_valid_utf8(row.text)) out.push_back(std::move(row));
  }
  return out;
}

bool all_capitals(std::string_view text) {
  return text.size() <= 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

Result<void> read_territories(const std::filesystem::path& path, const std::string& language, Builder& b) {
  CASUS_ASSIGN(const std::string bytes, read_file(path, kMaxInput));
  const nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded() || !json.contains("main") || json["main"].empty())
    return Error{Errc::corrupt, path.string() + ": not CLDR JSON"};
  const nlohmann::json names = json["main"].begin()->value(
      nlohmann::json::json_pointer("/localeDisplayNames/territories"), nlohmann::json::object());
  for (const auto& [code, value] : names.items()) {
    const auto alpha3 = b.alpha3.find(code.substr(0, 2));
    if (alpha3 == b.alpha3.end() || (code.size() > 2 && code[2] != '-') || !value.is_string()) continue;
    const std::uint32_t country = b.index("cc:" + alpha3->second);
    if (country == Builder::kNone) continue;
    const std::string text = value.get<std::string>();
    // "Myanmar (Burma)" is a form for menus; each part is a name.
    const std::size_t open = text.find(" (");
    if (open != std::string::npos && text.ends_with(')')) {
      const std::string inner = text.substr(open + 2, text.size() - open - 3);
      b.name({country, text.substr(0, open), language, detail::NameType::alias, false, -0.2F});
      b.name({country, inner, language, detail::NameType::alias, all_capitals(inner), -0.2F});
      continue;
    }
    const bool acronym = all_capitals(text);
    b.name({country, text, language, acronym ? detail::NameType::acronym : detail::NameType::alias, acronym, -0.1F});
  }
  return {};
}

}  // namespace

Result<void> read_place_names(const Inputs& inputs, Builder& b) {
  for (const std::string& language : b.languages) {
    const std::filesystem::path catalogue = inputs.locale / language / "LC_MESSAGES" / "geonames.mo";
    CASUS_ASSIGN(const std::vector<Translated> rows, read_mo(catalogue));
    if (language == "en" && rows.size() < kLeastCatalogue)
      return Error{Errc::corrupt, catalogue.string() + ": too few names; reinstall libgeonames-common"};
    for (const Translated& row : rows) {
      const std::uint32_t place = b.index("gn:" + row.id);
      if (place == Builder::kNone || fold_name(row.text) == fold_name(b.at(place).name)) continue;
      b.name({place, row.text, language, language == "en" ? detail::NameType::alias : detail::NameType::native, false,
              -0.1F});
    }
    CASUS_TRY(read_territories(inputs.node_modules / "cldr-localenames-full" / "main" / language / "territories.json",
                               language, b));
  }
  return {};
}

}  // namespace casus::compile
