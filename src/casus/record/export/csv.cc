// SPDX-License-Identifier: Apache-2.0
// One event a line; lists of parties are joined by "; ", and so are their countries and sectors, in the same order.
#include <casus/record/export/export.h>

#include <array>
#include <charconv>

namespace casus {

namespace {

constexpr std::array<std::string_view, 34> kColumns = {"id",
                                                       "date",
                                                       "date_end",
                                                       "date_precision",
                                                       "date_basis",
                                                       "type",
                                                       "mode",
                                                       "quad",
                                                       "score",
                                                       "cameo",
                                                       "status",
                                                       "contexts",
                                                       "actors",
                                                       "actor_countries",
                                                       "actor_sectors",
                                                       "actor_ids",
                                                       "recipients",
                                                       "recipient_countries",
                                                       "recipient_sectors",
                                                       "recipient_ids",
                                                       "attribution",
                                                       "stance",
                                                       "place",
                                                       "place_country",
                                                       "latitude",
                                                       "longitude",
                                                       "place_precision",
                                                       "place_basis",
                                                       "confidence",
                                                       "quote",
                                                       "article",
                                                       "title",
                                                       "url",
                                                       "published"};

std::string number(double value) {
  std::array<char, 32> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

template <class Items, class Text>
std::string joined(const Items& items, std::string_view separator, Text text) {
  std::string out;
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += separator;
    first = false;
    out += text(item);
  }
  return out;
}

class Line {
 public:
  explicit Line(bool guard) : guard_(guard) {}

  Line& text(std::string_view value) {
    std::string cell;
    constexpr std::string_view kFormula = "=+-@\t\r";
    if (guard_ && !value.empty() && kFormula.find(value.front()) != std::string_view::npos) cell += '\'';
    cell += value;
    return put(cell);
  }
  Line& value(double n) { return put(number(n)); }
  Line& nothing() { return put(""); }
  std::string take() { return std::move(line_) + "\r\n"; }

 private:
  Line& put(std::string_view cell) {
    if (!first_) line_ += ',';
    first_ = false;
    const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos;
    if (!quoted) {
      line_ += cell;
      return *this;
    }
    line_ += '"';
    for (const char c : cell) {
      line_ += c;
      if (c == '"') line_ += '"';
    }
    line_ += '"';
    return *this;
  }

  bool guard_, first_ = true;
  std::string line_;
};

void put_parties(Line& line, const std::vector<Actor>& actors) {
  constexpr std::string_view kSeparator = "; ";
  line.text(joined(actors, kSeparator, [](const Actor& a) { return a.name; }));
  line.text(joined(actors, kSeparator, [](const Actor& a) { return a.country; }));
  line.text(joined(actors, kSeparator,
                   [](const Actor& a) { return joined(a.sectors, " ", [](const std::string& s) { return s; }); }));
  line.text(joined(actors, kSeparator, [](const Actor& a) { return a.id; }));
}

void put_place(Line& line, const EventPlace& at) {
  if (at.basis == Basis::unknown) {
    line.nothing().nothing().nothing().nothing().nothing().text(to_string(at.basis));
    return;
  }
  const Place& place = at.place;
  line.text(place.name).text(place.country);
  if (place.located && (place.precision == PlacePrecision::point || place.precision == PlacePrecision::city)) {
    line.value(place.lat).value(place.lon);
  } else {
    line.nothing().nothing();
  }
  line.text(to_string(place.precision)).text(to_string(at.basis));
}

}  // namespace

std::string csv_header() {
  return joined(kColumns, ",", [](std::string_view name) { return name; }) + "\r\n";
}

std::string csv_line(const EventRow& row, const ExportOptions& options) {
  const Event& e = row.event;
  Line line(options.guard_formulas);
  line.text(e.id).text(e.date.value.to_string());
  line.text(e.date.end && e.date.end != e.date.value ? e.date.end.to_string() : "");
  line.text(to_string(e.date.value.precision())).text(to_string(e.date.basis)).text(e.type).text(e.mode);
  line.value(e.quad).value(e.score).text(e.cameo);
  line.text(joined(e.status, " ", [](Status s) { return std::string(to_string(s)); }));
  line.text(joined(e.contexts, " ", [](const std::string& c) { return c; }));
  put_parties(line, e.actors);
  put_parties(line, e.recipients);
  line.text(joined(e.attribution, " < ", [](const Attribution& a) { return a.speaker.name; }));
  line.text(joined(e.attribution, " < ", [](const Attribution& a) { return std::string(to_string(a.stance)); }));
  put_place(line, e.place);
  line.value(e.confidence).text(row.quote).text(row.article).text(row.title).text(row.url).text(row.published);
  return line.take();
}

}  // namespace casus
