// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who "he", "their" and "the president" are: links from pronouns, definite descriptions and repeated names to what they
// stand for, within one article. English only; other languages get no links.
//
//   for (const casus::CorefLink& link : casus::coreference(sentences, "en"))
//     std::cout << link.anaphor.head << " -> " << link.antecedent.head << ' ' << link.score << '\n';
//
// Shape: tokens are [first, last) of a sentence; links stand in the order of their anaphors, each points backwards, and
// an anaphor has at most one. Silence is an answer: what is not said clearly enough gets no link. Ownership: values.
// Cost: linear in mentions times the sentences looked back (at most 12). Errors: none; sentences without a tree give
// no links. Threads: const, no state. Source of the weights: words/reference_en_weights.tsv.
#include <casus/language/sentence.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace casus {

struct MentionSpan {
  std::uint32_t sentence = 0;
  std::uint32_t first = 0, last = 0;  // tokens; without relative clauses and appositions
  std::uint32_t head = 0;             // token
  bool operator==(const MentionSpan&) const = default;
};

enum class AnaphorKind : std::uint8_t { person, it, they, description, name };  // person: he, she and their forms

struct CorefLink {
  AnaphorKind kind = AnaphorKind::person;
  MentionSpan anaphor;
  MentionSpan antecedent;            // the nearest mention of the same one
  std::optional<MentionSpan> named;  // its latest mention by name, where it has one
  float score = 0;                   // in [0, 1]: how sure the model is
};

// `language` other than "en": empty.
std::vector<CorefLink> coreference(std::span<const Sentence> sentences, std::string_view language = "en");

}  // namespace casus
