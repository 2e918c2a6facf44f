// SPDX-License-Identifier: Apache-2.0
#include <casus/language/tree.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casus {
namespace {

Sentence with_heads(const std::vector<int>& heads) {
  Sentence sentence;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    Token token;
    token.span = {static_cast<std::uint32_t>(2 * i), static_cast<std::uint32_t>(2 * i + 1)};
    token.head = heads[i];
    token.deprel = heads[i] < 0 ? "root" : i % 2 == 0 ? "obl:tmod" : "obj";
    sentence.tokens.push_back(token);
  }
  return sentence;
}

TEST(Tree, AnswersAboutChildrenAndSubtrees) {
  const Sentence sentence = with_heads({1, -1, 1, 2, 3});
  const Tree tree(sentence);
  EXPECT_EQ(tree.subtree(2), (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(tree.subtree_span(2), (Span{4, 9}));
  EXPECT_EQ(tree.child(1, "obl"), 0);
  EXPECT_EQ(tree.child(1, "obl:tmod"), 0);
  EXPECT_EQ(tree.child(1, "ob"), -1);
  EXPECT_TRUE(tree.dominates(1, 4));
  EXPECT_TRUE(tree.dominates(4, 4));
  EXPECT_FALSE(tree.dominates(4, 2));
}

RC_GTEST_PROP(Tree, AnyHeadsBecomeATreeWhoseWalksEnd, (const std::vector<int>& raw)) {
  std::vector<int> heads;
  for (const int h : raw) heads.push_back(h % (static_cast<int>(raw.size()) + 3));
  const Sentence sentence = with_heads(heads);
  const Tree tree(sentence);
  std::size_t children = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    std::size_t steps = 0;
    for (std::int32_t at = static_cast<std::int32_t>(i); at >= 0; at = tree.head(static_cast<std::uint32_t>(at))) {
      RC_ASSERT(++steps <= tree.size());
    }
    for (const std::uint32_t child : tree.children(i)) RC_ASSERT(tree.head(child) == static_cast<std::int32_t>(i));
    children += tree.children(i).size();
  }
  std::size_t roots = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) roots += tree.head(i) < 0;
  RC_ASSERT(children + roots == tree.size());
  RC_ASSERT(tree.size() == 0U || roots >= 1U);
}

}  // namespace
}  // namespace casus
