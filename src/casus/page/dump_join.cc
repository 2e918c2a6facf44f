// SPDX-License-Identifier: Apache-2.0
// For each gap between two fragments: was it a border of paragraphs in the page, or only of an inline element (a link,
// a bold name)? Strong signs decide alone: the next fragment begins in the middle of a sentence, the last one cannot
// stop where it does, a quote is open and closes soon. Between two fragments that could each stand alone (no full stop,
// then a capital) the shape of the neighbours decides; in doubt it is a break, since a headline glued to a sentence
// would change who did what. Tests: dump_test.cc.
#include <casus/page/dump.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <casus/base/utf8.h>

namespace casus::detail {

namespace {

constexpr std::size_t kShortWords = 8;      // an emphasised name or phrase rarely has more
constexpr std::size_t kProseWords = 16;     // a fragment this long is running text even without a comma
constexpr std::size_t kQuoteFragments = 6;  // how far ahead an open quote is looked after
constexpr std::size_t kQuoteWords = 120;    // and how many words it may span
constexpr std::size_t kBrokenStyle = 3;     // strong joins that show a page whose inline elements stand on own lines

// What is known of the paragraph in hand.
struct Paragraph {
  std::size_t words = 0;
  Open open;
  bool comma = false, inner_end = false, joined = false;

  bool prose() const { return (words >= kShortWords && (comma || inner_end || joined)) || words >= kProseWords; }

  void add(std::string_view text) {
    words += word_count(text);
    open = open_marks(text, open);
    comma = comma || text.find(',') != std::string_view::npos;
    inner_end = inner_end || has_inner_sentence_end(text);
  }
};

// A short line that is furniture: never part of a sentence. Small first letters belong to prose ("share", "next").
bool is_label(const Fragment& fragment) {
  return !begins_inside(fragment.text) && !label_of(fragment.text).empty();
}

class Joiner {
 public:
  explicit Joiner(const std::vector<Fragment>& fragments) : fragments_(fragments) {
    label_.reserve(fragments.size());
    for (const Fragment& fragment : fragments) label_.push_back(is_label(fragment));
    for (std::size_t i = 1; i < fragments.size(); ++i) strong_ += strong(i) ? 1 : 0;
  }

  bool joins(std::size_t i, const Paragraph& paragraph) const {
    const Fragment& last = fragments_[i - 1];
    const Fragment& next = fragments_[i];
    if (next.bullet) return false;
    if (strong(i)) return true;
    if (last.bullet) return false;
    const std::string_view after = next.text;
    // ", he said" and "\" Maduro shouted" continue even what ended with a full stop.
    if (paragraph.open.straight > 0 && closes_at_start(after)) return true;
    if (paragraph.open.any() && closes_soon(i, paragraph.open)) return true;
    if (label_[i] || label_[i - 1] || ends_sentence(last.text)) return false;
    return could_go_on(i, paragraph);
  }

 private:
  // Signs that need no look at the rest of the paragraph.
  bool strong(std::size_t i) const {
    const Fragment& last = fragments_[i - 1];
    const Fragment& next = fragments_[i];
    if (next.bullet || label_[i - 1]) return false;
    const std::string_view trimmed = trim(last.text);
    const bool ended = ends_sentence(trimmed);
    if (begins_inside(next.text)) {
      const char32_t first = next_character(next.text, 0).code_point;
      if (!is_letter(first)) return true;
      // A small letter after a full stop is a new line of a list; after "!" or a closed quote the sentence goes on
      // ("…!" he said).
      return !ended || trimmed.back() != '.';
    }
    return !last.bullet && !ended && ends_open(trimmed) && !label_[i];
  }

  static bool closes_at_start(std::string_view text) {
    if (text.empty() || text.front() != '"') return false;
    if (text.size() == 1) return true;
    const char32_t after = next_character(text, 1).code_point;
    return is_space(after) || after == ',' || after == '.' || after == ';' || after == ')' || after == '?' ||
           after == '!';
  }

  // An open quote or bracket that closes within the next fragments, before another one opens.
  bool closes_soon(std::size_t i, const Open& open) const {
    std::size_t words = 0;
    for (std::size_t j = i; j < fragments_.size() && j < i + kQuoteFragments && words <= kQuoteWords; ++j) {
      const Fragment& ahead = fragments_[j];
      if (ahead.bullet || label_[j]) return false;
      if (open.quote()) {
        if (closes_quote(ahead.text, open) != std::string_view::npos) return true;
        const Open after = open_marks(ahead.text, open);
        if (after.straight != open.straight || after.curly > open.curly || after.angle > open.angle) return false;
      } else if (open_marks(ahead.text, open).bracket < open.bracket) {
        return true;
      }
      words += word_count(ahead.text);
    }
    return false;
  }

  // `last` has no full stop, `next` begins with a capital or a digit.
  bool could_go_on(std::size_t i, const Paragraph& paragraph) const {
    const Fragment& last = fragments_[i - 1];
    const Fragment& next = fragments_[i];
    if (begins_without_case(next.text)) return paragraph.words >= 2 && goes_on_without_case(i, paragraph);
    if (!ends_in_word(last.text)) {
      // "… the \"operation\"" + "President": a closed quote or bracket inside prose; a colon stops.
      if (trim(last.text).back() == ':' || !paragraph.prose()) return false;
    }
    const std::size_t words = word_count(next.text);
    if (words > kShortWords) return false;
    const bool goes_on = i + 1 < fragments_.size() && strong(i + 1);
    if (paragraph.prose()) return goes_on || ends_sentence(next.text);
    // A line of few words before a name that goes on: a heading ("Background") or the start of a sentence ("The meeting
    // with opposition leader" + "Juan Guaidó" + "was short"). Headings end in capitals or are rare in a page that
    // breaks at names; what was itself joined from pieces ("Russian troops" + "attacked") is no heading.
    return goes_on && strong_ >= kBrokenStyle && (paragraph.words >= 4 || paragraph.joined) && ends_small(last.text);
  }

  // Arabic, Hebrew, Han and other scripts have no capitals to go by: a short fragment after an open one, and what
  // follows that, belong together when a sentence ends soon.
  bool goes_on_without_case(std::size_t i, const Paragraph& paragraph) const {
    if (!paragraph.joined && word_count(fragments_[i].text) > kShortWords) return false;
    for (std::size_t j = i; j < fragments_.size() && j < i + 3; ++j) {
      if (fragments_[j].bullet || label_[j]) return false;
      if (ends_sentence(fragments_[j].text)) return true;
    }
    return false;
  }

  static bool begins_without_case(std::string_view text) {
    return !text.empty() && is_letter(next_character(text, 0).code_point) && !begins_inside(text) &&
           !begins_upper(text);
  }

  static bool ends_small(std::string_view text) {
    text = trim(text);
    const std::size_t blank = text.find_last_of(" \t");
    const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
    return begins_inside(word) && is_letter(next_character(word, 0).code_point);
  }

  const std::vector<Fragment>& fragments_;
  std::vector<bool> label_;
  std::size_t strong_ = 0;  // how many gaps join by strong signs: high in a page that breaks at names
};

void append(Unit& unit, const Fragment& fragment, bool glue) {
  for (std::size_t k = 0; k < fragment.lines.size(); ++k) {
    unit.lines.push_back(fragment.lines[k]);
    unit.spaced.push_back(k > 0 || !glue);
  }
  if (!unit.text.empty() && !glue) unit.text += ' ';
  unit.text += fragment.text;
}

}  // namespace

bool glued(std::string_view before, std::string_view after, bool straight_quote_open) {
  before = trim(before);
  after = trim(after);
  if (before.empty() || after.empty()) return true;
  const char32_t first = next_character(after, 0).code_point;
  static constexpr std::u32string_view kClosing = U",.;:!?)]%”»’";
  if (kClosing.find(first) != std::u32string_view::npos) return true;
  if (first == '"' && straight_quote_open) return true;
  if (first == '\'' && after.size() > 1 && begins_inside(after)) return true;
  std::size_t start = before.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(before[start]) & 0xC0U) == 0x80U) --start;
  const char32_t last = next_character(before, start).code_point;
  const char32_t previous = start > 0 ? next_character(before, start - 1).code_point : U' ';
  static constexpr std::u32string_view kOpening = U"([“«„$€£@#/";
  if (kOpening.find(last) != std::u32string_view::npos) return true;
  if (last == '"' && straight_quote_open) return true;
  // "pro-" + "Russian", "l'" + "Ukraine"; but "Moscow –" + "the capital".
  if (last == '-') return is_letter(previous) || previous >= 0x80;
  std::size_t word = 0;  // letters before the apostrophe; more than two need not be counted
  while (word < 3 && word < start && before[start - 1 - word] != ' ' && before[start - 1 - word] != '\t') ++word;
  return (last == '\'' || last == 0x2019) && word >= 1 && word <= 2 && is_letter(previous);
}

std::vector<Unit> join_fragments(const std::vector<Fragment>& fragments) {
  std::vector<Unit> units;
  const Joiner joiner(fragments);
  Paragraph paragraph;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const bool join = i > 0 && joiner.joins(i, paragraph);
    if (join) {
      append(units.back(), fragments[i], glued(units.back().text, fragments[i].text, paragraph.open.straight > 0));
      paragraph.joined = true;
    } else {
      units.emplace_back();
      units.back().bullet = fragments[i].bullet;
      append(units.back(), fragments[i], true);
      paragraph = {};
    }
    paragraph.add(fragments[i].text);
  }
  for (Unit& unit : units) {
    unit.words = word_count(unit.text);
    unit.sentence = ends_sentence(unit.text);
    unit.label = label_of(unit.text);
  }
  return units;
}

}  // namespace casus::detail
