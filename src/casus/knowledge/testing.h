// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the tests of this room: the compiled file of the build tree, and sentences written in one line each.
#include <casus/knowledge/knowledge.h>
#include <casus/language/sentence.h>
#include <casus/page/article.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace casus::testing {

inline std::filesystem::path knowledge_path() {
  return std::filesystem::path{CASUS_BINARY_DIR} / "data" / "knowledge.casus";
}

inline const Knowledge& knowledge() {
  static const std::shared_ptr<const Knowledge> file = Knowledge::open(knowledge_path()).value();
  return *file;
}

// "Form/UPOS/head/deprel" words separated by blanks, heads counted from 1, 0 for the root; `Form/UPOS` alone gives no
// tree and `Form` alone no tag. A "+" in front of a word means that no space stands before it. Square brackets are not
// needed: names come from `names`.
struct Text {
  Article article;
  std::vector<Sentence> sentences;

  Text& date(std::string value) {
    article.published.value = std::move(value);
    return *this;
  }
  Text& add(std::string_view line, std::vector<Name> names = {}) {
    Sentence s;
    s.names = std::move(names);
    if (!article.text.empty()) article.text += '\n';
    const auto start = static_cast<std::uint32_t>(article.text.size());
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      std::string_view word = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
      const bool glued = word.size() > 1 && word.front() == '+';
      if (glued) word.remove_prefix(1);
      std::vector<std::string> parts;
      for (std::size_t at = 0; at <= word.size();) {
        const std::size_t slash = std::min(word.find('/', at), word.size());
        parts.emplace_back(word.substr(at, slash - at));
        at = slash + 1;
      }
      Token t;
      t.form = parts[0];
      if (parts.size() > 1) t.upos = upos_from(parts[1]);
      if (parts.size() > 3) {
        t.head = std::stoi(parts[2]) - 1;
        t.deprel = parts[3];
      }
      t.lemma = parts.size() > 4 ? parts[4] : "";
      if (!s.tokens.empty()) {
        s.tokens.back().space_after = !glued;
        if (!glued) article.text += ' ';
      }
      t.span.start = static_cast<std::uint32_t>(article.text.size());
      article.text += t.form;
      t.span.end = static_cast<std::uint32_t>(article.text.size());
      s.tokens.push_back(std::move(t));
    }
    s.span = {start, static_cast<std::uint32_t>(article.text.size())};
    sentences.push_back(std::move(s));
    return *this;
  }
};

}  // namespace casus::testing
