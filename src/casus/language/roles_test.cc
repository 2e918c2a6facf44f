// SPDX-License-Identifier: Apache-2.0
// The shipped roles over trees of the shipped model, in sentences so plain that a better model reads them as well. How
// good they are: docs/language.md, training/roles.py.
#include <casus/language/conllu.h>
#include <casus/language/model.h>
#include <casus/language/roles.h>
#include <casus/language/segment.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "casus/base/hash.h"

namespace casus {
namespace {

const std::filesystem::path kModels = std::filesystem::path(CASUS_SOURCE_DIR) / "models";

const RoleModel& roles() {
  static const auto model = RoleModel::open(kModels / "en.roles").value();
  return *model;
}

Sentence parse(const std::string& text) {
  static const auto model = LanguageModel::open(kModels / "en.casm").value();
  const Span whole{0, static_cast<std::uint32_t>(text.size())};
  std::vector<Sentence> sentences = segment(text, {&whole, 1});
  model->annotate(sentences);
  return sentences.at(0);
}

std::string read(const std::string& text) {
  const Sentence sentence = parse(text);
  std::string out;
  for (const Predicate& predicate : roles().read(sentence)) {
    out += (out.empty() ? "" : "; ") + predicate.roleset;
    for (const PredicateArgument& role : predicate.roles)
      out += " " + role.label + ":" + sentence.tokens[role.token].form;
  }
  return out;
}

TEST(Roles, SayWhoDoesWhatToWhom) {
  EXPECT_EQ(read("The soldiers attacked the village yesterday."),
            "attack.01 ARG0:soldiers ARG1:village ARGM-TMP:yesterday");
  EXPECT_EQ(read("The village was not attacked by the soldiers."),
            "be.03; attack.01 ARG1:village ARGM-NEG:not ARG0:soldiers");
  EXPECT_EQ(read("They will give the money to the victims."),
            "give.01 ARG0:They ARGM-MOD:will ARG1:money ARG2:victims");
}

TEST(Roles, AreReadOfThePredicatesAsked) {
  const Sentence sentence = parse("The soldiers attacked the village.");
  const std::uint32_t asked[] = {2, 99};
  const std::vector<Predicate> found = roles().read(sentence, asked);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].token, 2U);
  EXPECT_TRUE(roles().read(sentence, std::span<const std::uint32_t>()).empty());
  EXPECT_TRUE(roles().read(Sentence{}).empty());
}

TEST(Roles, AreWrittenIntoTheLastColumn) {
  const std::string text = "The soldiers attacked the village.";
  const Sentence sentence = parse(text);
  std::string out;
  write_conllu(out, sentence, text, {}, roles_in_misc(roles().read(sentence), sentence.tokens.size()));
  EXPECT_NE(out.find("Roleset=attack.01|Roles=ARG0:2,ARG1:5\n"), std::string::npos) << out;
  EXPECT_TRUE(read_conllu(out));
}

TEST(Roles, TellTheirDataAndLicence) {
  EXPECT_EQ(roles().language(), "en");
  EXPECT_NE(roles().manifest().find("CC BY-SA 4.0"), std::string_view::npos);
  EXPECT_LE(std::filesystem::file_size(kModels / "en.roles"), 6U << 20U);
}

RC_GTEST_PROP(Roles, HoldTheirPromisesOnAnyTree, ()) {
  Sentence sentence = parse("The old man who was said to have sold his house gave it up, they claimed.");
  for (Token& token : sentence.tokens) {
    token.head = *rc::gen::inRange<std::int32_t>(-2, 25);
    token.upos = *rc::gen::element(Upos::VERB, Upos::NOUN, Upos::AUX, Upos::PUNCT, Upos::PRON);
    token.deprel = *rc::gen::element<std::string>("nsubj", "obj", "obl", "conj", "acl:relcl", "", "case");
  }
  for (const Predicate& p : roles().read(sentence)) {
    std::vector<std::string> numbered;
    for (std::size_t i = 0; i < p.roles.size(); ++i) {
      RC_ASSERT(p.roles[i].token < sentence.tokens.size());
      if (i > 0) RC_ASSERT(p.roles[i - 1].token <= p.roles[i].token);
      RC_ASSERT(p.roles[i].probability > 0 && p.roles[i].probability <= 1);
      if (p.roles[i].label.size() == 4) numbered.push_back(p.roles[i].label);
    }
    std::sort(numbered.begin(), numbered.end());
    RC_ASSERT(std::adjacent_find(numbered.begin(), numbered.end()) == numbered.end());
  }
}

TEST(RoleFiles, ThatWereChangedOrAreNoRolesAreRefused) {
  EXPECT_FALSE(RoleModel::open(kModels / "en.casm"));
  EXPECT_FALSE(RoleModel::open(kModels / "none.roles"));
  std::ifstream in(kModels / "en.roles", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto path = std::filesystem::temp_directory_path() / "casus_roles_test.roles";
  const auto open = [&](const std::string& changed) {
    std::ofstream(path, std::ios::binary) << changed;
    return RoleModel::open(path);
  };
  std::string wrong = bytes;
  wrong[bytes.size() / 2] = static_cast<char>(wrong[bytes.size() / 2] ^ 1);
  EXPECT_EQ(open(wrong).error().code, Errc::corrupt);
  EXPECT_EQ(open(bytes.substr(0, bytes.size() / 2)).error().code, Errc::corrupt);
  // Signed anew, but its hashes out of order, or its manifest of another shape.
  const auto sign = [](std::string changed) {
    const std::string digest = sha256_hex(std::string_view(changed).substr(64));
    for (std::size_t i = 0; i < 32; ++i)
      changed[32 + i] = static_cast<char>(std::stoi(digest.substr(2 * i, 2), nullptr, 16));
    return changed;
  };
  std::string unordered = bytes;
  std::fill(unordered.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2),
            unordered.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2 + 200), '\x7f');
  EXPECT_EQ(open(sign(unordered)).error().code, Errc::corrupt);
  std::string fewer = bytes;
  const std::size_t at = fewer.find("\"ARG4\",");
  fewer.replace(at, 7, "       ");
  EXPECT_EQ(open(sign(fewer)).error().code, Errc::corrupt);
  EXPECT_TRUE(open(sign(bytes)));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace casus
