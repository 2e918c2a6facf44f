// SPDX-License-Identifier: Apache-2.0
// What each insertion mode does with a start tag; the body is in html_tree_body.cc, tables and frames are in
// html_tree_table.cc, SVG and MathML in html_tree_foreign.cc. Handlers return true when the token is to be processed
// again in the mode that is then current.
#include <casus/page/html_tree_builder.h>

namespace casus::detail {

ContentModel TreeBuilder::start_tag(const TagToken& token) {
  flush_table_text();
  token_start_ = token.start;
  token_end_ = token.end;
  model_ = ContentModel::data;
  skip_line_feed_ = false;
  if (refuse_for_depth(token)) return model_;
  if (in_foreign_rules_for_start(token) && foreign_start(token)) return model_;
  while (start_in(mode_, token)) {
  }
  return model_;
}

bool TreeBuilder::start_in(Mode mode, const TagToken& token) {
  switch (mode) {
    case Mode::initial:
      return leave_initial();
    case Mode::before_html:
      return start_before_html(token);
    case Mode::before_head:
      return start_before_head(token);
    case Mode::in_head:
      return start_in_head(token);
    case Mode::in_head_noscript:
      return start_in_head_noscript(token);
    case Mode::after_head:
      return start_after_head(token);
    case Mode::text:  // cannot be: the tokenizer delivers no start tag inside raw text
    case Mode::in_body:
      return start_in_body(token);
    case Mode::in_table:
      return start_in_table(token);
    case Mode::in_caption:
      return (tag_flags(token.tag) & kTablePart) != 0 ? leave_caption() : start_in_body(token);
    case Mode::in_column_group:
      return start_in_column_group(token);
    case Mode::in_table_body:
      return start_in_table_body(token);
    case Mode::in_row:
      return start_in_row(token);
    case Mode::in_cell:
      return (tag_flags(token.tag) & kTablePart) != 0 ? leave_cell() : start_in_body(token);
    case Mode::in_template:
      return start_in_template(token);
    case Mode::in_frameset:
    case Mode::after_frameset:
    case Mode::after_after_frameset:
      return start_in_frameset(token);
    case Mode::after_body:
    case Mode::after_after_body:
      if (token.tag == Tag::html_) return start_in_body(token);
      mode_ = Mode::in_body;
      return true;
  }
  return false;
}

bool TreeBuilder::leave_initial() {
  tree_.quirks = true;
  mode_ = Mode::before_html;
  return true;
}

bool TreeBuilder::start_before_html(const TagToken& token) {
  if (token.tag != Tag::html_) return leave_before_html();
  const NodeId id = new_element(token, Namespace::html);
  append(0, id);
  push(id);
  mode_ = Mode::before_head;
  return false;
}

bool TreeBuilder::leave_before_html() {
  const NodeId id = implied_element(Tag::html_);
  append(0, id);
  push(id);
  mode_ = Mode::before_head;
  return true;
}

bool TreeBuilder::start_before_head(const TagToken& token) {
  if (token.tag == Tag::html_) return start_in_body(token);
  if (token.tag != Tag::head_) return leave_before_head();
  head_ = insert_html(token);
  mode_ = Mode::in_head;
  return false;
}

bool TreeBuilder::leave_before_head() {
  insert_implied(Tag::head_);
  head_ = current().id;
  mode_ = Mode::in_head;
  return true;
}

void TreeBuilder::start_raw(const TagToken& token, ContentModel model) {
  insert_html(token);
  model_ = model;
  original_mode_ = mode_;
  mode_ = Mode::text;
}

bool TreeBuilder::start_in_head(const TagToken& token) {
  switch (token.tag) {
    case Tag::html_:
      return start_in_body(token);
    case Tag::base_:
    case Tag::basefont_:
    case Tag::bgsound_:
    case Tag::link_:
    case Tag::meta_:
      insert_void(token);
      return false;
    case Tag::title_:
      start_raw(token, ContentModel::rcdata);
      return false;
    case Tag::noframes_:
    case Tag::style_:
      start_raw(token, ContentModel::rawtext);
      return false;
    case Tag::script_:
      start_raw(token, ContentModel::script);
      return false;
    case Tag::noscript_:
      insert_html(token);
      mode_ = Mode::in_head_noscript;
      return false;
    case Tag::template_:
      insert_html(token);
      push_marker();
      frameset_ok_ = false;
      mode_ = Mode::in_template;
      template_modes_.push_back(Mode::in_template);
      return false;
    case Tag::head_:
      return false;
    default:
      return leave_head();
  }
}

bool TreeBuilder::leave_head() {
  pop();
  mode_ = Mode::after_head;
  return true;
}

bool TreeBuilder::start_in_head_noscript(const TagToken& token) {
  switch (token.tag) {
    case Tag::html_:
      return start_in_body(token);
    case Tag::basefont_:
    case Tag::bgsound_:
    case Tag::link_:
    case Tag::meta_:
    case Tag::noframes_:
    case Tag::style_:
      return start_in_head(token);
    case Tag::head_:
    case Tag::noscript_:
      return false;
    default:
      return leave_head_noscript();
  }
}

bool TreeBuilder::leave_head_noscript() {
  pop();
  mode_ = Mode::in_head;
  return true;
}

bool TreeBuilder::start_after_head(const TagToken& token) {
  switch (token.tag) {
    case Tag::html_:
      return start_in_body(token);
    case Tag::body_:
      insert_html(token);
      frameset_ok_ = false;
      mode_ = Mode::in_body;
      return false;
    case Tag::frameset_:
      insert_html(token);
      mode_ = Mode::in_frameset;
      return false;
    case Tag::base_:
    case Tag::basefont_:
    case Tag::bgsound_:
    case Tag::link_:
    case Tag::meta_:
    case Tag::noframes_:
    case Tag::script_:
    case Tag::style_:
    case Tag::template_:
    case Tag::title_: {
      // The head is opened once more for what belongs into it.
      push(head_);
      start_in_head(token);
      const std::size_t index = stack_index(head_);
      if (index != std::string_view::npos) remove_from_stack(index);
      return false;
    }
    case Tag::head_:
      return false;
    default:
      return leave_after_head();
  }
}

bool TreeBuilder::leave_after_head() {
  insert_implied(Tag::body_);
  mode_ = Mode::in_body;
  return true;
}

bool TreeBuilder::start_in_template(const TagToken& token) {
  Mode next = Mode::in_body;
  switch (token.tag) {
    case Tag::base_:
    case Tag::basefont_:
    case Tag::bgsound_:
    case Tag::link_:
    case Tag::meta_:
    case Tag::noframes_:
    case Tag::script_:
    case Tag::style_:
    case Tag::template_:
    case Tag::title_:
      return start_in_head(token);
    case Tag::caption_:
    case Tag::colgroup_:
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
      next = Mode::in_table;
      break;
    case Tag::col_:
      next = Mode::in_column_group;
      break;
    case Tag::tr_:
      next = Mode::in_table_body;
      break;
    case Tag::td_:
    case Tag::th_:
      next = Mode::in_row;
      break;
    default:
      break;
  }
  if (!template_modes_.empty()) template_modes_.back() = next;
  mode_ = next;
  return true;
}

}  // namespace casus::detail
