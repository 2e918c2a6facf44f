// SPDX-License-Identifier: Apache-2.0
// Reads the embedded lists. A malformed line is skipped: the lists are ours, and words_test.cc checks that each line is
// read.
#include <casus/base/utf8.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <charconv>

#include "page_words.h"  // generated from words/*.tsv by content.cmake

namespace casus::detail {

namespace {

constexpr std::size_t kLabelBytes = 160;  // a label is a short line; longer ones are prose and need no look-up
constexpr std::size_t kLabelWords = 6;    // longest phrase in words/labels.tsv
constexpr std::size_t kBriefWords = 6;    // "brief" phrases count in lines up to this many words
constexpr std::size_t kAnyWords = 16;     // "any" phrases count only in lines up to this many words

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t at = line.find(separator);
    out.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return out;
    line.remove_prefix(at + 1);
  }
}

template <class Use>
void each_row(std::string_view table, std::size_t columns, const Use& use) {
  for (const std::string_view line : split(table, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> row = split(line, '\t');
    if (row.size() == columns) use(row);
  }
}

WordLists load() {
  WordLists lists;
  each_row(kLabelsTable, 4, [&](const auto& row) {
    if (row[1] == "exact") lists.label_exact.emplace(fold_name(row[3]), row[0]);
    if (row[1] == "start") lists.label_start.emplace(fold_name(row[3]), row[0]);
    if (row[1] == "brief") lists.label_brief.emplace_back(fold_name(row[3]), row[0]);
    if (row[1] == "any") lists.label_any.emplace_back(fold_name(row[3]), row[0]);
  });
  each_row(kFunctionWordsTable, 2, [&](const auto& row) { lists.function_words.insert(fold_name(row[1])); });
  each_row(kAbbreviationsTable, 2, [&](const auto& row) { lists.abbreviations.insert(fold_name(row[1])); });
  each_row(kTrustTable, 2, [&](const auto& row) { lists.trust.emplace_back(fold_name(row[0]), row[1]); });
  each_row(kBylinesTable, 3, [&](const auto& row) {
    std::string phrase = fold_name(row[2]);
    if (row[0] == "and") {
      lists.name_and.insert(std::move(phrase));
    } else if (row[0] == "stop") {
      lists.name_stop.insert(std::move(phrase));
    } else if (row[0] == "job") {
      lists.name_job.insert(std::move(phrase));
    } else {
      lists.line_starts.emplace_back(std::move(phrase), row[0]);
    }
  });
  std::stable_sort(lists.line_starts.begin(), lists.line_starts.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  each_row(kMonthsTable, 3, [&](const auto& row) {
    int month = 0;
    for (const char c : row[0]) month = month * 10 + (c - '0');
    lists.months.emplace(fold_name(row[2]), month);
  });
  each_row(kHintsTable, 3, [&](const auto& row) { lists.hints.emplace(row[2], row[1]); });
  each_row(kMetaNamesTable, 2, [&](const auto& row) { lists.meta_names.emplace_back(row[1], row[0]); });
  each_row(kClassWeightsTable, 2, [&](const auto& row) {
    float weight = 0;
    std::from_chars(row[1].data(), row[1].data() + row[1].size(), weight);
    lists.class_weights.emplace(row[0], weight);
  });
  return lists;
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

const WordLists& word_lists() {
  static const WordLists lists = load();
  return lists;
}

std::string folded_label(std::string_view line) {
  std::string parted;
  parted.reserve(std::min(line.size(), kLabelBytes) + 8);
  bool lower_before = false, plain = true;
  for (std::size_t i = 0; i < line.size() && parted.size() < kLabelBytes;) {
    const Decoded d = next_character(line, i);
    i += d.length;
    if (d.code_point < 0x80) {
      const char c = static_cast<char>(d.code_point);
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper && lower_before) parted += ' ';
      lower_before = c >= 'a' && c <= 'z';
      if (c > ' ') {
        parted += upper ? static_cast<char>(c + 32) : c;
      } else if (!parted.empty() && parted.back() != ' ') {
        parted += ' ';
      }
      continue;
    }
    const bool upper = is_upper(d.code_point);
    if (upper && lower_before) parted += ' ';
    // The typewriter's apostrophe, so that "editor’s" and "editor's" are one phrase.
    append_utf8(parted, d.code_point == 0x2019 ? U'\'' : d.code_point);
    plain = plain && d.code_point == 0x2019;
    lower_before = !upper && is_letter(d.code_point);
  }
  while (!parted.empty() && parted.back() == ' ') parted.pop_back();
  return plain ? parted : fold_name(parted);
}

std::string_view label_of(std::string_view line) {
  const std::string folded = folded_label(line);
  std::string_view key = folded;
  // What stands around a label is decoration: bullets, arrows, brackets.
  while (!key.empty()) {
    const Decoded d = next_character(key, 0);
    if (is_letter(d.code_point) || is_digit(d.code_point) || d.code_point == '(' || d.code_point == 0xA9) break;
    key.remove_prefix(d.length);
  }
  while (!key.empty() && !is_word_char(key.back()) && key.back() != ':' && key.back() != ')') key.remove_suffix(1);
  if (key.empty()) return {};
  const WordLists& lists = word_lists();
  const auto exact = [&](std::string_view phrase) {
    const auto hit = lists.label_exact.find(phrase);
    return hit == lists.label_exact.end() ? std::string_view{} : std::string_view{hit->second};
  };
  if (const std::string_view reason = exact(key); !reason.empty()) return reason;
  if (key.back() == ':') {
    if (const std::string_view reason = exact(key.substr(0, key.size() - 1)); !reason.empty()) return reason;
  }
  std::size_t words = 0;
  for (std::size_t i = 1; i <= key.size() && words < kLabelWords; ++i) {
    if (i < key.size() && is_word_char(key[i]) && (is_word_char(key[i - 1]) || key[i - 1] == '\'')) continue;
    if (i < key.size() && key[i] == ' ') ++words;
    if (const auto hit = lists.label_start.find(key.substr(0, i)); hit != lists.label_start.end()) return hit->second;
  }
  const auto blanks = static_cast<std::size_t>(std::count(key.begin(), key.end(), ' '));
  if (blanks < kBriefWords) {
    for (const auto& [phrase, reason] : lists.label_brief) {
      const std::size_t at = key.find(phrase);
      if (at == std::string_view::npos || (at > 0 && is_word_char(key[at - 1]))) continue;
      const std::size_t end = at + phrase.size();
      if (end == key.size() || !is_word_char(key[end])) return reason;
    }
  }
  if (blanks < kAnyWords) {
    for (const auto& [phrase, reason] : lists.label_any) {
      if (key.find(phrase) != std::string_view::npos) return reason;
    }
  }
  return {};
}

std::string_view trust_scheme_of(std::string_view line) {
  const std::string folded = folded_label(line);
  for (const auto& [phrase, name] : word_lists().trust) {
    if (folded.find(phrase) != std::string::npos) return name;
  }
  return {};
}

}  // namespace casus::detail
