// SPDX-License-Identifier: Apache-2.0
#include <casus/knowledge/entity.h>

namespace casus {

std::string_view to_string(EntityKind kind) {
  switch (kind) {
    case EntityKind::country:
      return "country";
    case EntityKind::place:
      return "place";
    case EntityKind::region:
      return "region";
    case EntityKind::person:
      return "person";
    case EntityKind::organisation:
      return "organisation";
    case EntityKind::group:
      return "group";
    case EntityKind::office:
      return "office";
    case EntityKind::media:
      return "media";
    case EntityKind::building:
      return "building";
    case EntityKind::agent:
      return "agent";
    case EntityKind::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view to_string(PlacePrecision precision) {
  switch (precision) {
    case PlacePrecision::point:
      return "point";
    case PlacePrecision::city:
      return "city";
    case PlacePrecision::admin1:
      return "admin1";
    case PlacePrecision::country:
      return "country";
    case PlacePrecision::region:
      return "region";
  }
  return "city";
}

}  // namespace casus
