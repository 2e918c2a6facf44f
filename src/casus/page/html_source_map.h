// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where each byte of the decoded page (UTF-8, line ends made LF) stood in the page as it arrived. A page that is UTF-8
// already and has no CR costs nothing; any other costs 12 bytes per run of bytes that are the same on both sides, and
// per other character.
//
//   map.verbatim(text, page, length); map.decoded(text, text_length, page, page_length, true); …; PageSpan where =
//   map.page(3, 9);
//
// Runs are added in text order without gaps in the text; the page may have gaps (the CR of a CR LF, an escape
// sequence). Look-ups are O(1) when they go forward, O(log runs) otherwise. Not shared between threads: the map
// remembers its last place.
#include <casus/base/span.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace casus::detail {

class SourceMap {
 public:
  // Without runs the text is the page from `offset` on.
  void set_offset(std::uint32_t offset) { offset_ = offset; }
  void set_text_length(std::uint32_t length) { text_length_ = length; }
  std::size_t runs() const { return runs_.size(); }

  void verbatim(std::uint32_t text, std::uint32_t page, std::uint32_t length) {
    if (!runs_.empty() && !runs_.back().decoded && runs_.back().page + runs_.back().page_length == page) {
      runs_.back().page_length += length;
    } else {
      runs_.push_back({text, page, length, 0});
    }
    text_length_ = text + length;
  }

  // A joined run reads as one: a position inside leads to the whole of it.
  void decoded(std::uint32_t text, std::uint32_t text_length, std::uint32_t page, std::uint32_t page_length,
               bool join) {
    if (join && !runs_.empty() && runs_.back().decoded && runs_.back().page + runs_.back().page_length == page) {
      runs_.back().page_length += page_length;
    } else {
      runs_.push_back({text, page, page_length, 1});
    }
    text_length_ = text + text_length;
  }

  // Calls f(text_start, text_end, page_start, page_length, decoded) for each run that [start, end) touches, cut to it.
  template <class F>
  void each(std::uint32_t start, std::uint32_t end, F&& f) const {
    if (runs_.empty()) {
      if (start < end) f(start, end, start + offset_, end - start, false);
      return;
    }
    for (std::size_t i = find(start); i < runs_.size() && runs_[i].text < end; ++i) {
      const Run& run = runs_[i];
      const std::uint32_t from = std::max(start, run.text);
      const std::uint32_t to = std::min(end, text_end(i));
      if (from >= to) continue;
      if (run.decoded) {
        f(from, to, run.page, std::uint32_t{run.page_length}, true);
      } else {
        f(from, to, run.page + (from - run.text), to - from, false);
      }
    }
  }

  // The page bytes of text bytes [start, end); for an empty range the place where they would stand.
  PageSpan page(std::uint32_t start, std::uint32_t end) const {
    if (runs_.empty()) return {start + offset_, end + offset_};
    const std::uint32_t first = place(start);
    if (start >= end) return {first, first};
    const Run& last = runs_[find(end - 1)];
    const std::uint32_t into = last.decoded ? std::uint32_t{last.page_length} : end - last.text;
    return {first, std::max(first, last.page + into)};
  }

 private:
  struct Run {
    std::uint32_t text;
    std::uint32_t page;
    std::uint32_t page_length : 31, decoded : 1;
  };

  std::uint32_t text_end(std::size_t i) const { return i + 1 < runs_.size() ? runs_[i + 1].text : text_length_; }

  std::uint32_t place(std::uint32_t at) const {
    const Run& run = runs_[find(at)];
    if (run.decoded) return at >= text_length_ ? run.page + run.page_length : run.page;
    return run.page + (at - run.text);
  }

  std::size_t find(std::uint32_t at) const {
    const auto holds = [&](std::size_t i) { return i < runs_.size() && runs_[i].text <= at && at < text_end(i); };
    if (holds(hint_)) return hint_;
    if (holds(hint_ + 1)) return ++hint_;
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), at,
                                        [](std::uint32_t position, const Run& run) { return position < run.text; });
    hint_ = after == runs_.begin() ? 0 : static_cast<std::size_t>(after - runs_.begin()) - 1;
    return hint_;
  }

  std::vector<Run> runs_;
  std::uint32_t offset_ = 0;
  std::uint32_t text_length_ = 0;
  mutable std::size_t hint_ = 0;
};

}  // namespace casus::detail
