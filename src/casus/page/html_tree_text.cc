// SPDX-License-Identifier: Apache-2.0
// Doctypes, comments and characters: what each insertion mode does with them.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus::detail {

void TreeBuilder::doctype(const DoctypeToken& token) {
  flush_table_text();
  token_start_ = token.start;
  token_end_ = token.end;
  skip_line_feed_ = false;
  if (mode_ != Mode::initial) return;
  const NodeId id = new_node(NodeType::doctype);
  node(id).name = keep(token.name);
  node(id).page = {token.start, token.end};
  auto* attributes = static_cast<Attribute*>(allocate(2 * sizeof(Attribute)));
  std::size_t count = 0;
  if (token.public_id) attributes[count++] = {"public", keep(*token.public_id), {}};
  if (token.system_id) attributes[count++] = {"system", keep(*token.system_id), {}};
  node(id).attributes = {attributes, count};
  append(0, id);
  tree_.quirks = doctype_means_quirks(token);
  mode_ = Mode::before_html;
}

void TreeBuilder::comment(std::uint32_t start, std::uint32_t end, std::uint32_t text_start, std::uint32_t text_end) {
  flush_table_text();
  token_start_ = start;
  token_end_ = end;
  comment_start_ = text_start;
  comment_end_ = text_end;
  skip_line_feed_ = false;
  switch (mode_) {
    case Mode::initial:
    case Mode::before_html:
    case Mode::after_after_body:
    case Mode::after_after_frameset:
      insert_comment({0, kNoNode});
      break;
    case Mode::after_body:
      insert_comment({stack_[0].id, kNoNode});
      break;
    default:
      insert_comment(appropriate_place());
      break;
  }
}

void TreeBuilder::characters(const Characters& given) {
  Characters token = given;
  token_start_ = token.start;
  token_end_ = token.end;
  if (skip_line_feed_) {
    skip_line_feed_ = false;
    if (bytes_of(token).substr(0, 1) == "\n") {
      if (token.decoded_length != 0 || token.end - token.start == 1) return;
      token_start_ = ++token.start;
    }
  }
  if (in_foreign_rules_for_text()) {
    foreign_characters(token);
    return;
  }
  while (characters_in(mode_, token)) {
    if (token.start == token.end) return;
  }
}

bool TreeBuilder::is_space(const Characters& token) const {
  const std::string_view bytes = bytes_of(token);
  return std::all_of(bytes.begin(), bytes.end(), is_html_space);
}

// Cuts the white space off the front of `token` and returns it; an empty range when there is none.
Characters TreeBuilder::take_space(Characters& token) const {
  Characters space = token;
  if (token.decoded_length != 0) {
    if (is_space(token)) {
      token.start = token.end;
      token.decoded_length = 0;
    } else {
      space.end = space.start;
      space.decoded_length = 0;
    }
    return space;
  }
  while (token.start < token.end && is_html_space(page_.text[token.start])) ++token.start;
  space.end = token.start;
  return space;
}

// White space before anything else is kept or dropped; the rest moves the parser on.
bool TreeBuilder::head_characters(Characters& token, bool insert, bool (TreeBuilder::*leave)()) {
  const Characters space = take_space(token);
  if (insert) insert_text(space);
  if (token.start == token.end) return false;
  token_start_ = token.start;
  return (this->*leave)();
}

bool TreeBuilder::characters_in(Mode mode, Characters& token) {
  switch (mode) {
    case Mode::initial:
      return head_characters(token, false, &TreeBuilder::leave_initial);
    case Mode::before_html:
      return head_characters(token, false, &TreeBuilder::leave_before_html);
    case Mode::before_head:
      return head_characters(token, false, &TreeBuilder::leave_before_head);
    case Mode::in_head:
      return head_characters(token, true, &TreeBuilder::leave_head);
    case Mode::in_head_noscript:
      return head_characters(token, true, &TreeBuilder::leave_head_noscript);
    case Mode::after_head:
      return head_characters(token, true, &TreeBuilder::leave_after_head);
    case Mode::in_column_group:
      return head_characters(token, true, &TreeBuilder::leave_column_group);
    case Mode::text:
      insert_text(token);
      return false;
    case Mode::in_body:
    case Mode::in_caption:
    case Mode::in_cell:
    case Mode::in_template:
      characters_in_body(token);
      return false;
    case Mode::in_table:
    case Mode::in_table_body:
    case Mode::in_row: {
      const Open& open = current();
      const bool table_part = open.is(Tag::table_) || open.is(Tag::tbody_) || open.is(Tag::template_) ||
                              open.is(Tag::tfoot_) || open.is(Tag::thead_) || open.is(Tag::tr_);
      if (table_part) {
        if (!token.nul) table_text_.push_back(token);
        return false;
      }
      foster_ = true;
      characters_in_body(token);
      foster_ = false;
      return false;
    }
    case Mode::after_body:
    case Mode::after_after_body: {
      const Characters space = take_space(token);
      if (space.start != space.end) characters_in_body(space);
      if (token.start == token.end) return false;
      token_start_ = token.start;
      mode_ = Mode::in_body;
      return true;
    }
    case Mode::in_frameset:
    case Mode::after_frameset:
      characters_in_frameset(token, false);
      return false;
    case Mode::after_after_frameset:
      characters_in_frameset(token, true);
      return false;
  }
  return false;
}

void TreeBuilder::characters_in_body(const Characters& token) {
  if (token.nul) return;
  reconstruct_formatting();
  insert_text(token);
  if (frameset_ok_ && !is_space(token)) frameset_ok_ = false;
}

// Of text between frames only the white space is kept.
void TreeBuilder::characters_in_frameset(const Characters& token, bool body_rules) {
  if (token.nul) return;
  Characters rest = token;
  while (rest.start < rest.end) {
    const Characters space = take_space(rest);
    if (space.start != space.end) {
      if (body_rules) reconstruct_formatting();
      insert_text(space);
    }
    if (rest.decoded_length != 0) return;
    while (rest.start < rest.end && !is_html_space(page_.text[rest.start])) ++rest.start;
  }
}

// Text between the parts of a table is held back until it ends: when any of it shows, all of it goes in front of the
// table.
void TreeBuilder::flush_table_text() {
  if (table_text_.empty()) return;
  const bool shows =
      !std::all_of(table_text_.begin(), table_text_.end(), [this](const Characters& c) { return is_space(c); });
  for (const Characters& text : table_text_) {
    token_start_ = text.start;
    token_end_ = text.end;
    if (shows) {
      foster_ = true;
      characters_in_body(text);
      foster_ = false;
    } else {
      insert_text(text);
    }
  }
  table_text_.clear();
}

}  // namespace casus::detail
