// SPDX-License-Identifier: Apache-2.0
#include "headline.h"

#include <gtest/gtest.h>

#include "words.h"

namespace casus::detail {
namespace {

Actor party(std::string_view name) {
  Actor actor;
  actor.name = name;
  return actor;
}

Event support() {
  Event event;
  event.type = "SUPPORT";
  event.quad = 1;
  event.actors = {party("Maduro")};
  event.recipients = {party("Russia")};
  return event;
}

TEST(Headline, SaysWhoDidWhatToWhom) {
  EXPECT_EQ(headline(support()).sentence(), "Maduro expressed support for Russia");
}

TEST(Headline, NeverSaysThatSomethingHappenedWhenTheTextDoesNot) {
  const std::pair<std::vector<Status>, std::string> cases[] = {
      {{Status::negation}, "Maduro did not express support for Russia"},
      {{Status::future}, "Maduro will express support for Russia"},
      {{Status::hypothetical}, "Maduro might express support for Russia"},
      {{Status::negation, Status::hypothetical}, "Maduro might not express support for Russia"},
      {{Status::future, Status::negation}, "Maduro will not express support for Russia"},
      {{Status::historical}, "Maduro expressed support for Russia"},
  };
  for (const auto& [status, sentence] : cases) {
    Event event = support();
    event.status = status;
    EXPECT_EQ(headline(event).sentence(), sentence);
    EXPECT_EQ(badges(event).size(), status.size());
  }
}

TEST(Headline, NamesNobodyWhereTheTextNamesNobody) {
  Event event = support();
  event.actors.clear();
  event.recipients.clear();
  event.incomplete = true;
  EXPECT_EQ(headline(event).sentence(), "Somebody not named expressed support");
  ASSERT_EQ(badges(event).size(), 1U);
  EXPECT_EQ(badges(event)[0].key, "incomplete");
}

TEST(Headline, WhoeverIsNotListedIsCalledWhatTheTextCallsThem) {
  Event event = support();
  event.actors[0].id = "nil:1234";
  event.actors[0].name = "delegation";
  event.actors[0].text = "a delegation";
  EXPECT_EQ(headline(event).sentence(), "A delegation expressed support for Russia");
  event.actors[0].text = std::string(200, 'x');
  EXPECT_EQ(headline(event).sentence(), "Delegation expressed support for Russia");
}

TEST(Headline, AnUnknownTypeIsShownAsItIs) {
  Event event = support();
  event.type = "NEWTYPE";
  EXPECT_EQ(headline(event).sentence(), "Maduro (newtype) Russia");
}

TEST(Headline, AttributionGoesFromTheOutermostSpeakerInwards) {
  Event event = support();
  Attribution outer, inner;
  outer.speaker = party("Dagen");
  inner.speaker = party("two pilots");
  inner.stance = Stance::denies;
  event.attribution = {outer, inner};
  EXPECT_EQ(headline(event).according_to, "Dagen, citing two pilots");
  ASSERT_EQ(badges(event).size(), 1U);
  EXPECT_EQ(badges(event)[0].key, "denies") << "whose words they are decides, not who passes them on";
}

TEST(Headline, EveryTypeOfTheOntologyHasAPhrase) {
  for (const char* type : {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
                           "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}) {
    std::string spare;
    phrase(type, "", spare);
    EXPECT_TRUE(spare.empty()) << type;
  }
  std::string spare;
  EXPECT_EQ(phrase("CONSULT", "phone", spare).past, "spoke by phone");
}

TEST(Words, DatesAreSaidInTheirOwnPrecision) {
  EXPECT_EQ(format_date({2022, 3, 4}), "4 March 2022");
  EXPECT_EQ(format_date({2022, 3, 0}), "March 2022");
  EXPECT_EQ(format_date({2022, 0, 0}), "2022");
  EXPECT_EQ(format_date({}), "");
  EXPECT_EQ(format_day("2022-03-04T09:30:00Z"), "4 March 2022");
  EXPECT_EQ(format_day("some day"), "some day");
  EventDate range;
  range.value = {2022, 3, 4};
  range.end = {2022, 3, 6};
  EXPECT_EQ(when(range), "4 March 2022 – 6 March 2022");
  EXPECT_EQ(when({}), "date not known");
}

TEST(Words, NumbersAndCountries) {
  EXPECT_EQ(format_count(1234567), "1,234,567");
  EXPECT_EQ(format_count(1, "event", "events"), "1 event");
  EXPECT_EQ(format_score(0.666), "0.67");
  EXPECT_EQ(format_score(7), "1.00");
  EXPECT_EQ(country_name("VEN"), "Venezuela");
  EXPECT_EQ(country_name("EUR"), "European Union");
  EXPECT_EQ(country_name("\"><script>"), "\"><script>");
  EXPECT_EQ(country_name(""), "");
}

}  // namespace
}  // namespace casus::detail
