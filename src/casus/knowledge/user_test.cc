// SPDX-License-Identifier: Apache-2.0
#include <casus/knowledge/testing.h>
#include <casus/knowledge/user.h>

#include <gmock/gmock.h>
#include <unistd.h>
#include <algorithm>
#include <fstream>

namespace casus {
namespace {

namespace fs = std::filesystem;

Date on(std::string_view text) {
  return *Date::parse(text);
}

class User : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("casus-user-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    base_ = Knowledge::open(testing::knowledge_path()).value();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void table(const std::string& file, const std::string& name, const std::string& rows) const {
    std::string text = "# table: " + name + '\n' + rows;
    std::replace(text.begin(), text.end(), '|', '\t');  // a bar is easier to read here
    std::ofstream(folder_ / file) << text;
  }
  std::shared_ptr<const Knowledge> both() const {
    UserFile made = compile_user(folder_, *base_).value();
    for (const std::string& problem : made.problems) ADD_FAILURE() << problem;
    return with_user(base_, Knowledge::from_bytes(std::move(made.bytes)).value());
  }

  fs::path folder_;
  std::shared_ptr<const Knowledge> base_;
};

TEST_F(User, ANewBodyIsFoundFirst) {
  table("own.tsv", "entity",
        "op|id|kind|name|country|sectors|names\n"
        "+|my:league|organisation|Harbour League|KEN|LAB|HLK~acronym\n");
  const auto knowledge = both();
  const auto found = knowledge->find("Harbour League");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().entity, "my:league");
  EXPECT_EQ(found.front().country, "KEN");
  EXPECT_EQ(found.front().source, "user");
  EXPECT_TRUE(base_->find("Harbour League").empty());
  EXPECT_EQ(knowledge->find("HLK").front().entity, "my:league");
  EXPECT_TRUE(knowledge->is_prefix("harbour lea"));
  EXPECT_NE(knowledge->build(), base_->build());
}

TEST_F(User, NamesAndOfficesOfKnownPeopleAreAddedToThem) {
  table("names.tsv", "name", "op|id|text|type|lang\n+|Q7747|Wladimir P.|alias|*\n");
  table("roles.tsv", "role",
        "op|person|name|office|from|to|note|asof\n"
        "+|my:jane|Jane Harbour|cs:president-rus|2031-01-01|-|-|2031-06\n");
  const auto knowledge = both();
  const auto putin = knowledge->find("Wladimir P.", {.on = on("2015-01-01")});
  ASSERT_FALSE(putin.empty());
  EXPECT_EQ(putin.front().name, "Vladimir Putin");
  ASSERT_FALSE(putin.front().roles.empty());
  EXPECT_EQ(putin.front().roles.front().office, "cs:president-rus");
  const auto then = knowledge->holders("president", "cc:RUS", on("2031-03-01"));
  ASSERT_FALSE(then.empty());
  EXPECT_EQ(then.front().name, "Jane Harbour");
  EXPECT_EQ(then.front().country, "RUS");
  EXPECT_EQ(knowledge->holders("president", "cc:RUS", on("2015-03-01")).front().entity, "Q7747");
}

TEST_F(User, MinusTakesAway) {
  table("minus.tsv", "name", "op|id|text\n-|cs:donbas|Donbas\n");
  table("roles.tsv", "role", "op|person|office\n-|Q58132|cs:president-ven\n");
  table("words.tsv", "word", "op|list|key|value\n-|speech_verb|say|\n+|speech_verb|bellow|\n");
  table("groups.tsv", "entity", "op|id\n-|cs:farc-10th\n");
  const auto knowledge = both();
  for (const Candidate& c : knowledge->find("Donbas")) EXPECT_NE(c.entity, "cs:donbas");
  for (const Candidate& c : knowledge->holders("president", "cc:VEN", on("2018-01-01"))) EXPECT_NE(c.entity, "Q58132");
  EXPECT_FALSE(base_->holders("president", "cc:VEN", on("2018-01-01")).empty());
  EXPECT_TRUE(base_->lookup("speech_verb", "say"));
  EXPECT_FALSE(knowledge->lookup("speech_verb", "say"));
  EXPECT_TRUE(knowledge->lookup("speech_verb", "bellow"));
  EXPECT_FALSE(knowledge->entity("cs:farc-10th"));
  EXPECT_TRUE(knowledge->find("Tenth Forehead").empty());
  EXPECT_FALSE(base_->find("Tenth Forehead").empty());
}

TEST_F(User, EachBadRowIsNamedAndNothingIsBuilt) {
  table("bad.tsv", "entity",
        "op|id|kind|name|country|sectors\n"
        "+|my:a|organisation|A body|ATLANTIS|-\n"
        "*|my:b|organisation|B body|KEN|-\n"
        "+|my:c|unicorn|C body|KEN|-\n"
        "-|my:never|-|-|-|-\n"
        "+|my:d|organisation|D body|KEN|NINJA\n");
  table("roles.tsv", "role", "op|person|name|office|from|to|asof\n+|my:x|X|cs:office-of-nothing|2020|-|2021\n");
  const UserFile made = compile_user(folder_, *base_).value();
  EXPECT_TRUE(made.bytes.empty());
  using ::testing::AllOf;
  using ::testing::Contains;
  using ::testing::HasSubstr;
  using ::testing::StartsWith;
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("bad.tsv:3: "), HasSubstr("ATLANTIS"))));
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("bad.tsv:4: "), HasSubstr("not + or -"))));
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("bad.tsv:5: "), HasSubstr("unicorn"))));
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("bad.tsv:6: "), HasSubstr("no such row"))));
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("bad.tsv:7: "), HasSubstr("NINJA"))));
  EXPECT_THAT(made.problems, Contains(AllOf(StartsWith("roles.tsv:3: "), HasSubstr("cs:office-of-nothing"))));
}

TEST_F(User, ABrokenTableIsALineAndNoFile) {
  table("wide.tsv", "name", "op|id|text|type\n+|cc:KEN|Kenia|alias|es|and more\n");
  const UserFile made = compile_user(folder_, *base_).value();
  ASSERT_EQ(made.problems.size(), 1U);
  EXPECT_TRUE(made.problems.front().starts_with("wide.tsv:3: ")) << made.problems.front();
  EXPECT_TRUE(made.bytes.empty());
  EXPECT_EQ(compile_user(folder_ / "absent", *base_).error().code, Errc::not_found);
}

TEST_F(User, TheFileBesideTheFirstIsOpenedWithIt) {
  const fs::path copy = folder_ / "knowledge.casus";
  fs::copy_file(testing::knowledge_path(), copy);
  EXPECT_EQ(user_path(copy).filename(), "knowledge.user.casus");
  table("own.tsv", "entity", "op|id|kind|name|country\n+|my:league|organisation|Harbour League|KEN\n");
  ASSERT_TRUE(write_user(user_path(copy), compile_user(folder_, *base_).value().bytes));
  EXPECT_FALSE(Knowledge::open(copy).value()->find("Harbour League").empty());
  std::ofstream(user_path(copy)) << "not a file of ours";
  ASSERT_FALSE(Knowledge::open(copy));
  EXPECT_NE(Knowledge::open(copy).error().message.find("knowledge.user.casus"), std::string::npos);
  ASSERT_TRUE(write_user(user_path(copy), ""));
  EXPECT_TRUE(Knowledge::open(copy).value()->find("Harbour League").empty());
}

}  // namespace
}  // namespace casus
