// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the readers of HTML and of dumps hand over: which runs of the decoded page make which paragraph, and what was
// left out. assemble() turns that into Article::text, paragraphs, removed and the page map, collapsing white space on
// the way.
//
// Shape: runs of one paragraph in page order; drafts in any order (assemble sorts them by page position and merges two
// that interleave, as text fostered out of a broken table may). Cost: linear in the runs, n log n in the drafts.
#include <casus/page/article.h>

#include <span>
#include <string_view>
#include <vector>

namespace casus::detail {

// Decoded characters and where they came from: the text pool of an HtmlTree, or a whole decoded dump.
struct SourceText {
  std::string_view text;
  std::span<const Piece> pieces;
  std::string_view bytes;  // the page as it arrived
};

// A stretch of SourceText::text with the pieces that cover it: pieces[first_piece …, end_piece), the last one open to
// `limit`.
struct Run {
  std::uint32_t start = 0, end = 0;
  std::uint32_t first_piece = 0, end_piece = 0;
  std::uint32_t limit = 0;  // where the last piece ends in the text
  bool spaced = false;      // at least one blank stands before it, whatever the page has there
};

struct Draft {
  ParagraphKind kind = ParagraphKind::paragraph;
  std::string_view removed;  // empty: kept; else the reason
  std::vector<Run> runs;
};

// The run of `span` in a page whose pieces cover the whole text in order. O(log pieces).
Run run_of(const SourceText& page, Span span);

// Page bytes of the run's first to its last character. O(log pieces).
PageSpan page_of(const SourceText& page, const Run& run);

void assemble(const SourceText& page, std::vector<Draft> drafts, Article& article);

}  // namespace casus::detail
