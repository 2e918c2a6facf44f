// SPDX-License-Identifier: Apache-2.0
// According to whom, construction by construction: testdata/attribution.conllu over the small world of the tests.
#include <casus/event/test_double.h>

#include <gtest/gtest.h>

namespace casus {
namespace {

// "Reuters > Moscow": speakers as the text names them, outermost first.
std::string chain_of(const Event& e) {
  std::string out;
  for (const Attribution& a : e.attribution) {
    out += (out.empty() ? "" : " > ") + a.speaker.text + (a.stance == Stance::denies ? "!" : "") +
           (a.direct_quote ? "\"" : "");
  }
  return out.empty() ? "-" : out;
}

TEST(AttributionTest, each_construction_names_its_speakers_outermost_first) {
  const auto all = testing_world::documents("src/casus/event/testdata/attribution.conllu");
  ASSERT_GE(all.size(), 15U);
  for (const auto& d : all) {
    const auto sample = testing_world::sample(d.conllu, d.published);
    const auto events = testing_world::code_sample(sample).events;
    const auto assault = std::find_if(events.begin(), events.end(), [](const Event& e) { return e.type == "ASSAULT"; });
    ASSERT_NE(assault, events.end()) << d.id << ": " << sample.article.text;
    EXPECT_EQ(chain_of(*assault), d.expect.at(0)) << d.id << ": " << sample.article.text;
  }
}

TEST(AttributionTest, every_speaker_and_cue_is_quoted_from_the_text) {
  for (const auto& d : testing_world::documents("src/casus/event/testdata/attribution.conllu")) {
    const auto sample = testing_world::sample(d.conllu, d.published);
    for (const Event& e : testing_world::code_sample(sample).events) {
      for (const Attribution& a : e.attribution) {
        EXPECT_EQ(a.speaker.text, a.speaker.span.of(sample.article.text)) << d.id;
        EXPECT_FALSE(a.cue.empty()) << d.id;
        EXPECT_FALSE(a.verb.empty()) << d.id;
      }
    }
  }
}

}  // namespace
}  // namespace casus
