// SPDX-License-Identifier: Apache-2.0
#pragma once
// The examples that specify this room: a sentence with marks for parties, trigger, speaker, date and place, and the
// events that must come of it (ontology/examples/README.md).
//
//   [a:France] [t:expelled] [r:two Russian diplomats], [h:officials] said.<TAB>SANCTION/expel<TAB>plain
//
// Shape: spans count bytes of Example::text, which has no marks. Errors: a broken line becomes an OntologyNote with
// file, line and reason and is left out; its neighbours are read. Bounds as in tsv.h. Linear.
#include <casus/event/event.h>
#include <casus/event/ontology.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

// One thing that the event may be called; several modes: any of them will do.
struct GoldLabel {
  std::string type;
  std::vector<std::string> modes;
};

struct GoldEvent {
  std::vector<GoldLabel> labels;  // alternatives, at least one
  bool optional = false;          // `TYPE?`: neither wanted nor wrong
  std::vector<Status> status;     // sorted
  std::optional<Stance> stance;
  std::vector<Span> actors, recipients, triggers, holders, dates, places;
};

struct Example {
  std::string file;
  std::size_t line = 0;
  std::string text;
  std::vector<GoldEvent> events;
  std::string note;
};

// Types and modes must be those of `ontology`.
std::vector<Example> parse_examples(std::string file, std::string_view bytes, const Ontology& ontology,
                                    std::vector<OntologyNote>& notes);

}  // namespace casus
