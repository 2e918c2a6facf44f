// SPDX-License-Identifier: Apache-2.0
#pragma once
// A list of events under filters, as the home page and the search show it: cards by day, facets with counts, pages,
// twins.
#include <casus/record/record.h>

#include <cstdint>
#include <string>
#include <vector>

#include "../filters.h"
#include "pages.h"

namespace casus::detail {

struct EventList {
  std::string path;  // "/" or "/search"
  Filters filters;
  std::vector<EventRow> rows;
  std::uint64_t count = 0;
  std::vector<Count> types, countries, months, sites;
};

Result<EventList> load_list(const Context& context, std::string path);
// With the twins' formats answered at once.
Result<Reply> list_twin(const Context& context, const EventList& list);
std::string twin(const EventList& list, std::string_view ending);  // address of a twin, filters included

void write_cards(Html& html, const EventList& list);
void write_facets(Html& html, const EventList& list);
void write_chosen(Html& html, const EventList& list);  // the filters in force, each with a way out
void write_pages(Html& html, const EventList& list);
void write_months(Html& html, const EventList& list);  // bars, a twin of the month facet

}  // namespace casus::detail
