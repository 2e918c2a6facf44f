// SPDX-License-Identifier: Apache-2.0
// tests/golden/quotes.tsv holds quotations marked by hand; the floors below are a little under what was
// measured (docs/language.md), so that a new model may differ in a sentence or two.
#include <casus/language/model.h>
#include <casus/language/quotes.h>
#include <casus/language/segment.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

namespace casus {
namespace {

const std::string kRoot = CASUS_SOURCE_DIR;

std::shared_ptr<const LanguageModel> english() {
  static const auto model = LanguageModel::open(kRoot + "/models/en.casm").value();
  return model;
}

std::vector<Sentence> parse(const std::string& text) {
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  std::vector<Sentence> sentences = segment(text, {&whole, 1});
  english()->annotate(sentences);
  return sentences;
}

struct Marked {
  bool direct = false;
  std::vector<Span> content;
  Span cue, speaker;
};

// "[s1:Ana] [c1:said] …" to the plain text and its quotations.
std::vector<Marked> unmark(const std::string& line, std::string& text) {
  struct Open {
    std::string label;
    std::uint32_t start;
  };
  std::vector<Open> open;
  std::map<std::string, Marked> found;
  text.clear();
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto here = static_cast<std::uint32_t>(text.size());
    if (line[i] == '[') {
      const std::size_t colon = line.find(':', i);
      open.push_back({line.substr(i + 1, colon - i - 1), here});
      i = colon;
    } else if (line[i] == ']') {
      const Span span{open.back().start, here};
      const std::string label = open.back().label;
      open.pop_back();
      std::string number;
      for (std::size_t c = 1; c <= label.size(); ++c) {
        if (c < label.size() && label[c] != ',') {
          number += label[c];
          continue;
        }
        Marked& quote = found[number];
        number.clear();
        if (label[0] == 's') quote.speaker = span;
        if (label[0] == 'c') quote.cue = span;
        if (label[0] == 'd' || label[0] == 'i') quote.content.push_back(span);
        if (label[0] == 'd') quote.direct = true;
      }
    } else {
      text += line[i];
    }
  }
  std::vector<Marked> out;
  for (auto& [number, quote] : found) {
    if (!quote.content.empty()) out.push_back(std::move(quote));
  }
  return out;
}

std::size_t bytes(const std::vector<Span>& spans) {
  std::size_t sum = 0;
  for (const Span& s : spans) sum += s.length();
  return sum;
}

std::size_t shared(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::size_t sum = 0;
  for (const Span& x : a) {
    for (const Span& y : b) {
      const std::uint32_t start = std::max(x.start, y.start), end = std::min(x.end, y.end);
      if (start < end) sum += end - start;
    }
  }
  return sum;
}

struct Tally {
  int gold = 0, made = 0, found = 0, speaker = 0, kind = 0;
  double f1(int right) const { return 2.0 * right / (gold + made); }
};

// A quotation is found when half of what both contents cover is common; its speaker is right when the head of ours
// stands in the one marked.
Tally measure() {
  std::ifstream in(kRoot + "/tests/golden/quotes.tsv");
  Tally tally;
  std::string line, text;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<Marked> gold = unmark(line, text);
    const std::vector<Sentence> sentences = parse(text);
    const std::vector<Quote> made = find_quotes(sentences, text);
    tally.gold += static_cast<int>(gold.size());
    tally.made += static_cast<int>(made.size());
    std::vector<bool> used(made.size());
    for (const Marked& wanted : gold) {
      for (std::size_t i = 0; i < made.size(); ++i) {
        const std::size_t common = shared(wanted.content, made[i].content);
        if (used[i] || 2 * common < bytes(wanted.content) + bytes(made[i].content) - common) continue;
        used[i] = true;
        ++tally.found;
        tally.kind += made[i].direct == wanted.direct ? 1 : 0;
        if (made[i].speaker) {
          const MentionSpan& s = *made[i].speaker;
          const Span head = sentences[s.sentence].tokens[s.head].span;
          tally.speaker += head.start >= wanted.speaker.start && head.end <= wanted.speaker.end ? 1 : 0;
        }
        break;
      }
    }
  }
  return tally;
}

TEST(Quotes, AreFoundWithTheirSpeakersInTheMarkedTexts) {
  const Tally tally = measure();
  RecordProperty("gold", tally.gold);
  RecordProperty("made", tally.made);
  RecordProperty("found", tally.found);
  RecordProperty("speaker", tally.speaker);
  RecordProperty("kind", tally.kind);
  ASSERT_GE(tally.gold, 150);
  EXPECT_GE(tally.f1(tally.found), 0.92);
  EXPECT_GE(tally.f1(tally.speaker), 0.89);
  EXPECT_GE(tally.kind, tally.found * 95 / 100);
}

TEST(Quotes, OfNothingAndOfOtherLanguagesAreNone) {
  EXPECT_TRUE(find_quotes({}, "").empty());
  const std::string text = "He said that it was over.";
  const std::vector<Sentence> sentences = parse(text);
  ASSERT_EQ(find_quotes(sentences, text).size(), 1U);
  EXPECT_TRUE(find_quotes(sentences, text, "es").empty());
  EXPECT_TRUE(find_quotes(std::vector<Sentence>(3), text).empty());
}

TEST(Quotes, GoOnOverSentencesAndParagraphs) {
  const std::string text = "“We are free,” said Ana Lopez. “Nobody rules us.\n“Not one king.” He sang.";
  const auto at = static_cast<std::uint32_t>(text.find('\n'));
  const Span blocks[] = {{0, at}, {at + 1, static_cast<std::uint32_t>(text.size())}};
  std::vector<Sentence> sentences = segment(text, blocks);
  english()->annotate(sentences);
  const std::vector<Quote> quotes = find_quotes(sentences, text);
  ASSERT_EQ(quotes.size(), 3U);
  for (const Quote& q : quotes) {
    ASSERT_TRUE(q.speaker);
    EXPECT_EQ(sentences[q.speaker->sentence].tokens[q.speaker->first].form, "Ana");
    EXPECT_TRUE(q.direct);
  }
  EXPECT_FALSE(quotes[0].continued);
  EXPECT_TRUE(quotes[2].continued);
  EXPECT_EQ(quotes[2].content[0].of(text), "Not one king.");
}

// On any marks and trees: spans lie in the text, speakers in their sentence.
RC_GTEST_PROP(Quotes, HoldTheirPromisesOnAnyText, ()) {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "“", "”", "\"", "said", "according", "to", "that", "he", "Ana", ",", ".", ":", "war", "is", "\n", "»", "\xff"});
  std::string text;
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p + " ";
  std::vector<Sentence> sentences = parse(text);
  for (Sentence& sentence : sentences) {
    for (Token& token : sentence.tokens) {
      if (*rc::gen::inRange(0, 5) == 0) token.head = *rc::gen::inRange<std::int32_t>(-2, 20);
      if (*rc::gen::inRange(0, 5) == 0)
        token.deprel = *rc::gen::element<std::string>("ccomp", "nsubj", "parataxis", "conj", "case", "acl");
    }
  }
  for (const Quote& quote : find_quotes(sentences, text)) {
    RC_ASSERT(!quote.content.empty());
    for (const Span& s : quote.content) RC_ASSERT(s.start < s.end && s.end <= text.size());
    if (quote.speaker) RC_ASSERT(quote.speaker->last <= sentences[quote.speaker->sentence].tokens.size());
  }
}

}  // namespace
}  // namespace casus
