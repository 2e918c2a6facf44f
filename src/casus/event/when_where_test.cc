// SPDX-License-Identifier: Apache-2.0
// Expressions of time in six languages against one day of publication, Wednesday 15 May 2024. Words alone: no tree, no
// model.
#include <casus/event/test_double.h>
#include <casus/event/when_where.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casus {
namespace {

// The words of a text, apart at blanks, each tagged NOUN; in one flat sentence.
Sentence words_of(const std::string& text) {
  Sentence out;
  std::uint32_t at = 0;
  for (const std::string& word : detail::split(text, ' ')) {
    Token token;
    token.form = token.lemma = word;
    token.upos = word[0] >= '0' && word[0] <= '9' ? Upos::NUM : Upos::NOUN;
    token.span = {at, at + static_cast<std::uint32_t>(word.size())};
    at += static_cast<std::uint32_t>(word.size()) + 1;
    token.head = out.tokens.empty() ? -1 : 0;
    token.deprel = "dep";
    out.tokens.push_back(token);
  }
  return out;
}

const detail::Lexicon& lexicon(const std::string& language) {
  static std::map<std::string, detail::Lexicon> all;
  auto [found, fresh] = all.try_emplace(language);
  if (fresh) {
    std::vector<OntologyNote> notes;
    detail::read_time(detail::read_table(testing_world::source("ontology"), "cues/time_" + language + ".tsv",
                                         {"kind", "word", "value"}, notes),
                      found->second, notes);
    for (const OntologyNote& n : notes) ADD_FAILURE() << n.file << ":" << n.line << ": " << n.message;
  }
  return found->second;
}

// "2024-05-13", "2024-05-06..2024-05-12", "?" for words without a value, "-" for no expression; several by blanks.
std::string read(const std::string& language, const std::string& text, bool future = false) {
  const Sentence sentence = words_of(text);
  const Tree tree(sentence);
  const detail::Grammar grammar(tree, lexicon(language));
  std::string out;
  for (const auto& t : detail::find_times(grammar, lexicon(language), *Date::parse("2024-05-15"), future)) {
    out += (out.empty() ? "" : " ") + (t.value ? t.value.to_string() : "?");
    if (t.end) out += ".." + t.end.to_string();
  }
  return out.empty() ? "-" : out;
}

struct Case {
  const char* language;
  const char* text;
  const char* value;
  bool future = false;
};

TEST(TimeTest, dates_weekdays_stretches_ranges_holidays_and_eras_in_six_languages) {
  const std::vector<Case> cases = {
      {"en", "killed on 3 May 2024", "2024-05-03"},
      {"en", "killed on May 3 , 2023", "2023-05-03"},
      {"en", "met on Monday", "2024-05-13"},
      {"en", "met on Wednesday", "2024-05-15"},
      {"en", "will meet on Monday", "2024-05-20", true},
      {"en", "met last Thursday", "2024-05-09"},
      {"en", "met yesterday", "2024-05-14"},
      {"en", "met the day before yesterday", "2024-05-13"},
      {"en", "will meet tomorrow", "2024-05-16", true},
      {"en", "met two weeks ago", "2024-05-01"},
      {"en", "left ten years ago", "2014"},
      {"en", "met two days later", "?"},
      {"en", "met last week", "2024-05-06..2024-05-12"},
      {"en", "met last month", "2024-04"},
      {"en", "met last year", "2023"},
      {"en", "fired in the past 24 hours", "2024-05-14..2024-05-15"},
      {"en", "left in November", "2023-11"},
      {"en", "leaves in November", "2024-11", true},
      {"en", "talked from 24 to 26 April", "2024-04-24..2024-04-26"},
      {"en", "closed between March and May", "2024-03..2024-05"},
      {"en", "fled in 1979", "1979"},
      {"en", "in the summer of 1974", "1974-06..1974-08"},
      {"en", "in the seventies", "1970..1979"},
      {"en", "during the Cold War", "1947..1991"},
      {"en", "walked out on Easter Monday", "2024-04-01"},
      {"en", "on Orthodox Good Friday", "2024-05-03"},
      {"en", "freed at Christmas", "2023-12-25"},
      {"en", "freed on the eve of Ramadan", "?"},
      {"en", "stormed it at dawn", "?"},
      {"en", "paid 2000 euros", "-"},
      {"en", "they may march", "-"},
      {"es", "murió el 3 de mayo de 2024", "2024-05-03"},
      {"es", "se reunieron el lunes", "2024-05-13"},
      {"es", "se reunieron el lunes pasado", "2024-05-13"},
      {"es", "llegó la semana pasada", "2024-05-06..2024-05-12"},
      {"es", "llegará el mes que viene", "2024-06", true},
      {"es", "llegó hace dos días", "2024-05-13"},
      {"es", "llegó hace diez años", "2014"},
      {"es", "llegó anteayer", "2024-05-13"},
      {"es", "detenidos en 1976", "1976"},
      {"es", "durante la Guerra Fría", "1947..1991"},
      {"es", "el Viernes Santo", "2024-03-29"},
      {"pt", "morreu em 3 de maio de 2024", "2024-05-03"},
      {"pt", "reuniram-se na segunda-feira", "2024-05-13"},
      {"pt", "chegou a semana passada", "2024-05-06..2024-05-12"},
      {"pt", "chegou há dois dias", "2024-05-13"},
      {"pt", "chegou ontem", "2024-05-14"},
      {"pt", "em março de 1964", "1964-03"},
      {"fr", "mort le 3 mai 2024", "2024-05-03"},
      {"fr", "arrivé lundi", "2024-05-13"},
      {"fr", "arrivé la semaine dernière", "2024-05-06..2024-05-12"},
      {"fr", "arrivé il y a deux jours", "2024-05-13"},
      {"fr", "arrivé avant-hier", "2024-05-13"},
      {"fr", "pendant la guerre froide", "1947..1991"},
      {"ru", "погиб 3 мая 2024 года", "2024-05-03"},
      {"ru", "прибыл в понедельник", "2024-05-13"},
      {"ru", "прибыл на прошлой неделе", "2024-05-06..2024-05-12"},
      {"ru", "прибыл два дня назад", "2024-05-13"},
      {"ru", "прибыл вчера", "2024-05-14"},
      {"ru", "в 1979 году", "1979"},
      {"uk", "загинув 3 травня 2024 року", "2024-05-03"},
      {"uk", "прибув у понеділок", "2024-05-13"},
      {"uk", "прибув минулого тижня", "2024-05-06..2024-05-12"},
      {"uk", "прибув два дні тому", "2024-05-13"},
      {"uk", "прибув позавчора", "2024-05-13"},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.language, c.text, c.future), c.value) << c.language << ": " << c.text;
}

TEST(TimeTest, impossible_dates_are_not_made_up) {
  EXPECT_EQ(read("en", "on 31 February 2024"), "2024-02");  // the month is all that can be meant
  EXPECT_EQ(read("en", "30 February"), "?");
  EXPECT_EQ(read("en", "900000 centuries ago"), "?");
  EXPECT_EQ(read("en", "in 3024"), "-");
}

TEST(TimeTest, without_a_day_of_publication_only_what_is_written_out_has_a_value) {
  const Sentence sentence = words_of("met on Monday and on 3 May 2024");
  const Tree tree(sentence);
  const detail::Grammar grammar(tree, lexicon("en"));
  const auto found = detail::find_times(grammar, lexicon("en"), Date{}, false);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].value);
  EXPECT_EQ(found[1].value.to_string(), "2024-05-03");
}

}  // namespace
}  // namespace casus
