// SPDX-License-Identifier: Apache-2.0
// Sentences are written with their trees; where a test gives no tree, it is about reading without one.
#include <casus/knowledge/resolve.h>
#include <casus/knowledge/testing.h>

#include <rapidcheck.h>

#include <algorithm>
#include <optional>

namespace casus {
namespace {

using casus::testing::knowledge;
using casus::testing::Text;
using Sectors = std::vector<std::string>;

std::vector<Mention> read(const Text& text) {
  return resolve(text.article, text.sentences, knowledge());
}

std::optional<Actor> actor(const Text& text, std::string_view phrase) {
  for (const Mention& m : read(text)) {
    if (m.actor && m.span.of(text.article.text) == phrase) return m.actor;
  }
  return std::nullopt;
}

std::optional<Place> place(const Text& text, std::string_view phrase) {
  for (const Mention& m : read(text)) {
    if (m.place && m.place->span.of(text.article.text) == phrase) return m.place;
  }
  return std::nullopt;
}

constexpr NameKind kPer = NameKind::person, kLoc = NameKind::location, kOrg = NameKind::organisation;

TEST(Resolve, ANationalityAndANounMakeAParty) {
  const Text t = Text{}
                     .date("2022-03-01")
                     .add(
                         "the/DET/3/det Venezuelan/ADJ/3/amod army/NOUN/4/nsubj supports/VERB/0/root/support "
                         "the/DET/6/det ELN/PROPN/4/obj",
                         {{5, 6, kOrg}});
  const auto army = actor(t, "the Venezuelan army");
  ASSERT_TRUE(army);
  EXPECT_EQ(army->country, "VEN");
  EXPECT_EQ(army->sectors, Sectors{"MIL"});
  EXPECT_EQ(army->head.of(t.article.text), "army");
  const auto eln = actor(t, "ELN");
  ASSERT_TRUE(eln);
  EXPECT_EQ(eln->id, "cs:eln");
  EXPECT_EQ(eln->country, "COL");
  EXPECT_FALSE(actor(t, "Venezuelan"));
}

TEST(Resolve, TheSameWithoutATree) {
  const Text t = Text{}
                     .date("2022-03-01")
                     .add("the/DET Venezuelan/ADJ army/NOUN supports/VERB protesters/NOUN in/ADP Minsk/PROPN");
  ASSERT_TRUE(actor(t, "the Venezuelan army"));
  const auto people = actor(t, "protesters");
  ASSERT_TRUE(people);
  EXPECT_EQ(people->country, "BLR");
  EXPECT_EQ(people->sectors, Sectors{"CVL"});
  ASSERT_TRUE(place(t, "Minsk"));
  EXPECT_EQ(place(t, "Minsk")->country, "BLR");
}

TEST(Resolve, APhraseWithOfGivesTheCountry) {
  const Text t =
      Text{}
          .date("2020-01-01")
          .add("soldiers/NOUN/5/nsubj/soldier of/ADP/4/case the/DET/4/det Ukraine/PROPN/1/nmod fired/VERB/0/root/fire",
               {{3, 4, kLoc}});
  const auto soldiers = actor(t, "soldiers of the Ukraine");
  ASSERT_TRUE(soldiers);
  EXPECT_EQ(soldiers->country, "UKR");
  EXPECT_EQ(soldiers->sectors, Sectors{"MIL"});
}

TEST(Resolve, MembersOfAGroupAreTheGroup) {
  const Text t = Text{}
                     .date("2022-03-01")
                     .add(
                         "dissidents/NOUN/6/nsubj/dissident of/ADP/5/case the/DET/5/det Tenth/ADJ/5/amod "
                         "Forehead/PROPN/1/nmod fought/VERB/0/root/fight",
                         {{3, 5, kOrg}});
  const auto group = actor(t, "dissidents of the Tenth Forehead");
  ASSERT_TRUE(group);
  EXPECT_EQ(group->id, "cs:farc-10th");
  EXPECT_EQ(group->country, "COL");
  EXPECT_EQ(group->sectors, Sectors{"REB"});
}

TEST(Resolve, ATitleStandsBeforeTheName) {
  const Text t = Text{}
                     .date("2014-02-01")
                     .add(
                         "Russian/ADJ/3/amod Foreign/ADJ/3/amod Minister/PROPN/6/nsubj Sergei/PROPN/3/flat "
                         "Lavrov/PROPN/3/flat said/VERB/0/root/say",
                         {{3, 5, kPer}});
  const auto lavrov = actor(t, "Russian Foreign Minister Sergei Lavrov");
  ASSERT_TRUE(lavrov);
  EXPECT_EQ(lavrov->name, "Sergey Lavrov");
  EXPECT_EQ(lavrov->country, "RUS");
  ASSERT_TRUE(lavrov->role);
  EXPECT_EQ(lavrov->role->title, "Minister of Foreign Affairs");
}

TEST(Resolve, AnAppositionTellsWhoSomebodyIs) {
  const Text before = Text{}
                          .date("2022-03-01")
                          .add(
                              "political/ADJ/2/amod scientist/NOUN/6/nsubj Walter/PROPN/2/appos Molina/PROPN/3/flat "
                              "Galdi/PROPN/3/flat told/VERB/0/root/tell EL/PROPN/6/obj MUNDO/PROPN/7/flat",
                              {{2, 5, kPer}, {6, 8, kOrg}});
  const auto molina = actor(before, "political scientist Walter Molina Galdi");
  ASSERT_TRUE(molina);
  EXPECT_TRUE(molina->id.starts_with("nil:"));
  EXPECT_EQ(molina->sectors, Sectors{"EDU"});
  EXPECT_TRUE(molina->country.empty());
  EXPECT_EQ(actor(before, "EL MUNDO")->country, "ESP");

  const Text after = Text{}
                         .date("2022-03-01")
                         .add(
                             "Walter/PROPN/8/nsubj Molina/PROPN/1/flat +,/PUNCT/1/punct a/DET/6/det "
                             "Venezuelan/ADJ/6/amod journalist/NOUN/1/appos +,/PUNCT/1/punct left/VERB/0/root/leave",
                             {{0, 2, kPer}});
  const auto named = actor(after, "Walter Molina");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->sectors, Sectors{"JRN"});
  EXPECT_EQ(named->country, "VEN");
  EXPECT_FALSE(actor(after, "a Venezuelan journalist"));
}

TEST(Resolve, ABareSurnameIsTheHolderOfTheDay) {
  const auto maduro = [](std::string date, std::string_view country) {
    return Text{}
        .date(std::move(date))
        .add(std::string{country} + "/PROPN/2/nsubj waited/VERB/0/root/wait", {{0, 1, kLoc}})
        .add("Maduro/PROPN/2/nsubj spoke/VERB/0/root/speak", {{0, 1, kPer}});
  };
  EXPECT_EQ(actor(maduro("2022-03-01", "Venezuela"), "Maduro")->id, "Q58132");
  EXPECT_EQ(actor(maduro("2004-03-01", "Honduras"), "Maduro")->id, "Q441393");
}

TEST(Resolve, ASurnameMeansTheFullNameOfTheArticle) {
  const Text t = Text{}
                     .date("2022-03-01")
                     .add("Walter/PROPN/3/nsubj Molina/PROPN/1/flat spoke/VERB/0/root/speak", {{0, 2, kPer}})
                     .add("Molina/PROPN/2/nsubj left/VERB/0/root/leave", {{0, 1, kPer}});
  ASSERT_TRUE(actor(t, "Molina"));
  EXPECT_EQ(actor(t, "Molina")->id, actor(t, "Walter Molina")->id);
}

TEST(Resolve, AnUnknownSurnameIsNobodyKnown) {
  const Text t =
      Text{}.date("2022-03-01").add("Johnson/PROPN/2/nsubj spoke/VERB/0/root/speak +./PUNCT/2/punct", {{0, 1, kPer}});
  const Text other = Text{}.date("1905-03-01").add("Maduro/PROPN/2/nsubj spoke/VERB/0/root/speak", {{0, 1, kPer}});
  ASSERT_TRUE(actor(other, "Maduro"));
  EXPECT_TRUE(actor(other, "Maduro")->id.starts_with("nil:"));
}

TEST(Resolve, AnotherSpellingOfTheGivenNameIsTheSameMan) {
  const Text t =
      Text{}
          .date("2022-03-01")
          .add("Nicholas/PROPN/3/nsubj Maduro/PROPN/1/flat spoke/VERB/0/root/speak in/ADP/5/case Caracas/PROPN/3/obl",
               {{0, 2, kPer}, {4, 5, kLoc}});
  ASSERT_TRUE(actor(t, "Nicholas Maduro"));
  EXPECT_EQ(actor(t, "Nicholas Maduro")->id, "Q58132");
  const Text tarek =
      Text{}.date("2022-03-01").add("Tarek/PROPN/3/nsubj Saab/PROPN/1/flat spoke/VERB/0/root/speak", {{0, 2, kPer}});
  EXPECT_NE(actor(tarek, "Tarek Saab")->id, "cs:alex-saab");
}

TEST(Resolve, ADescribedOfficeIsItsHolder) {
  const Text t =
      Text{}
          .date("2022-03-01")
          .add("the/DET/2/det President/PROPN/5/nsubj of/ADP/4/case Venezuela/PROPN/2/nmod spoke/VERB/0/root/speak",
               {{3, 4, kLoc}});
  const auto president = actor(t, "the President of Venezuela");
  ASSERT_TRUE(president);
  EXPECT_EQ(president->id, "Q58132");
  ASSERT_TRUE(president->role);
  ASSERT_TRUE(place(t, "Venezuela"));
}

TEST(Resolve, ACapitalIsAGovernmentOrAPlace) {
  const Text said =
      Text{}
          .date("2022-03-01")
          .add("Moscow/PROPN/2/nsubj condemned/VERB/0/root/condemn NATO/PROPN/2/obj", {{0, 1, kLoc}, {2, 3, kOrg}});
  ASSERT_TRUE(actor(said, "Moscow"));
  EXPECT_EQ(actor(said, "Moscow")->id, "cc:RUS");
  EXPECT_FALSE(place(said, "Moscow"));
  const Text in = Text{}
                      .date("2022-03-01")
                      .add("NATO/PROPN/2/nsubj protested/VERB/0/root/protest in/ADP/4/case Moscow/PROPN/2/obl",
                           {{0, 1, kOrg}, {3, 4, kLoc}});
  EXPECT_FALSE(actor(in, "Moscow"));
  ASSERT_TRUE(place(in, "Moscow"));
  EXPECT_EQ(place(in, "Moscow")->id, "gn:524901");
  const Text by =
      Text{}.date("2022-03-01").add("recognition/NOUN/0/root by/ADP/3/case Kiev/PROPN/1/nmod", {{2, 3, kLoc}});
  ASSERT_TRUE(actor(by, "Kiev"));
  EXPECT_EQ(actor(by, "Kiev")->id, "cc:UKR");
  const Text dateline =
      Text{}.add("MOSCOW/PROPN/4/nsubj --/PUNCT/4/punct Nobody/PRON/4/nsubj spoke/VERB/0/root/speak", {{0, 1, kLoc}});
  EXPECT_FALSE(actor(dateline, "MOSCOW"));
  EXPECT_TRUE(place(dateline, "MOSCOW"));
}

TEST(Resolve, TheArticleDecidesWhichGeorgia) {
  const Text caucasus =
      Text{}.add("Georgia/PROPN/2/nsubj left/VERB/0/root/leave Tbilisi/PROPN/2/obj and/CCONJ/5/cc Russia/PROPN/3/conj",
                 {{0, 1, kLoc}, {2, 3, kLoc}, {4, 5, kLoc}});
  EXPECT_EQ(place(caucasus, "Georgia")->id, "cc:GEO");
  const Text south =
      Text{}.add("Atlanta/PROPN/2/nsubj +,/PUNCT/1/punct Georgia/PROPN/1/appos", {{0, 1, kLoc}, {2, 3, kLoc}});
  EXPECT_EQ(place(south, "Atlanta")->country, "USA");
  const Text states = Text{}.add(
      "Georgia/PROPN/0/root +,/PUNCT/1/punct Alabama/PROPN/1/conj +,/PUNCT/1/punct Florida/PROPN/1/conj and/CCONJ/7/cc "
      "Tennessee/PROPN/1/conj",
      {{0, 1, kLoc}, {2, 3, kLoc}, {4, 5, kLoc}, {6, 7, kLoc}});
  EXPECT_EQ(place(states, "Georgia")->id, "adm1:US.GA");
}

TEST(Resolve, LuganskLiesInUkraine) {
  const Text t = Text{}.add("fighting/NOUN/0/root near/ADP/3/case Lugansk/PROPN/1/nmod", {{2, 3, kLoc}});
  ASSERT_TRUE(place(t, "Lugansk"));
  EXPECT_EQ(place(t, "Lugansk")->country, "UKR");
  const Text tail = Text{}.add(
      "the/DET/7/det Donetsk/PROPN/7/compound and/CCONJ/4/cc Lugansk/PROPN/2/conj People/PROPN/7/nmod:poss "
      "+'s/PART/5/case Republics/PROPN/0/root");
  ASSERT_TRUE(actor(tail, "Donetsk"));
  EXPECT_EQ(actor(tail, "Donetsk")->id, "cs:dpr");
  EXPECT_EQ(actor(tail, "Lugansk People's Republics")->id, "cs:lpr");
}

TEST(Resolve, ATownsNameInProseIsNoPlace) {
  const Text t = Text{}.add(
      "Of/ADP/2/case course/NOUN/4/obl Police/NOUN/4/nsubj say/VERB/0/root/say the/DET/6/det deal/NOUN/4/obj "
      "stands/VERB/4/ccomp/stand");
  for (const Mention& m : read(t)) EXPECT_FALSE(m.place) << m.span.of(t.article.text);
}

TEST(Resolve, PeoplesAreCivilians) {
  const Text t = Text{}.add("the/DET/2/det Ukrainians/PROPN/3/nsubj fled/VERB/0/root/flee");
  ASSERT_TRUE(actor(t, "Ukrainians"));
  EXPECT_EQ(actor(t, "Ukrainians")->country, "UKR");
  EXPECT_EQ(actor(t, "Ukrainians")->sectors, Sectors{"CVL"});
}

TEST(Resolve, CoordinationStaysSeveral) {
  const Text t = Text{}.add(
      "Venezuela/PROPN/6/nsubj +,/PUNCT/3/punct Cuba/PROPN/1/conj and/CCONJ/5/cc Eritrea/PROPN/1/conj "
      "supported/VERB/0/root/support Russia/PROPN/6/obj",
      {{0, 1, kLoc}, {2, 3, kLoc}, {4, 5, kLoc}, {6, 7, kLoc}});
  for (const auto& [name, country] :
       {std::pair{"Venezuela", "VEN"}, {"Cuba", "CUB"}, {"Eritrea", "ERI"}, {"Russia", "RUS"}}) {
    ASSERT_TRUE(actor(t, name)) << name;
    EXPECT_EQ(actor(t, name)->country, country);
  }
}

TEST(Resolve, ANameThatManyCountriesShareIsNotGuessed) {
  const Text kenya =
      Text{}.add("The/DET/2/det Senate/PROPN/3/nsubj met/VERB/0/root/meet in/ADP/5/case Nairobi/PROPN/3/obl",
                 {{1, 2, kOrg}, {4, 5, kLoc}});
  ASSERT_TRUE(actor(kenya, "The Senate") || actor(kenya, "Senate"));
  const auto senate = actor(kenya, "Senate") ? actor(kenya, "Senate") : actor(kenya, "The Senate");
  EXPECT_NE(senate->country, "USA");
  EXPECT_EQ(senate->sectors, Sectors{"LEG"});
}

TEST(Resolve, WhoLeadsAFirmIsNoGovernment) {
  const Text of =
      Text{}
          .date("2022-03-01")
          .add("the/DET/2/det president/NOUN/5/nsubj of/ADP/4/case Lukoil/PROPN/2/nmod left/VERB/0/root/leave",
               {{3, 4, kPer}});
  const auto president = actor(of, "the president of Lukoil");
  ASSERT_TRUE(president);
  EXPECT_EQ(president->sectors, Sectors{"BUS"});
  const Text company = Text{}.add(
      "the/DET/2/det company/NOUN/4/nmod:poss +'s/PART/2/case president/NOUN/5/nsubj resigned/VERB/0/root/resign");
  ASSERT_TRUE(actor(company, "the company's president"));
  EXPECT_EQ(actor(company, "the company's president")->sectors, Sectors{"BUS"});
}

TEST(Resolve, ASurnameThatIsATitleIsAPerson) {
  const Text t = Text{}.add(
      "On/ADP/2/case Friday/PROPN/4/obl King/PROPN/4/nsubj declined/VERB/0/root/decline the/DET/6/det "
      "offer/NOUN/4/obj");
  ASSERT_TRUE(actor(t, "King"));
  EXPECT_EQ(actor(t, "King")->kind, EntityKind::person);
  EXPECT_TRUE(actor(t, "King")->sectors.empty());
  const Text junior =
      Text{}
          .add("Robert/PROPN/4/nsubj Bishop/PROPN/1/flat Jr./PROPN/1/flat spoke/VERB/0/root/speak", {{0, 3, kPer}})
          .add("Bishop/PROPN/2/nsubj left/VERB/0/root/leave", {{0, 1, kPer}});
  ASSERT_TRUE(actor(junior, "Robert Bishop Jr."));
  ASSERT_TRUE(actor(junior, "Bishop"));
  EXPECT_EQ(actor(junior, "Bishop")->id, actor(junior, "Robert Bishop Jr.")->id);
}

TEST(Resolve, ShortLettersNeedTheirCountry) {
  const auto fsa = [](std::string_view where) {
    return Text{}.add(
        "the/DET/2/det FSA/PROPN/3/nsubj met/VERB/0/root/meet in/ADP/5/case " + std::string{where} + "/PROPN/3/obl",
        {{1, 2, kOrg}, {4, 5, kLoc}});
  };
  ASSERT_TRUE(actor(fsa("Syria"), "FSA"));
  EXPECT_EQ(actor(fsa("Syria"), "FSA")->id, "cs:fsa");
  ASSERT_TRUE(actor(fsa("London"), "FSA"));
  EXPECT_TRUE(actor(fsa("London"), "FSA")->id.starts_with("nil:"));
}

TEST(Resolve, TheNationalityOfAThingIsNoParty) {
  const Text ships = Text{}.add("Greek/ADJ/2/amod ships/NOUN/3/nsubj/ship sailed/VERB/0/root/sail");
  EXPECT_FALSE(actor(ships, "Greek"));
  EXPECT_TRUE(place(ships, "Greek"));
  const Text forces = Text{}.add("Greek/ADJ/2/amod warships/NOUN/3/nsubj/warship sailed/VERB/0/root/sail");
  ASSERT_TRUE(actor(forces, "Greek warships"));
  EXPECT_EQ(actor(forces, "Greek warships")->sectors, Sectors{"MIL"});
}

TEST(Resolve, AnArmyBelongsToTheCountrySpokenOf) {
  const Text t = Text{}
                     .add("Peru/PROPN/2/nsubj waited/VERB/0/root/wait", {{0, 1, kLoc}})
                     .add("the/DET/2/det army/NOUN/3/nsubj moved/VERB/0/root/move");
  ASSERT_TRUE(actor(t, "the army"));
  EXPECT_EQ(actor(t, "the army")->country, "PER");
  EXPECT_NE(actor(t, "the army")->reason.find("the sentences before speak of PER"), std::string::npos);
  const Text both =
      Text{}
          .add(
              "talks/NOUN/2/nsubj began/VERB/0/root/begin between/ADP/4/case Peru/PROPN/2/obl and/CCONJ/6/cc "
              "Chile/PROPN/4/conj",
              {{3, 4, kLoc}, {5, 6, kLoc}})
          .add(
              "talks/NOUN/2/nsubj began/VERB/0/root/begin between/ADP/4/case Chile/PROPN/2/obl and/CCONJ/6/cc "
              "Peru/PROPN/4/conj",
              {{3, 4, kLoc}, {5, 6, kLoc}})
          .add("the/DET/2/det army/NOUN/3/nsubj moved/VERB/0/root/move");
  ASSERT_TRUE(actor(both, "the army"));
  const Text none = Text{}.add("the/DET/2/det army/NOUN/3/nsubj moved/VERB/0/root/move");
  ASSERT_TRUE(actor(none, "the army"));
  EXPECT_TRUE(actor(none, "the army")->country.empty());
  const Text any = Text{}
                       .add("Peru/PROPN/2/nsubj waited/VERB/0/root/wait", {{0, 1, kLoc}})
                       .add("an/DET/2/det army/NOUN/3/nsubj moved/VERB/0/root/move");
  ASSERT_TRUE(actor(any, "an army"));
  EXPECT_TRUE(actor(any, "an army")->country.empty());
}

TEST(Resolve, TheBlocIsTheUnionNamedBefore) {
  const Text t =
      Text{}
          .add("The/DET/3/det European/PROPN/3/compound Union/PROPN/4/nsubj met/VERB/0/root/meet", {{1, 3, kOrg}})
          .add("the/DET/2/det bloc/NOUN/3/nsubj agreed/VERB/0/root/agree");
  ASSERT_TRUE(actor(t, "the bloc"));
  EXPECT_EQ(actor(t, "the bloc")->id, "cs:eu");
  const Text alone = Text{}.add("the/DET/2/det bloc/NOUN/3/nsubj agreed/VERB/0/root/agree");
  EXPECT_FALSE(actor(alone, "the bloc"));
}

TEST(Resolve, EuropeThatActsIsItsUnion) {
  const Text acts =
      Text{}.add("Europe/PROPN/2/nsubj condemned/VERB/0/root/condemn the/DET/4/det coup/NOUN/2/obj", {{0, 1, kLoc}});
  ASSERT_TRUE(actor(acts, "Europe"));
  EXPECT_EQ(actor(acts, "Europe")->id, "cs:eu");
  const Text lies =
      Text{}.add("it/PRON/2/nsubj rained/VERB/0/root/rain in/ADP/4/case Europe/PROPN/2/obl", {{3, 4, kLoc}});
  EXPECT_TRUE(place(lies, "Europe"));
}

// Any tokens with any trees: mentions stay inside their sentences, are sorted, and parties do not overlap.
TEST(Resolve, HoldsItsPromisesOnRandomSentences) {
  const std::vector<std::string> words = {
      "Russia", "the",     "President", "of",      "Maduro", "Kremlin",     "'s",      ",",      "army",
      "Moscow", "in",      "said",      "Russian", "and",    "US",          "ELN",     "People", "former",
      "-",      "Xi",      "al",        "-",       "Second", "Marquetalia", "Georgia", "(AP)",   "\xF0\x9F\x8C\x8D",
      "by",     "Donetsk", "Lugansk",   "--",      "12",     "Tenth",       "Front"};
  rc::check([&] {
    Text t;
    t.date("2022-03-01");
    const auto sentences = *rc::gen::inRange(0, 4);
    for (int k = 0; k < sentences; ++k) {
      const auto picks = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, words.size()));
      if (picks.empty()) continue;
      std::string line;
      const auto n = static_cast<int>(picks.size());
      for (const std::size_t pick : picks) {
        line += (line.empty() ? "" : " ") + words[pick] + "/" +
                std::string{to_string(static_cast<Upos>(*rc::gen::inRange(0, 17)))};
        if (*rc::gen::arbitrary<bool>()) line += "/" + std::to_string(*rc::gen::inRange(0, n + 3)) + "/nsubj";
      }
      std::vector<Name> names;
      if (*rc::gen::arbitrary<bool>()) {
        const auto first = static_cast<std::uint32_t>(*rc::gen::inRange(0, n));
        names.push_back({first, first + static_cast<std::uint32_t>(*rc::gen::inRange(1, 5)),
                         static_cast<NameKind>(*rc::gen::inRange(0, 4))});
      }
      t.add(line, names);
    }
    const auto mentions = read(t);
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      const Mention& m = mentions[i];
      RC_ASSERT(m.sentence < t.sentences.size());
      RC_ASSERT(m.first < m.last);
      RC_ASSERT(m.last <= t.sentences[m.sentence].tokens.size());
      RC_ASSERT(m.head >= m.first && m.head < m.last);
      RC_ASSERT(t.sentences[m.sentence].span.contains(m.span));
      RC_ASSERT(m.actor || m.place);
      if (m.actor) {
        RC_ASSERT(m.actor->text == m.actor->span.of(t.article.text));
        RC_ASSERT(!m.actor->id.empty());
      }
      if (i == 0) continue;
      const Mention& before = mentions[i - 1];
      RC_ASSERT(before.sentence < m.sentence || (before.sentence == m.sentence && before.first <= m.first));
      if (before.sentence == m.sentence && before.actor && m.actor) RC_ASSERT(before.last <= m.first);
    }
  });
}

}  // namespace
}  // namespace casus
