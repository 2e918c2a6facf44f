// SPDX-License-Identifier: Apache-2.0
// One walk over the tree, depth first, with a stack of what the open elements mean. Tests: main_content_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/blocks.h>
#include <casus/page/class_words.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <array>

namespace casus::detail {

namespace {

constexpr std::size_t kLabelBytes = 160;   // of a block that may be a label; see words.h
constexpr std::size_t kMaxBlocks = 20000;  // the longest real page measured has a tenth of that

enum class Role : std::uint8_t { inline_, block, skip, br, link };

struct TagMeaning {
  std::string_view name;
  Role role;
  std::uint32_t flag;
  BlockTag tag;
};

// Elements of HTML that are not inline, sorted by name. Elements that hold no readable text are skipped.
constexpr std::array kTags = std::to_array<TagMeaning>({
    {"a", Role::link, 0, BlockTag::other},
    {"address", Role::block, 0, BlockTag::div},
    {"article", Role::block, kInArticle, BlockTag::div},
    {"aside", Role::block, kInAside, BlockTag::div},
    {"audio", Role::skip, 0, BlockTag::other},
    {"blockquote", Role::block, kInQuote, BlockTag::div},
    {"body", Role::block, 0, BlockTag::div},
    {"br", Role::br, 0, BlockTag::other},
    {"button", Role::block, kInButton, BlockTag::div},
    {"canvas", Role::skip, 0, BlockTag::other},
    {"caption", Role::block, kInCaption, BlockTag::caption},
    {"center", Role::block, 0, BlockTag::div},
    {"datalist", Role::skip, 0, BlockTag::other},
    {"dd", Role::block, 0, BlockTag::dd},
    {"details", Role::block, 0, BlockTag::div},
    {"dialog", Role::block, 0, BlockTag::div},
    {"div", Role::block, 0, BlockTag::div},
    {"dl", Role::block, kInList, BlockTag::div},
    {"dt", Role::block, 0, BlockTag::dd},
    {"embed", Role::skip, 0, BlockTag::other},
    {"fieldset", Role::block, kInForm, BlockTag::div},
    {"figcaption", Role::block, kInCaption, BlockTag::caption},
    {"figure", Role::block, kInFigure, BlockTag::div},
    {"footer", Role::block, kInFooter, BlockTag::div},
    {"form", Role::block, kInForm, BlockTag::div},
    {"frameset", Role::skip, 0, BlockTag::other},
    {"h1", Role::block, 0, BlockTag::h1},
    {"h2", Role::block, 0, BlockTag::h2},
    {"h3", Role::block, 0, BlockTag::h3},
    {"h4", Role::block, 0, BlockTag::h3},
    {"h5", Role::block, 0, BlockTag::h3},
    {"h6", Role::block, 0, BlockTag::h3},
    {"head", Role::skip, 0, BlockTag::other},
    {"header", Role::block, kInHeader, BlockTag::div},
    {"hr", Role::block, 0, BlockTag::div},
    {"iframe", Role::skip, 0, BlockTag::other},
    {"img", Role::skip, 0, BlockTag::other},
    {"input", Role::skip, 0, BlockTag::other},
    {"legend", Role::block, kInForm, BlockTag::div},
    {"li", Role::block, 0, BlockTag::li},
    {"main", Role::block, kInMain, BlockTag::div},
    {"menu", Role::block, kInList, BlockTag::div},
    {"nav", Role::block, kInNav, BlockTag::div},
    {"noscript", Role::block, kInNoscript, BlockTag::div},
    {"object", Role::skip, 0, BlockTag::other},
    {"ol", Role::block, kInList, BlockTag::div},
    {"option", Role::skip, 0, BlockTag::other},
    {"p", Role::block, 0, BlockTag::p},
    {"picture", Role::skip, 0, BlockTag::other},
    {"pre", Role::block, 0, BlockTag::pre},
    {"script", Role::skip, 0, BlockTag::other},
    {"section", Role::block, 0, BlockTag::div},
    {"select", Role::skip, 0, BlockTag::other},
    {"style", Role::skip, 0, BlockTag::other},
    {"summary", Role::block, 0, BlockTag::div},
    {"table", Role::block, kInTable, BlockTag::div},
    {"tbody", Role::block, 0, BlockTag::div},
    {"td", Role::block, 0, BlockTag::td},
    {"template", Role::skip, 0, BlockTag::other},
    {"textarea", Role::skip, 0, BlockTag::other},
    {"tfoot", Role::block, 0, BlockTag::div},
    {"th", Role::block, 0, BlockTag::td},
    {"thead", Role::block, 0, BlockTag::div},
    {"title", Role::skip, 0, BlockTag::other},
    {"tr", Role::block, 0, BlockTag::div},
    {"ul", Role::block, kInList, BlockTag::div},
    {"video", Role::skip, 0, BlockTag::other},
});

const TagMeaning* meaning_of(const Node& node) {
  if (node.space != Namespace::html) {
    static constexpr TagMeaning kForeign{"", Role::skip, 0, BlockTag::other};
    return &kForeign;
  }
  const auto* found = std::lower_bound(kTags.begin(), kTags.end(), node.name,
                                       [](const TagMeaning& tag, std::string_view name) { return tag.name < name; });
  return found != kTags.end() && found->name == node.name ? found : nullptr;
}

std::uint32_t flags_of_attributes(const Node& node) {
  std::uint32_t flags = 0;
  for (const Attribute& a : node.attributes) {
    if (a.name == "hidden" || (a.name == "aria-hidden" && a.value == "true")) flags |= kHidden;
    if (a.name == "style") {
      std::string style = to_lower(a.value.substr(0, 400));
      style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
      if (style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos)
        flags |= kHidden;
    }
    if (a.name == "itemprop" && a.value == "articleBody") flags |= kInBody;
    if (a.name == "role") {
      if (a.value == "navigation" || a.value == "menu" || a.value == "menubar") flags |= kInNav;
      if (a.value == "main") flags |= kInMain;
      if (a.value == "article") flags |= kInArticle;
      if (a.value == "complementary") flags |= kInAside;
      if (a.value == "contentinfo") flags |= kInFooter;
      if (a.value == "button") flags |= kInButton;
    }
  }
  return flags;
}

// An open element.
struct Open {
  NodeId node = 0;
  NodeId block = 0;  // nearest block element
  std::uint32_t flags = 0;
  BlockTag tag = BlockTag::div;
  NodeId link = kNoNode;  // nearest <a>
  bool parts = false;     // its end closes the block in hand
  std::uint16_t depth = 0;
  float block_score = 0, parent_score = 0;  // of the nearest block element and of the one around it
  float low = 0, high = 0, sum = 0;
  std::string_view reason;
};

class Walker {
 public:
  explicit Walker(const HtmlTree& tree) : tree_(tree) {}

  BlockList walk() {
    stack_.push_back({});
    NodeId node = tree_.nodes.empty() ? kNoNode : tree_.nodes[0].first_child;
    while (node != kNoNode) {
      const Node& n = tree_.nodes[node];
      if (n.type == NodeType::text) text(n);
      if (n.type == NodeType::element && enter(node, n)) {
        if (n.first_child != kNoNode) {
          node = n.first_child;
          continue;
        }
        leave();
      }
      node = after(node);
    }
    close();
    return std::move(list_);
  }

 private:
  // The node after `node` and what lies below it; leaves the elements that end here.
  NodeId after(NodeId node) {
    while (tree_.nodes[node].next == kNoNode) {
      node = tree_.nodes[node].parent;
      if (node == kNoNode || node == 0) return kNoNode;
      leave();
    }
    return tree_.nodes[node].next;
  }

  bool enter(NodeId id, const Node& node) {
    const TagMeaning* meaning = meaning_of(node);
    if (meaning != nullptr && meaning->role == Role::skip) return false;
    if (meaning != nullptr && meaning->role == Role::br) {
      ++breaks_;
      return false;
    }
    Open open = stack_.back();
    ++open.depth;
    open.node = id;
    open.parts = meaning != nullptr && meaning->role == Role::block;
    if (meaning != nullptr && meaning->role == Role::link) open.link = id;
    if (meaning != nullptr) open.flags |= meaning->flag;
    open.flags |= flags_of_attributes(node);
    const ClassMeaning said = class_words_.of(node);
    if (!said.reason.empty()) open.reason = said.reason;
    open.low = std::min(open.low, said.score);
    open.high = std::max(open.high, said.score);
    open.sum += said.score;
    if (open.parts) {
      close();
      open.block = id;
      open.parent_score = open.block_score;
      open.block_score = said.score;
      open.tag = meaning->tag;
    }
    stack_.push_back(open);
    return true;
  }

  void leave() {
    if (stack_.back().parts) close();
    stack_.pop_back();
  }

  void text(const Node& node) {
    const std::string_view content = node.text.of(tree_.text_pool);
    if (node.piece_count == 0 || content.empty()) return;
    const bool blank = trim(content).empty();
    if (!blank && breaks_ > 0) line_break();
    if (blank && !in_block_) return;  // white space between blocks
    if (!in_block_) start_block();
    Run run{node.text.start, node.text.end, node.first_piece, node.first_piece + node.piece_count,
            node.text.end,   spaced_};
    spaced_ = false;
    list_.runs.push_back(run);
    const NodeId link = stack_.back().link;
    if (link != kNoNode && link != last_link_) ++block_.links;
    last_link_ = link;
    add_plain(content, run.spaced, link != kNoNode);
  }

  // Two breaks part; one does after a full stop.
  void line_break() {
    if (in_block_) {
      const std::string_view so_far = std::string_view(list_.plain).substr(block_.text_start);
      if (breaks_ >= 2 || ends_sentence(so_far.substr(so_far.size() > 64 ? so_far.size() - 64 : 0))) {
        close();
      } else {
        spaced_ = true;
      }
    }
    breaks_ = 0;
  }

  void start_block() {
    const Open& open = stack_.back();
    block_ = {};
    block_.first_run = static_cast<std::uint32_t>(list_.runs.size());
    block_.text_start = static_cast<std::uint32_t>(list_.plain.size());
    block_.element = open.block;
    block_.innermost = open.node;
    block_.flags = open.flags;
    block_.tag = open.tag;
    block_.depth = open.depth;
    block_.self_score = open.block_score;
    block_.parent_score = open.parent_score;
    block_.low_score = open.low;
    block_.high_score = open.high;
    block_.sum_score = open.sum;
    block_.reason = open.reason;
    last_link_ = kNoNode;
    in_block_ = true;
    in_word_ = false;
  }

  // Collapses white space and counts words; a word that a link begins is a word of the link.
  void add_plain(std::string_view content, bool spaced, bool link) {
    if (spaced) in_word_ = false;
    std::size_t word = 0;  // where the word in hand begins in `content`
    bool open = false;
    for (std::size_t i = 0; i < content.size();) {
      const auto byte = static_cast<unsigned char>(content[i]);
      std::uint32_t length = 1;
      bool space = byte <= 0x20 || byte == 0x7F;
      if (byte >= 0xC2) {
        const Decoded d = next_character(content, i);
        length = d.length;
        space = is_space(d.code_point);
      }
      if (space) {
        if (open) list_.plain.append(content, word, i - word);
        open = in_word_ = false;
      } else if (!open) {
        open = true;
        word = i;
        if (!in_word_) {
          if (list_.plain.size() > block_.text_start) list_.plain += ' ';
          ++block_.words;
          if (link) ++block_.link_words;
          in_word_ = true;
        }
      }
      i += length;
    }
    if (open) list_.plain.append(content, word, content.size() - word);
  }

  void close() {
    breaks_ = 0;
    spaced_ = false;
    if (!in_block_) return;
    in_block_ = false;
    if (block_.words == 0) {
      list_.runs.resize(block_.first_run);
      return;
    }
    block_.text_end = static_cast<std::uint32_t>(list_.plain.size());
    block_.run_count = static_cast<std::uint32_t>(list_.runs.size()) - block_.first_run;
    block_.kind = kind_of(block_);
    const std::string_view words = std::string_view(list_.plain).substr(block_.text_start);
    if (words.size() <= kLabelBytes) block_.label = label_of(words);
    if (joins_row() || list_.blocks.size() >= kMaxBlocks) {
      extend_last();
    } else {
      list_.blocks.push_back(block_);
    }
  }

  // Cells of one table row that hold nothing but a little text are one line.
  bool joins_row() const {
    constexpr std::uint32_t kCellWords = 12;
    if (list_.blocks.empty() || block_.tag != BlockTag::td) return false;
    const Block& last = list_.blocks.back();
    return last.tag == BlockTag::td && last.element != block_.element && block_.words <= kCellWords &&
           last.words <= 4 * kCellWords && tree_.nodes[last.element].parent == tree_.nodes[block_.element].parent;
  }

  void extend_last() {
    if (list_.blocks.empty()) return;
    Block& last = list_.blocks.back();
    if (block_.run_count > 0) list_.runs[block_.first_run].spaced = true;
    last.run_count += block_.run_count;
    last.words += block_.words;
    last.link_words += block_.link_words;
    last.links += block_.links;
    last.label = {};
    // The cell's text stands right behind the row's; a blank is written between them by moving it one byte on.
    list_.plain.insert(last.text_end, 1, ' ');
    last.text_end = static_cast<std::uint32_t>(list_.plain.size());
  }

  static ParagraphKind kind_of(const Block& block) {
    if ((block.flags & kInCaption) != 0) return ParagraphKind::caption;
    switch (block.tag) {
      case BlockTag::h1:
      case BlockTag::h2:
      case BlockTag::h3:
        return ParagraphKind::heading;
      case BlockTag::pre:
        return ParagraphKind::preformatted;
      case BlockTag::td:
        return ParagraphKind::table_row;
      case BlockTag::li:
        return ParagraphKind::list_item;
      default:
        break;
    }
    if ((block.flags & kInQuote) != 0) return ParagraphKind::quote;
    return ParagraphKind::paragraph;
  }

  const HtmlTree& tree_;
  BlockList list_;
  ClassWords class_words_;
  std::vector<Open> stack_;
  Block block_;
  NodeId last_link_ = kNoNode;
  std::uint32_t breaks_ = 0;
  bool in_block_ = false, spaced_ = false, in_word_ = false;
};

}  // namespace

bool is_block_element(const Node& node) {
  const TagMeaning* meaning = meaning_of(node);
  return meaning != nullptr && meaning->role == Role::block;
}

BlockList blocks_of(const HtmlTree& tree) {
  return Walker(tree).walk();
}

Draft draft_of(const BlockList& list, const Block& block, std::string_view removed) {
  const auto first = list.runs.begin() + block.first_run;
  return {block.kind, removed, {first, first + block.run_count}};
}

}  // namespace casus::detail
