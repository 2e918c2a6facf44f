// SPDX-License-Identifier: Apache-2.0
// The compiler as people meet it: a program that writes a whole file or none and says what is wrong where.
#include <casus/base/mapped_file.h>

#include <gtest/gtest.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace casus {
namespace {

namespace fs = std::filesystem;

class Compile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("casus-compile-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    fs::copy(fs::path{CASUS_SOURCE_DIR} / "knowledge" / "overlay", folder_ / "overlay", fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }

  int run(const std::string& output) {
    const std::string command = std::string{CASUS_COMPILE_KNOWLEDGE} + " --overlay " + (folder_ / "overlay").string() +
                                " --sources " CASUS_SOURCE_DIR
                                "/knowledge/sources.toml --node-modules " CASUS_SOURCE_DIR "/node_modules --output " +
                                (folder_ / output).string() + " 2> " + (folder_ / "messages").string();
    return std::system(command.c_str());  // NOLINT: a test's own command
  }
  std::string messages() const { return read_file(folder_ / "messages", 1U << 20U).value(); }
  void append(const std::string& file, const std::string& line) const {
    std::ofstream(folder_ / "overlay" / file, std::ios::app) << line << '\n';
  }

  fs::path folder_;
};

TEST_F(Compile, TheSameInputsGiveTheSameBytes) {
  ASSERT_EQ(run("first"), 0) << messages();
  ASSERT_EQ(run("second"), 0) << messages();
  EXPECT_EQ(read_file(folder_ / "first", 1U << 28U).value(), read_file(folder_ / "second", 1U << 28U).value());
}

TEST_F(Compile, AMalformedRowIsNamedAndNothingIsWritten) {
  append("groups.tsv", "cs:x\tgroup\tX\tATLANTIS\tREB\t-\t-\trecall\t2025");
  append("groups.tsv", "cs:y\tgroup\tY\tCOL\tNINJA\t-\t-\tnowhere\t-");
  append("roles_hand.tsv", "Q7747\tVladimir Putin\tcs:president-ven\t2015-01-01\t2014-01-01\t-\t-\trecall\t2025");
  append("roles_hand.tsv", "Q7747\tVladimir Putin\tcs:president-fra\t2012-01-01\t2016-01-01\t-\t-\trecall\t2025");
  append("names_places.tsv", "gn:1\tAtlantis\talias\t-\t-\trecall\t2025");
  EXPECT_NE(run("out"), 0);
  const std::string said = messages();
  for (const std::string_view reason :
       {"unknown country or actor code \"ATLANTIS\"", "unknown sector \"NINJA\"", "src \"nowhere\"", "no asof",
        "from is after to", "two holders at once", "no entity has the id \"gn:1\"", "groups.tsv:"}) {
    EXPECT_NE(said.find(reason), std::string::npos) << reason << " not in\n" << said;
  }
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  EXPECT_FALSE(fs::exists(folder_ / "out.new"));
}

TEST_F(Compile, WhatContradictsItselfIsRefused) {
  append("groups.tsv", "cs:twin\tgroup\tRevolutionary Armed Forces of Colombia\tCOL\tREB\t-\t-\trecall\t2025");
  append("groups.tsv", "cs:loop-a\tgroup\tLoop A\tCOL\tREB\tcs:loop-b\t-\trecall\t2025");
  append("groups.tsv", "cs:loop-b\tgroup\tLoop B\tCOL\tREB\tcs:loop-a\t-\trecall\t2025");
  append("countries.tsv", "QQQ\tQQ\tAtlantis\t-\t-\tQ1189\t1\t1\trecall\t2025");
  append("countries.tsv", "QQR\tQR\tLemuria\t-\t-\tQ1189\t1\t1\trecall\t2025");
  std::ofstream(folder_ / "overlay" / "lives.tsv")
      << "# table: entity\nid\tkind\tname\tcountry\tborn\tdied\tsrc\tasof\n"
         "my:old\tperson\tOld Man\tFRA\t1930\t2001-05\trecall\t2025\n"
         "my:young\tperson\tYoung Man\tFRA\t1999\t-\trecall\t2025\n";
  std::ofstream(folder_ / "overlay" / "posts.tsv")
      << "# table: role\nperson\tname\toffice\tfrom\tto\tsrc\tasof\n"
         "my:old\tOld Man\tcs:minister-of-defence-afg\t1999\t2003\trecall\t2025\n"
         "my:young\tYoung Man\tcs:minister-of-defence-afg\t1991\t1992\trecall\t2025\n";
  EXPECT_NE(run("out"), 0);
  const std::string said = messages();
  for (const std::string_view reason :
       {"which it would hide", "cs:loop-a is part of itself", "already another country's", "before this office ended",
        "after this office began"}) {
    EXPECT_NE(said.find(reason), std::string::npos) << reason << " not in\n" << said;
  }
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Compile, APointFarFromItsCitiesIsRefused) {
  const fs::path file = folder_ / "overlay" / "countries.tsv";
  std::string text = read_file(file, 1U << 22U).value();
  const std::size_t at = text.find("\nPER\t");
  ASSERT_NE(at, std::string::npos);
  const std::size_t end = text.find('\n', at + 1);
  // Peru with its latitude and longitude exchanged.
  text.replace(at + 1, end - at - 1, "PER\tPE\tPeru\t-\t3932488\tQ419\t-76.0\t-10.0\tfactbook\t2026-01");
  std::ofstream(file) << text;
  EXPECT_NE(run("out"), 0);
  EXPECT_NE(messages().find("cc:PER (Peru) has its point"), std::string::npos) << messages();
}

TEST_F(Compile, ShareAlikeRowsStayInTheirOwnFile) {
  append("roles_hand.tsv", "Q7747\tVladimir Putin\tcs:president-rus\t2030-01-01\t-\t-\t-\tworld-leaders\t2031");
  EXPECT_NE(run("out"), 0);
  EXPECT_NE(messages().find("share-alike"), std::string::npos) << messages();
}

}  // namespace
}  // namespace casus
