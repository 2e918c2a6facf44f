// SPDX-License-Identifier: Apache-2.0
// How fast the knowledge file opens, answers and scans. Built by hand against an installed casus, not in CI:
//   g++ -std=c++20 -O2 bench/knowledge_bench.cc $(pkg-config --cflags --libs casus) -o knowledge_bench
//   ./knowledge_bench build/release/data/knowledge.casus
// Names: all holders of offices. Text: those names between plain words, scanned from each word for as long as some name
// goes on so.
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>
#include <casus/knowledge/knowledge.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) return std::fputs("knowledge_bench KNOWLEDGE.casus [TEXT]\n", stderr), 2;
  constexpr int kOpens = 20, kRounds = 40;
  double best = 1e9;
  for (int i = 0; i < kOpens; ++i) {
    const double start = now();
    const auto opened = casus::Knowledge::open(argv[1]);
    if (!opened) return std::fputs(opened.error().message.c_str(), stderr), 1;
    best = std::min(best, now() - start);
  }
  std::printf("open %.2f ms\n", best * 1000);
  const auto knowledge = casus::Knowledge::open(argv[1]).value();
  std::vector<std::string> names;
  std::string text;
  for (const casus::Office& office : knowledge->offices()) {
    for (const casus::Tenure& t : knowledge->tenures(office.id)) {
      if (!t.gap && !t.name.empty()) names.push_back(t.name);
    }
  }
  std::vector<std::string> folded;
  for (const std::string& name : names) folded.push_back(casus::fold_name(name));
  for (const std::string& name : names) text += casus::fold_name(name) + " said that ";
  // A text of one's own (news) instead of names, which hit far more often.
  if (argc == 3) text = casus::fold_name(casus::read_file(argv[2], 64U << 20U).value());
  std::size_t found = 0;
  double start = now();
  for (int r = 0; r < kRounds; ++r) {
    for (const std::string& name : folded) found += knowledge->is_prefix(name) ? 1U : 0U;
  }
  double took = now() - start;
  std::printf("look-ups in the name index %.2f M/s (%zu of %zu known)\n",
              kRounds * static_cast<double>(names.size()) / took / 1e6, found / kRounds, names.size());
  start = now();
  std::size_t starts = 0, hits = 0;
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find(' ', at), text.size() - 1) + 1) {
    ++starts;
    for (std::size_t end = text.find(' ', at); end != std::string::npos && end < at + 160;
         end = text.find(' ', end + 1)) {
      if (!knowledge->is_prefix(std::string_view{text}.substr(at, end - at))) break;
      ++hits;
    }
  }
  took = now() - start;
  std::printf("prefix scan %.1f MB/s (%zu word starts, %zu hits)\n", static_cast<double>(text.size()) / took / 1e6,
              starts, hits);
  start = now();
  for (const std::string& name : names) found += knowledge->find(name).size();
  std::printf("whole answers %.2f M/s\n", static_cast<double>(names.size()) / (now() - start) / 1e6);
  return 0;
}
