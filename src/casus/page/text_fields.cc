// SPDX-License-Identifier: Apache-2.0
// A line is cut into words, numbers and marks with their places; dates and names are patterns over these. Tests:
// text_fields_test.cc.
#include <casus/base/date.h>
#include <casus/base/utf8.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

namespace casus::detail {

namespace {

constexpr std::size_t kLineBytes = 400;  // longer lines are prose; a date in prose is not the page's date
constexpr std::size_t kBylineWords = 25;
constexpr std::size_t kNameWords = 5;               // "Maria da Conceição dos Santos"
constexpr int kFirstYear = 1990, kLastYear = 2099;  // news on the web

struct Token {
  enum Kind : std::uint8_t { word, number, mark } kind = mark;
  std::size_t start = 0, end = 0;
  int value = 0;       // of a number of at most 8 digits, else -1
  std::string folded;  // of a word
  std::string_view of(std::string_view line) const { return line.substr(start, end - start); }
  std::size_t length() const { return end - start; }
};

std::vector<Token> tokens_of(std::string_view line) {
  std::vector<Token> out;
  for (std::size_t i = 0; i < line.size();) {
    const Decoded d = next_character(line, i);
    Token token{Token::mark, i, i + d.length, 0, {}};
    if (line[i] >= '0' && line[i] <= '9') {
      token.kind = Token::number;
      while (token.end < line.size() && line[token.end] >= '0' && line[token.end] <= '9') ++token.end;
      token.value = token.length() > 8 ? -1 : 0;
      for (std::size_t k = i; token.value >= 0 && k < token.end; ++k) token.value = token.value * 10 + (line[k] - '0');
    } else if (is_letter(d.code_point)) {
      token.kind = Token::word;
      while (token.end < line.size()) {
        const Decoded next = next_character(line, token.end);
        if (!is_letter(next.code_point)) break;
        token.end += next.length;
      }
      token.folded = fold_name(token.of(line));
    }
    i = token.end;
    if (token.kind != Token::mark || !is_space(d.code_point)) out.push_back(std::move(token));
  }
  return out;
}

bool is_year(const Token& t) {
  return t.kind == Token::number && t.length() == 4 && t.value >= kFirstYear && t.value <= kLastYear;
}

std::string iso(int year, int month, int day) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  return Date::parse(buffer) ? buffer : "";
}

int month_of(const Token& token) {
  if (token.kind != Token::word) return 0;
  const auto hit = word_lists().months.find(token.folded);
  return hit == word_lists().months.end() ? 0 : hit->second;
}

struct Found {
  std::string value;
  std::size_t next = 0;  // token after the date
};

// A date that begins at token `i`.
class DatePattern {
 public:
  DatePattern(std::string_view line, const std::vector<Token>& tokens) : line_(line), tokens_(tokens) {}

  std::optional<Found> at(std::size_t i) const {
    if (tokens_[i].kind == Token::number) return from_number(i);
    const int month = month_of(tokens_[i]);
    if (month == 0) return std::nullopt;
    // March 4, 2022 · March 4th 2022 · Mar. 4, 2022
    std::size_t j = skip(i + 1, {"."});
    if (!is_day(j)) return std::nullopt;
    const int day = tokens_[j].value;
    j = skip(skip(j + 1, {"st", "nd", "rd", "th"}), {","});
    return j < tokens_.size() && is_year(tokens_[j]) ? made(tokens_[j].value, month, day, j + 1) : std::nullopt;
  }

 private:
  bool is_day(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == Token::number && tokens_[i].length() <= 2 &&
           tokens_[i].value >= 1 && tokens_[i].value <= 31;
  }

  std::size_t skip(std::size_t i, std::initializer_list<std::string_view> what) const {
    if (i >= tokens_.size()) return i;
    return std::find(what.begin(), what.end(), tokens_[i].of(line_)) != what.end() ? i + 1 : i;
  }

  std::optional<Found> from_number(std::size_t i) const {
    const auto separated = [&](char mark) {
      return i + 4 < tokens_.size() && tokens_[i + 1].of(line_) == std::string_view(&mark, 1) &&
             tokens_[i + 2].kind == Token::number && tokens_[i + 3].of(line_) == std::string_view(&mark, 1) &&
             tokens_[i + 4].kind == Token::number;
    };
    for (const char mark : {'-', '/', '.'}) {
      if (!separated(mark)) continue;
      const Token &a = tokens_[i], &b = tokens_[i + 2], &c = tokens_[i + 4];
      if (is_year(a) && c.length() <= 2) return made(a.value, b.value, c.value, i + 5);
      if (!is_year(c) || a.length() > 2 || b.length() > 2) continue;
      // 4.3.2022 is day first wherever full stops are used; with slashes both orders live.
      if (mark == '.' || a.value > 12) return made(c.value, b.value, a.value, i + 5);
      if (b.value > 12 || a.value == b.value) return made(c.value, a.value, b.value, i + 5);
    }
    if (!is_day(i)) return std::nullopt;
    // 4 March 2022 · 4th of March, 2022 · 4. März 2022 · 4 de marzo de 2022
    std::size_t j = skip(skip(skip(i + 1, {"st", "nd", "rd", "th"}), {"."}), {"of", "de"});
    if (j >= tokens_.size()) return std::nullopt;
    const int month = month_of(tokens_[j]);
    if (month == 0) return std::nullopt;
    j = skip(skip(skip(j + 1, {"."}), {","}), {"de", "del"});
    return j < tokens_.size() && is_year(tokens_[j]) ? made(tokens_[j].value, month, tokens_[i].value, j + 1)
                                                     : std::nullopt;
  }

  static std::optional<Found> made(int year, int month, int day, std::size_t next) {
    std::string value = iso(year, month, day);
    if (value.empty()) return std::nullopt;
    return Found{std::move(value), next};
  }

  std::string_view line_;
  const std::vector<Token>& tokens_;
};

// "10:20", "10:20 pm", "10:20:05 GMT" within a few tokens from `i`; "" when there is none.
std::string time_after(std::string_view line, const std::vector<Token>& tokens, std::size_t i, std::size_t& end) {
  constexpr std::size_t kNear = 4;  // tokens between date and time: ", at", "-", "T"
  for (std::size_t k = i; k + 2 < tokens.size() && k < i + kNear; ++k) {
    if (tokens[k].kind != Token::number || tokens[k + 1].of(line) != ":" || tokens[k + 2].kind != Token::number)
      continue;
    int hour = tokens[k].value;
    const int minute = tokens[k + 2].value;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || tokens[k + 2].length() != 2) return {};
    std::size_t next = k + 3;
    if (next + 1 < tokens.size() && tokens[next].of(line) == ":" && tokens[next + 1].kind == Token::number) next += 2;
    std::string half = next < tokens.size() ? tokens[next].folded : "";
    if (half == "p" || half == "a") {
      half += "m";
      next += 3;
    }
    if (half == "pm" && hour < 12) hour += 12;
    if (half == "am" && hour == 12) hour = 0;
    if (half == "pm" || half == "am") next = std::min(next + 1, tokens.size());
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d", hour, minute);
    std::string out = buffer;
    if (next < tokens.size() && (tokens[next].folded == "gmt" || tokens[next].folded == "utc")) {
      out += ":00Z";
      ++next;
    }
    end = tokens[std::min(next, tokens.size()) - 1].end;
    return out;
  }
  return {};
}

bool digits(std::string_view text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                     text.begin() + static_cast<std::ptrdiff_t>(from + count),
                     [](char c) { return c >= '0' && c <= '9'; });
}

// hh:mm[:ss[.fff]][zone] after an ISO date, as "Thh:mm:ss" with "Z" or "+hh:mm"; "" when it is no time.
std::string iso_time(std::string_view rest) {
  if (!digits(rest, 0, 2) || rest.size() < 5 || rest[2] != ':' || !digits(rest, 3, 2)) return {};
  std::string out = "T" + std::string(rest.substr(0, 5));
  rest.remove_prefix(5);
  if (rest.size() >= 3 && rest[0] == ':' && digits(rest, 1, 2)) {
    out += rest.substr(0, 3);
    rest.remove_prefix(3);
  } else {
    out += ":00";
  }
  if (out.substr(1, 2) > "23" || out.substr(4, 2) > "59" || out.substr(7, 2) > "60") return {};
  if (!rest.empty() && (rest[0] == '.' || rest[0] == ',')) {
    rest.remove_prefix(1);
    while (!rest.empty() && digits(rest, 0, 1)) rest.remove_prefix(1);
  }
  rest = trim(rest);
  if (rest == "Z" || rest == "z" || rest == "GMT" || rest == "UTC") return out + "Z";
  if (rest.size() >= 3 && (rest[0] == '+' || rest[0] == '-') && digits(rest, 1, 2)) {
    const std::string_view hours = rest.substr(0, 3);
    rest.remove_prefix(3);
    if (!rest.empty() && rest[0] == ':') rest.remove_prefix(1);
    return out + std::string(hours) + ":" + (digits(rest, 0, 2) ? std::string(rest.substr(0, 2)) : "00");
  }
  return out;
}

std::string_view role_at_start(std::string_view folded, std::string_view a, std::string_view b, std::size_t* length) {
  for (const auto& [phrase, role] : word_lists().line_starts) {
    if (role != a && role != b) continue;
    if (folded.size() <= phrase.size() || folded.substr(0, phrase.size()) != phrase) continue;
    const char next = folded[phrase.size()];
    if (next != ' ' && next != ':') continue;
    if (length != nullptr) *length = phrase.size();
    return role;
  }
  return {};
}

// Whether tokens [first, last) can be a person's name.
bool is_name(std::string_view line, const std::vector<Token>& tokens, std::size_t first, std::size_t last,
             bool declared) {
  std::size_t words = 0;
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view text = tokens[i].of(line);
    if (tokens[i].kind == Token::number || text == "@" || text == "/" || text == ":") return false;
    if (tokens[i].kind != Token::word) continue;
    ++words;
    if (!declared && word_lists().name_job.count(tokens[i].folded) > 0) return false;
  }
  return words >= 1 && words <= kNameWords + 2 && tokens[first].kind == Token::word &&
         (declared || begins_upper(tokens[first].of(line)));
}

// A cheap look before the line is cut into tokens: four digits that begin with 19 or 20.
bool may_hold_year(std::string_view line) {
  for (std::size_t i = 0; i + 4 <= line.size(); ++i) {
    if ((line[i] == '1' && line[i + 1] == '9') || (line[i] == '2' && line[i + 1] == '0')) return true;
  }
  return false;
}

}  // namespace

std::optional<FoundText> date_in(std::string_view line) {
  if (line.size() > kLineBytes || !may_hold_year(line)) return std::nullopt;
  const std::vector<Token> tokens = tokens_of(line);
  const DatePattern pattern(line, tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::optional<Found> found = pattern.at(i);
    if (!found) continue;
    std::size_t end = tokens[found->next - 1].end;
    found->value += time_after(line, tokens, found->next, end);
    return FoundText{std::move(found->value), tokens[i].start, end};
  }
  return std::nullopt;
}

std::optional<std::string> normal_date(std::string_view value) {
  value = trim(value);
  if (value.size() > kLineBytes) return std::nullopt;
  if (value.size() >= 10 && digits(value, 0, 4) && value[4] == '-') {
    const auto date = Date::parse(value.substr(0, 10));
    if (!date || date->day == 0 || date->year < kFirstYear || date->year > kLastYear) return std::nullopt;
    std::string out = date->to_string();
    if (value.size() > 11) out += iso_time(trim(value.substr(11)));
    return out;
  }
  if (value.size() == 8 && digits(value, 0, 8)) {
    const std::string out = iso(std::stoi(std::string(value.substr(0, 4))), std::stoi(std::string(value.substr(4, 2))),
                                std::stoi(std::string(value.substr(6, 2))));
    return out.empty() || out < "1990" ? std::nullopt : std::optional<std::string>(out);
  }
  if ((value.size() == 10 || value.size() == 13) && digits(value, 0, value.size())) {
    // Seconds or milliseconds since 1970, as some systems put into their meta elements.
    const std::chrono::sys_seconds when{std::chrono::seconds{std::stoll(std::string(value.substr(0, 10)))}};
    const Date date = Date::from_days(std::chrono::floor<std::chrono::days>(when));
    return date.year < kFirstYear || date.year > kLastYear ? std::nullopt
                                                           : std::optional<std::string>(date.to_string());
  }
  if (const auto found = date_in(value)) return found->value;
  return std::nullopt;
}

std::vector<FoundText> names_in(std::string_view text, bool declared) {
  std::vector<FoundText> out;
  if (text.size() > kLineBytes) return out;
  const std::vector<Token> tokens = tokens_of(text);
  std::size_t first = 0;
  const auto close = [&](std::size_t last) {
    // "Ken Yu, August" before "12, 2022" is a name and the start of a date.
    while (last > first &&
           ((tokens[last - 1].kind == Token::mark && tokens[last - 1].of(text) != ".") ||
            (last < tokens.size() && tokens[last].kind == Token::number && month_of(tokens[last - 1]) > 0))) {
      --last;
    }
    if (last > first && is_name(text, tokens, first, last, declared && out.empty() && first == 0)) {
      const std::size_t start = tokens[first].start, end = tokens[last - 1].end;
      out.push_back({std::string(text.substr(start, end - start)), start, end});
    }
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const std::string_view here = token.of(text);
    if (here == "|" || here == "(" || here == "·" || here == "•" || here == "–" || here == "—" ||
        (token.kind == Token::number) ||
        (i > first && word_lists().name_stop.count(token.folded) > 0 && !begins_upper(here))) {
      close(i);
      return out;
    }
    const bool separator = here == "," || here == ";" || here == "&" || here == "/" ||
                           (word_lists().name_and.count(token.folded) > 0 && !begins_upper(here));
    if (!separator) continue;
    close(i);
    first = i + 1;
  }
  close(tokens.size());
  return out;
}

std::vector<FoundText> byline_in(std::string_view line) {
  if (line.size() > kLineBytes || word_count(line) > kBylineWords) return {};
  const std::string folded = folded_label(line.substr(0, 64));
  std::size_t length = 0;
  if (role_at_start(folded, "by", "by", &length).empty()) return {};
  // The byline words are plain letters, so that the folded prefix has the length of the written one.
  std::size_t start = length;
  while (start < line.size() && (line[start] == ' ' || line[start] == ':')) ++start;
  if (start >= line.size() || !begins_upper(line.substr(start)) || (ends_sentence(line) && word_count(line) > 6))
    return {};
  std::vector<FoundText> names = names_in(line.substr(start));
  for (FoundText& name : names) {
    name.start += start;
    name.end += start;
  }
  return names;
}

std::string_view date_role_of(std::string_view line) {
  return role_at_start(fold_name(line.substr(0, 64)), "date", "updated", nullptr);
}

}  // namespace casus::detail
