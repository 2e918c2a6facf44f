// SPDX-License-Identifier: Apache-2.0
#pragma once
// Gold files in JSON Lines, as ../shared/data/events has them: one pair of actors a line ("source_actor",
// "target_actor", "plover" or "type"), or several events a line ("events": [{"plover", "source_text", "trigger"}]).
// A broken line becomes a note and is left out.
#include <casus/event/ontology.h>
#include <casus/event/score.h>

#include <string>
#include <string_view>
#include <vector>

namespace casus::cli {

struct GoldRecords {
  std::vector<PairRecord> pairs;
  std::vector<EventsRecord> several;
  std::string language;  // of the first line that names one
};

GoldRecords read_records(const std::string& file, std::string_view bytes, std::vector<OntologyNote>& notes);

}  // namespace casus::cli
