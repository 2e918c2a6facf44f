// SPDX-License-Identifier: Apache-2.0
// Invented articles: attribution in chains, denials and plans, overlapping evidence, several scripts, hostile strings,
// a long name.
#include <casus/base/hash.h>

#include "draft.h"

namespace casus::detail {
namespace {

StoredArticle harbour_talks() {
  Draft d("https://courier.example/world/harbour-talks",
          "Norland and Sundria agree to reopen the strait after a night of calls", "The Harbour Courier",
          "2022-03-04T09:30:00Z");
  d.article().authors = {{"Ada Lindqvist", "json-ld", {200, 213}}, {"J. Okafor", "meta", {230, 239}}};
  d.article().modified = {"2022-03-04T14:05:00Z", "opengraph", {440, 460}};
  d.article().rivals = {{"Norland, Sundria to reopen strait | The Harbour Courier", "title:opengraph", {500, 540}}};
  d.article().trust = {"The Trust Project"};
  d.article().notes = {"charset_conflict"};
  d.leave_out("navigation", "Home World Politics Business Sport Weather Subscribe");
  d.leave_out("bullet", "• Live: the strait hour by hour");
  const std::string_view call =
      "President Mira Holm of Norland spoke by telephone with her Sundrian counterpart Otto Kessel late on Thursday, "
      "her office said in a statement.";
  const std::string_view support =
      "“Holm expressed her strong support for the decisions of Sundria,” the statement read, adding that both leaders "
      "condemned what they called the destabilising stance of the Eastern League.";
  const std::string_view bomb =
      "Hours earlier Sundrian aircraft had bombed fuel depots near the port of Velmar, according to the newspaper "
      "Dagen, which cited two harbour pilots.";
  const std::string_view deny = "Sundria’s defence ministry denied that it had attacked Velmar.";
  const std::string_view sanction =
      "“What this embrace does, in the end, is open the curtain for new sanctions from the Eastern League against "
      "Norland,” the analyst Walter Brandt told the Courier.";
  const std::string_view vote =
      "In the previous hours only Norland, Costa Clara and the Republic of the Thousand Lakes and Seven "
      "Unpronounceable Mountains had supported Sundria in the League’s council.";
  const std::string_view plan = "Kessel will visit Norland in April to sign a fisheries agreement.";
  d.write("The strait that carries a fifth of the region’s grain will reopen to merchant ships. " + std::string(call) +
          " " + std::string(plan));
  d.write(support);
  d.write(ParagraphKind::heading, "A night of bombing");
  d.write(std::string(bomb) + " " + std::string(deny) + " Nobody was hurt, the pilots said.");
  d.leave_out("advertisement", "Advertisement. Your harbour view from 99 a month.");
  d.write(ParagraphKind::quote, sanction);
  d.write(vote);
  d.write(ParagraphKind::list_item, "The strait opens at dawn.");
  d.write(ParagraphKind::list_item, "Pilots are asked to keep to the northern lane.");
  d.leave_out("related", "Read also: Atalanta – Sampdoria 4-0, how the cup was won");
  d.leave_out("podcast", "Listen: Cold War in the back yard, episode 12");
  d.leave_out("trust-badge", "Ethical and transparent journalism. Learn more");
  d.leave_out("tags", "Norland · Sundria · strait · grain");
  d.event("CONSULT", "phone", 1, call, "spoke by telephone")
      .actor("President Mira Holm", "Mira Holm", "NOR")
      .recipient("Otto Kessel", "Otto Kessel", "SWE")
      .says("her office", "the office of the President of Norland", "statement")
      .on("2022-03-03", Basis::relative, "late on Thursday");
  d.last().actors[0].role = Role{"President", "cs:president-norland", "cc:NOR",          {"GOV"}, {2019, 10, 1},
                                 {},          {2026, 1, 15},          "overlay:leaders", false};
  d.event("AGREE", "", 1, plan, "sign")
      .actor("Kessel", "Otto Kessel", "SWE")
      .recipient("Norland", "Norland", "NOR")
      .on("2022-04", Basis::stated, "in April")
      .is(Status::future);
  d.event("SUPPORT", "", 1, support, "expressed her strong support")
      .actor("Holm", "Mira Holm", "NOR")
      .recipient("Sundria", "Sundria", "SWE")
      .says("the statement", "the office of the President of Norland", "read", Stance::asserts, true)
      .on("2022-03-03", Basis::publication);
  d.event("ACCUSE", "disapprove", 3, support, "condemned")
      .actor("both leaders", "Mira Holm", "NOR")
      .actor("both leaders", "Otto Kessel", "SWE")
      .recipient("the Eastern League", "Eastern League", "IGO", {"IGO"})
      .says("the statement", "the office of the President of Norland", "adding")
      .on("2022-03-03", Basis::publication);
  d.event("ASSAULT", "aerial", 4, bomb, "bombed")
      .actor("Sundrian aircraft", "Sundria’s air force", "SWE", {"MIL"})
      .recipient("fuel depots near the port of Velmar", "fuel depots near Velmar", "NOR", {"BUS"})
      .says("the newspaper Dagen", "Dagen", "according to")
      .says("two harbour pilots", "two harbour pilots", "cited")
      .on("2022-03-03", Basis::relative, "Hours earlier")
      .at("Velmar", "Velmar", "NOR", PlacePrecision::city);
  d.event("ASSAULT", "", 4, deny, "attacked")
      .actor("it", "Sundria", "SWE", {"MIL"})
      .recipient("Velmar", "Velmar", "NOR")
      .says("Sundria’s defence ministry", "Sundria’s defence ministry", "denied", Stance::denies)
      .is(Status::negation)
      .on("2022-03-04", Basis::publication)
      .at("Velmar", "Velmar", "NOR", PlacePrecision::city);
  d.event("SANCTION", "discontinue", 4, sanction, "new sanctions")
      .actor("the Eastern League", "Eastern League", "IGO", {"IGO"})
      .recipient("Norland", "Norland", "NOR")
      .says("the analyst Walter Brandt", "Walter Brandt", "told", Stance::asserts, true)
      .is(Status::hypothetical)
      .on("", Basis::unknown);
  d.event("SUPPORT", "", 1, vote, "had supported")
      .actor("Norland", "Norland", "NOR")
      .actor("Costa Clara", "Costa Clara", "CRI")
      .actor("the Republic of the Thousand Lakes and Seven Unpronounceable Mountains",
             "the Republic of the Thousand Lakes and Seven Unpronounceable Mountains", "FIN")
      .recipient("Sundria", "Sundria", "SWE")
      .on("2022-03-04", Basis::relative, "In the previous hours")
      .at("the League’s council", "Council of the Eastern League", "", PlacePrecision::point);
  return d.finish();
}

StoredArticle market_square() {
  Draft d("https://evening.example/2022/02/protest", "Thousands march in Velmar against the curfew", "Evening Post",
          "2022-02-27");
  d.leave_out("header", "Evening Post — since 1911");
  const std::string_view march =
      "Thousands of dock workers marched through Velmar on Saturday against the curfew that Governor Ilse Maar imposed "
      "on 20 February.";
  const std::string_view gas =
      "Police fired tear gas at the marchers near Market Square and arrested eleven of them, the union said.";
  const std::string_view call =
      "The union demanded that the governor lift the curfew, and warned that it would strike on Monday.";
  d.write(march).write(gas).write(call);
  d.write("Maar’s office did not answer questions.");
  d.leave_out("share", "Share on … Copy the link");
  d.leave_out("comments", "17 comments. Log in to comment.");
  d.event("PROTEST", "demo", 4, march, "marched")
      .actor("Thousands of dock workers", "dock workers", "NOR", {"LAB"})
      .recipient("Governor Ilse Maar", "Ilse Maar", "NOR")
      .on("2022-02-26", Basis::relative, "on Saturday")
      .at("Velmar", "Velmar", "NOR", PlacePrecision::city);
  d.event("COERCE", "curfew", 4, march, "imposed")
      .actor("Governor Ilse Maar", "Ilse Maar", "NOR")
      .on("2022-02-20", Basis::stated, "on 20 February")
      .at("Velmar", "Velmar", "NOR", PlacePrecision::city, Basis::inherited);
  d.event("ASSAULT", "crowd-control", 4, gas, "fired tear gas")
      .actor("Police", "police in Velmar", "NOR", {"COP"})
      .recipient("the marchers", "the marchers", "NOR", {"CVL"})
      .says("the union", "the dockers’ union", "said")
      .on("2022-02-26", Basis::relative)
      .at("Market Square", "Market Square, Velmar", "NOR", PlacePrecision::point);
  d.event("COERCE", "arrest", 4, gas, "arrested")
      .actor("Police", "police in Velmar", "NOR", {"COP"})
      .recipient("eleven of them", "eleven marchers", "NOR", {"CVL"})
      .says("the union", "the dockers’ union", "said")
      .on("2022-02-26", Basis::relative);
  d.event("REQUEST", "yield", 3, call, "demanded")
      .actor("The union", "the dockers’ union", "NOR", {"LAB"})
      .recipient("the governor", "Ilse Maar", "NOR")
      .on("2022-02-27", Basis::publication);
  d.event("THREATEN", "restrict", 3, call, "warned")
      .actor("The union", "the dockers’ union", "NOR", {"LAB"})
      .on("2022-02-27", Basis::publication);
  d.last().incomplete = true;
  d.last().was = "PROTEST";
  d.last().rule = "an act that is announced, by who would act, is a threat";
  return d.finish();
}

StoredArticle scripts() {
  Draft d("https://daily.example/ar/1", "محادثات في الميناء — talks at the port", "صحيفة الميناء", "2022-01-15");
  d.article().language = {"ar", "header", {}};
  const std::string_view arabic = "التقى الرئيس عمر بالوزيرة ليلى في الميناء يوم الجمعة.";
  const std::string_view chinese = "李明在北京会见了挪威外交部长。";
  const std::string_view astral = "The envoy 🕊️ Zoë met Nicolás’s aide in Kraków 🏰 on 14 January 2022.";
  d.write(arabic).write(chinese).write(astral);
  d.event("CONSULT", "", 1, arabic, "التقى")
      .actor("الرئيس عمر", "عمر", "EGY")
      .recipient("الوزيرة ليلى", "ليلى", "EGY")
      .on("2022-01-14", Basis::relative, "يوم الجمعة");
  d.event("CONSULT", "visit", 1, chinese, "会见")
      .actor("李明", "李明", "CHN")
      .recipient("挪威外交部长", "挪威外交部长", "NOR")
      .at("北京", "北京", "CHN", PlacePrecision::city);
  d.event("CONSULT", "", 1, astral, "met")
      .actor("The envoy 🕊️ Zoë", "Zoë", "NOR")
      .recipient("Nicolás’s aide", "Nicolás’s aide", "")
      .on("2022-01-14", Basis::stated, "on 14 January 2022")
      .at("Kraków", "Kraków", "POL", PlacePrecision::city);
  return d.finish();
}

StoredArticle hostile() {
  Draft d("javascript:alert(1)", "<script>alert('title')</script> \"quoted\" & <img src=x onerror=alert(2)>",
          "<b>Bold Times</b>", "2021-12-01");
  d.article().authors = {{"\"><svg onload=alert(3)>", "meta", {1, 9}}};
  const std::string_view sentence =
      "Minister <script>alert('text')</script> refused talks with </mark></body><h1>the opposition</h1> & \"others\" "
      "on 1 December 2021.";
  d.write(sentence);
  d.write("\u202Eright to left override\u202C and a zero\u200Bwidth space, then a bell \a and more.");
  d.leave_out("script", "<iframe src=https://elsewhere.example></iframe>");
  d.event("REJECT", "meet", 3, sentence, "refused talks")
      .actor("Minister <script>alert('text')</script>", "Minister <script>alert('name')</script>", "XXX")
      .recipient("<h1>the opposition</h1>", "<h1>the opposition</h1>", "\"><script>", {"OPP\" onclick=\"alert(4)"})
      .says("others", "<style>*{display:none}</style>", "\" autofocus onfocus=alert(5) x=\"")
      .on("2021-12-01", Basis::stated, "on 1 December 2021");
  return d.finish();
}

StoredArticle copy_of(const StoredArticle& original) {
  StoredArticle copy = original;
  copy.article.url = "https://aggregator.example/grain/77";
  copy.article.site.value = "Grain Aggregator";
  copy.article.id = content_id("article", {copy.article.url});
  copy.duplicate_of = original.article.id;
  copy.events.clear();
  return copy;
}

StoredArticle short_report(std::size_t number) {
  const std::string year = std::to_string(2019 + number % 3), month = std::to_string(1 + number % 12),
                    day = std::to_string(1 + number % 28);
  const std::string iso = year + (month.size() == 1 ? "-0" : "-") + month + (day.size() == 1 ? "-0" : "-") + day;
  Draft d("https://wire.example/" + std::to_string(number), "Wire report " + std::to_string(number),
          number % 2 == 0 ? "Wire A" : "Wire B", iso);
  const bool aid = number % 2 == 0;
  const std::string sentence = aid ? "Costa Clara sent grain to Norland, the port authority said."
                                   : "Costa Clara cut off trade with Norland, the port authority said.";
  d.write(sentence);
  d.event(aid ? "AID" : "SANCTION", aid ? "" : "discontinue", aid ? 2 : 4, sentence,
          aid ? "sent grain" : "cut off trade")
      .actor("Costa Clara", "Costa Clara", "CRI")
      .recipient("Norland", "Norland", "NOR")
      .says("the port authority", "the port authority", "said")
      .on(iso, Basis::publication);
  return d.finish();
}

}  // namespace

std::shared_ptr<FakeContent> sample_content(std::size_t more) {
  auto content = std::make_shared<FakeContent>();
  content->articles = {harbour_talks(), market_square(), scripts(), hostile()};
  content->articles.push_back(copy_of(content->articles.front()));
  for (std::size_t i = 0; i < more; ++i) content->articles.push_back(short_report(i));
  for (const StoredArticle& stored : content->articles) {
    content->ledger.push_back({stored.article.source, stored.article.page_sha256,
                               stored.duplicate_of.empty() ? "read" : "duplicate", "", stored.article.id,
                               "casus-0.1 model-en-1 plover-2.0"});
  }
  content->ledger.push_back({"pages/bomb.html", sha256_hex("bomb"), "refused", "too_large: more than 1,048,576 nodes",
                             "", "casus-0.1 model-en-1 plover-2.0"});
  content->ledger.push_back({"archive/<script>.warc.gz", sha256_hex("cut"), "refused",
                             "corrupt: the record ends before its length (at byte 51200)", "", ""});
  return content;
}

std::shared_ptr<const FakeContent> sample_content() {
  return sample_content(0);
}

}  // namespace casus::detail
