// SPDX-License-Identifier: Apache-2.0
// Clauses: subjects, objects, prepositions, the steps of a frame's paths; nouns are in grammar_nominal.cc.
// The tree is a parser's guess, so each question is asked in the shapes that the guess takes for one sense, and an
// answer always says which way it went. Tests: code_test.cc over testdata/.
#include <casus/base/utf8.h>
#include <casus/event/grammar.h>
#include <casus/event/grammar_argument.h>

#include <algorithm>
#include <cmath>

namespace casus::detail {
namespace {

constexpr float kMinProbability = 0.01F;  // an arc without a probability counts as certain, a hopeless one as this
constexpr float kLoosePrice = -0.7F;      // ln; as if the arc were right every second time
constexpr std::uint32_t kLooseReach = 8;  // words
constexpr std::size_t kMaxArguments = 64;

bool has_feature(const Token& token, std::string_view feature) {
  return token.feats.find(feature) != std::string::npos;
}

}  // namespace

Grammar::Grammar(const Tree& tree, const Lexicon& lexicon) : tree_(&tree), lexicon_(&lexicon) {
  lemmas_.reserve(tree.size());
  forms_.reserve(tree.size());
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    forms_.push_back(to_lower(tree[i].form));
    lemmas_.push_back(tree[i].lemma.empty() || tree[i].lemma == "_" ? forms_.back() : to_lower(tree[i].lemma));
    repair_lemma(i);
  }
  glued_.resize(tree.size());
  for (std::uint32_t i = 2; i < tree.size(); ++i) {
    const bool touching = tree[i - 1].form == "-" && tree[i - 2].span.end == tree[i - 1].span.start &&
                          tree[i - 1].span.end == tree[i].span.start;
    if (touching) glued_[i] = forms_[i - 2] + "-" + lemmas_[i];
  }
}

// A lemma that no table knows may be a slip of the analyser ("shoute" for "shouted").
void Grammar::repair_lemma(std::uint32_t token) {
  const Upos tag = (*tree_)[token].upos;
  if (tag != Upos::VERB && tag != Upos::NOUN) return;
  const char letter = tag == Upos::VERB ? 'V' : 'N';
  const auto known = [&](const std::string& word) { return lexicon_->known.contains(word + '/' + letter); };
  if (known(lemmas_[token])) return;
  for (const Ending& e : lexicon_->endings) {
    const std::string& form = forms_[token];
    const bool whole = form == e.ending;
    if (e.tag != letter || !form.ends_with(e.ending) || (!whole && form.size() <= e.ending.size() + 1)) continue;
    std::string word = form.substr(0, form.size() - e.ending.size()) + e.instead;
    // "stopped": the consonant was doubled before the ending.
    if (!known(word) && word.size() > 3 && word[word.size() - 1] == word[word.size() - 2] &&
        known(word.substr(0, word.size() - 1)))
      word.pop_back();
    if (!known(word)) continue;
    lemmas_[token] = std::move(word);
    return;
  }
}

Argument Grammar::edge(std::uint32_t child, std::string how) const {
  const float p = (*tree_)[child].head_probability;
  return {child, p > 0 ? std::log(std::max(p, kMinProbability)) : 0.0F, 1, false, false, std::move(how)};
}

bool Grammar::relative_pronoun(std::uint32_t token) const {
  return has_feature((*tree_)[token], "PronType=Rel") || in_class(token, "relative");
}

std::vector<Argument> Grammar::children(std::uint32_t token, std::string_view relation, const char* how) const {
  std::vector<Argument> out;
  for (const std::uint32_t c : tree_->children(token)) {
    if (tree_->relation_is(c, relation)) out.push_back(edge(c, how));
  }
  return out;
}

bool Grammar::infinitive(std::uint32_t verb) const {
  // Where no word marks the infinitive ("to" does in English), its form does.
  if (!lexicon_->classes.contains("infinitive")) return has_feature((*tree_)[verb], "VerbForm=Inf");
  for (const std::uint32_t c : tree_->children(verb)) {
    if (tree_->relation_is(c, "mark") && (*tree_)[c].upos == Upos::PART) return true;
  }
  return false;
}

bool Grammar::passive(std::uint32_t verb) const {
  const Token& token = (*tree_)[verb];
  bool auxiliary = false, subject = false;
  for (const std::uint32_t c : tree_->children(verb)) {
    const std::string& relation = (*tree_)[c].deprel;
    if (relation == "nsubj:pass" || relation == "aux:pass" || relation == "csubj:pass" || relation == "expl:pass")
      return true;
    auxiliary = auxiliary || relation == "aux" || relation == "cop";
    subject = subject || relation == "nsubj";
  }
  const bool english = token.xpos.starts_with("VB");
  const bool participle = english ? token.xpos == "VBN" || (token.xpos != "VBD" && has_feature(token, "Voice=Pass"))
                                  : has_feature(token, "Voice=Pass") ||
                                        (has_feature(token, "VerbForm=Part") && !has_feature(token, "Voice=Act") &&
                                         !has_feature(token, "Tense=Pres"));
  if (!participle || auxiliary || subject) return false;
  const std::string& relation = token.deprel;
  if (relation == "acl" || relation == "advcl" || relation == "amod" || relation == "acl:relcl") return true;
  const std::int32_t head = tree_->head(verb);
  return relation == "conj" && head >= 0 && passive(static_cast<std::uint32_t>(head));
}

// "Japan on Friday lifted sanctions": a finite past is never the adjective that the parser takes it for.
bool Grammar::misread_past(std::uint32_t verb) const {
  const std::int32_t head = tree_->head(verb);
  return (*tree_)[verb].xpos == "VBD" && tree_->relation_is(verb, "amod") && head > static_cast<std::int32_t>(verb);
}

std::vector<Argument> Grammar::surface_subject(std::uint32_t verb, int depth) const {
  std::vector<Argument> out;
  if (depth > kMaxClauses) return out;
  if (misread_past(verb)) {
    const auto noun = static_cast<std::uint32_t>(tree_->head(verb));
    for (Argument& a : children(noun, "nsubj", "subject")) {
      if (a.token < verb) out.push_back(std::move(a));
    }
    const std::int32_t above = tree_->head(noun);
    if (out.empty() && above >= 0 && above < static_cast<std::int32_t>(verb) &&
        ((*tree_)[static_cast<std::uint32_t>(above)].upos == Upos::PROPN ||
         (*tree_)[static_cast<std::uint32_t>(above)].upos == Upos::NOUN)) {
      Argument found = edge(noun, "noun before the verb");
      found.token = static_cast<std::uint32_t>(above);
      out.push_back(std::move(found));
    }
    return out;
  }
  for (const std::uint32_t c : tree_->children(verb)) {
    if (!tree_->relation_is(c, "nsubj")) continue;
    if (!relative_pronoun(c)) {
      out.push_back(edge(c, "subject"));
      continue;
    }
    const std::int32_t head = tree_->head(verb);
    if (head >= 0 && tree_->relation_is(verb, "acl")) {
      Argument found = edge(verb, "the noun that the relative clause is about");
      found.token = static_cast<std::uint32_t>(head);
      out.push_back(extend(found, edge(c, "")));
    }
  }
  return out.empty() ? inherited_subject(verb, depth) : out;
}

std::vector<Argument> Grammar::inherited_subject(std::uint32_t verb, int depth) const {
  const std::int32_t h = tree_->head(verb);
  if (h < 0) return {};
  const auto head = static_cast<std::uint32_t>(h);
  const std::string& relation = (*tree_)[verb].deprel;
  const Upos head_tag = (*tree_)[head].upos;
  const auto name = [&](const char* words) { return std::string(words) + " '" + forms_[head] + "'"; };
  if (relation == "conj" && head_tag != Upos::NOUN && head_tag != Upos::PROPN) {
    return inherit(surface_subject(head, depth + 1), name("subject shared with"));
  }
  if (relation == "xcomp" || (relation == "ccomp" && infinitive(verb))) return controller(verb, head, depth);
  // "México anunció que enviará ayuda": where a verb may go without its subject, whoever says it is meant, as long as
  // both verbs have the same number.
  if (relation == "ccomp" && !lexicon_->words("dropped_subject").empty() && !passive(verb)) {
    const auto number = [&](std::uint32_t t) { return has_feature((*tree_)[t], "Number=Plur"); };
    const bool third = !has_feature((*tree_)[verb], "Person=1") && !has_feature((*tree_)[verb], "Person=2");
    if (third && has_feature((*tree_)[verb], "VerbForm=Fin") && number(verb) == number(head))
      return inherit(surface_subject(head, depth + 1), name("subject of"));
  }
  if (relation == "advcl") {
    if (head_tag != Upos::VERB && head_tag != Upos::ADJ && head_tag != Upos::AUX) return {};
    // "accused X of bombing", "barred X from entering": the object does it.
    for (const std::uint32_t c : tree_->children(verb)) {
      if (c > verb || !(tree_->relation_is(c, "mark") || tree_->relation_is(c, "case")) ||
          !in_class(c, "object_gerund"))
        continue;
      std::vector<Argument> object = this->object(head);
      if (!object.empty()) return inherit(std::move(object), name("object of"));
    }
    // "The country saw a mass shooting, killing 14": who only lives through it did not do it.
    if (in_class(head, "undergoing")) return {};
    std::vector<Argument> out = clause_before(verb, head, depth);
    for (Argument& a : inherit(surface_subject(head, depth + 1), name("subject of the main clause")))
      out.push_back(std::move(a));
    return out;
  }
  if (relation == "acl" && infinitive(verb)) {
    std::vector<Argument> owner = children(head, "nmod:poss", "possessor");
    if (owner.empty()) owner = light_subject(head);
    if (owner.empty()) owner = children(head, "nsubj", "subject of the noun");
    return inherit(std::move(owner), name("whoever the noun belongs to:"));
  }
  if (relation == "acl" || relation == "acl:relcl") {
    // "forces supporting X": the noun; "the village that they attacked": not the subject, which stands in the clause.
    if (relation == "acl:relcl" && !children(verb, "obj", "").empty() &&
        relative_pronoun(children(verb, "obj", "")[0].token))
      return {};
    Argument found = edge(verb, name("participle of"));
    found.token = head;
    found.inherited = true;
    std::vector<Argument> out{found};
    // "filed a lawsuit accusing X": where the noun is nobody, whoever carries it.
    if (relation == "acl") {
      for (Argument& a : inherit(light_subject(head), name("subject of the verb that carries")))
        out.push_back(std::move(a));
    }
    return out;
  }
  return {};
}

// "The city mourns after a gunman opened fire, killing 14": a participle behind a clause with its own subject is that
// clause's, wherever the parser hung it; the main clause comes second.
std::vector<Argument> Grammar::clause_before(std::uint32_t verb, std::uint32_t head, int depth) const {
  if ((*tree_)[verb].xpos != "VBG" || verb < head) return {};
  for (std::uint32_t t = verb; t-- > head + 1;) {
    if ((*tree_)[t].upos != Upos::VERB) continue;
    const std::string& relation = (*tree_)[t].deprel;
    const bool clause = relation == "advcl" || relation == "ccomp";
    if (!clause || children(t, "nsubj", "").empty() || !tree_->dominates(head, t)) return {};
    return inherit(surface_subject(t, depth + 1), "subject of '" + forms_[t] + "', the clause before");
  }
  return {};
}

// Who does the infinitive: the object of "asked X to leave", the subject of "promised X to leave" and of "wants to
// leave".
std::vector<Argument> Grammar::controller(std::uint32_t verb, std::uint32_t head, int depth) const {
  const std::string name = " '" + forms_[head] + "'";
  if (!passive(head) && !in_class(head, "control")) {
    std::vector<Argument> object = children(head, "obj", "");
    if (object.empty()) object = children(head, "iobj", "");
    object.erase(std::remove_if(object.begin(), object.end(), [&](const Argument& a) { return a.token > verb; }),
                 object.end());
    if (!object.empty()) return inherit(std::move(object), "object of" + name);
  }
  if (in_class(head, "becoming") && infinitive(verb)) {
    // "Moscow became Maduro's ally to avoid sanctions": the purpose is the possessor's.
    for (std::uint32_t i = verb; i-- > head + 1;) {
      if ((*tree_)[i].deprel == "nmod:poss")
        return inherit({edge(i, "")}, "possessor of the noun before the infinitive");
    }
  }
  return inherit(surface_subject(head, depth + 1), "subject of" + name);
}

std::vector<Argument> Grammar::agent(std::uint32_t verb) const {
  if (!passive(verb)) return surface_subject(verb, 0);
  std::vector<Argument> out = children(verb, "obl:agent", "agent of the passive");
  if (!out.empty()) return out;
  for (const std::string& word : lexicon_->words("agentive")) {
    for (Argument& a : preposition(verb, word)) {
      a.how = "agent of the passive";
      out.push_back(std::move(a));
    }
  }
  return out;
}

std::vector<Argument> Grammar::object(std::uint32_t verb) const {
  if (misread_past(verb)) {
    Argument found = edge(verb, "object");
    found.token = static_cast<std::uint32_t>(tree_->head(verb));
    return {found};
  }
  if (passive(verb)) {
    std::vector<Argument> out = surface_subject(verb, 0);
    for (Argument& a : out) a.how = a.inherited ? a.how : "subject of the passive";
    return out;
  }
  std::vector<Argument> out = children(verb, "obj", "object");
  if (out.empty()) {
    // A name is no predicate: a parser that calls it one has missed the object.
    for (Argument& a : children(verb, "xcomp", "object, read as a predicate")) {
      if ((*tree_)[a.token].upos == Upos::PROPN) out.push_back(std::move(a));
    }
  }
  const std::int32_t h = tree_->head(verb);
  if (out.size() > 1) {
    // A parser that fails to join "X and Y" leaves two objects; with a conjunction between them they are one list.
    for (std::size_t i = 1; i < out.size(); ++i) {
      for (std::uint32_t t = out[i - 1].token + 1; t < out[i].token; ++t)
        out[i].joined |= (*tree_)[t].upos == Upos::CCONJ;
    }
  }
  const bool relative = !out.empty() && relative_pronoun(out[0].token);
  if (h >= 0 && (*tree_)[verb].deprel == "acl:relcl" &&
      (relative || (out.empty() && !children(verb, "nsubj", "").empty()))) {
    const std::vector<Argument> subject = children(verb, "nsubj", "");
    if (!subject.empty() && relative_pronoun(subject[0].token)) return out;
    Argument found = edge(verb, "the noun that the relative clause is about");
    found.token = static_cast<std::uint32_t>(h);
    return {found};
  }
  if (out.empty() && h >= 0 && (*tree_)[verb].deprel == "conj") {
    for (Argument& a : children(static_cast<std::uint32_t>(h), "obj", "object shared with the verb before")) {
      if (a.token > verb) out.push_back(std::move(a));
    }
  }
  return out;
}

std::vector<Argument> Grammar::genitive(std::uint32_t token) const {
  std::vector<Argument> out;
  for (const std::string& word : lexicon_->words("genitive")) {
    for (Argument& a : preposition(token, word)) out.push_back(std::move(a));
  }
  return out;
}

std::vector<Argument> Grammar::preposition(std::uint32_t token, const std::string& word) const {
  std::vector<Argument> out;
  for (const std::uint32_t c : tree_->children(token)) {
    // Spanish and its like mark a person as object by a preposition.
    const bool nominal = tree_->relation_is(c, "obl") || tree_->relation_is(c, "nmod") ||
                         tree_->relation_is(c, "iobj") || tree_->relation_is(c, "obj");
    const bool clause =
        tree_->relation_is(c, "advcl") || tree_->relation_is(c, "acl") || tree_->relation_is(c, "ccomp");
    if (!nominal && !clause) continue;
    for (const std::uint32_t k : tree_->children(c)) {
      const bool marks = tree_->relation_is(k, "case") || (clause && tree_->relation_is(k, "mark"));
      if (!marks || k > c || (*tree_)[k].upos == Upos::PART) continue;
      if (lemmas_[k] != word && forms_[k] != word) continue;
      out.push_back(edge(c, "'" + word + "'"));
      break;
    }
  }
  if (out.empty() && ((*tree_)[token].upos == Upos::NOUN || (*tree_)[token].upos == Upos::PROPN)) {
    // "fired tear gas and rubber bullets at X": what belongs to both hangs from the last.
    for (const std::uint32_t c : tree_->children(token)) {
      if (c < token || (*tree_)[c].deprel != "conj" || !out.empty()) continue;
      const Argument arc = edge(c, "");
      for (Argument& a : preposition(c, word)) out.push_back(extend(std::move(a), arc));
    }
  }
  if (out.empty() && lexicon_->in_class("loose", word)) return loose_preposition(token, word);
  return out;
}

// "filed a complaint with the council on Sunday against X": a parser hangs the last phrase from the one before it. For
// prepositions that say enough by themselves, one that stands in the same clause behind the word is taken, at a price.
std::vector<Argument> Grammar::loose_preposition(std::uint32_t token, const std::string& word) const {
  const std::uint32_t end = std::min(tree_->size(), token + 1 + kLooseReach);
  for (std::uint32_t k = token + 1; k < end; ++k) {
    if ((*tree_)[k].upos == Upos::VERB) return {};  // another clause
    if (!tree_->relation_is(k, "case") || (lemmas_[k] != word && forms_[k] != word)) continue;
    const std::int32_t c = tree_->head(k);
    if (c <= static_cast<std::int32_t>(k) || !tree_->dominates(token, static_cast<std::uint32_t>(c))) return {};
    Argument found = edge(static_cast<std::uint32_t>(c), "'" + word + "' later in the clause");
    found.log_probability += kLoosePrice;
    found.arcs = 3;
    return {found};
  }
  return {};
}

std::vector<Argument> Grammar::step(std::uint32_t token, const std::string& name) const {
  const Upos tag = (*tree_)[token].upos;
  if (name == "subj")
    return tag == Upos::VERB || tag == Upos::AUX || (*tree_)[token].xpos.starts_with("VB") ? agent(token)
                                                                                           : predicated(token, 0);
  if (name == "obj") return object(token);
  if (name == "iobj") return children(token, "iobj", "indirect object");
  if (name == "poss") return possessors(token);
  if (name == "mod") return modifiers(token);
  if (name == "who") return predicated(token, 0);
  if (name == "lv") return light_subject(token);
  if (name == "during") return circumstance_subject(token);
  if (name == "head") {
    const std::int32_t h = tree_->head(token);
    return h < 0 ? std::vector<Argument>{}
                 : std::vector<Argument>{Argument{static_cast<std::uint32_t>(h), 0, 1, false, false, "head"}};
  }
  if (name == "xcomp" || name == "ccomp" || name == "acl" || name == "advcl" || name == "aux" || name == "mark" ||
      name == "advmod" || name == "nummod")
    return children(token, name, "complement");
  return preposition(token, name);
}

std::vector<Argument> Grammar::slot(std::uint32_t trigger, const Slot& slot) const {
  std::vector<Argument> at{Argument{trigger, 0, 0, false, false, ""}};
  for (std::size_t i = 0; i < slot.path.size(); ++i) {
    std::vector<Argument> next;
    for (const Argument& from : at) {
      for (Argument& found : step(from.token, slot.path[i])) {
        if (next.size() >= kMaxArguments) break;
        found = extend(std::move(found), from);
        if (i > 0) found.how = from.how + " → " + found.how;
        next.push_back(std::move(found));
      }
    }
    at = std::move(next);
  }
  return at;
}

bool Grammar::flag(std::uint32_t trigger, const std::string& name) const {
  if (name == "passive") return passive(trigger);
  if (name == "active") return !passive(trigger);
  if (name == "headline") return tree_->sentence().headline;
  for (const std::uint32_t c : tree_->children(trigger)) {
    const auto cue = lexicon_->status.find(lemmas_[c] + '/' + std::string(to_string((*tree_)[c].upos)));
    if (cue == lexicon_->status.end()) continue;
    for (const StatusCue& s : cue->second) {
      if (s.where != StatusCue::Where::child) continue;
      if (name == "negated" ? s.status == Status::negation : s.status != Status::negation) return true;
    }
  }
  return false;
}

bool Grammar::holds(std::uint32_t trigger, const Condition& condition) const {
  bool met = false;
  switch (condition.kind) {
    case Condition::Kind::party:
      return true;
    case Condition::Kind::flag:
      met = flag(trigger, *condition.words.begin());
      break;
    case Condition::Kind::word:
      for (const std::uint32_t c : tree_->children(trigger)) met = met || is(c, condition.words);
      break;
    case Condition::Kind::sentence: {
      std::unordered_set<std::string> seen;
      for (std::uint32_t i = 0; i < tree_->size(); ++i) {
        if (i != trigger && is(i, condition.words)) seen.insert(lemmas_[i]);
      }
      met = seen.size() >= condition.at_least;
      break;
    }
    case Condition::Kind::slot:
      for (const Slot& s : condition.slots) {
        if (s.path[0] == "actor" || s.path[0] == "recipient") return true;
        for (const Argument& a : slot(trigger, s)) {
          if (condition.words.empty() || is(a.token, condition.words)) met = true;
          if (met || !in_class(a.token, "transparent")) continue;
          for (const Argument& below : genitive(a.token)) met = met || is(below.token, condition.words);
        }
      }
      break;
  }
  return met != condition.negated;
}

}  // namespace casus::detail
