// SPDX-License-Identifier: Apache-2.0
#pragma once
// An HTML tree cut into blocks: what a reader sees as one paragraph, heading, list item, caption or table row. Inline
// elements join; block elements, two <br>, and one <br> after a full stop part. Scripts and the like have no text and
// make no block.
//
//   const BlockList list = blocks_of(tree);
//   for (const Block& b : list.blocks) use(list.text(b));
//
// Shape: blocks in tree order; text() is white space collapsed, for looking only (Article text is made from the runs).
// Cost: linear in the tree; a page gives at most kMaxBlocks, the rest of its text is one last block.
#include <casus/page/dom.h>
#include <casus/page/draft.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// What stands around a block, from its ancestors' tags and attributes.
enum BlockFlag : std::uint32_t {
  kInArticle = 1U << 0U,
  kInMain = 1U << 1U,
  kInNav = 1U << 2U,
  kInHeader = 1U << 3U,
  kInFooter = 1U << 4U,
  kInAside = 1U << 5U,
  kInForm = 1U << 6U,
  kInFigure = 1U << 7U,
  kInTable = 1U << 8U,
  kInList = 1U << 9U,
  kInBody = 1U << 10U,  // itemprop="articleBody"
  kHidden = 1U << 11U,
  kInQuote = 1U << 12U,
  kInCaption = 1U << 13U,
  kInButton = 1U << 14U,
  kInNoscript = 1U << 15U,
};

enum class BlockTag : std::uint8_t { div, p, h1, h2, h3, li, td, caption, pre, dd, other };

struct Block {
  std::uint32_t first_run = 0, run_count = 0;
  std::uint32_t text_start = 0, text_end = 0;  // of BlockList::plain
  NodeId element = 0;                          // nearest block element
  NodeId innermost = 0;                        // innermost element at its first character
  std::uint32_t flags = 0;
  ParagraphKind kind = ParagraphKind::paragraph;
  BlockTag tag = BlockTag::div;
  std::uint16_t depth = 0;
  std::uint32_t words = 0, link_words = 0, links = 0;
  float self_score = 0, parent_score = 0, low_score = 0, high_score = 0,
        sum_score = 0;      // of class and id along the ancestors
  std::string_view label;   // label_of() its text, when that is short
  std::string_view reason;  // what the nearest telling class, id or role says ("related"), or empty
};

struct BlockList {
  std::vector<Block> blocks;
  std::vector<Run> runs;
  std::string plain;
  std::string_view text(const Block& b) const {
    return std::string_view(plain).substr(b.text_start, b.text_end - b.text_start);
  }
};

BlockList blocks_of(const HtmlTree& tree);

// Whether an element parts blocks.
bool is_block_element(const Node& node);

// The runs of a block as a paragraph.
Draft draft_of(const BlockList& list, const Block& block, std::string_view removed);

}  // namespace casus::detail
