// SPDX-License-Identifier: Apache-2.0
#include <casus/base/result.h>

namespace casus {

std::string_view to_string(Errc code) {
  switch (code) {
    case Errc::invalid_input:
      return "invalid_input";
    case Errc::too_large:
      return "too_large";
    case Errc::not_found:
      return "not_found";
    case Errc::unreadable:
      return "unreadable";
    case Errc::corrupt:
      return "corrupt";
    case Errc::unsupported:
      return "unsupported";
    case Errc::refused:
      return "refused";
    case Errc::timed_out:
      return "timed_out";
  }
  return "invalid_input";
}

std::string Error::describe() const {
  std::string out(to_string(code));
  out += ": ";
  out += message;
  if (offset >= 0) out += " (at byte " + std::to_string(offset) + ")";
  return out;
}

}  // namespace casus
