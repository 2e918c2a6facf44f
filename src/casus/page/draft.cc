// SPDX-License-Identifier: Apache-2.0
// Text is copied in stretches of one piece without white space; white space between two kept characters becomes one
// blank, which stays part of a verbatim piece when the page has exactly that blank there. Tests: draft_test.cc,
// content_property_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/draft.h>
#include <casus/page/text_shape.h>

#include <algorithm>
#include <utility>

namespace casus::detail {

namespace {

constexpr std::size_t kShownBytes = 400;  // of a removed part, see Removed::text

struct SpaceHere {
  bool space = false;
  std::uint32_t length = 1;
};

// Whether white space stands at `i`: the White_Space property, U+200B, U+FEFF, and control characters, which nobody can
// see.
SpaceHere space_at(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x80) return {byte <= 0x20 || byte == 0x7F, 1};
  if (byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3 && byte != 0xEF) return {false, 1};
  const Decoded d = next_character(text, i);
  return {is_space(d.code_point), d.length};
}

// Grows a text and its pieces.
class Writer {
 public:
  explicit Writer(const SourceText& page) : page_(page) {}

  void add(const Run& run) {
    if (run.spaced) pending_ = true;
    for (std::uint32_t p = run.first_piece; p < run.end_piece; ++p) {
      const Piece& piece = page_.pieces[p];
      const std::uint32_t piece_end = p + 1 < run.end_piece ? page_.pieces[p + 1].text_start : run.limit;
      const std::uint32_t from = std::max(run.start, piece.text_start);
      const std::uint32_t to = std::min(run.end, piece_end);
      if (from < to) add_piece(piece, from, to);
    }
  }

  void end_paragraph() {
    pending_ = false;
    line_ended_ = true;
    paragraph_start_ = size() + 1;
  }
  // Where the paragraph in hand begins; meaningful once something was written to it.
  std::uint32_t paragraph_start() const { return paragraph_start_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(text.size()); }

  std::string text;
  std::vector<Piece> pieces;

 private:
  void add_piece(const Piece& piece, std::uint32_t from, std::uint32_t to) {
    const std::string_view source = page_.text.substr(0, to);
    std::uint32_t i = from;
    while (i < to) {
      std::uint32_t word_end = i;
      SpaceHere here;
      while (word_end < to && !(here = space_at(source, word_end)).space) word_end += here.length;
      word_end = std::min(word_end, to);
      if (word_end > i) copy(piece, i, word_end);
      i = word_end;
      while (i < to && (here = space_at(source, i)).space) {
        pending_ = true;
        i += here.length;
      }
    }
  }

  // Page bytes of source text [from, to) inside one piece.
  static PageSpan page_bytes(const Piece& piece, std::uint32_t from, std::uint32_t to) {
    if (piece.kind != PieceKind::verbatim) return {piece.page_start, piece.page_start + piece.page_length};
    const std::uint32_t start = piece.page_start + (from - piece.text_start);
    return {start, start + (to - from)};
  }

  void copy(const Piece& piece, std::uint32_t from, std::uint32_t to) {
    const PageSpan where = page_bytes(piece, from, to);
    flush_space(where.start);
    const bool verbatim = piece.kind == PieceKind::verbatim;
    if (!(verbatim && extends_last(where.start))) {
      pieces.push_back({size(), where.start, where.length(), verbatim ? PieceKind::verbatim : PieceKind::decoded});
    } else {
      pieces.back().page_length += where.length();
    }
    text.append(page_.text, from, to - from);
    last_page_ = std::max(last_page_, where.end);
  }

  bool extends_last(std::uint32_t page_start) const {
    return !pieces.empty() && pieces.back().kind == PieceKind::verbatim &&
           pieces.back().page_start + pieces.back().page_length == page_start;
  }

  void flush_space(std::uint32_t next_page) {
    const bool line = std::exchange(line_ended_, false);
    const bool blank = std::exchange(pending_, false) && text.size() > paragraph_start_;
    if (!line && !blank) return;
    if (!line && next_page == last_page_ + 1 && extends_last(last_page_) && page_.bytes[last_page_] == ' ') {
      ++pieces.back().page_length;
    } else {
      pieces.push_back({size(), last_page_, next_page > last_page_ ? next_page - last_page_ : 0, PieceKind::space});
    }
    text += line ? '\n' : ' ';
  }

  const SourceText& page_;
  std::uint32_t last_page_ = 0;  // end of the page bytes of the last character written
  std::uint32_t paragraph_start_ = 0;
  bool pending_ = false, line_ended_ = false;
};

std::string shortened(std::string text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t cut = kShownBytes;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  text.resize(cut);
  return text;
}

struct Placed {
  PageSpan page;
  Draft draft;
  bool mixed = false;  // runs of several drafts, to be put in page order
};

// Drafts with their page spans, in page order, none overlapping the next.
std::vector<Placed> in_page_order(const SourceText& page, std::vector<Draft> drafts) {
  std::vector<Placed> placed;
  placed.reserve(drafts.size());
  for (Draft& draft : drafts) {
    PageSpan cover;
    for (const Run& run : draft.runs) cover = cover.cover(page_of(page, run));
    if (!cover.empty()) placed.push_back({cover, std::move(draft), false});
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.page.start < b.page.start; });
  std::vector<Placed> out;
  out.reserve(placed.size());
  for (Placed& next : placed) {
    if (out.empty() || next.page.start >= out.back().page.end) {
      out.push_back(std::move(next));
      continue;
    }
    // Two that interleave. A kept one swallows the other of its fate; of two fates the later gives way, so that spans
    // stay apart.
    Placed& last = out.back();
    last.page = last.page.cover(next.page);
    if (last.draft.removed.empty() != next.draft.removed.empty()) continue;
    last.draft.runs.insert(last.draft.runs.end(), next.draft.runs.begin(), next.draft.runs.end());
    last.mixed = true;
  }
  for (Placed& one : out) {
    if (!one.mixed) continue;
    std::stable_sort(one.draft.runs.begin(), one.draft.runs.end(),
                     [&](const Run& a, const Run& b) { return page_of(page, a).start < page_of(page, b).start; });
  }
  return out;
}

}  // namespace

Run run_of(const SourceText& page, Span span) {
  const auto starts_after = [](std::uint32_t position, const Piece& piece) { return position < piece.text_start; };
  const auto first = std::upper_bound(page.pieces.begin(), page.pieces.end(), span.start, starts_after);
  auto last = first;
  while (last != page.pieces.end() && last->text_start < span.end) ++last;
  Run run{span.start, span.end, static_cast<std::uint32_t>(first - page.pieces.begin()), 0, 0, false};
  if (run.first_piece > 0) --run.first_piece;
  run.end_piece = static_cast<std::uint32_t>(last - page.pieces.begin());
  run.limit = last == page.pieces.end() ? static_cast<std::uint32_t>(page.text.size()) : last->text_start;
  return run;
}

PageSpan page_of(const SourceText& page, const Run& run) {
  const auto begin = page.pieces.begin() + run.first_piece;
  const auto end = page.pieces.begin() + run.end_piece;
  const auto starts_after = [](std::uint32_t position, const Piece& piece) { return position < piece.text_start; };
  auto first = std::upper_bound(begin, end, run.start, starts_after);
  auto last = std::upper_bound(begin, end, run.end == 0 ? 0 : run.end - 1, starts_after);
  if (first == begin || last == begin || run.end <= run.start) return {};
  --first;
  --last;
  PageSpan out{first->page_start, last->page_start + last->page_length};
  if (first->kind == PieceKind::verbatim) out.start += run.start - first->text_start;
  if (last->kind == PieceKind::verbatim) out.end = last->page_start + (run.end - last->text_start);
  return out;
}

void assemble(const SourceText& page, std::vector<Draft> drafts, Article& article) {
  Writer kept(page);
  bool neighbours = false;  // the last thing placed was removed, so that the next of its reason joins it
  for (const Placed& placed : in_page_order(page, std::move(drafts))) {
    if (placed.draft.removed.empty()) {
      for (const Run& run : placed.draft.runs) kept.add(run);
      if (kept.size() <= kept.paragraph_start()) continue;  // white space only
      const Span span{kept.paragraph_start(), kept.size()};
      article.paragraphs.push_back({span, placed.draft.kind, {}});
      kept.end_paragraph();
      neighbours = false;
      continue;
    }
    Writer shown(page);
    for (const Run& run : placed.draft.runs) shown.add(run);
    if (shown.text.empty()) continue;
    if (neighbours && article.removed.back().reason == placed.draft.removed) {
      Removed& last = article.removed.back();
      last.page = last.page.cover(placed.page);
      last.text = shortened(last.text + " " + shown.text);
    } else {
      article.removed.push_back({placed.page, std::string(placed.draft.removed), shortened(std::move(shown.text))});
    }
    neighbours = true;
  }
  article.text = std::move(kept.text);
  const auto length = static_cast<std::uint32_t>(article.text.size());
  article.map = PageMap(std::move(kept.pieces), length);
  for (Paragraph& paragraph : article.paragraphs) paragraph.page = article.map.page(paragraph.span);
}

}  // namespace casus::detail
