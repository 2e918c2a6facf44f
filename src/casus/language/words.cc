// SPDX-License-Identifier: Apache-2.0
#include "casus/language/words.h"

#include <array>
#include <utility>

namespace casus::detail {

extern const std::string_view kEnglishWords;

namespace {

// Longer words are in no list: a bound for the look-up's buffer.
constexpr std::size_t kLongestWord = 24;

constexpr std::array<std::pair<std::string_view, WordKind>, 12> kKinds = {{{"title", WordKind::title},
                                                                           {"abbreviation", WordKind::abbreviation},
                                                                           {"number", WordKind::number},
                                                                           {"prefix", WordKind::prefix},
                                                                           {"unit", WordKind::unit},
                                                                           {"clitic", WordKind::clitic},
                                                                           {"split", WordKind::split},
                                                                           {"whole", WordKind::whole},
                                                                           {"smiley", WordKind::smiley},
                                                                           {"domain", WordKind::domain},
                                                                           {"starter", WordKind::starter},
                                                                           {"saying", WordKind::saying}}};

std::uint16_t kind_of(std::string_view name) {
  for (const auto& [known, kind] : kKinds) {
    if (known == name) return static_cast<std::uint16_t>(kind);
  }
  return 0;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const Words& Words::of(std::string_view) {
  static const Words english(kEnglishWords);
  return english;
}

Words::Words(std::string_view table) {
  while (!table.empty()) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(line.size() < table.size() ? line.size() + 1 : line.size());
    const std::size_t tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string_view::npos) continue;
    std::string word(line.substr(tab + 1));
    std::uint16_t cut = 0;
    if (const std::size_t bar = word.find('|'); bar != std::string::npos) {
      cut = static_cast<std::uint16_t>(bar);
      word.erase(bar, 1);
    }
    Entry& entry = entries_[std::move(word)];
    entry.kinds = static_cast<std::uint16_t>(entry.kinds | kind_of(line.substr(0, tab)));
    if (cut > 0) entry.cut = cut;
  }
}

const Words::Entry* Words::find(std::string_view key) const {
  const auto it = entries_.find(key);
  return it == entries_.end() ? nullptr : &it->second;
}

bool Words::is(WordKind kind, std::string_view word) const {
  std::array<char, kLongestWord> plain{};
  std::array<char, kLongestWord> small{};
  std::size_t n = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (n == kLongestWord) return false;
    char c = word[i];
    if (word.substr(i).starts_with("\u2019")) {
      c = '\'';
      i += 2;
    }
    plain[n] = c;
    small[n++] = lower(c);
  }
  const auto wanted = static_cast<std::uint16_t>(kind);
  const Entry* entry = find({plain.data(), n});
  if (entry != nullptr && (entry->kinds & wanted) != 0) return true;
  entry = find({small.data(), n});
  return entry != nullptr && (entry->kinds & wanted) != 0;
}

std::size_t Words::cut(std::string_view word) const {
  if (word.size() > kLongestWord) return 0;
  std::array<char, kLongestWord> small{};
  for (std::size_t i = 0; i < word.size(); ++i) small[i] = lower(word[i]);
  const Entry* entry = find({small.data(), word.size()});
  return entry == nullptr ? 0 : entry->cut;
}

}  // namespace casus::detail
