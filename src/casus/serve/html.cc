// SPDX-License-Identifier: Apache-2.0
// Tests: html_test.cc.
#include "html.h"

#include <casus/base/utf8.h>

namespace casus::detail {
namespace {

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    switch (c) {
      case '&':
        out += "&amp;";
        ++at;
        continue;
      case '<':
        out += "&lt;";
        ++at;
        continue;
      case '>':
        out += "&gt;";
        ++at;
        continue;
      case '"':
        out += "&quot;";
        ++at;
        continue;
      case '\'':
        out += "&#39;";
        ++at;
        continue;
      default:
        break;
    }
    if (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F) {
      out += c;
      ++at;
      continue;
    }
    const Decoded decoded = decode_utf8(text, at);
    append_utf8(out, decoded.valid && !is_control(decoded.code_point) ? decoded.code_point : kReplacement);
    at += decoded.length > 0 ? decoded.length : 1;
  }
}

Link Link::local(std::string path) {
  // "//host" and "/\host" would leave this server.
  const bool ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
  return {ours ? std::move(path) : "/", false};
}

Link Link::fragment(std::string_view id) {
  return {"#" + std::string(id), false};
}

std::optional<Link> Link::outside(std::string_view url) {
  constexpr std::size_t kMaxUrl = 4096;
  if (url.size() > kMaxUrl) return std::nullopt;
  const std::string lower = to_lower(url.substr(0, 8));
  const std::size_t scheme = lower.starts_with("https://") ? 8 : lower.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return std::nullopt;
  // Browsers drop tabs and line ends inside addresses; such an address is not one that a page gave in good faith.
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '\\' || c == '<' || c == '>' || c == '"') return std::nullopt;
  }
  const std::string_view rest = url.substr(scheme);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.empty() || host.find('@') != std::string_view::npos) return std::nullopt;
  return Link{std::string(url), true};
}

Attribute::Attribute(const Link& link) : name("href"), value(link.address()), leaves(link.leaves()) {}

Attribute Attribute::source(const Link& link) {
  Attribute attribute;
  attribute.name = "src";
  attribute.value = link.address();
  return attribute;
}

Attribute Attribute::action(const Link& link) {
  Attribute attribute;
  attribute.name = "action";
  attribute.value = link.address();
  return attribute;
}

Html::Scope::~Scope() {
  html_.out_ += "</";
  html_.out_ += tag_;
  html_.out_ += '>';
}

void Html::start(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const Attribute& attribute : attributes) {
    out_ += ' ';
    out_ += attribute.name;
    if (attribute.bare) continue;
    out_ += "=\"";
    append_escaped(out_, attribute.value);
    out_ += '"';
    if (attribute.leaves) out_ += " rel=\"noreferrer noopener external\"";
  }
  out_ += '>';
}

Html::Scope Html::in(Name tag, Attributes attributes) {
  start(tag.view(), attributes);
  return {*this, tag.view()};
}

void Html::open(Name tag, Attributes attributes) {
  start(tag.view(), attributes);
}

void Html::close(Name tag) {
  out_ += "</";
  out_ += tag.view();
  out_ += '>';
}

void Html::leaf(Name tag, Attributes attributes, std::string_view content) {
  start(tag.view(), attributes);
  append_escaped(out_, content);
  close(tag);
}

void Html::empty(Name tag, Attributes attributes) {
  start(tag.view(), attributes);
}

}  // namespace casus::detail
