// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/page/html_test_support.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace casus::testing {

namespace {

// html5lib shows the prefix of an attribute that has a namespace apart from its name.
std::string shown_name(const Attribute& attribute, Namespace space) {
  std::string name(attribute.name);
  if (space == Namespace::html) return name;
  for (const std::string_view known : {"xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show",
                                       "xlink:title", "xlink:type", "xml:lang", "xml:space", "xmlns:xlink"}) {
    if (name == known) name[name.find(':')] = ' ';
  }
  return name;
}

class Outline {
 public:
  explicit Outline(const HtmlTree& tree) : tree_(tree) {}

  std::string run(NodeId root) {
    children(root, 0);
    return std::move(out_);
  }

 private:
  void line(std::size_t level, std::string_view text) {
    out_.append("| ").append(2 * level, ' ').append(text).append("\n");
  }

  void children(NodeId parent, std::size_t level) {
    for (NodeId id = tree_.nodes[parent].first_child; id != kNoNode; id = tree_.nodes[id].next) show(id, level);
  }

  void show(NodeId id, std::size_t level) {
    const Node& node = tree_.nodes[id];
    switch (node.type) {
      case NodeType::document:
        break;
      case NodeType::doctype:
        line(level, doctype(id));
        break;
      case NodeType::text:
        line(level, "\"" + std::string(tree_.text(id)) + "\"");
        break;
      case NodeType::comment:
        line(level, "<!-- " + std::string(tree_.text(id)) + " -->");
        break;
      case NodeType::element:
        element(node, id, level);
        break;
    }
  }

  std::string doctype(NodeId id) const {
    std::string out = "<!DOCTYPE " + std::string(tree_.nodes[id].name);
    if (!tree_.nodes[id].attributes.empty()) {
      out.append(" \"")
          .append(tree_.attribute(id, "public"))
          .append("\" \"")
          .append(tree_.attribute(id, "system"))
          .append("\"");
    }
    return out + ">";
  }

  void element(const Node& node, NodeId id, std::size_t level) {
    const std::string space = node.space == Namespace::svg ? "svg " : node.space == Namespace::math ? "math " : "";
    line(level, "<" + space + std::string(node.name) + ">");
    std::vector<std::pair<std::string, std::string_view>> attributes;
    for (const Attribute& a : node.attributes) attributes.emplace_back(shown_name(a, node.space), a.value);
    std::sort(attributes.begin(), attributes.end());
    for (const auto& [name, value] : attributes) line(level + 1, name + "=\"" + std::string(value) + "\"");
    if (node.space == Namespace::html && node.name == "template") line(++level, "content");
    children(id, level + 1);
  }

  const HtmlTree& tree_;
  std::string out_;
};

std::string at(NodeId id) {
  return " at node " + std::to_string(id);
}

std::string piece_faults(const HtmlTree& tree, NodeId id, std::string_view bytes) {
  const Node& node = tree.nodes[id];
  if (node.piece_count == 0) return "text without pieces" + at(id);
  if (std::size_t{node.first_piece} + node.piece_count > tree.pieces.size()) return "pieces out of range" + at(id);
  std::uint32_t next_text = node.text.start;
  for (std::uint32_t i = 0; i < node.piece_count; ++i) {
    const Piece& piece = tree.pieces[node.first_piece + i];
    const bool last = i + 1 == node.piece_count;
    const std::uint32_t end = last ? node.text.end : tree.pieces[node.first_piece + i + 1].text_start;
    if (piece.text_start != next_text || end <= piece.text_start) return "a gap between pieces" + at(id);
    if (std::size_t{piece.page_start} + piece.page_length > bytes.size()) return "a piece outside the page" + at(id);
    const std::string_view text = Span{piece.text_start, end}.of(tree.text_pool);
    const std::string_view page = bytes.substr(piece.page_start, piece.page_length);
    if (piece.kind == PieceKind::verbatim && text != page) return "a verbatim piece differs from the page" + at(id);
    if (piece.kind == PieceKind::space) return "a piece of a kind that the parser does not make" + at(id);
    next_text = end;
  }
  return next_text == node.text.end ? "" : "text beyond its pieces" + at(id);
}

std::string link_faults(const HtmlTree& tree, NodeId id) {
  const Node& node = tree.nodes[id];
  NodeId previous = kNoNode;
  for (NodeId child = node.first_child; child != kNoNode; child = tree.nodes[child].next) {
    if (tree.nodes[child].parent != id || tree.nodes[child].previous != previous) return "links disagree" + at(id);
    previous = child;
  }
  return node.last_child == previous ? "" : "the last child is another" + at(id);
}

}  // namespace

std::string outline(const HtmlTree& tree, bool fragment) {
  return Outline(tree).run(fragment ? tree.nodes[0].first_child : 0);
}

std::size_t depth(const HtmlTree& tree) {
  std::size_t deepest = 0, level = 0;
  NodeId id = 0;
  while (true) {
    deepest = std::max(deepest, level);
    if (tree.nodes[id].first_child != kNoNode) {
      id = tree.nodes[id].first_child;
      ++level;
      continue;
    }
    while (id != 0 && tree.nodes[id].next == kNoNode) {
      id = tree.nodes[id].parent;
      --level;
    }
    if (id == 0) return deepest;
    id = tree.nodes[id].next;
  }
}

std::string faults(const HtmlTree& tree, std::string_view bytes, const HtmlLimits& limits) {
  constexpr std::size_t kFreeNodes = 512;
  if (tree.nodes.empty() || tree.nodes[0].type != NodeType::document) return "no document";
  if (tree.nodes.size() > 1 + 2 * bytes.size() + kFreeNodes) return "more nodes than the page pays for";
  if (!is_valid_utf8(tree.text_pool)) return "text is not UTF-8";
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    const Node& node = tree.nodes[id];
    if (node.page.start > node.page.end || node.page.end > bytes.size()) return "a span outside the page" + at(id);
    if (node.attributes.size() > limits.max_attributes) return "too many attributes" + at(id);
    for (const Attribute& a : node.attributes) {
      if (a.value_page.start > a.value_page.end || a.value_page.end > bytes.size())
        return "a value outside the page" + at(id);
      if (!is_valid_utf8(a.name) || !is_valid_utf8(a.value)) return "an attribute is not UTF-8" + at(id);
    }
    std::string wrong = link_faults(tree, id);
    if (wrong.empty() && node.type == NodeType::text) wrong = piece_faults(tree, id, bytes);
    if (!wrong.empty()) return wrong;
  }
  // Adoption may wrap what is already closed once more for each formatting element.
  if (depth(tree) > limits.max_depth + limits.max_formatting + 2) return "too deep";
  return "";
}

}  // namespace casus::testing
