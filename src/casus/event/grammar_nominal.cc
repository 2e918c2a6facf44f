// SPDX-License-Identifier: Apache-2.0
// What a noun has around it: its modifiers and owners, the verb that carries it, and of whom it is said. The other half
// of Grammar; grammar.cc has the clauses. Tests: code_test.cc over testdata/.
#include <casus/event/grammar.h>
#include <casus/event/grammar_argument.h>

namespace casus::detail {

// "Russia's", "its"; in Spanish and its like the possessive is a determiner ("su").
std::vector<Argument> Grammar::possessors(std::uint32_t noun) const {
  std::vector<Argument> out = children(noun, "nmod:poss", "possessor");
  for (const std::uint32_t c : tree_->children(noun)) {
    if (tree_->relation_is(c, "det") && (*tree_)[c].feats.find("Poss=Yes") != std::string::npos)
      out.push_back(edge(c, "possessor"));
  }
  return out;
}

std::vector<Argument> Grammar::modifiers(std::uint32_t noun) const {
  std::vector<Argument> out;
  for (const std::uint32_t c : tree_->children(noun)) {
    if (c > noun && !tree_->relation_is(c, "amod")) continue;  // "tropas rusas": an adjective may follow
    if (!tree_->relation_is(c, "amod") && !tree_->relation_is(c, "compound") && !tree_->relation_is(c, "nmod:desc"))
      continue;
    // "US and European sanctions": the first of the two is often hung elsewhere.
    if (c >= 2 && (*tree_)[c - 1].upos == Upos::CCONJ && tree_->head(c - 2) != static_cast<std::int32_t>(noun)) {
      out.push_back(edge(c - 2, "modifier joined with the next"));
      out.back().joined = out.size() > 1;
    }
    out.push_back(edge(c, "modifier"));
    out.back().joined = out.size() > 1;
  }
  // An adjective right before a noun is its own, whatever the parser hung it from.
  if (noun > 0 && (*tree_)[noun - 1].upos == Upos::ADJ && !tree_->dominates(noun, noun - 1)) {
    out.push_back(edge(noun - 1, "adjective right before it"));
    if (noun > 2 && (*tree_)[noun - 2].upos == Upos::CCONJ) {
      out.push_back(edge(noun - 3, "modifier joined with the next"));
      out.back().joined = true;
    }
  }
  return out;
}

std::int32_t Grammar::light_verb(std::uint32_t noun) const {
  std::uint32_t at = noun;
  for (int i = 0; i < 3; ++i) {  // "launched a series of attacks", "held meetings and talks"
    const std::int32_t h = tree_->head(at);
    if (h < 0) return -1;
    const auto head = static_cast<std::uint32_t>(h);
    const bool carried =
        tree_->relation_is(at, "obj") || tree_->relation_is(at, "nsubj:pass") || tree_->relation_is(at, "obl");
    if (carried && (*tree_)[head].upos == Upos::VERB) return in_class(head, "light") ? h : -1;
    const bool through =
        (tree_->relation_is(at, "nmod") && in_class(head, "transparent")) || tree_->relation_is(at, "conj");
    if (!through) return -1;
    at = head;
  }
  return -1;
}

std::vector<Argument> Grammar::light_subject(std::uint32_t noun) const {
  const std::int32_t verb = light_verb(noun);
  if (verb < 0) return {};
  std::vector<Argument> out = agent(static_cast<std::uint32_t>(verb));
  const Argument arc = edge(noun, "");
  for (Argument& a : out) {
    a = extend(a, arc);
    a.how = "subject of '" + forms_[static_cast<std::uint32_t>(verb)] + "', which carries the noun (" + a.how + ")";
  }
  return out;
}

// "said after talks with X": whoever said it took part.
std::vector<Argument> Grammar::circumstance_subject(std::uint32_t noun) const {
  const std::int32_t h = tree_->head(noun);
  if (h < 0 || !tree_->relation_is(noun, "obl") || (*tree_)[static_cast<std::uint32_t>(h)].upos != Upos::VERB)
    return {};
  for (const std::uint32_t c : tree_->children(noun)) {
    if (tree_->relation_is(c, "case") && in_class(c, "during")) {
      return inherit(agent(static_cast<std::uint32_t>(h)),
                     "subject of '" + forms_[static_cast<std::uint32_t>(h)] + "'");
    }
  }
  return {};
}

// Of whom a noun or adjective is said: "X, a facilitator of", "X served as a facilitator", "X is willing", "one of the
// facilitating countries".
std::vector<Argument> Grammar::predicated(std::uint32_t word, int depth) const {
  if (depth > kMaxClauses) return {};
  std::vector<Argument> own = children(word, "nsubj", "subject of the predicate");
  if (!own.empty() && !relative_pronoun(own[0].token)) return own;
  const std::int32_t h = tree_->head(word);
  if (h < 0) return {};
  const auto head = static_cast<std::uint32_t>(h);
  const Argument arc = edge(word, "");
  const auto through = [&](std::vector<Argument> found, const char* how) {
    for (Argument& a : found) {
      a = extend(a, arc);
      a.how = how;
    }
    return found;
  };
  const bool verbal = (*tree_)[head].upos == Upos::VERB || (*tree_)[head].upos == Upos::AUX;
  if (tree_->relation_is(word, "appos"))
    return {Argument{head, arc.log_probability, 1, false, false, "the noun it explains"}};
  if (tree_->relation_is(word, "acl")) return surface_subject(word, depth + 1);
  if (tree_->relation_is(word, "amod")) {
    std::vector<Argument> up = predicated(head, depth + 1);
    if (!up.empty()) return through(std::move(up), "whoever is one of those");
    return {Argument{head, arc.log_probability, 1, false, false, "the noun it describes"}};
  }
  if (tree_->relation_is(word, "nmod") && in_class(head, "transparent"))
    return through(predicated(head, depth + 1), "whoever is one of those");
  if (tree_->relation_is(word, "conj"))
    return through(predicated(head, depth + 1), "subject shared with the predicate before");
  if (verbal && tree_->relation_is(word, "obl") && in_class(head, "being"))
    return through(agent(head), "whoever served as that");
  if (verbal && (tree_->relation_is(word, "xcomp") || tree_->relation_is(word, "obj")) && in_class(head, "becoming")) {
    return through(agent(head), "whoever became that");
  }
  if (tree_->relation_is(word, "xcomp") || tree_->relation_is(word, "advcl"))
    return through(inherited_subject(word, depth + 1), "subject");
  return {};
}

}  // namespace casus::detail
