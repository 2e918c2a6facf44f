// SPDX-License-Identifier: Apache-2.0
#include "casus/language/row_table.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace casus::detail {

namespace {

void each_row(std::string_view table, const std::function<void(std::string_view, std::string_view)>& take) {
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    const std::size_t tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string_view::npos) continue;
    take(line.substr(0, tab), line.substr(tab + 1));
  }
}

}  // namespace

RowTable::RowTable(std::string_view table) {
  each_row(table,
           [this](std::string_view kind, std::string_view word) { kinds_[std::string(word)].emplace_back(kind); });
}

bool RowTable::is(std::string_view kind, std::string_view word) const {
  const auto it = kinds_.find(word);
  return it != kinds_.end() && std::find(it->second.begin(), it->second.end(), kind) != it->second.end();
}

std::string_view RowTable::first_of(std::initializer_list<std::string_view> kinds, std::string_view word) const {
  const auto it = kinds_.find(word);
  if (it == kinds_.end()) return {};
  for (const std::string_view kind : kinds) {
    if (std::find(it->second.begin(), it->second.end(), kind) != it->second.end()) return kind;
  }
  return {};
}

WeightTable::WeightTable(std::string_view table) {
  each_row(table, [this](std::string_view feature, std::string_view value) {
    int thousandths = 0;
    std::from_chars(value.data(), value.data() + value.size(), thousandths);
    weights_[feature_hash({feature})] = static_cast<float>(thousandths) / 1000.0F;
  });
}

}  // namespace casus::detail
