// SPDX-License-Identifier: Apache-2.0
#include "casus/language/words.h"

#include <array>
#include <charconv>
#include <utility>

#include "casus/base/utf8.h"

namespace casus::detail {

extern const std::array<std::pair<std::string_view, std::string_view>, 6> kWordTables;  // language and table

namespace {

// Longer words are in no list: a bound for the look-up's buffer.
constexpr std::size_t kLongestWord = 32;

constexpr std::array<std::pair<std::string_view, WordKind>, 18> kKinds = {{{"title", WordKind::title},
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
                                                                           {"saying", WordKind::saying},
                                                                           {"elision", WordKind::elision},
                                                                           {"contraction", WordKind::contraction},
                                                                           {"enclitic", WordKind::enclitic},
                                                                           {"host", WordKind::host},
                                                                           {"ending", WordKind::ending},
                                                                           {"between", WordKind::between}}};

constexpr std::array<std::pair<std::string_view, WritingRule>, 5> kRules = {
    {{"hyphens-join", WritingRule::hyphens_join},
     {"comma-decimal", WritingRule::comma_decimal},
     {"clitics-apart", WritingRule::clitics_apart},
     {"hash-joins", WritingRule::hash_joins},
     {"initials-apart", WritingRule::initials_apart}}};

std::uint32_t kind_of(std::string_view name) {
  for (const auto& [known, kind] : kKinds) {
    if (known == name) return static_cast<std::uint32_t>(kind);
  }
  return 0;
}

std::string_view cell(std::string_view& rest) {
  const std::size_t tab = rest.find('\t');
  const std::string_view out = rest.substr(0, tab);
  rest.remove_prefix(tab == std::string_view::npos ? rest.size() : tab + 1);
  return out;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const Words& Words::of(std::string_view language) {
  static const std::vector<Words> all = [] {
    std::vector<Words> out;
    out.reserve(kWordTables.size());
    for (const auto& [code, table] : kWordTables) out.push_back(Words(table));
    return out;
  }();
  for (std::size_t i = 0; i < kWordTables.size(); ++i) {
    if (kWordTables[i].first == language) return all[i];
  }
  return all[0];
}

Words::Words(std::string_view table) {
  while (!table.empty()) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(line.size() < table.size() ? line.size() + 1 : line.size());
    const std::size_t tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string_view::npos) continue;
    add(line.substr(0, tab), line.substr(tab + 1));
  }
  has_multiwords_ = !contractions_.empty();
}

void Words::add(std::string_view kind, std::string_view value) {
  if (kind == "rule") {
    for (const auto& [known, rule] : kRules) {
      if (known == value) rules_ = static_cast<std::uint8_t>(rules_ | static_cast<std::uint8_t>(rule));
    }
    return;
  }
  std::string word(cell(value));
  if (kind == "lean") {
    word.append(" ").append(cell(value));
    // Thousandths, so that no locale and no rounding of the reader has a say.
    int thousandths = 0;
    std::from_chars(value.data(), value.data() + value.size(), thousandths);
    leans_[std::move(word)] = static_cast<float>(thousandths) / 1000.0F;
    return;
  }
  std::uint16_t cut = 0;
  if (const std::size_t bar = word.find('|'); bar != std::string::npos) {
    cut = static_cast<std::uint16_t>(bar);
    word.erase(bar, 1);
  }
  if (kind == "host") hosts_[word] = value.empty() ? word : std::string(value);
  if (kind == "contraction") {
    Contraction& contraction = contractions_[word];
    contraction.cut = cut;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      contraction.parts.emplace_back(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
  }
  Entry& entry = entries_[std::move(word)];
  entry.kinds |= kind_of(kind);
  if (cut > 0 && kind == "split") entry.cut = cut;
}

const Words::Entry* Words::find(std::string_view key) const {
  const auto it = entries_.find(key);
  return it == entries_.end() ? nullptr : &it->second;
}

bool Words::is(WordKind kind, std::string_view word) const {
  std::array<char, kLongestWord> plain{};
  std::array<char, kLongestWord> small{};
  std::size_t n = 0;
  bool ascii = true;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (n == kLongestWord) return false;
    char c = word[i];
    if (word.substr(i).starts_with("\u2019")) {
      c = '\'';
      i += 2;
    }
    ascii = ascii && static_cast<unsigned char>(c) < 0x80U;
    plain[n] = c;
    small[n++] = lower(c);
  }
  const auto wanted = static_cast<std::uint32_t>(kind);
  const Entry* entry = find({plain.data(), n});
  if (entry != nullptr && (entry->kinds & wanted) != 0) return true;
  entry = ascii ? find({small.data(), n}) : find(to_lower(std::string_view(plain.data(), n)));
  return entry != nullptr && (entry->kinds & wanted) != 0;
}

const Contraction* Words::contraction(std::string_view word) const {
  if (word.size() > kLongestWord || contractions_.empty()) return nullptr;
  const auto it = contractions_.find(to_lower(word));
  return it == contractions_.end() ? nullptr : &it->second;
}

std::string_view Words::host(std::string_view word) const {
  const auto it = hosts_.find(word);
  return it == hosts_.end() ? std::string_view{} : std::string_view(it->second);
}

float Words::lean(std::string_view word, std::string_view feature) const {
  if (leans_.empty()) return 0;
  std::string key(word);
  key.append(" ").append(feature);
  const auto it = leans_.find(key);
  return it == leans_.end() ? 0 : it->second;
}

std::size_t Words::cut(std::string_view word) const {
  if (word.size() > kLongestWord) return 0;
  std::array<char, kLongestWord> small{};
  for (std::size_t i = 0; i < word.size(); ++i) small[i] = lower(word[i]);
  const Entry* entry = find({small.data(), word.size()});
  return entry == nullptr ? 0 : entry->cut;
}

}  // namespace casus::detail
