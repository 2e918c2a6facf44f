// SPDX-License-Identifier: Apache-2.0
// Development driver, not installed: events of CoNLL-U (with the names of the tests' world), or of pages and JSON Lines with the real data.
//   casus_code_dev tree FILE.conllu [PUBLISHED]
//   casus_code_dev text DATA FILE…           a page each
//   casus_code_dev jsonl DATA < in > out     {"id","text"} a line, as `casus code --per-document`
#include <casus/base/utf8.h>
#include <casus/event/test_double.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace {

void show(const casus::Article& article, const casus::Coding& coding, bool why) {
  for (const casus::Event& e : coding.events) {
    std::cout << casus::testing_world::line_of(e) << "  [" << e.trigger.of(article.text) << "] " << e.confidence << '\n';
    if (!why) continue;
    for (const casus::WhyStep& w : e.why) std::cout << "      " << w.step << ": " << w.detail << '\n';
  }
  for (const casus::NearMiss& n : coding.near_misses) {
    std::cout << "   miss [" << n.trigger.of(article.text) << "] " << n.frame << ": " << n.stopped << '\n';
  }
}

int trees(const std::string& file, const std::string& published, bool why) {
  std::ifstream in(file);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const casus::testing_world::Sample sample = casus::testing_world::sample(bytes, published);
  show(sample.article, casus::testing_world::code_sample(sample, true), why);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  const bool why = !args.empty() && args.back() == "--why";
  if (args.size() >= 2 && args[0] == "tree") return trees(args[1], args.size() > 2 && args[2] != "--why" ? args[2] : "", why);
  std::cerr << "usage: casus_code_dev tree FILE.conllu [PUBLISHED] [--why]\n";
  return 2;
}
