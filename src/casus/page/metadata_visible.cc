// SPDX-License-Identifier: Apache-2.0
// Bylines and dates that only the reader's eye finds. Blocks of the article itself are not looked at: a date in prose
// is an event's. Tests: metadata_test.cc.
#include <casus/page/class_words.h>
#include <casus/page/metadata.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::uint32_t kBrief = 25;     // words of a line that can be a byline or a date line
constexpr std::size_t kBelowEnd = 6;     // blocks below the article in which a byline may stand
constexpr std::size_t kAboveStart = 25;  // and above it

// Whether the element or one of the two around it is marked as the author's place.
bool marked_as_author(const HtmlTree& tree, NodeId node) {
  for (int level = 0; level < 3 && node != 0 && node != kNoNode; ++level, node = tree.nodes[node].parent) {
    for (const std::string& word : class_words(tree.attribute(node, "class"))) {
      if (word == "author" || word == "byline" || word == "authors" || word == "autor") return true;
    }
  }
  return false;
}

}  // namespace

void read_visible_metadata(const HtmlTree& tree, const BlockList& list, std::string_view bytes,
                           const std::vector<bool>& kept, Metadata& metadata) {
  const auto first = static_cast<std::size_t>(std::find(kept.begin(), kept.end(), true) - kept.begin());
  if (first == kept.size()) return;
  const auto last = static_cast<std::size_t>(kept.rend() - std::find(kept.rbegin(), kept.rend(), true));
  const SourceText page{tree.text_pool, tree.pieces, bytes};
  const bool need_date = metadata.published.empty();
  bool byline_seen = false;  // of two the first is the article's
  for (std::size_t i = first > kAboveStart ? first - kAboveStart : 0; i < kept.size() && i < last + kBelowEnd; ++i) {
    const Block& block = list.blocks[i];
    if (kept[i] || block.words > kBrief) continue;
    const std::string text(list.text(block));
    PageSpan where;
    for (const Run& run : draft_of(list, block, {}).runs) where = where.cover(page_of(page, run));
    if (!byline_seen) {
      std::vector<FoundText> names = byline_in(text);
      if (names.empty() && block.words <= 12 && marked_as_author(tree, block.element)) names = names_in(text);
      byline_seen = !names.empty();
      for (FoundText& name : names) metadata.authors.push_back({std::move(name.value), "text", where});
    }
    const auto date = need_date || metadata.modified.empty() ? date_in(text) : std::nullopt;
    if (!date) continue;
    const bool updated = date_role_of(text) == "updated";
    if (updated && metadata.modified.empty()) metadata.modified.push_back({date->value, "text", where});
    if (!updated && need_date && metadata.published.empty()) metadata.published.push_back({date->value, "text", where});
  }
}

}  // namespace casus::detail
