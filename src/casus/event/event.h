// SPDX-License-Identifier: Apache-2.0
#pragma once
// Event: who did what to whom, when, where, and according to whom, in the terms of PLOVER 2.0; every field leads to its
// characters.
//
//   std::cout << event.type << ' ' << name(event.actors) << " -> " << name(event.recipients) << '\n';
//
// All spans count bytes of Article::text. A value; nothing viewed.
#include <casus/base/date.h>
#include <casus/base/span.h>
#include <casus/knowledge/entity.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class Status : std::uint8_t { negation, future, hypothetical, historical };
std::string_view to_string(Status status);

enum class Stance : std::uint8_t { asserts, denies, accuses, promises, quotes };
std::string_view to_string(Stance stance);

enum class Basis : std::uint8_t { stated, relative, publication, inherited, unknown };
std::string_view to_string(Basis basis);

// One link of "according to whom". An empty chain means that the outlet itself reports it.
struct Attribution {
  Actor speaker;
  std::string verb;  // lemma of the cue: "say", "statement", "according"
  Span cue;          // where the cue stands
  Stance stance = Stance::asserts;
  bool direct_quote = false;  // the event's trigger stands between quotation marks
};

struct EventDate {
  Date value;
  Date end;                      // last day of a range; equal to value, or unknown, otherwise
  Basis basis = Basis::unknown;  // stated: written out; relative: "today", "last week" against the publication date;
                                 // publication: nothing said
  Span span;                     // the words; empty for publication and unknown
};

struct EventPlace {
  Place place;
  Basis basis =
      Basis::unknown;  // stated: in the event's clause; inherited: from the article, and said so; unknown: no place
};

// One step of how the event was found, for people.
struct WhyStep {
  std::string
      step;  // "frame", "path", "actor", "recipient", "status", "attribution", "date", "place", "rewrite", "confidence"
  std::string detail;  // one sentence
  Span span;           // characters it is about; may be empty
};

struct Event {
  std::string id;    // content_id("event", {revision, ontology version, evidence, type, role spans})
  std::string type;  // "SUPPORT", after rewrite rules
  std::string mode;  // "phone"; empty: none
  std::vector<std::string> contexts;
  int quad = 0;       // 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
  double score = 0;   // -10 … +10
  std::string cameo;  // root or code; empty where none can be told
  std::string was;    // type before a rewrite rule, empty: none applied
  std::string rule;   // the rewrite rule's name
  std::vector<Actor> actors;
  std::vector<Actor> recipients;
  bool incomplete = false;               // a recipient is required and the text names none
  std::vector<Status> status;            // empty: reported as having happened or going on
  std::vector<Attribution> attribution;  // outermost first
  EventDate date;
  EventPlace place;
  Span trigger;           // the words that say what happened
  Span evidence;          // the sentence
  double confidence = 0;  // in [0, 1]
  std::vector<WhyStep> why;
};

// "Maduro and the ELN": names joined for people.
std::string name(const std::vector<Actor>& actors);

}  // namespace casus
