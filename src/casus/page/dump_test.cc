// SPDX-License-Identifier: Apache-2.0
// Dumps: lines joined where an inline element was, kept apart where a paragraph ended, furniture dropped with a reason.
#include <casus/page/dump.h>
#include <casus/page/read_page.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace casus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> paragraphs(const Article& article) {
  std::vector<std::string> out;
  for (const Paragraph& p : article.paragraphs) out.emplace_back(article.quote(p.span));
  return out;
}

Article read(std::string_view dump) {
  return read_page(dump, {.form = PageForm::text}).value();
}

std::string reason_of(const Article& article, std::string_view text) {
  for (const Removed& r : article.removed) {
    if (r.text.find(text) != std::string::npos) return r.reason;
  }
  return "";
}

std::vector<std::string> joined(std::string_view dump) {
  std::vector<std::string> out;
  for (const detail::Unit& unit : detail::join_fragments(detail::split_lines(dump))) out.push_back(unit.text);
  return out;
}

struct GapCase {
  const char* why;
  const char* dump;
  std::vector<std::string> expected;
};

TEST(DumpJoin, DecidesEachGapByTheShapeOfItsNeighbours) {
  const std::vector<GapCase> cases = {
      {"a possessive continues the name",
       "Ana Costa\n\n's visit to Lisbon was cancelled.",
       {"Ana Costa's visit to Lisbon was cancelled."}},
      {"a small letter continues", "The minister\n\nresigned on Friday.", {"The minister resigned on Friday."}},
      {"a function word cannot end a sentence",
       "Talks were held in the town of\n\nGoma\n\n.",
       {"Talks were held in the town of Goma."}},
      {"a comma cannot end one either",
       "On Monday,\n\nKenya\n\nclosed the border.",
       {"On Monday, Kenya closed the border."}},
      {"a full stop and a capital are two paragraphs",
       "The army withdrew.\n\nThe rebels stayed.",
       {"The army withdrew.", "The rebels stayed."}},
      {"an abbreviation is no full stop", "He met Gen.\n\nHaftar\n\nin Cairo.", {"He met Gen. Haftar in Cairo."}},
      {"a straight quote closes on a later line",
       "He cried: \"Long live the republic!\n\nDown with the king!\n\n\" and left.",
       {"He cried: \"Long live the republic! Down with the king!\" and left."}},
      {"a quoted name",
       "She praised the \"\n\nbrave people\n\n\" of Kharkiv.",
       {"She praised the \"brave people\" of Kharkiv."}},
      {"each paragraph of a long quote opens its own",
       "“We came in peace.\n\n“We leave in peace,” he said.",
       {"“We came in peace.", "“We leave in peace,” he said."}},
      {"a curly quote closes on a later line",
       "“We came in peace.\n\nWe leave in peace,” he said.",
       {"“We came in peace. We leave in peace,” he said."}},
      {"a bracket closes on a later line", "The front (\n\nFPR\n\n) denied it.", {"The front (FPR) denied it."}},
      {"a prefix with a hyphen is glued", "The pro-\n\nRussian\n\nforces left.", {"The pro-Russian forces left."}},
      {"a French article is glued", "Le chef de l'\n\nUkraine\n\nest venu.", {"Le chef de l'Ukraine est venu."}},
      {"a name in running text without any other sign",
       "After the vote, which was delayed twice, lawmakers elected speaker\n\nMaria Silva\n\nwith a wide margin.",
       {"After the vote, which was delayed twice, lawmakers elected speaker Maria Silva with a wide margin."}},
      {"a heading is not glued to the name that follows",
       "Background\n\nVladimir Putin\n\nhas ruled since 2000.",
       {"Background", "Vladimir Putin has ruled since 2000."}},
      {"a sentence whose first pieces are a few words each",
       "Government forces\n\nretook\n\nAleppo\n\nafter a siege, the\n\narmy\n\nsaid.",
       {"Government forces retook Aleppo after a siege, the army said."}},
      {"two headlines stay two",
       "Storm hits the coast of Kerala\n\nParliament to vote on Tuesday",
       {"Storm hits the coast of Kerala", "Parliament to vote on Tuesday"}},
      {"a script without capitals",
       "التقى وزير الخارجية\n\nالمصري\n\nنظيره السوداني في القاهرة يوم الاثنين لبحث الأزمة.",
       {"التقى وزير الخارجية المصري نظيره السوداني في القاهرة يوم الاثنين لبحث الأزمة."}},
      {"a bullet begins anew", "They agreed on\n\n* peace\n\n* trade", {"They agreed on", "peace", "trade"}},
      {"a label is never part of a sentence",
       "The president said that\n\nAdvertisement\n\nIt rains.",
       {"The president said that", "Advertisement", "It rains."}},
  };
  for (const GapCase& c : cases) EXPECT_EQ(joined(c.dump), c.expected) << c.why;
}

TEST(DumpLines, JoinsHardWrappedLinesAndOnlyThose) {
  const std::string wrapped =
      "The United Nations said on Friday that the truce in the north had held for\n"
      "three days, although both armies accused each other of small violations\n"
      "near the river and in two villages that had been empty since last winter.\n"
      "\n"
      "Aid convoys reached the besieged town for the first time since January, the\n"
      "organisation added.\n";
  EXPECT_EQ(joined(wrapped).size(), 2U);
  EXPECT_THAT(
      joined("The army left the town.\nThe rebels came back.\nThe people fled to the hills.\nNobody was hurt there.\n"),
      ::testing::SizeIs(4));
}

TEST(DumpLines, CrLfIsOneLineEnd) {
  const auto fragments = detail::split_lines("one\r\ntwo\r\n\r\nthree");
  ASSERT_EQ(fragments.size(), 3U);
  EXPECT_FALSE(fragments[1].blank_before);
  EXPECT_TRUE(fragments[2].blank_before);
}

constexpr std::string_view kPage =
    "Home\n\nWorld\n\nPolitics\n\nSport\n\n"
    "Ministers sign border treaty in Nairobi\n\n"
    "By Jane Otieno and Kofi Mensah\n\nMarch 4, 2022\n\nShare\n\n"
    "Kenya and\n\nUganda\n\nsigned a treaty on Friday that ends a dispute over two islands.\n\n"
    "Fishing rights\n\n"
    "The treaty lets boats of both countries fish around the islands, the foreign ministry said.\n\n"
    "Read more: Lake Victoria's fishermen wait for rain\n\n"
    "It will enter into force when both parliaments have approved it, which may take a year.\n\n"
    "Comments (12)\n\nI have fished there all my life and nobody ever asked me for any papers at all.\n\n"
    "All rights reserved.\n";

TEST(Dump, FindsTitleAuthorsAndDateThatTheTextSays) {
  const Article article = read(kPage);
  EXPECT_EQ(article.title.value, "Ministers sign border treaty in Nairobi");
  EXPECT_EQ(article.title.from, "text");
  EXPECT_EQ(kPage.substr(article.title.page.start, article.title.page.length()),
            "Ministers sign border treaty in Nairobi");
  ASSERT_EQ(article.authors.size(), 2U);
  EXPECT_EQ(article.authors[0].value, "Jane Otieno");
  EXPECT_EQ(article.authors[1].value, "Kofi Mensah");
  EXPECT_EQ(article.published.value, "2022-03-04");
}

TEST(Dump, KeepsTheArticleAndNamesWhatItDrops) {
  const Article article = read(kPage);
  EXPECT_THAT(
      paragraphs(article),
      ElementsAre("Kenya and Uganda signed a treaty on Friday that ends a dispute over two islands.", "Fishing rights",
                  "The treaty lets boats of both countries fish around the islands, the foreign ministry said.",
                  "It will enter into force when both parliaments have approved it, which may take a year."));
  EXPECT_EQ(article.paragraphs[1].kind, ParagraphKind::heading);
  EXPECT_EQ(reason_of(article, "Lake Victoria"), "related");
  EXPECT_EQ(reason_of(article, "I have fished"), "comments");
  EXPECT_EQ(reason_of(article, "All rights"), "footer");
}

TEST(Dump, InventsNoTitle) {
  const Article article =
      read("* Latest\n\n* Live\n\nThe army entered the capital on Sunday, witnesses told the agency.\n");
  EXPECT_EQ(article.title.value, "");
  EXPECT_EQ(article.text, "The army entered the capital on Sunday, witnesses told the agency.");
}

TEST(Dump, APageWithoutAnArticleSaysSo) {
  const Article article = read("* Home\n* World\n* Sport\n");
  EXPECT_EQ(article.text, "");
  EXPECT_THAT(article.notes, ElementsAre("no_article"));
  EXPECT_FALSE(article.removed.empty());
}

TEST(Dump, ListsOfTheArticleStay) {
  const Article article = read(
      "The two governments agreed on three points after a night of talks in Geneva:\n\n"
      "* an exchange of all prisoners of war\n\n* a withdrawal from the demilitarised zone\n\n* a commission on the "
      "missing\n\n"
      "The first exchange will take place within ten days, a spokesman told reporters.\n\n* Switzerland\n\n* "
      "Prisoners\n");
  EXPECT_EQ(article.paragraphs.size(), 5U);
  EXPECT_THAT(article.text, HasSubstr("an exchange of all prisoners"));
  EXPECT_EQ(reason_of(article, "Switzerland"), "tags");
}

TEST(Dump, KeepAllLeavesEveryCharacterWhereItWas) {
  const std::string text = "Headline\n\nFirst  line.\n• point\n";
  const Article article = read_page(text, {.keep_all = true}).value();
  EXPECT_EQ(article.text, text);
  EXPECT_THAT(paragraphs(article), ElementsAre("Headline", "First  line.", "• point"));
}

TEST(Dump, LinesBeyondTheCapAreListedNotLost) {
  std::string lines;
  for (int i = 0; i < 200010; ++i) lines += "* x\n";
  const Article article = read(lines);
  EXPECT_THAT(article.notes, ::testing::Contains("lines_capped"));
  EXPECT_GE(article.removed.back().page.end, lines.size() - 1);
}

// A page of three paragraphs, its inline elements and list put on own lines in each style that carriers use.
TEST(Dump, SentencesComeBackWholeFromEveryStyle) {
  const std::vector<std::vector<std::string>> kParagraphs = {
      {"The army of", "Mali", "said on Monday that", "Colonel Goïta", "will not meet the envoy of", "ECOWAS",
       "in Bamako this week."},
      {"“We asked for time, not for money,” said", "Abdoulaye Diop",
       ", the foreign minister, who spoke to reporters after the talks."},
      {"The presidents of", "Niger", "and", "Burkina Faso",
       "have closed their borders, and the bank of the union stopped all payments."}};
  for (const std::string bullet : {"* ", "  • ", "- ", ""}) {
    for (const std::string gap : {"\n\n", "\r\n\r\n", "\n\n\n"}) {
      std::string dump = bullet + "Home" + gap + bullet + "World" + gap;
      std::vector<std::string> whole;
      for (const auto& paragraph : kParagraphs) {
        whole.emplace_back();
        for (const std::string& part : paragraph) {
          dump += part + gap;
          whole.back() += (whole.back().empty() || part[0] == ',' ? "" : " ") + part;
        }
      }
      dump += bullet + "Mali" + gap + bullet + "Niger" + gap;
      EXPECT_EQ(paragraphs(read(dump)), whole) << bullet;
    }
  }
}

std::string seed_page() {
  std::ifstream in(CASUS_SOURCE_DIR "/../shared/seed/000_1749dd4b628333d3.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The worked example of the design: each of these stands whole in one paragraph.
TEST(Seed, EverySentenceIsWholeOnOneLine) {
  const std::string bytes = seed_page();
  if (bytes.empty()) GTEST_SKIP() << "../shared/seed is not here";
  const Article article = read(bytes);
  const std::vector<std::string> lines = paragraphs(article);
  for (const char* sentence :
       {"Nicolás Maduro's backing for his main ally in the midst of the bombings against Ukraine: the Bolivarian "
        "revolution and Vladimir "
        "Putin will continue to strengthen the \"Russian-Venezuelan strategic association and the execution of joint "
        "projects\", with "
        "contacts at various levels.",
        "\"Maduro expressed his strong support for the decisive actions of Russia\", the Kremlin highlighted today in "
        "a statement after "
        "the telephone conversation between the President of Venezuela and his partner Vladimir Putin.",
        "During the call they agreed on the \"destabilizing attitude of the US and NATO\", previously condemned from "
        "Caracas.",
        "Currently, Russian special forces, mercenaries and drone pilots participate in the armed conflict on the "
        "border with Colombia, "
        "in which the Venezuelan army supports the ELN and FARC Second Marquetalia guerrillas in their confrontation "
        "with the "
        "dissidents of the Tenth Forehead.",
        "In the previous hours, only Venezuela, Cuba, China and Eritrea supported Russia in the UN Human Rights "
        "Council, in an attempt "
        "not to discuss the brutal invasion of Ukraine.",
        "in defending peace in that region! All support for Russia!\" Maduro shouted in TV.",
        "\"What this support for the invading Russian regime does, in the end, is further complicate the possibility "
        "of returning to "
        "negotiations with Mexico and even open the curtain for new sanctions from the US and Europe,\" added Molina.",
        "Russia was one of the facilitating countries at the Mexico table."}) {
    EXPECT_THAT(lines, ::testing::Contains(HasSubstr(sentence)));
  }
  EXPECT_EQ(lines.size(), 14U);
}

TEST(Seed, DropsEverythingThatIsNotTheArticle) {
  const std::string bytes = seed_page();
  if (bytes.empty()) GTEST_SKIP() << "../shared/seed is not here";
  const Article article = read(bytes);
  EXPECT_EQ(article.title.value, "");
  EXPECT_THAT(article.trust, ElementsAre("The Trust Project"));
  for (const char* forbidden :
       {"Latest news", "Russia attacks Kiev", "Trust Project", "Know more", "Nicholas Maduro", "Cold war in the US",
        "ArgentinaAlberto", "Podcast", "links of interest", "Translator", "Atalanta", "Granada", "Malaga"}) {
    EXPECT_EQ(article.text.find(forbidden), std::string::npos) << forbidden;
    EXPECT_NE(reason_of(article, forbidden), "") << forbidden;
  }
  EXPECT_EQ(reason_of(article, "Podcast"), "podcast");
  EXPECT_EQ(reason_of(article, "Nicholas Maduro"), "tags");
  EXPECT_EQ(reason_of(article, "Cold war in the US 'yard'"), "related");
}

TEST(Seed, EachParagraphDecodesAgainFromThePage) {
  const std::string bytes = seed_page();
  if (bytes.empty()) GTEST_SKIP() << "../shared/seed is not here";
  const Article article = read(bytes);
  for (const Paragraph& p : article.paragraphs) {
    EXPECT_EQ(page_text(bytes, article, p.span).value(), article.quote(p.span));
  }
}

}  // namespace
}  // namespace casus
