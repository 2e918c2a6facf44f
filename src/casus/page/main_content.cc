// SPDX-License-Identifier: Apache-2.0
// Tests: main_content_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/block_model.h>
#include <casus/page/main_content.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace casus::detail {

namespace {

// Probabilities. Precision counts more than recall here: a headline of another article makes a false event.
constexpr float kKeep = 0.55F;
constexpr float kWeakKeep = 0.3F;  // when no block of the page reaches kKeep
constexpr std::uint32_t kLabelWords = 20;
constexpr std::uint32_t kRepeatWords = 5;  // shorter texts may well stand twice in one article

bool is_heading(const Block& block) {
  return block.kind == ParagraphKind::heading;
}

class Chooser {
 public:
  Chooser(const BlockList& list, std::vector<float> probabilities, std::string_view title)
      : list_(list), p_(std::move(probabilities)), title_(fold_name(title)) {
    choice_.kept.assign(list.blocks.size(), false);
    choice_.reason.assign(list.blocks.size(), {});
  }

  Choice choose() {
    const auto highest = p_.empty() ? 0.0F : *std::max_element(p_.begin(), p_.end());
    choice_.unsure = highest < kKeep;
    const float least = choice_.unsure ? kWeakKeep : kKeep;
    for (std::size_t i = 0; i < p_.size(); ++i) choice_.kept[i] = p_[i] >= least;
    drop_title();
    drop_repeats();
    drop_lone_headings();
    for (std::size_t i = 0; i < p_.size(); ++i) last_kept_ = choice_.kept[i] ? i : last_kept_;
    for (std::size_t i = 0; i < p_.size(); ++i) {
      if (!choice_.kept[i] && choice_.reason[i].empty()) choice_.reason[i] = reason_of(i);
    }
    return std::move(choice_);
  }

 private:
  void drop(std::size_t i, std::string_view reason) {
    choice_.kept[i] = false;
    choice_.reason[i] = reason;
  }

  // The headline has a field of its own.
  void drop_title() {
    if (title_.empty()) return;
    for (std::size_t i = 0; i < p_.size(); ++i) {
      const Block& block = list_.blocks[i];
      if (choice_.kept[i] && block.text_end - block.text_start < 2 * title_.size() + 8 &&
          fold_name(list_.text(block)) == title_)
        drop(i, "metadata");
    }
  }

  // Of one text kept more than once (a pull quote, a summary) the likeliest place stays.
  void drop_repeats() {
    std::unordered_map<std::string_view, std::size_t> best;
    for (std::size_t i = 0; i < p_.size(); ++i) {
      if (!choice_.kept[i] || list_.blocks[i].words < kRepeatWords) continue;
      const auto [entry, fresh] = best.try_emplace(list_.text(list_.blocks[i]), i);
      if (fresh) continue;
      std::size_t& kept = entry->second;
      drop(p_[i] > p_[kept] ? kept : i, "duplicate");
      if (choice_.kept[i]) kept = i;
    }
  }

  // A heading belongs to the text below it; without any it announces something that was left out.
  void drop_lone_headings() {
    bool text_below = false;
    for (std::size_t i = p_.size(); i-- > 0;) {
      if (!choice_.kept[i]) continue;
      if (!is_heading(list_.blocks[i])) {
        text_below = true;
      } else if (!text_below) {
        drop(i, "related");
      }
    }
  }

  std::string_view reason_of(std::size_t i) const {
    const Block& block = list_.blocks[i];
    const std::string_view text = list_.text(block);
    if ((block.flags & kHidden) != 0) return "hidden";
    if (block.words <= kLabelWords) {
      if (!block.label.empty()) return block.label;
    }
    if ((block.flags & kInNav) != 0) return "navigation";
    if ((block.flags & kInFooter) != 0) return "footer";
    if ((block.flags & (kInForm | kInButton)) != 0) return "form";
    if (block.kind == ParagraphKind::caption || (block.flags & kInFigure) != 0) return "caption";
    if (!block.reason.empty()) return block.reason;
    if (block.words <= kLabelWords && (date_in(text) || !byline_in(text).empty())) return "metadata";
    if ((block.flags & kInAside) != 0) return "related";
    if ((block.flags & kInHeader) != 0) return "header";
    if (2 * block.link_words > block.words) return block.words >= kRepeatWords ? "related" : "links";
    if (block.words < kRepeatWords) return "short";
    return i > last_kept_ ? "after-end" : "boilerplate";
  }

  const BlockList& list_;
  std::vector<float> p_;
  std::string title_;
  Choice choice_;
  std::size_t last_kept_ = 0;
};

void add_trust(const BlockList& list, const Choice& choice, Article& article) {
  for (std::size_t i = 0; i < choice.kept.size(); ++i) {
    if (choice.kept[i] || choice.reason[i] != "trust-badge") continue;
    const std::string_view scheme = trust_scheme_of(list.text(list.blocks[i]));
    const bool known = std::find(article.trust.begin(), article.trust.end(), scheme) != article.trust.end();
    if (!scheme.empty() && !known) article.trust.emplace_back(scheme);
  }
}

}  // namespace

Choice choose_blocks(const HtmlTree& tree, const BlockList& list, const PageFacts& facts) {
  return Chooser(list, block_probabilities(block_features(tree, list, facts)), facts.title).choose();
}

void read_html(const HtmlTree& tree, std::string_view bytes, std::string_view url, Article& article) {
  const BlockList list = blocks_of(tree);
  Metadata metadata = read_metadata(tree, bytes);
  const std::string title = choose_title(metadata).value;
  const Choice choice = choose_blocks(tree, list, {title, metadata.description, metadata.body});
  read_visible_metadata(tree, list, bytes, choice.kept, metadata);
  fill_metadata(metadata, url, article);
  add_trust(list, choice, article);
  if (choice.unsure) article.notes.emplace_back("unsure_article");
  std::vector<Draft> drafts;
  drafts.reserve(list.blocks.size());
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    drafts.push_back(draft_of(list, list.blocks[i], choice.kept[i] ? std::string_view{} : choice.reason[i]));
  }
  assemble({tree.text_pool, tree.pieces, bytes}, std::move(drafts), article);
  if (article.text.empty()) article.notes.emplace_back("no_article");
}

}  // namespace casus::detail
