// SPDX-License-Identifier: Apache-2.0
// Circumstances by attachment: an expression of time counts for an event only when it hangs from the trigger, from what
// carries it, or from the verb that the event is subject or object of ("the Kremlin said today" dates the saying); a
// place must hang there with a preposition of place, or stand inside what was done to. Where an office sits or whom a
// party belongs to is no place of an event. Tests: when_where_test.cc, code_test.cc over testdata/.
#include <casus/event/attribution.h>
#include <casus/event/when_where.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr int kFar = 100;     // a way to a place that does not count
constexpr int kMaxClimb = 8;  // arcs between a place and the trigger
constexpr int kLoose = 50;    // an expression of time that hangs from a participle below the event

// Verbs whose circumstances are the event's: the trigger, its carrier, the verb it is subject or object of, verbs it is
// joined to.
std::vector<std::uint32_t> clauses(const Scene& scene, const Match& match) {
  const View& view = scene.view(match.sentence);
  const Lexicon& lexicon = scene.tables().lexicon;
  std::vector<std::uint32_t> out{match.trigger};
  if (match.carrier >= 0) out.push_back(static_cast<std::uint32_t>(match.carrier));
  std::uint32_t at = match.trigger;
  for (int step = 0; step < 4; ++step) {
    const std::int32_t h = view.tree.head(at);
    if (h < 0) break;
    const auto head = static_cast<std::uint32_t>(h);
    const bool shared =
        view.tree.relation_is(at, "xcomp") || (view.tree.relation_is(at, "conj") && view.tree.child(at, "nsubj") < 0) ||
        (match.frame->pos == 'N' && (view.tree.relation_is(at, "nsubj") || view.tree.relation_is(at, "obj")));
    if (!shared || lexicon.say.contains(view.grammar.lemma(head))) break;
    out.push_back(head);
    at = head;
  }
  return out;
}

std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
  return a > b ? a - b : b - a;
}

// How closely an expression of time belongs to the event: 0 to its clause, kLoose to a participle below it, kFar not.
int belongs(const Scene& scene, const Match& match, const std::vector<std::uint32_t>& own, std::uint32_t first,
            std::uint32_t last) {
  const Tree& tree = scene.view(match.sentence).tree;
  const auto is_own = [&](std::uint32_t t) { return std::find(own.begin(), own.end(), t) != own.end(); };
  std::uint32_t at = first;
  while (tree.head(at) >= 0 && static_cast<std::uint32_t>(tree.head(at)) >= first &&
         static_cast<std::uint32_t>(tree.head(at)) < last) {
    at = static_cast<std::uint32_t>(tree.head(at));
  }
  if (is_own(at)) return 0;  // "the 2022 visit": the year hangs beside the trigger or is read with it
  int price = 0;
  for (int step = 0; step < kMaxClimb; ++step) {
    const std::int32_t h = tree.head(at);
    if (h < 0) return kFar;
    const auto head = static_cast<std::uint32_t>(h);
    if (is_own(head)) {
      // A clause of its own below the event has its own time.
      const bool clause =
          tree[at].upos == Upos::VERB && step > 0 &&
          (tree.child(at, "nsubj") >= 0 || tree.relation_is(at, "conj") || tree.relation_is(at, "ccomp"));
      return clause ? kFar : price;
    }
    if (tree[head].upos == Upos::VERB) {
      const bool participle =
          (tree.relation_is(head, "acl") || tree.relation_is(head, "advcl") || tree.relation_is(head, "xcomp")) &&
          tree.child(head, "nsubj") < 0 && tree[head].deprel != "acl:relcl" &&
          !scene.tables().lexicon.say.contains(scene.view(match.sentence).grammar.lemma(head));
      if (!participle) return kFar;
      price = kLoose;
    }
    at = head;
  }
  return kFar;
}

// Types whose events happen where what they are done to stands: deeds, not words.
bool material(const Scene& scene, const Match& match) {
  const auto& types = scene.ontology().plover.types;
  const auto type = types.find(match.frame->type);
  return type != types.end() && (type->second.quad == 2 || type->second.quad == 4);
}

// Prepositions that lead to a place, by class of the cue table: "in", "near"; "into", "through"; "from", where somebody
// is taken or goes away; "to", where somebody goes.
class PlacePrepositions {
 public:
  PlacePrepositions(const View& view, const FrameSpec& frame) : view_(view) {
    const std::string& type = frame.type;
    leaves_ = type == "RETREAT" || type == "AID" || frame.mode == "abduct" || frame.mode == "deport";
    goes_ = type == "MOBILIZE" || frame.mode == "visit" || type == "CONSULT";
    crosses_ = type != "AID" && type != "CONSULT";
  }
  bool at(std::uint32_t token) const {
    for (const std::uint32_t c : view_.tree.children(token)) {
      if (!view_.tree.relation_is(c, "case") || c > token) continue;
      const auto is = [&](const char* name) { return view_.grammar.in_class(c, name); };
      if (is("locative") || (crosses_ && is("place_path")) || (leaves_ && is("place_from")) ||
          (goes_ && is("place_to")))
        return true;
    }
    return false;
  }
  // Inside a phrase: "a police station in Morales", "the village of Khiam"; where somebody comes from is no place.
  bool within(std::uint32_t token) const {
    for (const std::uint32_t c : view_.tree.children(token)) {
      if (!view_.tree.relation_is(c, "case") || c > token) continue;
      if (view_.grammar.in_class(c, "locative") || view_.grammar.in_class(c, "place_of")) return true;
    }
    return false;
  }

 private:
  const View& view_;
  bool leaves_ = false, goes_ = false, crosses_ = false;
};

// How far a word stands from the event as its place; kFar: it is not.
class PlaceWay {
 public:
  PlaceWay(const Scene& scene, const Match& match, const std::vector<std::uint32_t>& own)
      : match_(match),
        own_(own),
        view_(scene.view(match.sentence)),
        prepositions_(view_, *match.frame),
        material_(material(scene, match)) {}

  int price(std::uint32_t token) const {
    int price = 0;
    std::uint32_t at = token;
    for (int step = 0; step < kMaxClimb; ++step) {
      const std::int32_t h = view_.tree.head(at);
      if (h < 0) return kFar;
      const auto head = static_cast<std::uint32_t>(h);
      const int arc = own(head) ? last_arc(at, head, at != token) : inner_arc(at);
      if (arc >= kFar) return kFar;
      price += arc;
      if (own(head)) return price;
      at = head;
    }
    return kFar;
  }

 private:
  bool own(std::uint32_t t) const { return std::find(own_.begin(), own_.end(), t) != own_.end(); }
  bool relation(std::uint32_t t, const char* name) const { return view_.tree.relation_is(t, name); }
  bool is_actor(std::uint32_t t) const {
    return std::any_of(match_.actors.begin(), match_.actors.end(),
                       [&](const Party& p) { return p.actor.span.contains(view_.tree[t].span); });
  }

  // The arc that ends at the event itself.
  int last_arc(std::uint32_t at, std::uint32_t head, bool inside) const {
    if (view_.tree[at].deprel == "obl:agent") return kFar;
    if (relation(at, "obl") || relation(at, "nmod") || relation(at, "advmod")) {
      if (prepositions_.at(at)) return 0;
      // "an attack on a police academy in Homs"
      const bool named = material_ && inside && relation(at, "nmod") && head == match_.trigger && !is_actor(at);
      return named || (material_ && inside && relation(at, "obl") && !is_actor(at)) ? 2 : kFar;
    }
    // "bombed a hospital in Aleppo", "a party in Bilin was bombed"
    const bool done_to = relation(at, "obj") || view_.tree[at].deprel == "nsubj:pass";
    if (done_to) return material_ && inside ? 2 : kFar;
    // Those who protest do it where they are; an official's town says nothing.
    if (relation(at, "nsubj") && match_.frame->type == "PROTEST") return inside ? 2 : kFar;
    if (relation(at, "conj") || relation(at, "appos")) return kFar;
    return kFar;
  }

  // An arc inside the phrase: "a police station in Morales", "Syunik province", "the village of Khiam".
  int inner_arc(std::uint32_t at) const {
    if (relation(at, "nmod")) return prepositions_.within(at) ? 1 : kFar;
    if (relation(at, "compound") || relation(at, "flat") || relation(at, "appos")) return 0;
    if (relation(at, "conj")) return 1;
    // "worshippers leaving a mosque in Kankara"
    const bool participle =
        view_.tree[at].upos == Upos::VERB && relation(at, "acl") && view_.tree[at].deprel != "acl:relcl";
    if (participle) return material_ ? 4 : kFar;
    if (relation(at, "obl")) return prepositions_.at(at) && material_ ? 1 : kFar;
    return relation(at, "obj") && material_ ? 1 : kFar;
  }

  const Match& match_;
  const std::vector<std::uint32_t>& own_;
  const View& view_;
  PlacePrepositions prepositions_;
  bool material_;
};

// What was done to may itself be the place of a deed: "bombed Kharkiv".
bool struck(const Scene& scene, const Match& match, const Mention& m) {
  const std::string& type = match.frame->type;
  if (type != "ASSAULT" && type != "COERCE" && type != "MOBILIZE" && type != "RETREAT") return false;
  if (scene.view(match.sentence).tree[m.head].upos == Upos::ADJ) return false;  // "Ukrainian" is no place
  return std::any_of(match.recipients.begin(), match.recipients.end(),
                     [&](const Party& p) { return p.actor.span == m.span && p.actor.kind == EntityKind::place; });
}

// A country before a noun says whose it is, not where.
bool whose(const View& view, const Mention& m) {
  return view.tree.relation_is(m.head, "compound") || view.tree.relation_is(m.head, "amod") ||
         view.tree[m.head].deprel == "nmod:poss";
}

// A name that the knowledge does not list, where a place must stand: "in Let Yet Kone". Its words are all that is
// known.
std::optional<Place> unlisted(const Scene& scene, const Match& match, const PlaceWay& way, std::uint32_t& best) {
  const View& view = scene.view(match.sentence);
  std::optional<Place> out;
  for (const Name& name : view.sentence->names) {
    if (name.kind != NameKind::location || name.last > view.tree.size() || name.first >= name.last) continue;
    std::uint32_t head = name.first;
    for (std::uint32_t t = name.first; t < name.last; ++t) {
      const std::int32_t h = view.tree.head(t);
      if (h < static_cast<std::int32_t>(name.first) || h >= static_cast<std::int32_t>(name.last)) head = t;
    }
    if (view.covered[head] >= 0 || view.tree[head].upos != Upos::PROPN) continue;
    const int price = way.price(head);
    if (price >= kFar) continue;
    const std::uint32_t rank = static_cast<std::uint32_t>(price) * 1000 + distance(head, match.trigger);
    if (rank >= best) continue;
    best = rank;
    Place place;
    place.span = {view.tree[name.first].span.start, view.tree[name.last - 1].span.end};
    place.text = place.name = std::string(place.span.of(scene.article().text));
    place.reason = "named here; the knowledge lists no place by it";
    out = place;
  }
  return out;
}

// "KYIV, March 4 (Reuters) —": the place that opens the article.
const Mention* dateline(const Scene& scene) {
  if (scene.sentences().empty()) return nullptr;
  const View& view = scene.view(0);
  if (dateline_tokens(view) == 0) return nullptr;
  for (const Mention& m : scene.mentions_of(0)) {
    if (m.first != 0 || !m.place || m.last >= view.tree.size()) continue;
    if (view.tree[m.last].upos == Upos::PUNCT || view.tree[m.last].form == "(") return &m;
  }
  return nullptr;
}

}  // namespace

EventDate find_date(const Scene& scene, const Match& match, bool future, std::string& reason) {
  const View& view = scene.view(match.sentence);
  const Date published = scene.article().published_date();
  const std::vector<std::uint32_t> own = clauses(scene, match);
  EventDate out;
  const std::uint32_t dateline = match.sentence == 0 ? dateline_tokens(view) : 0;
  std::uint32_t best = ~0U;
  for (const TimeExpression& t : find_times(view.grammar, scene.tables().lexicon, published, future)) {
    if (t.first < dateline) continue;  // when the report was filed
    const int price = belongs(scene, match, own, t.first, t.last);
    if (price >= kFar) continue;
    // One that can be counted says more than "at dawn".
    const std::uint32_t away = distance(t.first, match.trigger) + static_cast<std::uint32_t>(price) +
                               (t.value ? 0U : static_cast<std::uint32_t>(kLoose));
    if (away >= best) continue;
    best = away;
    out.value = t.value;
    out.end = t.end;
    out.basis = t.basis;
    out.span = {view.tree[t.first].span.start, view.tree[t.last - 1].span.end};
  }
  if (best != ~0U) {
    const std::string words(out.span.of(scene.article().text));
    if (out.basis == Basis::stated)
      reason = "'" + words + "' is written out";
    else if (out.value)
      reason = "'" + words + "' counted from the publication on " + published.to_string();
    else
      reason = "'" + words +
               "' cannot be counted: " + (published ? "it does not say how much" : "the publication date is not known");
    return out;
  }
  if (published) {
    out.value = published;
    out.basis = Basis::publication;
    reason = "the clause names no time; this is the day of publication, not of the event";
  } else {
    reason = "the clause names no time and the article has no date";
  }
  return out;
}

EventPlace find_place(const Scene& scene, const Match& match, std::string& reason) {
  const View& view = scene.view(match.sentence);
  const std::vector<std::uint32_t> own = clauses(scene, match);
  EventPlace out;
  const PlaceWay way(scene, match, own);
  std::uint32_t best = ~0U;
  const std::uint32_t dateline_end = match.sentence == 0 ? dateline_tokens(view) : 0;
  for (const Mention& m : scene.mentions_of(match.sentence)) {
    if (!m.place || m.head >= view.tree.size() || m.head < dateline_end) continue;
    const bool hit = struck(scene, match, m);
    const auto is_party = [&](const std::vector<Party>& side) {
      return std::any_of(side.begin(), side.end(), [&](const Party& p) { return p.actor.span == m.span; });
    };
    if (!hit && (view.tree[m.head].upos == Upos::ADJ || is_party(match.recipients) || is_party(match.actors))) continue;
    if (!hit && m.actor && m.actor->kind == EntityKind::country && whose(view, m)) continue;  // "Dutch police"
    const int price = hit ? 1 : way.price(m.head);
    if (price >= kFar) continue;
    const std::uint32_t rank = static_cast<std::uint32_t>(price) * 1000 + distance(m.head, match.trigger);
    if (rank >= best) continue;
    best = rank;
    out.place = *m.place;
    if (out.place.span.empty()) out.place.span = m.span;
    out.basis = Basis::stated;
    reason = hit ? "the place that it was done to" : "named with a preposition of place in the clause";
  }
  if (auto place = unlisted(scene, match, way, best)) {
    out.place = std::move(*place);
    out.basis = Basis::stated;
    reason = out.place.reason;
  }
  if (best != ~0U) return out;
  if (const Mention* m = dateline(scene);
      m != nullptr && scene.sentences()[match.sentence].paragraph == scene.sentences()[0].paragraph) {
    out.place = *m->place;
    out.basis = Basis::inherited;
    reason = "the clause names no place; this is the dateline";
    return out;
  }
  reason = "the clause names no place";
  return out;
}

}  // namespace casus::detail
