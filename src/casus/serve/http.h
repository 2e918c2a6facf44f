// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request and its answer without a socket, the parts of an address, and the fields that every answer carries.
#include <casus/base/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::detail {

struct Request {
  std::string method = "GET";
  std::string target = "/";        // as sent: path and query, percent-encoded
  std::string host = "localhost";  // the Host field
  std::string if_none_match;
};

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::string etag;        // quoted; empty: none
  bool immutable = false;  // the address holds a hash of the content: may be kept for a year
  std::string allow;       // of a 405
  std::string download;    // file name to save under; empty: shown in the browser
};

// The fields that every answer carries, errors too, in order.
const std::vector<std::pair<std::string_view, std::string_view>>& security_fields();

// "%20" and (in a query) "+" undone. Errors: invalid_input for a broken escape, NUL or text that is not UTF-8.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);
// Everything but unreserved characters escaped.
std::string percent_encode(std::string_view text);

// Names and values of a query string in order. Errors: invalid_input as above; too_large beyond limits.h.
using Parameters = std::vector<std::pair<std::string, std::string>>;
Result<Parameters> parse_query(std::string_view query);

struct Target {
  std::string path;  // decoded; starts with '/'
  Parameters query;
};
Result<Target> parse_target(std::string_view target);

// Whether a Host field names this machine's loopback. A page elsewhere whose name is pointed at 127.0.0.1 (DNS
// rebinding) carries its own name here, so this check is what keeps it from reading the record.
bool is_loopback_host(std::string_view host);
bool is_loopback_address(std::string_view address);

// Whether an If-None-Match field names this tag.
bool matches(std::string_view if_none_match, std::string_view etag);

// RFC 4180 with a guard: a cell that a spreadsheet would run as a formula gets an apostrophe in front. No line end is
// added.
void append_csv_cell(std::string& out, std::string_view cell);

}  // namespace casus::detail
