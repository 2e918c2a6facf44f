// SPDX-License-Identifier: Apache-2.0
// Tests: main_content_test.cc.
#include <casus/page/main_content.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace casus::detail {

Choice choose_blocks(const HtmlTree& tree, const BlockList& list, const PageFacts& facts) {
  Choice choice;
  const std::vector<float> rows = block_features(tree, list, facts);
  choice.kept.assign(list.blocks.size(), true);
  choice.reason.assign(list.blocks.size(), "boilerplate");
  return choice;
}

void read_html(const HtmlTree& tree, std::string_view bytes, std::string_view url, Article& article) {
  const BlockList list = blocks_of(tree);
  Metadata metadata = read_metadata(tree, bytes);
  fill_metadata(metadata, url, article);
  const Choice choice = choose_blocks(tree, list, {article.title.value, metadata.description, metadata.body});
  std::vector<Draft> drafts;
  drafts.reserve(list.blocks.size());
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    drafts.push_back(draft_of(list, list.blocks[i], choice.kept[i] ? std::string_view{} : choice.reason[i]));
  }
  assemble({tree.text_pool, tree.pieces, bytes}, std::move(drafts), article);
}

}  // namespace casus::detail
