// SPDX-License-Identifier: Apache-2.0
// Heads are checked once here, so that nothing after this room has to fear a cycle: a walk to the root longer than the
// sentence, or a head outside it, hangs the token from the root.
#include <casus/language/tree.h>

#include <algorithm>

namespace casus {

Tree::Tree(const Sentence& sentence) : sentence_(&sentence) {
  const auto n = static_cast<std::int32_t>(sentence.tokens.size());
  heads_.resize(static_cast<std::size_t>(n), -1);
  std::int32_t root = -1;
  for (std::int32_t i = 0; i < n; ++i) {
    const std::int32_t h = sentence.tokens[static_cast<std::size_t>(i)].head;
    heads_[static_cast<std::size_t>(i)] = h >= 0 && h < n && h != i ? h : -1;
    if (root < 0 && heads_[static_cast<std::size_t>(i)] < 0) root = i;
  }
  // 0 unseen, 1 on the current walk, 2 known to reach the root: each token is walked once.
  std::vector<char> state(static_cast<std::size_t>(n), 0);
  for (std::int32_t i = 0; i < n; ++i) {
    std::vector<std::int32_t> walk;
    std::int32_t at = i;
    while (at >= 0 && state[static_cast<std::size_t>(at)] == 0) {
      state[static_cast<std::size_t>(at)] = 1;
      walk.push_back(at);
      at = heads_[static_cast<std::size_t>(at)];
    }
    if (at >= 0 && state[static_cast<std::size_t>(at)] == 1) {
      heads_[static_cast<std::size_t>(at)] = root >= 0 && root != at ? root : -1;
      if (root < 0) root = at;
    }
    for (const std::int32_t w : walk) state[static_cast<std::size_t>(w)] = 2;
  }
  first_child_.assign(static_cast<std::size_t>(n) + 1, 0);
  for (const std::int32_t h : heads_) {
    if (h >= 0) ++first_child_[static_cast<std::size_t>(h) + 1];
  }
  for (std::size_t i = 1; i < first_child_.size(); ++i) first_child_[i] += first_child_[i - 1];
  children_.resize(first_child_.back());
  std::vector<std::uint32_t> next(first_child_.begin(), first_child_.end());
  for (std::int32_t i = 0; i < n; ++i) {
    const std::int32_t h = heads_[static_cast<std::size_t>(i)];
    if (h >= 0) children_[next[static_cast<std::size_t>(h)]++] = static_cast<std::uint32_t>(i);
  }
}

std::span<const std::uint32_t> Tree::children(std::uint32_t index) const {
  return {children_.data() + first_child_[index], first_child_[index + 1] - first_child_[index]};
}

bool Tree::relation_is(std::uint32_t index, std::string_view deprel) const {
  const std::string& actual = sentence_->tokens[index].deprel;
  if (actual == deprel) return true;
  return actual.size() > deprel.size() && actual.starts_with(deprel) && actual[deprel.size()] == ':';
}

std::int32_t Tree::child(std::uint32_t index, std::string_view deprel) const {
  for (const std::uint32_t c : children(index)) {
    if (relation_is(c, deprel)) return static_cast<std::int32_t>(c);
  }
  return -1;
}

std::vector<std::uint32_t> Tree::subtree(std::uint32_t index) const {
  std::vector<std::uint32_t> out{index};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto below = children(out[i]);
    out.insert(out.end(), below.begin(), below.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool Tree::dominates(std::uint32_t ancestor, std::uint32_t index) const {
  for (std::int32_t at = static_cast<std::int32_t>(index); at >= 0; at = heads_[static_cast<std::size_t>(at)]) {
    if (at == static_cast<std::int32_t>(ancestor)) return true;
  }
  return false;
}

Span Tree::subtree_span(std::uint32_t index) const {
  Span span = sentence_->tokens[index].span;
  for (const std::uint32_t i : subtree(index)) span = span.cover(sentence_->tokens[i].span);
  return span;
}

}  // namespace casus
