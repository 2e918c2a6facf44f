// SPDX-License-Identifier: Apache-2.0
// Writes the features of the small models of this room, so that training and library can never disagree about them.
//
//   casus_language_log coref < parsed.conllu    mentions, questions, candidates, features of each document
//   casus_language_log quotes < parsed.conllu   quotations: kind, speaker, cue, content
#include <casus/language/conllu.h>
#include <casus/language/quotes.h>

#include <cstdio>
#include <iostream>
#include <iterator>

#include "casus/language/coref_resolver.h"
#include "casus/language/tables.h"

namespace {

using namespace casus;

int coref(const ConlluDocument& document) {
  const detail::RowTable facts(detail::kReferenceFacts);
  const detail::WeightTable weights(detail::kReferenceWeights);
  std::string log;
  for (std::size_t first = 0; first < document.sentences.size();) {
    std::size_t last = first + 1;
    const auto begins = [&](std::size_t i) {
      for (const std::string& comment : document.comments[i]) {
        if (comment.starts_with("# newdoc")) return true;
      }
      return false;
    };
    while (last < document.sentences.size() && !begins(last)) ++last;
    detail::Resolver resolver({document.sentences.data() + first, last - first}, facts, weights);
    log += "D\t" + std::to_string(first) + "\n";
    for (const CorefLink& link : resolver.resolve(&log)) {
      for (const std::uint32_t n : {static_cast<std::uint32_t>(link.kind), link.anaphor.sentence, link.anaphor.first,
                                    link.anaphor.last, link.anaphor.head, link.antecedent.sentence,
                                    link.antecedent.first, link.antecedent.last, link.antecedent.head}) {
        log += (log.ends_with('\n') ? "L\t" : "\t") + std::to_string(n);
      }
      log += "\t" + std::to_string(link.score) + "\n";
    }
    first = last;
  }
  std::fwrite(log.data(), 1, log.size(), stdout);
  return 0;
}

int quotes(const ConlluDocument& document) {
  for (const Quote& quote : find_quotes(document.sentences, document.text)) {
    std::cout << (quote.direct ? "direct" : "indirect") << '\t';
    if (quote.speaker) {
      const std::vector<Token>& tokens = document.sentences[quote.speaker->sentence].tokens;
      std::cout << tokens[quote.speaker->first].span.cover(tokens[quote.speaker->last - 1].span).of(document.text);
    }
    std::cout << '\t' << quote.cue.value_or(Span{}).of(document.text) << '\t';
    for (const Span& piece : quote.content) std::cout << piece.of(document.text) << " | ";
    std::cout << '\n';
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string bytes((std::istreambuf_iterator<char>(std::cin)), {});
  const Result<ConlluDocument> document = read_conllu(bytes);
  if (!document) {
    std::cerr << document.error().describe() << '\n';
    return 2;
  }
  if (count > 1 && std::string_view(arguments[1]) == "coref") return coref(*document);
  if (count > 1 && std::string_view(arguments[1]) == "quotes") return quotes(*document);
  std::cerr << "casus_language_log coref|quotes < parsed.conllu\n";
  return 2;
}
