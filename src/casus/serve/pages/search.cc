// SPDX-License-Identifier: Apache-2.0
// Words and filters as a form that works by itself; its address is the search.
#include "../headline.h"
#include "../words.h"
#include "list.h"

namespace casus::detail {
namespace {

struct Field {
  std::string_view key, label, type, hint;
};

void write_field(Html& html, const Filters& filters, const Field& field) {
  const std::string id = "f-" + std::string(field.key);
  const auto cell = html.in("div", {{"class", "field"}});
  html.leaf("label", {{"for", id}}, field.label);
  html.empty("input", {{"id", id},
                       {"name", field.key},
                       {"type", field.type},
                       {"value", filters.value(field.key)},
                       {"placeholder", field.hint},
                       {"maxlength", "200"}});
}

void write_option(Html& html, std::string_view value, std::string_view text, bool chosen) {
  if (chosen) {
    html.leaf("option", {{"value", value}, {"selected"}}, text);
  } else {
    html.leaf("option", {{"value", value}}, text);
  }
}

void write_types(Html& html, const EventList& list) {
  const auto cell = html.in("div", {{"class", "field"}});
  html.leaf("label", {{"for", "f-type"}}, "What");
  const auto select = html.in("select", {{"id", "f-type"}, {"name", "type"}});
  const std::string_view chosen = list.filters.value("type");
  write_option(html, "", "anything", chosen.empty());
  bool listed = chosen.empty();
  for (const Count& type : list.types) {
    write_option(html, type.key, type.key, type.key == chosen);
    listed = listed || type.key == chosen;
  }
  if (!listed) write_option(html, chosen, chosen, true);
}

void write_status(Html& html, const Filters& filters) {
  const auto cell = html.in("div", {{"class", "field"}});
  html.leaf("label", {{"for", "f-status"}}, "Did it happen?");
  const auto select = html.in("select", {{"id", "f-status"}, {"name", "status"}});
  const std::string_view chosen = filters.value("status");
  write_option(html, "", "any", chosen.empty());
  write_option(html, "happened", "reported as having happened", chosen == "happened");
  for (const Status status : {Status::negation, Status::future, Status::hypothetical, Status::historical}) {
    const std::string_view key = to_string(status);
    write_option(html, key, label("status", key), chosen == key);
  }
}

void write_form(Html& html, const EventList& list) {
  constexpr Field kFields[] = {
      {"actor", "Who", "text", "Maduro"},         {"recipient", "To whom", "text", "Russia"},
      {"country", "Country code", "text", "VEN"}, {"since", "From", "text", "2022-03"},
      {"until", "Until", "text", "2022-03-31"},   {"confidence", "At least this sure (0 to 1)", "text", "0.5"}};
  const auto form =
      html.in("form", {Attribute::action(Link::local("/search")), {"method", "get"}, {"class", "search"}});
  {
    const auto cell = html.in("div", {{"class", "field words"}});
    html.leaf("label", {{"for", "f-q"}}, "Words, names or “phrases”");
    html.empty(
        "input",
        {{"id", "f-q"}, {"name", "q"}, {"type", "search"}, {"value", list.filters.value("q")}, {"maxlength", "200"}});
  }
  write_types(html, list);
  write_status(html, list.filters);
  for (const Field& field : kFields) write_field(html, list.filters, field);
  const auto cell = html.in("div", {{"class", "field go"}});
  html.leaf("button", {{"type", "submit"}}, "Search");
  html.leaf("a", {Link::local("/search")}, "Clear");
}

}  // namespace

Result<Reply> search_page(const Context& context) {
  CASUS_ASSIGN(const EventList list, load_list(context, "/search"));
  if (context.format != Format::html) return list_twin(context, list);
  const std::string_view words = list.filters.value("q");
  const Shell page{words.empty() ? "Search" : "Search for " + std::string(words), "search", twin(list, ".json"),
                   twin(list, ".csv"), std::string(words)};
  return html_reply(shell(page, [&](Html& html) {
    {
      const auto lead = html.in("div", {{"class", "lead"}});
      html.leaf("h1", "Search");
    }
    write_form(html, list);
    write_chosen(html, list);
    html.leaf("p", {{"class", "counts"}, {"role", "status"}}, format_count(list.count, "event", "events"));
    const auto columns = html.in("div", {{"class", "columns"}});
    {
      const auto events = html.in("div", {{"class", "events"}});
      if (list.rows.empty()) html.leaf("p", {{"class", "nothing"}}, "Nothing in this record fits.");
      write_cards(html, list);
      write_pages(html, list);
    }
    write_facets(html, list);
  }));
}

}  // namespace casus::detail
