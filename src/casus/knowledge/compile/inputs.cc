// SPDX-License-Identifier: Apache-2.0
// What the compiler reads besides places and tables: sources.toml and the countries of ISO 3166-1.
#include <casus/base/mapped_file.h>

#include <toml++/toml.h>
#include <nlohmann/json.hpp>

#include "builder.h"

namespace casus::compile {

namespace {

constexpr std::size_t kMaxInput = 16U << 20U;  // bytes

}  // namespace

Result<void> read_sources(const Inputs& inputs, Builder& b) {
  CASUS_ASSIGN(const std::string bytes, read_file(inputs.sources, kMaxInput));
  try {
    const toml::table file = toml::parse(bytes, inputs.sources.filename().string());
    if (const toml::array* languages = file["languages"].as_array()) {
      for (const auto& language : *languages) b.languages.push_back(language.value_or(std::string{}));
    }
    if (const toml::array* sources = file["source"].as_array()) {
      for (const auto& row : *sources) {
        const toml::table* t = row.as_table();
        if (t == nullptr) continue;
        const auto text = [&](std::string_view key) { return (*t)[key].value_or(std::string{}); };
        Source source{text("id"), text("title"), text("version"), text("licence"), text("retrieved")};
        if (source.id.empty() || source.title.empty() || source.licence.empty()) {
          return Error{Errc::invalid_input, inputs.sources.string() + ": a source lacks id, title or licence"};
        }
        source.attribution = text("attribution");
        source.share_alike = (*t)["share_alike"].value_or(false);
        b.share_alike[source.id] = (*t)["share_alike"].value_or(false);
        b.sources.push_back(std::move(source));
      }
    }
  } catch (const toml::parse_error& e) {
    return Error{Errc::invalid_input, inputs.sources.string() + ":" + std::to_string(e.source().begin.line) + ": " +
                                          std::string{e.description()}};
  }
  if (b.sources.empty() || b.languages.empty())
    return Error{Errc::invalid_input, inputs.sources.string() + ": no sources or no languages"};
  return {};
}

Result<void> read_countries(const Inputs& inputs, Builder& b) {
  CASUS_ASSIGN(const std::string bytes, read_file(inputs.iso_codes / "iso_3166-1.json", kMaxInput));
  const nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded() || !json.contains("3166-1"))
    return Error{Errc::corrupt, "iso_3166-1.json: not the file of iso-codes"};
  for (const nlohmann::json& row : json["3166-1"]) b.alpha3[row.value("alpha_2", "")] = row.value("alpha_3", "");
  read_first_tables(inputs, b);
  for (const auto& [alpha2, alpha3] : b.alpha3) {
    if (b.index("cc:" + alpha3) == Builder::kNone)
      b.problem({"iso_3166-1.json", 0}, alpha3 + " has no row in the country table");
  }
  return {};
}

}  // namespace casus::compile
