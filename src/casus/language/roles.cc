// SPDX-License-Identifier: Apache-2.0
// A multinomial model over the features of role_features.cc: each feature has a row of small integers, one for each
// label, found by its hash; sums are integers, so every machine agrees. A numbered argument is given once: the likelier
// candidate keeps it. The file is a container of docs/format-casm.md, section 1, with one tensor "table" [features × 4
// + labels]: the hash (little-endian, ascending) and the weights. Tests: roles_test.cc.
#include <casus/language/roles.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "casus/base/utf8.h"
#include "casus/language/casm_file.h"
#include "casus/language/kernels.h"
#include "casus/language/role_features.h"

namespace casus {

namespace {

using detail::CasmFile;
using nlohmann::json;

constexpr std::size_t kMaxLabels = 64;
constexpr std::size_t kMaxFeatures = 1U << 20U;
constexpr std::size_t kMaxText = 64;  // bytes of a label or lemma
constexpr std::size_t kKey = 4;       // bytes of a hash

Error bad(const std::string& what) {
  return {Errc::corrupt, "roles: manifest: " + what, 64};
}

Result<std::vector<std::string>> strings(const json& manifest, const char* key) {
  const auto it = manifest.find(key);
  if (it == manifest.end() || !it->is_array() || it->size() > kMaxFeatures)
    return bad(std::string(key) + " is no list");
  std::vector<std::string> out;
  for (const json& item : *it) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > kMaxText)
      return bad(std::string("an item of ") + key);
    out.push_back(item.get<std::string>());
  }
  return out;
}

class Model : public RoleModel {
 public:
  static Result<std::shared_ptr<const Model>> make(CasmFile file) {
    std::shared_ptr<Model> model(new Model);
    const json manifest = json::parse(file.manifest(), nullptr, false);
    if (!manifest.is_object() || manifest.value("task", json()) != json("roles"))
      return bad("this is no file of roles");
    CASUS_ASSIGN(model->labels_, strings(manifest, "labels"));
    if (model->labels_.size() < 2 || model->labels_.size() > kMaxLabels) return bad("number of labels");
    CASUS_ASSIGN(const std::vector<std::string> senses, strings(manifest, "senses"));
    for (const std::string& sense : senses) {
      const std::size_t dot = sense.rfind('.');
      if (dot == std::string::npos) return bad("an item of senses");
      model->senses_[sense.substr(0, dot)] = sense;
    }
    CASUS_ASSIGN(const std::vector<std::string> predicates, strings(manifest, "predicates"));
    model->predicates_ = {predicates.begin(), predicates.end()};
    const json language = manifest.value("language", json()), features = manifest.value("features", json()),
               scale = manifest.value("scale", json());
    if (!language.is_string() || language.get_ref<const std::string&>().size() > kMaxText) return bad("language");
    model->language_ = language.get<std::string>();
    if (!features.is_number_unsigned() || features.get<std::uint64_t>() > kMaxFeatures) return bad("features");
    if (!scale.is_number() || !(scale.get<double>() > 0 && scale.get<double>() <= 1)) return bad("scale");
    model->scale_ = static_cast<float>(scale.get<double>());
    model->count_ = features.get<std::size_t>();
    model->width_ = kKey + model->labels_.size();
    CASUS_ASSIGN(const detail::Tensor* table, file.s8("table", model->count_, model->width_));
    model->table_ = table->s8;
    for (std::size_t i = 1; i < model->count_; ++i) {
      if (model->key(i - 1) >= model->key(i))
        return Error{Errc::corrupt, "roles: hashes out of order",
                     table->offset + static_cast<std::int64_t>(i * model->width_)};
    }
    model->file_ = std::move(file);
    return std::shared_ptr<const Model>(std::move(model));
  }

  std::string_view language() const override { return language_; }
  std::string_view manifest() const override { return file_.manifest(); }

  std::vector<Predicate> read(const Sentence& sentence,
                              std::optional<std::span<const std::uint32_t>> predicates) const override {
    const Tree tree(sentence);
    std::vector<Predicate> out;
    if (predicates) {
      for (const std::uint32_t p : *predicates) {
        if (p < tree.size()) out.push_back(one(tree, p));
      }
      return out;
    }
    for (std::uint32_t p = 0; p < tree.size(); ++p) {
      if (is_predicate(tree[p])) out.push_back(one(tree, p));
    }
    return out;
  }

 private:
  struct Choice {
    std::uint32_t token;
    std::size_t label, second;
    float probability, next;
  };

  std::uint32_t key(std::size_t row) const {
    std::array<unsigned char, kKey> bytes;
    std::memcpy(bytes.data(), table_ + row * width_, kKey);
    return bytes[0] | bytes[1] << 8U | bytes[2] << 16U | std::uint32_t{bytes[3]} << 24U;
  }

  // The weights of a feature, or null.
  const std::int8_t* row(std::uint32_t hash) const {
    std::size_t low = 0, high = count_;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (key(middle) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < count_ && key(low) == hash ? table_ + low * width_ + kKey : nullptr;
  }

  // Verbs are; of the others those that the corpus mostly takes for one, by lemma and part of speech. An auxiliary is
  // named with its relation, since "is" does much and says little beside a noun and nothing beside a verb.
  static std::string name_of(const Token& token) {
    std::string name = to_lower(token.lemma) + " " + std::string(to_string(token.upos));
    if (token.upos == Upos::AUX) name += " " + token.deprel;
    return name;
  }

  bool is_predicate(const Token& token) const {
    const std::string name = name_of(token);
    if (token.upos == Upos::VERB) return !predicates_.contains("not " + name);
    return predicates_.contains(name);
  }

  Predicate one(const Tree& tree, std::uint32_t p) const {
    Predicate out;
    out.token = p;
    const std::string lemma = to_lower(tree[p].lemma);
    const auto sense = senses_.find(name_of(tree[p]));
    out.roleset = lemma + ".01";
    if (sense != senses_.end()) out.roleset = lemma + sense->second.substr(sense->second.rfind('.'));
    std::vector<Choice> chosen;
    std::vector<std::uint32_t> features;
    for (const detail::RoleCandidate& candidate : detail::role_candidates(tree, p)) {
      features.clear();
      detail::role_features(tree, p, candidate, features);
      if (const Choice choice = choose(features, candidate.token); choice.label > 0) chosen.push_back(choice);
    }
    once(chosen);
    std::sort(chosen.begin(), chosen.end(), [](const Choice& a, const Choice& b) { return a.token < b.token; });
    for (const Choice& c : chosen) {
      if (c.label > 0) out.roles.push_back({c.token, labels_[c.label], c.probability});
    }
    return out;
  }

  Choice choose(const std::vector<std::uint32_t>& features, std::uint32_t token) const {
    std::array<std::int32_t, kMaxLabels> sums{};
    const std::size_t n = labels_.size();
    for (const std::uint32_t f : features) {
      const std::int8_t* weights = row(f);
      if (weights == nullptr) continue;
      for (std::size_t i = 0; i < n; ++i) sums[i] += weights[i];
    }
    std::size_t best = 0, second = 1;
    for (std::size_t i = 1; i < n; ++i) {
      if (sums[i] > sums[best]) {
        second = best;
        best = i;
      } else if (second == best || sums[i] > sums[second]) {
        second = i;
      }
    }
    float all = 0;
    const auto exp = detail::best_kernels().exp;
    const auto share = [&](std::size_t i) { return exp(static_cast<float>(sums[i] - sums[best]) * scale_); };
    for (std::size_t i = 0; i < n; ++i) all += share(i);
    return {token, best, second, 1.0F / all, share(second) / all};
  }

  // ARG0 to ARG5 once each.
  void once(std::vector<Choice>& chosen) const {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const Choice& a, const Choice& b) { return a.probability > b.probability; });
    std::set<std::size_t> taken;
    for (Choice& c : chosen) {
      if (numbered(c.label) && !taken.insert(c.label).second) {
        c.label = c.second;
        c.probability = c.next;
        if (numbered(c.label) && !taken.insert(c.label).second) c.label = 0;
      }
    }
  }

  bool numbered(std::size_t label) const {
    const std::string& name = labels_[label];
    return name.size() == 4 && name.starts_with("ARG");
  }

  CasmFile file_;
  std::string language_;
  std::vector<std::string> labels_;  // the first means none
  std::unordered_map<std::string, std::string> senses_;
  std::set<std::string, std::less<>> predicates_;
  const std::int8_t* table_ = nullptr;
  std::size_t count_ = 0, width_ = 0;
  float scale_ = 1;
};

}  // namespace

std::vector<std::string> roles_in_misc(std::span<const Predicate> predicates, std::size_t words) {
  std::vector<std::string> out(words);
  for (const Predicate& predicate : predicates) {
    if (predicate.token >= words) continue;
    std::string& misc = out[predicate.token];
    misc = "Roleset=" + predicate.roleset;
    for (std::size_t i = 0; i < predicate.roles.size(); ++i) {
      misc += i == 0 ? "|Roles=" : ",";
      misc += predicate.roles[i].label + ":" + std::to_string(predicate.roles[i].token + 1);
    }
  }
  return out;
}

Result<std::shared_ptr<const RoleModel>> RoleModel::open(const std::filesystem::path& path) {
  CASUS_ASSIGN(CasmFile file, CasmFile::open(path));
  auto model = Model::make(std::move(file));
  if (!model) {
    Error error = model.error();
    error.message += " in " + path.string();
    return error;
  }
  return std::shared_ptr<const RoleModel>(*std::move(model));
}

}  // namespace casus
