// SPDX-License-Identifier: Apache-2.0
// plover.toml, the tables and their lint.
#include <casus/event/tables.h>
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace casus {
namespace {

using detail::Plover;
using testing_world::ontology;
using testing_world::source;

const Plover& plover() {
  return ontology().tables().plover;
}

TEST(PloverTest, has_every_type_mode_context_and_sector) {
  std::size_t modes = 0;
  for (const auto& [type, of_type] : plover().modes) modes += of_type.size();
  EXPECT_EQ(plover().types.size(), 16U);
  EXPECT_EQ(modes, 67U);
  EXPECT_EQ(plover().contexts.size(), 37U);
  EXPECT_EQ(plover().sectors.size(), 25U);
}

TEST(PloverTest, keeps_the_decisions_where_the_manual_contradicts_itself) {
  EXPECT_EQ(plover().types.find("SANCTION")->second.quad, 4);
  EXPECT_DOUBLE_EQ(plover().types.find("ACCUSE")->second.score, -3);
  EXPECT_FALSE(plover().types.find("PROTEST")->second.recipient_required);
  EXPECT_DOUBLE_EQ(plover().mode("PROTEST", "vandalize")->score, -5);
  EXPECT_EQ(plover().context_aliases.at("lbgt"), "lgbt");
}

std::string broken(const std::string& from, const std::string& to) {
  std::string toml = read_file(source("ontology/plover.toml"), 1U << 20).value();
  const std::size_t at = toml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return toml.replace(at, from.size(), to);
}

TEST(PloverTest, refuses_an_ontology_that_is_not_whole) {
  struct Case {
    std::string from, to, message;
  };
  const std::vector<Case> cases = {
      {"AID       = {", "AIDS      = {", "rewrite future-coop"},
      {"RETREAT   = {", "RETREATS  = {", "unknown type"},
      {"quad = 3, score = -2.0", "quad = 3, score = 2.0", "score out of place"},
      {"visit        = { score = 4.0", "visit        = { score = 40.0", "score out of place"},
      {"hunger    = { score = -4.5, gloss = \"goes on hunger strike\" }", "", "67 modes"},
      {"COP = \"police\"", "", "25 sectors"},
      {"to = \"AGREE\"", "to = \"AGREED\"", "rewrite future-coop"},
      {"version = ", "version ", "plover.toml"}};
  for (const Case& c : cases) {
    const Result<Plover> got = detail::parse_plover(broken(c.from, c.to));
    ASSERT_FALSE(got) << c.from;
    EXPECT_THAT(got.error().message, ::testing::HasSubstr(c.message));
  }
}

TEST(PloverTest, refuses_what_is_not_ascii_before_it_is_parsed) {
  EXPECT_THAT(detail::parse_plover("version = \"\xc3\xa9\"").error().message, ::testing::HasSubstr("ASCII"));
}

TEST(PloverTest, refuses_deep_nesting_before_it_is_parsed) {
  EXPECT_FALSE(detail::parse_plover("a = " + std::string(100000, '[')));
}

TEST(OntologyTest, opens_without_a_single_note) {
  for (const OntologyNote& n : ontology().notes()) ADD_FAILURE() << n.file << ":" << n.line << ": " << n.message;
  EXPECT_GE(ontology().frame_count("en"), 500U);
  EXPECT_EQ(ontology().frame_count("xx"), 0U);
}

TEST(OntologyTest, every_type_has_frames) {
  std::map<std::string, std::size_t> senses;
  for (const detail::FrameSpec& f : ontology().tables().language("en")->frames.frames)
    senses[f.type] += f.triggers.size();
  EXPECT_EQ(senses.size(), 16U);
  for (const auto& [type, count] : senses) EXPECT_GE(count, 15U) << type;
}

TEST(OntologyTest, names_its_types_and_modes_and_maps_them_to_other_traditions) {
  EXPECT_THAT(std::string(ontology().gloss("CONSULT")), ::testing::HasSubstr("meets"));
  EXPECT_FALSE(ontology().gloss("CONSULT", "phone").empty());
  EXPECT_TRUE(ontology().gloss("NOTHING").empty());
  EXPECT_EQ(ontology().label("plv", "RETREAT", "release"), "YIELD");
  EXPECT_EQ(ontology().label("plv", "SANCTION", "convict"), "ACCUSE");
  EXPECT_EQ(ontology().label("plover-2.0", "RETREAT", "release"), "RETREAT");
}

TEST(OntologyTest, the_version_changes_with_a_frame) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "casus_ontology_copy";
  std::filesystem::remove_all(folder);
  std::filesystem::copy(source("ontology"), folder, std::filesystem::copy_options::recursive);
  EXPECT_EQ(Ontology::open(folder).value()->version(), ontology().version());
  std::ofstream(folder / "frames/en/consult.tsv", std::ios::app)
      << "chat/V\twith\tsubj\twith\tCONSULT\t-\t-\treciprocal both\n";
  EXPECT_NE(Ontology::open(folder).value()->version(), ontology().version());
  std::filesystem::remove_all(folder);
}

TEST(OntologyTest, a_missing_folder_is_an_error) {
  EXPECT_EQ(Ontology::open("/nowhere").error().code, Errc::not_found);
}

detail::Frames frames_of(const std::string& row, std::vector<OntologyNote>& notes) {
  const std::string text = "trigger\tneeds\tactor\trecipient\ttype\tmode\tcontext\toptions\tnote\n" + row +
                           "\nmeet/V\t-\tsubj\tobj\tCONSULT\n";
  detail::Frames out;
  detail::read_frames(
      detail::parse_table("t.tsv", text, {std::begin(detail::kFrameColumns), std::end(detail::kFrameColumns)}, notes),
      plover(), ontology().tables().language("en")->lexicon.classes, out, notes);
  return out;
}

TEST(FrameTest, a_broken_line_is_named_and_its_neighbour_is_read) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"meet\t-\tsubj\tobj\tCONSULT", "a trigger is word/V"},
      {"meet/V\t-\tsubj\tobj\tCONSULTS", "unknown type"},
      {"meet/V\t-\tsubj\tobj\tCONSULT\tfax", "has no mode"},
      {"meet/V\tobj=@nothing\tsubj\tobj\tCONSULT", "unknown class"},
      {"meet/V\t-\tsubjekt\tobj\tCONSULT", "unknown step"},
      {"meet/V\t-\tsubj\tobj\tCONSULT\t-\t-\tboth often", "unknown option"},
      {"meet/V\t-\tsubj\tobj\tCONSULT\t-\tsport", "unknown context"},
      {"meet/V\t+up|with\tsubj\tobj\tCONSULT", "its own +"},
      {"meet/V\t-\ta.b.c.d.e\tobj\tCONSULT", "1 to 4 steps"},
      {"a\tb\tc\td\te\tf\tg\th\ti\tj", "more cells than columns"},
      {"\xff\xfe/V\t-\tsubj\tobj\tCONSULT", "not valid UTF-8"},
  };
  for (const auto& [row, message] : cases) {
    std::vector<OntologyNote> notes;
    const detail::Frames frames = frames_of(row, notes);
    ASSERT_EQ(notes.size(), 1U) << row;
    EXPECT_THAT(notes[0].message, ::testing::HasSubstr(message)) << row;
    EXPECT_EQ(notes[0].line, 2U);
    EXPECT_EQ(frames.frames.size(), 1U) << "the good line after: " << row;
  }
}

TEST(FrameTest, doubtful_lines_are_kept_with_a_note) {
  std::vector<OntologyNote> notes;
  EXPECT_EQ(frames_of("meet|meet/V\t-\tsubj\tobj\tCONSULT", notes).frames.size(), 2U);
  EXPECT_EQ(frames_of("meet/V\t-\t-\t-\tCONSULT", notes).frames.size(), 2U);
  EXPECT_EQ(notes.size(), 2U);
}

TEST(FrameTest, conditions_are_read_as_they_are_documented) {
  std::vector<detail::Condition> out;
  std::string error;
  ASSERT_TRUE(detail::parse_conditions("obj|on=talk|@ceasefire !+down actor#MIL|person sentence2=goal|match passive",
                                       {{"ceasefire", {"truce"}}}, out, error))
      << error;
  ASSERT_EQ(out.size(), 5U);
  EXPECT_EQ(out[0].slots.size(), 2U);
  EXPECT_TRUE(out[0].words.contains("truce"));
  EXPECT_TRUE(out[1].negated);
  EXPECT_EQ(out[2].kind, detail::Condition::Kind::party);
  EXPECT_EQ(out[3].at_least, 2);
  EXPECT_EQ(out[4].kind, detail::Condition::Kind::flag);
}

TEST(LexiconTest, broken_cues_are_named) {
  std::vector<OntologyNote> notes;
  detail::Lexicon lexicon;
  const std::string text =
      "kind\tword\twhere\teffect\tcondition\tnote\nsay\tsay\tccomp\tclaims\nstatus\tnot\tchild\tnegation\nshout\tx\ty\t"
      "z\nsay\ttell\tccomp\tasserts\n";
  detail::read_cues(
      detail::parse_table("c.tsv", text, {std::begin(detail::kCueColumns), std::end(detail::kCueColumns)}, notes),
      lexicon, notes);
  EXPECT_EQ(notes.size(), 3U);
  EXPECT_TRUE(lexicon.say.contains("tell"));
}

TEST(CameoTest, every_type_has_a_root_and_codes_are_digits) {
  const auto& cameo = ontology().tables().language("en")->lexicon.cameo;
  for (const auto& [type, entry] : plover().types) EXPECT_TRUE(cameo.contains(type)) << type;
  for (const auto& [key, code] : cameo)
    EXPECT_TRUE(code.size() >= 2 && code.find_first_not_of("0123456789") == std::string::npos) << key;
}

}  // namespace
}  // namespace casus
