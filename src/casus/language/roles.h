// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who does what to whom in a sentence, in the terms of PropBank: predicates with their numbered arguments and adjuncts.
//
//   auto roles = casus::RoleModel::open(casus::default_data() / "models" / "en.roles").value();
//   for (const casus::Predicate& p : roles->read(sentence)) std::cout << p.roleset << ' ' << p.roles.size() << '\n';
//
// Shape: a role names the head of its argument; the argument is that token's subtree (true of 98.8 % of PropBank's).
// Labels are PropBank's ("ARG0", "ARGM-TMP"). A roleset is lemma and most frequent sense, not a disambiguated one.
// Errors of open() as LanguageModel::open. Threads: read() is const. Cost: linear in predicates times the tokens beside
// their way to the root. Source: the tables of models/en.roles, learned from PropBank on UD English-EWT.
#include <casus/base/result.h>
#include <casus/language/sentence.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

struct PredicateArgument {
  std::uint32_t token = 0;  // head of the argument
  std::string label;
  float probability = 0;
};

struct Predicate {
  std::uint32_t token = 0;
  std::string roleset;                   // "say.01"
  std::vector<PredicateArgument> roles;  // in the order of their tokens
};

class RoleModel {
 public:
  static Result<std::shared_ptr<const RoleModel>> open(const std::filesystem::path& path);
  virtual ~RoleModel() = default;

  virtual std::string_view language() const = 0;
  virtual std::string_view manifest() const = 0;  // JSON: data sets, licences, scores
  // The predicates of a parsed sentence; of these tokens instead where `predicates` is given (those outside the
  // sentence are passed over).
  virtual std::vector<Predicate> read(const Sentence& sentence,
                                      std::optional<std::span<const std::uint32_t>> predicates = {}) const = 0;
};

// What CoNLL-U says of them in its column MISC, one entry a word: "Roleset=say.01|Roles=ARG0:1,ARG1:5", words numbered
// from 1.
std::vector<std::string> roles_in_misc(std::span<const Predicate> predicates, std::size_t words);

}  // namespace casus
