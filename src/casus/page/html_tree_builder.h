// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tokens to a tree, after the WHATWG tree builder (no scripting), within HtmlLimits. Two deviations keep every
// operation bounded: the stack of open elements holds at most max_depth (the innermost is closed to make room) and the
// list of active formatting elements at most max_formatting (the oldest is forgotten); and elements that the rules
// invent are paid from a budget that the page's length gives. A third, smaller one: the content of a <template> is its
// children, and <selectedcontent> stays empty.
//
//   casus::detail::TreeBuilder builder(page, options, tree); Tokenizer(page.text, builder, builder.start()).run();
//   builder.finish();
//
// Until finish(), positions in nodes are those of the decoded text and first_piece/piece_count of text nodes are their
// first and last chunk; finish() lays out text_pool and pieces. Files: html_tree_builder.cc (nodes, text),
// html_tree_stack.cc, html_tree_formatting.cc (lists), html_tree_start.cc, html_tree_body.cc, html_tree_end.cc,
// html_tree_text.cc (what each insertion mode does with start tags, end tags, characters), html_tree_table.cc,
// html_tree_foreign.cc. Source: WHATWG HTML, "Tree construction", read 2025.
#include <casus/page/charset.h>
#include <casus/page/dom.h>
#include <casus/page/html_tokenizer.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

enum class Mode : std::uint8_t {
  initial,
  before_html,
  before_head,
  in_head,
  in_head_noscript,
  after_head,
  in_body,
  text,
  in_table,
  in_caption,
  in_column_group,
  in_table_body,
  in_row,
  in_cell,
  in_template,
  after_body,
  in_frameset,
  after_frameset,
  after_after_body,
  after_after_frameset
};

// Is the page's doctype one of those that ask browsers for the manners of the nineties?
bool doctype_means_quirks(const DoctypeToken& token);

class TreeBuilder final : public TokenSink {
 public:
  // All three must outlive the builder.
  TreeBuilder(const DecodedPage& page, const HtmlOptions& options, HtmlTree& tree);

  TokenizerStart start() const;
  void finish();  // lays out the text; the builder is spent
  bool too_many_nodes() const { return tree_.nodes.size() > options_.limits.max_nodes; }

  void doctype(const DoctypeToken& token) override;
  ContentModel start_tag(const TagToken& token) override;
  void end_tag(const TagToken& token) override;
  void comment(std::uint32_t start, std::uint32_t end, std::uint32_t text_start, std::uint32_t text_end) override;
  void characters(const Characters& token) override;
  void end_of_file() override;
  bool in_foreign_content() const override;
  bool stopped() const override { return too_many_nodes(); }

 private:
  struct Open {  // an open element
    NodeId id = kNoNode;
    Tag tag = Tag::unknown;
    Namespace space = Namespace::html;
    std::uint16_t flags = 0;  // kSpecial and kScope also of foreign elements
    bool is(Tag html_tag) const { return tag == html_tag && space == Namespace::html; }
  };
  struct Formatting {  // an entry of the list; id kNoNode: a marker
    NodeId id = kNoNode;
    Tag tag = Tag::unknown;
    std::uint64_t likeness = 0;  // equal for elements with equal names and attributes
  };
  struct Chunk {
    Characters text;
    std::uint32_t next = kNoNode;
  };
  struct Place {  // the last child of `parent`, or the one before `before`
    NodeId parent = kNoNode;
    NodeId before = kNoNode;
  };
  enum class Scope : std::uint8_t { element, list_item, button, table };

  // Nodes and their order. html_tree_builder.cc
  Node& node(NodeId id) { return tree_.nodes[id]; }
  NodeId new_node(NodeType type);
  NodeId new_element(const TagToken& token, Namespace space);
  NodeId implied_element(Tag tag);
  NodeId clone(NodeId id);
  void insert(NodeId id, Place place);
  void detach(NodeId id);
  void append(NodeId parent, NodeId child) { insert(child, {parent, kNoNode}); }
  Place appropriate_place(NodeId override_target = kNoNode);
  NodeId insert_html(const TagToken& token);
  void insert_void(const TagToken& token);
  void insert_implied(Tag tag);
  void insert_comment(Place place);
  void insert_text(const Characters& text);
  void add_chunk(NodeId id, const Characters& text);
  void add_chunks_between_nuls(NodeId id, std::uint32_t start, std::uint32_t end);
  void merge_attributes(NodeId id, const TagToken& token);
  std::span<const Attribute> keep_attributes(const TagToken& token, Namespace space);
  std::string_view keep(std::string_view text);
  void* allocate(std::size_t bytes);
  std::string_view bytes_of(const Characters& text) const;
  void lay_out_text(Node& text_node);

  // The stack of open elements. html_tree_stack.cc
  Open& current() { return stack_.back(); }
  static std::uint16_t flags_of(Tag tag, Namespace space);
  Open adjusted_current() const;
  bool current_is(Tag tag) const { return stack_.back().is(tag); }
  void push(NodeId id);
  void pop();
  void pop_until(Tag tag);
  void pop_until_flag(std::uint16_t flag);
  void pop_to(std::size_t size);
  void remove_from_stack(std::size_t index);
  void make_room();
  bool is_open(NodeId id) const { return open_[id] != 0; }
  bool on_stack(Tag tag) const { return open_count_[static_cast<std::size_t>(tag)] != 0; }
  std::size_t stack_index(NodeId id) const;
  bool in_scope(Tag tag, Scope scope = Scope::element) const;
  bool flag_in_scope(std::uint16_t flag) const;
  bool node_in_scope(NodeId id) const;
  static bool ends_scope(const Open& open, Scope scope);
  void generate_implied_end_tags(Tag except = Tag::unknown);
  void generate_implied_end_tags_thoroughly();
  void clear_stack_back_to(std::initializer_list<Tag> context);
  void close_p();
  void close_p_in_button_scope() {
    if (in_scope(Tag::p_, Scope::button)) close_p();
  }
  void reset_mode();
  void close_template();

  // The list of active formatting elements. html_tree_formatting.cc
  void push_formatting(NodeId id);
  void push_marker() { formatting_.push_back({}); }
  void clear_to_marker();
  void reconstruct_formatting();
  std::size_t formatting_index(NodeId id) const;
  std::size_t last_formatting(Tag tag) const;  // after the last marker; npos when there is none
  void forget_formatting(NodeId id);
  bool can_clone(std::size_t count);
  void adoption_agency(const TagToken& token);
  bool adopt_once(const TagToken& token);
  NodeId adopt_between(NodeId formatting, std::size_t furthest_at, std::size_t& bookmark);
  void move_children(NodeId from, NodeId to);
  void any_other_end_tag(const TagToken& token);

  // What the insertion modes do. True: the token is to be processed again, in the mode now current.
  bool start_in(Mode mode, const TagToken& token);
  bool start_before_html(const TagToken& token);
  bool start_before_head(const TagToken& token);
  bool start_in_head(const TagToken& token);
  bool start_in_head_noscript(const TagToken& token);
  bool start_after_head(const TagToken& token);
  bool start_in_body(const TagToken& token);
  bool start_in_body_block(const TagToken& token);
  bool start_in_body_control(const TagToken& token);
  void start_list_item(const TagToken& token);
  void start_anchor(const TagToken& token);
  void start_body(const TagToken& token);
  void start_frameset_in_body(const TagToken& token);
  void start_foreign_root(const TagToken& token, Namespace space);
  bool start_in_table(const TagToken& token);
  bool start_in_column_group(const TagToken& token);
  bool start_in_table_body(const TagToken& token);
  bool start_in_row(const TagToken& token);
  bool start_in_template(const TagToken& token);
  bool start_in_frameset(const TagToken& token);
  void start_raw(const TagToken& token, ContentModel model);
  bool refuse_for_depth(const TagToken& token);

  bool end_in(Mode mode, const TagToken& token);
  bool end_before_head(const TagToken& token);
  bool end_in_head(const TagToken& token);
  bool end_in_body(const TagToken& token);
  void end_block(Tag tag);
  void end_form();
  bool end_in_table(const TagToken& token);
  bool end_in_caption(const TagToken& token);
  bool end_in_table_body(const TagToken& token);
  bool end_in_row(const TagToken& token);
  bool end_in_cell(const TagToken& token);

  bool leave_initial();
  bool leave_before_html();
  bool leave_before_head();
  bool leave_head();
  bool leave_head_noscript();
  bool leave_after_head();
  bool leave_column_group();
  bool leave_caption();
  bool leave_table_body();
  bool leave_row();
  bool leave_cell();
  bool end_file_in(Mode mode);

  bool characters_in(Mode mode, Characters& token);
  bool head_characters(Characters& token, bool insert, bool (TreeBuilder::*leave)());
  void characters_in_body(const Characters& token);
  void characters_in_frameset(const Characters& token, bool body_rules);
  Characters take_space(Characters& token) const;
  bool is_space(const Characters& token) const;
  void flush_table_text();

  // SVG and MathML. html_tree_foreign.cc
  bool in_foreign_rules_for_start(const TagToken& token) const;
  bool in_foreign_rules_for_text() const;
  bool is_math_text_point(const Open& open) const;
  bool is_html_point(const Open& open) const;
  bool foreign_start(const TagToken& token);  // false: to be processed as HTML
  bool foreign_end(const TagToken& token);
  void foreign_characters(const Characters& token);
  void insert_foreign(const TagToken& token, Namespace space);
  std::string_view foreign_name(const TagToken& token, Namespace space);

  const DecodedPage& page_;
  const HtmlOptions& options_;
  HtmlTree& tree_;
  std::size_t max_depth_;

  Mode mode_ = Mode::initial;
  Mode original_mode_ = Mode::initial;  // where Mode::text returns to
  ContentModel model_ = ContentModel::data;
  std::vector<Mode> template_modes_;
  std::vector<Open> stack_;
  std::vector<Formatting> formatting_;
  std::vector<NodeId> reopened_;    // scratch of reconstruct_formatting
  std::vector<std::uint8_t> open_;  // by node: how often it stands on the stack (0 or 1)
  std::array<std::uint16_t, static_cast<std::size_t>(Tag::count)> open_count_{};
  std::vector<Chunk> chunks_;
  std::vector<Characters> table_text_;
  NodeId head_ = kNoNode;
  NodeId form_ = kNoNode;
  Open context_;  // of a fragment; id kNoNode, tag as named
  bool fragment_ = false;
  bool frameset_ok_ = true;
  bool foster_ = false;
  bool skip_line_feed_ = false;

  const TagToken* closing_ = nullptr;  // the end tag being processed
  std::uint32_t token_start_ = 0, token_end_ = 0;
  std::uint32_t comment_start_ = 0, comment_end_ = 0;
  std::uint64_t clone_budget_ = 0;
  char* arena_ = nullptr;
  std::size_t arena_left_ = 0;
};

}  // namespace casus::detail
