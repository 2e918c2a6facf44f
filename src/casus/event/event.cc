// SPDX-License-Identifier: Apache-2.0
#include <casus/event/event.h>

namespace casus {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::negation:
      return "negation";
    case Status::future:
      return "future";
    case Status::hypothetical:
      return "hypothetical";
    case Status::historical:
      return "historical";
  }
  return "negation";
}

std::string_view to_string(Stance stance) {
  switch (stance) {
    case Stance::asserts:
      return "asserts";
    case Stance::denies:
      return "denies";
    case Stance::accuses:
      return "accuses";
    case Stance::promises:
      return "promises";
    case Stance::quotes:
      return "quotes";
  }
  return "asserts";
}

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::stated:
      return "stated";
    case Basis::relative:
      return "relative";
    case Basis::publication:
      return "publication";
    case Basis::inherited:
      return "inherited";
    case Basis::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string name(const std::vector<Actor>& actors) {
  std::string out;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    if (i > 0) out += i + 1 == actors.size() ? " and " : ", ";
    out += actors[i].name;
  }
  return out;
}

}  // namespace casus
