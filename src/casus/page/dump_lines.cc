// SPDX-License-Identifier: Apache-2.0
// Lines of a dump. Hard wrapping is recognised by its arithmetic: when a line was broken at width W, the first word of
// the next line would not have fitted behind it. A text where that holds for nearly all touching lines was wrapped.
// Tests: dump_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/dump.h>
#include <casus/page/text_shape.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxLines =
    200000;  // a line costs some 400 bytes of memory; the longest real page has a hundredth of that
constexpr std::size_t kMinWrap = 40;         // narrower columns are lists, not wrapped prose
constexpr std::size_t kMaxWrap = 132;        // the widest column in use by mail and terminal programs
constexpr std::size_t kMinWrappedPairs = 3;  // fewer touching lines prove nothing
constexpr double kWrappedShare = 0.8;        // of touching pairs must obey the arithmetic; paragraph ends do not

struct Line {
  Span span;  // without surrounding white space and bullet
  bool bullet = false, blank_before = false;
  std::size_t width = 0;  // characters, bullet included
};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Bytes of a bullet and the blanks after it; 0 when the line has none. Marks that also occur in prose need a blank
// behind them.
std::size_t bullet_bytes(std::string_view line) {
  const Decoded mark = next_character(line, 0);
  static constexpr std::u32string_view kAlways = U"•‣◦▪▫▸►●○■□∙⁃➤➢";
  static constexpr std::u32string_view kWithBlank = U"*-+·–—»›>→";
  std::size_t i = mark.length;
  if (kAlways.find(mark.code_point) == std::u32string_view::npos) {
    if (kWithBlank.find(mark.code_point) == std::u32string_view::npos) return 0;
    if (i < line.size() && !is_space(next_character(line, i).code_point)) return 0;
  }
  const std::string_view rest = trim(line.substr(i));
  return rest.empty() ? line.size() : static_cast<std::size_t>(rest.data() - line.data());
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  bool blank = true;
  for (std::size_t start = 0; start <= text.size() && out.size() < kMaxLines;) {
    std::size_t end = text.find_first_of("\r\n\f\v", start);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = trim(text.substr(start, end - start));
    if (line.empty()) {
      // CR LF is one line end, not an empty line.
      blank =
          blank || !(start > 0 && text[start - 1] == '\r' && end == start && end < text.size() && text[end] == '\n');
    } else {
      const std::size_t bullet = bullet_bytes(line);
      const auto from = static_cast<std::uint32_t>(line.data() - text.data() + static_cast<std::ptrdiff_t>(bullet));
      const auto to = static_cast<std::uint32_t>(line.data() - text.data() + static_cast<std::ptrdiff_t>(line.size()));
      if (from < to) out.push_back({{from, to}, bullet > 0, blank, characters(line)});
      blank = false;
    }
    start = end + 1;
  }
  return out;
}

// Characters of the first word of `line`.
std::size_t first_word(std::string_view line) {
  std::size_t end = line.find_first_of(" \t");
  return characters(line.substr(0, end == std::string_view::npos ? line.size() : end));
}

// Whether `line` was broken because the first word of `next` did not fit into `width` characters.
bool broken_by_width(std::string_view text, const Line& line, const Line& next, std::size_t width) {
  return line.width + 1 + first_word(next.span.of(text)) > width;
}

// The column at which the text was wrapped, or 0.
std::size_t wrap_width(std::string_view text, const std::vector<Line>& lines) {
  std::size_t width = 0, pairs = 0, obeying = 0;
  for (const Line& line : lines) width = std::max(width, line.width);
  if (width < kMinWrap || width > kMaxWrap) return 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].blank_before || lines[i].bullet) continue;
    ++pairs;
    if (broken_by_width(text, lines[i - 1], lines[i], width)) ++obeying;
  }
  const bool wrapped =
      pairs >= kMinWrappedPairs && static_cast<double>(obeying) >= kWrappedShare * static_cast<double>(pairs);
  return wrapped ? width : 0;
}

}  // namespace

std::vector<Fragment> split_lines(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  const std::size_t width = wrap_width(text, lines);
  std::vector<Fragment> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const std::string_view words = line.span.of(text);
    const bool goes_on =
        width > 0 && i > 0 && !line.blank_before && !line.bullet && broken_by_width(text, lines[i - 1], line, width);
    if (goes_on) {
      out.back().lines.push_back(line.span);
      out.back().text.append(" ").append(words);
    } else {
      out.push_back({{line.span}, std::string(words), line.bullet, line.blank_before});
    }
  }
  return out;
}

}  // namespace casus::detail
