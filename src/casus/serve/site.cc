// SPDX-License-Identifier: Apache-2.0
// Tests: site_test.cc.
#include "site.h"

#include <casus/base/hash.h>
#include <casus/serve/serve.h>

#include <exception>
#include <string>

#include "assets.h"
#include "pages/pages.h"

namespace casus::detail {
namespace {

int status_of(Errc code) {
  switch (code) {
    case Errc::not_found:
      return 404;
    case Errc::invalid_input:
    case Errc::too_large:
      return 400;
    case Errc::timed_out:
      return 503;
    default:
      return 500;
  }
}

// What the request itself did wrong is said; what went wrong inside is not.
std::string said(int status, const Error& error) {
  if (status == 400 || status == 404) return error.message;
  if (status == 503) return "The question took too long. Narrow it, or try again.";
  return "The record could not answer. Nothing was changed.";
}

bool take_prefix(std::string_view& path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return false;
  path.remove_prefix(prefix.size());
  return true;
}

// Ids are hexadecimal; anything else cannot be one and is not shown to the record.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Reply> route(const Context& context) {
  std::string_view path = context.target.path;
  if (path == "/" || path == "/index") return home_page(context);
  if (path == "/search") return search_page(context);
  if (path == "/articles") return articles_page(context);
  if (path == "/record") return record_page(context);
  const bool article = take_prefix(path, "/article/");
  if ((article || take_prefix(path, "/event/")) && is_id(path)) {
    if (!context.target.query.empty()) return Error{Errc::invalid_input, "this page knows no filters"};
    return article ? article_page(context, path) : event_page(context, path);
  }
  return Error{Errc::not_found, "Nothing of this record has that address."};
}

Format take_format(std::string& path) {
  const auto ends = [&path](std::string_view ending) {
    if (path.size() <= ending.size() + 1 || !path.ends_with(ending)) return false;
    path.resize(path.size() - ending.size());
    return true;
  };
  if (ends(".json")) return Format::json;
  if (ends(".csv")) return Format::csv;
  return Format::html;
}

Reply text_reply(std::string text) {
  Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(text);
  return reply;
}

std::optional<Reply> fixed(std::string_view path) {
  if (const EmbeddedFile* file = asset_at(path)) {
    Reply reply;
    reply.content_type = content_type(file->name);
    reply.body = file->bytes;
    reply.immutable = true;
    return reply;
  }
  if (path == "/health") return text_reply("ok\n");
  if (path == "/robots.txt") return text_reply("User-agent: *\nDisallow: /\n");
  return std::nullopt;
}

Reply look_up(const Record& record, const Request& request) {
  auto target = parse_target(request.target);
  if (!target) return problem_page(400, target.error().message, Format::html);
  if (auto reply = fixed(target->path)) return *std::move(reply);
  const Format format = take_format(target->path);
  auto reply = route({record, *std::move(target), format});
  if (reply) return *std::move(reply);
  const int status = status_of(reply.error().code);
  return problem_page(status, said(status, reply.error()), format == Format::json ? Format::json : Format::html);
}

Reply refuse(const Request& request, const Policy& policy) {
  if (request.method != "GET" && request.method != "HEAD") {
    Reply reply = problem_page(405, "It reads, and never writes: ask with GET or HEAD.", Format::html);
    reply.allow = "GET, HEAD";
    return reply;
  }
  if (request.host.empty()) return problem_page(400, "The request has no Host field.", Format::html);
  if (!policy.allow_other_hosts && !is_loopback_host(request.host)) {
    return problem_page(403, "This server answers only under localhost, 127.0.0.1 or [::1].", Format::html);
  }
  return {};
}

void tag(Reply& reply, const Request& request) {
  if (reply.status != 200) return;
  reply.etag = '"' + sha256_hex(reply.content_type + '\n' + reply.body).substr(0, 32) + '"';
  if (!matches(request.if_none_match, reply.etag)) return;
  reply.status = 304;
  reply.body.clear();
}

}  // namespace

Reply answer(const Record& record, const Request& request, const Policy& policy) {
  try {
    Reply reply = refuse(request, policy);
    if (reply.status == 200) reply = look_up(record, request);
    tag(reply, request);
    return reply;
  } catch (const std::exception&) {
    // A bug or no memory; either way the server goes on.
    Reply reply;
    reply.status = 500;
    reply.content_type = "text/plain; charset=utf-8";
    reply.body = "Something went wrong.\n";
    return reply;
  }
}

}  // namespace casus::detail

namespace casus {

Response respond(const Record& record, std::string_view target) {
  detail::Request request;
  request.target = target;
  detail::Reply reply = detail::answer(record, request);
  return {reply.status, std::move(reply.content_type), std::move(reply.body)};
}

}  // namespace casus
