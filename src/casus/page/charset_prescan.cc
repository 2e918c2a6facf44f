// SPDX-License-Identifier: Apache-2.0
// The encoding a page names itself, found before anything is parsed (WHATWG HTML, "prescan a byte stream to determine
// its encoding"). It reads markup very coarsely on purpose: comments are skipped, every tag's attributes are read,
// scripts are not known. Tests: charset_test.cc and the encoding cases of html_conformance_test.cc.
#include <casus/page/charset.h>

#include <vector>

namespace casus::detail {

namespace {

// Bytes. Browsers look at 1,024 and read the page again when a <meta> comes later, as parse_html does; looking a little
// further at once spares most pages that second reading.
constexpr std::size_t kPrescanBytes = 4096;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool starts_with_lower(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    if (lower(text[i]) != lower_prefix[i]) return false;
  }
  return true;
}

// UTF-16 cannot be true where the declaration itself was read as ASCII.
std::string_view usable(std::string_view name) {
  if (name == "utf-16be" || name == "utf-16le") return "utf-8";
  return name == "x-user-defined" ? std::string_view("windows-1252") : name;
}

// The charset in "text/html; charset=…".
std::string_view charset_of_content(std::string_view content) {
  std::size_t at = 0;
  const auto skip_space = [&] {
    while (at < content.size() && is_space(content[at])) ++at;
  };
  for (;;) {
    while (at < content.size() && !starts_with_lower(content.substr(at), "charset")) ++at;
    if (at >= content.size()) return {};
    at += 7;
    skip_space();
    if (at < content.size() && content[at] == '=') break;
  }
  ++at;
  skip_space();
  if (at >= content.size()) return {};
  if (content[at] == '"' || content[at] == '\'') {
    const std::size_t end = content.find(content[at], at + 1);
    if (end == std::string_view::npos) return {};
    return charset_of_label(content.substr(at + 1, end - at - 1));
  }
  const std::size_t end = content.find_first_of(" \t\n\f\r;", at);
  return charset_of_label(content.substr(at, end == std::string_view::npos ? end : end - at));
}

class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes.substr(0, kPrescanBytes)) {}

  std::string_view run() {
    for (; at_ < bytes_.size(); ++at_) {
      if (bytes_[at_] != '<') continue;
      const std::string_view rest = bytes_.substr(at_);
      if (rest.substr(0, 4) == "<!--") {
        const std::size_t end = bytes_.find("-->", at_ + 2);
        if (end == std::string_view::npos) return {};
        at_ = end + 2;
      } else if (starts_with_lower(rest, "<meta") && rest.size() > 5 && (is_space(rest[5]) || rest[5] == '/')) {
        at_ += 5;
        if (const std::string_view name = read_meta(); !name.empty()) return name;
      } else if (rest.size() > 1 && (is_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_letter(rest[2])))) {
        while (at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '>') ++at_;
        while (read_attribute()) {
        }
      } else if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '/' || rest[1] == '?')) {
        at_ = bytes_.find('>', at_);
        if (at_ == std::string_view::npos) return {};
      }
    }
    return {};
  }

 private:
  std::string_view read_meta() {
    bool got_pragma = false, seen_http_equiv = false, seen_content = false, seen_charset = false, need_pragma = false;
    std::string_view charset;
    while (read_attribute()) {
      if (name_ == "http-equiv" && !seen_http_equiv) {
        seen_http_equiv = true;
        got_pragma = value_ == "content-type";
      } else if (name_ == "content" && !seen_content) {
        seen_content = true;
        const std::string_view found = charset_of_content(value_);
        if (charset.empty() && !found.empty()) {
          charset = found;
          need_pragma = true;
        }
      } else if (name_ == "charset" && !seen_charset) {
        seen_charset = true;
        charset = charset_of_label(value_);
        need_pragma = false;
      }
    }
    // A tag that the window cuts off declares nothing.
    if (charset.empty() || (need_pragma && !got_pragma) || at_ >= bytes_.size()) return {};
    return usable(charset);
  }

  // Reads one attribute into name_ and value_, lower-cased. False at the end of the tag, with at_ on its '>'.
  bool read_attribute() {
    name_.clear();
    value_.clear();
    while (at_ < bytes_.size() && (is_space(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
    if (at_ >= bytes_.size() || bytes_[at_] == '>') return false;
    for (; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      if ((c == '=' && !name_.empty()) || is_space(c)) break;
      if (c == '/' || c == '>') return true;
      name_ += lower(c);
    }
    while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
    if (at_ >= bytes_.size() || bytes_[at_] != '=') return at_ < bytes_.size();
    ++at_;
    while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
    return read_value();
  }

  bool read_value() {
    if (at_ >= bytes_.size()) return false;
    const char quote = bytes_[at_];
    if (quote == '"' || quote == '\'') {
      for (++at_; at_ < bytes_.size() && bytes_[at_] != quote; ++at_) value_ += lower(bytes_[at_]);
      if (at_ < bytes_.size()) ++at_;
      return at_ < bytes_.size();
    }
    for (; at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '>'; ++at_) value_ += lower(bytes_[at_]);
    return at_ < bytes_.size();
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::string name_, value_;
};

// The encoding of <?xml version="1.0" encoding="…"?>.
std::string_view xml_encoding(std::string_view bytes) {
  if (bytes.substr(0, 5) != "<?xml") return {};
  std::string_view head = bytes.substr(0, kPrescanBytes);
  head = head.substr(0, head.find('>'));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos || head.size() == std::min(bytes.size(), kPrescanBytes)) return {};
  const auto skip_control = [&] {
    while (at < head.size() && static_cast<unsigned char>(head[at]) <= 0x20) ++at;
  };
  at += 8;
  skip_control();
  if (at >= head.size() || head[at] != '=') return {};
  ++at;
  skip_control();
  if (at >= head.size() || (head[at] != '"' && head[at] != '\'')) return {};
  const std::size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  return usable(charset_of_label(head.substr(at + 1, end - at - 1)));
}

}  // namespace

std::string_view charset_of_meta(std::string_view charset, std::string_view http_equiv, std::string_view content) {
  if (const std::string_view name = charset_of_label(charset); !name.empty()) return usable(name);
  const bool pragma = http_equiv.size() == 12 && starts_with_lower(http_equiv, "content-type");
  return pragma ? usable(charset_of_content(content)) : std::string_view();
}

std::string_view prescan_charset(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.substr(0, 6) == "<\0?\0x\0"sv) return "utf-16le";
  if (bytes.substr(0, 6) == "\0<\0?\0x"sv) return "utf-16be";
  const std::string_view found = Prescan(bytes).run();
  return found.empty() ? xml_encoding(bytes) : found;
}

}  // namespace casus::detail
