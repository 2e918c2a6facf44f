// SPDX-License-Identifier: Apache-2.0
#pragma once
// CAMEO and PLOVER, both ways: ontology/cameo.tsv says what code an event gets, ontology/cameo_to_plover.tsv what a
// code means. Both lose something: a PLOVER type without a mode has only a root, a fine CAMEO code may fit two modes.
//
// Codes are strings ("0841"; a number would lose the zero). An unlisted fine code is read as its nearest listed
// beginning ("1312" as "131"). Errors of open(): none; what is missing or broken becomes a note.
#include <casus/event/ontology.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

struct CameoMeaning {
  std::string code;                // the listed code that it was read from
  std::string type;                // empty: PLOVER has no event for it (01, 02)
  std::vector<std::string> modes;  // candidates; empty: none
  std::vector<std::string> contexts;
  bool lossy = false;  // several modes fit, or a longer code was cut
};

struct CameoCode {
  std::string code;
  bool lossy = false;  // only the root is known
};

class CameoCrosswalk {
 public:
  static CameoCrosswalk open(const std::filesystem::path& ontology_folder, const Ontology& ontology,
                             std::vector<OntologyNote>& notes);
  // nullopt: no CAMEO code at all ("13y" is read as "13").
  std::optional<CameoMeaning> meaning(std::string_view code) const;
  std::optional<CameoCode> code(std::string_view type, std::string_view mode) const;
  std::size_t size() const { return meanings_.size(); }
  std::vector<std::string> codes() const;

 private:
  std::map<std::string, CameoMeaning, std::less<>> meanings_;
  std::map<std::string, std::string, std::less<>> codes_;  // "TYPE" and "TYPE+mode"
};

}  // namespace casus
