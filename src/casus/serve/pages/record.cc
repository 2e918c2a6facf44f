// SPDX-License-Identifier: Apache-2.0
// What the record holds, what was refused and why, which versions read it, and under which licences the parts stand.
#include <map>

#include "../limits.h"
#include "../words.h"
#include "pages.h"
#include "parts.h"

namespace casus::detail {
namespace {

struct Summary {
  std::uint64_t articles = 0, events = 0, happened = 0;
  std::map<std::string, std::uint64_t> status;
  std::vector<Count> types;
  std::vector<LedgerRow> ledger;
  std::vector<Count> outcomes;                    // of the whole ledger
  std::map<std::string, std::uint64_t> versions;  // of the rows read
  std::uint64_t refused() const {
    for (const Count& outcome : outcomes) {
      if (outcome.key == to_string(Outcome::refused)) return outcome.count;
    }
    return 0;
  }
};

Result<Summary> summarise(const Record& record) {
  Summary out;
  CASUS_ASSIGN(out.articles, record.count_articles());
  CASUS_ASSIGN(out.events, record.count_events({}));
  EventQuery happened;
  happened.happened = true;
  CASUS_ASSIGN(out.happened, record.count_events(happened));
  for (const Status status : {Status::negation, Status::future, Status::hypothetical, Status::historical}) {
    EventQuery query;
    query.status = status;
    CASUS_ASSIGN(out.status[std::string(to_string(status))], record.count_events(query));
  }
  CASUS_ASSIGN(out.types, record.count_by("type", {}));
  CASUS_ASSIGN(out.ledger, record.ledger(kLedgerRows, 0));
  CASUS_ASSIGN(out.outcomes, record.outcomes());
  for (const LedgerRow& row : out.ledger) {
    if (!row.version.empty()) ++out.versions[row.version];
  }
  return out;
}

std::string object(const std::map<std::string, std::uint64_t>& counts) {
  std::string out = "{";
  for (const auto& [key, count] : counts) {
    out += (out.size() > 1 ? "," : "") + json_string(key) + ":" + std::to_string(count);
  }
  return out + "}";
}

std::string object(const std::vector<Count>& counts) {
  std::map<std::string, std::uint64_t> by_key;
  for (const Count& count : counts) by_key[count.key] = count.count;
  return object(by_key);
}

std::string twin(const Summary& summary) {
  std::string out =
      "{\"articles\":" + std::to_string(summary.articles) + ",\"events\":" + std::to_string(summary.events) +
      ",\"happened\":" + std::to_string(summary.happened) + ",\"status\":" + object(summary.status) +
      ",\"ledger_rows_read\":" + std::to_string(summary.ledger.size()) + ",\"outcomes\":" + object(summary.outcomes) +
      ",\"versions\":" + object(summary.versions) + ",\"refused\":[";
  bool first = true;
  for (const LedgerRow& row : summary.ledger) {
    if (row.outcome != to_string(Outcome::refused)) continue;
    out += (first ? "" : ",\n") + ("{\"source\":" + json_string(row.source)) +
           ",\"sha256\":" + json_string(row.sha256) + ",\"reason\":" + json_string(row.reason) + "}";
    first = false;
  }
  return out + "]}";
}

void write_figure(Html& html, std::uint64_t count, std::string_view words, const char* path) {
  const auto item = html.in("li");
  const auto link = html.in("a", {Link::local(path)});
  html.leaf("b", format_count(count));
  html.leaf("span", words);
}

void write_figures(Html& html, const Summary& summary) {
  const auto items = html.in("ul", {{"class", "figures"}});
  write_figure(html, summary.articles, "articles", "/articles");
  write_figure(html, summary.events, "events", "/");
  write_figure(html, summary.happened, "reported as having happened", "/?status=happened");
  for (const auto& [key, count] : summary.status) {
    const std::string path = "/?status=" + key;
    write_figure(html, count, label("status", key), path.c_str());
  }
}

void write_ledger(Html& html, const Summary& summary) {
  const auto section = html.in("section", {{"id", "ledger"}});
  html.leaf("h2", "What was taken in");
  {
    const auto p = html.in("p");
    bool first = true;
    for (const Count& outcome : summary.outcomes) {
      html.text((first ? "" : ", ") + format_count(outcome.count) + " " + std::string(label("outcome", outcome.key)));
      first = false;
    }
    html.text(first ? "Nothing yet." : ".");
  }
  if (summary.refused() == 0) {
    html.leaf("p", "Nothing was refused.");
    return;
  }
  html.leaf("h3", "Refused, and why");
  std::uint64_t shown = 0;
  const auto items = html.in("ul", {{"class", "refused"}});
  for (const LedgerRow& row : summary.ledger) {
    if (row.outcome != to_string(Outcome::refused)) continue;
    const auto item = html.in("li");
    html.leaf("bdi", {{"class", "outlet"}}, row.source);
    html.leaf("p", {{"dir", "auto"}}, row.reason);
    html.leaf("p", {{"class", "bytes"}}, row.sha256);
    ++shown;
  }
  if (shown < summary.refused()) {
    html.leaf("li", format_count(summary.refused() - shown) +
                        " more were refused earlier; the record’s table “ledger” lists them all.");
  }
}

void write_versions(Html& html, const Summary& summary) {
  const auto section = html.in("section", {{"id", "versions"}});
  html.leaf("h2", "Read by");
  if (summary.versions.empty()) html.leaf("p", "No version is noted in the ledger.");
  {
    const auto items = html.in("ul");
    for (const auto& [version, count] : summary.versions) {
      const auto item = html.in("li");
      html.leaf("code", version);
      html.text(" — " + format_count(count, "page", "pages"));
    }
  }
  html.leaf("h2", "Licences");
  const auto p = html.in("p");
  html.text(
      "casus is free software under the Apache License 2.0. The texts belong to their publishers; models, names and "
      "places come from "
      "open data under their own licences, which the NOTICE file and “casus doctor” list.");
}

}  // namespace

Result<Reply> record_page(const Context& context) {
  if (!context.target.query.empty()) return Error{Errc::invalid_input, "this page knows no filters"};
  CASUS_ASSIGN(const Summary summary, summarise(context.record));
  if (context.format == Format::json) return json_reply(twin(summary));
  if (context.format == Format::csv) return Error{Errc::not_found, "The record page has no CSV form."};
  return html_reply(shell({"The record", "record", "/record.json", "/index.csv", {}}, [&](Html& html) {
    const auto whole = html.in("article", {{"class", "record-page"}});
    {
      const auto lead = html.in("div", {{"class", "lead"}});
      html.leaf("h1", "The record");
      html.leaf("p", {{"class", "counts"}},
                "Who did what to whom, read from news pages; nothing filled in, nothing hidden.");
    }
    write_figures(html, summary);
    write_ledger(html, summary);
    write_versions(html, summary);
  }));
}

}  // namespace casus::detail
