// SPDX-License-Identifier: Apache-2.0
#include <casus/base/ordered_parallel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace casus {
namespace {

TEST(OrderedParallel, ResultsComeInTheOrderOfTheItems) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    std::vector<int> seen;
    OrderedParallel<int, int> squares(
        threads,
        [](int&& i) {
          std::this_thread::sleep_for(std::chrono::microseconds((i * 7919) % 300));
          return i * i;
        },
        [&](int&& square) { seen.push_back(square); });
    for (int i = 0; i < 500; ++i) squares.push(int{i});
    squares.close();
    ASSERT_EQ(seen.size(), 500U);
    for (int i = 0; i < 500; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], i * i) << threads;
  }
}

TEST(OrderedParallel, HoldsABoundedNumberOfItems) {
  constexpr unsigned kThreads = 3;
  std::atomic<int> begun = 0, most = 0;
  int finished = 0;
  OrderedParallel<int, int> items(
      kThreads, [&](int&& i) { return ++begun, i; },
      [&](int&&) {
        ++finished;
        most = std::max(most.load(), begun.load() - finished);
      });
  for (int i = 0; i < 2000; ++i) items.push(int{i});
  items.close();
  EXPECT_EQ(finished, 2000);
  EXPECT_LE(most.load(), static_cast<int>(kThreads * (OrderedParallel<int, int>::kAhead + 1)));
}

TEST(OrderedParallel, CanBeLeftInTheMiddle) {
  OrderedParallel<int, int> items(
      2, [](int&& i) { return i; }, [](int&&) {});
  for (int i = 0; i < 10; ++i) items.push(int{i});
}

}  // namespace
}  // namespace casus
