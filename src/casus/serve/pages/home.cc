// SPDX-License-Identifier: Apache-2.0
// The newest events as sentences, by day.
#include "../words.h"
#include "list.h"

namespace casus::detail {
namespace {

void write_empty(Html& html, const EventList& list) {
  const auto section = html.in("section", {{"class", "nothing"}});
  if (list.filters.any()) {
    html.leaf("p", "No event of this record fits these filters.");
    html.leaf("a", {Link::local(list.path)}, "Show all events");
    return;
  }
  html.leaf("p", "This record holds no events yet. Add pages to it, and reload:");
  const auto pre = html.in("pre");
  html.leaf("code", "casus add RECORD.db PAGE.html FOLDER FEED.xml");
}

void write_switch(Html& html, const EventList& list) {
  const bool happened = list.filters.query.happened;
  const auto p = html.in("p", {{"class", "switch"}});
  if (happened) {
    html.text("Only what is reported as having happened. ");
    html.leaf("a", {Link::local(list.path + list.filters.with("status", ""))},
              "Show denied, planned and imagined events too");
  } else {
    html.text("Denied, planned and imagined events are shown too, and marked. ");
    html.leaf("a", {Link::local(list.path + list.filters.with("status", "happened"))}, "Only what happened");
  }
}

}  // namespace

Result<Reply> home_page(const Context& context) {
  CASUS_ASSIGN(const EventList list, load_list(context, "/"));
  if (context.format != Format::html) return list_twin(context, list);
  CASUS_ASSIGN(const std::uint64_t articles, context.record.count_articles());
  const Shell page{"Newest events", "home", twin(list, ".json"), twin(list, ".csv"), {}};
  return html_reply(shell(page, [&](Html& html) {
    {
      const auto lead = html.in("div", {{"class", "lead"}});
      html.leaf("h1", "Who did what to whom, and according to whom");
      html.leaf("p", {{"class", "counts"}},
                format_count(list.count, "event", "events") + (list.filters.any() ? " under these filters, " : " in ") +
                    format_count(articles, "article", "articles") + (list.filters.any() ? " in the record" : ""));
      write_months(html, list);
    }
    write_chosen(html, list);
    const auto columns = html.in("div", {{"class", "columns"}});
    {
      const auto events = html.in("div", {{"class", "events"}});
      if (list.rows.empty()) {
        write_empty(html, list);
      } else {
        write_switch(html, list);
      }
      write_cards(html, list);
      write_pages(html, list);
    }
    write_facets(html, list);
  }));
}

}  // namespace casus::detail
