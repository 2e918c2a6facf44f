// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "../assets.h"
#include "pages.h"

namespace casus::detail {
namespace {

void write_head(Html& html, const Shell& page) {
  const auto head = html.in("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.leaf("title", page.title.empty() ? "casus" : page.title + " — casus");
  html.empty("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, Link::local(asset_path("icon.svg"))});
  html.empty("link", {{"rel", "stylesheet"}, Link::local(asset_path("casus.css"))});
  if (!page.json.empty()) {
    html.empty("link", {{"rel", "alternate"}, {"type", "application/json"}, Link::local(page.json)});
  }
  html.open("script", {Attribute::source(Link::local(asset_path("casus.js"))), {"defer"}});
  html.close("script");
}

void write_navigation(Html& html, const Shell& page) {
  struct Entry {
    std::string_view key;
    const char* path;
    std::string_view text;
  };
  constexpr Entry kEntries[] = {{"home", "/", "Events"},
                                {"search", "/search", "Search"},
                                {"articles", "/articles", "Articles"},
                                {"record", "/record", "The record"}};
  const auto nav = html.in("nav", {{"aria-label", "Pages"}});
  for (const Entry& entry : kEntries) {
    if (entry.key == page.here) {
      html.leaf("a", {Link::local(entry.path), {"aria-current", "page"}}, entry.text);
    } else {
      html.leaf("a", {Link::local(entry.path)}, entry.text);
    }
  }
}

void write_masthead(Html& html, const Shell& page) {
  const auto header = html.in("header", {{"class", "masthead"}});
  {
    const auto brand = html.in("a", {Link::local("/"), {"class", "brand"}, {"aria-label", "casus, the newest events"}});
    html.text("casus");
  }
  write_navigation(html, page);
  if (page.here == "search") return;  // that page has the whole form
  const auto form = html.in("form", {Attribute::action(Link::local("/search")), {"method", "get"}, {"role", "search"}});
  html.leaf("label", {{"for", "find"}, {"class", "unseen"}}, "Words, names or “phrases”");
  html.empty("input", {{"type", "search"},
                       {"id", "find"},
                       {"name", "q"},
                       {"value", page.query},
                       {"placeholder", "Search events"},
                       {"autocomplete", "off"},
                       {"maxlength", "200"}});
  html.leaf("button", {{"type", "submit"}}, "Search");
}

void write_footer(Html& html, const Shell& page) {
  const auto footer = html.in("footer", {{"class", "colophon"}});
  {
    const auto p = html.in("p");
    html.text(
        "casus only reads: every line here leads to the characters that it was read from. A report is not a fact.");
  }
  const auto p = html.in("p", {{"class", "twins"}});
  if (!page.json.empty()) html.leaf("a", {Link::local(page.json), {"type", "application/json"}}, "This page as JSON");
  if (!page.csv.empty()) html.leaf("a", {Link::local(page.csv), {"type", "text/csv"}}, "These events as CSV");
  html.leaf("a", {Link::local("/record")}, "About this record");
}

}  // namespace

std::string shell(const Shell& page, const std::function<void(Html&)>& write_main) {
  Html html;
  html.doctype();
  {
    const auto root = html.in("html", {{"lang", "en"}});
    write_head(html, page);
    html.line();
    const auto body = html.in("body");
    html.leaf("a", {Link::fragment("main"), {"class", "skip"}}, "Skip to the content");
    write_masthead(html, page);
    html.line();
    {
      const auto main = html.in("main", {{"id", "main"}, {"tabindex", "-1"}});
      write_main(html);
    }
    html.line();
    write_footer(html, page);
  }
  html.line();
  return html.take();
}

Reply html_reply(std::string body) {
  Reply reply;
  reply.body = std::move(body);
  return reply;
}

Reply json_reply(std::string body) {
  Reply reply;
  reply.content_type = "application/json";
  reply.body = std::move(body);
  reply.body += '\n';
  return reply;
}

std::string json_string(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace casus::detail
