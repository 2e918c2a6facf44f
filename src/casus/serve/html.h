// SPDX-License-Identifier: Apache-2.0
#pragma once
// HTML that cannot hold unescaped text: elements and attribute names are literals checked while compiling, everything
// else is escaped as it is written, and an address gets into href only as a Link, which knows two kinds: ours and
// http(s) elsewhere.
//
//   Html html;
//   { auto p = html.in("p", {{"class", "quote"}, {"dir", "auto"}}); html.text(quote); }
//   html.leaf("a", {Link::local("/event/" + id)}, "why");
//
// Text is made valid UTF-8; control characters become U+FFFD. Cost: linear in what is written.
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace casus::detail {

// Escapes for text and for quoted attribute values alike.
void append_escaped(std::string& out, std::string_view text);

// A tag or attribute name. Names that could carry script or style, and those that carry addresses, do not compile.
class Name {
 public:
  template <std::size_t N>
  consteval Name(const char (&name)[N]) : name_(name, N - 1) {  // NOLINT: implicit by design
    for (const char c : name_) {
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) throw "not an HTML name in lower case";
    }
    if (name_.starts_with("on") || name_ == "style" || name_ == "srcdoc") throw "no script and no style in HTML";
    if (name_ == "href" || name_ == "src" || name_ == "action") throw "addresses go through Link";
  }
  std::string_view view() const { return name_; }

 private:
  std::string_view name_;
};

// An address that may stand in a page.
class Link {
 public:
  // On this server: `path` starts with '/' and is already percent-encoded where needed; anything else becomes "/".
  static Link local(std::string path);
  // In this page: "#id".
  static Link fragment(std::string_view id);
  // Elsewhere: only http and https with a host, no user info, no control characters; nullopt otherwise.
  static std::optional<Link> outside(std::string_view url);
  const std::string& address() const { return address_; }
  bool leaves() const { return leaves_; }

 private:
  Link(std::string address, bool leaves) : address_(std::move(address)), leaves_(leaves) {}
  std::string address_;
  bool leaves_;
};

// One attribute. Values are viewed: they must live until the call that takes the attribute returns.
struct Attribute {
  Attribute(Name attribute, std::string_view content) : name(attribute.view()), value(content) {}
  Attribute(Name attribute) : name(attribute.view()), bare(true) {}  // NOLINT: implicit by design, {"open"}
  Attribute(const Link& link);                // NOLINT: implicit by design: href, and rel where it leaves
  static Attribute source(const Link& link);  // src
  static Attribute action(const Link& link);  // action of a form

  std::string_view name, value;
  bool bare = false, leaves = false;

 private:
  Attribute() = default;
};

using Attributes = std::initializer_list<Attribute>;

class Html {
 public:
  // Closes its element when it goes out of scope.
  class Scope {
   public:
    Scope(Html& html, std::string_view tag) : html_(html), tag_(tag) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    Html& html_;
    std::string_view tag_;
  };

  [[nodiscard]] Scope in(Name tag, Attributes attributes = {});
  void open(Name tag, Attributes attributes = {});
  void close(Name tag);
  void leaf(Name tag, Attributes attributes, std::string_view text);
  void leaf(Name tag, std::string_view text) { leaf(tag, {}, text); }
  void empty(Name tag, Attributes attributes = {});  // <meta>, <input>, <link>, SVG's <rect/>
  void text(std::string_view text) { append_escaped(out_, text); }
  void doctype() { out_ += "<!doctype html>\n"; }
  void line() { out_ += '\n'; }

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void start(std::string_view tag, Attributes attributes);
  std::string out_;
};

}  // namespace casus::detail
