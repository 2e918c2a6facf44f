// SPDX-License-Identifier: Apache-2.0
#pragma once
// Half-open ranges of positions. Three kinds that never convert into one another, because mixing them is the classic
// bug of evidence: Span counts UTF-8 bytes of Article::text, PageSpan counts bytes of the page as it arrived,
// CodePointSpan counts Unicode code points and exists only where JSON is written or read.
//
//   casus::Span span{3, 8};
//   std::string_view quote = span.of(article.text);
//
// Values are 32-bit: a page is refused above 10 MiB, long before they could overflow.
#include <compare>
#include <cstdint>
#include <string_view>

namespace casus {

template <class Unit>
struct Range {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t length() const { return end - start; }
  constexpr bool empty() const { return end <= start; }
  constexpr bool contains(Range other) const { return start <= other.start && other.end <= end; }
  constexpr bool contains(std::uint32_t position) const { return start <= position && position < end; }
  constexpr bool overlaps(Range other) const { return start < other.end && other.start < end; }
  // The smallest range that covers both; an empty range counts as absent.
  constexpr Range cover(Range other) const {
    if (empty()) return other;
    if (other.empty()) return *this;
    return {start < other.start ? start : other.start, end > other.end ? end : other.end};
  }
  // The bytes of `text` in this range; clamped, so a wrong span yields a short view and never undefined behaviour.
  // The view lives as long as `text`. Not meaningful for CodePointSpan.
  constexpr std::string_view of(std::string_view text) const {
    if (start >= text.size() || empty()) return {};
    return text.substr(start, end - start);
  }
  constexpr auto operator<=>(const Range&) const = default;
};

struct TextBytes {};
struct PageBytes {};
struct CodePoints {};

using Span = Range<TextBytes>;
using PageSpan = Range<PageBytes>;
using CodePointSpan = Range<CodePoints>;

}  // namespace casus
