// SPDX-License-Identifier: Apache-2.0
// Looks back at most two sentences. Within one sentence the only candidate wins, or the subject; where neither is
// unique, nobody does. Tests: code_test.cc over testdata/.
#include <casus/base/utf8.h>
#include <casus/event/coreference.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::uint32_t kLookBack = 2;  // sentences
constexpr float kSureLink = 0.6F;
constexpr std::uint32_t kNameReach = 10;  // sentences; a body once named stays the one meant for a while

bool person_like(const Actor& actor) {
  return actor.kind == EntityKind::person || actor.kind == EntityKind::office;
}

bool body_like(const Actor& actor) {
  return (actor.kind == EntityKind::agent && !actor.country.empty()) || actor.kind == EntityKind::country ||
         actor.kind == EntityKind::organisation || actor.kind == EntityKind::group || actor.kind == EntityKind::media;
}

bool same(const Actor& a, const Actor& b) {
  return (!a.id.empty() && a.id == b.id) || a.name == b.name;
}

}  // namespace

bool Coreference::pronoun(std::uint32_t sentence, std::uint32_t token) const {
  const View& view = scene_->view(sentence);
  if (view.tree[token].upos != Upos::PRON && view.tree[token].upos != Upos::DET) return false;
  for (const char* name : {"he", "she", "it", "they", "speaker"}) {
    if (view.grammar.in_class(token, name)) return true;
  }
  return false;
}

// Usable mentions of a sentence before token `limit`, in text order.
std::vector<Coreference::Candidate> Coreference::before(std::uint32_t sentence, std::uint32_t limit,
                                                        bool persons) const {
  const View& view = scene_->view(sentence);
  std::vector<Candidate> out;
  const auto all = scene_->mentions_of(sentence);
  for (const Mention& m : all) {
    if (m.last > limit || m.head >= view.tree.size() || !usable(m)) continue;
    if (persons ? !person_like(*m.actor) : !body_like(*m.actor)) continue;
    const auto index = static_cast<std::uint32_t>(&m - scene_->mentions().data());
    out.push_back({index, view.tree.relation_is(m.head, "nsubj")});
  }
  return out;
}

std::optional<Antecedent> Coreference::nearest(std::uint32_t sentence, std::uint32_t token, bool persons,
                                               bool exclude_own_clause) const {
  const View& own = scene_->view(sentence);
  for (std::uint32_t back = 0; back <= kLookBack && back <= sentence; ++back) {
    const std::uint32_t s = sentence - back;
    std::vector<Candidate> candidates = before(s, back == 0 ? token : scene_->view(s).tree.size(), persons);
    if (back == 0 && exclude_own_clause) {
      // "Maduro supported him": the object is somebody else than the subject of the same verb.
      std::erase_if(candidates, [&](const Candidate& c) {
        return own.tree.head(scene_->mentions()[c.mention].head) == own.tree.head(token);
      });
    }
    if (candidates.empty()) continue;
    const auto distinct = [&](bool subjects_only) {
      std::vector<std::uint32_t> found;
      for (const Candidate& c : candidates) {
        if (subjects_only && !c.subject) continue;
        const bool known = std::any_of(found.begin(), found.end(), [&](std::uint32_t f) {
          return same(*scene_->mentions()[f].actor, *scene_->mentions()[c.mention].actor);
        });
        if (!known) found.push_back(c.mention);
      }
      return found;
    };
    // A country or body of a sentence before is meant only when that sentence was about it.
    std::vector<std::uint32_t> found = distinct(back > 0 && !persons);
    if (found.size() > 1) found = distinct(true);
    if (found.size() != 1) return std::nullopt;
    const char* where = back == 0 ? "earlier in the sentence" : "in a sentence before";
    return Antecedent{{found[0]},
                      std::string("the only fitting ") + (persons ? "person " : "country or body ") + where};
  }
  return std::nullopt;
}

// The last two or more parties that are joined by "and" before `limit`.
std::vector<std::uint32_t> Coreference::coordination(std::uint32_t sentence, std::uint32_t limit) const {
  const View& view = scene_->view(sentence);
  std::vector<std::uint32_t> run, best;
  for (const Mention& m : scene_->mentions_of(sentence)) {
    if (m.last > limit || m.head >= view.tree.size() || !usable(m)) continue;
    const auto index = static_cast<std::uint32_t>(&m - scene_->mentions().data());
    bool joined = false;
    if (!run.empty()) {
      const Mention& last = scene_->mentions()[run.back()];
      joined = m.first >= last.last && m.first - last.last <= 4;
      bool conjunction = false;
      for (std::uint32_t t = last.last; joined && t < m.first; ++t) {
        const Upos tag = view.tree[t].upos;
        conjunction = conjunction || tag == Upos::CCONJ || view.tree[t].form == ",";
        joined = tag == Upos::CCONJ || tag == Upos::PUNCT || tag == Upos::DET || tag == Upos::PRON ||
                 tag == Upos::NOUN || tag == Upos::ADJ;
      }
      joined = joined && conjunction;
    }
    if (!joined) run.clear();
    run.push_back(index);
    if (run.size() >= 2) best = run;
  }
  return best;
}

std::optional<Antecedent> Coreference::several(std::uint32_t sentence, std::uint32_t token) const {
  for (std::uint32_t back = 0; back <= 1 && back <= sentence; ++back) {
    const std::uint32_t s = sentence - back;
    const std::uint32_t limit = back == 0 ? token : scene_->view(s).tree.size();
    std::vector<std::uint32_t> found = coordination(s, limit);
    if (!found.empty())
      return Antecedent{std::move(found),
                        back == 0 ? "those joined earlier in the sentence" : "those joined in the sentence before"};
    std::vector<std::uint32_t> groups;
    for (const Mention& m : scene_->mentions_of(s)) {
      if (m.last > limit || !usable(m)) continue;
      // Of a sentence before, only its subject.
      if (back > 0 && (m.head >= scene_->view(s).tree.size() || !scene_->view(s).tree.relation_is(m.head, "nsubj")))
        continue;
      const bool plural = m.head < scene_->view(s).tree.size() &&
                          scene_->view(s).tree[m.head].feats.find("Number=Plur") != std::string::npos;
      if (m.actor->kind == EntityKind::group || (m.actor->kind == EntityKind::agent && plural)) {
        groups.push_back(static_cast<std::uint32_t>(&m - scene_->mentions().data()));
      }
    }
    if (groups.size() == 1) return Antecedent{groups, "the only group before"};
    if (!groups.empty()) return std::nullopt;
  }
  return std::nullopt;
}

// "The countries gave …, and they threatened …": the subject of a joined clause is most of all the subject of the
// first. When that one is nobody we know, nobody else will do. `known`: there is such a clause.
std::optional<Antecedent> Coreference::parallel(std::uint32_t sentence, std::uint32_t token, bool& known) const {
  const View& view = scene_->view(sentence);
  known = false;
  if (!view.tree.relation_is(token, "nsubj")) return std::nullopt;
  const std::int32_t verb = view.tree.head(token);
  if (verb < 0 || !view.tree.relation_is(static_cast<std::uint32_t>(verb), "conj")) return std::nullopt;
  const std::int32_t first = view.tree.head(static_cast<std::uint32_t>(verb));
  const std::int32_t subject = first < 0 ? -1 : view.tree.child(static_cast<std::uint32_t>(first), "nsubj");
  if (subject < 0 || subject >= static_cast<std::int32_t>(token)) return std::nullopt;
  known = true;
  const std::int32_t m = view.headed[static_cast<std::uint32_t>(subject)];
  if (m < 0 || !usable(scene_->mentions()[static_cast<std::size_t>(m)])) return std::nullopt;
  return Antecedent{{static_cast<std::uint32_t>(m)}, "the subject of the clause that this one is joined to"};
}

std::optional<Antecedent> Coreference::resolve(std::uint32_t sentence, std::uint32_t token) const {
  const View& view = scene_->view(sentence);
  if (view.grammar.in_class(token, "they")) {
    bool known = false;
    std::optional<Antecedent> found = parallel(sentence, token, known);
    if (known) return found;
  }
  const bool object = view.tree.relation_is(token, "obj") || view.tree.relation_is(token, "iobj");
  if (view.grammar.in_class(token, "he") || view.grammar.in_class(token, "she")) {
    const std::optional<Antecedent> found = nearest(sentence, token, true, object);
    return found ? found : linked(sentence, token);
  }
  if (view.grammar.in_class(token, "it")) {
    // "it" without an antecedent in its own sentence is mostly no one ("it is raining").
    std::optional<Antecedent> found = nearest(sentence, token, false, object);
    if (!found) return std::nullopt;
    const bool possessive = view.tree.relation_is(token, "nmod:poss");
    const bool same_sentence = scene_->mentions()[found->mentions[0]].sentence == sentence;
    return possessive || same_sentence ? found : std::nullopt;
  }
  if (view.grammar.in_class(token, "they")) return several(sentence, token);
  return std::nullopt;
}

// Where the nearest sentences leave it open, the learnt reading of the whole article, if it is sure of a person that
// the knowledge names.
std::optional<Antecedent> Coreference::linked(std::uint32_t sentence, std::uint32_t token) const {
  for (const CorefLink& link : scene_->links()) {
    if (link.kind != AnaphorKind::person || link.anaphor.sentence != sentence || link.anaphor.head != token) continue;
    const MentionSpan& target = link.named ? *link.named : link.antecedent;
    if (link.score < kSureLink || target.sentence >= scene_->sentences().size()) return std::nullopt;
    const View& view = scene_->view(target.sentence);
    const std::int32_t m = view.headed[target.head] >= 0 ? view.headed[target.head] : view.covered[target.head];
    if (m < 0) return std::nullopt;
    const Mention& mention = scene_->mentions()[static_cast<std::size_t>(m)];
    if (!usable(mention) || !person_like(*mention.actor)) return std::nullopt;
    return Antecedent{{static_cast<std::uint32_t>(m)}, "the article's last mention of whom the pronoun leads back to"};
  }
  return std::nullopt;
}

// "the court" after "the International Court of Justice": a name that has the noun in it, and only one such.
std::optional<Antecedent> Coreference::named_before(std::uint32_t sentence, std::uint32_t token) const {
  const std::string& noun = scene_->view(sentence).grammar.lemma(token);
  if (noun.size() < 4) return std::nullopt;
  std::optional<std::uint32_t> found;
  for (std::uint32_t i = 0; i < scene_->mentions().size() && scene_->mentions()[i].sentence < sentence; ++i) {
    const Mention& m = scene_->mentions()[i];
    if (m.sentence + kNameReach < sentence || !usable(m) || !m.actor || m.actor->kind != EntityKind::organisation)
      continue;
    const std::string name = " " + to_lower(m.actor->name) + " ";
    if (name.find(" " + noun + " ") == std::string::npos) continue;
    if (found && !same(*scene_->mentions()[*found].actor, *m.actor)) return std::nullopt;
    found = i;
  }
  if (!found) return std::nullopt;
  return Antecedent{{*found}, "the only body named before that is a '" + noun + "'"};
}

// Is this the first time that the article names this one?
bool Coreference::introduced(std::uint32_t mention) const {
  const Mention& m = scene_->mentions()[mention];
  for (std::uint32_t i = 0; i < mention; ++i) {
    const Mention& earlier = scene_->mentions()[i];
    if (earlier.actor && earlier.sentence < m.sentence && same(*earlier.actor, *m.actor)) return false;
  }
  return true;
}

std::optional<Antecedent> Coreference::describe(std::uint32_t sentence, std::uint32_t token,
                                                std::int32_t mention) const {
  const View& view = scene_->view(sentence);
  if (view.tree[token].upos != Upos::NOUN) return std::nullopt;
  const bool human = view.grammar.in_class(token, "humans");
  const bool state = view.grammar.in_class(token, "states");
  bool definite = false;
  for (const std::uint32_t c : view.tree.children(token)) definite = definite || view.grammar.in_class(c, "definite");
  if (!definite) return std::nullopt;
  if (auto found = named_before(sentence, token)) return found;
  if (!human && !state) return std::nullopt;
  const std::uint32_t start = mention >= 0 ? scene_->mentions()[static_cast<std::size_t>(mention)].first : token;
  for (std::uint32_t back = 0; back <= kLookBack && back <= sentence; ++back) {
    const std::uint32_t s = sentence - back;
    std::vector<std::uint32_t> found;
    for (const Candidate& c : before(s, back == 0 ? start : scene_->view(s).tree.size(), human)) {
      const Actor& actor = *scene_->mentions()[c.mention].actor;
      // Somebody with another known office is not called by this noun; with the same one he is.
      const std::string title = actor.role ? actor.role->title : "";
      if (human && !title.empty() && title.find(view.tree[token].form) == std::string::npos) {
        std::string lower;
        for (const char ch : title) lower += static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch);
        if (lower.find(view.grammar.lemma(token)) == std::string::npos) continue;
      }
      if (state && actor.kind != EntityKind::country) continue;
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](std::uint32_t f) { return same(*scene_->mentions()[f].actor, actor); });
      if (!known) found.push_back(c.mention);
    }
    if (found.size() == 1) return Antecedent{found, "the only one before whom '" + view.tree[token].form + "' fits"};
    // Of several, the one whom that sentence has just brought up.
    std::erase_if(found, [&](std::uint32_t f) { return !introduced(f); });
    if (found.size() == 1) return Antecedent{found, "the one whom a sentence before has just brought up"};
    if (!before(s, back == 0 ? start : scene_->view(s).tree.size(), human).empty()) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace casus::detail
