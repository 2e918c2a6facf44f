// SPDX-License-Identifier: Apache-2.0
// Start tags in the body of a page.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus::detail {

bool TreeBuilder::start_in_body(const TagToken& token) {
  switch (token.tag) {
    case Tag::html_:
      if (!on_stack(Tag::template_)) merge_attributes(stack_[0].id, token);
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
    case Tag::title_:
      return start_in_head(token);
    case Tag::body_:
      start_body(token);
      return false;
    case Tag::frameset_:
      start_frameset_in_body(token);
      return false;
    case Tag::li_:
    case Tag::dd_:
    case Tag::dt_:
      start_list_item(token);
      return false;
    case Tag::a_:
    case Tag::nobr_:
      start_anchor(token);
      return false;
    case Tag::b_:
    case Tag::big_:
    case Tag::code_:
    case Tag::em_:
    case Tag::font_:
    case Tag::i_:
    case Tag::s_:
    case Tag::small_:
    case Tag::strike_:
    case Tag::strong_:
    case Tag::tt_:
    case Tag::u_:
      reconstruct_formatting();
      push_formatting(insert_html(token));
      return false;
    case Tag::math_:
      start_foreign_root(token, Namespace::math);
      return false;
    case Tag::svg_:
      start_foreign_root(token, Namespace::svg);
      return false;
    case Tag::caption_:
    case Tag::col_:
    case Tag::colgroup_:
    case Tag::frame_:
    case Tag::head_:
    case Tag::tbody_:
    case Tag::td_:
    case Tag::tfoot_:
    case Tag::th_:
    case Tag::thead_:
    case Tag::tr_:
      return false;
    default:
      break;
  }
  if (start_in_body_block(token) || start_in_body_control(token)) return false;
  reconstruct_formatting();
  insert_html(token);
  return false;
}

void TreeBuilder::start_body(const TagToken& token) {
  if (stack_.size() < 2 || !stack_[1].is(Tag::body_) || on_stack(Tag::template_)) return;
  frameset_ok_ = false;
  merge_attributes(stack_[1].id, token);
}

void TreeBuilder::start_frameset_in_body(const TagToken& token) {
  if (stack_.size() < 2 || !stack_[1].is(Tag::body_) || !frameset_ok_) return;
  detach(stack_[1].id);
  pop_to(1);
  insert_html(token);
  mode_ = Mode::in_frameset;
}

// Blocks: they close an open paragraph. True: done.
bool TreeBuilder::start_in_body_block(const TagToken& token) {
  switch (token.tag) {
    case Tag::address_:
    case Tag::article_:
    case Tag::aside_:
    case Tag::blockquote_:
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
    case Tag::main_:
    case Tag::menu_:
    case Tag::nav_:
    case Tag::ol_:
    case Tag::p_:
    case Tag::search_:
    case Tag::section_:
    case Tag::summary_:
    case Tag::ul_:
      close_p_in_button_scope();
      insert_html(token);
      return true;
    case Tag::h1_:
    case Tag::h2_:
    case Tag::h3_:
    case Tag::h4_:
    case Tag::h5_:
    case Tag::h6_:
      close_p_in_button_scope();
      if (current().space == Namespace::html && (current().flags & kHeading) != 0) pop();
      insert_html(token);
      return true;
    case Tag::pre_:
    case Tag::listing_:
      close_p_in_button_scope();
      insert_html(token);
      skip_line_feed_ = true;
      frameset_ok_ = false;
      return true;
    case Tag::form_:
      if (form_ != kNoNode && !on_stack(Tag::template_)) return true;
      close_p_in_button_scope();
      insert_html(token);
      if (!on_stack(Tag::template_)) form_ = current().id;
      return true;
    case Tag::plaintext_:
      close_p_in_button_scope();
      insert_html(token);
      model_ = ContentModel::plaintext;
      return true;
    case Tag::table_:
      if (!tree_.quirks) close_p_in_button_scope();
      insert_html(token);
      frameset_ok_ = false;
      mode_ = Mode::in_table;
      return true;
    case Tag::hr_:
      close_p_in_button_scope();
      if (in_scope(Tag::select_)) generate_implied_end_tags();
      insert_void(token);
      frameset_ok_ = false;
      return true;
    case Tag::xmp_:
      close_p_in_button_scope();
      reconstruct_formatting();
      frameset_ok_ = false;
      start_raw(token, ContentModel::rawtext);
      return true;
    default:
      return false;
  }
}

// Controls, embedded content, ruby and what else has a rule of its own. True: done.
bool TreeBuilder::start_in_body_control(const TagToken& token) {
  switch (token.tag) {
    case Tag::button_:
      if (in_scope(Tag::button_)) {
        generate_implied_end_tags();
        pop_until(Tag::button_);
      }
      reconstruct_formatting();
      insert_html(token);
      frameset_ok_ = false;
      return true;
    case Tag::applet_:
    case Tag::marquee_:
    case Tag::object_:
      reconstruct_formatting();
      insert_html(token);
      push_marker();
      frameset_ok_ = false;
      return true;
    case Tag::image_: {
      TagToken meant = token;
      meant.tag = Tag::img_;
      meant.name = tag_name(Tag::img_);
      return start_in_body_control(meant);
    }
    case Tag::area_:
    case Tag::br_:
    case Tag::embed_:
    case Tag::img_:
    case Tag::keygen_:
    case Tag::wbr_:
      reconstruct_formatting();
      insert_void(token);
      frameset_ok_ = false;
      return true;
    case Tag::input_: {
      if (fragment_ && context_.is(Tag::select_)) return true;
      if (in_scope(Tag::select_)) pop_until(Tag::select_);
      reconstruct_formatting();
      insert_void(token);
      const auto hidden = [](const TagAttribute& a) {
        return a.name == "type" && equals_ignoring_case(a.value, "hidden");
      };
      if (std::none_of(token.attributes.begin(), token.attributes.end(), hidden)) frameset_ok_ = false;
      return true;
    }
    case Tag::param_:
    case Tag::source_:
    case Tag::track_:
      insert_void(token);
      return true;
    case Tag::textarea_:
      start_raw(token, ContentModel::rcdata);
      skip_line_feed_ = true;
      frameset_ok_ = false;
      return true;
    case Tag::iframe_:
      frameset_ok_ = false;
      start_raw(token, ContentModel::rawtext);
      return true;
    case Tag::noembed_:
      start_raw(token, ContentModel::rawtext);
      return true;
    case Tag::select_:
      if (fragment_ && context_.is(Tag::select_)) return true;
      if (in_scope(Tag::select_)) {
        pop_until(Tag::select_);
        return true;
      }
      reconstruct_formatting();
      insert_html(token);
      frameset_ok_ = false;
      return true;
    case Tag::option_:
    case Tag::optgroup_:
      if (in_scope(Tag::select_)) {
        generate_implied_end_tags(token.tag == Tag::option_ ? Tag::optgroup_ : Tag::unknown);
      } else if (current_is(Tag::option_)) {
        pop();
      }
      reconstruct_formatting();
      insert_html(token);
      return true;
    case Tag::rb_:
    case Tag::rtc_:
    case Tag::rp_:
    case Tag::rt_:
      if (in_scope(Tag::ruby_)) {
        const bool inner = token.tag == Tag::rp_ || token.tag == Tag::rt_;
        generate_implied_end_tags(inner ? Tag::rtc_ : Tag::unknown);
      }
      insert_html(token);
      return true;
    default:
      return false;
  }
}

// A list item ends the one before it in the same list.
void TreeBuilder::start_list_item(const TagToken& token) {
  frameset_ok_ = false;
  const bool list = token.tag == Tag::li_;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    const Open& open = stack_[i];
    if (list ? open.is(Tag::li_) : (open.is(Tag::dd_) || open.is(Tag::dt_))) {
      const Tag tag = open.tag;
      generate_implied_end_tags(tag);
      pop_until(tag);
      break;
    }
    const bool transparent = open.is(Tag::address_) || open.is(Tag::div_) || open.is(Tag::p_);
    if ((open.flags & kSpecial) != 0 && !transparent) break;
  }
  close_p_in_button_scope();
  insert_html(token);
}

// Links and <nobr> do not nest: the open one is ended first.
void TreeBuilder::start_anchor(const TagToken& token) {
  if (token.tag == Tag::a_) {
    const std::size_t open = last_formatting(Tag::a_);
    if (open != std::string_view::npos) {
      const NodeId id = formatting_[open].id;
      adoption_agency(token);
      forget_formatting(id);
      if (is_open(id)) remove_from_stack(stack_index(id));
    }
    reconstruct_formatting();
  } else {
    reconstruct_formatting();
    if (in_scope(Tag::nobr_)) {
      adoption_agency(token);
      reconstruct_formatting();
    }
  }
  push_formatting(insert_html(token));
}

}  // namespace casus::detail
