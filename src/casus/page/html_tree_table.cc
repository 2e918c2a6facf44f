// SPDX-License-Identifier: Apache-2.0
// Tables and frames.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus::detail {

bool TreeBuilder::start_in_table(const TagToken& token) {
  const std::initializer_list<Tag> in_table = {Tag::table_};
  switch (token.tag) {
    case Tag::caption_:
      clear_stack_back_to(in_table);
      push_marker();
      insert_html(token);
      mode_ = Mode::in_caption;
      return false;
    case Tag::colgroup_:
      clear_stack_back_to(in_table);
      insert_html(token);
      mode_ = Mode::in_column_group;
      return false;
    case Tag::col_:
      clear_stack_back_to(in_table);
      insert_implied(Tag::colgroup_);
      mode_ = Mode::in_column_group;
      return true;
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
      clear_stack_back_to(in_table);
      insert_html(token);
      mode_ = Mode::in_table_body;
      return false;
    case Tag::td_:
    case Tag::th_:
    case Tag::tr_:
      clear_stack_back_to(in_table);
      insert_implied(Tag::tbody_);
      mode_ = Mode::in_table_body;
      return true;
    case Tag::table_:
      if (!in_scope(Tag::table_, Scope::table)) return false;
      pop_until(Tag::table_);
      reset_mode();
      return true;
    case Tag::style_:
    case Tag::script_:
    case Tag::template_:
      return start_in_head(token);
    case Tag::input_: {
      const auto hidden = [](const TagAttribute& a) {
        return a.name == "type" && equals_ignoring_case(a.value, "hidden");
      };
      if (std::none_of(token.attributes.begin(), token.attributes.end(), hidden)) break;
      insert_void(token);
      return false;
    }
    case Tag::form_:
      if (form_ != kNoNode || on_stack(Tag::template_)) return false;
      insert_html(token);
      form_ = current().id;
      pop();
      return false;
    default:
      break;
  }
  foster_ = true;
  start_in_body(token);
  foster_ = false;
  return false;
}

bool TreeBuilder::end_in_table(const TagToken& token) {
  switch (token.tag) {
    case Tag::table_:
      if (!in_scope(Tag::table_, Scope::table)) return false;
      pop_until(Tag::table_);
      reset_mode();
      return false;
    case Tag::body_:
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::html_:
    case Tag::tbody_:
    case Tag::td_:
    case Tag::tfoot_:
    case Tag::th_:
    case Tag::thead_:
    case Tag::tr_:
      return false;
    case Tag::template_:
      return end_in_head(token);
    default:
      break;
  }
  foster_ = true;
  end_in_body(token);
  foster_ = false;
  return false;
}

bool TreeBuilder::leave_caption() {
  if (!in_scope(Tag::caption_, Scope::table)) return false;
  generate_implied_end_tags();
  pop_until(Tag::caption_);
  clear_to_marker();
  mode_ = Mode::in_table;
  return true;
}

bool TreeBuilder::end_in_caption(const TagToken& token) {
  switch (token.tag) {
    case Tag::caption_:
      leave_caption();
      return false;
    case Tag::table_:
      return leave_caption();
    case Tag::body_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::html_:
    case Tag::tbody_:
    case Tag::td_:
    case Tag::tfoot_:
    case Tag::th_:
    case Tag::thead_:
    case Tag::tr_:
      return false;
    default:
      return end_in_body(token);
  }
}

bool TreeBuilder::start_in_column_group(const TagToken& token) {
  switch (token.tag) {
    case Tag::html_:
      return start_in_body(token);
    case Tag::col_:
      insert_void(token);
      return false;
    case Tag::template_:
      return start_in_head(token);
    default:
      return leave_column_group();
  }
}

bool TreeBuilder::leave_column_group() {
  if (!current_is(Tag::colgroup_)) return false;
  pop();
  mode_ = Mode::in_table;
  return true;
}

bool TreeBuilder::start_in_table_body(const TagToken& token) {
  switch (token.tag) {
    case Tag::tr_:
      clear_stack_back_to({Tag::tbody_, Tag::tfoot_, Tag::thead_});
      insert_html(token);
      mode_ = Mode::in_row;
      return false;
    case Tag::th_:
    case Tag::td_:
      clear_stack_back_to({Tag::tbody_, Tag::tfoot_, Tag::thead_});
      insert_implied(Tag::tr_);
      mode_ = Mode::in_row;
      return true;
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
      return leave_table_body();
    default:
      return start_in_table(token);
  }
}

bool TreeBuilder::leave_table_body() {
  const bool open =
      in_scope(Tag::tbody_, Scope::table) || in_scope(Tag::thead_, Scope::table) || in_scope(Tag::tfoot_, Scope::table);
  if (!open) return false;
  clear_stack_back_to({Tag::tbody_, Tag::tfoot_, Tag::thead_});
  pop();
  mode_ = Mode::in_table;
  return true;
}

bool TreeBuilder::end_in_table_body(const TagToken& token) {
  switch (token.tag) {
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
      if (in_scope(token.tag, Scope::table)) leave_table_body();
      return false;
    case Tag::table_:
      return leave_table_body();
    case Tag::body_:
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::html_:
    case Tag::td_:
    case Tag::th_:
    case Tag::tr_:
      return false;
    default:
      return end_in_table(token);
  }
}

bool TreeBuilder::start_in_row(const TagToken& token) {
  switch (token.tag) {
    case Tag::th_:
    case Tag::td_:
      clear_stack_back_to({Tag::tr_});
      insert_html(token);
      mode_ = Mode::in_cell;
      push_marker();
      return false;
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
    case Tag::tr_:
      return leave_row();
    default:
      return start_in_table(token);
  }
}

bool TreeBuilder::leave_row() {
  if (!in_scope(Tag::tr_, Scope::table)) return false;
  clear_stack_back_to({Tag::tr_});
  pop();
  mode_ = Mode::in_table_body;
  return true;
}

bool TreeBuilder::end_in_row(const TagToken& token) {
  switch (token.tag) {
    case Tag::tr_:
      leave_row();
      return false;
    case Tag::table_:
      return leave_row();
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
      return in_scope(token.tag, Scope::table) && leave_row();
    case Tag::body_:
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::html_:
    case Tag::td_:
    case Tag::th_:
      return false;
    default:
      return end_in_table(token);
  }
}

bool TreeBuilder::leave_cell() {
  if (!in_scope(Tag::td_, Scope::table) && !in_scope(Tag::th_, Scope::table)) return false;
  generate_implied_end_tags();
  while (stack_.size() > 1) {
    const bool cell = current_is(Tag::td_) || current_is(Tag::th_);
    pop();
    if (cell) break;
  }
  clear_to_marker();
  mode_ = Mode::in_row;
  return true;
}

bool TreeBuilder::end_in_cell(const TagToken& token) {
  switch (token.tag) {
    case Tag::td_:
    case Tag::th_:
      if (!in_scope(token.tag, Scope::table)) return false;
      generate_implied_end_tags();
      pop_until(token.tag);
      clear_to_marker();
      mode_ = Mode::in_row;
      return false;
    case Tag::table_:
    case Tag::tbody_:
    case Tag::tfoot_:
    case Tag::thead_:
    case Tag::tr_:
      return in_scope(token.tag, Scope::table) && leave_cell();
    case Tag::body_:
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::html_:
      return false;
    default:
      return end_in_body(token);
  }
}

// Also "after frameset" and what follows it: they differ only in which tags they take.
bool TreeBuilder::start_in_frameset(const TagToken& token) {
  if (token.tag == Tag::html_) return start_in_body(token);
  if (token.tag == Tag::noframes_) return start_in_head(token);
  if (mode_ != Mode::in_frameset) return false;
  if (token.tag == Tag::frameset_) insert_html(token);
  if (token.tag == Tag::frame_) insert_void(token);
  return false;
}

}  // namespace casus::detail
