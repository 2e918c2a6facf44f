// SPDX-License-Identifier: Apache-2.0
// First the passages between quotation marks, paragraph by paragraph; then the verbs of saying of each sentence, each
// with its subject and with what it says: a clause of its own, the clause it stands beside, or a passage next to it;
// last the passages that no verb has claimed, which go on for the speaker before them. Tests: quotes_test.cc, and
// tests/golden/quotes.tsv for how often it is right.
#include <casus/language/quotes.h>
#include <casus/language/tree.h>

#include <algorithm>

#include "casus/base/utf8.h"
#include "casus/language/mentions.h"
#include "casus/language/passages.h"
#include "casus/language/tables.h"

namespace casus {

namespace {

using detail::holds;
using detail::Passage;
using detail::RowTable;

constexpr int kLongestChain = 6;  // verbs passed on the way to a subject

class Reader {
 public:
  Reader(std::span<const Sentence> sentences, std::string_view text, const RowTable& facts)
      : sentences_(sentences), text_(text), facts_(facts) {}

  std::vector<Quote> read() {
    passages_ = detail::find_passages(sentences_, facts_);
    std::size_t passed = 0;
    for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
      const Tree tree(sentences_[s]);
      sentence_ = s;
      tree_ = &tree;
      inside_.assign(tree.size(), -1);
      // Passages stand in order: those that ended before are never looked at again.
      while (passed < passages_.size() && passages_[passed].last.sentence < s) ++passed;
      for (std::size_t p = passed; p < passages_.size() && passages_[p].first.sentence <= s; ++p) {
        for (std::uint32_t i = 0; i < tree.size(); ++i) {
          if (holds(passages_[p], s, i)) inside_[i] = static_cast<std::int32_t>(p);
        }
      }
      for (std::uint32_t i = 0; i < tree.size(); ++i) {
        if (inside_[i] >= 0) continue;
        if (facts_.is("according", to_lower(tree[i].form))) according(i);
        if (tree[i].upos == Upos::VERB) {
          verb(i);
        } else if (tree[i].upos == Upos::NOUN && is("say", i)) {
          last_remark(i);  // "…, the Afghan side claims." read as a noun
        }
      }
    }
    go_on();
    return std::move(quotes_);
  }

 private:
  using Words = std::vector<std::uint32_t>;

  // --- what a verb says ---

  void verb(std::uint32_t v) {
    const bool says = is("say", v), names = is("name", v);
    if (!says && !names) return;
    std::optional<MentionSpan> who = speaker(v, 0);
    if (!who) who = speaker_behind(v);
    if (!who) {
      if (says) last_remark(v);
      return;
    }
    const Span cue = (*tree_)[v].span;
    if (says) {
      if (const Words words = clause(v, *who); !words.empty()) return said(words, cue, who);
    }
    const std::int32_t passage = beside(v, names && !says);
    if (passage >= 0) return take(static_cast<std::uint32_t>(passage), cue, who);
    if (says) last_remark(v);  // a second subject: "Both spoke on Sunday, the palace announced."
  }

  bool is(std::string_view kind, std::uint32_t i) const {
    return facts_.is(kind, to_lower((*tree_)[i].form)) || facts_.is(kind, to_lower((*tree_)[i].lemma));
  }

  // The words of the clause that v reports; none where it reports none.
  Words clause(std::uint32_t v, const MentionSpan& who) const {
    const Tree& tree = *tree_;
    std::int32_t reported = -1;
    for (const std::uint32_t c : tree.children(v)) {
      // Of two, the one behind the verb: "Asked about it, he replied that …".
      if (tree.relation_is(c, "ccomp") && (reported < 0 || c > v)) reported = static_cast<std::int32_t>(c);
    }
    if (reported >= 0) return without_edges(drop(tree.subtree(static_cast<std::uint32_t>(reported))));
    for (const std::uint32_t c : tree.children(v)) {
      // "He warned: the street will answer."
      if (c > v && tree.relation_is(c, "parataxis") && c > 0 && colon_between(v, c))
        return without_edges(tree.subtree(c));
    }
    if (Words words = misplaced(v); !words.empty()) return words;
    const bool beside =
        tree.relation_is(v, "parataxis") || (tree.relation_is(v, "advcl") && tree.child(v, "mark") >= 0 &&
                                             tree[static_cast<std::uint32_t>(tree.child(v, "mark"))].lemma == "as");
    const std::int32_t head = tree.head(v);
    if (!beside || head < 0 || who.head == static_cast<std::uint32_t>(head)) return {};
    return around(static_cast<std::uint32_t>(head), v);
  }

  // A clause that the parser has hung on the one who is told: "promised the widows that …".
  Words misplaced(std::uint32_t v) const {
    const Tree& tree = *tree_;
    for (const std::uint32_t c : tree.children(v)) {
      if (c < v || !(tree.relation_is(c, "obj") || tree.relation_is(c, "iobj") || tree.relation_is(c, "obl"))) continue;
      for (const std::uint32_t d : tree.children(c)) {
        const std::int32_t mark = tree.child(d, "mark");
        const bool joined = mark >= 0 && facts_.is("joining", to_lower(tree[static_cast<std::uint32_t>(mark)].form));
        if (joined && tree.relation_is(d, "acl") && tree.child(d, "nsubj") >= 0)
          return without_edges(drop(tree.subtree(d)));
      }
    }
    return {};
  }

  // The clause of `head` but for the remark headed by `remark`, and for what is joined to it behind that.
  Words around(std::uint32_t head, std::uint32_t remark) const {
    const Tree& tree = *tree_;
    std::vector<bool> out(tree.size(), false);
    const auto strike = [&](std::uint32_t from) {
      for (const std::uint32_t i : tree.subtree(from)) out[i] = true;
    };
    strike(remark);
    for (const std::uint32_t c : tree.children(head)) {
      if (c > remark && (tree.relation_is(c, "conj") || tree.relation_is(c, "parataxis"))) strike(c);
    }
    Words words;
    for (const std::uint32_t i : tree.subtree(head)) {
      if (!out[i]) words.push_back(i);
    }
    return without_edges(std::move(words));
  }

  bool colon_between(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t i = a; i < b; ++i) {
      if ((*tree_)[i].form == ":") return true;
    }
    return false;
  }

  Words drop(Words words) const {
    const auto joins = [&](std::uint32_t i) {
      return (*tree_)[i].upos == Upos::PUNCT ||
             ((*tree_)[i].upos == Upos::SCONJ && facts_.is("joining", to_lower((*tree_)[i].form)));
    };
    while (!words.empty() && joins(words.front())) words.erase(words.begin());
    return words;
  }

  Words without_edges(Words words) const {
    const auto edge = [&](std::uint32_t i) {
      return (*tree_)[i].upos == Upos::PUNCT || (*tree_)[i].upos == Upos::CCONJ;
    };
    while (!words.empty() && edge(words.back())) words.pop_back();
    while (!words.empty() && edge(words.front())) words.erase(words.begin());
    return words;
  }

  // A clause of words: direct where nearly all of them stand in one passage, else indirect.
  void said(const Words& words, Span cue, const std::optional<MentionSpan>& who) {
    std::int32_t passage = -1;
    std::size_t inside = 0, plain = 0;
    for (const std::uint32_t i : words) {
      if ((*tree_)[i].upos == Upos::PUNCT) continue;
      ++plain;
      if (inside_[i] < 0) continue;
      ++inside;
      if (passage < 0) passage = inside_[i];
    }
    constexpr std::size_t kNearlyAll = 10;  // a tenth may stand outside: a parser's slip
    if (passage >= 0 && (plain - inside) * kNearlyAll <= plain) {
      // "A," he said, "B": both passages are his.
      take(static_cast<std::uint32_t>(passage), cue, who);
      for (const std::uint32_t i : words) {
        if (inside_[i] >= 0 && !passages_[static_cast<std::size_t>(inside_[i])].claimed)
          take(static_cast<std::uint32_t>(inside_[i]), std::nullopt, who);
      }
      return;
    }
    if (plain < 2) return;
    for (const std::uint32_t i : words) {
      if (inside_[i] >= 0) passages_[static_cast<std::size_t>(inside_[i])].claimed = true;
    }
    Quote quote;
    quote.cue = cue;
    quote.speaker = who;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Span span = (*tree_)[words[i]].span;
      if (i > 0 && only_marks_between(words[i - 1], words[i])) {
        quote.content.back() = quote.content.back().cover(span);
      } else {
        quote.content.push_back(span);
      }
    }
    quotes_.push_back(std::move(quote));
  }

  bool only_marks_between(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t i = a + 1; i < b; ++i) {
      if ((*tree_)[i].upos != Upos::PUNCT) return false;
    }
    return true;
  }

  // The passage next to v that it reports, or -1: below it in the tree, or with marks alone between them and the
  // phrase of its speaker.
  std::int32_t beside(std::uint32_t v, bool below_only) const {
    for (std::uint32_t i = 0; i < tree_->size(); ++i) {
      if (inside_[i] < 0 || passages_[static_cast<std::size_t>(inside_[i])].claimed) continue;
      if (tree_->dominates(v, i)) return inside_[i];
    }
    if (below_only) return -1;
    std::int32_t best = -1;
    std::uint32_t nearest = kReach;
    for (std::uint32_t i = 0; i < tree_->size(); ++i) {
      if (inside_[i] < 0 || passages_[static_cast<std::size_t>(inside_[i])].claimed) continue;
      const std::uint32_t distance = i > v ? i - v : v - i;
      if (distance < nearest) {
        nearest = distance;
        best = inside_[i];
      }
    }
    return best;
  }

  void take(std::uint32_t index, std::optional<Span> cue, const std::optional<MentionSpan>& who) {
    Passage& passage = passages_[index];
    if (passage.claimed) return;
    passage.claimed = true;
    passage.quote = static_cast<std::int32_t>(quotes_.size());
    Quote quote;
    quote.direct = true;
    quote.cue = cue;
    quote.speaker = who;
    quote.continued = !cue.has_value();
    quote.content.push_back(span_of(passage));
    if (!quote.content[0].empty()) quotes_.push_back(std::move(quote));
  }

  Span span_of(const Passage& p) const {
    const std::uint32_t start = sentences_[p.first.sentence].tokens.size() > p.first.token
                                    ? sentences_[p.first.sentence].tokens[p.first.token].span.start
                                    : sentences_[p.first.sentence].span.end;
    std::uint32_t end = start;
    for (std::uint32_t s = p.first.sentence; s <= p.last.sentence && s < sentences_.size(); ++s) {
      const std::vector<Token>& tokens = sentences_[s].tokens;
      for (std::uint32_t i = 0; i < tokens.size(); ++i) {
        if (!holds(p, s, i)) continue;
        // The comma before the closing mark belongs to the sentence around, the stop to what is said.
        const bool last = s == p.last.sentence && i + 1 == p.last.token;
        if (!last || tokens[i].form != ",") end = std::max(end, tokens[i].span.end);
      }
    }
    return {start, std::min<std::uint32_t>(end, static_cast<std::uint32_t>(text_.size()))};
  }

  // --- who speaks ---

  std::optional<MentionSpan> speaker(std::uint32_t v, int depth) const {
    const Tree& tree = *tree_;
    if (depth > kLongestChain) return std::nullopt;
    if (tree.child(v, "aux:pass") >= 0) {
      const std::int32_t agent = tree.child(v, "obl:agent");
      if (agent < 0) return std::nullopt;
      return detail::phrase_at(tree, sentence_, static_cast<std::uint32_t>(agent));
    }
    const std::int32_t head = tree.head(v);
    if (const std::int32_t subject = tree.child(v, "nsubj"); subject >= 0) {
      const auto s = static_cast<std::uint32_t>(subject);
      const bool relative = tree[s].feats.find("PronType=Rel") != std::string::npos;
      if (!relative) return detail::phrase_at(tree, sentence_, s);
      if (tree.relation_is(v, "acl") && head >= 0)
        return detail::phrase_at(tree, sentence_, static_cast<std::uint32_t>(head));
      return std::nullopt;
    }
    if (head < 0) return std::nullopt;
    const auto h = static_cast<std::uint32_t>(head);
    if (tree.relation_is(v, "acl")) return detail::phrase_at(tree, sentence_, h);
    // "quoted an officer as saying": the object of the verb above speaks.
    const std::int32_t mark = tree.child(v, "mark");
    if (tree.relation_is(v, "advcl") && mark >= 0 && tree[static_cast<std::uint32_t>(mark)].lemma == "as") {
      std::int32_t object = tree.child(h, "obj");
      if (object < 0 && tree.child(h, "aux:pass") >= 0) object = tree.child(h, "nsubj");
      if (object >= 0) return detail::phrase_at(tree, sentence_, static_cast<std::uint32_t>(object));
    }
    if (tree.relation_is(v, "conj") || tree.relation_is(v, "advcl") || tree.relation_is(v, "xcomp"))
      return speaker(h, depth + 1);
    return std::nullopt;
  }

  // "…" shouted a delegate: read as an object, since subjects stand in front.
  std::optional<MentionSpan> speaker_behind(std::uint32_t v) const {
    const std::int32_t object = tree_->child(v, "obj"), clause = tree_->child(v, "ccomp");
    const bool behind_passage = v >= 2 && tree_->head(v) < 0 && inside_[v - 2] >= 0;
    const bool behind_clause = clause >= 0 && clause < static_cast<std::int32_t>(v);
    if (object <= static_cast<std::int32_t>(v) || !(behind_clause || behind_passage)) return std::nullopt;
    return detail::phrase_at(*tree_, sentence_, static_cast<std::uint32_t>(object));
  }

  // "Six were shot, doctors at the hospital said.": where the tree knows no subject, the words say it alone: behind the
  // last comma a phrase without a verb, then the verb, then nothing but a mark.
  void last_remark(std::uint32_t v) {
    const Tree& tree = *tree_;
    constexpr std::uint32_t kLongestPhrase = 10;
    for (std::uint32_t i = v + 1; i < tree.size(); ++i) {
      if (tree[i].upos != Upos::PUNCT) return;
    }
    std::uint32_t comma = v;
    while (comma > 0 && v - comma <= kLongestPhrase && tree[comma].form != ",") {
      --comma;
      if (tree[comma].upos == Upos::VERB || tree[comma].upos == Upos::AUX) return;
    }
    if (tree[comma].form != "," || comma + 1 >= v || comma < 2) return;
    std::int32_t head = -1;
    for (std::uint32_t i = comma + 1; i < v && head < 0; ++i) {
      const Upos upos = tree[i].upos;
      const bool nominal = upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::PRON;
      const std::int32_t h = tree.head(i);
      if (nominal && (h < static_cast<std::int32_t>(comma) || h >= static_cast<std::int32_t>(v)))
        head = static_cast<std::int32_t>(i);
    }
    if (head < 0) return;
    Words words;
    for (std::uint32_t i = 0; i < comma; ++i) words.push_back(i);
    MentionSpan who = detail::phrase_at(tree, sentence_, static_cast<std::uint32_t>(head));
    who.first = std::max(who.first, comma + 1);
    who.last = std::min(who.last, v);
    said(without_edges(std::move(words)), tree[v].span, who);
  }

  // "According to two diplomats, …"
  void according(std::uint32_t i) {
    const Tree& tree = *tree_;
    const std::int32_t noun = tree.head(i);
    if (noun < 0 || !tree.relation_is(i, "case")) return;
    const auto n = static_cast<std::uint32_t>(noun);
    const std::int32_t head = tree.head(n);
    Span cue = tree[i].span;
    if (const std::int32_t to = tree.child(i, "fixed"); to >= 0)
      cue = cue.cover(tree[static_cast<std::uint32_t>(to)].span);
    if (head < 0) return;
    const Words words = around(static_cast<std::uint32_t>(head), n);
    if (!words.empty()) said(words, cue, detail::phrase_at(tree, sentence_, n));
  }

  // --- passages without a verb of their own ---

  void go_on() {
    for (std::size_t p = 0; p < passages_.size(); ++p) {
      Passage& passage = passages_[p];
      if (passage.claimed || p == 0) continue;
      const Passage& before = passages_[p - 1];
      if (before.quote < 0) continue;
      const bool near = passage.paragraph == before.paragraph && passage.first.sentence <= before.last.sentence + 1 &&
                        starts_sentence(passage);
      const bool reopened = !before.closed && passage.paragraph == before.paragraph + 1 && starts_sentence(passage);
      if (!near && !reopened) continue;
      const Quote from = quotes_[static_cast<std::size_t>(before.quote)];
      take(static_cast<std::uint32_t>(p), std::nullopt, from.speaker);
    }
  }

  bool starts_sentence(const Passage& p) const { return p.first.token <= 1; }

  static constexpr std::uint32_t kReach = 12;  // words between a verb and the passage that it reports

  std::span<const Sentence> sentences_;
  std::string_view text_;
  const RowTable& facts_;
  std::vector<Passage> passages_;
  std::vector<Quote> quotes_;
  const Tree* tree_ = nullptr;
  std::uint32_t sentence_ = 0;
  std::vector<std::int32_t> inside_;  // of each token, the passage that holds it
};

}  // namespace

std::vector<Quote> find_quotes(std::span<const Sentence> sentences, std::string_view text, std::string_view language) {
  if (language != "en") return {};
  static const RowTable facts(detail::kQuoteFacts);
  return Reader(sentences, text, facts).read();
}

}  // namespace casus
