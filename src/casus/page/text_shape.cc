// SPDX-License-Identifier: Apache-2.0
// Surface features only; what is a function word or an abbreviation stands in words/*.tsv. Tests: text_shape_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <string>

namespace casus::detail {

namespace {

// A letter of a script with case that is written small. Letters without case (Arabic, Han) are neither small nor
// capital.
bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return (c >= 0xDF && c <= 0x24F && !is_upper(c)) || (c >= 0x370 && c <= 0x587 && !is_upper(c)) ||
         (c >= 0x1E00 && c <= 0x1FFF && !is_upper(c)) || (c >= 0x10D0 && c <= 0x10FF);
}

bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

bool is_terminal(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F ||
         c == 0x06D4 || c == 0x0964;
}

// Marks that may follow the full stop and still belong to the sentence.
bool is_closer(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB || c == 0x203A ||
         c == 0x201C || c == 0x300D || c == 0x300F;
}

// The character that ends at `end`, and where it starts.
Decoded character_before(std::string_view text, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && end - start < 4) {
    --start;
    if ((static_cast<unsigned char>(text[start]) & 0xC0U) != 0x80U) break;
  }
  const Decoded d = next_character(text.substr(0, end), start);
  return {d.code_point, static_cast<std::uint32_t>(end - start), d.valid};
}

// The last word (letters, digits, inner full stops and apostrophes) that ends at `end`.
std::string_view last_word(std::string_view text, std::size_t end) {
  std::size_t start = end;
  while (start > 0) {
    const Decoded d = character_before(text, start);
    if (!is_letter(d.code_point) && !is_digit(d.code_point) && d.code_point != '.' && d.code_point != '\'' &&
        d.code_point != 0x2019)
      break;
    start -= d.length;
  }
  return text.substr(start, end - start);
}

bool is_abbreviation(std::string_view word) {
  if (word.empty()) return false;
  const Decoded first = next_character(word, 0);
  if (first.length == word.size()) return is_upper(first.code_point);  // "John F."
  return word_lists().abbreviations.count(fold_name(word)) > 0;
}

// At most 32 bytes before `end`: enough to see an abbreviation, and keeps repeated looks linear.
std::string_view window_before(std::string_view text, std::size_t end) {
  const std::size_t start = end > 32 ? end - 32 : 0;
  return text.substr(start, end - start);
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const Decoded d = next_character(text, 0);
    if (!is_space(d.code_point) && d.code_point > 0x20) break;
    text.remove_prefix(d.length);
  }
  while (!text.empty()) {
    const Decoded d = character_before(text, text.size());
    if (!is_space(d.code_point) && d.code_point > 0x20) break;
    text.remove_suffix(d.length);
  }
  return text;
}

std::size_t word_count(std::string_view text) {
  std::size_t words = 0, ideographs = 0;
  bool in_word = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      const bool alnum = (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
      if (byte <= 0x20) in_word = false;
      if (alnum && !in_word) ++words, in_word = true;
      ++i;
      continue;
    }
    const Decoded d = next_character(text, i);
    i += d.length;
    if (is_ideograph(d.code_point)) {
      ++ideographs;
    } else if (is_space(d.code_point)) {
      in_word = false;
    } else if (!in_word && (is_letter(d.code_point) || is_digit(d.code_point))) {
      ++words, in_word = true;
    }
  }
  return words + (ideographs + 1) / 2;
}

bool ends_sentence(std::string_view text) {
  std::size_t end = trim(text).size();
  text = trim(text);
  bool closed = false;
  while (end > 0) {
    const Decoded d = character_before(text, end);
    if (is_terminal(d.code_point)) {
      if (d.code_point != '.' || closed) return true;
      return !is_abbreviation(last_word(text, end - 1));
    }
    if (!is_closer(d.code_point)) return false;
    closed = true;
    end -= d.length;
  }
  return false;
}

bool ends_in_word(std::string_view text) {
  text = trim(text);
  if (text.empty()) return false;
  const Decoded d = character_before(text, text.size());
  return is_letter(d.code_point) || is_digit(d.code_point) || d.code_point == '.';
}

bool ends_open(std::string_view text) {
  text = trim(text);
  if (text.empty()) return false;
  const char32_t last = character_before(text, text.size()).code_point;
  switch (last) {
    case ',':
    case ';':
    case '(':
    case '[':
    case '-':
    case '/':
    case '&':
    case '$':
    case 0x20AC:
    case 0xA3:
    case 0x201E:
    case 0xAB:
    case 0x2013:
    case 0x2014:
    case 0x060C:
    case 0x3001:
      return true;
    case 0x201C:
    case '"': {
      // Opening only when a blank stands before it.
      const std::string_view before = text.substr(0, text.size() - (last == '"' ? 1 : 3));
      return before.empty() || is_space(character_before(before, before.size()).code_point);
    }
    default:
      break;
  }
  const std::string_view word = last_word(text, text.size());
  // "Gen." goes on to a name; "U.S." may end a sentence.
  if (last == '.') return is_abbreviation(word.substr(0, word.size() - 1)) && word.find('.') + 1 == word.size();
  if (last == '\'' || last == 0x2019) {
    // "l'", "qu’": the article before a vowel; a plural's possessive is longer.
    const std::size_t letters = word.size() - (last == '\'' ? 1 : 3);
    return letters >= 1 && letters <= 2;
  }
  return !word.empty() && word_lists().function_words.count(fold_name(word)) > 0;
}

bool begins_inside(std::string_view text) {
  text = trim(text);
  if (text.empty()) return false;
  const Decoded first = next_character(text, 0);
  const char32_t c = first.code_point;
  if (is_letter(c)) return is_lower(c);
  switch (c) {
    case ',':
    case ';':
    case ':':
    case ')':
    case ']':
    case '!':
    case '?':
    case '%':
    case 0x201D:
    case 0xBB:
    case 0x060C:
    case 0x3001:
    case 0x3002:
    case '&':
    case 0x2013:
    case 0x2014:
      return true;
    case '.': {
      const char32_t next =
          text.size() == 1 ? U' ' : next_character(text, 1).code_point;  // ".NET" and ".5" begin something
      return !is_letter(next) && !is_digit(next);
    }
    case '\'':
    case 0x2019: {
      // The possessive or an elision: 's, 'll. A quote that opens is followed by a capital.
      const Decoded next = next_character(text, first.length);
      return is_letter(next.code_point) && !is_upper(next.code_point);
    }
    default:
      return false;
  }
}

bool begins_upper(std::string_view text) {
  text = trim(text);
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = next_character(text, i);
    if (is_letter(d.code_point)) return is_upper(d.code_point);
    if (is_digit(d.code_point)) return false;
    i += d.length;
  }
  return false;
}

Open open_marks(std::string_view text, Open open) {
  char32_t before = ' ';
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = next_character(text, i);
    switch (d.code_point) {
      case '"':
        open.straight ^= 1;
        break;
      case 0x201E:
        ++open.curly;
        break;
      case 0x201C: {
        // Opens in English, closes in German.
        const bool opens = is_space(before) || before == '(' || before == '[' || before == 0x2014;
        open.curly = opens ? open.curly + 1 : std::max(0, open.curly - 1);
        break;
      }
      case 0x201D:
        open.curly = std::max(0, open.curly - 1);
        break;
      case 0xAB:
        ++open.angle;
        break;
      case 0xBB:
        open.angle = std::max(0, open.angle - 1);
        break;
      case '(':
      case '[':
        ++open.bracket;
        break;
      case ')':
      case ']':
        open.bracket = std::max(0, open.bracket - 1);
        break;
      default:
        break;
    }
    before = d.code_point;
    i += d.length;
  }
  return open;
}

std::size_t closes_quote(std::string_view text, const Open& before) {
  text = trim(text);
  char32_t last = ' ';
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = next_character(text, i);
    const std::size_t next = i + d.length;
    const char32_t c = d.code_point;
    if ((c == 0x201D && before.curly > 0) || (c == 0xBB && before.angle > 0)) return next;
    if ((c == 0x201C || c == 0x201E || c == 0xAB) && is_space(last))
      return std::string_view::npos;  // another one opens
    if (c == '"' && before.straight > 0) {
      // A closing mark touches the word before it, or is followed by a blank or a comma.
      const char32_t after = next < text.size() ? next_character(text, next).code_point : U' ';
      const bool closing = !is_space(last) || is_space(after) || after == ',' || after == '.' || after == ';';
      return closing ? next : std::string_view::npos;
    }
    last = c;
    i = next;
  }
  return std::string_view::npos;
}

bool has_inner_sentence_end(std::string_view text) {
  text = trim(text);
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] != '.' && text[i] != '!' && text[i] != '?') continue;
    std::size_t j = i + 1;
    while (j < text.size() && is_closer(static_cast<unsigned char>(text[j]))) ++j;
    if (j < text.size() && text[j] == ' ' && ends_sentence(window_before(text, i + 1)) &&
        begins_upper(text.substr(j, 16)))
      return true;
  }
  return false;
}

}  // namespace casus::detail
