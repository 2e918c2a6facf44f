// SPDX-License-Identifier: Apache-2.0
#include <casus/base/mapped_file.h>
#include <casus/knowledge/testing.h>

#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <random>

namespace casus {
namespace {

using testing::knowledge;

Date on(std::string_view text) {
  return *Date::parse(text);
}

std::string first(std::string_view name, std::string_view date = "2022-03-01") {
  const auto found = knowledge().find(name, {.on = on(date)});
  return found.empty() ? "" : found.front().entity;
}

bool has(std::string_view name, std::string_view entity, std::string_view date = "2022-03-01") {
  const auto found = knowledge().find(name, {.on = on(date), .limit = 64});
  return std::any_of(found.begin(), found.end(), [&](const Candidate& c) { return c.entity == entity; });
}

TEST(Knowledge, NamesLeadToTheirEntities) {
  const std::pair<std::string_view, std::string_view> kNames[] = {{"Venezuela", "cc:VEN"},
                                                                  {"Cuba", "cc:CUB"},
                                                                  {"Eritrea", "cc:ERI"},
                                                                  {"Norway", "cc:NOR"},
                                                                  {"United States", "cc:USA"},
                                                                  {"U.S.", "cc:USA"},
                                                                  {"UK", "cc:GBR"},
                                                                  {"UAE", "cc:ARE"},
                                                                  {"Russians", "cc:RUS"},
                                                                  {"Venezuelan", "cc:VEN"},
                                                                  {"Ivorian", "cc:CIV"},
                                                                  {"the Kremlin", "cs:kremlin"},
                                                                  {"NATO", "cs:nato"},
                                                                  {"European", "cs:eu"},
                                                                  {"UN Human Rights Council", "cs:un-hrc"},
                                                                  {"DEA", "cs:dea"},
                                                                  {"FARC", "cs:farc"},
                                                                  {"ELN", "cs:eln"},
                                                                  {"Second Marquetalia", "cs:segunda-marquetalia"},
                                                                  {"Tenth Forehead", "cs:farc-10th"},
                                                                  {"Donbas", "cs:donbas"},
                                                                  {"Crimea", "cs:crimea"},
                                                                  {"Donetsk People's Republic", "cs:dpr"},
                                                                  {"Lugansk People's Republic", "cs:lpr"},
                                                                  {"Venezuelan Mining Arc", "cs:arco-minero"},
                                                                  {"EL MUNDO", "cs:media-elmundo-es"},
                                                                  {"Alex Saab", "cs:alex-saab"},
                                                                  {"Vladimir Putin", "Q7747"},
                                                                  {"Nicolás Maduro", "Q58132"},
                                                                  {"Nicolas Maduro", "Q58132"},
                                                                  {"Kosovo", "cc:XKX"},
                                                                  {"Türkiye", "cc:TUR"}};
  for (const auto& [name, entity] : kNames) EXPECT_EQ(first(name), entity) << name;
}

TEST(Knowledge, AcronymsNeedTheirExactCase) {
  EXPECT_TRUE(has("US", "cc:USA"));
  EXPECT_FALSE(has("us", "cc:USA"));
  EXPECT_FALSE(has("Us", "cc:USA"));
  EXPECT_FALSE(has("eln", "cs:eln"));
}

TEST(Knowledge, EveryCountryHasAPointANameAndItsAlphaThree) {
  std::size_t countries = 0;
  for (const std::string_view id :
       {"cc:VEN", "cc:TUV", "cc:SSD", "cc:XKX", "cc:TWN", "cc:PSE", "cc:VAT", "cc:ESH", "cc:HKG"}) {
    const auto c = knowledge().entity(id);
    ASSERT_TRUE(c) << id;
    EXPECT_TRUE(c->located) << id;
    EXPECT_EQ(id.substr(3), c->country);
    ++countries;
  }
  EXPECT_EQ(countries, 9U);
}

TEST(Knowledge, CapitalsStandForGovernmentsToo) {
  for (const auto& [city, country] : {std::pair{"Moscow", "cc:RUS"},
                                      {"Kiev", "cc:UKR"},
                                      {"Kyiv", "cc:UKR"},
                                      {"Caracas", "cc:VEN"},
                                      {"Washington", "cc:USA"},
                                      {"Tbilisi", "cc:GEO"},
                                      {"Beijing", "cc:CHN"},
                                      {"Jerusalem", "cc:ISR"}}) {
    const auto found = knowledge().find(city, {.limit = 64});
    const std::string_view wanted = country;  // clang 14 cannot capture a structured binding
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Candidate& c) {
      return c.entity == wanted && c.sense == "government";
    })) << city;
  }
}

TEST(Knowledge, RolesAreThoseOfTheDate) {
  struct Case {
    std::string_view person, date, office;
  };
  const Case kCases[] = {{"Q7747", "2004-05-01", "cs:president-rus"},
                         {"Q7747", "2010-01-01", "cs:prime-minister-rus"},
                         {"Q7747", "2022-03-01", "cs:president-rus"},
                         {"Q23530", "2010-01-01", "cs:president-rus"},
                         {"Q23530", "2015-01-01", "cs:prime-minister-rus"},
                         {"Q58132", "2022-03-01", "cs:president-ven"},
                         {"Q58132", "2010-01-01", "cs:minister-of-foreign-affairs-ven"},
                         {"Q58132", "2026-06-01", ""}};
  for (const Case& c : kCases) {
    const auto person = knowledge().entity(c.person, {.on = on(c.date)});
    ASSERT_TRUE(person) << c.person;
    const bool holds =
        std::any_of(person->roles.begin(), person->roles.end(), [&](const Role& r) { return r.office == c.office; });
    if (c.office.empty()) {
      EXPECT_TRUE(person->roles.empty()) << c.person << ' ' << c.date;
    } else {
      EXPECT_TRUE(holds) << c.person << ' ' << c.date << ' ' << c.office;
    }
  }
}

TEST(Knowledge, HoldersFollowTheDateAndSayWhatIsUnverified) {
  const auto name = [](std::string_view title, std::string_view of, std::string_view date) {
    const auto found = knowledge().holders(title, of, on(date));
    return found.empty() ? std::string{} : found.front().name;
  };
  EXPECT_EQ(name("president", "cc:VEN", "2018-01-01"), "Nicolás Maduro");
  EXPECT_EQ(name("president", "cc:VEN", "2026-02-01"), "Delcy Rodríguez");
  EXPECT_EQ(name("prime minister", "cc:GBR", "2022-10-01"), "Liz Truss");
  EXPECT_EQ(name("chancellor", "cc:DEU", "2015-01-01"), "Angela Merkel");
  EXPECT_EQ(name("foreign minister", "cc:RUS", "2014-01-01"), "Sergey Lavrov");
  EXPECT_EQ(name("secretary of state", "cc:USA", "2012-01-01"), "Hillary Clinton");
  EXPECT_EQ(name("king", "cc:GBR", "2023-01-01"), "Charles III");
  EXPECT_EQ(name("president", "cc:GBR", "2023-01-01"), "");
  const auto later = knowledge().holders("president", "cc:RUS", on("2026-10-01"));
  ASSERT_FALSE(later.empty());
  EXPECT_TRUE(later.front().roles.front().unverified);
  const auto then = knowledge().holders("president", "cc:RUS", on("2015-10-01"));
  ASSERT_FALSE(then.empty());
  EXPECT_FALSE(then.front().roles.front().unverified);
  EXPECT_EQ(then.front().roles.front().source, "factbook");
}

TEST(Knowledge, ADisputedPresidencyIsAnsweredWithBoth) {
  const auto found = knowledge().holders("president", "cc:VEN", on("2020-01-01"));
  ASSERT_EQ(found.size(), 2U);
  const auto disputed =
      std::count_if(found.begin(), found.end(), [](const Candidate& c) { return c.roles.front().disputed; });
  EXPECT_EQ(disputed, 1);
}

TEST(Knowledge, DisputedPlacesNameBothSides) {
  for (const std::string_view id : {"cs:crimea", "cs:golan", "cs:kashmir", "cs:south-china-sea"}) {
    EXPECT_TRUE(knowledge().lookup("claimed_by", id)) << id;
  }
  EXPECT_EQ(knowledge().lookup("administered_by", "cs:crimea"), "RUS");
  EXPECT_EQ(knowledge().entity("cs:crimea")->country, "UKR");
}

TEST(Knowledge, SectorsOfNouns) {
  using V = std::vector<std::string>;
  EXPECT_EQ(knowledge().agent_sectors("army"), V{"MIL"});
  EXPECT_EQ(knowledge().agent_sectors("opposition lawmaker"), (V{"OPP", "LEG"}));
  EXPECT_EQ(knowledge().agent_sectors("political scientist"), V{"EDU"});
  EXPECT_EQ(knowledge().agent_sectors("Protester"), V{"CVL"});
  EXPECT_TRUE(knowledge().agent_sectors("umbrella").empty());
}

TEST(Knowledge, PrefixesStopAScanner) {
  EXPECT_TRUE(knowledge().is_prefix("united nations sec"));
  EXPECT_FALSE(knowledge().is_prefix("united nations secx"));
  EXPECT_FALSE(knowledge().is_prefix(""));
}

TEST(Knowledge, EveryAnswerNamesASourceThatExists) {
  for (const std::string_view name : {"Maduro", "Moscow", "Georgia", "ELN", "Russian", "Donbas", "BBC"}) {
    for (const Candidate& c : knowledge().find(name, {.on = on("2020-01-01"), .limit = 64})) {
      const auto& sources = knowledge().sources();
      EXPECT_TRUE(std::any_of(sources.begin(), sources.end(),
                              [&](const Source& s) { return s.id == c.source && !s.licence.empty(); }))
          << name << ' ' << c.entity;
    }
  }
}

TEST(KnowledgeFile, ADamagedFileIsRefused) {
  const std::string whole = read_file(testing::knowledge_path(), 1U << 28U).value();
  std::mt19937 random(7);
  EXPECT_TRUE(Knowledge::from_bytes(whole));
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{8}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    const auto cut = Knowledge::from_bytes(whole.substr(0, size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, Errc::corrupt);
  }
  for (int i = 0; i < 20; ++i) {
    std::string bad = whole;
    bad[random() % bad.size()] ^= static_cast<char>(1U << (random() % 8));
    EXPECT_FALSE(Knowledge::from_bytes(std::move(bad)));
  }
  EXPECT_EQ(Knowledge::open("/nonexistent/knowledge.casus").error().code, Errc::not_found);
}

TEST(KnowledgeFile, AnyBytesAreLookedUpWithoutHarm) {
  rc::check([](const std::string& name) {
    for (const Candidate& c : knowledge().find(name, {.on = on("2020-01-01")})) RC_ASSERT(!c.entity.empty());
    (void)knowledge().is_prefix(name);
    (void)knowledge().entity(name);
    (void)knowledge().agent_sectors(name);
    (void)knowledge().holders(name, name, on("2020-01-01"));
  });
}

}  // namespace
}  // namespace casus
