// SPDX-License-Identifier: Apache-2.0
// Any bytes are a page: parse_html must return a sound tree or refuse, under every encoding and under tight limits. The
// first byte chooses the encoding, the second the limits, so that one corpus reaches all of them.
#include <casus/page/dom.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_pieces(const casus::HtmlTree& tree, const casus::Node& node, std::string_view bytes) {
  require(node.piece_count != 0 && node.first_piece + std::size_t{node.piece_count} <= tree.pieces.size());
  std::uint32_t at = node.text.start;
  for (std::uint32_t i = 0; i < node.piece_count; ++i) {
    const casus::Piece& piece = tree.pieces[node.first_piece + i];
    const bool last = i + 1 == node.piece_count;
    const std::uint32_t end = last ? node.text.end : tree.pieces[node.first_piece + i + 1].text_start;
    require(piece.text_start == at && end > at);
    require(std::size_t{piece.page_start} + piece.page_length <= bytes.size());
    const std::string_view text = casus::Span{at, end}.of(tree.text_pool);
    if (piece.kind == casus::PieceKind::verbatim) require(text == bytes.substr(piece.page_start, piece.page_length));
    at = end;
  }
  require(at == node.text.end);
}

void check(const casus::HtmlTree& tree, std::string_view bytes) {
  constexpr std::size_t kFreeNodes = 512;
  require(tree.nodes.size() <= 1 + 2 * bytes.size() + kFreeNodes);
  for (casus::NodeId id = 0; id < tree.nodes.size(); ++id) {
    const casus::Node& node = tree.nodes[id];
    require(node.page.start <= node.page.end && node.page.end <= bytes.size());
    casus::NodeId previous = casus::kNoNode;
    for (casus::NodeId child = node.first_child; child != casus::kNoNode; child = tree.nodes[child].next) {
      require(tree.nodes[child].parent == id && tree.nodes[child].previous == previous);
      previous = child;
    }
    require(previous == node.last_child);
    if (node.type == casus::NodeType::text) check_pieces(tree, node, bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kCharsets[] = {"",         "utf-8",       "windows-1252", "koi8-r", "shift_jis",
                                            "euc-jp",   "iso-2022-jp", "gb18030",      "big5",   "euc-kr",
                                            "utf-16le", "utf-16be",    "replacement"};
  constexpr std::string_view kContexts[] = {"", "", "", "td", "svg desc", "select", "template", "math mi"};
  if (size < 2) return 0;
  casus::HtmlOptions options;
  options.charset = kCharsets[data[0] % std::size(kCharsets)];
  options.fragment_context = kContexts[data[1] % std::size(kContexts)];
  if ((data[1] & 0x80) != 0) {
    options.limits.max_depth = 24;
    options.limits.max_formatting = 3;
    options.limits.max_attributes = 2;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const casus::Result<casus::HtmlTree> tree = casus::parse_html(bytes, options);
  if (tree) {
    check(*tree, bytes);
  } else {
    require(tree.error().code == casus::Errc::too_large);
  }
  return 0;
}
