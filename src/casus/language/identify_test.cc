// SPDX-License-Identifier: Apache-2.0
#include <casus/language/identify.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace casus {
namespace {

const std::filesystem::path kRoot = CASUS_SOURCE_DIR;

TEST(Identify, AgreesWithTheReference) {
  const auto identifier = LanguageIdentifier::open(kRoot / "models" / "langid.casm").value();
  std::ifstream in(kRoot / "tests" / "golden" / "language" / "identify.json");
  const nlohmann::json golden = nlohmann::json::parse(in, nullptr, false);
  ASSERT_GE(golden["texts"].size(), 10U);
  for (const auto& text : golden["texts"]) {
    const LanguageGuess guess = identifier->identify(text["text"].get<std::string>());
    EXPECT_EQ(guess.language.empty() ? "und" : guess.language, text["language"].get<std::string>()) << text["text"];
    EXPECT_EQ(guess.confidence > 0.0F, !guess.language.empty());
  }
}

TEST(Identify, SaysNothingAboutNothing) {
  const auto identifier = LanguageIdentifier::open(kRoot / "models" / "langid.casm").value();
  for (const std::string text : {"", " ", "12:30", "\xff\xfe", "Hi"})
    EXPECT_EQ(identifier->identify(text).language, "");
}

TEST(Identify, ReadsOnlyTheBeginning) {
  const auto identifier = LanguageIdentifier::open(kRoot / "models" / "langid.casm").value();
  std::string text;
  while (text.size() < 8192) text += "The minister said on Friday that the talks would go on. ";
  const LanguageGuess guess = identifier->identify(text);
  EXPECT_EQ(guess.language, "en");
  text.resize(8192);
  EXPECT_EQ(identifier->identify(text + std::string(1'000'000, 'q')).confidence, identifier->identify(text).confidence);
}

TEST(Identify, RefusesOtherFiles) {
  EXPECT_EQ(LanguageIdentifier::open("/nowhere").error().code, Errc::not_found);
  EXPECT_EQ(LanguageIdentifier::open(kRoot / "models" / "en.casm").error().code, Errc::unsupported);
  EXPECT_EQ(LanguageIdentifier::open(kRoot / "CMakeLists.txt").error().code, Errc::corrupt);
}

}  // namespace
}  // namespace casus
