// SPDX-License-Identifier: Apache-2.0
// Predicate, path, voice, words, case marks and order; pairs of them where the pair says more than its parts (Gildea
// and Jurafsky 2002, Xue and Palmer 2004). Changing a feature means training again: training/roles.py.
#include "casus/language/role_features.h"

#include <algorithm>

#include "casus/base/utf8.h"
#include "casus/language/row_table.h"

namespace casus::detail {

namespace {

constexpr int kHighest = 5;               // ancestors whose children are asked
constexpr std::size_t kMostPaths = 1024;  // candidates of one predicate; a sentence has 256 words

std::string_view universal(std::string_view deprel) {
  return deprel.substr(0, deprel.find(':'));
}

std::string_view feature_of(std::string_view feats, std::string_view key) {
  const std::size_t at = feats.find(key);
  if (at == std::string_view::npos) return "-";
  const std::string_view rest = feats.substr(at + key.size());
  return rest.substr(0, rest.find('|'));
}

class Features {
 public:
  Features(const Tree& tree, std::uint32_t p, const RoleCandidate& c, std::vector<std::uint32_t>& out)
      : tree_(tree), p_(p), c_(c), out_(out) {}

  void write() {
    const Token& p = tree_[p_];
    const Token& t = tree_[c_.token];
    const std::string lemma = to_lower(p.lemma), word = to_lower(t.lemma);
    const std::string_view path = c_.path, deprel = t.deprel;
    const std::string_view upos = to_string(t.upos), own = to_string(p.upos);
    const std::string_view voice = passive() ? "passive" : "active";
    const std::string_view side = c_.token < p_ ? "before" : "behind";
    const std::string mark = marker(c_.token), shape = children();
    add({"path", path});
    add({"path-upos", path, upos, own});
    add({"path-voice", path, voice});
    add({"path-side", path, side});
    add({"path-lemma", path, lemma});
    add({"path-lemma-voice", path, lemma, voice});
    add({"path-word", path, word});
    add({"path-xpos", path, t.xpos, p.xpos});
    add({"path-mark", path, mark});
    add({"path-shape", path, shape});
    add({"path-mark-lemma", path, mark, lemma});
    add({"path-mark-word", path, mark, word});
    add({"deprel", deprel, own});
    add({"deprel-lemma", deprel, lemma});
    add({"deprel-word", deprel, word});
    add({"deprel-voice-side", deprel, voice, side});
    add({"word", word});
    add({"word-lemma", word, lemma});
    add({"word-upos", word, own});
    add({"mark-lemma", mark, lemma});
    add({"mark-word", mark, word});
    add({"mark", mark, upos});
    add({"lemma-side", lemma, side, upos});
    add({"end", std::string_view(word).substr(word.size() > 3 ? word.size() - 3 : 0), deprel});
    add({"form", path, feature_of(t.feats, "VerbForm="), feature_of(p.feats, "VerbForm=")});
    add({"type", path, feature_of(t.feats, "PronType="), feature_of(t.feats, "NumType=")});
    add({"above", universal(p.deprel), path});
    add({"length", c_.length > 4 ? "5" : std::string_view("012345").substr(c_.length, 1), side, own});
    add({"far", distance(), path});
    add({"name", name(c_.token), path});
    add({"rank", rank(), path, voice});
    add({"rank-lemma", rank(), lemma, universal(deprel)});
    add({"shape-lemma", shape, lemma, universal(deprel)});
    add({"particle", particle(), lemma, path});
    add({"expletive", tree_.child(p_, "expl") >= 0 ? "y" : "n", path});
    add({"self", lemma, own, path});
  }

 private:
  void add(std::initializer_list<std::string_view> pieces) {
    out_.push_back(static_cast<std::uint32_t>(feature_hash(pieces)));
  }

  bool passive() const {
    for (const std::uint32_t c : tree_.children(p_)) {
      if (tree_[c].deprel == "aux:pass" || tree_[c].deprel == "nsubj:pass" || tree_[c].deprel == "csubj:pass")
        return true;
    }
    return tree_.relation_is(p_, "acl") && feature_of(tree_[p_].feats, "VerbForm=") == "Part" &&
           feature_of(tree_[p_].feats, "Tense=") == "Past";
  }

  // "in" of "in the city", "that" of "that he left".
  std::string marker(std::uint32_t token) const {
    for (const std::uint32_t c : tree_.children(token)) {
      if (tree_.relation_is(c, "case") || tree_.relation_is(c, "mark")) return to_lower(tree_[c].form);
    }
    return "-";
  }

  // The relations of the predicate's children that tell its frame.
  std::string children() const {
    std::string out;
    for (const std::uint32_t c : tree_.children(p_)) {
      for (const std::string_view known : {"nsubj", "obj", "iobj", "ccomp", "xcomp", "csubj", "obl", "compound"}) {
        if (tree_.relation_is(c, known)) out.append(out.empty() ? "" : "+").append(known);
      }
    }
    return out;
  }

  // Which of the children with this relation the token is.
  std::string_view rank() const {
    std::size_t before = 0;
    const std::int32_t head = tree_.head(c_.token);
    if (head < 0) return "0";
    for (const std::uint32_t c : tree_.children(static_cast<std::uint32_t>(head))) {
      if (c < c_.token && universal(tree_[c].deprel) == universal(tree_[c_.token].deprel)) ++before;
    }
    return std::string_view("0123").substr(std::min<std::size_t>(before, 3), 1);
  }

  std::string_view distance() const {
    const std::uint32_t d = c_.token > p_ ? c_.token - p_ : p_ - c_.token;
    return d == 1 ? "1" : d < 4 ? "3" : d < 8 ? "7" : d < 16 ? "15" : "far";
  }

  std::string particle() const {
    const std::int32_t c = tree_.child(p_, "compound");
    return c >= 0 && tree_[static_cast<std::uint32_t>(c)].deprel == "compound:prt"
               ? to_lower(tree_[static_cast<std::uint32_t>(c)].form)
               : "-";
  }

  std::string_view name(std::uint32_t token) const {
    for (const Name& n : tree_.sentence().names) {
      if (token >= n.first && token < n.last) return to_string(n.kind);
    }
    return "-";
  }

  const Tree& tree_;
  std::uint32_t p_;
  const RoleCandidate& c_;
  std::vector<std::uint32_t>& out_;
};

}  // namespace

std::vector<RoleCandidate> role_candidates(const Tree& tree, std::uint32_t predicate) {
  std::vector<RoleCandidate> out;
  std::string up;
  std::uint32_t at = predicate;
  std::int32_t from = -1;
  for (int level = 0; level <= kHighest; ++level) {
    for (const std::uint32_t c : tree.children(at)) {
      if (static_cast<std::int32_t>(c) == from || tree[c].upos == Upos::PUNCT || out.size() >= kMostPaths) continue;
      out.push_back({c, up + "v" + tree[c].deprel, static_cast<std::uint32_t>(level) + 1});
    }
    const std::int32_t head = tree.head(at);
    if (head < 0) break;
    up += "^";
    up += level == 0 ? std::string_view(tree[at].deprel) : universal(tree[at].deprel);
    from = static_cast<std::int32_t>(at);
    at = static_cast<std::uint32_t>(head);
    out.push_back({at, up, static_cast<std::uint32_t>(level) + 1});
  }
  return out;
}

void role_features(const Tree& tree, std::uint32_t predicate, const RoleCandidate& candidate,
                   std::vector<std::uint32_t>& out) {
  Features(tree, predicate, candidate, out).write();
}

}  // namespace casus::detail
