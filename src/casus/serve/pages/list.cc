// SPDX-License-Identifier: Apache-2.0
#include "list.h"

#include <casus/record/json.h>

#include <algorithm>
#include <map>
#include <optional>

#include "../headline.h"
#include "../limits.h"
#include "../words.h"
#include "parts.h"

namespace casus::detail {
namespace {

std::string address(const EventList& list, const std::string& query) {
  return list.path + query;
}

std::uint64_t largest(const std::vector<Count>& counts) {
  std::uint64_t most = 1;
  for (const Count& count : counts) most = std::max(most, count.count);
  return most;
}

// A bar as wide as its share; the number beside it says the same in words.
void write_bar(Html& html, std::uint64_t count, std::uint64_t most) {
  const auto svg = html.in("svg", {{"class", "bar"},
                                   {"viewbox", "0 0 100 4"},
                                   {"preserveaspectratio", "none"},
                                   {"aria-hidden", "true"},
                                   {"focusable", "false"}});
  const std::uint64_t width = std::max<std::uint64_t>(1, count * 100 / most);
  html.leaf("rect", {{"width", std::to_string(width)}, {"height", "4"}, {"rx", "1"}}, "");
}

// Months counted from the year 0, and back.
std::optional<int> month_number(std::string_view iso_month) {
  const auto date = Date::parse(iso_month);
  if (!date || date->month == 0) return std::nullopt;
  return date->year * 12 + date->month - 1;
}

Date month_date(int number) {
  return {static_cast<std::int16_t>(number / 12), static_cast<std::uint8_t>(number % 12 + 1), 0};
}

struct Facet {
  std::string_view title, key;  // key empty: shown, but nothing to choose
  const std::vector<Count>& counts;
};

std::string facet_name(const Facet& facet, const std::string& key) {
  if (key.empty()) return "not known";
  if (facet.key == "country") return country_name(key);
  if (facet.key == "since") return format_month(key);
  return key;
}

void write_facet_row(Html& html, const EventList& list, const Facet& facet, const Count& count, std::uint64_t most) {
  const auto item = html.in("li");
  const std::string name = facet_name(facet, count.key);
  const bool chosen = !count.key.empty() && list.filters.value(facet.key) == count.key;
  // A value that no address may carry (a country that is no code) is counted, but cannot be chosen.
  const bool choosable =
      !facet.key.empty() && !count.key.empty() && bool(read_filters({{std::string(facet.key), count.key}}));
  if (!choosable) {
    html.leaf("bdi", {{"class", "name"}}, name);
  } else {
    const std::string query = chosen                 ? list.filters.with(facet.key, "")
                              : facet.key == "since" ? list.filters.with_month(count.key)
                                                     : list.filters.with(facet.key, count.key);
    const auto link = html.in("a", {Link::local(address(list, query)), {"class", chosen ? "name chosen" : "name"}});
    html.leaf("bdi", name);
  }
  html.leaf("span", {{"class", "count"}}, format_count(count.count));
  write_bar(html, count.count, most);
}

void write_facet(Html& html, const EventList& list, const Facet& facet) {
  if (facet.counts.empty()) return;
  const auto section = html.in("section", {{"class", "facet"}});
  html.leaf("h2", facet.title);
  const std::uint64_t most = largest(facet.counts);
  const std::size_t shown = std::min(facet.counts.size(), kFacetRows);
  {
    const auto items = html.in("ol");
    for (std::size_t i = 0; i < shown; ++i) write_facet_row(html, list, facet, facet.counts[i], most);
  }
  if (shown == facet.counts.size()) return;
  const auto more = html.in("details");
  html.leaf("summary", format_count(facet.counts.size() - shown) + " more");
  const auto items = html.in("ol");
  const std::size_t end = std::min(facet.counts.size(), shown + 200);
  for (std::size_t i = shown; i < end; ++i) write_facet_row(html, list, facet, facet.counts[i], most);
}

std::string counts_json(const std::vector<Count>& counts) {
  std::string out = "[";
  for (const Count& count : counts) {
    if (out.size() > 1) out += ',';
    out += "{\"key\":" + json_string(count.key) + ",\"count\":" + std::to_string(count.count) + "}";
  }
  return out + "]";
}

Result<Reply> list_json(const Context& context, const EventList& list) {
  std::string events;
  Article article;  // rows of one article often follow each other
  std::string loaded;
  for (const EventRow& row : list.rows) {
    if (loaded != row.article) {
      CASUS_ASSIGN(auto found, context.record.article(row.article));
      article = found ? std::move(*found) : Article{};
      loaded = row.article;
    }
    if (!events.empty()) events += ",\n";
    events += event_row_json(row, article);
  }
  const std::size_t pages = (list.count + kEventsPerPage - 1) / kEventsPerPage;
  const bool more = list.filters.page < std::min(pages, kMaxPage);
  Filters filters = list.filters;
  const std::string next = more ? json_string((list.path == "/" ? "/index" : list.path) + std::string(".json") +
                                              filters.with_page(filters.page + 1))
                                : "null";
  return json_reply("{\"count\":" + std::to_string(list.count) + ",\"page\":" + std::to_string(list.filters.page) +
                    ",\"next\":" + next + ",\"facets\":{\"type\":" + counts_json(list.types) +
                    ",\"country\":" + counts_json(list.countries) + ",\"month\":" + counts_json(list.months) +
                    ",\"site\":" + counts_json(list.sites) + "},\n\"events\":[" + events + "]}");
}

void append_line(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_csv_cell(out, cells[i]);
  }
  out += "\r\n";
}

std::vector<std::string> csv_cells(const EventRow& row) {
  const Event& event = row.event;
  const Headline said = headline(event);
  std::string status;
  for (const Status flag : event.status) status += (status.empty() ? "" : " ") + std::string(to_string(flag));
  return {event.id,
          event.type,
          event.mode,
          event.actors.empty() ? "" : said.who,
          said.whom,
          status,
          said.according_to,
          event.date.value.to_string(),
          std::string(to_string(event.date.basis)),
          event.place.place.name,
          std::string(to_string(event.place.basis)),
          std::to_string(event.confidence),
          row.quote,
          row.title,
          row.site,
          row.published,
          row.url,
          row.article,
          row.revision};
}

// The whole list, not only its page, up to the bound; what is left out is said in a last line that no reader takes for
// an event.
Result<Reply> list_csv(const Context& context, const EventList& list) {
  EventQuery query = list.filters.query;
  query.offset = 0;
  Reply reply;
  reply.content_type = "text/csv; charset=utf-8; header=present";
  reply.download = "casus-events.csv";
  append_line(reply.body,
              {"id", "type", "mode", "actors", "recipients", "status", "according_to", "date", "date_basis", "place",
               "place_basis", "confidence", "quote", "title", "site", "published", "url", "article", "revision"});
  std::size_t rows = 0;
  CASUS_TRY(context.record.each_event(query, [&](EventRow&& row) {
    if (rows == kMaxCsvRows) return false;
    append_line(reply.body, csv_cells(row));
    ++rows;
    return true;
  }));
  if (list.count > rows) {
    append_line(reply.body, {"# cut after " + std::to_string(rows) + " of " + std::to_string(list.count) + " events"});
  }
  return reply;
}

}  // namespace

Result<EventList> load_list(const Context& context, std::string path) {
  EventList list;
  list.path = std::move(path);
  CASUS_ASSIGN(list.filters, read_filters(context.target.query));
  const EventQuery& query = list.filters.query;
  CASUS_ASSIGN(list.count, context.record.count_events(query));
  if (context.format == Format::csv) return list;
  CASUS_ASSIGN(list.rows, context.record.events(query));
  CASUS_ASSIGN(list.types, context.record.count_by("type", query));
  CASUS_ASSIGN(list.countries, context.record.count_by("country", query));
  CASUS_ASSIGN(list.months, context.record.count_by("month", query));
  CASUS_ASSIGN(list.sites, context.record.count_by("site", query));
  // Months read best as a calendar, the latest first.
  std::sort(list.months.begin(), list.months.end(), [](const Count& a, const Count& b) { return a.key > b.key; });
  return list;
}

Result<Reply> list_twin(const Context& context, const EventList& list) {
  return context.format == Format::csv ? list_csv(context, list) : list_json(context, list);
}

std::string twin(const EventList& list, std::string_view ending) {
  return (list.path == "/" ? "/index" : list.path) + std::string(ending) + list.filters.with_page(list.filters.page);
}

void write_cards(Html& html, const EventList& list) {
  std::string day;
  bool open = false;
  for (const EventRow& row : list.rows) {
    std::string heading = format_date(row.event.date.value);
    if (heading.empty()) heading = "Date not known";
    if (!open || heading != day) {
      if (open) html.close("section");
      html.open("section", {{"class", "day"}});
      html.leaf("h2", {{"class", "dateline"}}, heading);
      day = heading;
      open = true;
    }
    write_card(html, row);
    html.line();
  }
  if (open) html.close("section");
}

void write_facets(Html& html, const EventList& list) {
  const auto aside = html.in("aside", {{"class", "facets"}, {"aria-label", "Narrow the list"}});
  write_facet(html, list, {"What", "type", list.types});
  write_facet(html, list, {"Countries", "country", list.countries});
  write_facet(html, list, {"Months", "since", list.months});
  write_facet(html, list, {"Outlets", "", list.sites});
}

void write_chosen(Html& html, const EventList& list) {
  if (!list.filters.any()) return;
  const auto items = html.in("ul", {{"class", "chosen"}, {"aria-label", "Filters in force"}});
  for (const auto& [key, value] : list.filters.chosen) {
    const auto item = html.in("li");
    const auto link = html.in("a", {Link::local(address(list, list.filters.with(key, "")))});
    html.leaf("span", {{"class", "key"}}, key == "q" ? "words" : key);
    html.text(" ");
    html.leaf("bdi", key == "country" ? country_name(value) : value);
    html.leaf("span", {{"class", "drop"}, {"aria-hidden", "true"}}, "×");
    html.leaf("span", {{"class", "unseen"}}, " (remove)");
  }
  const auto item = html.in("li");
  html.leaf("a", {Link::local(list.path), {"class", "all"}}, "Show all");
}

void write_pages(Html& html, const EventList& list) {
  const std::size_t pages = std::min((list.count + kEventsPerPage - 1) / kEventsPerPage, kMaxPage);
  if (pages < 2) return;
  const auto nav = html.in("nav", {{"class", "pages"}, {"aria-label", "More events"}});
  const std::size_t here = list.filters.page;
  if (here > 1) {
    html.leaf("a", {Link::local(address(list, list.filters.with_page(here - 1))), {"rel", "prev"}}, "← Newer");
  }
  html.leaf("span", "Page " + format_count(here) + " of " + format_count(pages));
  if (here < pages) {
    html.leaf("a", {Link::local(address(list, list.filters.with_page(here + 1))), {"rel", "next"}}, "Older →");
  }
}

void write_months(Html& html, const EventList& list) {
  // Every month between the first and the last has its place, so that a silence looks like one. Twenty years at most.
  constexpr int kMonths = 240;
  std::map<int, std::uint64_t> counts;
  for (const Count& month : list.months) {
    if (const auto number = month_number(month.key)) counts[*number] += month.count;
  }
  if (counts.size() < 3) return;
  const int last = counts.rbegin()->first;
  const int first = std::max(counts.begin()->first, last - kMonths + 1);
  const int months = last - first + 1;
  std::uint64_t most = 1;
  for (const auto& [number, count] : counts) most = number < first ? most : std::max(most, count);
  const auto figure = html.in("figure", {{"class", "months"}});
  {
    const std::string width = std::to_string(months * 10);
    const auto svg = html.in("svg", {{"viewbox", "0 0 " + width + " 40"},
                                     {"width", std::to_string(std::max(months * 12, 320))},
                                     {"preserveaspectratio", "none"},
                                     {"aria-hidden", "true"},
                                     {"focusable", "false"}});
    for (const auto& [number, count] : counts) {
      if (number < first) continue;
      const std::uint64_t height = std::max<std::uint64_t>(1, count * 40 / most);
      html.leaf("rect",
                {{"x", std::to_string((number - first) * 10 + 1)},
                 {"y", std::to_string(40 - height)},
                 {"width", "8"},
                 {"height", std::to_string(height)}},
                "");
    }
  }
  const auto caption = html.in("figcaption");
  html.leaf("span", format_date(month_date(first)));
  html.leaf("span", "events a month");
  html.leaf("span", format_date(month_date(last)));
}

}  // namespace casus::detail
