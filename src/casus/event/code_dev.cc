// SPDX-License-Identifier: Apache-2.0
// Development driver, not installed, for whoever writes frames:
//   casus_code_dev tree FILE.conllu [PUBLISHED] [--why]   given trees, the names of the tests' world
//   casus_code_dev page DATA FILE… [--why]                pages, with the data folder's model and knowledge
//   casus_code_dev jsonl DATA [PROFILE] < in > out        {"id","text"} a line in, {"id","events"} a line out
#include <casus/base/utf8.h>
#include <casus/event/reader.h>
#include <casus/event/test_double.h>
#include <casus/page/read_page.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using casus::testing_world::full_line_of;
using nlohmann::json;

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void show(const casus::Article& article, const std::vector<casus::Event>& events,
          const std::vector<casus::NearMiss>& misses, bool why) {
  for (const casus::Event& e : events) {
    std::cout << full_line_of(e) << "  [" << e.trigger.of(article.text) << "] " << e.confidence << '\n';
    if (!why) continue;
    std::cout << "      “" << e.evidence.of(article.text) << "”\n";
    for (const casus::WhyStep& w : e.why) std::cout << "      " << w.step << ": " << w.detail << '\n';
  }
  if (!why) return;
  for (const casus::NearMiss& n : misses)
    std::cout << "   miss [" << n.trigger.of(article.text) << "] " << n.frame << ": " << n.stopped << '\n';
}

int trees(const std::vector<std::string>& args, bool why) {
  const casus::testing_world::Sample sample =
      casus::testing_world::sample(bytes_of(args[1]), args.size() > 2 ? args[2] : "");
  const casus::Coding coding = casus::testing_world::code_sample(sample, true);
  show(sample.article, coding.events, coding.near_misses, why);
  return 0;
}

int pages(const std::vector<std::string>& args, bool why) {
  const casus::Reader reader = casus::Reader::open(args[1]).value();
  for (std::size_t i = 2; i < args.size(); ++i) {
    const casus::Article article = casus::read_page(bytes_of(args[i]), {}).value();
    casus::CodeOptions options;
    options.near_misses = why;
    const casus::Reading reading = reader.read(article, options);
    std::cout << "== " << args[i] << " (" << reading.language << ", published " << article.published.value << ")\n";
    for (const std::string& note : reading.notes) std::cout << "   note: " << note << '\n';
    if (why) {
      for (const casus::Mention& m : reading.mentions) {
        if (m.actor)
          std::cout << "   mention '" << m.actor->text << "' " << to_string(m.actor->kind) << ' ' << m.actor->country
                    << ' ' << m.actor->id << " = " << m.actor->name << '\n';
      }
    }
    show(article, reading.events, reading.near_misses, why);
  }
  return 0;
}

json actors(const std::vector<casus::Actor>& list, const casus::CodePointIndex& index) {
  json out = json::array();
  for (const casus::Actor& a : list) {
    const casus::CodePointSpan span = index.code_points(a.span);
    out.push_back(
        {{"start", span.start}, {"end", span.end}, {"text", a.text}, {"name", a.name}, {"country", a.country}});
  }
  return out;
}

int lines(const std::string& data, const std::string& profile) {
  const casus::Reader reader = casus::Reader::open(data).value();
  for (std::string line; std::getline(std::cin, line);) {
    const json in = json::parse(line);
    casus::PageOptions options;
    options.form = casus::PageForm::text;
    options.keep_all = true;
    options.language = "en";
    json out{{"id", in["id"]}, {"events", json::array()}};
    if (const auto article = casus::read_page(in["text"].get<std::string>(), options)) {
      const casus::CodePointIndex index(article->text);
      for (const casus::Event& e : reader.events(*article)) {
        const casus::CodePointSpan trigger = index.code_points(e.trigger);
        json status = json::array();
        for (const casus::Status s : e.status) status.push_back(to_string(s));
        out["events"].push_back({{"type", label(reader.ontology(), profile, e)},
                                 {"mode", e.mode},
                                 {"status", status},
                                 {"actors", actors(e.actors, index)},
                                 {"recipients", actors(e.recipients, index)},
                                 {"trigger", {{"start", trigger.start}, {"end", trigger.end}}},
                                 {"confidence", e.confidence}});
      }
    }
    std::cout << out.dump() << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> args(argv + 1, argv + argc);
  const bool why = !args.empty() && args.back() == "--why";
  if (why) args.pop_back();
  if (args.size() >= 2 && args[0] == "tree") return trees(args, why);
  if (args.size() >= 3 && args[0] == "page") return pages(args, why);
  if (args.size() >= 2 && args[0] == "jsonl") return lines(args[1], args.size() > 2 ? args[2] : "plover-2.0");
  std::cerr
      << "usage: casus_code_dev tree FILE.conllu [PUBLISHED] | page DATA FILE… | jsonl DATA [PROFILE]   [--why]\n";
  return 2;
}
