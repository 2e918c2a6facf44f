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

TEST_F(Compile, ShareAlikeRowsStayInTheirOwnFile) {
  append("roles_hand.tsv", "Q7747\tVladimir Putin\tcs:president-rus\t2030-01-01\t-\t-\t-\tworld-leaders\t2031");
  EXPECT_NE(run("out"), 0);
  EXPECT_NE(messages().find("share-alike"), std::string::npos) << messages();
}

}  // namespace
}  // namespace casus
