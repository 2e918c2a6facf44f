// SPDX-License-Identifier: Apache-2.0
// The tables are parsed once, at first use; they are part of the program, so a broken line is a bug and simply is not
// found.
#include "words.h"

#include <casus/base/utf8.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <vector>

#include "assets.h"

namespace casus::detail {
namespace {

std::vector<std::vector<std::string_view>> rows(std::string_view table) {
  std::vector<std::vector<std::string_view>> out;
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(line.size() < table.size() ? line.size() + 1 : line.size());
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string_view> cells;
    for (std::size_t tab = 0; tab != std::string_view::npos;) {
      tab = line.find('\t');
      cells.push_back(line.substr(0, tab));
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
    out.push_back(std::move(cells));
  }
  return out;
}

using Labels = std::map<std::pair<std::string_view, std::string_view>, std::string_view>;

const Labels& labels() {
  static const Labels table = [] {
    Labels made;
    for (const auto& cells : rows(embedded("labels.tsv"))) {
      if (cells.size() == 3) made.emplace(std::pair{cells[0], cells[1]}, cells[2]);
    }
    return made;
  }();
  return table;
}

const std::vector<std::vector<std::string_view>>& phrases() {
  static const auto table = rows(embedded("phrases.tsv"));
  return table;
}

}  // namespace

std::string_view label(std::string_view kind, std::string_view key) {
  const auto found = labels().find({kind, key});
  return found == labels().end() ? key : found->second;
}

bool has_label(std::string_view kind, std::string_view key) {
  return labels().contains({kind, key});
}

Phrase phrase(std::string_view type, std::string_view mode, std::string& spare) {
  for (const auto& cells : phrases()) {
    if (cells.size() != 5 || cells[0] != type) continue;
    if (cells[1] != "-" && cells[1] != mode) continue;
    return {cells[2], cells[3], cells[4] == "-" ? std::string_view{} : cells[4]};
  }
  spare = "(" + to_lower(type) + ")";
  return {spare, spare, {}};
}

std::string country_name(std::string_view code) {
  if (has_label("country", code)) return std::string(label("country", code));
  if (code.size() != 3) return std::string(code);
  const icu::Locale place("und", std::string(code).c_str());
  icu::UnicodeString shown;
  place.getDisplayCountry(icu::Locale::getEnglish(), shown);
  std::string out;
  shown.toUTF8String(out);
  return out.empty() ? std::string(code) : out;
}

std::string format_date(Date date) {
  if (!date) return {};
  const std::string year = std::to_string(date.year);
  if (date.month == 0) return year;
  const std::string month(label("month", std::to_string(date.month)));
  if (date.day == 0) return month + " " + year;
  return std::to_string(date.day) + " " + month + " " + year;
}

std::string format_month(std::string_view iso_month) {
  const auto date = Date::parse(iso_month);
  return date && date->month != 0 ? format_date({date->year, date->month, 0}) : std::string(iso_month);
}

std::string format_day(std::string_view iso) {
  const auto date = Date::parse(iso);
  return date ? format_date(*date) : std::string(iso);
}

std::string format_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string format_score(double score) {
  char text[8];  // "0.87" and its end
  std::snprintf(text, sizeof text, "%.2f", std::isfinite(score) ? std::clamp(score, 0.0, 1.0) : 0.0);
  return text;
}

std::string format_count(std::uint64_t count, std::string_view one, std::string_view many) {
  return format_count(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace casus::detail
