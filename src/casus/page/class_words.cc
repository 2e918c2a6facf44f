// SPDX-License-Identifier: Apache-2.0
// Tests: main_content_test.cc.
#include <casus/page/class_words.h>
#include <casus/page/words.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxWords = 24;  // per attribute: utility frameworks put dozens of words that mean nothing here
constexpr std::size_t kMaxValueBytes = 400;
constexpr float kBound = 4;  // log-odds of one element; beyond it is no surer

bool is_attribute_of_meaning(std::string_view name) {
  return name == "class" || name == "id" || name == "role" || name == "itemprop";
}

}  // namespace

std::vector<std::string> class_words(std::string_view value) {
  std::vector<std::string> out;
  std::string word;
  bool lower_before = false;
  const auto close = [&] {
    if (word.size() >= 2 && out.size() < kMaxWords && std::find(out.begin(), out.end(), word) == out.end())
      out.push_back(word);
    word.clear();
  };
  for (const char c : value.substr(0, kMaxValueBytes)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    if ((upper && lower_before) || (!upper && !lower)) close();
    if (upper || lower) word += static_cast<char>(upper ? c + 32 : c);
    lower_before = lower;
  }
  close();
  return out;
}

ClassMeaning ClassWords::of_value(std::string_view value) {
  const auto [entry, fresh] = seen_.try_emplace(value);
  if (!fresh) return entry->second;
  const WordLists& lists = word_lists();
  ClassMeaning meaning;
  for (const std::string& word : class_words(value)) {
    if (const auto weight = lists.class_weights.find(word); weight != lists.class_weights.end())
      meaning.score += weight->second;
    if (const auto hint = lists.hints.find(word); meaning.reason.empty() && hint != lists.hints.end())
      meaning.reason = hint->second;
  }
  entry->second = meaning;
  return meaning;
}

ClassMeaning ClassWords::of(const Node& element) {
  ClassMeaning out;
  for (const Attribute& attribute : element.attributes) {
    if (!is_attribute_of_meaning(attribute.name) || attribute.value.empty()) continue;
    const ClassMeaning meaning = of_value(attribute.value);
    out.score += meaning.score;
    if (out.reason.empty()) out.reason = meaning.reason;
  }
  out.score = std::clamp(out.score, -kBound, kBound);
  return out;
}

}  // namespace casus::detail
