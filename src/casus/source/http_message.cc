// SPDX-License-Identifier: Apache-2.0
// HTTP responses as WARC files keep them. Archives disagree on whether the body is still chunked and compressed when
// the header says so, so the header is believed only where the bytes agree. Tests: http_message_test.cc.
#include <casus/source/carriers.h>

#include <algorithm>
#include <charconv>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxHeader = std::size_t{1} << 16U;  // bytes; servers stop at 8 to 64 KiB

// Joins the chunks of RFC 9112, section 7.1. nullopt: the body does not begin with a chunk at all.
Result<std::optional<std::string>> join_chunks(std::string_view body) {
  std::string out;
  const std::size_t whole = body.size();
  while (true) {
    const std::size_t line_end = body.substr(0, 256).find('\n');
    std::uint64_t size = 0;
    const auto [end, problem] =
        std::from_chars(body.data(), body.data() + std::min<std::size_t>(body.size(), 16), size, 16);
    const bool sized = problem == std::errc() && end != body.data() && line_end != std::string_view::npos &&
                       (*end == '\r' || *end == '\n' || *end == ';' || *end == ' ');
    if (!sized && body.size() == whole) return std::optional<std::string>();
    const auto offset = static_cast<std::int64_t>(whole - body.size());
    if (!sized) return Error{Errc::corrupt, "a chunk of the body has no size", offset};
    if (size == 0) return std::optional<std::string>(std::move(out));
    body.remove_prefix(line_end + 1);
    if (size > body.size()) return Error{Errc::corrupt, "a chunk of the body is longer than the record", offset};
    out += body.substr(0, size);
    body.remove_prefix(size);
    if (body.starts_with('\r')) body.remove_prefix(1);
    if (body.starts_with('\n')) body.remove_prefix(1);
  }
}

struct Header {
  int status = 0;
  std::string_view content_type, transfer_encoding, content_encoding, body;
};

Result<Header> read_header(std::string_view message) {
  Header header;
  if (!message.starts_with("HTTP/")) return Error{Errc::corrupt, "the response does not begin with HTTP/", 0};
  std::size_t at = 0;
  for (bool first = true;; first = false) {
    const std::size_t end = message.find('\n', at);
    if (end == std::string_view::npos || end > kMaxHeader) {
      return Error{Errc::corrupt, "the response has no end of header", static_cast<std::int64_t>(at)};
    }
    const std::string_view line = stripped(message.substr(at, end - at));
    at = end + 1;
    if (line.empty()) break;
    if (first) {
      const std::string_view rest = stripped(line.substr(std::min(line.size(), line.find(' '))));
      std::from_chars(rest.data(), rest.data() + rest.size(), header.status);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = stripped(line.substr(0, colon));
    const std::string_view value = stripped(line.substr(colon + 1));
    if (same_name(name, "content-type")) header.content_type = value;
    if (same_name(name, "transfer-encoding")) header.transfer_encoding = value;
    if (same_name(name, "content-encoding")) header.content_encoding = value;
  }
  header.body = message.substr(at);
  return header;
}

Result<std::string> decode(std::string_view body, std::string_view encoding, std::size_t limit) {
  if (encoding.empty() || same_name(encoding, "identity")) return std::string(body);
  if (same_name(encoding, "gzip") || same_name(encoding, "x-gzip")) {
    if (!body.starts_with("\x1f\x8b")) return std::string(body);  // the archive has unpacked it already
    return inflate_all(body, limit);
  }
  if (same_name(encoding, "deflate")) {
    Result<std::string> unpacked = inflate_all(body, limit);
    if (!unpacked && stripped(body.substr(0, kBlock)).starts_with('<')) return std::string(body);
    return unpacked;
  }
  if (stripped(body.substr(0, kBlock)).starts_with('<')) return std::string(body);
  return Error{Errc::unsupported, "content-encoding " + std::string(encoding.substr(0, 40)) + " is not supported"};
}

}  // namespace

void split_content_type(std::string_view value, std::string& media_type, std::string& charset) {
  media_type.clear();
  charset.clear();
  for (bool first = true; !value.empty(); first = false) {
    const std::size_t end = std::min(value.find(';'), value.size());
    const std::string_view part = stripped(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
    if (first) {
      media_type = part;
      std::ranges::transform(media_type, media_type.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      continue;
    }
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || !same_name(stripped(part.substr(0, equals)), "charset")) continue;
    std::string_view label = stripped(part.substr(equals + 1));
    if (label.size() >= 2 && (label.front() == '"' || label.front() == '\'')) label = label.substr(1, label.size() - 2);
    if (charset.empty() && label.size() <= 40) charset = label;
  }
}

Result<HttpBody> read_http(std::string_view message, std::size_t limit) {
  CASUS_ASSIGN(const Header header, read_header(message));
  HttpBody out;
  if (header.status != 200) return out;
  split_content_type(header.content_type, out.media_type, out.charset);
  if (!out.media_type.empty() && !out.media_type.starts_with("text/html") && out.media_type != "text/plain" &&
      out.media_type.find("xml") == std::string::npos) {
    return out;
  }
  std::string_view body = header.body;
  std::string joined;
  if (header.transfer_encoding.size() >= 7 &&
      same_name(header.transfer_encoding.substr(header.transfer_encoding.size() - 7), "chunked")) {
    CASUS_ASSIGN(std::optional<std::string> chunks, join_chunks(body));
    if (chunks) {
      joined = std::move(*chunks);
      body = joined;
    }
  }
  CASUS_ASSIGN(out.body, decode(body, header.content_encoding, limit));
  out.wanted = !stripped(std::string_view(out.body).substr(0, kBlock)).empty();
  return out;
}

}  // namespace casus::detail
