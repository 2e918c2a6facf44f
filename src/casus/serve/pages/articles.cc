// SPDX-License-Identifier: Apache-2.0
#include <casus/record/json.h>

#include <charconv>

#include "../limits.h"
#include "../words.h"
#include "pages.h"
#include "parts.h"

namespace casus::detail {
namespace {

Result<std::size_t> read_page_number(const Parameters& parameters) {
  std::size_t page = 1;
  for (const auto& [key, value] : parameters) {
    if (key != "page") return Error{Errc::invalid_input, "this list knows no filters"};
    const auto end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, page);
    if (read.ec != std::errc{} || read.ptr != end || page == 0 || page > kMaxPage) {
      return Error{Errc::invalid_input, "that is not a page number"};
    }
  }
  return page;
}

void write_article(Html& html, const ArticleRow& row) {
  const auto item = html.in("li", {{"class", "article-row"}});
  {
    const auto heading = html.in("h2");
    const auto link = html.in("a", {Link::local(article_path(row.id))});
    html.leaf("bdi", row.title.empty() ? row.url.empty() ? row.source : row.url : row.title);
  }
  const auto p = html.in("p", {{"class", "source"}});
  html.leaf("bdi", {{"class", "outlet"}}, row.site.empty() ? "outlet not known" : row.site);
  html.leaf("span", row.published.empty() ? "date not known" : format_day(row.published));
  html.leaf("span", format_count(row.events, "event", "events"));
  if (!row.duplicate_of.empty())
    html.leaf("a", {Link::local(article_path(row.duplicate_of))}, "copy of another article");
}

}  // namespace

Result<Reply> articles_page(const Context& context) {
  CASUS_ASSIGN(const std::size_t page, read_page_number(context.target.query));
  CASUS_ASSIGN(const std::uint64_t count, context.record.count_articles());
  CASUS_ASSIGN(const auto rows, context.record.articles(kArticlesPerPage, (page - 1) * kArticlesPerPage));
  if (context.format == Format::csv) return Error{Errc::not_found, "Articles have no CSV form; events have."};
  const bool more = page * kArticlesPerPage < count && page < kMaxPage;
  if (context.format == Format::json) {
    std::string out = "{\"count\":" + std::to_string(count) + ",\"page\":" + std::to_string(page) +
                      ",\"next\":" + (more ? json_string("/articles.json?page=" + std::to_string(page + 1)) : "null") +
                      ",\"articles\":[";
    for (std::size_t i = 0; i < rows.size(); ++i) out += (i > 0 ? ",\n" : "") + article_row_json(rows[i]);
    return json_reply(out + "]}");
  }
  const std::string here = page > 1 ? "?page=" + std::to_string(page) : "";
  return html_reply(shell({"Articles", "articles", "/articles.json" + here, {}, {}}, [&](Html& html) {
    {
      const auto lead = html.in("div", {{"class", "lead"}});
      html.leaf("h1", "Articles");
      html.leaf("p", {{"class", "counts"}}, format_count(count, "article", "articles") + ", the newest first");
    }
    {
      const auto items = html.in("ol", {{"class", "articles"}});
      for (const ArticleRow& row : rows) write_article(html, row);
    }
    const auto nav = html.in("nav", {{"class", "pages"}, {"aria-label", "More articles"}});
    if (page > 1)
      html.leaf("a", {Link::local("/articles?page=" + std::to_string(page - 1)), {"rel", "prev"}}, "← Newer");
    if (more) html.leaf("a", {Link::local("/articles?page=" + std::to_string(page + 1)), {"rel", "next"}}, "Older →");
  }));
}

}  // namespace casus::detail
