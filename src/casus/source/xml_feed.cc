// SPDX-License-Identifier: Apache-2.0
// RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom 0.3/1.0. Elements are known by their local names, because feeds in the wild
// bind any prefix to any namespace. A feed that stops being well-formed gives the entries before that place and one
// refusal for the rest. Entities declared by the feed are never expanded: an internal DOCTYPE subset is refused, and
// pugixml has no code to expand one. Tests: xml_feed_test.cc; fuzz/feed_fuzz.cc.
#include <casus/source/carriers.h>
#include <casus/source/charset.h>
#include <pugixml.hpp>

#include <algorithm>
#include <initializer_list>
#include <sstream>

namespace casus::detail {

namespace {

constexpr int kMaxDepth = 512;            // as for pages
constexpr std::size_t kMaxMember = 2048;  // bytes of a title, URL or date; longer ones are left out

std::string_view local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is(const pugi::xml_node& node, std::string_view name) {
  return node.type() == pugi::node_element && same_name(local(node.name()), name);
}

pugi::xml_node child(const pugi::xml_node& of, std::string_view name) {
  for (const pugi::xml_node& node : of.children()) {
    if (is(node, name)) return node;
  }
  return {};
}

// Character data of the element itself, without that of its children.
std::string own_text(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) out += part.value();
  }
  return out;
}

std::string member(const pugi::xml_node& of, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const std::string text = own_text(child(of, name));
    const std::string_view trimmed = stripped(text);
    if (!trimmed.empty() && trimmed.size() <= kMaxMember) return std::string(trimmed);
  }
  return {};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

// Atom's text construct or RSS's escaped markup as HTML.
std::string markup(const pugi::xml_node& node) {
  const std::string_view type = node.attribute("type").value();
  if (same_name(type, "xhtml") || same_name(type, "application/xhtml+xml") ||
      same_name(node.attribute("mode").value(), "xml")) {
    std::ostringstream out;
    for (const pugi::xml_node& part : node.children()) part.print(out, "", pugi::format_raw);
    return std::move(out).str();
  }
  const std::string text = own_text(node);
  return same_name(type, "text") || same_name(type, "text/plain") ? escaped(text) : text;
}

// content:encoded, Atom content, description, summary: the longest says most.
std::string content(const pugi::xml_node& entry) {
  std::string best;
  for (const pugi::xml_node& node : entry.children()) {
    if (!is(node, "encoded") && !is(node, "content") && !is(node, "description") && !is(node, "summary") &&
        !is(node, "body"))
      continue;
    std::string text = markup(node);
    if (stripped(text).size() > stripped(best).size()) best = std::move(text);
  }
  return best;
}

std::string link(const pugi::xml_node& entry) {
  for (const pugi::xml_node& node : entry.children()) {
    if (!is(node, "link")) continue;
    const std::string_view relation = node.attribute("rel").value();
    if (!relation.empty() && !same_name(relation, "alternate")) continue;
    const std::string text = own_text(node);
    for (const std::string_view url : {std::string_view(node.attribute("href").value()), stripped(text)}) {
      if (is_web_url(url) && url.size() <= kMaxMember) return std::string(url);
    }
  }
  const pugi::xml_node guid = child(entry, "guid");
  const std::string text = member(entry, {"guid", "id"});
  return !same_name(guid.attribute("isPermaLink").value(), "false") && is_web_url(text) ? text : std::string();
}

std::string feed_language(const pugi::xml_node& root, const pugi::xml_node& channel) {
  std::string language = member(channel, {"language"});
  if (language.empty()) language = root.attribute("xml:lang").value();
  return language.substr(0, 16);
}

// A DOCTYPE with declarations of its own: where feeds carry bombs, and nothing that a news feed needs.
bool has_internal_subset(std::string_view bytes) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  constexpr std::string_view kDoctype = "<!DOCTYPE";
  const auto at = std::search(bytes.begin(), bytes.end(), kDoctype.begin(), kDoctype.end(), same);
  if (at == bytes.end()) return false;
  const std::string_view rest(at, bytes.end());
  return rest.find('[') < rest.find('>');
}

int depth_of(const pugi::xml_document& document) {
  struct Walker : pugi::xml_tree_walker {
    int deepest = 0;
    bool for_each(pugi::xml_node&) override {
      deepest = std::max(deepest, depth());
      return deepest <= kMaxDepth;
    }
  } walker;
  pugi::xml_document& walked =
      const_cast<pugi::xml_document&>(document);  // NOLINT: traverse() does not change the tree
  walked.traverse(walker);
  return walker.deepest;
}

class FeedReader {
 public:
  FeedReader(const std::string& name, Sink& sink) : name_(name), sink_(sink) {}

  void give_all(const pugi::xml_node& root) {
    const pugi::xml_node inner = child(root, "channel");
    const pugi::xml_node channel = inner ? inner : root;
    site_ = member(channel, {"title"});
    language_ = feed_language(root, channel);
    give(channel);
    if (inner) give(root);  // RSS 1.0 has its items beside the channel
  }

  std::size_t entries() const { return number_; }

 private:
  void give(const pugi::xml_node& parent) {
    for (const pugi::xml_node& entry : parent.children()) {
      if (sink_.stopped()) return;
      if (!is(entry, "item") && !is(entry, "entry")) continue;
      ++number_;
      Document document;
      document.name = name_ + "#" + std::to_string(number_);
      document.bytes = content(entry);
      document.form = DocumentForm::html;
      document.charset = "utf-8";
      document.url = link(entry);
      document.title = member(entry, {"title"});
      document.published = iso_date(member(entry, {"pubDate", "published", "issued", "date", "updated", "modified"}));
      document.language = member(entry, {"language"});
      if (document.language.empty()) document.language = language_;
      document.site = site_;
      if (stripped(document.bytes).empty()) {
        sink_.refuse(document.name, {}, {Errc::invalid_input, "the entry has no content"});
      } else if (document.bytes.size() > sink_.limits().max_document) {
        sink_.refuse(document.name, document.bytes, {Errc::too_large, "the entry is longer than a page may be"});
      } else {
        sink_.document(std::move(document));
      }
    }
  }

  const std::string& name_;
  Sink& sink_;
  std::string site_, language_;
  std::size_t number_ = 0;
};

}  // namespace

void read_xml_feed(std::string_view bytes, const std::string& name, Sink& sink) {
  if (bytes.size() > sink.limits().max_feed) {
    return sink.refuse(name, bytes, {Errc::too_large, "a feed of " + std::to_string(bytes.size()) + " bytes"});
  }
  const std::string text = to_utf8(bytes, xml_encoding(bytes));
  if (has_internal_subset(text)) {
    return sink.refuse(name, bytes,
                       {Errc::refused, "the feed declares entities of its own (DOCTYPE with an internal subset)"});
  }
  pugi::xml_document document;
  const std::size_t first = std::min(text.find('<'), text.size());
  const pugi::xml_parse_result parsed = document.load_buffer(
      text.data() + first, text.size() - first, pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (depth_of(document) > kMaxDepth)
    return sink.refuse(name, bytes, {Errc::too_large, "the feed is nested too deeply"});
  FeedReader reader(name, sink);
  for (const pugi::xml_node& root : document.children()) {
    if (root.type() == pugi::node_element) reader.give_all(root);
  }
  if (!parsed) {
    sink.refuse(name, bytes,
                {Errc::invalid_input,
                 std::string("not well-formed: ") + parsed.description() + "; " + std::to_string(reader.entries()) +
                     " entries before that place were kept",
                 static_cast<std::int64_t>(first) + parsed.offset});
  } else if (reader.entries() == 0) {
    sink.refuse(name, bytes, {Errc::invalid_input, "a feed without entries"});
  }
}

}  // namespace casus::detail
