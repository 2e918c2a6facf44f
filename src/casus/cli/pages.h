// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way from inputs to results that all page-reading verbs share: sources are walked on one thread, pages are read on
// several, results come back in the order of the inputs, and what could not be read is listed and counted.
#include <casus/cli/command.h>
#include <casus/event/reader.h>
#include <casus/page/article.h>
#include <casus/source/source.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace casus::cli {

struct PageOptionsOfVerb {
  std::vector<std::string> inputs;
  std::string jsonl;  // the same as an input; kept for scripts
  std::string url, published, language;
  unsigned threads = default_threads();
  bool progress = false;
  std::vector<std::string> all_inputs() const;
};

// Declares INPUT…, --threads, --url, --date, --language, --progress and (where asked) --jsonl.
void declare_pages(CLI::App& verb, PageOptionsOfVerb& options, bool with_jsonl);

// One page on its way. `problem` set: it was refused, by its carrier or by the reader.
struct PageInWork {
  Document document;
  std::optional<Article> article;
  std::optional<Error> problem;
  std::string sha256;  // of the bytes as they arrived
  Reading reading;
  std::string output;  // what the verb prints for it
};

struct PagesRead {
  std::uint64_t pages = 0, refused = 0, missing = 0;  // missing: inputs that are not there at all
  // 3 when something was refused; 2 when there was nothing but missing inputs; else 1 when `found` is 0.
  int exit_code(std::uint64_t found) const;
};

struct PageSteps {
  // On the walking thread, before any work: false leaves the page out (it was taken in before).
  std::function<bool(const PageInWork&)> wanted = nullptr;
  // On any thread: page.article is there; fills reading and output.
  std::function<void(PageInWork&)> work = nullptr;
  // On the walking thread, in order, for pages that were read.
  std::function<void(PageInWork&)> finish = nullptr;
  // On the walking thread, in order, for pages that were refused; the line on stderr is written by read_pages().
  std::function<void(const PageInWork&)> refused = nullptr;
};

PagesRead read_pages(const PageOptionsOfVerb& options, std::string_view what, const PageSteps& steps);

// The id under which a document is known to the user: its JSON Lines "id", else its name.
std::string id_of(const Document& document);

// JSON Lines with "text" give an article already: what is said about it counts characters of the text *as given*. This
// moves all spans of the reading there and makes an article of the given text that they belong to. Other documents: the
// article as it is.
Article as_given(const PageInWork& page, Reading& reading);

Reader open_reader();  // value() of Reader::open(default_data())

}  // namespace casus::cli
