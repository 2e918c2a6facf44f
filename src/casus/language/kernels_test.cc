// SPDX-License-Identifier: Apache-2.0
// Every instruction set of this processor gives the bits of the plain one.
#include "casus/language/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace casus::detail {
namespace {

std::vector<float> random_floats(std::mt19937& random, std::size_t n, float spread) {
  std::normal_distribution<float> value(0.0F, spread);
  std::vector<float> out(n);
  for (float& v : out) v = value(random);
  return out;
}

class EverySet : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& plain = *available_kernels().front();
  const Kernels& set = *GetParam();
  std::mt19937 random{11};
};

TEST_P(EverySet, QuantisesAlike) {
  for (const std::size_t n : {1U, 7U, 192U, 288U, 1000U}) {
    std::vector<float> row = random_floats(random, n, 3.0F);
    std::vector<std::int16_t> a(n), b(n);
    float scale_a = 0, scale_b = 0;
    plain.quantise(row.data(), n, a.data(), &scale_a);
    set.quantise(row.data(), n, b.data(), &scale_b);
    EXPECT_EQ(a, b);
    EXPECT_EQ(scale_a, scale_b);
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(static_cast<float>(a[i]) * scale_a, row[i], 0.51F * scale_a);
  }
}

TEST_P(EverySet, QuantisesZerosAndWhatIsNoNumberWithoutHarm) {
  const std::vector<float> row = {0.0F, std::nanf(""), 0.0F, INFINITY};
  std::vector<std::int16_t> out(4, 1);
  float scale = 0;
  set.quantise(row.data(), 1, out.data(), &scale);
  EXPECT_EQ(out[0], 0);
  set.quantise(row.data(), 4, out.data(), &scale);
}

TEST_P(EverySet, MultipliesExactly) {
  for (const std::size_t rows : {1U, 5U, 6U, 13U}) {
    constexpr std::size_t kInputs = 258, kOutputs = 128;
    std::vector<std::int16_t> a(rows * kInputs), w(kInputs * kOutputs);
    for (auto& v : a) v = static_cast<std::int16_t>(static_cast<int>(random() % 65535) - 32767);
    for (auto& v : w) v = static_cast<std::int16_t>(static_cast<int>(random() % 127) - 63);
    // The largest sums there can be.
    for (std::size_t k = 0; k < kInputs; ++k) a[k] = 32767;
    const std::vector<float> scales(kOutputs, 1.0F), bias(kOutputs, 0.0F), row_scales(rows, 1.0F);
    const PackedMatrix matrix{w.data(), scales.data(), bias.data(), kInputs, kOutputs};
    std::vector<float> out(rows * kOutputs);
    set.product(a.data(), row_scales.data(), rows, matrix, out.data(), kOutputs);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t o = 0; o < kOutputs; ++o) {
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < kInputs; ++k) {
          sum += std::int64_t{a[r * kInputs + k]} * w[o / 16 * 16 * kInputs + k / 2 * 32 + o % 16 * 2 + k % 2];
        }
        ASSERT_EQ(out[r * kOutputs + o], static_cast<float>(sum));
      }
    }
  }
}

TEST_P(EverySet, ScansAlike) {
  constexpr std::size_t kHidden = 48, kWords = 19;
  const std::vector<float> u = random_floats(random, kWords * 8 * kHidden, 2.0F),
                           w = random_floats(random, 4 * kHidden, 1.0F);
  const ScanWeights weights{w.data(), w.data() + kHidden, w.data() + 2 * kHidden, w.data() + 3 * kHidden};
  for (const bool backwards : {false, true}) {
    std::vector<float> state(kHidden), a(kWords * 2 * kHidden), b(kWords * 2 * kHidden);
    plain.scan(u.data(), kWords, kHidden, backwards, weights, state.data(), a.data());
    set.scan(u.data(), kWords, kHidden, backwards, weights, state.data(), b.data());
    EXPECT_EQ(a, b);
  }
}

TEST_P(EverySet, NormalisesAndSumsAlike) {
  const std::vector<float> row = random_floats(random, 256, 3.0F), gain = random_floats(random, 256, 1.0F),
                           bias = random_floats(random, 256, 1.0F);
  std::vector<float> a = row, b = row;
  plain.layer_norm(a.data(), 256, gain.data(), bias.data(), 1e-5F);
  set.layer_norm(b.data(), 256, gain.data(), bias.data(), 1e-5F);
  EXPECT_EQ(a, b);
  EXPECT_EQ(plain.sum_exp(row.data(), 256, 9.0F, 0.8F), set.sum_exp(row.data(), 256, 9.0F, 0.8F));
  a.assign(128, 0.0F), b.assign(128, 0.0F);
  plain.maxout(row.data(), 128, a.data());
  set.maxout(row.data(), 128, b.data());
  EXPECT_EQ(a, b);
  const std::vector<std::int8_t> table(128, -7);
  plain.add_row(a.data(), table.data(), 0.37F, 128);
  set.add_row(b.data(), table.data(), 0.37F, 128);
  EXPECT_EQ(a, b);
  std::vector<float> scores_a(2 * 32), scores_b(2 * 32);
  plain.arc_scores(row.data(), 2, 8, gain.data(), 32, scores_a.data());
  set.arc_scores(row.data(), 2, 8, gain.data(), 32, scores_b.data());
  EXPECT_EQ(scores_a, scores_b);
}

TEST_P(EverySet, FindsTheFirstOfTheLargest) {
  std::vector<float> row(335, -5.0F);
  row[40] = row[300] = 2.0F;
  EXPECT_EQ(set.best(row.data(), row.size()), 40U);
  EXPECT_EQ(set.best(row.data(), 1), 0U);
  EXPECT_EQ(set.best(row.data(), 17), 0U);
}

TEST_P(EverySet, KnowsTheExponential) {
  for (float x = 0.0F; x > -90.0F; x -= 0.0371F) {
    EXPECT_EQ(set.exp(x), plain.exp(x));
    EXPECT_NEAR(set.exp(x), std::exp(x), 2e-7F * std::exp(x) + 1e-37F);
  }
  EXPECT_EQ(set.exp(-1e9F), 0.0F);
}

INSTANTIATE_TEST_SUITE_P(Kernels, EverySet, testing::ValuesIn(available_kernels().begin(), available_kernels().end()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

}  // namespace
}  // namespace casus::detail
