// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one way into this room: an article, its sentences and its mentions in, events out, in text order.
//
// Deterministic; linear in sentences (each sentence costs at most frames matched × tokens). No event without a trigger
// and a resolved or described party. Threads: const inputs, no shared state.
#include <casus/event/event.h>
#include <casus/event/ontology.h>
#include <casus/knowledge/resolve.h>
#include <casus/language/sentence.h>
#include <casus/page/article.h>

#include <span>
#include <string>
#include <vector>

namespace casus {

struct CodeOptions {
  bool near_misses = false;  // also say for each sentence without events what came near and what stopped it
  std::string language;      // whose frames to use; empty: English
};

// A sentence that gave no event although a trigger stood in it.
struct NearMiss {
  Span evidence;
  Span trigger;
  std::string frame;    // the frame line that nearly matched
  std::string stopped;  // what was missing, in words
};

struct Coding {
  std::vector<Event> events;
  std::vector<NearMiss> near_misses;
};

Coding code(const Article& article, std::span<const Sentence> sentences, std::span<const Mention> mentions,
            const Ontology& ontology, const Knowledge& knowledge, const CodeOptions& options = {});

// The event's label under another coding tradition (a profile of plover.toml): its rewrite rule, type and mode, or type
// decide, in this order; the type itself where the profile says nothing. "plover-2.0" is the ontology's own.
std::string label(const Ontology& ontology, std::string_view profile, const Event& event);

}  // namespace casus
