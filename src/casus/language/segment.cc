// SPDX-License-Identifier: Apache-2.0
// Sentence ends over the tokens of a block. A stop ends a sentence unless what follows speaks against it: nothing but
// closing marks and citations may stand between, an abbreviation needs a word that likes to start sentences, and after
// a quotation or an ellipsis a lower-case word goes on. Figures on the treebanks: docs/language.md. Tests:
// segment_test.cc.
#include <casus/language/segment.h>

#include <algorithm>

#include "casus/base/utf8.h"
#include "casus/language/tokens.h"
#include "casus/language/words.h"

namespace casus {

namespace {

using detail::RawToken;
using detail::WordKind;

constexpr std::size_t kMaxWords = 256;  // of a sentence: what the model reads at once (docs/format-casm.md, max_words)
constexpr std::size_t kHeadlineWords = 24;  // a longer line without a stop is prose whose stop was lost

bool is_one_of(std::string_view form, std::initializer_list<std::string_view> set) {
  return std::find(set.begin(), set.end(), form) != set.end();
}

bool closes(std::string_view form) {
  return is_one_of(form, {"\"", "''", "'", ")", "]", "}", "\u201D", "\u2019", "\u00BB"});
}
bool closes_quote(std::string_view form) {
  return is_one_of(form, {"\"", "''", "'", "\u201D", "\u2019", "\u00BB"});
}
bool opens(std::string_view form) {
  return is_one_of(form, {"\"", "``", "'", "(", "[", "{", "\u201C", "\u2018", "\u00AB", "-", "--", "\u2013", "\u2014",
                          "*", "\u2022", "$", "\u00BF", "\u00A1", "\u201E"});
}

// The tokens of one block and where its sentences end.
class Block {
 public:
  Block(std::string_view text, std::span<const RawToken> tokens, const detail::Words& words)
      : text_(text), tokens_(tokens), words_(words) {
    // Writing that starts its lines in lower case, or says "i", does so at sentence starts too.
    informal_ = !tokens.empty() && first_is_lower(0);
    for (std::size_t i = 0; i < tokens.size() && !informal_; ++i) informal_ = form(i) == "i";
  }

  // One past the last token of the sentence that starts at `first`.
  std::size_t sentence_end(std::size_t first) const {
    for (std::size_t i = first; i + 1 < tokens_.size(); ++i) {
      if (!is_stop(i)) continue;
      const std::size_t last = closing(i);
      if (last + 1 >= tokens_.size()) return tokens_.size();
      if (ends(first, i, last)) return last + 1;
      i = last;
    }
    return tokens_.size();
  }

 private:
  std::string_view form(std::size_t i) const { return tokens_[i].span.of(text_); }
  bool glued(std::size_t i) const { return i + 1 < tokens_.size() && tokens_[i].span.end >= tokens_[i + 1].span.start; }
  bool first_is_lower(std::size_t i) const {
    const char32_t c = decode_utf8(form(i), 0).code_point;
    return is_letter(c) && to_lower(c) == c && c < 0x3000;
  }
  bool is_number(std::size_t i) const { return is_digit(decode_utf8(form(i), 0).code_point); }

  bool is_stop(std::size_t i) const {
    const std::string_view f = form(i);
    return tokens_[i].dotted || f[0] == '.' || f[0] == '!' || f[0] == '?' || f == "\u2026" || f == "\u3002";
  }

  // The last token of what closes the sentence behind the stop at i: quotation marks, brackets, citations such as [12],
  // smileys.
  std::size_t closing(std::size_t i) const {
    std::size_t last = i;
    while (last + 1 < tokens_.size()) {
      // French sets a blank before its closing mark: « Partez ! »
      if ((glued(last) || form(last + 1) == "\u00BB") && closes(form(last + 1))) {
        ++last;
      } else if (last + 3 < tokens_.size() && form(last + 1) == "[" && is_number(last + 2) && form(last + 3) == "]") {
        last += 3;
      } else if (words_.is(WordKind::smiley, form(last + 1))) {
        ++last;
      } else {
        break;
      }
    }
    return last;
  }

  bool ends(std::size_t first, std::size_t stop, std::size_t last) const {
    const std::string_view f = form(stop);
    std::size_t next = last + 1;
    while (next + 1 < tokens_.size() && opens(form(next)) && next < last + 4) ++next;
    const bool lower = first_is_lower(next);
    const bool glue = glued(last);
    if (tokens_[stop].dotted) return ends_after_abbreviation(stop, last, next);
    // "1. The first point": the number of an item, not a sentence.
    if (f == "." && stop == first + 1 && is_number(first)) return false;
    const bool quoted = last > stop && closes_quote(form(last));
    if (f.size() > 1 && f[0] == '.' && f.find_first_of("!?") == std::string_view::npos)
      return !lower && (!glue || informal_) && !quoted;
    if (f == "\u2026") return !lower;
    if (glue && !is_letter(decode_utf8(form(last + 1), 0).code_point)) return false;
    if (lower && (f[0] != '.' || glue)) return informal_ && !quoted;
    if (lower && quoted) return false;
    if (quoted && f[0] != '.' && is_said(next)) return false;
    return !is_one_of(form(last + 1), {",", ";", ":", ".", ")", "]"});
  }

  // "Stop!" Maduro shouted: after the quotation a name and a verb of saying without a clause of its own.
  bool is_said(std::size_t next) const {
    constexpr std::size_t kLongestName = 4;
    for (std::size_t i = next; i < tokens_.size() && i < next + kLongestName; ++i) {
      if (words_.is(WordKind::saying, form(i))) return i > next && (i + 1 >= tokens_.size() || form(i + 1) != "that");
      if (first_is_lower(i) || !is_letter(decode_utf8(form(i), 0).code_point)) return false;
    }
    return false;
  }

  bool ends_after_abbreviation(std::size_t stop, std::size_t last, std::size_t next) const {
    std::string_view f = form(stop);
    f.remove_suffix(1);
    if (glued(last) || words_.is(WordKind::title, f)) return false;
    if (last > stop && closes_quote(form(last))) return is_upper(decode_utf8(form(next), 0).code_point);
    if (!is_upper(decode_utf8(form(next), 0).code_point)) return false;
    return f.size() > 1 && words_.is(WordKind::starter, form(next)) && next + 1 < tokens_.size() &&
           !tokens_[next].dotted;
  }

  std::string_view text_;
  std::span<const RawToken> tokens_;
  const detail::Words& words_;
  bool informal_ = false;
};

// Where to cut a sentence that is too long: behind the last mark of its second half, and never inside a multiword
// token.
std::size_t safe_cut(std::string_view text, std::span<const RawToken> tokens) {
  std::size_t cut = kMaxWords;
  for (std::size_t i = kMaxWords; i-- > kMaxWords / 2;) {
    if (is_one_of(tokens[i].span.of(text), {",", ";", ":", "-", "--", "\u2013", "\u2014", ")", "|", "\u2022", "/"})) {
      cut = i + 1;
      break;
    }
  }
  for (std::size_t back = 1; back < 4 && back <= cut; ++back) {
    if (tokens[cut - back].multiword > back) return cut - back;
  }
  return cut;
}

Sentence make_sentence(std::string_view text, std::span<const RawToken> tokens, std::uint32_t paragraph) {
  Sentence sentence;
  sentence.paragraph = paragraph;
  sentence.span = {tokens.front().span.start, tokens.back().span.end};
  sentence.tokens.resize(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = sentence.tokens[i];
    token.span = tokens[i].span;
    token.form = tokens[i].form.empty() ? std::string(token.span.of(text)) : tokens[i].form;
    token.multiword = tokens[i].multiword;
    token.space_after = i + 1 < tokens.size()
                            ? tokens[i].span.end < tokens[i + 1].span.start
                            : token.span.end >= text.size() || is_space(decode_utf8(text, token.span.end).code_point);
  }
  return sentence;
}

// A block of one sentence without a stop at its end.
bool reads_as_headline(const Sentence& sentence) {
  if (sentence.tokens.size() > kHeadlineWords) return false;
  const std::string& last = sentence.tokens.back().form;
  const char c = last.back();
  return c != '.' && c != '!' && c != ':' && c != ';' && c != ',' && !last.ends_with("\u2026") &&
         !last.ends_with("\u201D") && c != '"';
}

void segment_block(std::string_view text, Span block, std::uint32_t paragraph, const detail::Words& words,
                   std::vector<RawToken>& tokens, std::vector<Sentence>& out) {
  tokens.clear();
  // Nothing behind the block is looked at: where a block ends inside a character, the rest of it is the next block's.
  detail::tokenise(text.substr(0, block.end), block, words, tokens);
  const Block reader(text, tokens, words);
  const std::size_t before = out.size();
  for (std::size_t first = 0; first < tokens.size();) {
    std::size_t end = reader.sentence_end(first);
    while (end - first > kMaxWords) {
      const std::span<const RawToken> rest(tokens.data() + first, end - first);
      const std::size_t cut = safe_cut(text, rest);
      out.push_back(make_sentence(text, rest.first(cut), paragraph));
      first += cut;
    }
    out.push_back(make_sentence(text, {tokens.data() + first, end - first}, paragraph));
    first = end;
  }
  if (out.size() == before + 1) out.back().headline = reads_as_headline(out.back());
}

}  // namespace

std::vector<Sentence> segment(std::string_view text, std::span<const Span> blocks, std::string_view language) {
  const detail::Words& words = detail::Words::of(language);
  std::vector<Sentence> out;
  std::vector<RawToken> tokens;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    segment_block(text, blocks[i], static_cast<std::uint32_t>(i), words, tokens, out);
  }
  return out;
}

}  // namespace casus
