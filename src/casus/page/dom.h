// SPDX-License-Identifier: Apache-2.0
#pragma once
// An HTML page as a tree that remembers bytes. The tokenizer and tree builder follow the WHATWG standard (no
// scripting), but every work and memory bound is a cap (see HtmlLimits), because the standard itself lets 19 kB of
// markup make a million elements.
//
//   casus::Result<casus::HtmlTree> tree = casus::parse_html(bytes, {.charset = "utf-8"});
//
// Shape: nodes lie in one array in creation order; links are indices (kNoNode = none), so a tree is moved, never walked
// by pointers. Node 0 is the document. Text is decoded UTF-8 in `text_pool`; `pieces` say from which page bytes each
// run of it came. The content of a <template> is its children; <selectedcontent> stays empty. Cost: linear in the page;
// nodes ≤ 2 × input bytes + 512, whatever the markup, and beyond HtmlLimits::max_nodes the page is refused. Errors:
// too_large. Everything else, however broken, is a tree. Threads: no shared state.
#include <casus/base/result.h>
#include <casus/base/span.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

// How a run of text came out of the page.
enum class PieceKind : std::uint8_t {
  verbatim,  // text bytes equal page bytes
  decoded,   // page bytes say the same characters in another form: a character reference, another charset, CR LF, an
             // invalid byte
  space,  // page bytes between two kept characters (white space, markup, a broken line) shown as one blank or one line
          // end
};

// Text [text_start, next piece's text_start) came from page bytes [page_start, page_start + page_length).
struct Piece {
  std::uint32_t text_start = 0;
  std::uint32_t page_start = 0;
  std::uint32_t page_length = 0;
  PieceKind kind = PieceKind::verbatim;
};

using NodeId = std::uint32_t;
constexpr NodeId kNoNode = 0xFFFFFFFFU;

enum class NodeType : std::uint8_t { document, doctype, element, text, comment };
enum class Namespace : std::uint8_t { html, svg, math };

// Names and values are views into a static table or the tree's own storage: they live as long as the tree, also when it
// is moved.
struct Attribute {
  std::string_view name;   // lower case in HTML; as written with its prefix in SVG and MathML ("xlink:href")
  std::string_view value;  // decoded
  PageSpan value_page;     // bytes of the raw value between its quotes; empty where there is none
};

struct Node {
  NodeType type = NodeType::element;
  Namespace space = Namespace::html;
  std::uint16_t tag = 0;  // of use to the parser only: index in its table of tags, 0 for names it does not know
  NodeId parent = kNoNode, first_child = kNoNode, last_child = kNoNode, previous = kNoNode, next = kNoNode;
  std::string_view name;  // tag name of an element, lower case in HTML; name of a doctype
  std::span<const Attribute>
      attributes;  // in page order, first of duplicates; of a doctype: "public" and "system" where given
  Span text;       // text and comment nodes: range of HtmlTree::text_pool
  std::uint32_t first_piece = 0,
                piece_count = 0;  // text nodes: HtmlTree::pieces[first_piece …), text_start relative to text_pool
  PageSpan page;  // element: from its start tag's first byte to the end of its end tag (or of its last content)
};

struct HtmlLimits {
  std::uint32_t max_bytes = 10U << 20U;  // input; peers: trafilatura 20 MB, Common Crawl news 5 MiB
  std::uint32_t max_depth = 512;       // deepest real page measured: 138; deeper elements become siblings, text is kept
  std::uint32_t max_formatting = 64;   // entries in the list of active formatting elements; oldest is dropped
  std::uint32_t max_attributes = 256;  // per tag; real maximum 64
  std::uint32_t max_nodes = 1U << 20U;  // a page beyond this is refused
};

struct HtmlOptions {
  std::string_view charset;  // label from outside (HTTP header, WARC); empty: BOM, then <meta>, then UTF-8 if it is
                             // that, else windows-1252
  std::string_view fragment_context;  // tests only: parse as the content of this element
  HtmlLimits limits;
};

struct HtmlTree {
  std::vector<Node> nodes;
  std::string text_pool;
  std::vector<Piece> pieces;
  std::string charset;              // as decided, WHATWG name in lower case
  std::string charset_from;         // "bom", "header", "meta", "guess" (nothing declared, but valid UTF-8), "default"
  std::uint32_t invalid_bytes = 0;  // malformed sequences shown as U+FFFD
  bool depth_capped = false, formatting_capped = false, attributes_capped = false;
  bool charset_conflict = false;  // BOM, header and <meta> do not all name the same encoding
  bool quirks = false;
  std::vector<std::unique_ptr<char[]>> storage;  // what the views of nodes point into; makes the tree move-only

  std::string_view text(NodeId id) const { return nodes[id].text.of(text_pool); }
  // Value of the attribute, or an empty view when it is absent. O(attributes).
  std::string_view attribute(NodeId id, std::string_view name) const;
};

Result<HtmlTree> parse_html(std::string_view bytes, const HtmlOptions& options = {});

}  // namespace casus
