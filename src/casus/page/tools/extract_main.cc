// SPDX-License-Identifier: Apache-2.0
// extract_main FILE…: reads each page and writes a line of JSON in the shape of `casus extract`, for
// ../shared/tools/score_pages.py. A developer's program, not part of the library. `--time` reads all files first and
// prints pages per second on stderr;
// `--plain` prints text and removed parts for reading.
#include <casus/page/read_page.h>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

void print_plain(const casus::Article& article) {
  const auto field = [](const char* name, const casus::Field& f) {
    std::cout << name << " [" << f.from << "] " << f.value << '\n';
  };
  field("title", article.title);
  field("site", article.site);
  for (const casus::Field& author : article.authors) field("author", author);
  field("published", article.published);
  field("modified", article.modified);
  field("language", article.language);
  std::cout << "url " << article.url << '\n';
  for (const casus::Field& rival : article.rivals) field("rival", rival);
  for (const std::string& note : article.notes) std::cout << "note " << note << '\n';
  std::size_t next = 0;
  const auto removed_until = [&](std::uint32_t page) {
    for (; next < article.removed.size() && article.removed[next].page.start < page; ++next) {
      std::cout << "    -- " << article.removed[next].reason << ": " << article.removed[next].text << '\n';
    }
  };
  for (const casus::Paragraph& p : article.paragraphs) {
    removed_until(p.page.start);
    std::cout << '[' << to_string(p.kind) << "] " << p.span.of(article.text) << '\n';
  }
  removed_until(0xFFFFFFFFU);
}

nlohmann::json to_json(const casus::Article& article, const std::string& name) {
  nlohmann::json out{
      {"page", name}, {"text", article.text}, {"title", article.title.value}, {"published", article.published.value}};
  out["authors"] = nlohmann::json::array();
  for (const casus::Field& author : article.authors) out["authors"].push_back(author.value);
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  bool plain = false, timed = false;
  std::vector<std::pair<std::string, std::string>> pages;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--plain") == 0) {
      plain = true;
    } else if (std::strcmp(arguments[i], "--time") == 0) {
      timed = true;
    } else {
      std::ifstream in(arguments[i], std::ios::binary);
      pages.emplace_back(arguments[i], std::string(std::istreambuf_iterator<char>(in), {}));
    }
  }
  const auto start = std::chrono::steady_clock::now();
  std::size_t refused = 0, characters = 0;
  for (const auto& [name, bytes] : pages) {
    const casus::Result<casus::Article> article = casus::read_page(bytes, {.source = name});
    if (!article) {
      std::cerr << name << ": " << article.error().describe() << '\n';
      ++refused;
      continue;
    }
    characters += article->text.size();
    if (plain) print_plain(*article);
    if (!plain && !timed)
      std::cout << to_json(*article, name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  if (timed)
    std::cerr << pages.size() / taken.count() << " pages/s, " << characters << " bytes of text, " << refused
              << " refused\n";
  return 0;
}
