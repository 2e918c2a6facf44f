// SPDX-License-Identifier: Apache-2.0
// Whole sentences through code(): what each must give, what others must not. The sentences and their trees are in
// testdata/.
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace casus {
namespace {

using testing_world::code_sample;
using testing_world::Document;
using testing_world::documents;
using testing_world::full_line_of;
using testing_world::Sample;
using testing_world::sample;

std::vector<std::string> lines_of(const Document& document) {
  const Sample s = sample(document.conllu, document.published);
  std::vector<std::string> lines;
  for (const Event& e : code_sample(s).events) lines.push_back(full_line_of(e));
  return lines;
}

TEST(CodeTest, each_sentence_gives_the_events_that_stand_beside_it) {
  const std::vector<Document> all = documents("src/casus/event/testdata/events.conllu");
  ASSERT_GE(all.size(), 100U);
  for (const Document& d : all) EXPECT_EQ(lines_of(d), d.expect) << d.id << "\n" << sample(d.conllu).article.text;
}

TEST(CodeTest, sports_business_metaphor_and_background_give_none) {
  const std::vector<Document> all = documents("src/casus/event/testdata/negatives.conllu");
  ASSERT_GE(all.size(), 60U);
  for (const Document& d : all) EXPECT_THAT(lines_of(d), ::testing::IsEmpty()) << sample(d.conllu).article.text;
}

TEST(CodeTest, the_sentences_cover_all_sixteen_types) {
  std::set<std::string> types;
  for (const Document& d : documents("src/casus/event/testdata/events.conllu")) {
    for (const std::string& line : d.expect) types.insert(line.substr(0, line.find_first_of("/ ")));
  }
  EXPECT_EQ(types.size(), 16U);
}

void check_spans(const Article& article, const Event& e) {
  const auto inside = [&](Span span) { return span.start <= span.end && span.end <= article.text.size(); };
  const auto check_actor = [&](const Actor& a) {
    EXPECT_TRUE(inside(a.span));
    EXPECT_EQ(a.text, a.span.of(article.text));
  };
  EXPECT_TRUE(inside(e.trigger));
  EXPECT_TRUE(inside(e.evidence));
  EXPECT_TRUE(e.evidence.contains(e.trigger));
  EXPECT_TRUE(inside(e.date.span));
  for (const Actor& a : e.actors) check_actor(a);
  for (const Actor& a : e.recipients) check_actor(a);
  for (const Attribution& a : e.attribution) {
    check_actor(a.speaker);
    EXPECT_TRUE(inside(a.cue));
  }
  for (const WhyStep& w : e.why) EXPECT_TRUE(inside(w.span));
  if (e.place.basis != Basis::unknown) {
    EXPECT_EQ(e.place.place.text, e.place.place.span.of(article.text));
  }
  EXPECT_GE(e.confidence, 0);
  EXPECT_LE(e.confidence, 1);
  EXPECT_FALSE(e.actors.empty() && e.recipients.empty());
}

TEST(CodeTest, every_span_lies_in_the_text_and_every_quote_is_its_characters) {
  for (const Document& d : documents("src/casus/event/testdata/events.conllu")) {
    const Sample s = sample(d.conllu, d.published);
    for (const Event& e : code_sample(s).events) check_spans(s.article, e);
  }
}

// Trees as no parser makes them: heads, relations, tags and lemmas at random over the words of the test sentences.
TEST(CodeTest, random_trees_give_valid_spans_or_nothing) {
  const std::vector<Document> all = documents("src/casus/event/testdata/events.conllu");
  const std::vector<std::string> relations = {
      "nsubj", "obj",  "obl",   "nmod", "conj",       "xcomp",     "ccomp",     "acl",      "acl:relcl", "advcl",
      "case",  "mark", "appos", "aux",  "nsubj:pass", "parataxis", "nmod:poss", "compound", "root",      "punct"};
  std::mt19937 random(20220301);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (int round = 0; round < 2000; ++round) {
    Sample s = sample(all[pick(all.size())].conllu, "2022-03-01");
    for (Sentence& sentence : s.sentences) {
      for (Token& t : sentence.tokens) {
        if (pick(2) == 0) t.head = static_cast<std::int32_t>(pick(sentence.tokens.size() + 3)) - 1;
        if (pick(2) == 0) t.deprel = relations[pick(relations.size())];
        if (pick(6) == 0) t.upos = static_cast<Upos>(pick(17));
      }
    }
    for (const Event& e : code_sample(s, true).events) check_spans(s.article, e);
  }
}

TEST(CodeTest, the_same_input_gives_the_same_ids_and_another_article_gives_others) {
  const Document d = documents("src/casus/event/testdata/events.conllu").front();
  Sample s = sample(d.conllu, d.published);
  const std::vector<Event> once = code_sample(s).events;
  const std::vector<Event> again = code_sample(s).events;
  ASSERT_FALSE(once.empty());
  EXPECT_EQ(once[0].id, again[0].id);
  EXPECT_EQ(once[0].id.size(), 32U);
  s.article.revision = "another";
  EXPECT_NE(code_sample(s).events[0].id, once[0].id);
}

TEST(CodeTest, the_why_list_names_the_frame_line_and_each_field) {
  const Document d = documents("src/casus/event/testdata/events.conllu").front();
  const std::vector<Event> events = code_sample(sample(d.conllu, d.published)).events;
  ASSERT_FALSE(events.empty());
  std::set<std::string> steps;
  for (const WhyStep& w : events[0].why) steps.insert(w.step);
  for (const char* step : {"frame", "actor", "attribution", "date", "place", "confidence"})
    EXPECT_TRUE(steps.contains(step)) << step;
  EXPECT_THAT(events[0].why[0].detail, ::testing::StartsWith("frames/en/consult.tsv:"));
}

TEST(CodeTest, a_sentence_without_events_says_what_came_near) {
  const Sample s = sample(
      "1\tTalks\ttalk\tNOUN\t_\t_\t2\tnsubj\t_\t_\n2\tbegan\tbegin\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t."
      "\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n");
  const Coding coding = code_sample(s, true);
  EXPECT_TRUE(coding.events.empty());
  ASSERT_FALSE(coding.near_misses.empty());
  EXPECT_EQ(coding.near_misses[0].trigger.of(s.article.text), "Talks");
  EXPECT_FALSE(coding.near_misses[0].stopped.empty());
}

TEST(CodeTest, a_language_without_frames_gives_nothing) {
  const Document d = documents("src/casus/event/testdata/events.conllu").front();
  const Sample s = sample(d.conllu);
  static const testing_world::World world;
  CodeOptions options;
  options.language = "xx";
  EXPECT_TRUE(code(s.article, s.sentences, world.mentions(s.article.text, s.sentences), testing_world::ontology(),
                   world, options)
                  .events.empty());
}

}  // namespace
}  // namespace casus
