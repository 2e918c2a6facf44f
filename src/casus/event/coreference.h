// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who "he", "they", "its" and "the president" are, within the article, or nobody. Small on purpose: a wrong antecedent
// makes a wrong row, so two candidates of equal standing mean abstention. Internal to the room.
#include <casus/event/scene.h>

#include <optional>
#include <string>
#include <vector>

namespace casus::detail {

struct Antecedent {
  std::vector<std::uint32_t> mentions;  // indices into Scene::mentions(); several for "they"
  std::string reason;
};

class Coreference {
 public:
  explicit Coreference(const Scene& scene) : scene_(&scene) {}

  bool pronoun(std::uint32_t sentence, std::uint32_t token) const;
  // A pronoun of the third person.
  std::optional<Antecedent> resolve(std::uint32_t sentence, std::uint32_t token) const;
  // A definite description without a name ("the false diplomat", "the country"); `mention` is the one that covers it,
  // or -1.
  std::optional<Antecedent> describe(std::uint32_t sentence, std::uint32_t token, std::int32_t mention) const;

 private:
  struct Candidate {
    std::uint32_t mention;
    bool subject;
  };
  std::vector<Candidate> before(std::uint32_t sentence, std::uint32_t limit, bool persons) const;
  std::optional<Antecedent> nearest(std::uint32_t sentence, std::uint32_t token, bool persons,
                                    bool exclude_own_clause) const;
  std::optional<Antecedent> several(std::uint32_t sentence, std::uint32_t token) const;
  std::optional<Antecedent> parallel(std::uint32_t sentence, std::uint32_t token, bool& known) const;
  std::optional<Antecedent> named_before(std::uint32_t sentence, std::uint32_t token) const;
  bool introduced(std::uint32_t mention) const;
  std::optional<Antecedent> linked(std::uint32_t sentence, std::uint32_t token) const;
  std::vector<std::uint32_t> coordination(std::uint32_t sentence, std::uint32_t limit) const;

  const Scene* scene_;
};

}  // namespace casus::detail
