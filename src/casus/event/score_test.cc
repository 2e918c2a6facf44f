// SPDX-License-Identifier: Apache-2.0
// The arithmetic of agreement, on events made by hand.
#include <casus/event/score.h>
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casus {
namespace {

using ::testing::HasSubstr;

Span at(const std::string& text, const std::string& words) {
  const std::size_t start = text.find(words);
  EXPECT_NE(start, std::string::npos) << words;
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + words.size())};
}

Actor actor(const std::string& text, const std::string& words, const std::string& id = "") {
  Actor a;
  a.span = at(text, words);
  a.text = words;
  a.id = id;
  return a;
}

// One sentence with its gold and what a coder made of it.
struct Case {
  explicit Case(const std::string& row) {
    std::vector<OntologyNote> notes;
    const auto all = parse_examples("x.tsv", "text\tevents\tnote\n" + row + "\n", testing_world::ontology(), notes);
    EXPECT_TRUE(notes.empty()) << notes[0].message;
    example = all.at(0);
    events.reserve(8);
  }
  Event& add(const std::string& type, const std::string& who, const std::string& whom,
             const std::string& trigger = "") {
    Event e;
    e.type = type;
    e.confidence = 0.6;
    if (!who.empty()) e.actors.push_back(actor(example.text, who));
    if (!whom.empty()) e.recipients.push_back(actor(example.text, whom));
    if (!trigger.empty()) e.trigger = at(example.text, trigger);
    events.push_back(e);
    return events.back();
  }
  ExampleScore score() const {
    std::vector<Judged> judged;
    for (const Event& e : events) judged.push_back({&e, e.type});
    return score_example(example, judged, mentions);
  }
  Example example;
  std::vector<Event> events;
  std::vector<Mention> mentions;
};

const std::string kPlain = "[a:Kenya] [t:expelled] [r:two envoys] of Chad.\tSANCTION/expel\t-";

void expect(const Tally& t, std::uint32_t right, std::uint32_t extra, std::uint32_t missed) {
  EXPECT_EQ(t.right, right);
  EXPECT_EQ(t.extra, extra);
  EXPECT_EQ(t.missed, missed);
}

TEST(ScoreTest, type_and_parties_must_agree) {
  Case right(kPlain), type(kPlain), turned(kPlain), half(kPlain), none(kPlain);
  right.add("SANCTION", "Kenya", "envoys").mode = "expel";
  type.add("COERCE", "Kenya", "envoys");
  turned.add("SANCTION", "envoys", "Kenya");
  half.add("SANCTION", "Kenya", "Chad");
  expect(right.score().parties, 1, 0, 0);
  expect(type.score().parties, 0, 1, 1);
  expect(turned.score().parties, 0, 1, 1);
  expect(half.score().parties, 0, 1, 1);
  expect(none.score().parties, 0, 0, 1);
  EXPECT_EQ(right.score().modes.right, 1U);
  EXPECT_EQ((type.score().confusion[{"SANCTION", "COERCE"}]), 1U);
  EXPECT_EQ((none.score().confusion[{"SANCTION", "-"}]), 1U);
}

TEST(ScoreTest, reciprocal_types_may_stand_either_way_round) {
  Case c("[a:Kenya] and [a:Chad] [t:met].\tCONSULT\t-"), turned("[a:Kenya] [t:shelled] [r:Chad].\tASSAULT\t-");
  c.add("CONSULT", "Chad", "Kenya");
  turned.add("ASSAULT", "Chad", "Kenya");
  expect(c.score().parties, 1, 0, 0);
  expect(turned.score().parties, 1, 0, 0);
}

TEST(ScoreTest, a_side_that_is_not_marked_is_not_asked_for) {
  Case c("[r:Three men] were [t:arrested].\tCOERCE/arrest\t-");
  c.add("COERCE", "", "Three men");
  expect(c.score().parties, 1, 0, 0);
}

TEST(ScoreTest, each_coded_event_is_used_once_and_the_one_on_the_trigger_first) {
  Case c("[a1,a2:Kenya] [t1:praised] [r1,r2:Chad] and [t2:thanked] it.\tSUPPORT future ; SUPPORT\t-");
  c.add("SUPPORT", "Kenya", "Chad", "thanked");
  const ExampleScore s = c.score();
  expect(s.parties, 1, 0, 1);
  EXPECT_EQ(s.findings[0].gold, 1);
  expect(s.status, 0, 0, 0);
}

TEST(ScoreTest, an_optional_event_is_neither_wanted_nor_wrong) {
  Case absent("[a:Police] [t:arrested] [r:a burglar].\tCOERCE/arrest?\t-"), present(absent);
  present.add("COERCE", "Police", "burglar");
  expect(absent.score().parties, 0, 0, 0);
  expect(present.score().parties, 0, 0, 0);
  EXPECT_EQ(absent.score().wanted, 0U);
  EXPECT_TRUE(present.score().confidence.empty());
}

TEST(ScoreTest, status_is_judged_on_right_events_label_by_label) {
  Case c("[a:Kenya] may not [t:expel] [r:two envoys].\tSANCTION/expel negation,hypothetical\t-"), wrong(c);
  c.add("SANCTION", "Kenya", "envoys").status = {Status::negation, Status::future};
  wrong.add("COERCE", "Kenya", "envoys").status = {Status::negation};
  expect(c.score().status, 1, 1, 1);
  expect(wrong.score().status, 0, 0, 0);
  EXPECT_THAT(c.score().findings[0].note, HasSubstr("want negation,hypothetical, got negation,future"));
}

TEST(ScoreTest, holders_are_judged_span_by_span) {
  Case c(
      "[h:The minister] said [h:the police] told him that [a:Kenya] [t:expelled] [r:two envoys].\tSANCTION asserts\t-");
  Event& e = c.add("SANCTION", "Kenya", "envoys");
  Attribution said, other;
  said.speaker = actor(c.example.text, "minister");
  said.stance = Stance::denies;
  other.speaker = actor(c.example.text, "Kenya");
  e.attribution = {said, other};
  expect(c.score().holders, 1, 1, 1);
  e.attribution = {said, said};
  e.attribution[1].speaker = actor(c.example.text, "police");
  expect(c.score().holders, 2, 0, 0);
  EXPECT_EQ(c.score().stances.asked, 1U);
  EXPECT_EQ(c.score().stances.right, 0U);
}

TEST(ScoreTest, a_pronoun_stands_on_the_mark_of_whom_it_stands_for) {
  Case c("[a:Kenya] protested. It [t:expelled] [r:two envoys].\tSANCTION\t-");
  c.add("SANCTION", "It", "envoys").actors[0].id = "cc:KEN";
  expect(c.score().parties, 0, 1, 1);
  Mention m;
  m.actor = actor(c.example.text, "Kenya", "cc:KEN");
  m.span = m.actor->span;
  c.mentions = {m};
  expect(c.score().parties, 1, 0, 0);
}

TEST(ScoreTest, dates_and_places_are_judged_by_their_words) {
  Case c("[a:Kenya] [t:expelled] [r:two envoys] [d:on Monday] in Nairobi.\tSANCTION\t-");
  Event& e = c.add("SANCTION", "Kenya", "envoys");
  e.date.span = at(c.example.text, "Monday");
  e.place.place.span = at(c.example.text, "Nairobi");
  e.place.basis = Basis::stated;
  const ExampleScore s = c.score();
  EXPECT_EQ(s.dates.right, 1U);
  EXPECT_EQ(s.places.asked, 0U);
  EXPECT_EQ(s.places_beside, 1U);
}

TEST(ScoreTest, events_in_negatives_are_counted) {
  Case c("Kenya attacked the Chad defence.\t-\tsport"), doubtful(c);
  c.add("ASSAULT", "Kenya", "Chad");
  doubtful.add("ASSAULT", "Kenya", "Chad").confidence = 0.3;
  EXPECT_EQ(c.score().in_negatives, 1U);
  EXPECT_EQ(c.score().in_negatives_sure, 1U);
  EXPECT_EQ(doubtful.score().in_negatives_sure, 0U);
  EXPECT_EQ((c.score().confusion[{"-", "ASSAULT"}]), 1U);
}

TEST(ScoreTest, figures_are_the_textbook_ones) {
  const Tally t{6, 2, 4};
  EXPECT_DOUBLE_EQ(t.precision(), 0.75);
  EXPECT_DOUBLE_EQ(t.recall(), 0.6);
  EXPECT_DOUBLE_EQ(t.f1(), 12.0 / 18.0);
  EXPECT_DOUBLE_EQ(Tally{}.f1(), 1);
  EXPECT_DOUBLE_EQ((Share{3, 4}.value()), 0.75);
}

TEST(ScoreTest, calibration_error_weighs_bins_by_their_events) {
  // .9 believed, half right: off by .4 on two events; .25 believed, none right: off by .25 on two.
  const std::vector<std::pair<double, bool>> confidence = {{0.9, true}, {0.9, false}, {0.25, false}, {0.25, false}};
  EXPECT_NEAR(calibration_error(confidence), (2 * 0.4 + 2 * 0.25) / 4, 1e-12);
  EXPECT_EQ(calibration(confidence)[9].count, 2U);
  EXPECT_EQ(calibration({{1.0, true}})[9].count, 1U);
  EXPECT_EQ(calibration_error({}), 0);
}

TEST(ScoreTest, intervals_hold_the_figure_and_do_not_change) {
  Case right(kPlain), wrong(kPlain);
  right.add("SANCTION", "Kenya", "envoys");
  std::vector<ExampleScore> scores(60, right.score());
  scores.resize(100, wrong.score());
  const auto recall = [](const ExampleScore& s) { return s.parties.recall(); };
  const Interval once = bootstrap(scores, recall), again = bootstrap(scores, recall);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
  // A share of .6 in 100: 1.96 standard errors are .096.
  EXPECT_NEAR(once.low, 0.504, 0.02);
  EXPECT_NEAR(once.high, 0.696, 0.02);
  EXPECT_EQ(bootstrap({}, recall).high, 0);
}

TEST(ScoreTest, records_are_scored_as_the_reference_scorer_does) {
  const std::string text = "Kenya expelled two envoys of Chad while Mali met Chad.";
  std::vector<Event> events(3);
  events[0].type = "SANCTION";
  events[0].actors = {actor(text, "Kenya")};
  events[0].recipients = {actor(text, "two envoys")};
  events[0].confidence = 0.5;
  events[1].type = "CONSULT";
  events[1].actors = {actor(text, "Mali")};
  events[1].confidence = 0.9;
  PairScorer scorer(false);
  const std::vector<Judged> coded = {{&events[0], "SANCTION"}, {&events[1], "CONSULT"}};
  EXPECT_EQ(scorer.add({"1", text, "SANCTION", {"Kenya"}, {"envoys"}}, coded), "");
  EXPECT_THAT(scorer.add({"2", text, "AID", {"Mali"}, {"Chad"}}, coded), HasSubstr("no event on the pair"));
  const Classification pair = classify(scorer.pair());
  EXPECT_DOUBLE_EQ(pair.coverage, 0.5);
  EXPECT_DOUBLE_EQ(pair.right_when_coded, 1);
  EXPECT_DOUBLE_EQ(pair.accuracy, 0.5);
  EXPECT_DOUBLE_EQ(pair.macro_f1, 0.5);
  // The most confident event is the one that `any` looks at.
  EXPECT_EQ(scorer.any()[0].second, "CONSULT");
  EXPECT_EQ(scorer.extra(), 3U);
}

TEST(ScoreTest, yield_joins_two_types_and_old_names_are_read) {
  const std::string text = "Kenya freed Chad.";
  Event e;
  e.type = "RETREAT";
  e.actors = {actor(text, "Kenya")};
  e.recipients = {actor(text, "Chad")};
  PairScorer joined(true), apart(false);
  EXPECT_EQ(joined.add({"1", text, "YIELD", {"Kenya"}, {"Chad"}}, {{&e, "RETREAT"}}), "");
  EXPECT_EQ(apart.add({"1", text, "DEMAND", {"Kenya"}, {"Chad"}}, {{&e, "REQUEST"}}), "");
  EXPECT_NE(apart.add({"1", text, "DEMAND", {"Kenya"}, {"Chad"}}, {{&e, "RETREAT"}}), "");
}

TEST(ScoreTest, spans_are_scored_whatever_the_type) {
  const std::string text = "Kenya freed Chad.";
  Event e;
  e.actors = {actor(text, "Kenya"), actor(text, "freed")};
  PairScorer scorer(false);
  scorer.add({"1", text, "", {"Kenya"}, {"Chad"}}, {{&e, "AID"}});
  EXPECT_DOUBLE_EQ(scorer.span_precision().value(), 0.5);
  EXPECT_DOUBLE_EQ(scorer.span_recall().value(), 0.5);
}

TEST(ScoreTest, records_with_several_events_use_each_coded_event_once) {
  const std::string text = "Kenya freed Chad and Mali fell.";
  Event e;
  e.type = "RETREAT";
  e.trigger = at(text, "freed");
  e.actors = {actor(text, "Kenya")};
  EventsScorer scorer;
  scorer.add({"1", text, {{"RETREAT", "freed Chad", "Kenya"}, {"SACTION", "freed", ""}}}, {{&e, "RETREAT"}});
  EXPECT_EQ(scorer.wanted, 2U);
  EXPECT_EQ(scorer.found, 1U);
  EXPECT_EQ(scorer.right, 1U);
  EXPECT_EQ(scorer.coded, 1U);
}

}  // namespace
}  // namespace casus
