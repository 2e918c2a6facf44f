// SPDX-License-Identifier: Apache-2.0
#pragma once
// The walk through an article that builds up who is who. Private to this room; training listens in by `log`.
#include <casus/language/coref.h>

#include <string>
#include <vector>

#include "casus/language/mentions.h"

namespace casus::detail {

class Resolver {
 public:
  Resolver(std::span<const Sentence> sentences, const RowTable& facts, const WeightTable& weights);

  // With `log`, every mention, choice and feature is written to it, one a line (training/coref.py reads them).
  std::vector<CorefLink> resolve(std::string* log = nullptr);

 private:
  struct Entity {
    std::vector<std::uint32_t> mentions;
    Gender gender = Gender::unknown;
    Answer person = Answer::unknown;
    bool plural = false;
    std::int32_t named = -1;  // its latest mention by name
    std::string_view name_kind;
  };
  struct Candidate {
    std::uint32_t entity, mention;
  };
  struct Question {
    std::uint32_t mention;
    std::string_view group;  // of features: "P" persons, "I" it, "T" they, "D" descriptions
    AnaphorKind kind;
    std::uint32_t reach;  // sentences
  };

  bool question(std::uint32_t mention, Question& out) const;
  std::vector<Candidate> candidates(const Question& q) const;
  bool possible(const Question& q, const Candidate& c) const;
  void pair_features(const Question& q, const Candidate& c, std::size_t rank, std::size_t most,
                     FeatureSink& sink) const;
  void description_features(const Question& q, const Candidate& c, FeatureSink& sink) const;
  void silence_features(const Question& q, std::size_t count, FeatureSink& sink) const;
  void answer(const Question& q);
  void one_of_two(std::uint32_t mention);
  void match_name(std::uint32_t mention);
  bool same_name(const Mention& a, const Mention& b) const;
  void join(std::uint32_t mention, std::uint32_t entity);
  void found(std::uint32_t mention);
  void link(AnaphorKind kind, std::uint32_t mention, const Candidate& to, float score);
  std::string_view role(const Mention& m) const;
  const Token& token(const Mention& m) const { return trees_[m.at.sentence][m.at.head]; }
  std::int32_t clause(const Mention& m) const;
  void log_mentions();

  const RowTable& facts_;
  const WeightTable& weights_;
  std::vector<Tree> trees_;
  std::vector<Mention> mentions_;
  std::vector<std::int32_t> entity_of_;
  std::vector<Entity> entities_;
  std::vector<CorefLink> links_;
  std::string* log_ = nullptr;
};

}  // namespace casus::detail
