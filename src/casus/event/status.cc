// SPDX-License-Identifier: Apache-2.0
// From the trigger upwards through what carries it: auxiliaries and particles beside it, then the verb or noun that it
// is the content of
// ("refused to", "possibility of"). The walk ends where somebody speaks (that is attribution) or where a clause of its
// own begins. Tests: code_test.cc over testdata/.
#include <casus/event/status.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr int kMaxSteps = 6;  // words between a trigger and what governs its status

class Walk {
 public:
  Walk(const Scene& scene, const Match& match)
      : scene_(scene), view_(scene.view(match.sentence)), lexicon_(scene.tables().lexicon), match_(match) {}

  std::vector<StatusCueFound> run() {
    std::uint32_t at = match_.trigger;
    beside(at, true);
    purpose(at);
    bool noun = match_.frame->pos == 'N';
    for (int step = 0; step < kMaxSteps; ++step) {
      const std::int32_t h = view_.tree.head(at);
      if (h < 0) break;
      const auto head = static_cast<std::uint32_t>(h);
      const bool governed = governor(head, at);
      if (!carries(head, at, noun, governed)) break;
      beside(head, !(view_.tree[head].upos == Upos::NOUN));
      noun = view_.tree[head].upos == Upos::NOUN || view_.tree[head].upos == Upos::PROPN;
      at = head;
    }
    above();
    question();
    settle();
    std::vector<StatusCueFound> out;
    for (Found& f : found_) out.push_back(std::move(f.shown));
    return out;
  }

 private:
  const std::vector<StatusCue>* cues(std::uint32_t token) const {
    const std::string tag(to_string(view_.tree[token].upos));
    for (const std::string* word : {&view_.grammar.lemma(token), &view_.grammar.form(token)}) {
      const auto found = lexicon_.status.find(*word + '/' + tag);
      if (found != lexicon_.status.end()) return &found->second;
    }
    return nullptr;
  }

  void add(const StatusCue& cue, std::uint32_t token) {
    // To agree is to promise: what is decided or promised is no future of the agreement.
    if (match_.frame->type == "AGREE" && cue.status == Status::future && cue.announced) return;
    // "dropped its plan to …": whatever stood below is off.
    if (cue.cancels) found_.clear();
    for (const Found& f : found_) {
      if (f.shown.status == cue.status) return;
    }
    found_.push_back({{cue.status, cue.announced, cue.backshift, token,
                       lexicon_.cue_file + ":" + std::to_string(cue.line), view_.tree[token].form},
                      cue.positive,
                      cue.cancels});
  }

  // "cannot agree" is a refusal, not a possibility; after a plan was dropped nothing else counts.
  void settle() {
    const bool negated =
        std::any_of(found_.begin(), found_.end(), [](const Found& f) { return f.shown.status == Status::negation; });
    const auto last = std::find_if(found_.begin(), found_.end(), [](const Found& f) { return f.cancels; });
    if (last != found_.end()) found_.erase(last + 1, found_.end());
    if (negated) std::erase_if(found_, [](const Found& f) { return f.positive; });
  }

  // What is asked has not been told.
  void question() {
    const std::uint32_t n = view_.tree.size();
    for (std::uint32_t t = n; t-- > 0 && n - t <= 3;) {
      if (view_.tree[t].form != "?") continue;
      const bool inside =
          scene_.quotation_of(view_.tree[t].span) != scene_.quotation_of(view_.tree[match_.trigger].span);
      if (inside || has(Status::hypothetical)) return;
      found_.push_back({{Status::hypothetical, false, false, t, "", "?"}, true, false});
      return;
    }
  }
  bool has(Status status) const {
    return std::any_of(found_.begin(), found_.end(), [&](const Found& f) { return f.shown.status == status; });
  }

  // Words that hang from the trigger or its carrier: "not", "will", "if", "possible".
  void beside(std::uint32_t token, bool clause) {
    for (const std::uint32_t c : view_.tree.children(token)) {
      if (const std::vector<StatusCue>* found = cues(c)) {
        for (const StatusCue& cue : *found) {
          if (!needed(cue, token)) continue;
          if (cue.where == StatusCue::Where::infinitive && view_.grammar.infinitive(token)) add(cue, c);
          if (cue.where == StatusCue::Where::inverted && inverted(token, c)) add(cue, c);
          const bool adjective = cue.where == StatusCue::Where::amod &&
                                 (view_.tree.relation_is(c, "amod") || view_.tree.relation_is(c, "compound"));
          const bool particle = cue.where == StatusCue::Where::child && !view_.tree.relation_is(c, "conj");
          if (adjective || particle) add(cue, c);
        }
      }
      if (clause && view_.tree.relation_is(c, "advcl")) condition(c);
      if (clause && (view_.tree.relation_is(c, "nsubj") || view_.tree.relation_is(c, "obj"))) argument(c);
    }
    features(token);
  }

  bool needed(const StatusCue& cue, std::uint32_t token) const {
    return std::all_of(cue.needs.begin(), cue.needs.end(),
                       [&](const Condition& c) { return view_.grammar.holds(token, c); });
  }

  // "No Western leader met …", "nobody condemned …", "sent no troops".
  void argument(std::uint32_t token) {
    std::vector<std::uint32_t> words = {token};
    for (const std::uint32_t c : view_.tree.children(token)) {
      if (c >= token) continue;
      words.push_back(c);
      for (const std::uint32_t below : view_.tree.children(c))  // "not a single country"
        if (below < c) words.push_back(below);
    }
    for (const std::uint32_t w : words) {
      const std::vector<StatusCue>* found = cues(w);
      if (found == nullptr) continue;
      for (const StatusCue& cue : *found) {
        if (cue.where == StatusCue::Where::argument) add(cue, w);
      }
    }
  }

  // "Had the garrison surrendered, …": the auxiliary opens the clause, and nobody asks.
  bool inverted(std::uint32_t verb, std::uint32_t auxiliary) const {
    const std::int32_t subject = view_.tree.child(verb, "nsubj");
    if (subject < 0 || static_cast<std::uint32_t>(subject) < auxiliary) return false;
    const bool opens = auxiliary == 0 || view_.tree[auxiliary - 1].upos == Upos::PUNCT;
    return opens && view_.tree[view_.tree.size() - 1].form != "?";
  }

  // Futures and conditionals that are endings: the cue is a feature of the word itself.
  void features(std::uint32_t token) {
    const Token& word = view_.tree[token];
    if (word.feats.empty()) return;
    const std::string tag(to_string(word.upos));
    for (std::size_t start = 0; start < word.feats.size();) {
      const std::size_t end = std::min(word.feats.find('|', start), word.feats.size());
      const auto found = lexicon_.status.find(word.feats.substr(start, end - start) + '/' + tag);
      start = end + 1;
      if (found == lexicon_.status.end()) continue;
      for (const StatusCue& cue : found->second) {
        if (cue.where == StatusCue::Where::self) add(cue, token);
      }
    }
  }

  // "… if Kiev attacks": what depends on a condition has not happened.
  void condition(std::uint32_t clause) {
    for (const std::uint32_t c : view_.tree.children(clause)) {
      if (!view_.tree.relation_is(c, "mark")) continue;
      const std::vector<StatusCue>* found = cues(c);
      if (found == nullptr) continue;
      for (const StatusCue& cue : *found) {
        if (cue.where == StatusCue::Where::child && cue.status == Status::hypothetical) add(cue, c);
      }
    }
  }

  // An infinitive of purpose says what somebody wants, not what came of it.
  void purpose(std::uint32_t token) {
    if (match_.frame->pos != 'V' || !view_.grammar.infinitive(token)) return;
    const Token& t = view_.tree[token];
    if (t.deprel != "advcl" && t.deprel != "acl") return;
    const std::int32_t h = view_.tree.head(token);
    if (h >= 0 && cues(static_cast<std::uint32_t>(h)) != nullptr) return;  // the noun or verb says more
    found_.push_back({{Status::hypothetical, false, false, token, "", "to " + t.form}, true, false});
  }

  bool relation(std::uint32_t token, std::initializer_list<const char*> names) const {
    return std::any_of(names.begin(), names.end(), [&](const char* n) { return view_.tree.relation_is(token, n); });
  }

  // "called for talks": content; "suspended after the extradition": a circumstance.
  bool content(std::uint32_t token) const {
    if (!view_.tree.relation_is(token, "obl")) return false;
    for (const std::uint32_t c : view_.tree.children(token)) {
      if (view_.tree.relation_is(c, "case") && view_.grammar.in_class(c, "content")) return true;
    }
    return false;
  }

  // "refrained from bombing", "stopped short of banning".
  bool kept_from(std::uint32_t token) const {
    for (const std::uint32_t c : view_.tree.children(token)) {
      const bool mark = view_.tree.relation_is(c, "mark") || view_.tree.relation_is(c, "case");
      if (c < token && mark && view_.grammar.in_class(c, "object_gerund")) return true;
    }
    return false;
  }

  bool governs(const StatusCue& cue, std::uint32_t below) const {
    switch (cue.where) {
      case StatusCue::Where::complement:
        return relation(below, {"xcomp", "ccomp", "obj", "csubj"}) || view_.tree[below].deprel == "nsubj:pass" ||
               (view_.tree.relation_is(below, "advcl") && (view_.grammar.infinitive(below) || kept_from(below)));
      case StatusCue::Where::xcomp:
        return relation(below, {"xcomp"}) || ((relation(below, {"advcl", "ccomp"})) && view_.grammar.infinitive(below));
      case StatusCue::Where::object:
        return relation(below, {"obj"}) || content(below) || view_.tree[below].deprel == "nsubj:pass";
      case StatusCue::Where::of:
        return view_.tree[below].deprel != "acl:relcl" &&
               relation(below, {"nmod", "acl", "ccomp", "xcomp", "advcl", "obl", "csubj"});
      default:
        return false;
    }
  }

  bool governor(std::uint32_t head, std::uint32_t below) {
    const std::vector<StatusCue>* found = cues(head);
    if (found == nullptr || static_cast<std::int32_t>(head) == match_.carrier) return false;
    bool any = false;
    for (const StatusCue& cue : *found) {
      const bool holds = governs(cue, below) && needed(cue, head);
      if (holds) add(cue, head);
      any = any || holds;
    }
    return any;
  }

  // Does what is said of the upper word hold for the lower one too?
  bool carries(std::uint32_t head, std::uint32_t below, bool noun, bool governed) const {
    if (governed) return true;
    if (static_cast<std::int32_t>(head) == match_.carrier) return true;
    if (relation(below, {"xcomp"})) return true;
    if (relation(below, {"conj"})) return own_subject(below) ? false : view_.tree[head].upos == view_.tree[below].upos;
    if (noun && view_.tree[head].upos == Upos::VERB)
      return view_.tree.relation_is(below, "nsubj") ||
             (relation(below, {"obj"}) && view_.grammar.in_class(head, "light"));
    return noun && relation(below, {"nmod"}) && view_.grammar.in_class(head, "transparent");
  }

  bool own_subject(std::uint32_t token) const { return view_.tree.child(token, "nsubj") >= 0; }

  // Cues that reach down over everything below them ("open the curtain for").
  void above() {
    for (std::int32_t at = view_.tree.head(match_.trigger); at >= 0;
         at = view_.tree.head(static_cast<std::uint32_t>(at))) {
      const auto token = static_cast<std::uint32_t>(at);
      const std::vector<StatusCue>* found = cues(token);
      if (found == nullptr) continue;
      for (const StatusCue& cue : *found) {
        if (cue.where != StatusCue::Where::any) continue;
        if (needed(cue, token)) add(cue, token);
      }
    }
  }

  struct Found {
    StatusCueFound shown;
    bool positive = false, cancels = false;
  };

  const Scene& scene_;
  const View& view_;
  const Lexicon& lexicon_;
  const Match& match_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<StatusCueFound> find_status(const Scene& scene, const Match& match) {
  if (match.frame->has(kStanding)) return {};
  return Walk(scene, match).run();
}

}  // namespace casus::detail
