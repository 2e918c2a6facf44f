// SPDX-License-Identifier: Apache-2.0
// A block is cut at white space into chunks; a chunk is eaten from its left: addresses first, then words, then runs of
// marks. Words keep the marks that belong inside them (U.S., 3.5, AT&T, O'Brien, e-mail), lose their units and clitics
// (5|km, do|n't), and hyphens otherwise stand alone, as in UD English-EWT and GUM. Tests: segment_test.cc.
#include "casus/language/tokens.h"

#include <utf8proc.h>

#include <algorithm>

#include "casus/base/utf8.h"
#include "casus/language/multiword.h"
#include "casus/language/words.h"

namespace casus::detail {

namespace {

bool ascii_digit(char c) {
  return c >= '0' && c <= '9';
}
bool ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool ascii_letter(char c) {
  return ascii_upper(c) || (c >= 'a' && c <= 'z');
}

// Marks that combine with what stands before them, joiners and variation selectors: never a token of their own after
// another one.
bool joins_left(char32_t c) {
  if (c < 0x300) return false;
  if (c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF)) return true;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || ascii_letter(static_cast<char>(c)) || c == '_';
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) || category == UTF8PROC_CATEGORY_ND ||
         category == UTF8PROC_CATEGORY_NL || c == 0x200D;
}

class Tokeniser {
 public:
  Tokeniser(std::string_view text, const Words& words, std::vector<RawToken>& out)
      : text_(text), words_(words), out_(out) {}
  void block(std::uint32_t start, std::uint32_t end);

 private:
  using Pos = std::uint32_t;

  void chunk(Pos start, Pos end);
  Pos address(Pos p);
  Pos word(Pos p);
  Pos marks(Pos p);
  Pos special(Pos p);
  Pos inside(Pos start, Pos p) const;
  Pos hyphen(Pos start, Pos p) const;
  bool keeps_dot(Pos start, Pos p) const;
  Pos unit(Pos start, Pos end) const;
  Pos elided(Pos start, Pos p) const;
  Neighbours neighbours(Pos end) const;
  void emit(Pos start, Pos end, bool dotted = false);
  void emit_word(Pos start, Pos end);

  std::string_view view(Pos a, Pos b) const { return text_.substr(a, b - a); }
  char at(Pos p) const { return p < end_ ? text_[p] : '\0'; }  // NUL past the chunk's end, which no rule accepts
  char32_t code(Pos p) const { return p < end_ ? decode_utf8(text_, p).code_point : U'\0'; }
  bool letter(Pos p) const { return p < end_ && is_letter(code(p)); }
  bool word_at(Pos p) const { return p < end_ && is_word_character(code(p)); }
  bool digit(Pos p) const { return ascii_digit(at(p)); }
  Pos after(Pos p) const { return p + decode_utf8(text_, p).length; }
  Pos apostrophe(Pos p) const {  // its length at p, or 0
    if (at(p) == '\'') return 1;
    return p + 3 <= end_ && view(p, p + 3) == "\u2019" ? 3 : 0;
  }

  std::string_view text_;
  const Words& words_;
  std::vector<RawToken>& out_;
  Pos begin_ = 0, end_ = 0;  // the chunk
  Pos block_end_ = 0;
  Pos plain_until_ = 0;       // no address without a scheme starts before this
  bool single_open_ = false;  // a single quotation mark was opened and not yet closed
};

void Tokeniser::block(Pos start, Pos end) {
  block_end_ = end;
  single_open_ = false;
  Pos p = start;
  while (p < end) {
    const Decoded d = decode_utf8(text_, p);
    if (is_space(d.code_point)) {
      p += d.length;
      continue;
    }
    Pos q = p;
    while (q < end) {
      const Decoded next = decode_utf8(text_, q);
      if (is_space(next.code_point) || q + next.length > p + kMaxToken || q + next.length > end) break;
      q += next.length;
    }
    if (q == p) q = end;  // a block that ends inside a character
    chunk(p, q);
    p = q;
  }
}

void Tokeniser::chunk(Pos start, Pos end) {
  begin_ = start;
  end_ = end;
  Pos p = start;
  while (p < end) {
    Pos q = special(p);
    if (q == p) {
      q = address(p);
      if (q > p) emit(p, q);
    }
    if (q == p) q = word_at(p) ? word(p) : marks(p);
    p = std::max(q, p + 1);
  }
}

// Smileys, decades ('90s), words that begin with an apostrophe ('em), @names, .265: whole things that a mark begins.
Tokeniser::Pos Tokeniser::special(Pos p) {
  const bool fresh = p == begin_ || !word_at(p - 1);
  if (end_ - p <= 5 && words_.is(WordKind::smiley, view(p, end_))) return emit(p, end_), end_;
  if (!fresh) return p;
  if ((at(p) == '@' || (at(p) == '#' && words_.has(WritingRule::hash_joins))) && letter(p + 1)) {
    Pos q = p + 1;
    while (word_at(q) || (at(q) == '-' && words_.has(WritingRule::hyphens_join) && word_at(q + 1))) q = after(q);
    return emit(p, q), q;
  }
  // ".265" and "+44" are numbers.
  if ((at(p) == '.' || at(p) == '+') && digit(p + 1) && p == begin_) {
    Pos q = p + 1;
    while (digit(q)) ++q;
    if (!word_at(q)) return emit(p, q), q;
  }
  const Pos n = apostrophe(p);
  if (n == 0) return p;
  Pos q = p + n;
  if (digit(q) && digit(q + 1) && (at(q + 2) == 's' || !word_at(q + 2))) {
    q += at(q + 2) == 's' ? 3 : 2;
    if (!word_at(q)) return emit(p, q), q;
    return p;
  }
  while (letter(q)) q = after(q);
  if (const Pos closing = apostrophe(q); closing > 0 && words_.is(WordKind::whole, view(p, q + closing)))
    return emit(p, q + closing), q + closing;
  if (q > p + n && (words_.is(WordKind::whole, view(p, q)) || words_.is(WordKind::clitic, view(p, q))))
    return emit(p, q), q;
  return p;
}

// The end of a web address, e-mail address or file name that starts at p; p when there is none. A run in which none was
// found is not searched again, so the chunk is read once.
Tokeniser::Pos Tokeniser::address(Pos p) {
  if (!word_at(p) || (p > begin_ && word_at(p - 1))) return p;
  const std::string_view rest = view(p, end_);
  const bool scheme = rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("ftp://") ||
                      rest.starts_with("mailto:") || rest.starts_with("www.");
  Pos q = end_;
  if (!scheme) {
    if (p < plain_until_) return p;
    // A dotted word whose last label is known, or one with an @ in it; a path may follow.
    q = p;
    Pos dot = 0, mail = 0;
    while (q < end_ && (ascii_letter(at(q)) || digit(q) || at(q) == '.' || at(q) == '-' || at(q) == '_' ||
                        at(q) == '@' || at(q) == '+')) {
      if (at(q) == '.') dot = q;
      if (at(q) == '@') mail = q;
      ++q;
    }
    const Pos run_end = q;
    while (q > p && !ascii_letter(at(q - 1)) && !digit(q - 1)) --q;
    if (dot >= q) dot = static_cast<Pos>(std::min<std::size_t>(view(p, q).rfind('.'), q - p)) + p;
    // "report.De" is a missing blank, "REPORT.DOC" a file.
    const bool named = dot > p && dot < q && words_.is(WordKind::domain, view(dot + 1, q)) &&
                       (!ascii_upper(at(dot + 1)) || ascii_upper(at(dot - 1)));
    const bool posted = mail > p && mail + 1 < q;
    if (!named && !posted) {
      plain_until_ = run_end;
      return p;
    }
    if (at(q) == '/' && named) q = end_;
  }
  // What closes a sentence or a bracket around the address is not part of it.
  while (q > p) {
    const char c = at(q - 1);
    if (c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '"' || c == '\'' || c == ']' ||
        c == '>' || (c == ')' && view(p, q).find('(') == std::string_view::npos)) {
      --q;
    } else if (q - p >= 3 && (view(q - 3, q) == "\u201D" || view(q - 3, q) == "\u2019")) {
      q -= 3;
    } else {
      break;
    }
  }
  return q;
}

// A hyphen at p inside a word that began at `start`: where the word goes on, or p when the hyphen stands alone.
Tokeniser::Pos Tokeniser::hyphen(Pos start, Pos p) const {
  if (!word_at(p + 1)) return p;
  if (words_.has(WritingRule::hyphens_join) || words_.is(WordKind::prefix, view(start, p))) return p + 1;
  // Telephone numbers and dates: three digits and four, or digits with two hyphens and more.
  Pos a = p;
  while (a > start && ascii_digit(at(a - 1))) --a;
  const Pos before = p - a;
  Pos q = p + 1;
  while (digit(q)) ++q;
  const Pos behind = q - p - 1;
  if (before == 0 || behind == 0) return p;
  const bool second = a > start && at(a - 1) == '-';
  const bool third = at(q) == '-' && digit(q + 1);
  return (before == 3 && behind == 4) || second || third ? q : p;
}

// A mark at p between two parts of one word: the position behind it, or p when the word ends before it.
Tokeniser::Pos Tokeniser::inside(Pos start, Pos p) const {
  const char c = at(p);
  const char left = at(p - 1);
  if (const Pos n = apostrophe(p); n > 0) {
    if (ascii_digit(left)) return at(p + n) == 's' && !word_at(p + n + 1) ? p + n : p;  // the 1980's
    return letter(p + n) ? p + n : p;
  }
  switch (c) {
    case '.': {
      if (ascii_digit(left) && digit(p + 1)) return p + 1;
      if (ascii_digit(left) && (view(p + 1, end_).starts_with("\u00BA") || view(p + 1, end_).starts_with("\u00AA")))
        return p + 1;  // 27.ª
      if (words_.has(WritingRule::initials_apart)) return p;
      // One letter on its left since the start or the last dot: an acronym. "Ph.D" is in the list.
      Pos label = p;
      while (label > start && at(label - 1) != '.') --label;
      const bool initial = letter(label) && after(label) == p;
      Pos q = p + 1;
      while (letter(q)) q = after(q);
      if (q > p + 1 && (initial || words_.is(WordKind::abbreviation, view(start, q)) ||
                        words_.is(WordKind::abbreviation, view(start, after(p + 1)))))
        return p + 1;
      return p;
    }
    case ':':
      return ascii_digit(left) && digit(p + 1) ? p + 1 : p;
    case ',':  // thousands; "13,14" is a list, but a number where the comma is the decimal mark
      if (words_.has(WritingRule::comma_decimal)) return ascii_digit(left) && digit(p + 1) ? p + 1 : p;
      return ascii_digit(left) && digit(p + 1) && digit(p + 2) && digit(p + 3) && !word_at(p + 4) ? p + 1 : p;
    case '/': {
      if (ascii_digit(left) && digit(p + 1)) return p + 1;
      Pos q = p + 1;
      while (word_at(q)) q = after(q);
      return words_.is(WordKind::whole, view(start, q)) ? q : p;
    }
    case '&':
    case '*':
    case '@':
      return letter(p - 1) && letter(p + 1) ? p + 1 : p;
    case '-':
      return hyphen(start, p);
    default:
      return p;
  }
}

// The dot at p belongs to the word before it.
bool Tokeniser::keeps_dot(Pos start, Pos p) const {
  if (at(p) != '.' || at(p + 1) == '.') return false;
  const std::string_view form = view(start, p);
  const char behind = at(p + 1);
  if (ascii_letter(behind)) return false;
  const std::size_t dot = form.rfind('.');
  if (dot != std::string_view::npos) return !ascii_digit(form[0]) && form.size() - dot <= 4;
  if (form.size() == 1 && ascii_upper(form[0]) && form[0] != 'I') return true;
  if (const Decoded c = decode_utf8(form, 0); c.length > 1 && c.length == form.size() && is_upper(c.code_point))
    return true;
  if (form.ends_with("\u00BA") || form.ends_with("\u00AA")) return true;  // 13º.
  if (words_.is(WordKind::title, form) || words_.is(WordKind::abbreviation, form)) return true;
  if (!words_.is(WordKind::number, form)) return false;
  Pos q = p + 1;
  while (q < block_end_ && text_[q] == ' ') ++q;
  return q < block_end_ && ascii_digit(text_[q]);
}

// Where the unit starts in "5km", "7p.m": the end of the digits; `end` when there is none.
Tokeniser::Pos Tokeniser::unit(Pos start, Pos end) const {
  if (!digit(start)) return end;
  Pos q = start;
  while (q < end && (digit(q) || ((at(q) == '.' || at(q) == ',' || at(q) == ':') && digit(q + 1)))) ++q;
  if (q < end && words_.is(WordKind::unit, view(q, end))) return q;
  Pos r = q;
  while (r < end && letter(r)) r = after(r);
  return r < end && digit(r) && words_.is(WordKind::between, view(q, r)) ? q : end;
}

// The end of an elided word ("l'" of "l'eau") whose apostrophe stands at p; p when it is none.
Tokeniser::Pos Tokeniser::elided(Pos start, Pos p) const {
  const Pos n = apostrophe(p);
  if (n == 0 || !words_.is(WordKind::elision, view(start, p))) return p;
  Pos q = p;
  while (word_at(q) || (apostrophe(q) > 0 && letter(q + apostrophe(q))) || (at(q) == '-' && word_at(q + 1)))
    q = after(q);
  return words_.is(WordKind::whole, view(start, q)) ? p : p + n;
}

// The word before and the word behind `end`, as far as they are in the block.
Neighbours Tokeniser::neighbours(Pos end) const {
  constexpr Pos kReach = 64;  // bytes looked ahead
  Neighbours out;
  if (!out_.empty()) out.before = out_.back().span.of(text_);
  Pos p = end;
  const Pos limit = std::min<Pos>(block_end_, end + kReach);
  while (p < limit && text_[p] == ' ') ++p;
  Pos q = p;
  while (q < limit && is_word_character(decode_utf8(text_, q).code_point)) q = after(q);
  out.next = view(p, std::min(q, limit));
  return out;
}

Tokeniser::Pos Tokeniser::word(Pos p) {
  const Pos start = p;
  while (p < end_) {
    if (word_at(p) || joins_left(code(p))) {
      p = after(p);
      continue;
    }
    if (const Pos q = elided(start, p); q > p) {
      emit(start, q);
      return q;
    }
    const Pos q = inside(start, p);
    if (q == p) break;
    p = q;
  }
  // US$, HK$: the sign belongs to the letters before it.
  if (at(p) == '$' && p - start <= 3 && ascii_upper(at(start)) && ascii_upper(at(p - 1))) {
    emit(start, p + 1);
    return p + 1;
  }
  Pos from = start;
  if (const Pos cut = unit(start, p); cut < p) {
    emit(start, cut);
    from = cut;
    Pos figures = cut;  // "15h30": the unit stands between
    while (figures < p && letter(figures)) figures = after(figures);
    if (figures < p && digit(figures)) {
      emit(cut, figures);
      from = figures;
    }
  }
  if (keeps_dot(from, p)) {
    emit(from, p + 1, true);
    return p + 1;
  }
  // "workers'": an apostrophe behind a plural is its clitic unless a quotation is open.
  const Pos n = apostrophe(p);
  const char last = at(p - 1);
  if (n > 0 && (last == 's' || last == 'S') && !single_open_ && !word_at(p + n)) {
    emit(from, p);
    out_.back().multiword = 2;
    emit(p, p + n);
    return p + n;
  }
  emit_word(from, p);
  return p;
}

// Clitics off the end, "cannot" in two; at most a handful of parts.
void Tokeniser::emit_word(Pos start, Pos end) {
  constexpr int kMaxParts = 4;
  constexpr Pos kLongestClitic = 10;  // bytes: "-t-elles" and one to spare
  if (words_.has_multiwords() && split_multiword(text_, {start, end}, neighbours(end), words_, out_)) return;
  const bool apart = words_.has(WritingRule::clitics_apart);
  Pos cuts[kMaxParts];
  int n = 0;
  Pos right = end;
  const std::string_view form = view(start, end);
  const bool marked = form.find('\'') != std::string_view::npos || form.find("\u2019") != std::string_view::npos ||
                      (apart && form.find('-') != std::string_view::npos && !words_.is(WordKind::whole, form));
  while (marked && n < kMaxParts - 1) {
    Pos cut = right;
    for (Pos q = right; q > start && right - q < kLongestClitic; --q) {
      if (q < right && (static_cast<unsigned char>(text_[q]) & 0xC0U) != 0x80U &&
          words_.is(WordKind::clitic, view(q, right))) {
        cut = q;  // the longest: "-t-il" before "-il"
      }
    }
    if (cut == right || cut == start || ascii_digit(text_[cut - 1])) break;
    cuts[n++] = cut;
    right = cut;
  }
  if (n == 0) {
    if (const std::size_t split = words_.cut(form); split > 0) cuts[n++] = start + static_cast<Pos>(split);
  }
  const std::size_t first = out_.size();
  Pos left = start;
  for (int i = n; i-- > 0;) {
    emit(left, cuts[i]);
    left = cuts[i];
  }
  emit(left, end);
  if (n > 0 && !apart) out_[first].multiword = static_cast<std::uint16_t>(n + 1);
}

// One mark, or a run of the same; runs of stops (?!, ...) count as one.
Tokeniser::Pos Tokeniser::marks(Pos p) {
  const auto stop = [](char c) { return c == '.' || c == '!' || c == '?'; };
  const char c = at(p);
  Pos q = p;
  if (stop(c)) {
    while (stop(at(q))) ++q;
  } else if ((c == ')' || c == '(') && words_.has(WritingRule::hash_joins)) {
    while (at(q) == c) ++q;
  } else if (c == '-' || c == '*' || c == '=' || c == '+' || c == '~' || c == '<' || c == '>' || c == '\'' ||
             c == '`' || c == '#') {
    while (at(q) == c) ++q;
    if (c == '\'' && q - p > 2) q = p + 2;
  } else {
    q = after(p);
    while (q < end_ && joins_left(code(q))) {
      const bool joiner = code(q) == 0x200D;
      q = after(q);
      if (joiner && q < end_ && !word_at(q)) q = after(q);
    }
  }
  if (c == '\'' || view(p, q) == "\u2018" || view(p, q) == "\u2019") {
    const bool opens = p == begin_ || !word_at(p - 1);
    single_open_ = opens && q < end_;
  }
  q = std::min(q, end_);
  emit(p, q);
  return q;
}

void Tokeniser::emit(Pos start, Pos end, bool dotted) {
  RawToken token;
  token.span = {start, end};
  token.dotted = dotted;
  out_.push_back(token);
}

}  // namespace

void tokenise(std::string_view text, Span block, const Words& words, std::vector<RawToken>& out) {
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), UINT32_MAX));
  const std::uint32_t end = std::min(block.end, size);
  if (block.start < end) Tokeniser(text, words, out).block(block.start, end);
}

}  // namespace casus::detail
