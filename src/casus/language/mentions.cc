// SPDX-License-Identifier: Apache-2.0
// A mention is a pronoun, a noun or a name with the words that belong to it: articles, adjectives, compounds, "of"
// phrases, but no relative clause and no apposition, which are mentions of their own. Two joined heads are a mention
// together besides. Tests: coref_test.cc.
#include "casus/language/mentions.h"

#include <algorithm>
#include <array>

#include "casus/base/utf8.h"

namespace casus::detail {

namespace {

constexpr std::array<std::string_view, 8> kInside = {"det",  "amod", "nummod", "compound",
                                                     "nmod", "flat", "fixed",  "goeswith"};
constexpr std::size_t kMaxWords = 60;  // of one mention; a longer one is a parser's mistake

// Grows the span over what belongs to the phrase.
void extent(const Tree& tree, std::uint32_t i, MentionSpan& at, int depth) {
  constexpr int kDeepest = 6;
  for (const std::uint32_t c : tree.children(i)) {
    const bool inside =
        std::any_of(kInside.begin(), kInside.end(), [&](std::string_view name) { return tree.relation_is(c, name); });
    if (!inside) {
      if (depth > 0 && tree.relation_is(c, "case")) at.first = std::min(at.first, c);
      continue;
    }
    at.first = std::min(at.first, c);
    at.last = std::max(at.last, c + 1);
    if (depth < kDeepest) extent(tree, c, at, depth + 1);
  }
}

class Finder {
 public:
  Finder(const Tree& tree, std::uint32_t sentence, const RowTable& facts)
      : tree_(tree), sentence_(sentence), facts_(facts), lower_(tree.size()), name_of_(tree.size(), -1) {
    for (std::uint32_t i = 0; i < tree.size(); ++i) lower_[i] = to_lower(tree[i].form);
    const std::vector<Name>& names = tree.sentence().names;
    for (std::size_t n = 0; n < names.size(); ++n) {
      const std::uint32_t last = std::min(names[n].last, tree.size());
      for (std::uint32_t i = names[n].first; i < last; ++i) name_of_[i] = static_cast<std::int32_t>(n);
    }
  }

  std::vector<Mention> find() {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      const Upos upos = tree_[i].upos;
      if (upos == Upos::PRON || upos == Upos::DET) {
        pronoun(i);
      } else if (upos == Upos::NOUN || upos == Upos::PROPN || name_head(i)) {
        phrase(i);
      } else if (upos == Upos::ADJ) {
        ordinal(i);
      }
    }
    std::stable_sort(out_.begin(), out_.end(), [](const Mention& a, const Mention& b) {
      return a.at.first != b.at.first ? a.at.first < b.at.first : a.at.last > b.at.last;
    });
    return std::move(out_);
  }

 private:
  bool relation(std::uint32_t i, std::initializer_list<std::string_view> names) const {
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return tree_.relation_is(i, n); });
  }

  // The token of a name whose head is outside it.
  bool name_head(std::uint32_t i) const {
    if (name_of_[i] < 0) return false;
    const Upos upos = tree_[i].upos;
    if (upos == Upos::ADP || upos == Upos::DET || upos == Upos::PART || upos == Upos::PUNCT || upos == Upos::CCONJ)
      return false;
    const std::int32_t head = tree_.head(i);
    return head < 0 || name_of_[static_cast<std::uint32_t>(head)] != name_of_[i];
  }

  void pronoun(std::uint32_t i) {
    const std::string_view kind = facts_.first_of({"he", "she", "it", "they", "i", "you", "we"}, lower_[i]);
    if (kind.empty()) return;
    Mention m;
    m.at = {sentence_, i, i + 1, i};
    m.form = MentionForm::pronoun;
    m.pronoun = kind;
    m.lemma = kind;
    m.reflexive = facts_.is("reflexive", lower_[i]);
    m.possessive = tree_.relation_is(i, "nmod:poss");
    m.definite = true;
    m.plural = kind == "they" || kind == "we";
    m.gender = kind == "he" ? Gender::male : kind == "she" ? Gender::female : Gender::unknown;
    m.person = kind == "it" ? Answer::no : kind == "they" ? Answer::unknown : Answer::yes;
    out_.push_back(std::move(m));
  }

  // "the latter" without a noun.
  void ordinal(std::uint32_t i) {
    const std::string_view kind = facts_.first_of({"latter", "former"}, lower_[i]);
    const std::int32_t article = tree_.child(i, "det");
    if (kind.empty() || article < 0 || tree_.relation_is(i, "amod")) return;
    Mention m;
    m.at = {sentence_, static_cast<std::uint32_t>(article), i + 1, i};
    m.at.first = std::min(m.at.first, i);
    m.lemma = lower_[i];
    m.ordinal = kind;
    out_.push_back(std::move(m));
  }

  void phrase(std::uint32_t i) {
    const bool named = name_of_[i] >= 0;
    if (relation(i, {"flat", "fixed", "goeswith"}) && !name_head(i)) return;
    if (tree_[i].deprel == "nmod:desc") return;  // "President Macron" is one
    // "the Obama administration" speaks of Obama, "the trade talks" of no trade.
    if (tree_.relation_is(i, "compound") && !(named && name_head(i))) return;
    Mention m;
    m.form = named || tree_[i].upos == Upos::PROPN ? MentionForm::name : MentionForm::noun;
    m.lemma = to_lower(tree_[i].lemma.empty() ? tree_[i].form : tree_[i].lemma);
    m.name = name_of_[i];
    m.at = {sentence_, i, i + 1, i};
    extent(tree_, i, m.at, 0);
    if (m.at.last - m.at.first > kMaxWords) m.at = {sentence_, i, i + 1, i};
    m.plural = tree_[i].feats.find("Number=Plur") != std::string::npos;
    describe(i, m);
    if (named) name(m);
    if (m.form == MentionForm::name && m.key.empty()) unread_name(i, m);
    if (m.form == MentionForm::name) {
      for (std::uint32_t c = m.at.first; c <= i; ++c) {
        if (tree_[c].upos == Upos::NOUN || tree_[c].deprel == "nmod:desc" || facts_.is("title", strip(lower_[c])))
          m.title += " " + to_lower(tree_[c].lemma.empty() ? tree_[c].form : tree_[c].lemma) + " ";
      }
    }
    std::uint32_t last = m.at.last;
    bool joined = false;
    for (const std::uint32_t c : tree_.children(i)) {
      if (c <= i || !tree_.relation_is(c, "conj")) continue;
      const Upos upos = tree_[c].upos;
      if (upos != Upos::NOUN && upos != Upos::PROPN && upos != Upos::PRON) continue;
      MentionSpan other{sentence_, c, c + 1, c};
      extent(tree_, c, other, 0);
      last = std::max(last, other.last);
      joined = joined || joined_by_and(c);
    }
    if (joined && last - m.at.first <= kMaxWords) {
      Mention both = m;
      m.part = true;
      both.coordination = both.plural = true;
      both.at.last = last;
      both.gender = Gender::unknown;
      both.key.clear();
      both.name = -1;
      out_.push_back(std::move(both));
    }
    out_.push_back(std::move(m));
  }

  bool joined_by_and(std::uint32_t conjunct) const {
    const std::int32_t cc = tree_.child(conjunct, "cc");
    return cc >= 0 && tree_[static_cast<std::uint32_t>(cc)].lemma != "or";
  }

  void describe(std::uint32_t i, Mention& m) const {
    for (const std::uint32_t c : tree_.children(i)) {
      if (tree_.relation_is(c, "det")) {
        m.definite = m.definite || facts_.is("definite", lower_[c]);
        m.indefinite = m.indefinite || !facts_.is("definite", lower_[c]);
      }
      if (tree_.relation_is(c, "nmod:poss")) m.definite = true;
      if (m.gender == Gender::unknown && relation(c, {"compound", "flat", "amod", "appos"})) gender(lower_[c], m);
    }
    if (m.gender == Gender::unknown) gender(lower_[i], m);
    if (m.gender == Gender::unknown) gender(m.lemma, m);
    if (m.form == MentionForm::noun) {
      if (facts_.is("person", m.lemma) || facts_.is("male", m.lemma) || facts_.is("female", m.lemma)) {
        m.person = Answer::yes;
      } else if (facts_.is("body", m.lemma)) {
        m.person = Answer::no;
      }
    }
  }

  void gender(std::string_view word, Mention& m) const {
    const std::string_view kind = facts_.first_of({"male", "female"}, word);
    if (kind == "male") m.gender = Gender::male;
    if (kind == "female") m.gender = Gender::female;
  }

  void name(Mention& m) const {
    const Name& name = tree_.sentence().names[static_cast<std::size_t>(m.name)];
    if (name.kind == NameKind::person) m.person = Answer::yes;
    if (name.kind == NameKind::organisation || name.kind == NameKind::location) {
      m.person = Answer::no;
      m.gender = Gender::unknown;
    }
    for (std::uint32_t i = name.first; i < name.last && i < tree_.size(); ++i) {
      if (name.kind == NameKind::person && m.gender == Gender::unknown) gender(lower_[i], m);
      if (tree_[i].upos == Upos::DET || tree_[i].upos == Upos::PART || tree_[i].upos == Upos::PUNCT) continue;
      if (name.kind == NameKind::person && name.last - name.first > 1 && i + 1 < name.last &&
          facts_.is("title", strip(lower_[i])))
        continue;
      m.key += (m.key.empty() ? "" : " ") + lower_[i];
    }
  }

  // A proper noun that the model has not read as a name: its words and figures, without titles.
  void unread_name(std::uint32_t i, Mention& m) const {
    for (std::uint32_t c = m.at.first; c < m.at.last; ++c) {
      const bool own =
          c == i || (tree_.head(c) == static_cast<std::int32_t>(i) && relation(c, {"flat", "compound", "nummod"}));
      if (!own || facts_.is("title", strip(lower_[c]))) continue;
      m.key += (m.key.empty() ? "" : " ") + lower_[c];
    }
  }

  static std::string_view strip(std::string_view word) {
    return word.ends_with('.') ? word.substr(0, word.size() - 1) : word;
  }

  const Tree& tree_;
  std::uint32_t sentence_;
  const RowTable& facts_;
  std::vector<std::string> lower_;
  std::vector<std::int32_t> name_of_;
  std::vector<Mention> out_;
};

}  // namespace

MentionSpan phrase_at(const Tree& tree, std::uint32_t sentence, std::uint32_t head) {
  MentionSpan out{sentence, head, head + 1, head};
  extent(tree, head, out, 0);
  return out;
}

std::vector<Mention> find_mentions(const Tree& tree, std::uint32_t index, const RowTable& facts) {
  return Finder(tree, index, facts).find();
}

}  // namespace casus::detail
