// SPDX-License-Identifier: Apache-2.0
#include "casus/language/decode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace casus::detail {
namespace {

constexpr std::size_t kStride = 16;

std::vector<float> random_scores(std::mt19937& random, std::size_t n) {
  std::vector<float> scores(n * kStride, -1e9F);
  std::uniform_int_distribution<int> value(-8000, 8000);  // whole numbers: sums are exact
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= n; ++j) {
      if (j != i + 1) scores[i * kStride + j] = static_cast<float>(value(random));
    }
  }
  return scores;
}

double total(const std::vector<float>& scores, const std::vector<std::uint32_t>& heads) {
  double sum = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) sum += double{scores[i * kStride + heads[i]]};
  return sum;
}

bool is_tree(const std::vector<std::uint32_t>& heads) {
  std::size_t roots = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    roots += heads[i] == 0;
    std::size_t steps = 0;
    for (std::size_t at = i + 1; at != 0; at = heads[at - 1]) {
      if (++steps > heads.size()) return false;
    }
  }
  return roots == 1;
}

// The best tree with its root given, by trying all.
double best_with_root(const std::vector<float>& scores, std::size_t n, std::size_t root) {
  std::vector<std::uint32_t> heads(n, 1);
  heads[root] = 0;
  double best = -1e300;
  for (;;) {
    if (is_tree(heads)) best = std::max(best, total(scores, heads));
    std::size_t i = 0;
    for (; i < n; ++i) {
      if (i == root) continue;
      if (++heads[i] <= n) break;
      heads[i] = 1;
    }
    if (i == n) return best;
  }
}

TEST(DecodeTree, IsTheBestTreeOfItsRootOnRandomScores) {
  std::mt19937 random(7);
  for (std::size_t n = 1; n <= 5; ++n) {
    for (int round = 0; round < 200; ++round) {
      const std::vector<float> scores = random_scores(random, n);
      const std::vector<std::uint32_t> heads = decode_tree(scores, n, kStride);
      ASSERT_TRUE(is_tree(heads));
      const auto root = static_cast<std::size_t>(std::find(heads.begin(), heads.end(), 0U) - heads.begin());
      ASSERT_DOUBLE_EQ(total(scores, heads), best_with_root(scores, n, root));
    }
  }
}

TEST(DecodeTree, OfManyWordsInCyclesEnds) {
  constexpr std::size_t n = 256, stride = 272;
  std::vector<float> scores(n * stride, -1e9F);
  std::mt19937 random(3);
  for (float& score : scores) score = static_cast<float>(random() % 1000);
  for (std::size_t i = 0; i < n; ++i) {
    scores[i * stride + (i ^ 1U) + 1] = 5000;  // pairs that point at each other
    scores[i * stride + ((i + 2) % n) + 1] = 4000;
  }
  EXPECT_TRUE(is_tree(decode_tree(scores, n, stride)));
}

TEST(DecodeTree, OfOneWordIsItsRoot) {
  EXPECT_EQ(decode_tree(std::vector<float>(16, -1e9F), 1, 16), std::vector<std::uint32_t>{0});
}

TEST(DecodeNames, NeverTakesAForbiddenStep) {
  // Tags: O, B, I; I only after B or I.
  const std::vector<float> steps = {0, 0, -10000, 0, 0, 0, 0, 0, 0, 0, 0, -10000};
  EXPECT_EQ(decode_names(std::vector<float>{0, 1, 5, 0, 0, 5}, 2, 3, 3, steps), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(decode_names(std::vector<float>{0, 0, 5}, 1, 3, 3, steps), (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(decode_names({}, 0, 3, 3, steps).empty());
}

TEST(Lemma, ScriptsCutCodePointsAndNeverFail) {
  EXPECT_EQ(apply_lemma({false, 0, 1, "", ""}, "Protesters", true), "protester");
  EXPECT_EQ(apply_lemma({false, 0, 3, "", "y"}, "cities", false), "city");
  EXPECT_EQ(apply_lemma({true, 0, 0, "be", ""}, "were", true), "be");
  EXPECT_EQ(apply_lemma({false, 0, 1, "", ""}, "Élysé", false), "Élys");
  EXPECT_EQ(apply_lemma({false, 2, 2, "", "x"}, "abc", false), "abc");  // more than there is
  EXPECT_EQ(apply_lemma({false, 0, 1, "", ""}, "a", false), "a");       // nothing left
}

}  // namespace
}  // namespace casus::detail
