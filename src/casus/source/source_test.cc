// SPDX-License-Identifier: Apache-2.0
#include <casus/source/source_fixture.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace casus::detail {
namespace {

namespace fs = std::filesystem;

TEST(Source, FoldersAreReadInTheOrderOfTheirNamesWithoutHiddenFilesAndLinksOut) {
  const Folder folder, outside;
  folder.write("b.html", "<p>b</p>");
  folder.write("a/z.txt", "z");
  folder.write("a/.hidden", "h");
  folder.write("a/README.md", "m");
  folder.write("a/make.py", "m");
  folder.write(".git/config", "h");
  folder.write("c.html", "<p>c</p>");
  outside.write("secret.txt", "s");
  fs::create_symlink(outside.path("secret.txt"), folder.path("d.txt"));
  fs::create_directory_symlink(outside.path(), folder.path("e"));
  fs::create_symlink("c.html", folder.path("f.html"));
  const Taken taken = take_sources({folder.path()});
  std::vector<std::string> names;
  for (const Document& document : taken.documents)
    names.push_back(fs::path(document.name).lexically_relative(folder.path()).string());
  EXPECT_EQ(names, (std::vector<std::string>{"a/z.txt", "b.html", "c.html", "f.html"}));
  EXPECT_TRUE(taken.refusals.empty());
}

TEST(Source, WhatCannotBeReadIsARefusalAndTheRestGoesOn) {
  const Folder folder;
  const std::string good = folder.write("good.html", "<p>good</p>");
  const std::string big = folder.write("big.html", std::string(2000, 'x'));
  SourceLimits limits;
  limits.max_document = 1000;
  const Taken taken = take_sources({folder.path("missing"), good, big, "https://example.org/", good}, limits);
  EXPECT_EQ(taken.documents.size(), 2U);
  ASSERT_EQ(taken.refusals.size(), 3U);
  EXPECT_EQ(taken.refusals[0].error.code, Errc::not_found);
  EXPECT_EQ(taken.refusals[1].error.code, Errc::too_large);
  EXPECT_EQ(taken.refusals[2].error.code, Errc::unsupported);
}

TEST(Source, KindsAreRecognisedByTheirBytes) {
  EXPECT_EQ(recognise("WARC/1.0\r\n", "x"), Carrier::warc);
  EXPECT_EQ(recognise("\x1f\x8b\x08", "x.html"), Carrier::gzip);
  EXPECT_EQ(recognise("\xef\xbb\xbf <?xml version='1.0'?>\n<!-- c --><rss>", "x"), Carrier::xml_feed);
  EXPECT_EQ(recognise("<!DOCTYPE rss [<!ENTITY a \">\">]><rss>", "x"), Carrier::xml_feed);
  EXPECT_EQ(recognise("<?xml version='1.0'?><html>", "x"), Carrier::page);
  EXPECT_EQ(recognise("<rdf:RDF xmlns='x'>", "x"), Carrier::xml_feed);
  EXPECT_EQ(recognise("{\"version\":\"https://jsonfeed.org/version/1\"", "x"), Carrier::json_feed);
  EXPECT_EQ(recognise("{\"text\":\"a\"}\n", "-"), Carrier::json_lines);
  EXPECT_EQ(recognise("<!doctype html><html>", "x.xml"), Carrier::page);
  EXPECT_EQ(recognise("Plain words.", "x"), Carrier::page);
  EXPECT_EQ(recognise("", "x"), Carrier::page);
}

TEST(Source, GzipIsSeenThrough) {
  const Folder folder;
  const std::string line = "{\"text\":\"one\"}\n{\"text\":\"tw";
  const std::vector<std::string> inputs = {folder.write("a.html.gz", gzip("<p>a</p>")),
                                           folder.write("b.jsonl.gz", gzip(line) + gzip("o\"}\n")),
                                           folder.write("c.warc.gz", gzip(warc_record(http("<p>c</p>")))),
                                           folder.write("twice.html.gz", gzip(gzip("<p>d</p>"))),
                                           folder.write("thrice.gz", gzip(gzip(gzip("e")))),
                                           folder.write("bomb.html.gz", gzip_zeros(std::uint64_t{64} << 20U))};
  const Taken taken = take_sources(inputs);
  ASSERT_EQ(taken.documents.size(), 5U);
  EXPECT_EQ(taken.documents[0].bytes, "<p>a</p>");
  EXPECT_EQ(taken.documents[2].bytes, "two");
  EXPECT_EQ(taken.documents[4].bytes, "<p>d</p>");
  ASSERT_EQ(taken.refusals.size(), 2U);
  EXPECT_EQ(taken.refusals[1].error.code, Errc::too_large);
}

TEST(Source, StopsWhenTheCallerHasEnough) {
  const Folder folder;
  for (int i = 0; i < 5; ++i) folder.write("f" + std::to_string(i) + ".txt.gz", gzip("x"));
  int seen = 0;
  const std::vector<std::string> inputs = {folder.path()};
  EXPECT_EQ(read_sources(
                inputs, {}, [&](Document&&) { return ++seen < 2; }, [](Refusal&&) {}),
            2U);
}

TEST(Source, EmptyFilesAndRandomBytesAreGivenOutAsTheyAre) {
  const Folder folder;
  std::mt19937 random(7);
  std::string noise(std::size_t{1} << 20U, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  const Taken taken = take_sources({folder.write("empty", ""), folder.write("noise", noise)});
  ASSERT_EQ(taken.documents.size(), 2U);
  EXPECT_EQ(taken.documents[1].bytes, noise);
  // The same bytes under names that claim a carrier end in refusals.
  for (const char* name : {"n.warc", "n.jsonl", "n.rss", "n.warc.gz"}) {
    const Taken claimed = take_sources({folder.write(name, noise)});
    if (std::string_view(name) != "n.warc.gz") {
      EXPECT_GE(claimed.refusals.size(), 1U) << name;
    }
  }
}

// Public collections of good, odd and broken files; see ../shared/corpora/README.md for their sources and licences.
class Corpus : public testing::TestWithParam<const char*> {};

TEST_P(Corpus, NeverCrashesAndEveryFileIsADocumentOrARefusal) {
  const fs::path packed =
      fs::path(CASUS_SOURCE_DIR).parent_path() / "shared" / "corpora" / (std::string(GetParam()) + ".tar.xz");
  if (!fs::exists(packed)) GTEST_SKIP() << packed << " is not here";
  const Folder folder;
  ASSERT_EQ(std::system(("tar -xf '" + packed.string() + "' -C '" + folder.path() + "'").c_str()), 0);
  std::size_t files = 0, documents = 0, refusals = 0, silent = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const Taken taken = take_sources({entry.path().string()});
    documents += taken.documents.size();
    refusals += taken.refusals.size();
    silent += taken.documents.empty() && taken.refusals.empty() ? 1 : 0;
  }
  EXPECT_GT(files, 10U);
  EXPECT_GT(documents, 0U);
  RecordProperty("files", static_cast<int>(files));
  RecordProperty("documents", static_cast<int>(documents));
  RecordProperty("refusals", static_cast<int>(refusals));
  RecordProperty("silent", static_cast<int>(silent));
  std::cout << GetParam() << ": " << files << " files, " << documents << " documents, " << refusals << " refusals, "
            << silent << " without either\n";
}

INSTANTIATE_TEST_SUITE_P(Shared, Corpus, testing::Values("feedparser", "warcio", "json"));

// n_ files are not JSON and must never become a document; y_ files that are one object on one line are at most refused
// for want of text.
TEST(JsonCorpus, BrokenJsonIsNeverTaken) {
  const fs::path packed = fs::path(CASUS_SOURCE_DIR).parent_path() / "shared" / "corpora" / "json.tar.xz";
  if (!fs::exists(packed)) GTEST_SKIP() << packed << " is not here";
  const Folder folder;
  ASSERT_EQ(std::system(("tar -xf '" + packed.string() + "' -C '" + folder.path() + "'").c_str()), 0);
  int checked = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("n_") && !name.starts_with("y_")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string value((std::istreambuf_iterator<char>(file)), {});
    std::ranges::replace(value, '\n', ' ');
    const std::string line = "{\"text\":\"ok\",\"value\":" + value + "}";
    const Taken taken = take([&](Sink& sink) {
      const std::unique_ptr<ByteStream> stream = open_memory(line);
      read_json_lines(*stream, name, sink);
    });
    // A few n_ files become valid inside an object, or by losing their line ends.
    if (name.starts_with("y_")) {
      EXPECT_EQ(taken.documents.size(), 1U) << name;
    }
    if (name.starts_with("n_")) checked += taken.documents.empty() ? 1 : 0;
  }
  EXPECT_GE(checked, 180);
}

}  // namespace
}  // namespace casus::detail
