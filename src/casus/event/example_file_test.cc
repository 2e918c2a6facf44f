// SPDX-License-Identifier: Apache-2.0
// The format of ontology/examples: marks, events, and what is said about a broken line.
#include <casus/event/example_file.h>
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Example> read(const std::string& rows, std::vector<OntologyNote>& notes) {
  return parse_examples("x.tsv", "# a comment\ntext\tevents\tnote\n" + rows, testing_world::ontology(), notes);
}

Example one(const std::string& row) {
  std::vector<OntologyNote> notes;
  const std::vector<Example> all = read(row + "\n", notes);
  EXPECT_THAT(notes, IsEmpty()) << (notes.empty() ? "" : notes[0].message);
  return all.size() == 1 ? all[0] : Example{};
}

std::vector<std::string> words(const Example& e, const std::vector<Span>& spans) {
  std::vector<std::string> out;
  for (const Span s : spans) out.emplace_back(s.of(e.text));
  return out;
}

TEST(ExampleFileTest, marks_are_taken_out_and_point_into_the_text) {
  const Example e =
      one("[a:Kenya] [t:expelled] [r:two envoys] from [p:Nairobi] [d:on Monday], [h:a minister] "
          "said.\tSANCTION/expel\tplain");
  EXPECT_EQ(e.text, "Kenya expelled two envoys from Nairobi on Monday, a minister said.");
  ASSERT_EQ(e.events.size(), 1U);
  EXPECT_THAT(words(e, e.events[0].actors), ElementsAre("Kenya"));
  EXPECT_THAT(words(e, e.events[0].triggers), ElementsAre("expelled"));
  EXPECT_THAT(words(e, e.events[0].recipients), ElementsAre("two envoys"));
  EXPECT_THAT(words(e, e.events[0].places), ElementsAre("Nairobi"));
  EXPECT_THAT(words(e, e.events[0].dates), ElementsAre("on Monday"));
  EXPECT_THAT(words(e, e.events[0].holders), ElementsAre("a minister"));
  EXPECT_EQ(e.line, 3U);
  EXPECT_EQ(e.note, "plain");
}

TEST(ExampleFileTest, marks_nest_and_play_parts_in_several_events) {
  const Example e =
      one("[a1,r2:Chad] [t1:praised] [r1,a2:the [p2:Libyan] army], which [t2:shelled] it.\tSUPPORT ; "
          "ASSAULT/heavy-weapons\t-");
  EXPECT_EQ(e.text, "Chad praised the Libyan army, which shelled it.");
  ASSERT_EQ(e.events.size(), 2U);
  EXPECT_THAT(words(e, e.events[0].recipients), ElementsAre("the Libyan army"));
  EXPECT_THAT(words(e, e.events[1].recipients), ElementsAre("Chad"));
  EXPECT_THAT(words(e, e.events[1].actors), ElementsAre("the Libyan army"));
  EXPECT_THAT(words(e, e.events[1].places), ElementsAre("Libyan"));
  EXPECT_THAT(e.events[1].labels[0].modes, ElementsAre("heavy-weapons"));
}

TEST(ExampleFileTest, events_say_status_stance_alternatives_and_doubt) {
  const Example e =
      one("[t1,t2:x] y\tCOERCE/arrest/seize negation,hypothetical denies ; CONCEDE|RETREAT/withdraw? future\tmixed");
  ASSERT_EQ(e.events.size(), 2U);
  EXPECT_THAT(e.events[0].labels[0].modes, ElementsAre("arrest", "seize"));
  EXPECT_THAT(e.events[0].status, ElementsAre(Status::negation, Status::hypothetical));
  EXPECT_EQ(e.events[0].stance, Stance::denies);
  EXPECT_FALSE(e.events[0].optional);
  ASSERT_EQ(e.events[1].labels.size(), 2U);
  EXPECT_EQ(e.events[1].labels[1].type, "RETREAT");
  EXPECT_TRUE(e.events[1].optional);
  EXPECT_FALSE(e.events[1].stance);
}

TEST(ExampleFileTest, a_dash_is_a_negative) {
  EXPECT_THAT(one("The striker attacked the defence.\t-\tsport").events, IsEmpty());
}

TEST(ExampleFileTest, a_broken_line_is_named_and_its_neighbour_is_read) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[x:France] left.\tRETREAT\t", "a mark is"},
      {"[a France left.\tRETREAT\t", "a mark is"},
      {"[a0:France] left.\tRETREAT\t", "a mark is"},
      {"[a:France left.\tRETREAT\t", "never closed"},
      {"France] left.\tRETREAT\t", "could close"},
      {"[a:] left.\tRETREAT\t", "without words"},
      {"[a:France] left.\tLEAVE\t", "unknown type"},
      {"[a:France] left.\tRETREAT/visit\t", "has no mode"},
      {"[a:France] left.\tRETREAT perhaps\t", "neither a status nor a stance"},
      {"[a:France] left.\tRETREAT ; \t", "an empty event"},
      {"[a2:France] left.\tRETREAT\t", "not listed"},
      {"[a:France] left.\tRETREAT ; CONCEDE\t", "needs the number"},
      {"[a:France] left.\t-\t", "marks in a sentence without events"},
      {"France left.", "no events"},
      {"France left.\t\tnote", "no events"},
  };
  for (const auto& [row, message] : cases) {
    std::vector<OntologyNote> notes;
    const std::vector<Example> all = read(row + "\n[a:Mali] left.\tRETREAT\tgood\n", notes);
    ASSERT_EQ(notes.size(), 1U) << row;
    EXPECT_THAT(notes[0].message, HasSubstr(message)) << row;
    EXPECT_EQ(notes[0].file, "x.tsv");
    EXPECT_EQ(notes[0].line, 3U);
    ASSERT_EQ(all.size(), 1U) << row;
    EXPECT_EQ(all[0].note, "good");
  }
}

TEST(ExampleFileTest, deep_nesting_and_long_lists_are_refused) {
  std::string deep, many = "x\tAID";
  for (int i = 0; i < 20; ++i) deep += "[a:";
  for (int i = 0; i < 20; ++i) many += " ; AID";
  std::vector<OntologyNote> notes;
  EXPECT_THAT(read(deep + "x\tAID\t-\n" + many + "\n", notes), IsEmpty());
  EXPECT_EQ(notes.size(), 2U);
}

}  // namespace
}  // namespace casus
