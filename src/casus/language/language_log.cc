// SPDX-License-Identifier: Apache-2.0
// Writes the features of the small models of this room, so that training and library can never disagree about them.
//
//   casus_language_log coref < parsed.conllu    mentions, questions, candidates, features of each document
//   casus_language_log quotes < parsed.conllu   quotations: kind, speaker, cue, content
//   casus_language_log roles PREDICATES < parsed.conllu         features; PREDICATES: lines "sentence token"
//   casus_language_log read PREDICATES MODEL < parsed.conllu    the roles that a model reads
#include <casus/language/conllu.h>
#include <casus/language/quotes.h>
#include <casus/language/roles.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "casus/language/coref_resolver.h"
#include "casus/language/role_features.h"
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

// Of each candidate, as 32-bit numbers: sentence, predicate, token, count, that many features.
int roles(const ConlluDocument& document, const char* predicates) {
  std::ifstream in(predicates);
  std::vector<std::uint32_t> record;
  for (std::uint32_t s = 0, p = 0; in >> s >> p;) {
    if (s >= document.sentences.size() || p >= document.sentences[s].tokens.size()) return 2;
    const Tree tree(document.sentences[s]);
    for (const detail::RoleCandidate& candidate : detail::role_candidates(tree, p)) {
      record = {s, p, candidate.token, 0};
      detail::role_features(tree, p, candidate, record);
      record[3] = static_cast<std::uint32_t>(record.size()) - 4;
      std::fwrite(record.data(), sizeof record[0], record.size(), stdout);
    }
  }
  return 0;
}

int read(const ConlluDocument& document, const char* predicates, const char* path) {
  const auto model = RoleModel::open(path);
  if (!model) {
    std::cerr << model.error().describe() << '\n';
    return 2;
  }
  std::ifstream in(predicates);
  for (std::uint32_t s = 0, p = 0; in >> s >> p;) {
    if (s >= document.sentences.size()) return 2;
    for (const Predicate& predicate : (*model)->read(document.sentences[s], std::span<const std::uint32_t>(&p, 1))) {
      std::cout << s << '\t' << p << '\t' << predicate.roleset;
      for (const PredicateArgument& role : predicate.roles) std::cout << '\t' << role.token << ':' << role.label;
      std::cout << '\n';
    }
  }
  for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
    for (const Predicate& predicate : (*model)->read(document.sentences[s]))
      std::cout << "found\t" << s << '\t' << predicate.token << '\t' << predicate.roleset << '\n';
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
  if (count > 2 && std::string_view(arguments[1]) == "roles") return roles(*document, arguments[2]);
  if (count > 3 && std::string_view(arguments[1]) == "read") return read(*document, arguments[2], arguments[3]);
  std::cerr << "casus_language_log coref|quotes|roles|read … < parsed.conllu\n";
  return 2;
}
