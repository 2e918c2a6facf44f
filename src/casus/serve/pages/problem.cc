// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

namespace casus::detail {
namespace {

std::string_view title(int status) {
  switch (status) {
    case 400:
      return "That address does not make sense here";
    case 403:
      return "Not from here";
    case 404:
      return "There is no such page";
    case 405:
      return "This server only answers questions";
    case 408:
      return "The request took too long";
    case 431:
      return "The request is too long";
    case 503:
      return "Too busy just now";
    default:
      return "Something went wrong";
  }
}

}  // namespace

Reply problem_page(int status, std::string_view detail, Format format) {
  Reply reply;
  if (format == Format::json) {
    reply = json_reply("{\"type\":\"about:blank\",\"title\":" + json_string(title(status)) +
                       ",\"status\":" + std::to_string(status) + ",\"detail\":" + json_string(detail) + "}");
    reply.content_type = "application/problem+json";
  } else {
    reply = html_reply(shell({std::string(title(status)), {}, {}, {}, {}}, [&](Html& html) {
      const auto section = html.in("section", {{"class", "problem"}});
      html.leaf("p", {{"class", "kicker"}}, std::to_string(status));
      html.leaf("h1", title(status));
      html.leaf("p", {{"dir", "auto"}}, detail);
      const auto p = html.in("p");
      html.leaf("a", {Link::local("/")}, "Back to the newest events");
    }));
  }
  reply.status = status;
  return reply;
}

}  // namespace casus::detail
