// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an event is: types, modes, contexts, scores and rewrite rules (ontology/plover.toml) and the frames that trigger
// them (ontology/frames/<language>/*.tsv). A broken line is reported with file, line and reason and never takes the
// others down.
#include <casus/base/result.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

namespace detail {
struct OntologyTables;
}

struct OntologyNote {
  std::string file;
  std::size_t line = 0;
  std::string message;
};

class Ontology {
 public:
  // Errors: not_found, invalid_input when plover.toml itself is broken or incomplete (16 types, 67 modes, 37 contexts,
  // 25 sectors).
  static Result<std::shared_ptr<const Ontology>> open(const std::filesystem::path& folder);
  virtual ~Ontology() = default;

  virtual std::string_view version() const = 0;  // of plover.toml and a hash of the frames: part of every event id
  virtual const std::vector<OntologyNote>& notes() const = 0;  // broken or doubtful frame lines
  // Trigger senses: a word that stands in two frames counts twice. 0: no frames for that language.
  virtual std::vector<std::string> languages() const = 0;  // that have frames, in order of their codes
  virtual std::size_t frame_count(std::string_view language) const = 0;
  // One line about a type ("meets, visits, hosts …") or about a mode of it; empty where there is no such thing.
  virtual std::string_view gloss(std::string_view type, std::string_view mode = {}) const = 0;
  // The label of an event of this type and mode under another coding tradition ("plv"); the type itself where the
  // profile does not differ.
  virtual std::string label(std::string_view profile, std::string_view type, std::string_view mode = {}) const = 0;
  // For code() alone.
  virtual const detail::OntologyTables& tables() const = 0;
};

}  // namespace casus
