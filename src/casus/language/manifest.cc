// SPDX-License-Identifier: Apache-2.0
// The manifest is as hostile as the rest of the file: every number has its bounds, every list its type.
#include <nlohmann/json.hpp>

#include "casus/language/analyser.h"

namespace casus::detail {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxRows = 1U << 22U;  // of an embedding table
constexpr std::uint64_t kMaxDim = 512;         // of a vector
constexpr std::size_t kMaxLabels = 8192;       // of one set
constexpr std::uint64_t kMaxWords = 256;       // what arc scores are sized for (src/casus/language/model.h)
constexpr std::size_t kMaxText = 256;          // bytes of one label

Error bad(const std::string& what) {
  return {Errc::corrupt, "model file: manifest: " + what, 64};
}

// An integer in [low, high], and a multiple of `step`.
Result<std::size_t> integer(const json& object, const char* key, std::uint64_t low, std::uint64_t high,
                            std::uint64_t step = 1) {
  const auto it = object.find(key);
  if (it == object.end() || !it->is_number_unsigned()) return bad(std::string(key) + " is missing or no whole number");
  const auto value = it->get<std::uint64_t>();
  if (value < low || value > high || value % step != 0) return bad(std::string(key) + " is out of range");
  return static_cast<std::size_t>(value);
}

Result<std::vector<std::string>> strings(const json& object, const char* key) {
  const auto it = object.find(key);
  if (it == object.end() || !it->is_array() || it->empty() || it->size() > kMaxLabels)
    return bad(std::string(key) + " is no list");
  std::vector<std::string> out;
  for (const json& item : *it) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > kMaxText)
      return bad(std::string("an item of ") + key);
    const auto& text = item.get_ref<const std::string&>();
    out.push_back(text == "_" ? std::string() : text);
  }
  return out;
}

Result<float> number(const json& object, const char* key, float low, float high) {
  const auto it = object.find(key);
  if (it == object.end() || !it->is_number()) return bad(std::string(key) + " is missing or no number");
  const auto value = it->get<double>();
  if (!(value >= double{low} && value <= double{high})) return bad(std::string(key) + " is out of range");
  return static_cast<float>(value);
}

Result<void> read_features(const json& manifest, NetworkShape& shape) {
  const auto it = manifest.find("features");
  if (it == manifest.end() || !it->is_object()) return bad("features is missing");
  const std::array<std::pair<const char*, std::uint32_t*>, 5> tables = {{{"norm", &shape.rows.norm},
                                                                         {"prefix", &shape.rows.prefix},
                                                                         {"suffix", &shape.rows.suffix},
                                                                         {"shape", &shape.rows.shape},
                                                                         {"chars", &shape.rows.chars}}};
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto table = it->find(tables[t].first);
    if (table == it->end() || !table->is_object()) return bad(std::string("features lack ") + tables[t].first);
    CASUS_ASSIGN(const std::size_t rows, integer(*table, "rows", 1, kMaxRows));
    if ((rows & (rows - 1)) != 0) return bad("rows must be a power of two");
    *tables[t].second = static_cast<std::uint32_t>(rows);
    CASUS_ASSIGN(shape.feature_dims[t], integer(*table, "dim", 1, kMaxDim));
  }
  return {};
}

Result<void> read_shape(const json& manifest, NetworkShape& shape) {
  CASUS_TRY(read_features(manifest, shape));
  CASUS_ASSIGN(shape.mix, integer(manifest, "mix", kLanes, kMaxDim, kLanes));
  CASUS_ASSIGN(shape.layers, integer(manifest, "layers", 1, kMaxLayers));
  CASUS_ASSIGN(shape.hidden, integer(manifest, "hidden", kLanes, kMaxDim, kLanes));
  CASUS_ASSIGN(shape.tag_layer, integer(manifest, "tag_layer", 1, shape.layers));
  CASUS_ASSIGN(shape.ner_layer, integer(manifest, "ner_layer", 1, shape.layers));
  CASUS_ASSIGN(shape.parse_layer, integer(manifest, "parse_layer", 1, shape.layers));
  CASUS_ASSIGN(shape.arc, integer(manifest, "arc_dim", kLanes, kMaxDim, kLanes));
  CASUS_ASSIGN(shape.label, integer(manifest, "label_dim", kLanes, kMaxInputs / 3, kLanes));
  CASUS_ASSIGN(shape.distance, integer(manifest, "distance", 1, kMaxWords));
  CASUS_ASSIGN(shape.epsilon, number(manifest, "layer_norm_epsilon", 1e-8F, 1.0F));
  return {};
}

Result<LemmaScript> read_script(const json& item) {
  const auto text = [&](std::size_t i) {
    return item[i].is_string() && item[i].get_ref<const std::string&>().size() <= kMaxText;
  };
  const auto count = [&](std::size_t i) {
    return item[i].is_number_unsigned() && item[i].get<std::uint64_t>() <= kMaxText;
  };
  if (!item.is_array() || item.empty() || !text(0)) return bad("a lemma script");
  const auto& kind = item[0].get_ref<const std::string&>();
  LemmaScript script;
  if (kind == "r" && item.size() == 2 && text(1)) {
    script.replace = true;
    script.prefix = item[1].get<std::string>();
    return script;
  }
  if (kind != "e" || item.size() != 5 || !count(1) || !text(2) || !count(3) || !text(4)) return bad("a lemma script");
  script.cut_front = item[1].get<std::uint32_t>();
  script.prefix = item[2].get<std::string>();
  script.cut_back = item[3].get<std::uint32_t>();
  script.suffix = item[4].get<std::string>();
  return script;
}

Result<AnalyserLabels::NameTag> read_name_tag(const std::string& label) {
  if (label == "O") return AnalyserLabels::NameTag{};
  const std::string kind = label.size() > 2 ? label.substr(2) : "";
  AnalyserLabels::NameTag tag{false, label.starts_with("B-"), NameKind::other};
  if (kind.empty() || (!tag.begins && !label.starts_with("I-"))) return bad("a label of ner");
  if (kind == "PER") tag.kind = NameKind::person;
  if (kind == "ORG") tag.kind = NameKind::organisation;
  if (kind == "LOC" || kind == "GPE") tag.kind = NameKind::location;
  return tag;
}

Result<void> read_labels(const json& manifest, AnalyserLabels& labels) {
  CASUS_ASSIGN(const std::vector<std::string> upos, strings(manifest, "upos"));
  for (const std::string& name : upos) labels.upos.push_back(upos_from(name));
  CASUS_ASSIGN(labels.xpos, strings(manifest, "xpos"));
  CASUS_ASSIGN(labels.feats, strings(manifest, "feats"));
  CASUS_ASSIGN(labels.relations, strings(manifest, "labels"));
  CASUS_ASSIGN(const std::vector<std::string> names, strings(manifest, "ner"));
  for (const std::string& name : names) {
    CASUS_ASSIGN(const AnalyserLabels::NameTag tag, read_name_tag(name));
    labels.names.push_back(tag);
  }
  const auto root = std::find(labels.relations.begin(), labels.relations.end(), "root");
  if (root == labels.relations.end() || labels.relations.size() < 2) return bad("labels lack root");
  labels.root = static_cast<std::uint32_t>(root - labels.relations.begin());
  const auto scripts = manifest.find("lemma_scripts");
  if (scripts == manifest.end() || !scripts->is_array() || scripts->empty() || scripts->size() > kMaxLabels) {
    return bad("lemma_scripts is no list");
  }
  for (const json& item : *scripts) {
    CASUS_ASSIGN(LemmaScript script, read_script(item));
    labels.lemmas.push_back(std::move(script));
  }
  CASUS_ASSIGN(labels.arc_temperature, number(manifest, "arc_temperature", 0.01F, 100.0F));
  CASUS_ASSIGN(labels.max_words, integer(manifest, "max_words", 8, kMaxWords));
  return {};
}

}  // namespace

Result<void> read_manifest(std::string_view text, std::string& language, NetworkShape& shape, AnalyserLabels& labels) {
  const json manifest = json::parse(text, nullptr, false);
  if (!manifest.is_object()) return bad("no JSON object");
  CASUS_ASSIGN(const std::size_t format, integer(manifest, "format", 0, UINT32_MAX));
  if (format != 1)
    return Error{Errc::unsupported, "model file: manifest: format " + std::to_string(format) + " is not known", 64};
  if (manifest.value("task", json()) != "analysis")
    return Error{Errc::unsupported, "model file: not a model of analysis", 64};
  const auto name = manifest.find("language");
  if (name == manifest.end() || !name->is_string()) return bad("language is missing");
  language = name->get<std::string>();
  CASUS_TRY(read_shape(manifest, shape));
  CASUS_TRY(read_labels(manifest, labels));
  shape.tags = labels.upos.size() + labels.xpos.size() + labels.feats.size() + labels.lemmas.size() + 1;
  shape.ner = labels.names.size();
  shape.labels = labels.relations.size();
  return {};
}

}  // namespace casus::detail
