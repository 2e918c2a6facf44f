// SPDX-License-Identifier: Apache-2.0
// Words and sentences of the languages beside English; the sentences are ours.
#include <casus/language/conllu.h>
#include <casus/language/segment.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "casus/base/utf8.h"

namespace casus {
namespace {

struct Case {
  const char* language;
  const char* text;
  const char* expected;
};

std::vector<Sentence> read(std::string_view text, std::string_view language) {
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  return segment(text, {&whole, 1}, language);
}

// Words with blanks between them; the words of a multiword token are joined by '+'.
std::string words_of(const Case& c) {
  std::string out;
  for (const Sentence& sentence : read(c.text, c.language)) {
    std::size_t inside = 0;
    for (const Token& token : sentence.tokens) {
      if (!out.empty()) out += inside > 0 ? '+' : ' ';
      out += token.form;
      if (token.multiword > 0) inside = token.multiword;
      if (inside > 0) --inside;
    }
  }
  return out;
}

TEST(WordsOfLanguages, AreCutAsTheirTreebanksCutThem) {
  const Case cases[] = {
      {"es", "El presidente del país llegó al palacio.", "El presidente de+el país llegó a+el palacio ."},
      {"es", "Quiere dárselo; negándose, decidió irse.", "Quiere dar+se+lo ; negando+se , decidió ir+se ."},
      {"es", "La parte fuerte del informe de Carlos.", "La parte fuerte de+el informe de Carlos ."},
      {"es", "Según Ugarte, subió un 3,5 %.", "Según Ugarte , subió un 3,5 % ."},
      {"es", "¿Quién lo dijo? ¡Nadie!", "¿ Quién lo dijo ? ¡ Nadie !"},
      {"es", "Del Sr. Pérez, el ex-ministro franco-alemán de EE.UU.",
       "De+el Sr. Pérez , el ex-ministro franco-alemán de EE.UU."},
      {"es", "AL FINAL oírlo fue reírse.", "A+EL FINAL oír+lo fue reír+se ."},
      {"pt", "O ministro do país saiu pela porta, na hora dele.",
       "O ministro de+o país saiu por+a porta , em+a hora de+ele ."},
      {"pt", "Trata-se de fazê-lo; dir-lhe-ia àquele primeiro-ministro.",
       "Trata+se de fazê+lo ; diria+lhe a+aquele primeiro-ministro ."},
      {"pt", "Nos anos 80, à noite, por R$ 1.500,50.", "Em+os anos 80 , a+a noite , por R$ 1.500,50 ."},
      {"pt", "«Não», disse o sr. Silva às 21h50.", "« Não » , disse o sr. Silva a+as 21h50 ."},
      {"fr", "L'élu qu'on attend d'ici là n'a pas dit « oui ».",
       "L' élu qu' on attend d' ici là n' a pas dit « oui » ."},
      {"fr", "A-t-il parlé aux maires du pays aujourd’hui ?", "A -t-il parlé à+les maires de+le pays aujourd’hui ?"},
      {"fr", "Le chef des rebelles a rencontré des élus.", "Le chef de+les rebelles a rencontré des élus ."},
      {"fr", "Rendez-vous à 15h30, dit-elle à M. Petit.", "Rendez-vous à 15 h 30 , dit -elle à M. Petit ."},
      {"fr", "Quelqu'un lit un compte-rendu de l'ex-président.", "Quelqu'un lit un compte-rendu de l' ex-président ."},
      {"ru", "В 2016 г. премьер-министр И.И. Петров и т.д.", "В 2016 г. премьер-министр И. И. Петров и т. д."},
      {"ru", "Кто-то сказал: «Нет», — и ушёл на 3,5 км.", "Кто-то сказал : « Нет » , — и ушёл на 3,5 км ."},
      {"uk", "Прем'єр-міністр об’єднав п'ять партій.", "Прем'єр-міністр об’єднав п'ять партій ."},
  };
  for (const Case& c : cases) EXPECT_EQ(words_of(c), c.expected) << c.language;
}

TEST(SentencesOfLanguages, EndWhereAReaderEndsThem) {
  const Case cases[] = {
      {"es", "El Sr. Pérez salió. ¿Adónde fue? Nadie lo sabe.", "2"},
      {"pt", "O dr. Soares falou. «Chega!» Ele saiu.", "2"},
      {"fr", "« Partez ! » a crié M. Petit. Il est sorti.", "1"},
      {"ru", "Ул. Ленина, д. 5. Он ушёл.", "1"},
      {"uk", "Це було в м. Києві. Він пішов.", "1"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(std::to_string(read(c.text, c.language).size() - 1), c.expected) << c.text;
  }
}

TEST(WordsOfLanguages, HaveTheirOwnPieceOfTheSurfaceWhereTheyCan) {
  const std::string text = "do del vê-lo";
  const std::vector<Token> own = read(text, "pt")[0].tokens;
  ASSERT_EQ(own.size(), 5U);
  EXPECT_EQ(own[0].span, (Span{0, 1}));
  EXPECT_EQ(own[1].span, (Span{1, 2}));
  EXPECT_EQ(own[1].form, "o");
  EXPECT_EQ(own[4].span.of(text), "-lo");
  EXPECT_EQ(own[4].form, "lo");
  const std::vector<Token> shared = read("del", "es")[0].tokens;
  ASSERT_EQ(shared.size(), 2U);
  EXPECT_EQ(shared[0].span, shared[1].span);
  EXPECT_FALSE(shared[0].space_after);
}

TEST(WordsOfLanguages, AreWrittenAsRangesAndReadBack) {
  const std::string text = "El jefe del país quiere dárselo al rey.";
  std::string out;
  for (const Sentence& s : read(text, "es")) write_conllu(out, s, text);
  EXPECT_NE(out.find("3-4\tdel\t"), std::string::npos);
  EXPECT_NE(out.find("7-9\tdárselo\t"), std::string::npos);
  const Result<ConlluDocument> back = read_conllu(out);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->text, text);
  ASSERT_EQ(back->sentences[0].tokens.size(), 13U);
  EXPECT_EQ(back->sentences[0].tokens[6].form, "dar");
}

// Every byte that is not white space lies in a token, tokens are in order, and only words of one multiword token share.
void check_cover(const std::string& text, const char* language) {
  std::vector<bool> covered(text.size());
  std::uint32_t last_start = 0, last_end = 0;
  for (const Sentence& sentence : read(text, language)) {
    RC_ASSERT(!sentence.tokens.empty() && sentence.tokens.size() <= 256U);
    std::size_t inside = 0;
    for (const Token& token : sentence.tokens) {
      RC_ASSERT(!token.form.empty());
      RC_ASSERT(token.span.start < token.span.end && token.span.end <= text.size());
      RC_ASSERT((inside > 0 ? token.span.start >= last_start : token.span.start >= last_end));
      if (token.multiword > 0) inside = token.multiword;
      if (inside > 0) --inside;
      last_start = token.span.start;
      last_end = token.span.end;
      for (std::uint32_t i = token.span.start; i < token.span.end; ++i) covered[i] = true;
    }
    RC_ASSERT(inside == 0U);
  }
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode_utf8(text, i);
    if (!is_space(d.code_point)) RC_ASSERT(covered[i]);
    i += d.length;
  }
}

RC_GTEST_PROP(WordsOfLanguages, CoverRandomPiecesOfNews, ()) {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      " ",   " ",   "\n", ".",    "...",      "'",      "’",    "«",    "»",     "-",     "--",      ",",        "del",
      "DES", "à",   "À",  "pelo", "se",       "-se",    "-lhe", "-ia",  "-t-il", "dárse", "lo",      "haciéndo", "l'",
      "qu",  "15h", "30", "º",    "т.",       "г.",     "И.",   "Дж",   "п'я",   "é",     "e\u0301", "東京",     "🙂",
      "#",   "@a",  "))", "\xff", "\xe2\x80", "\u00a0", "3,5",  "word", "The",   "nos",   "aujourd", "hui"});
  std::string text;
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  for (const char* language : {"es", "fr", "pt", "ru", "uk"}) check_cover(text, language);
}

RC_GTEST_PROP(WordsOfLanguages, CoverRandomBytes, (const std::string& text)) {
  for (const char* language : {"es", "fr", "pt", "ru", "uk"}) check_cover(text, language);
}

TEST(WordsOfLanguages, OfHostileRunsAreBoundedAndComplete) {
  for (const std::string unit : {"-se", "-lhe-ia", "l'", "des ", "se", "dárse", "'", "т.", "))", "15h", "º", "й-"}) {
    std::string text;
    while (text.size() < 100'000) text += unit;
    for (const char* language : {"es", "fr", "pt", "ru", "uk"}) check_cover(text, language);
  }
}

}  // namespace
}  // namespace casus
