// SPDX-License-Identifier: Apache-2.0
// The way back from text to page. Tests: page_map_test.cc, content_property_test.cc.
#include <casus/page/article.h>

#include <algorithm>
#include <utility>

namespace casus {

namespace {

// The piece that holds text position `position`; pieces.begin() for positions before the first.
std::vector<Piece>::const_iterator piece_at(const std::vector<Piece>& pieces, std::uint32_t position) {
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), position,
                                      [](std::uint32_t p, const Piece& piece) { return p < piece.text_start; });
  return after == pieces.begin() ? after : after - 1;
}

}  // namespace

PageMap::PageMap(std::vector<Piece> pieces, std::uint32_t text_length)
    : pieces_(std::move(pieces)), text_length_(text_length) {}

PageSpan PageMap::page(Span span) const {
  PageSpan out;
  span.end = std::min(span.end, text_length_);
  if (span.empty() || pieces_.empty()) return out;
  const auto first = piece_at(pieces_, span.start);
  const auto last = piece_at(pieces_, span.end - 1);
  out = {first->page_start, last->page_start + last->page_length};
  if (first->kind == PieceKind::verbatim) out.start += span.start - first->text_start;
  if (last->kind == PieceKind::verbatim) out.end = last->page_start + (span.end - last->text_start);
  return out;
}

std::vector<Piece> PageMap::pieces(Span span) const {
  std::vector<Piece> out;
  span.end = std::min(span.end, text_length_);
  if (span.empty() || pieces_.empty()) return out;
  for (auto it = piece_at(pieces_, span.start); it != pieces_.end() && it->text_start < span.end; ++it) {
    Piece cut = *it;
    if (cut.text_start < span.start) {
      const std::uint32_t skipped = span.start - cut.text_start;
      if (cut.kind == PieceKind::verbatim) {
        cut.page_start += skipped;
        cut.page_length -= skipped;
      }
      cut.text_start = span.start;
    }
    if (cut.kind == PieceKind::verbatim) cut.page_length = std::min(cut.page_length, span.end - cut.text_start);
    out.push_back(cut);
  }
  return out;
}

}  // namespace casus
