// SPDX-License-Identifier: Apache-2.0
#include <casus/story/near_duplicate.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string>

namespace casus {
namespace {

// `count` words drawn from a vocabulary of its own for each seed.
std::vector<std::string> words(std::uint32_t seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back("w" + std::to_string(random() % 100'000) + "x" + std::to_string(seed));
  return out;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& word : list) out += word + " ";
  return out;
}

std::size_t shared_bands(const Signature& a, const Signature& b) {
  const std::vector<std::uint64_t> x = band_keys(a), y = band_keys(b);
  std::size_t same = 0;
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) same += x[i] == y[i] ? 1 : 0;
  return same;
}

TEST(NearDuplicate, IsTheSameOnEveryMachine) {
  const Signature s = signature("The quick brown fox jumps over the lazy dog by the river.");
  EXPECT_EQ(s.shingles, 8U);
  // Values of the first build; a change here changes every stored record and needs a migration.
  EXPECT_EQ(s.minimum.front(), 69467229U);
  EXPECT_EQ(s.minimum.back(), 38894047U);
  EXPECT_EQ(band_keys(s).back(), 6249818268660989814U);
  EXPECT_EQ(signature("the QUICK brown fox, jumps over the lazy dog — by the river!").minimum, s.minimum);
  EXPECT_EQ(band_keys(s).size(), kBands);
}

TEST(NearDuplicate, TextsOfFewerThanFiveWordsAreNotCompared) {
  const Signature s = signature("Only four words here");
  EXPECT_EQ(s.shingles, 0U);
  EXPECT_EQ(similarity(s, s), 0);
  EXPECT_TRUE(band_keys(s).empty());
  EXPECT_EQ(signature("").shingles, 0U);
}

TEST(NearDuplicate, AReprintWithAnotherFrameIsStillTheSameReport) {
  const std::vector<std::string> report = words(1, 400);
  const std::string a = "Published today by Outlet One. Follow us for more news. " + joined(report);
  std::vector<std::string> edited = report;
  edited[200] = "changed";
  const std::string b = joined(edited) + "Outlet Two is an independent newspaper; subscribe here for our letter.";
  const double same = similarity(signature(a), signature(b));
  EXPECT_GE(same, kNearDuplicate);
  EXPECT_GE(shared_bands(signature(a), signature(b)), 1U);
}

TEST(NearDuplicate, CommonPhrasesDoNotMakeOneReport) {
  const std::string frame =
      "said in a statement on Friday that the government would continue to support the people of ";
  const std::string a = joined(words(1, 150)) + frame + joined(words(2, 150));
  const std::string b = joined(words(3, 150)) + frame + joined(words(4, 150));
  EXPECT_LT(similarity(signature(a), signature(b)), 0.2);
}

RC_GTEST_PROP(NearDuplicate, ATextEqualsItselfAndNothingDisjoint, (std::uint32_t seed)) {
  const std::uint32_t other = seed + 1;
  const Signature a = signature(joined(words(seed, 60))), b = signature(joined(words(other, 60)));
  RC_ASSERT(similarity(a, a) == 1.0);
  RC_ASSERT(similarity(a, b) < 0.1);
  RC_ASSERT(similarity(a, b) == similarity(b, a));
}

// The estimate stays within five standard errors of the true Jaccard index, and close pairs meet in a band.
RC_GTEST_PROP(NearDuplicate, TheEstimateIsNearTheTrueIndex, (std::uint32_t seed)) {
  const std::size_t kept = 20 + seed % 160;
  std::vector<std::string> a = words(seed, 200), b(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(kept));
  const std::vector<std::string> tail = words(seed + 7, 200 - kept);
  b.insert(b.end(), tail.begin(), tail.end());
  const double shared = static_cast<double>(kept - 4);
  const double truth = shared / (2 * 196.0 - shared);
  const Signature x = signature(joined(a)), y = signature(joined(b));
  RC_ASSERT(std::abs(similarity(x, y) - truth) < 5 * 0.0442);
  if (similarity(x, y) >= 0.8) RC_ASSERT(shared_bands(x, y) >= 1U);
}

}  // namespace
}  // namespace casus
