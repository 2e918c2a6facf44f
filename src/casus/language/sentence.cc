// SPDX-License-Identifier: Apache-2.0
#include <casus/language/sentence.h>

#include <array>

namespace casus {

namespace {
constexpr std::array<std::string_view, 17> kUpos = {"X",     "ADJ",   "ADP",   "ADV", "AUX",  "CCONJ",
                                                    "DET",   "INTJ",  "NOUN",  "NUM", "PART", "PRON",
                                                    "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};
}  // namespace

std::string_view to_string(Upos upos) {
  return kUpos[static_cast<std::size_t>(upos)];
}

Upos upos_from(std::string_view text) {
  for (std::size_t i = 0; i < kUpos.size(); ++i) {
    if (kUpos[i] == text) return static_cast<Upos>(i);
  }
  return Upos::X;
}

std::string_view to_string(NameKind kind) {
  switch (kind) {
    case NameKind::person:
      return "PER";
    case NameKind::organisation:
      return "ORG";
    case NameKind::location:
      return "LOC";
    case NameKind::other:
      return "MISC";
  }
  return "MISC";
}

}  // namespace casus
