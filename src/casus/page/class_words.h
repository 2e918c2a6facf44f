// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the values of class, id, role and itemprop say about an element. Values are cut into words ("articleBody-text"
// -> article, body, text); words/class_weights.tsv gives each word its learned log-odds of standing around article
// text, words/hints.tsv the reason that it gives for leaving a block out. One ClassWords serves one page: it remembers
// values it has seen.
#include <casus/page/dom.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus::detail {

struct ClassMeaning {
  float score = 0;          // sum of the words' log-odds, within ±4
  std::string_view reason;  // of words/hints.tsv; empty: none
};

// The words of an attribute's value, lower case, without digits; at most 24.
std::vector<std::string> class_words(std::string_view value);

class ClassWords {
 public:
  ClassMeaning of(const Node& element);

 private:
  ClassMeaning of_value(std::string_view value);
  std::unordered_map<std::string_view, ClassMeaning> seen_;  // keys view the tree
};

}  // namespace casus::detail
