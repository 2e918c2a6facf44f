// SPDX-License-Identifier: Apache-2.0
// The crosswalk between CAMEO and PLOVER, line by line and both ways.
#include <casus/event/cameo.h>
#include <casus/event/tables.h>
#include <casus/event/test_double.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace casus {
namespace {

using ::testing::ElementsAre;

const CameoCrosswalk& crosswalk() {
  static std::vector<OntologyNote> notes;
  static const CameoCrosswalk opened =
      CameoCrosswalk::open(testing_world::source("ontology"), testing_world::ontology(), notes);
  for (const OntologyNote& n : notes) ADD_FAILURE() << n.file << ":" << n.line << ": " << n.message;
  return opened;
}

TEST(CameoCrosswalkTest, every_listed_code_means_what_its_line_says) {
  ASSERT_GE(crosswalk().size(), 200U);
  for (const std::string& code : crosswalk().codes()) {
    const auto meaning = crosswalk().meaning(code);
    ASSERT_TRUE(meaning) << code;
    EXPECT_EQ(meaning->code, code);
    EXPECT_EQ(meaning->lossy, meaning->modes.size() > 1) << code;
    EXPECT_EQ(meaning->type.empty(), code == "01" || code == "02") << code;
  }
}

TEST(CameoCrosswalkTest, all_twenty_roots_are_there) {
  std::set<std::string> roots;
  for (const std::string& code : crosswalk().codes()) roots.insert(code.substr(0, 2));
  EXPECT_EQ(roots.size(), 20U);
}

TEST(CameoCrosswalkTest, the_decisions_that_differ_from_the_published_draft) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases = {{"0353", "CONCEDE", ""},
                                                                                {"055", "CONCEDE", ""},
                                                                                {"0813", "CONCEDE", ""},
                                                                                {"0874", "RETREAT", "withdraw"},
                                                                                {"105", "REQUEST", "yield"},
                                                                                {"116", "SANCTION", "convict"},
                                                                                {"161", "SANCTION", "discontinue"},
                                                                                {"163", "SANCTION", "discontinue"},
                                                                                {"1712", "ASSAULT", "destroy"},
                                                                                {"175", "ASSAULT", ""},
                                                                                {"176", "COERCE", "cyber"},
                                                                                {"191", "COERCE", "restrict"},
                                                                                {"1952", "ASSAULT", "drone"},
                                                                                {"201", "SANCTION", "expel"},
                                                                                {"129", "REJECT", ""}};
  for (const auto& [code, type, mode] : cases) {
    const auto meaning = crosswalk().meaning(code);
    ASSERT_TRUE(meaning) << code;
    EXPECT_EQ(meaning->type, type) << code;
    EXPECT_EQ(meaning->modes.empty() ? "" : meaning->modes[0], mode) << code;
  }
}

TEST(CameoCrosswalkTest, what_cannot_be_told_is_said) {
  EXPECT_THAT(crosswalk().meaning("143")->modes, ElementsAre("strike", "boycott"));
  EXPECT_TRUE(crosswalk().meaning("143")->lossy);
  EXPECT_TRUE(crosswalk().meaning("0231")->type.empty());
  EXPECT_EQ(crosswalk().meaning("1119")->code, "111");
  EXPECT_TRUE(crosswalk().meaning("1119")->lossy);
  EXPECT_EQ(crosswalk().meaning("13y")->code, "13");
  EXPECT_FALSE(crosswalk().meaning(""));
  EXPECT_FALSE(crosswalk().meaning("---"));
  EXPECT_FALSE(crosswalk().meaning("99"));
}

TEST(CameoCrosswalkTest, every_type_and_mode_has_a_code_and_comes_back_as_its_type) {
  const auto& plover = testing_world::ontology().tables().plover;
  for (const auto& [type, entry] : plover.types) {
    const auto root = crosswalk().code(type, "");
    ASSERT_TRUE(root) << type;
    EXPECT_TRUE(root->lossy);
    const auto modes = plover.modes.find(type);
    if (modes == plover.modes.end()) continue;
    for (const auto& [mode, gloss] : modes->second) {
      const auto code = crosswalk().code(type, mode);
      ASSERT_TRUE(code) << type << ' ' << mode;
      if (code->lossy) continue;
      const auto back = crosswalk().meaning(code->code);
      ASSERT_TRUE(back) << code->code;
      // Root 08 holds two types, and officials who resign come under reforms that were asked for.
      EXPECT_TRUE(back->type == type || code->code.substr(0, 2) == "08") << type << ' ' << mode << ' ' << code->code;
    }
  }
}

TEST(ProfileTest, labels_of_the_plv_benchmark) {
  const auto label_of = [](const char* type, const char* mode, const char* rule) {
    Event e;
    e.type = type;
    e.mode = mode;
    e.rule = rule;
    return label(testing_world::ontology(), "plv", e);
  };
  EXPECT_EQ(label_of("CONCEDE", "", ""), "YIELD");
  EXPECT_EQ(label_of("RETREAT", "withdraw", ""), "YIELD");
  EXPECT_EQ(label_of("CONCEDE", "", "future-retreat"), "AGREE");
  EXPECT_EQ(label_of("SANCTION", "convict", ""), "ACCUSE");
  EXPECT_EQ(label_of("AID", "", ""), "AID");
}

}  // namespace
}  // namespace casus
