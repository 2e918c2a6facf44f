// SPDX-License-Identifier: Apache-2.0
// Which paragraphs of a dump are the article. Each gets a weight: sentences count for it, bullets, labels and headlines
// without a full stop against it; the run of neighbours with the greatest sum is the article (Kadane's method, linear).
// Inside it short lines are headings or furniture; outside it everything is removed with the reason that its label or
// shape gives. Tests: dump_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/dump.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <utility>

namespace casus::detail {

namespace {

// Words; see weight().
constexpr std::size_t kSentence = 8;   // shorter ones with a full stop may be furniture ("Thank you.")
constexpr std::size_t kLongLine = 25;  // without a full stop, yet too long for a headline
constexpr std::size_t kHeadingWords =
    9;  // longer lines without a full stop inside an article are other articles' headlines
constexpr std::size_t kListItemWords = 5;  // shorter bullets are tags and menu entries
constexpr std::size_t kTagWords = 4;
constexpr std::size_t kProse = 16;          // this long without a full stop is still running text
constexpr std::size_t kWeightCap = 300;     // one endless paragraph (a legal notice) must not outweigh an article
constexpr int kArticleWords = 60;           // of prose that may already be the whole article
constexpr std::size_t kSectionWords = 4;    // of a label that stands alone over other lines
constexpr std::size_t kOpening = 4;         // paragraphs that a headline is compared with
constexpr double kTitleShare = 0.5;         // of a headline's words that stand there too
constexpr std::size_t kTitleLookBack = 10;  // units before the article in which its title may stand

// How much a label speaks against going on, in words of prose. Comments and footers end an article for good.
int label_weight(std::string_view label) {
  if (label == "comments" || label == "footer") return -80;
  if (label == "tags" || label == "trust-badge") return -25;
  if (label == "related" || label == "links" || label == "podcast") return -12;
  if (label == "form" || label == "boilerplate") return -8;
  return -3;  // share, caption, advertisement, metadata, navigation: also stand between paragraphs
}

bool is_headline(const Unit& unit) {
  return !unit.bullet && unit.label.empty() && !unit.sentence && unit.words >= 4 && unit.words < kLongLine;
}

bool is_no_text(const Unit& unit) {
  return unit.bullet || !unit.label.empty() || is_headline(unit);
}

bool is_question_alone(const Unit& unit) {
  return unit.words < kProse && !unit.text.empty() && unit.text.back() == '?' && !has_inner_sentence_end(unit.text);
}

// Running text that happens to begin like a label is text, but for the notices that are written in sentences.
bool is_labelled(const Unit& unit) {
  if (unit.label.empty()) return false;
  return unit.words <= 20 || !unit.sentence || unit.label == "boilerplate" || unit.label == "footer";
}

int weight(const std::vector<Unit>& units, std::size_t i) {
  const Unit& unit = units[i];
  const int words = static_cast<int>(std::min(unit.words, kWeightCap));
  const bool prose = unit.sentence && unit.words >= kSentence && !is_question_alone(unit);
  if (is_labelled(unit)) return label_weight(unit.label);
  if (unit.bullet) return prose ? words / 3 : unit.words >= kListItemWords ? 0 : -2;
  if (unit.words >= kSentence && unit.text.back() == ':') return words / 2;  // announces what follows
  if (prose) {
    // A lone sentence below a headline, with nothing to read after it, is a teaser of another article.
    const bool between = i > 0 && is_headline(units[i - 1]) && (i + 1 == units.size() || is_no_text(units[i + 1]));
    return between && unit.words < 40 && !has_inner_sentence_end(unit.text) ? words / 5 : words;
  }
  if (unit.sentence) return unit.text.back() == '?' ? -1 : 2;
  if (unit.words >= kLongLine) return words / 2;
  return unit.words > kHeadingWords ? -5 : -4;
}

// [first, last) of the run with the greatest sum; empty when nothing speaks for an article.
std::pair<std::size_t, std::size_t> best_run(const std::vector<Unit>& units) {
  int best = 0, sum = 0;
  std::size_t start = 0;
  std::pair<std::size_t, std::size_t> out{0, 0};
  bool comments = false;  // below the line that announces readers' comments, prose counts little
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (sum <= 0) {
      sum = 0;
      start = i;
    }
    const int gain = weight(units, i);
    // Above the article the same words are a link to its comments ("12 comments").
    comments = comments || (best > kArticleWords && is_labelled(units[i]) && units[i].label == "comments");
    sum += comments && gain > 0 ? gain / 4 : gain;
    if (sum > best) {
      best = sum;
      out = {start, i + 1};
    }
  }
  return out;
}

// A line that only says "Related" or "Sign up" opens another part of the page. When little prose stands below it, the
// article ended there; much prose means that it was a box inside the article.
std::size_t cut_at_section(const std::vector<Unit>& units, std::size_t first, std::size_t last) {
  std::size_t below = 0;
  std::vector<std::size_t> prose_from(last - first + 1, 0);
  for (std::size_t i = last; i-- > first;) {
    if (units[i].sentence && !is_labelled(units[i])) below += units[i].words;
    prose_from[i - first] = below;
  }
  for (std::size_t i = first + 1; i < last; ++i) {
    const Unit& unit = units[i];
    const bool section = is_labelled(unit) && unit.words <= kSectionWords && !unit.sentence &&
                         (unit.label == "related" || unit.label == "links" || unit.label == "tags" ||
                          unit.label == "form" || unit.label == "trust-badge" || unit.label == "comments");
    if (section && prose_from[i - first] * 4 < prose_from[0] - prose_from[i - first]) return i;
  }
  return last;
}

bool is_address(std::string_view text) {
  return text.find(' ') == std::string_view::npos &&
         (text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://" || text.substr(0, 4) == "www." ||
          (text.find('@') != std::string_view::npos && text.find('.') != std::string_view::npos));
}

class Reader {
 public:
  Reader(const SourceText& page, Article& article)
      : page_(page), article_(article), units_(join_fragments(split_lines(page.text))), reasons_(units_.size()) {}

  void read() {
    const auto [first, last] = best_run(units_);
    if (first == last) article_.notes.emplace_back("no_article");
    first_ = first;
    last_ = cut_at_section(units_, first, last);
    for (std::size_t i = 0; i < first_; ++i) reasons_[i] = reason_before(i);
    for (std::size_t i = first_; i < last_; ++i) reasons_[i] = reason_inside(i);
    reasons_after();
    find_title();
    find_fields();
    find_trust();
    drop_repeats();
    std::vector<Draft> drafts;
    drafts.reserve(units_.size());
    for (std::size_t i = 0; i < units_.size(); ++i) drafts.push_back(draft_of(i));
    add_rest(drafts);
    assemble(page_, std::move(drafts), article_);
  }

 private:
  // What split_lines did not cut into lines any more.
  void add_rest(std::vector<Draft>& drafts) {
    if (units_.empty()) return;
    const std::uint32_t end = units_.back().lines.back().end;
    if (trim(page_.text.substr(end)).empty()) return;
    article_.notes.emplace_back("lines_capped");
    const Span rest{end, static_cast<std::uint32_t>(page_.text.size())};
    drafts.push_back({ParagraphKind::paragraph, "after-end", {run_of(page_, rest)}});
  }

  std::string_view reason_before(std::size_t i) const {
    const Unit& unit = units_[i];
    if (is_address(unit.text)) return "links";
    if (!unit.label.empty()) return unit.label;
    if (unit.bullet) return "bullet";
    if (!byline_in(unit.text).empty() || (unit.words <= 12 && date_in(unit.text))) return "metadata";
    return unit.words < 3 ? "short" : "header";
  }

  // Empty: it is part of the article.
  std::string_view reason_inside(std::size_t i) const {
    const Unit& unit = units_[i];
    if (is_address(unit.text)) return "links";
    if (is_labelled(unit)) return unit.label;
    if (unit.bullet) return unit.words >= kListItemWords && list_belongs(i) ? "" : "bullet";
    if (unit.sentence) return unit.words == 0 ? "short" : "";
    if (!byline_in(unit.text).empty() || (unit.words <= 6 && date_in(unit.text))) return "metadata";
    if (unit.words == 0) return "short";
    if (unit.words >= kProse || (unit.text.back() == ':' && unit.words >= kListItemWords)) return "";
    if (unit.words > kHeadingWords) return "related";
    const bool before_prose = i + 1 < last_ && units_[i + 1].words >= kSentence;
    return before_prose && i > first_ ? "" : "short";
  }

  // Bullets of an article stand after a line that announces them, or read as sentences.
  bool list_belongs(std::size_t i) const {
    if (units_[i].sentence && units_[i].words >= kSentence) return true;
    std::size_t head = i;
    while (head > first_ && units_[head].bullet) --head;
    return units_[head].text.back() == ':';
  }

  // After the end a label names the lines below it, until another label comes; a run of short bullets is the article's
  // tags when nothing but the badge and the like stands between.
  void reasons_after() {
    std::string_view section;
    bool only_marks = true;
    for (std::size_t i = last_; i < units_.size(); ++i) {
      const Unit& unit = units_[i];
      if (!unit.label.empty()) {
        reasons_[i] = unit.label;
        if (unit.bullet) continue;  // an entry of a list names only itself
        section = unit.label;
        only_marks =
            only_marks && (section == "trust-badge" || section == "share" || section == "tags" || unit.words <= 3);
        if (section == "podcast" && unit.words > 2) section = {};  // names itself, not what follows
      } else if (unit.bullet) {
        const bool tags = (only_marks || section == "tags") && unit.words <= kTagWords;
        const bool named =
            !tags && (section == "links" || section == "related" || section == "share" || section == "navigation");
        reasons_[i] = tags ? "tags" : named ? section : "bullet";
      } else if (is_address(unit.text)) {
        reasons_[i] = "links";
      } else {
        only_marks = false;
        if (unit.sentence && unit.words >= kSentence && !is_question_alone(unit)) {
          reasons_[i] = section == "comments" || section == "footer" || section == "form" ? section : "after-end";
        } else {
          reasons_[i] = unit.words >= kListItemWords ? "related" : "short";
        }
      }
    }
  }

  // A line above the article is its headline only when the article speaks of the same things: half of its words, at
  // least two, begin words of the first paragraphs. A title that is merely likely would be invented.
  void find_title() {
    if (first_ == last_) return;
    std::string opening;
    for (std::size_t i = first_; i < last_ && i < first_ + kOpening; ++i) opening += ' ' + fold_name(units_[i].text);
    std::size_t title = units_.size();
    double best = kTitleShare;
    for (std::size_t i = first_; i > 0 && first_ - i < kTitleLookBack; --i) {
      const Unit& unit = units_[i - 1];
      const bool shaped = reasons_[i - 1] == "header" && unit.words >= 4 && unit.words <= kLongLine &&
                          unit.text.size() <= 250 && unit.text.back() != '.' && unit.text.back() != ':';
      const double share = shaped ? shared_words(fold_name(unit.text), opening) : 0;
      if (share < best) continue;
      best = share;
      title = i - 1;
    }
    if (title == units_.size()) return;
    article_.title = field(units_[title].text, title);
    reasons_[title] = "metadata";
  }

  // Share of the words of `line` (of four letters and more) whose first five letters begin a word of `text`; 0 below
  // two.
  static double shared_words(std::string_view line, std::string_view text) {
    std::size_t words = 0, shared = 0;
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      const std::string_view word = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
      if (word.size() < 4 || word_lists().function_words.find(word) != word_lists().function_words.end()) continue;
      ++words;
      if (text.find(" " + std::string(word.substr(0, 5))) != std::string_view::npos) ++shared;
    }
    return shared < 2 ? 0 : static_cast<double>(shared) / static_cast<double>(words);
  }

  Field field(std::string value, std::size_t unit) const {
    PageSpan where;
    for (const Span& line : units_[unit].lines) where = where.cover(page_of(page_, run_of(page_, line)));
    return {std::move(value), "text", where};
  }

  // Bylines and dates stand in short lines next to the article, or inside it between its first paragraphs.
  void find_fields() {
    const std::size_t from = first_ > kTitleLookBack ? first_ - kTitleLookBack : 0;
    const std::size_t to = std::min(units_.size(), last_ + kTitleLookBack);
    for (std::size_t i = from; i < to; ++i) {
      const Unit& unit = units_[i];
      if (reasons_[i].empty() || unit.bullet || unit.words > 25) continue;
      if (article_.authors.empty()) {
        for (FoundText& name : byline_in(unit.text)) article_.authors.push_back(field(std::move(name.value), i));
      }
      if (unit.words > 16) continue;
      if (const auto date = date_in(unit.text)) {
        const bool updated = date_role_of(unit.text) == "updated";
        Field& target = updated ? article_.modified : article_.published;
        if (target.value.empty() && (i < last_ || !date_role_of(unit.text).empty())) target = field(date->value, i);
      }
    }
  }

  void find_trust() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (reasons_[i].empty() || units_[i].words > kProse) continue;
      const std::string_view scheme = trust_scheme_of(units_[i].text);
      if (scheme.empty()) continue;
      reasons_[i] = "trust-badge";
      if (std::find(article_.trust.begin(), article_.trust.end(), scheme) == article_.trust.end())
        article_.trust.emplace_back(scheme);
    }
  }

  // The same paragraph twice (a pull quote, a summary) is one statement.
  void drop_repeats() {
    std::vector<std::pair<std::string_view, std::size_t>> kept;
    for (std::size_t i = first_; i < last_; ++i) {
      if (reasons_[i].empty() && units_[i].words >= kListItemWords) kept.emplace_back(units_[i].text, i);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 1; k < kept.size(); ++k) {
      if (kept[k].first == kept[k - 1].first) reasons_[kept[k].second] = "duplicate";
    }
  }

  Draft draft_of(std::size_t i) const {
    const Unit& unit = units_[i];
    Draft draft;
    draft.removed = reasons_[i];
    if (unit.bullet) {
      draft.kind = ParagraphKind::list_item;
    } else if (!unit.sentence && unit.words <= kHeadingWords && unit.text.back() != ':') {
      draft.kind = ParagraphKind::heading;
    }
    for (std::size_t k = 0; k < unit.lines.size(); ++k) {
      draft.runs.push_back(run_of(page_, unit.lines[k]));
      draft.runs.back().spaced = unit.spaced[k];
    }
    return draft;
  }

  const SourceText& page_;
  Article& article_;
  std::vector<Unit> units_;
  std::vector<std::string_view> reasons_;  // of each unit; empty: kept
  std::size_t first_ = 0, last_ = 0;
};

}  // namespace

void read_dump(const SourceText& page, Article& article) {
  Reader(page, article).read();
}

}  // namespace casus::detail
