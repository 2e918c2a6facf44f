// SPDX-License-Identifier: Apache-2.0
// Texts that nobody wrote for a reader, through every step of this room: nothing, one character, one endless line, all
// scripts at once, bytes that are no text, sentences without an end. A step whose cost grows with the square of its
// input does not finish these within the test's time.
#include <casus/language/conllu.h>
#include <casus/language/coref.h>
#include <casus/language/model.h>
#include <casus/language/quotes.h>
#include <casus/language/roles.h>
#include <casus/language/segment.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <random>

namespace casus {
namespace {

const std::filesystem::path kModels = std::filesystem::path(CASUS_SOURCE_DIR) / "models";
constexpr std::array<const char*, 6> kLanguages = {"en", "es", "fr", "pt", "ru", "uk"};
constexpr std::size_t kMaxWords = 256;

std::vector<Sentence> cut(const std::string& text, std::string_view language) {
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  return segment(text, {&whole, 1}, language);
}

// Every step; what each promises about positions must hold.
void read_whole(const std::string& text) {
  static const auto model = LanguageModel::open(kModels / "en.casm").value();
  static const auto roles = RoleModel::open(kModels / "en.roles").value();
  std::vector<Sentence> sentences = cut(text, "en");
  model->annotate(sentences);
  std::string conllu;
  for (const Sentence& sentence : sentences) {
    const auto size = static_cast<std::int32_t>(sentence.tokens.size());
    ASSERT_LE(sentence.tokens.size(), kMaxWords);
    int roots = 0;
    for (const Token& token : sentence.tokens) {
      ASSERT_LT(token.head, size);
      ASSERT_LE(token.span.end, text.size());
      roots += token.head < 0 ? 1 : 0;
    }
    ASSERT_EQ(roots, 1);
    for (const Predicate& predicate : roles->read(sentence)) {
      ASSERT_LT(predicate.token, sentence.tokens.size());
      for (const PredicateArgument& role : predicate.roles) ASSERT_LT(role.token, sentence.tokens.size());
    }
    write_conllu(conllu, sentence, text);
  }
  ASSERT_TRUE(read_conllu(conllu));
  for (const CorefLink& link : coreference(sentences)) ASSERT_LT(link.antecedent.sentence, sentences.size());
  for (const Quote& quote : find_quotes(sentences, text)) {
    for (const Span& piece : quote.content) ASSERT_LE(piece.end, text.size());
  }
}

TEST(Robustness, NothingAndOneCharacterAreRead) {
  for (const char* language : kLanguages) {
    EXPECT_TRUE(cut("", language).empty());
    EXPECT_TRUE(cut(" \n\t\u00a0", language).empty());
    for (const char* one : {"a", ".", "\"", "'", "«", "¿", "я", "中", "\u0301", "🙂", "\xff", "\xe2"})
      EXPECT_EQ(cut(one, language).size(), 1U) << language << ' ' << one;
  }
  for (const char* one : {"", "a", ".", "“", "\xff"}) read_whole(one);
}

TEST(Robustness, AllScriptsAtOnceAreRead) {
  read_whole(
      "Путин met 習近平 and محمد in Αθήνα. “היי”, said 김정은。नमस्ते! He left Київ— “ไทย”… ١٢٣ €5 ½ №7 𝕏 "
      "🙂👩‍👩‍👧.");
}

TEST(Robustness, BytesThatAreNoTextAreRead) {
  std::mt19937 random(5);
  std::string noise(5'000, ' ');
  for (char& c : noise) c = static_cast<char>(random() & 0xFFU);
  read_whole(noise);
  read_whole(std::string(1'000, '\0') + "\xf0\x9f\x98 said \xc3( \xed\xa0\x80 that \xfe.");
}

// Ends are found at marks where there are any; the words of a multiword token stay together.
TEST(Robustness, SentencesWithoutEndAreCutSafely) {
  const std::array<std::pair<const char*, std::string>, 6> never = {{{"en", "they don't know it's over "},
                                                                     {"es", "el jefe del país quiere dárselo al rey "},
                                                                     {"fr", "l'ami du roi parle-t-il aux gens "},
                                                                     {"pt", "trata-se do país e dele pelo mar "},
                                                                     {"ru", "и он пошёл в лес "},
                                                                     {"uk", "та він об'єднав п'ять сіл "}}};
  for (const auto& [language, unit] : never) {
    std::string text;
    while (text.size() < 30'000) text += unit;
    const std::vector<Sentence> sentences = cut(text, language);
    ASSERT_GT(sentences.size(), 10U);
    for (const Sentence& sentence : sentences) {
      ASSERT_LE(sentence.tokens.size(), kMaxWords);
      std::size_t inside = 0;
      for (const Token& token : sentence.tokens) {
        if (token.multiword > 0) inside = token.multiword;
        if (inside > 0) --inside;
      }
      EXPECT_EQ(inside, 0U) << language;
    }
  }
  read_whole(std::string(2'000, '(') + " he said that she said " + std::string(2'000, '"'));
  std::string nested;
  for (int i = 0; i < 1'000; ++i) nested += "he said that ";
  read_whole(nested);
}

// One line of a million bytes; the program refuses one of more than eight (casus parse).
TEST(Robustness, EndlessLinesAreCutInLinearTime) {
  constexpr std::size_t kLong = 1U << 20U;
  for (const std::string unit : {"aaaaaaaa", "pelo-se-", "the war, ", "«d'un»", "15h30.", "Mr. "}) {
    std::string text;
    while (text.size() < kLong) text += unit;
    for (const char* language : {"en", "fr", "pt"}) {
      std::size_t covered = 0;
      std::uint32_t last = 0;
      for (const Sentence& sentence : cut(text, language)) {
        for (const Token& token : sentence.tokens) {
          if (token.span.end <= last) continue;
          covered += token.span.end - std::max(last, token.span.start);
          last = token.span.end;
        }
      }
      const auto blanks = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
      EXPECT_EQ(covered, text.size() - blanks) << language << ' ' << unit;
    }
  }
}

TEST(Robustness, CoreferenceAndQuotesOfAVeryLongArticleStayLinear) {
  std::string unit =
      "“We met him,” Ana Lopez told the minister. He said that she and Peter Novak had left their town. ";
  std::string text;
  while (text.size() < 60'000) text += unit;
  read_whole(text);
}

}  // namespace
}  // namespace casus
