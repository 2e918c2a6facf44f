// SPDX-License-Identifier: Apache-2.0
#pragma once
// The article of an HTML page: which blocks are kept, and a reason for each of the others.
//
// A model of small decision trees (model/block_trees.tsv, learned from pages with known article text) gives every block
// a probability from its features; rules then mend what one block alone cannot know: headings without text below them,
// repeated paragraphs, the headline itself, gaps of one block. Cost: linear in blocks.
#include <casus/page/block_features.h>
#include <casus/page/blocks.h>
#include <casus/page/metadata.h>

#include <string_view>
#include <vector>

namespace casus::detail {

struct Choice {
  std::vector<bool> kept;                // of each block
  std::vector<std::string_view> reason;  // of each block that is not kept
  bool unsure = false;                   // nothing looked like an article; the best prose of the page was taken
};

Choice choose_blocks(const HtmlTree& tree, const BlockList& list, const PageFacts& facts);

void read_html(const HtmlTree& tree, std::string_view bytes, std::string_view url, Article& article);

}  // namespace casus::detail
