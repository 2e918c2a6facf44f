// SPDX-License-Identifier: Apache-2.0
#include <casus/base/data_dir.h>
#include <casus/base/hash.h>
#include <casus/base/ordered_parallel.h>
#include <casus/cli/pages.h>
#include <casus/page/read_page.h>

#include <CLI/CLI.hpp>
#include <new>

namespace casus::cli {

namespace {

PageForm form_of(DocumentForm form) {
  switch (form) {
    case DocumentForm::html:
      return PageForm::html;
    case DocumentForm::text:
      return PageForm::text;
    case DocumentForm::detect:
      break;
  }
  return PageForm::detect;
}

void read_one(PageInWork& page) {
  const Document& d = page.document;
  PageOptions options;
  options.url = d.url;
  options.source = d.name;
  options.charset = d.charset;
  options.form = form_of(d.form);
  options.title = d.title;
  options.published = d.published;
  options.language = d.language;
  options.site = d.site;
  options.keep_all = d.plain;
  Result<Article> article = read_page(d.bytes, options);
  if (article) {
    page.article = *std::move(article);
  } else {
    page.problem = article.error();
  }
}

// Runs on a worker thread: nothing may be thrown out of it.
PageInWork work_on(PageInWork&& page, const PageSteps& steps) {
  if (page.problem) return std::move(page);
  try {
    read_one(page);
    if (page.article && steps.work) steps.work(page);
  } catch (const std::bad_alloc&) {
    page.article.reset();
    page.problem = Error{Errc::too_large, "not enough memory to read this page"};
  } catch (const std::exception& problem) {
    page.article.reset();
    page.problem = Error{Errc::invalid_input, std::string("not readable: ") + problem.what()};
  }
  return std::move(page);
}

bool is_missing(const Error& error) {
  return error.code == Errc::not_found || error.code == Errc::unsupported;
}

}  // namespace

std::vector<std::string> PageOptionsOfVerb::all_inputs() const {
  std::vector<std::string> all = inputs;
  if (!jsonl.empty()) all.push_back(jsonl);
  return all;
}

void declare_pages(CLI::App& verb, PageOptionsOfVerb& options, bool with_jsonl) {
  auto* inputs =
      verb.add_option("INPUT", options.inputs, "Pages: files, folders, WARC, feeds, JSON Lines; - is standard input")
          ->type_name("");
  if (with_jsonl) {
    verb.add_option("--jsonl", options.jsonl, "JSON Lines with \"id\" and \"text\" or \"html\"; - is standard input")
        ->type_name("FILE");
  } else {
    inputs->required();
  }
  verb.add_option("--url", options.url, "Where the page came from, if it does not say")->type_name("URL");
  verb.add_option("--date", options.published, "When it was published, if it does not say")->type_name("DATE");
  verb.add_option("--language", options.language, "Its language, if it does not say")->type_name("XX");
  verb.add_option("--threads", options.threads, "Pages read at a time; the result is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1U, 256U));
  verb.add_flag("--progress", options.progress, "Say what is going on also where stderr is no terminal");
}

int PagesRead::exit_code(std::uint64_t found) const {
  if (refused > 0) return pages == 0 && missing == refused ? kError : kPartly;
  return found > 0 ? kDone : kNothing;
}

PagesRead read_pages(const PageOptionsOfVerb& options, std::string_view what, const PageSteps& steps) {
  const std::vector<std::string> inputs = options.all_inputs();
  if (inputs.empty()) throw BadResult({Errc::invalid_input, "name at least one INPUT, or - for standard input"});
  PagesRead read;
  Progress progress{std::string(what), options.progress};
  OrderedParallel<PageInWork, PageInWork> workers(
      options.threads, [&](PageInWork&& page) { return work_on(std::move(page), steps); },
      [&](PageInWork&& page) {
        if (page.problem) {
          ++read.refused;
          read.missing += is_missing(*page.problem) ? 1 : 0;
          progress.clear();
          say("refused " + printable(page.document.name) + ": " + printable(page.problem->describe()));
          if (steps.refused) steps.refused(page);
          return;
        }
        ++read.pages;
        if (steps.finish) steps.finish(page);
        progress.step(read.pages, page.document.name);
      });
  read_sources(
      inputs, {},
      [&](Document&& document) {
        PageInWork page;
        page.document = std::move(document);
        if (page.document.url.empty()) page.document.url = options.url;
        if (page.document.published.empty()) page.document.published = options.published;
        if (page.document.language.empty()) page.document.language = options.language;
        if (steps.wanted) {
          page.sha256 = sha256_hex(page.document.bytes);
          if (!steps.wanted(page)) return true;
        }
        workers.push(std::move(page));
        return true;
      },
      [&](Refusal&& refusal) {
        PageInWork page;
        page.document.name = std::move(refusal.name);
        page.sha256 = std::move(refusal.sha256);
        page.problem = std::move(refusal.error);
        workers.push(std::move(page));
      });
  workers.close();
  progress.clear();
  return read;
}

std::string id_of(const Document& document) {
  return document.id.empty() ? document.name : document.id;
}

namespace {

// Moves spans of an article's text to the bytes that they were read from.
class Mover {
 public:
  explicit Mover(const PageMap& map) : map_(map) {}

  void operator()(Span& span) const {
    const PageSpan page = map_.page(span);
    span = {page.start, page.end};
  }
  void operator()(Actor& actor) const {
    (*this)(actor.span);
    (*this)(actor.head);
  }
  void operator()(Event& event) const {
    for (Actor& actor : event.actors) (*this)(actor);
    for (Actor& actor : event.recipients) (*this)(actor);
    for (Attribution& link : event.attribution) {
      (*this)(link.speaker);
      (*this)(link.cue);
    }
    (*this)(event.date.span);
    (*this)(event.place.place.span);
    (*this)(event.trigger);
    (*this)(event.evidence);
    for (WhyStep& step : event.why) (*this)(step.span);
  }
  void operator()(Mention& mention) const {
    (*this)(mention.span);
    if (mention.actor) (*this)(*mention.actor);
    if (mention.place) (*this)(mention.place->span);
  }

 private:
  const PageMap& map_;
};

}  // namespace

Article as_given(const PageInWork& page, Reading& reading) {
  Article article = *page.article;
  if (!page.document.plain) return article;
  const Mover move(article.map);
  for (Event& event : reading.events) move(event);
  for (Mention& mention : reading.mentions) move(mention);
  for (NearMiss& miss : reading.near_misses) {
    move(miss.evidence);
    move(miss.trigger);
  }
  article.text = page.document.bytes;
  const auto size = static_cast<std::uint32_t>(article.text.size());
  article.map = PageMap({{0, 0, size, PieceKind::verbatim}}, size);
  return article;
}

Reader open_reader() {
  return Reader::open(default_data()).value();
}

}  // namespace casus::cli
