// SPDX-License-Identifier: Apache-2.0
#pragma once
// What Ontology holds behind its public face. Internal to the room; const once opened.
#include <casus/event/frame.h>
#include <casus/event/lexicon.h>
#include <casus/event/plover.h>

#include <map>
#include <string>

namespace casus::detail {

// Everything that one language needs.
struct LanguageTables {
  Lexicon lexicon;
  Frames frames;
  std::vector<Blocker> blockers;
  TriggerIndex blocked;
};

struct OntologyTables {
  Plover plover;
  std::map<std::string, LanguageTables, std::less<>> languages;

  const LanguageTables* language(std::string_view code) const {
    const auto found = languages.find(code);
    return found == languages.end() ? nullptr : &found->second;
  }
};

}  // namespace casus::detail
