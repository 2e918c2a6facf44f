// SPDX-License-Identifier: Apache-2.0
#pragma once
// Questions to a dependency tree. A Tree is built once per sentence in O(tokens) and then answers in O(answer).
// Holds a view of the sentence, which must outlive it. A malformed tree (cycle, bad head) is repaired by hanging the
// token from the root.
#include <casus/language/sentence.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace casus {

class Tree {
 public:
  explicit Tree(const Sentence& sentence);

  const Sentence& sentence() const { return *sentence_; }
  const Token& operator[](std::uint32_t index) const { return sentence_->tokens[index]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(sentence_->tokens.size()); }
  std::int32_t head(std::uint32_t index) const { return heads_[index]; }
  std::span<const std::uint32_t> children(std::uint32_t index) const;  // in text order
  // First child whose relation equals `deprel` ("obl" also matches "obl:tmod"), or -1.
  std::int32_t child(std::uint32_t index, std::string_view deprel) const;
  std::vector<std::uint32_t> subtree(std::uint32_t index) const;  // sorted, with `index` itself
  bool dominates(std::uint32_t ancestor, std::uint32_t index) const;
  // Span from the first to the last token of the subtree.
  Span subtree_span(std::uint32_t index) const;
  bool relation_is(std::uint32_t index, std::string_view deprel) const;  // universal part equal, or whole equal

 private:
  const Sentence* sentence_;
  std::vector<std::int32_t> heads_;
  std::vector<std::uint32_t> first_child_;  // children_ offsets, size() + 1 of them
  std::vector<std::uint32_t> children_;
};

}  // namespace casus
