// SPDX-License-Identifier: Apache-2.0
#pragma once
// One function per page. Each answers in HTML, in JSON (the same address with ".json") and, where it is a list, in CSV.
#include <casus/base/result.h>
#include <casus/record/record.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "../html.h"
#include "../http.h"

namespace casus::detail {

enum class Format : std::uint8_t { html, json, csv };

struct Context {
  const Record& record;
  Target target;  // without the ending that chose the format
  Format format = Format::html;
};

Result<Reply> home_page(const Context& context);
Result<Reply> search_page(const Context& context);
Result<Reply> article_page(const Context& context, std::string_view id);
Result<Reply> articles_page(const Context& context);
Result<Reply> event_page(const Context& context, std::string_view id);
Result<Reply> record_page(const Context& context);
// An error said to people (or as application/problem+json) without anything of the inside.
Reply problem_page(int status, std::string_view detail, Format format);

// What stands around every page. The links to the twins are left out where they are empty.
struct Shell {
  std::string title;      // of the window; "casus" is added
  std::string_view here;  // "home", "search", "articles", "record": marked in the navigation
  std::string json, csv;  // addresses of the twins
  std::string query;      // stands in the search field
};
std::string shell(const Shell& shell, const std::function<void(Html&)>& write_main);
Reply html_reply(std::string body);
Reply json_reply(std::string body);
std::string json_string(std::string_view text);  // quoted; bytes that are not UTF-8 become U+FFFD

}  // namespace casus::detail
