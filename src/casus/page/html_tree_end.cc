// SPDX-License-Identifier: Apache-2.0
// What each insertion mode does with an end tag and with the end of the file.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

namespace casus::detail {

void TreeBuilder::end_tag(const TagToken& token) {
  flush_table_text();
  token_start_ = token.start;
  token_end_ = token.end;
  skip_line_feed_ = false;
  closing_ = &token;
  const bool html = stack_.empty() || adjusted_current().space == Namespace::html;
  if (html || !foreign_end(token)) {
    while (end_in(mode_, token)) {
    }
  }
  closing_ = nullptr;
}

bool TreeBuilder::end_in(Mode mode, const TagToken& token) {
  const bool of_document =
      token.tag == Tag::head_ || token.tag == Tag::body_ || token.tag == Tag::html_ || token.tag == Tag::br_;
  switch (mode) {
    case Mode::initial:
      return leave_initial();
    case Mode::before_html:
      return of_document && leave_before_html();
    case Mode::before_head:
      if (token.tag == Tag::template_) return end_in_head(token);
      return of_document && leave_before_head();
    case Mode::in_head:
      return end_in_head(token);
    case Mode::in_head_noscript:
      if (token.tag == Tag::noscript_) {
        leave_head_noscript();
        return false;
      }
      return token.tag == Tag::br_ && leave_head_noscript();
    case Mode::after_head:
      if (token.tag == Tag::template_) return end_in_head(token);
      return of_document && token.tag != Tag::head_ && leave_after_head();
    case Mode::text:
      pop();
      mode_ = original_mode_;
      return false;
    case Mode::in_body:
      return end_in_body(token);
    case Mode::in_table:
      return end_in_table(token);
    case Mode::in_caption:
      return end_in_caption(token);
    case Mode::in_column_group:
      if (token.tag == Tag::colgroup_) {
        leave_column_group();
        return false;
      }
      if (token.tag == Tag::template_) return end_in_head(token);
      return token.tag != Tag::col_ && leave_column_group();
    case Mode::in_table_body:
      return end_in_table_body(token);
    case Mode::in_row:
      return end_in_row(token);
    case Mode::in_cell:
      return end_in_cell(token);
    case Mode::in_template:
      return token.tag == Tag::template_ && end_in_head(token);
    case Mode::after_body:
      if (token.tag == Tag::html_) {
        if (!fragment_) mode_ = Mode::after_after_body;
        return false;
      }
      mode_ = Mode::in_body;
      return true;
    case Mode::in_frameset:
      if (token.tag == Tag::frameset_ && stack_.size() > 1) {
        pop();
        if (!fragment_ && !current_is(Tag::frameset_)) mode_ = Mode::after_frameset;
      }
      return false;
    case Mode::after_frameset:
      if (token.tag == Tag::html_) mode_ = Mode::after_after_frameset;
      return false;
    case Mode::after_after_body:
      mode_ = Mode::in_body;
      return true;
    case Mode::after_after_frameset:
      return false;
  }
  return false;
}

bool TreeBuilder::end_in_head(const TagToken& token) {
  switch (token.tag) {
    case Tag::head_:
      leave_head();
      return false;
    case Tag::template_:
      if (on_stack(Tag::template_)) close_template();
      return false;
    case Tag::body_:
    case Tag::html_:
    case Tag::br_:
      return leave_head();
    default:
      return false;
  }
}

bool TreeBuilder::end_in_body(const TagToken& token) {
  switch (token.tag) {
    case Tag::template_:
      return end_in_head(token);
    case Tag::body_:
    case Tag::html_:
      if (!in_scope(Tag::body_)) return false;
      mode_ = Mode::after_body;
      return token.tag == Tag::html_;
    case Tag::address_:
    case Tag::article_:
    case Tag::aside_:
    case Tag::blockquote_:
    case Tag::button_:
    case Tag::center_:
    case Tag::details_:
    case Tag::dialog_:
    case Tag::dir_:
    case Tag::div_:
    case Tag::dl_:
    case Tag::fieldset_:
    case Tag::figcaption_:
    case Tag::figure_:
    case Tag::footer_:
    case Tag::header_:
    case Tag::hgroup_:
    case Tag::listing_:
    case Tag::main_:
    case Tag::menu_:
    case Tag::nav_:
    case Tag::ol_:
    case Tag::pre_:
    case Tag::search_:
    case Tag::section_:
    case Tag::select_:
    case Tag::summary_:
    case Tag::ul_:
      end_block(token.tag);
      return false;
    case Tag::form_:
      end_form();
      return false;
    case Tag::p_:
      if (!in_scope(Tag::p_, Scope::button)) insert_implied(Tag::p_);
      close_p();
      return false;
    case Tag::li_:
      if (!in_scope(Tag::li_, Scope::list_item)) return false;
      generate_implied_end_tags(Tag::li_);
      pop_until(Tag::li_);
      return false;
    case Tag::dd_:
    case Tag::dt_:
      if (!in_scope(token.tag)) return false;
      generate_implied_end_tags(token.tag);
      pop_until(token.tag);
      return false;
    case Tag::h1_:
    case Tag::h2_:
    case Tag::h3_:
    case Tag::h4_:
    case Tag::h5_:
    case Tag::h6_:
      if (!flag_in_scope(kHeading)) return false;
      generate_implied_end_tags();
      pop_until_flag(kHeading);
      return false;
    case Tag::applet_:
    case Tag::marquee_:
    case Tag::object_:
      if (!in_scope(token.tag)) return false;
      end_block(token.tag);
      clear_to_marker();
      return false;
    case Tag::br_: {
      TagToken meant = token;
      meant.attributes = {};
      reconstruct_formatting();
      insert_void(meant);
      frameset_ok_ = false;
      return false;
    }
    default:
      break;
  }
  if ((tag_flags(token.tag) & kFormatting) != 0) {
    adoption_agency(token);
  } else {
    any_other_end_tag(token);
  }
  return false;
}

void TreeBuilder::end_block(Tag tag) {
  if (!in_scope(tag)) return;
  generate_implied_end_tags();
  pop_until(tag);
}

void TreeBuilder::end_form() {
  if (on_stack(Tag::template_)) return end_block(Tag::form_);
  const NodeId form = form_;
  form_ = kNoNode;
  if (form == kNoNode || !is_open(form) || !node_in_scope(form)) return;
  generate_implied_end_tags();
  remove_from_stack(stack_index(form));
}

void TreeBuilder::any_other_end_tag(const TagToken& token) {
  if (!on_stack(token.tag)) return;
  for (std::size_t i = stack_.size(); i-- > 1;) {
    const Open& open = stack_[i];
    const bool same = open.is(token.tag) && (token.tag != Tag::unknown || node(open.id).name == token.name);
    if (same) {
      generate_implied_end_tags(token.tag);
      pop_to(i);
      return;
    }
    if ((open.flags & kSpecial) != 0) return;
  }
}

void TreeBuilder::end_of_file() {
  flush_table_text();
  token_start_ = token_end_ = static_cast<std::uint32_t>(page_.text.size());
  while (end_file_in(mode_)) {
  }
  while (!stack_.empty()) remove_from_stack(stack_.size() - 1);
}

// True: the end is still to be processed, in another mode.
bool TreeBuilder::end_file_in(Mode mode) {
  switch (mode) {
    case Mode::initial:
      return leave_initial();
    case Mode::before_html:
      return leave_before_html();
    case Mode::before_head:
      return leave_before_head();
    case Mode::in_head:
      return leave_head();
    case Mode::in_head_noscript:
      return leave_head_noscript();
    case Mode::after_head:
      return leave_after_head();
    case Mode::text:
      pop();
      mode_ = original_mode_;
      return true;
    default:
      break;
  }
  if (template_modes_.empty() || !on_stack(Tag::template_)) return false;
  pop_until(Tag::template_);
  clear_to_marker();
  template_modes_.pop_back();
  reset_mode();
  return true;
}

}  // namespace casus::detail
