// SPDX-License-Identifier: Apache-2.0
#include <casus/record/record.h>

namespace casus {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::added:
      return "added";
    case Outcome::unchanged:
      return "unchanged";
    case Outcome::revised:
      return "revised";
    case Outcome::duplicate:
      return "duplicate";
    case Outcome::refused:
      return "refused";
  }
  return "refused";
}

}  // namespace casus
