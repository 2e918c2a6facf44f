// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/eval_records.h>

#include <nlohmann/json.hpp>

namespace casus::cli {

namespace {

using nlohmann::json;

std::string text_of(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A phrase, or a list of {"text"}.
std::vector<std::string> phrases_of(const json& from, const char* key) {
  std::vector<std::string> out;
  const auto found = from.find(key);
  if (found == from.end()) return out;
  if (found->is_string()) out.push_back(found->get<std::string>());
  if (!found->is_array()) return out;
  for (const json& one : *found) {
    if (one.is_object()) out.push_back(text_of(one, "text"));
  }
  return out;
}

std::string id_of_record(const json& record) {
  const auto found = record.find("id");
  if (found == record.end()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

// What is wrong with the line, or nothing.
std::string read_record(const json& record, GoldRecords& out) {
  const std::string text = record.is_object() ? text_of(record, "text") : "";
  if (text.empty()) return "no \"text\"";
  if (out.language.empty()) out.language = text_of(record, "lang");
  if (const auto events = record.find("events"); events != record.end()) {
    if (!events->is_array()) return "\"events\" is no list";
    EventsRecord several{id_of_record(record), text, {}};
    for (const json& e : *events) {
      if (!e.is_object()) return "an event that is no object";
      several.events.push_back({text_of(e, "plover"), text_of(e, "trigger"), text_of(e, "source_text")});
    }
    out.several.push_back(std::move(several));
    return "";
  }
  PairRecord pair{id_of_record(record), text, text_of(record, "plover"), phrases_of(record, "source_actor"),
                  phrases_of(record, "target_actor")};
  if (pair.type.empty()) pair.type = text_of(record, "type");
  out.pairs.push_back(std::move(pair));
  return "";
}

}  // namespace

GoldRecords read_records(const std::string& file, std::string_view bytes, std::vector<OntologyNote>& notes) {
  GoldRecords out;
  std::size_t number = 0;
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::string_view line = bytes.substr(start, end - start);
    start = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const json record = json::parse(line, nullptr, false);
    const std::string wrong = record.is_discarded() ? "not valid JSON" : read_record(record, out);
    if (!wrong.empty()) notes.push_back({file, number, wrong + "; line left out"});
  }
  return out;
}

}  // namespace casus::cli
