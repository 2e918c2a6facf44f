// SPDX-License-Identifier: Apache-2.0
// The shipped model against the values of the reference reader (tests/golden/language), on every instruction set and in
// any batches; and files that are not what they say.
#include <casus/language/model.h>
#include <casus/language/segment.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "casus/base/hash.h"
#include "casus/language/analyser.h"

namespace casus::detail {
namespace {

using nlohmann::json;

const std::filesystem::path kRoot = CASUS_SOURCE_DIR;
const std::filesystem::path kModel = kRoot / "models" / "en.casm";
const std::filesystem::path kGolden = kRoot / "tests" / "golden" / "language";

json read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  return json::parse(in, nullptr, false);
}

std::shared_ptr<const Analyser> open_with(const Kernels& kernels) {
  auto file = CasmFile::open(kModel);
  EXPECT_TRUE(file) << (file ? "" : file.error().describe());
  auto model = Analyser::make(*std::move(file), kernels);
  EXPECT_TRUE(model) << (model ? "" : model.error().describe());
  return *model;
}

Sentence sentence_of(const json& golden) {
  Sentence sentence;
  for (const json& word : golden["words"]) {
    Token token;
    token.form = word["form"];
    sentence.tokens.push_back(token);
  }
  return sentence;
}

std::vector<json> golden_sentences() {
  std::vector<json> out;
  for (int i = 1; i <= 99; ++i) {
    const auto path = kGolden / ((i < 10 ? "0" : "") + std::to_string(i) + ".json");
    if (std::filesystem::exists(path)) out.push_back(read_json(path));
  }
  return out;
}

std::string describe(const Sentence& sentence) {
  std::string out;
  for (const Token& t : sentence.tokens) {
    out += t.form + ' ' + std::string(to_string(t.upos)) + ' ' + t.xpos + ' ' + t.feats + ' ' + t.lemma + ' ' +
           std::to_string(t.head) + ' ' + t.deprel + ' ' + std::to_string(t.head_probability) + '\n';
  }
  for (const Name& n : sentence.names)
    out += std::to_string(n.first) + '-' + std::to_string(n.last) + std::string(to_string(n.kind)) + '\n';
  return out;
}

TEST(Golden, RowsOfAwkwardWordsAreThoseOfTheReference) {
  const json golden = read_json(kGolden / "features.json");
  ASSERT_TRUE(golden.contains("words"));
  const json& sizes = golden["sizes"];
  const FeatureRows rows{sizes["norm"]["rows"], sizes["prefix"]["rows"], sizes["suffix"]["rows"],
                         sizes["shape"]["rows"], sizes["chars"]["rows"]};
  WordFeatures features;
  for (const json& word : golden["words"]) {
    word_features(word["form"].get<std::string>(), rows, features);
    EXPECT_EQ(features.rows, (word["rows"].get<std::array<std::uint32_t, 4>>())) << word["form"];
    EXPECT_EQ(features.chars, word["chars"].get<std::vector<std::uint32_t>>()) << word["form"];
  }
}

TEST(Golden, WasMadeFromTheShippedModel) {
  const auto file = MappedFile::open(kModel);
  ASSERT_TRUE(file);
  for (const json& golden : golden_sentences())
    EXPECT_EQ(golden["model_sha256"], sha256_hex(file->bytes())) << "run training/golden.py";
}

TEST(Golden, ActivationsAndScoresAreThoseOfTheReference) {
  const auto model = open_with(best_kernels());
  const std::vector<json> all = golden_sentences();
  ASSERT_GE(all.size(), 20U);
  for (const json& golden : all) {
    const Sentence sentence = sentence_of(golden);
    const float tolerance = golden["tolerance"].get<float>() + 0.003F;  // activations of 16 bits
    Batch batch;
    for (const Token& token : sentence.tokens) batch.forms.push_back(token.form);
    batch.starts.push_back(static_cast<std::uint32_t>(batch.forms.size()));
    const Network& network = model->network();
    network.run(batch);
    std::vector<float> heads, scores;
    std::size_t stride = 0;
    network.arc_scores(batch, 0, heads, scores, stride);
    for (std::size_t w = 0; w < sentence.tokens.size(); ++w) {
      const json& word = golden["words"][w];
      const char* keys[] = {"mix", "layer1", "layer2", "layer3"};
      for (std::size_t l = 0; l < 4; ++l) {
        const std::size_t width = l == 0 ? network.shape().mix : 2 * network.shape().hidden;
        for (std::size_t i = 0; i < word[keys[l]].size(); ++i) {
          ASSERT_NEAR(batch.layers[l][w * width + i], word[keys[l]][i].get<float>(), tolerance)
              << golden["text"] << keys[l];
        }
      }
      for (std::size_t i = 0; i < word["ner_scores"].size(); ++i) {
        EXPECT_NEAR(batch.ner[w * batch.ner_stride + i], word["ner_scores"][i].get<float>(), tolerance);
      }
      for (std::size_t j = 0; j < word["arc_scores"].size(); ++j) {
        if (word["arc_scores"][j].is_null()) continue;
        const float expected = word["arc_scores"][j].get<float>();
        EXPECT_NEAR(scores[w * stride + j], expected, tolerance + 2e-4F * std::abs(expected));
      }
    }
  }
}

TEST(Golden, LabelsAreThoseOfTheReferenceOnEveryInstructionSet) {
  for (const Kernels* kernels : available_kernels()) {
    const auto model = open_with(*kernels);
    for (const json& golden : golden_sentences()) {
      Sentence sentence = sentence_of(golden);
      model->annotate({&sentence, 1});
      std::vector<std::string> names(sentence.tokens.size(), "O");
      for (const Name& name : sentence.names) {
        for (std::uint32_t i = name.first; i < name.last; ++i)
          names[i] = (i == name.first ? "B-" : "I-") + std::string(to_string(name.kind));
      }
      for (std::size_t w = 0; w < sentence.tokens.size(); ++w) {
        const json& word = golden["words"][w];
        const Token& token = sentence.tokens[w];
        EXPECT_EQ(to_string(token.upos), word["upos"].get<std::string>());
        EXPECT_EQ(token.xpos, word["xpos"].get<std::string>());
        EXPECT_EQ(token.feats.empty() ? "_" : token.feats, word["feats"].get<std::string>());
        EXPECT_EQ(token.lemma, word["lemma"].get<std::string>());
        EXPECT_EQ(token.head + 1, word["head"].get<int>());
        EXPECT_EQ(token.deprel, word["deprel"].get<std::string>());
        EXPECT_EQ(names[w], word["ner"].get<std::string>());
        EXPECT_NEAR(token.head_probability, word["confidence"].get<float>(), 0.002F);
      }
    }
  }
}

// The beginning of a digest of the bytes of `rows` rows of `used` values, `stride` apart; zeros without a sign.
std::string digest_of(const std::vector<float>& values, std::size_t rows, std::size_t used, std::size_t stride) {
  std::string bytes;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < used; ++i) {
      const float value = values[r * stride + i] + 0.0F;
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
  }
  return sha256_hex(bytes).substr(0, 16);
}

// training/exact.py does the runtime's arithmetic once more in Python.
TEST(Exact, EveryLayerOfEveryModelHasTheBitsOfTheReference) {
  std::size_t models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kGolden / "exact")) {
    const json golden = read_json(entry.path());
    const std::filesystem::path path = kRoot / "models" / (entry.path().stem().string() + ".casm");
    ASSERT_EQ(golden["model_sha256"], sha256_hex(MappedFile::open(path).value().bytes())) << "run training/exact.py";
    ASSERT_GE(golden["sentences"].size(), 50U);
    ++models;
    for (const Kernels* kernels : available_kernels()) {
      const auto model = Analyser::make(CasmFile::open(path).value(), *kernels).value();
      const NetworkShape& shape = model->network().shape();
      for (const json& sentence : golden["sentences"]) {
        const std::string text = sentence["text"];
        Batch batch;
        for (std::size_t at = 0; at < text.size();) {
          const std::size_t end = std::min(text.find(' ', at), text.size());
          batch.forms.push_back(std::string_view(text).substr(at, end - at));
          at = end + 1;
        }
        const std::size_t words = batch.forms.size(), width = 2 * shape.hidden;
        batch.starts.push_back(static_cast<std::uint32_t>(words));
        model->network().run(batch);
        const json& wanted = sentence["stages"];
        EXPECT_EQ(digest_of(batch.layers[0], words, shape.mix, shape.mix), wanted["layer0"]) << text;
        for (std::size_t l = 1; l <= shape.layers; ++l)
          EXPECT_EQ(digest_of(batch.layers[l], words, width, width), wanted["layer" + std::to_string(l)]) << text;
        EXPECT_EQ(digest_of(batch.tags, words, shape.tags, batch.tag_stride), wanted["tags"]) << text;
        EXPECT_EQ(digest_of(batch.ner, words, shape.ner, batch.ner_stride), wanted["ner"]) << text;
        EXPECT_EQ(digest_of(batch.heads, words, shape.arc, shape.arc), wanted["heads"]) << text;
        EXPECT_EQ(digest_of(batch.dependents, words, shape.arc, shape.arc), wanted["dependents"]) << text;
      }
    }
  }
  EXPECT_GE(models, 1U);
}

// Sentences of all lengths out of the golden words.
std::vector<Sentence> many_sentences() {
  std::vector<std::string> forms;
  for (const json& golden : golden_sentences()) {
    for (const json& word : golden["words"]) forms.push_back(word["form"]);
  }
  std::mt19937 random(5);
  std::vector<Sentence> out;
  for (const std::size_t length : {1U, 2U, 40U, 3U, 0U, 256U, 257U, 7U, 300U, 17U, 1U, 25U, 31U, 600U, 12U}) {
    Sentence sentence;
    sentence.tokens.resize(length);
    for (Token& token : sentence.tokens) token.form = forms[random() % forms.size()];
    out.push_back(std::move(sentence));
  }
  return out;
}

TEST(Annotate, GivesTheSameInAnyBatchOnAnySetAndThread) {
  std::string expected;
  for (const Kernels* kernels : available_kernels()) {
    const auto model = open_with(*kernels);
    std::vector<Sentence> together = many_sentences(), apart = many_sentences(), threads = many_sentences();
    model->annotate(together);
    for (Sentence& sentence : apart) model->annotate({&sentence, 1});
    std::thread other([&] { model->annotate({threads.data(), 7}); });
    model->annotate({threads.data() + 7, threads.size() - 7});
    other.join();
    std::string a, b, c;
    for (const Sentence& sentence : together) a += describe(sentence);
    for (const Sentence& sentence : apart) b += describe(sentence);
    for (const Sentence& sentence : threads) c += describe(sentence);
    EXPECT_EQ(a, b);
    EXPECT_EQ(a, c);
    if (expected.empty()) expected = a;
    EXPECT_EQ(a, expected) << kernels->name;
  }
}

TEST(Annotate, GivesOneRootAndNoCycleToAnySentence) {
  const auto model = open_with(best_kernels());
  std::vector<Sentence> sentences = many_sentences();
  model->annotate(sentences);
  for (const Sentence& sentence : sentences) {
    const auto n = static_cast<std::int32_t>(sentence.tokens.size());
    int roots = 0;
    for (std::int32_t i = 0; i < n; ++i) {
      const Token& token = sentence.tokens[static_cast<std::size_t>(i)];
      roots += token.head < 0;
      EXPECT_EQ(token.head < 0, token.deprel == "root");
      EXPECT_GE(token.head_probability, 0.0F);
      EXPECT_LE(token.head_probability, 1.0F);
      std::int32_t at = i, steps = 0;
      while (at >= 0 && steps <= n) at = sentence.tokens[static_cast<std::size_t>(at)].head, ++steps;
      EXPECT_LE(steps, n);
    }
    EXPECT_EQ(roots, n > 0 ? 1 : 0);
  }
}

TEST(Annotate, KeepsSpansAndForms) {
  const auto model = LanguageModel::open(kModel).value();
  EXPECT_EQ(model->language(), "en");
  EXPECT_NE(model->manifest().find("licence"), std::string_view::npos);
  const std::string text = "Police don't arrest \xff 🙂 protesters.";
  const Span block{0, static_cast<std::uint32_t>(text.size())};
  std::vector<Sentence> sentences = segment(text, {&block, 1});
  const std::vector<Sentence> before = sentences;
  model->annotate(sentences);
  for (std::size_t i = 0; i < sentences[0].tokens.size(); ++i) {
    EXPECT_EQ(sentences[0].tokens[i].span, before[0].tokens[i].span);
    EXPECT_EQ(sentences[0].tokens[i].form, before[0].tokens[i].form);
    EXPECT_FALSE(sentences[0].tokens[i].lemma.empty());
  }
}

// A model file in memory, aligned as a mapped one is.
class Bytes {
 public:
  explicit Bytes(std::string_view from) : size_(from.size()), data_(new (std::align_val_t{64}) char[from.size() + 1]) {
    std::memcpy(data_, from.data(), from.size());
  }
  ~Bytes() { operator delete[](data_, std::align_val_t{64}); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  char* data() { return data_; }
  std::string_view view(std::size_t size) const { return {data_, size}; }
  // Makes the digest fit again, so that the checks behind it are reached.
  void sign() {
    const std::string hex = sha256_hex(std::string_view(data_, size_).substr(64));
    for (std::size_t i = 0; i < 32; ++i)
      data_[32 + i] = static_cast<char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }

 private:
  std::size_t size_;
  char* data_;
};

bool opens(std::string_view bytes) {
  auto file = CasmFile::parse(bytes);
  if (!file) return false;
  return static_cast<bool>(Analyser::make(*std::move(file), best_kernels()));
}

TEST(ModelFile, ThatWasCutOrChangedIsRefused) {
  const auto file = MappedFile::open(kModel).value();
  Bytes bytes(file.bytes());
  const std::size_t size = file.bytes().size();
  ASSERT_TRUE(opens(bytes.view(size)));
  for (const std::size_t keep : {0UL, 3UL, 4UL, 63UL, 64UL, 1000UL, size / 2, size - 1})
    EXPECT_FALSE(opens(bytes.view(keep))) << keep;
  std::mt19937 random(2);
  for (int i = 0; i < 40; ++i) {
    const std::size_t at = i < 20 ? random() % 20000 : random() % size;
    bytes.data()[at] = static_cast<char>(bytes.data()[at] ^ 0x10);
    EXPECT_FALSE(opens(bytes.view(size))) << at;
    bytes.data()[at] = static_cast<char>(bytes.data()[at] ^ 0x10);
  }
}

TEST(ModelFile, ThatIsSignedButLiesIsRefusedOrHarmless) {
  const auto file = MappedFile::open(kModel).value();
  Bytes bytes(file.bytes());
  const std::size_t size = file.bytes().size();
  std::uint64_t manifest = 0;
  std::memcpy(&manifest, bytes.data() + 8, sizeof manifest);
  const std::size_t table = (64 + manifest + 7) / 8 * 8;
  // Every field but the names of the first two entries of the table to extremes.
  for (std::size_t field = 48; field < 2 * 96; field += 4) {
    if (field % 96 < 48) continue;
    for (const std::uint32_t value : {0U, 1U, 0x7fffffffU, 0xffffffffU}) {
      std::uint32_t old = 0;
      std::memcpy(&old, bytes.data() + table + field, 4);
      if (old == value) continue;
      std::memcpy(bytes.data() + table + field, &value, 4);
      bytes.sign();
      EXPECT_FALSE(opens(bytes.view(size))) << field << ' ' << value;
      std::memcpy(bytes.data() + table + field, &old, 4);
    }
  }
  // Random changes of the manifest: refused, or a model that still reads.
  std::mt19937 random(9);
  for (int i = 0; i < 60; ++i) {
    const std::size_t at = 64 + random() % manifest;
    const char old = bytes.data()[at];
    bytes.data()[at] = static_cast<char>(random());
    bytes.sign();
    if (auto parsed = CasmFile::parse(bytes.view(size))) {
      if (auto model = Analyser::make(*std::move(parsed), best_kernels())) {
        std::vector<Sentence> sentences = many_sentences();
        (*model)->annotate(sentences);
      }
    }
    bytes.data()[at] = old;
  }
}

TEST(ModelFile, ErrorsSayWhatIsWrong) {
  EXPECT_EQ(LanguageModel::open("/nowhere/en.casm").error().code, Errc::not_found);
  EXPECT_EQ(LanguageModel::open(kRoot / "models" / "langid.casm").error().code, Errc::unsupported);
  EXPECT_EQ(LanguageModel::open(kRoot / "CMakeLists.txt").error().code, Errc::corrupt);
}

}  // namespace
}  // namespace casus::detail
