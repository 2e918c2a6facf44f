// SPDX-License-Identifier: Apache-2.0
// Columns are written by name through `put`, in the order of kNames; main_content_test.cc checks that none is missed.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>
#include <casus/page/block_features.h>
#include <casus/page/shingles.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace casus::detail {

namespace {

constexpr std::array kNames = std::to_array<std::string_view>({
    // its own shape
    "words",
    "link_density",
    "links",
    "word_length",
    "commas",
    "sentence",
    "inner_end",
    "upper_start",
    "colon_end",
    "question",
    "capitals",
    "digits",
    "pipes",
    "quote_start",
    "label",
    "byline",
    "date",
    "repeated",
    "tag_p",
    "tag_h1",
    "tag_h2",
    "tag_h3",
    "tag_li",
    "tag_td",
    "tag_caption",
    "tag_other",
    // above it
    "in_article",
    "in_main",
    "in_nav",
    "in_header",
    "in_footer",
    "in_aside",
    "in_form",
    "in_figure",
    "in_table",
    "in_list",
    "in_body",
    "hidden",
    "in_quote",
    "in_button",
    "in_noscript",
    "depth",
    "self_score",
    "parent_score",
    "low_score",
    "high_score",
    "sum_score",
    "reason",
    // around it
    "position",
    "words_before",
    "words_after",
    "from_title",
    "title_seen",
    "equals_title",
    "shares_title",
    "in_description",
    "in_json_body",
    "prev_words",
    "prev_link",
    "prev_sentence",
    "prev_heading",
    "prev_same",
    "next_words",
    "next_link",
    "next_sentence",
    "next_heading",
    "next_same",
    "prev2_words",
    "prev2_link",
    "next2_words",
    "next2_link",
    "prose_window",
    "link_window",
    "label_above",
    "label_distance",
    "headings_window",
    // the elements that hold it
    "parent_words",
    "parent_link",
    "parent_share",
    "parent_sentences",
    "grand_words",
    "grand_link",
    "grand_share",
    "grand_sentences",
    "group_words",
    "group_link",
    "group_share",
    "group_blocks",
    "group_sentences",
    "best_inside",
    "best_depth",
    "best_ratio",
    "article_index",
    "article_share",
    // the page
    "page_words",
    "page_sentences",
    "page_blocks",
});
constexpr std::size_t kColumns = kNames.size();
constexpr std::size_t kWindow = 3;    // blocks to each side
constexpr std::uint32_t kProse = 10;  // words of a block that counts as prose when it ends as a sentence
constexpr std::uint32_t kTitleBytes = 300;

// Sums over the blocks below one element, or made the same way.
struct Sums {
  float words = 0, link_words = 0, blocks = 0, sentences = 0, score = 0;
  void add(const Block& block, bool sentence) {
    words += static_cast<float>(block.words);
    link_words += static_cast<float>(block.link_words);
    blocks += 1;
    sentences += sentence ? 1.0F : 0.0F;
  }
  float link() const { return words > 0 ? link_words / words : 0; }
  float sentence_share() const { return blocks > 0 ? sentences / blocks : 0; }
};

float flag(bool value) {
  return value ? 1.0F : 0.0F;
}
float log_of(float value) {
  return std::log1p(value);
}
float density(const Block& b) {
  return b.words > 0 ? static_cast<float>(b.link_words) / static_cast<float>(b.words) : 0;
}

class Features {
 public:
  Features(const HtmlTree& tree, const BlockList& list, const PageFacts& facts)
      : tree_(tree), list_(list), blocks_(list.blocks), sentence_(blocks_.size()), node_(tree.nodes.size()) {
    title_ = folded(facts.title.substr(0, kTitleBytes));
    description_ = folded(facts.description.substr(0, 1000));
    if (facts.body.size() > 200) body_ = shingles(folded(facts.body));
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const std::string_view text = list.text(blocks_[i]);
      sentence_[i] = ends_sentence(text.substr(text.size() > 96 ? text.size() - 96 : 0));
    }
    sum_up();
    find_best();
  }

  std::vector<float> rows() {
    std::vector<float> out(blocks_.size() * kColumns);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      row_ = out.data() + i * kColumns;
      column_ = 0;
      own_shape(i);
      above(i);
      around(i);
      holders(i);
      for (const float value : {log_of(page_.words), log_of(page_.sentences), log_of(page_.blocks)}) put(value);
    }
    return out;
  }

 private:
  void put(float value) { row_[column_++] = value; }

  NodeId parent_of(NodeId node) const {
    return node == 0 || tree_.nodes[node].parent == kNoNode ? 0 : tree_.nodes[node].parent;
  }

  // Blocks made by the same tag and class under the same tag and class.
  std::uint64_t group_of(NodeId node) const {
    const NodeId parent = parent_of(node);
    const std::uint64_t own = xxh3(tree_.nodes[node].name, xxh3(tree_.attribute(node, "class")));
    return xxh3(tree_.nodes[parent].name, xxh3(tree_.attribute(parent, "class"), own));
  }

  void sum_up() {
    groups_of_.resize(blocks_.size());
    text_hash_.resize(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      page_.add(block, sentence_[i]);
      groups_of_[i] = group_of(block.element);
      groups_[groups_of_[i]].add(block, sentence_[i]);
      NodeId node = block.element;
      node_[node].add(block, sentence_[i]);
      // The sums of containers go only as far up as a container of paragraphs reaches: 4 levels, as peers found.
      for (int level = 0; level < 4 && node != 0; ++level) {
        node = parent_of(node);
        node_[node].add(block, sentence_[i]);
      }
      text_hash_[i] = xxh3(list_.text(block));
      ++texts_[text_hash_[i]];
    }
  }

  // The element whose blocks read most like an article: prose words, halved with each level between.
  void find_best() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (!sentence_[i] || block.words < kProse) continue;
      const float gain = static_cast<float>(block.words - block.link_words);
      NodeId node = parent_of(block.element);
      for (const float share : {1.0F, 0.5F, 0.25F}) {
        node_[node].score += gain * share;
        if (node_[node].score > node_[best_].score) best_ = node;
        node = parent_of(node);
      }
    }
  }

  void own_shape(std::size_t i) {
    const Block& b = blocks_[i];
    const std::string_view text = list_.text(b);
    std::size_t commas = 0, capitals = 0, digits = 0, pipes = 0, letters = 0;
    for (const char c : text) {
      commas += c == ',' ? 1 : 0;
      pipes += c == '|' || c == '/' ? 1 : 0;
      digits += c >= '0' && c <= '9' ? 1 : 0;
      capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
      letters += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0 : 1;
    }
    const auto share = [&](std::size_t count) {
      return static_cast<float>(count) / static_cast<float>(std::max<std::size_t>(1, letters));
    };
    put(static_cast<float>(b.words));
    put(density(b));
    put(static_cast<float>(b.links));
    put(static_cast<float>(letters) / static_cast<float>(std::max(1U, b.words)));
    put(static_cast<float>(commas));
    put(flag(sentence_[i]));
    put(flag(has_inner_sentence_end(text.substr(0, 600))));
    put(flag(begins_upper(text.substr(0, 32))));
    put(flag(!text.empty() && text.back() == ':'));
    put(flag(!text.empty() && text.back() == '?'));
    put(share(capitals));
    put(share(digits));
    put(static_cast<float>(pipes));
    put(flag(text.substr(0, 1) == "\"" || text.substr(0, 3) == "“" || text.substr(0, 2) == "«"));
    put(label_code(b.label));
    const bool brief = b.words <= 25;
    put(flag(brief && !byline_in(text).empty()));
    put(flag(brief && date_in(text).has_value()));
    put(static_cast<float>(std::min(9, texts_.at(text_hash_[i]))));
    for (const BlockTag tag :
         {BlockTag::p, BlockTag::h1, BlockTag::h2, BlockTag::h3, BlockTag::li, BlockTag::td, BlockTag::caption}) {
      put(flag(b.tag == tag));
    }
    put(flag(b.tag == BlockTag::pre || b.tag == BlockTag::dd || b.tag == BlockTag::other));
  }

  // Labels in an order that a tree can cut: what ends articles on the right.
  static float label_code(std::string_view label) {
    static constexpr std::array kOrder = std::to_array<std::string_view>(
        {"", "caption", "metadata", "advertisement", "share", "navigation", "podcast", "boilerplate", "form", "related",
         "links", "tags", "trust-badge", "comments", "footer"});
    return static_cast<float>(std::find(kOrder.begin(), kOrder.end(), label) - kOrder.begin());
  }

  static float reason_code(std::string_view reason) {
    static constexpr std::array kOrder =
        std::to_array<std::string_view>({"", "header", "metadata", "caption", "podcast", "share", "advertisement",
                                         "form", "boilerplate", "tags", "related", "comments", "navigation", "footer"});
    return static_cast<float>(std::find(kOrder.begin(), kOrder.end(), reason) - kOrder.begin());
  }

  void above(std::size_t i) {
    const Block& b = blocks_[i];
    for (const BlockFlag f : {kInArticle, kInMain, kInNav, kInHeader, kInFooter, kInAside, kInForm, kInFigure, kInTable,
                              kInList, kInBody, kHidden, kInQuote, kInButton, kInNoscript}) {
      put(flag((b.flags & f) != 0));
    }
    put(static_cast<float>(b.depth));
    put(b.self_score);
    put(b.parent_score);
    put(b.low_score);
    put(b.high_score);
    put(b.sum_score);
    put(reason_code(b.reason));
  }

  void around(std::size_t i) {
    const Block& b = blocks_[i];
    const std::string text = b.words <= 60 ? folded(list_.text(b)) : std::string();
    put(static_cast<float>(i) / page_.blocks);
    put(words_so_far_ / std::max(1.0F, page_.words));
    words_so_far_ += static_cast<float>(b.words);
    put(1.0F - words_so_far_ / std::max(1.0F, page_.words));
    const bool is_title =
        !title_.empty() && !text.empty() && (text == title_ || (b.tag == BlockTag::h1 && b.words > 3));
    if (is_title && (title_at_ == kNowhere || b.tag == BlockTag::h1)) title_at_ = i;
    put(title_at_ == kNowhere ? -1.0F : std::min(50.0F, static_cast<float>(i - title_at_)));
    put(flag(title_at_ != kNowhere));
    put(flag(!title_.empty() && text == title_));
    put(flag(text.size() > 15 && !title_.empty() &&
             (title_.find(text) != std::string::npos || text.find(title_) != std::string::npos)));
    put(flag(text.size() > 15 && description_.find(text) != std::string::npos));
    put(body_.empty() ? -1.0F : share_in_body(i));
    neighbours(i);
    labels(i);
  }

  // Share of the block's runs of four words that the page's JSON-LD body has too.
  float share_in_body(std::size_t i) const {
    const auto own = shingles(folded(list_.text(blocks_[i])));
    if (own.empty()) return -0.5F;
    const auto hits = std::count_if(own.begin(), own.end(), [&](std::uint64_t s) { return body_.count(s) > 0; });
    return static_cast<float>(hits) / static_cast<float>(own.size());
  }

  bool is_heading(std::size_t i) const { return blocks_[i].kind == ParagraphKind::heading; }

  void neighbours(std::size_t i) {
    static const Block kNone;
    const auto block = [&](std::size_t k) -> const Block& { return k < blocks_.size() ? blocks_[k] : kNone; };
    const auto same = [&](std::size_t k) {
      return k < blocks_.size() && tree_.nodes[blocks_[k].element].parent == tree_.nodes[blocks_[i].element].parent;
    };
    for (const std::size_t k : {i - 1, i + 1}) {
      put(static_cast<float>(block(k).words));
      put(density(block(k)));
      put(flag(k < blocks_.size() && sentence_[k]));
      put(flag(k < blocks_.size() && is_heading(k)));
      put(flag(same(k)));
    }
    for (const std::size_t k : {i - 2, i + 2}) {
      put(static_cast<float>(block(k).words));
      put(density(block(k)));
    }
    float prose = 0, links = 0, words = 0, headings = 0;
    for (std::size_t k = i - std::min(i, kWindow); k <= i + kWindow && k < blocks_.size(); ++k) {
      if (k == i) continue;
      if (sentence_[k] && blocks_[k].words >= kProse && density(blocks_[k]) < 0.5F) ++prose;
      links += static_cast<float>(blocks_[k].link_words);
      words += static_cast<float>(blocks_[k].words);
      headings += flag(is_heading(k));
    }
    put(prose);
    put(words > 0 ? links / words : 0);
    last_headings_ = headings;
  }

  // The last label that stood above, and how far.
  void labels(std::size_t i) {
    put(label_code(label_above_));
    put(label_above_.empty() ? 99.0F : std::min(99.0F, static_cast<float>(i - label_at_)));
    put(last_headings_);
    const std::string_view own = blocks_[i].label;
    if (!own.empty() && own != "share" && own != "caption") {
      label_above_ = own;
      label_at_ = i;
    }
  }

  void holders(std::size_t i) {
    const Block& b = blocks_[i];
    NodeId node = b.element;
    for (int level = 0; level < 2; ++level) {
      node = parent_of(node);
      const Sums& sums = node_[node];
      put(log_of(sums.words));
      put(sums.link());
      put(sums.words / std::max(1.0F, page_.words));
      put(sums.sentence_share());
    }
    const Sums& group = groups_[groups_of_[i]];
    put(log_of(group.words));
    put(group.link());
    put(group.words / std::max(1.0F, page_.words));
    put(log_of(group.blocks));
    put(group.sentence_share());
    int levels = 0;
    node = b.element;
    while (node != best_ && node != 0 && levels < 30) {
      node = parent_of(node);
      ++levels;
    }
    const bool inside = node == best_ && best_ != 0;
    put(flag(inside));
    put(inside ? static_cast<float>(levels) : 40.0F);
    put(node_[parent_of(b.element)].score / std::max(1.0F, node_[best_].score));
    article(b.element);
  }

  // Which <article> of the page it is in, and that one's share of the page: lists of teasers are articles too.
  void article(NodeId node) {
    while (node != 0 && tree_.nodes[node].name != "article") node = parent_of(node);
    if (node == 0) {
      put(-1);
      put(-1);
      return;
    }
    const auto [entry, fresh] = articles_.try_emplace(node, static_cast<float>(articles_.size()));
    put(std::min(20.0F, entry->second));
    put(node_[node].words / std::max(1.0F, page_.words));
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  const HtmlTree& tree_;
  const BlockList& list_;
  const std::vector<Block>& blocks_;
  std::vector<bool> sentence_;
  std::vector<Sums> node_;
  std::unordered_map<std::uint64_t, Sums> groups_;
  std::vector<std::uint64_t> groups_of_, text_hash_;
  std::unordered_map<std::uint64_t, int> texts_;
  std::unordered_map<NodeId, float> articles_;
  std::unordered_set<std::uint64_t> body_;
  std::string title_, description_;
  Sums page_;
  NodeId best_ = 0;
  float words_so_far_ = 0, last_headings_ = 0;
  std::size_t title_at_ = kNowhere, label_at_ = 0;
  std::string_view label_above_;
  float* row_ = nullptr;
  std::size_t column_ = 0;
};

}  // namespace

std::span<const std::string_view> feature_names() {
  return kNames;
}

std::vector<float> block_features(const HtmlTree& tree, const BlockList& list, const PageFacts& facts) {
  return Features(tree, list, facts).rows();
}

}  // namespace casus::detail
