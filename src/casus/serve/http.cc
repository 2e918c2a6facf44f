// SPDX-License-Identifier: Apache-2.0
// Tests: http_test.cc.
#include "http.h"

#include <casus/base/utf8.h>

#include "limits.h"

namespace casus::detail {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

Error bad(std::string message) {
  return {Errc::invalid_input, std::move(message)};
}

// Host without its port; "[::1]:80" gives "::1". Empty when it is not of that form.
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view rest = host.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return {};
    return host.substr(1, end - 1);
  }
  const std::size_t colon = host.find(':');
  if (colon == std::string_view::npos) return host;
  const std::string_view port = host.substr(colon + 1);
  if (port.size() > 5) return {};
  for (const char c : port) {
    if (c < '0' || c > '9') return {};
  }
  return host.substr(0, colon);
}

}  // namespace

const std::vector<std::pair<std::string_view, std::string_view>>& security_fields() {
  static const std::vector<std::pair<std::string_view, std::string_view>> fields = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
       "form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
  };
  return fields;
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '+' && plus_is_space) {
      out += ' ';
    } else if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return bad("a % in the address is not followed by two hexadecimal digits");
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += c;
    }
  }
  if (out.find('\0') != std::string::npos) return bad("the address holds a zero byte");
  if (!is_valid_utf8(out)) return bad("the address is not UTF-8");
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

Result<Parameters> parse_query(std::string_view query) {
  Parameters out;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(pair.size() < query.size() ? pair.size() + 1 : pair.size());
    if (pair.empty()) continue;
    if (out.size() >= kMaxParameters) return Error{Errc::too_large, "the address has too many parameters"};
    const std::size_t equals = pair.find('=');
    CASUS_ASSIGN(std::string key, percent_decode(pair.substr(0, equals), true));
    std::string value;
    if (equals != std::string_view::npos) {
      CASUS_ASSIGN(value, percent_decode(pair.substr(equals + 1), true));
    }
    if (value.size() > kMaxValueBytes) return Error{Errc::too_large, "a value in the address is too long"};
    out.emplace_back(std::move(key), std::move(value));
  }
  return out;
}

Result<Target> parse_target(std::string_view target) {
  if (target.size() > kMaxTargetBytes) return Error{Errc::too_large, "the address is too long"};
  if (!target.starts_with('/')) return bad("the address does not start with /");
  const std::size_t question = target.find('?');
  Target out;
  CASUS_ASSIGN(out.path, percent_decode(target.substr(0, question), false));
  if (question != std::string_view::npos) {
    CASUS_ASSIGN(out.query, parse_query(target.substr(question + 1)));
  }
  return out;
}

bool is_loopback_host(std::string_view host) {
  const std::string name = to_lower(without_port(host));
  return name == "localhost" || is_loopback_address(name);
}

bool is_loopback_address(std::string_view address) {
  return address == "127.0.0.1" || address == "::1";
}

bool matches(std::string_view if_none_match, std::string_view etag) {
  if (etag.empty()) return false;
  while (!if_none_match.empty()) {
    std::string_view tag = if_none_match.substr(0, if_none_match.find(','));
    if_none_match.remove_prefix(tag.size() < if_none_match.size() ? tag.size() + 1 : tag.size());
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    while (tag.ends_with(' ')) tag.remove_suffix(1);
    if (tag == "*") return true;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

void append_csv_cell(std::string& out, std::string_view cell) {
  const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
  const bool number = formula && cell.size() > 1 && cell.front() == '-' &&
                      cell.find_first_not_of("0123456789.", 1) == std::string_view::npos;
  const bool guard = formula && !number;
  if (!guard && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  if (guard) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace casus::detail
