// SPDX-License-Identifier: Apache-2.0
#pragma once
// Work on several threads whose results come out in the order in which the items went in.
//
//   casus::OrderedParallel<Page, Reading> readers(4, [&](Page&& page) { return read(page); },
//                                                 [&](Reading&& reading) { print(reading); });
//   while (auto page = next()) readers.push(std::move(*page));
//   readers.close();
//
// push(), close() and every call of `finish` happen on the one thread that owns the object, so that what a result does
// (printing, writing a record) needs no lock and is the same for any number of threads. At most kAhead items per thread
// are held, done or not: push() waits for the oldest one when there are more. With one thread everything runs inside
// push(). `work` must not throw and is called from many threads at once; an exception from it ends the program.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace casus {

template <class Item, class Output>
class OrderedParallel {
 public:
  static constexpr std::size_t kAhead =
      8;  // items per thread; enough to cover one page that takes several times as long as others

  OrderedParallel(unsigned threads, std::function<Output(Item&&)> work, std::function<void(Output&&)> finish)
      : work_(std::move(work)), finish_(std::move(finish)), capacity_(threads * kAhead) {
    if (threads < 2) return;
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  OrderedParallel(const OrderedParallel&) = delete;
  OrderedParallel& operator=(const OrderedParallel&) = delete;
  // Ends without finishing what is still in work, as when the caller gives up.
  ~OrderedParallel() { stop(); }

  void push(Item&& item) {
    if (threads_.empty()) return finish_(work_(std::move(item)));
    {
      const std::lock_guard lock(mutex_);
      slots_.push_back(std::make_unique<Slot>(std::move(item)));
      waiting_.push_back(slots_.back().get());
    }
    work_there_.notify_one();
    while (slots_.size() > capacity_) finish_oldest();
    while (!slots_.empty() && oldest_is_done()) finish_oldest();
  }

  // Finishes all that was pushed. Further push() calls are not allowed.
  void close() {
    while (!slots_.empty()) finish_oldest();
    stop();
  }

 private:
  struct Slot {
    explicit Slot(Item&& i) : item(std::move(i)) {}
    Item item;
    std::optional<Output> output;
  };

  bool oldest_is_done() {
    const std::lock_guard lock(mutex_);
    return slots_.front()->output.has_value();
  }

  void finish_oldest() {
    std::unique_ptr<Slot> slot;
    {
      std::unique_lock lock(mutex_);
      done_.wait(lock, [&] { return slots_.front()->output.has_value(); });
      slot = std::move(slots_.front());
      slots_.pop_front();
    }
    finish_(std::move(*slot->output));
  }

  void run() {
    while (true) {
      Slot* slot = nullptr;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        slot = waiting_.front();
        waiting_.pop_front();
      }
      Output output = work_(std::move(slot->item));
      {
        const std::lock_guard lock(mutex_);
        slot->output = std::move(output);
      }
      done_.notify_one();
    }
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_there_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::function<Output(Item&&)> work_;
  std::function<void(Output&&)> finish_;
  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable work_there_, done_;
  std::deque<std::unique_ptr<Slot>> slots_;  // oldest first; only the owner adds and removes
  std::deque<Slot*> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace casus
