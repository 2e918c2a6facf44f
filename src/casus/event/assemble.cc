// SPDX-License-Identifier: Apache-2.0
// Every step that decides a field leaves a WhyStep, in the order in which a person would ask. Tests: code_test.cc.
#include <casus/base/hash.h>
#include <casus/event/assemble.h>
#include <casus/event/confidence.h>
#include <casus/event/rewrite.h>
#include <casus/event/status.h>
#include <casus/event/when_where.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace casus::detail {
namespace {

constexpr int kOldDays = 400;  // an event dated further back than that is history, not news
constexpr std::size_t kMaxContexts = 6;

class Assembly {
 public:
  Assembly(const Scene& scene, const Attributor& attributor, const Match& match)
      : scene_(scene),
        attributor_(attributor),
        match_(match),
        view_(scene.view(match.sentence)),
        plover_(scene.ontology().plover) {}

  Event run(std::string_view version) {
    event_.type = match_.frame->type;
    event_.mode = match_.frame->mode;
    event_.trigger = trigger_span();
    event_.evidence = scene_.sentences()[match_.sentence].span;
    frame();
    parties();
    attribution();
    status();
    dates();
    modes();
    apply_rewrite();
    codes();
    confidence_step();
    event_.id = identity(version);
    return std::move(event_);
  }

 private:
  std::string words(Span span) const { return std::string(span.of(scene_.article().text)); }
  void why(const char* step, std::string detail, Span span = {}) {
    event_.why.push_back({step, std::move(detail), span});
  }

  // The trigger with its light verb's object or its particle: "expressed … support" is shown by its verb, "broke off"
  // by both words.
  Span trigger_span() const {
    Span span = view_.tree[match_.trigger].span;
    for (const std::uint32_t c : view_.tree.children(match_.trigger)) {
      if (view_.tree[c].deprel == "compound:prt" && c == match_.trigger + 1) span = span.cover(view_.tree[c].span);
    }
    return span;
  }

  void frame() {
    std::string detail = match_.frame->file + ":" + std::to_string(match_.frame->line) + ": '" +
                         words(view_.tree[match_.trigger].span) + "' read as " + event_.type +
                         (event_.mode.empty() ? "" : " " + event_.mode);
    if (match_.met > 0)
      detail += ", " + std::to_string(match_.met) + (match_.met == 1 ? " condition met" : " conditions met");
    if (!match_.frame->note.empty()) detail += " (" + match_.frame->note + ")";
    why("frame", std::move(detail), event_.trigger);
  }

  void side(const std::vector<Party>& parties, const char* step, std::vector<Actor>& out) {
    for (const Party& p : parties) {
      std::string detail = "'" + p.actor.text + "' is " + p.actor.name;
      if (!p.actor.country.empty()) detail += " (" + p.actor.country + ")";
      detail += ": " + p.how + " [" + p.slot + "]";
      if (p.descended) detail += ", named inside the phrase";
      if (!p.actor.reason.empty()) detail += "; " + p.actor.reason;
      why(step, std::move(detail), p.actor.span);
      out.push_back(p.actor);
    }
  }

  void parties() {
    side(match_.actors, "actor", event_.actors);
    const bool reciprocal = match_.frame->has(kReciprocal);
    side(match_.recipients, reciprocal ? "actor" : "recipient", reciprocal ? event_.actors : event_.recipients);
    if (match_.merged) why("recipient", match_.merged_why);
    const auto type = plover_.types.find(event_.type);
    event_.incomplete =
        type != plover_.types.end() && type->second.recipient_required && event_.recipients.empty() && !reciprocal;
    if (event_.incomplete) why("recipient", "the type asks for a recipient and the text names none");
    if (event_.actors.empty()) why("actor", "the text names nobody who did it");
  }

  void status() {
    for (StatusCueFound cue : find_status(scene_, match_)) {
      // "They said that they would": what was the future when it was said.
      if (cue.backshift && !event_.attribution.empty() && !event_.attribution.back().direct_quote)
        cue.status = Status::future;
      if (has(cue.status)) continue;
      event_.status.push_back(cue.status);
      announced_ = announced_ || cue.announced;
      why("status",
          std::string(to_string(cue.status)) + ": '" + cue.words + "'" +
              (cue.file_line.empty() ? ", an infinitive of purpose" : " (" + cue.file_line + ")"),
          view_.tree[cue.cue].span);
    }
    std::sort(event_.status.begin(), event_.status.end());
  }

  void attribution() {
    event_.attribution = attributor_.chain(match_.sentence, match_.trigger);
    // "The Kremlin announced sanctions": the verb that carries the act is the act, not a report of it by somebody.
    if (match_.carrier >= 0) {
      const Span carrier = view_.tree[static_cast<std::uint32_t>(match_.carrier)].span;
      std::erase_if(event_.attribution, [&](const Attribution& a) { return a.cue == carrier; });
    }
    for (const Attribution& a : event_.attribution) {
      why("attribution",
          a.speaker.name + " " + std::string(to_string(a.stance)) + " it: '" + words(a.cue) + "'" +
              (a.direct_quote ? ", in quotation marks" : ""),
          a.cue);
    }
    if (event_.attribution.empty()) why("attribution", "nobody is quoted: the outlet reports it itself");
  }

  bool has(Status s) const { return std::find(event_.status.begin(), event_.status.end(), s) != event_.status.end(); }

  void dates() {
    std::string reason;
    event_.date = find_date(scene_, match_, has(Status::future), reason);
    why("date", std::move(reason), event_.date.span);
    const Date published = scene_.article().published_date();
    const bool old = event_.date.value && published && event_.date.basis != Basis::publication &&
                     event_.date.value.last_day() + std::chrono::days{kOldDays} < published.first_day();
    if (old && !has(Status::historical)) {
      event_.status.push_back(Status::historical);
      why("status",
          "historical: dated " + event_.date.value.to_string() + ", long before the publication on " +
              published.to_string(),
          event_.date.span);
    }
    std::string where;
    event_.place = find_place(scene_, match_, where);
    why("place", std::move(where), event_.place.place.span);
  }

  // Words near the trigger, nearest first; for what is only asked, refused or threatened, all of its content.
  std::vector<std::uint32_t> near() const {
    std::vector<std::uint32_t> out;
    const bool content = event_.type == "REQUEST" || event_.type == "REJECT" || event_.type == "THREATEN";
    for (const std::uint32_t t : view_.tree.subtree(match_.trigger)) {
      int depth = 0;
      bool own_clause = true;
      for (std::int32_t at = static_cast<std::int32_t>(t);
           at >= 0 && at != static_cast<std::int32_t>(match_.trigger) && depth < 9; ++depth) {
        const auto token = static_cast<std::uint32_t>(at);
        const bool clause = view_.tree[token].upos == Upos::VERB && !view_.tree.relation_is(token, "xcomp") &&
                            !view_.tree.relation_is(token, "ccomp");
        own_clause = own_clause && (content || !clause);
        at = view_.tree.head(token);
      }
      const bool in_party = std::any_of(event_.actors.begin(), event_.actors.end(),
                                        [&](const Actor& a) { return a.span.contains(view_.tree[t].span); });
      if (own_clause && depth <= (content ? 8 : 2) && !in_party && (!content || t >= match_.trigger)) out.push_back(t);
    }
    std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto away = [&](std::uint32_t t) { return t > match_.trigger ? t - match_.trigger : match_.trigger - t; };
      return away(a) < away(b);
    });
    return out;
  }

  void modes() {
    const Lexicon& lexicon = scene_.tables().lexicon;
    const bool open = event_.mode.empty() || event_.mode == "beat";
    if (!open) return;
    for (const std::uint32_t t : near()) {
      if (t == match_.trigger && (event_.type != "ASSAULT" || match_.frame->pos == 'V')) continue;
      for (const std::string* word : {&view_.grammar.lemma(t), &view_.grammar.form(t)}) {
        const auto found = lexicon.modes.find(*word);
        if (found == lexicon.modes.end()) continue;
        for (const ModeCue& cue : found->second) {
          if (cue.type != event_.type) continue;
          event_.mode = cue.mode;
          why("mode", "'" + view_.tree[t].form + "' near the trigger says " + cue.mode, view_.tree[t].span);
          return;
        }
      }
    }
  }

  void apply_rewrite() {
    const std::string before = event_.type;
    // It is the actor's own announcement when the words say so, or when the only one quoted is the actor.
    const bool own_words = !event_.attribution.empty() && !event_.actors.empty() &&
                           !event_.attribution.back().speaker.id.empty() &&
                           std::any_of(event_.actors.begin(), event_.actors.end(), [&](const Actor& a) {
                             const Actor& s = event_.attribution.back().speaker;
                             return a.id == s.id || (!a.country.empty() && a.country == s.country);
                           });
    rewrite(plover_, announced_ || own_words, event_);
    if (event_.rule.empty()) return;
    why("rewrite", event_.rule + ": " + before + " → " + event_.type + ", as PLOVER asks");
    if (event_.type != before) event_.incomplete = false;
  }

  void codes() {
    const auto type = plover_.types.find(event_.type);
    if (type != plover_.types.end()) {
      event_.quad = type->second.quad;
      event_.score = type->second.score;
    }
    std::vector<std::string> contexts = match_.frame->contexts;
    if (const PloverMode* mode = plover_.mode(event_.type, event_.mode)) {
      event_.score = mode->score;
      contexts.insert(contexts.end(), mode->adds_context.begin(), mode->adds_context.end());
    } else {
      event_.mode.clear();
    }
    const Lexicon& lexicon = scene_.tables().lexicon;
    for (std::uint32_t t = 0; t < view_.tree.size(); ++t) {
      const auto found = lexicon.contexts.find(view_.grammar.lemma(t));
      if (found != lexicon.contexts.end()) contexts.insert(contexts.end(), found->second.begin(), found->second.end());
    }
    for (std::string& c : contexts) {
      const bool known = std::find(event_.contexts.begin(), event_.contexts.end(), c) != event_.contexts.end();
      if (!known && event_.contexts.size() < kMaxContexts) event_.contexts.push_back(std::move(c));
    }
    auto cameo = lexicon.cameo.find(event_.type + "+" + event_.mode);
    if (cameo == lexicon.cameo.end()) cameo = lexicon.cameo.find(event_.type);
    if (cameo != lexicon.cameo.end()) event_.cameo = cameo->second;
  }

  void confidence_step() {
    std::string parts;
    event_.confidence = confidence(scene_, match_, event_, parts);
    char text[32];
    std::snprintf(text, sizeof text, "%.2f from ", event_.confidence);
    why("confidence", text + parts);
  }

  static std::string spans(const std::vector<Actor>& actors) {
    std::string out;
    for (const Actor& a : actors) out += std::to_string(a.span.start) + '-' + std::to_string(a.span.end) + ' ';
    return out;
  }

  std::string identity(std::string_view version) const {
    const std::string evidence = std::to_string(event_.evidence.start) + '-' + std::to_string(event_.evidence.end);
    const std::string trigger = std::to_string(event_.trigger.start) + '-' + std::to_string(event_.trigger.end);
    return content_id("event", {scene_.article().revision, version, evidence, event_.type, trigger,
                                spans(event_.actors), spans(event_.recipients)});
  }

  const Scene& scene_;
  const Attributor& attributor_;
  const Match& match_;
  const View& view_;
  const Plover& plover_;
  bool announced_ = false;
  Event event_;
};

}  // namespace

Event assemble(const Scene& scene, const Attributor& attributor, const Match& match,
               std::string_view ontology_version) {
  return Assembly(scene, attributor, match).run(ontology_version);
}

}  // namespace casus::detail
