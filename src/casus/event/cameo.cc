// SPDX-License-Identifier: Apache-2.0
// Tests: cameo_test.cc, one for each line of the tables.
#include <casus/event/cameo.h>
#include <casus/event/tsv.h>

namespace casus {

CameoCrosswalk CameoCrosswalk::open(const std::filesystem::path& ontology_folder, const Ontology& ontology,
                                    std::vector<OntologyNote>& notes) {
  CameoCrosswalk out;
  const detail::Table in = detail::read_table(ontology_folder, "cameo_to_plover.tsv",
                                              {"cameo", "type", "modes", "contexts", "label"}, notes);
  for (const detail::Row& row : in.rows) {
    CameoMeaning meaning{row[0], row[1], detail::split(row[2], '|'), detail::split(row[3], ','), false};
    meaning.lossy = meaning.modes.size() > 1;
    bool known = meaning.type.empty() || !ontology.gloss(meaning.type).empty();
    for (const std::string& mode : meaning.modes) known = known && !ontology.gloss(meaning.type, mode).empty();
    if (!known || row[0].empty() || row[0].find_first_not_of("0123456789") != std::string::npos) {
      notes.push_back({in.file, row.line, "no code, or unknown type or mode; line left out"});
      continue;
    }
    if (!out.meanings_.emplace(row[0], std::move(meaning)).second)
      notes.push_back({in.file, row.line, "code " + row[0] + " stands twice; the first line counts"});
  }
  const detail::Table back =
      detail::read_table(ontology_folder, "cameo.tsv", {"type", "mode", "cameo", "label"}, notes);
  for (const detail::Row& row : back.rows) out.codes_.emplace(row[1].empty() ? row[0] : row[0] + '+' + row[1], row[2]);
  return out;
}

std::optional<CameoMeaning> CameoCrosswalk::meaning(std::string_view code) const {
  code = code.substr(0, code.find_first_not_of("0123456789"));
  for (std::string_view part = code; part.size() >= 2; part.remove_suffix(1)) {
    const auto found = meanings_.find(part);
    if (found == meanings_.end()) continue;
    CameoMeaning out = found->second;
    out.lossy = out.lossy || part.size() < code.size();
    return out;
  }
  return std::nullopt;
}

std::optional<CameoCode> CameoCrosswalk::code(std::string_view type, std::string_view mode) const {
  auto found = codes_.find(std::string(type) + '+' + std::string(mode));
  if (!mode.empty() && found != codes_.end()) return CameoCode{found->second, false};
  found = codes_.find(type);
  if (found == codes_.end()) return std::nullopt;
  return CameoCode{found->second, true};
}

std::vector<std::string> CameoCrosswalk::codes() const {
  std::vector<std::string> out;
  for (const auto& [code, meaning] : meanings_) out.push_back(code);
  return out;
}

}  // namespace casus
