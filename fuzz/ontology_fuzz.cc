// SPDX-License-Identifier: Apache-2.0
// Arbitrary bytes as plover.toml and as each table of the ontology: notes or errors, never a crash, in linear time.
#include <casus/event/frame.h>
#include <casus/event/lexicon.h>
#include <casus/event/plover.h>
#include <casus/event/tsv.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace casus;

namespace {

template <std::size_t N>
detail::Table table_of(std::string_view bytes, const char* const (&columns)[N], std::vector<OntologyNote>& notes) {
  return detail::parse_table("fuzz.tsv", bytes, {std::begin(columns), std::end(columns)}, notes);
}

// Two types and one mode are enough for rows to come through.
const detail::Plover& small_plover() {
  static const detail::Plover plover = [] {
    detail::Plover out;
    out.types["CONSULT"] = {1, 2.5, false, ""};
    out.types["ASSAULT"] = {4, -9, false, ""};
    out.modes["CONSULT"]["phone"] = {1.5, {}, ""};
    out.contexts["military"] = "";
    return out;
  }();
  return plover;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);  // NOLINT: the fuzzer's own type
  std::vector<OntologyNote> notes;
  detail::Lexicon lexicon;
  switch (data[0] % 6) {
    case 0:
      (void)detail::parse_plover(bytes);
      break;
    case 1: {
      const detail::Classes classes = detail::read_classes(table_of(bytes, detail::kClassColumns, notes), notes);
      std::vector<detail::Condition> conditions;
      detail::Role role;
      std::string error;
      (void)detail::parse_conditions(bytes, classes, conditions, error);
      (void)detail::parse_role(bytes, classes, role, error);
      break;
    }
    case 2: {
      detail::Frames frames;
      detail::read_frames(table_of(bytes, detail::kFrameColumns, notes), small_plover(), {{"talks", {"talk"}}}, frames,
                          notes);
      break;
    }
    case 3: {
      std::vector<detail::Blocker> blockers;
      detail::TriggerIndex index;
      detail::read_blockers(table_of(bytes, detail::kBlockerColumns, notes), small_plover(), {}, blockers, index,
                            notes);
      break;
    }
    case 4:
      detail::read_cues(table_of(bytes, detail::kCueColumns, notes), lexicon, notes);
      break;
    default:
      detail::read_time(table_of(bytes, detail::kTimeColumns, notes), lexicon, notes);
      break;
  }
  return 0;
}
