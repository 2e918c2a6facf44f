// SPDX-License-Identifier: Apache-2.0
// casus_parse_dev [--conllu] [MODEL.casm] < input: CoNLL-U on stdout. Text: blank lines separate blocks. Not installed.
#include <casus/language/conllu.h>
#include <casus/language/model.h>
#include <casus/language/segment.h>

#include <ctime>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
  std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  bool conllu = false;
  std::string model_path;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--conllu")
      conllu = true;
    else
      model_path = argv[i];
  }
  casus::ConlluDocument document;
  if (conllu) {
    auto read = casus::read_conllu(input);
    if (!read) return std::cerr << read.error().describe() << '\n', 2;
    document = *std::move(read);
  } else {
    document.text = std::move(input);
    std::vector<casus::Span> blocks;
    for (std::size_t at = 0; at < document.text.size();) {
      const std::size_t end = std::min(document.text.find("\n\n", at), document.text.size());
      blocks.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
      at = end + 2;
    }
    document.sentences = casus::segment(document.text, blocks);
    document.comments.resize(document.sentences.size());
  }
  if (!model_path.empty()) {
    const auto model = casus::LanguageModel::open(model_path);
    if (!model) return std::cerr << model.error().describe() << '\n', 2;
    const std::clock_t start = std::clock();  // processor time: other work may run beside
    (*model)->annotate(document.sentences);
    const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::size_t words = 0;
    for (const casus::Sentence& sentence : document.sentences) words += sentence.tokens.size();
    std::cerr << words << " words, " << static_cast<double>(words) / took << " words/s\n";
  }
  std::string out;
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    casus::write_conllu(out, document.sentences[i], document.text, document.comments[i]);
  }
  std::cout << out;
}
