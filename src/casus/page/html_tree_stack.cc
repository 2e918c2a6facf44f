// SPDX-License-Identifier: Apache-2.0
// The stack of open elements: pushing and popping, scopes, what end tags are implied, and which insertion mode it calls
// for.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus::detail {

namespace {

// Levels kept free above a table so that its rows and cells, and something in them, find room: closing a cell to make
// room would leave the table's insertion mode without its element.
constexpr std::size_t kTableLevels = 8;

}  // namespace

std::uint16_t TreeBuilder::flags_of(Tag tag, Namespace space) {
  if (space == Namespace::html) return tag_flags(tag);
  switch (tag) {
    case Tag::mi_:
    case Tag::mo_:
    case Tag::mn_:
    case Tag::ms_:
    case Tag::mtext_:
    case Tag::annotation_xml_:
      return space == Namespace::math ? kSpecial | kScope : 0;
    case Tag::foreignobject_:
    case Tag::desc_:
    case Tag::title_:
      return space == Namespace::svg ? kSpecial | kScope : 0;
    default:
      return 0;
  }
}

TreeBuilder::Open TreeBuilder::adjusted_current() const {
  return fragment_ && stack_.size() == 1 ? context_ : stack_.back();
}

void TreeBuilder::push(NodeId id) {
  const Node& pushed = node(id);
  const auto tag = static_cast<Tag>(pushed.tag);
  stack_.push_back({id, tag, pushed.space, flags_of(tag, pushed.space)});
  open_[id] = 1;
  if (pushed.space == Namespace::html) ++open_count_[static_cast<std::size_t>(tag)];
}

void TreeBuilder::pop() {
  if (stack_.size() > 1) remove_from_stack(stack_.size() - 1);
}

void TreeBuilder::remove_from_stack(std::size_t index) {
  const Open open = stack_[index];
  Node& closed = node(open.id);
  const bool by_its_tag = closing_ != nullptr && closing_->tag == open.tag &&
                          (open.tag != Tag::unknown || equals_ignoring_case(closed.name, closing_->name));
  closed.page.end = std::max(closed.page.end, by_its_tag ? token_end_ : token_start_);
  open_[open.id] = 0;
  if (open.space == Namespace::html) --open_count_[static_cast<std::size_t>(open.tag)];
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index));
}

// The root is never popped: whatever broken markup or the caps lead to, there is a current node.
void TreeBuilder::pop_to(std::size_t size) {
  while (stack_.size() > std::max<std::size_t>(size, 1)) pop();
}

void TreeBuilder::pop_until(Tag tag) {
  while (stack_.size() > 1) {
    const bool found = current_is(tag);
    pop();
    if (found) return;
  }
}

void TreeBuilder::pop_until_flag(std::uint16_t flag) {
  while (stack_.size() > 1) {
    const bool found = current().space == Namespace::html && (current().flags & flag) != 0;
    pop();
    if (found) return;
  }
}

// Closes the innermost element where the stack is full. It is never part of a table or a template: see
// refuse_for_depth.
void TreeBuilder::make_room() {
  while (stack_.size() >= max_depth_) {
    tree_.depth_capped = true;
    const Open innermost = current();
    pop();
    if (innermost.space != Namespace::html) continue;
    // Left in the list, it would be opened again at once, for ever.
    forget_formatting(innermost.id);
    if (innermost.tag == Tag::object_ || innermost.tag == Tag::applet_ || innermost.tag == Tag::marquee_)
      clear_to_marker();
  }
}

bool TreeBuilder::refuse_for_depth(const TagToken& token) {
  const bool structural = token.tag == Tag::table_ || token.tag == Tag::template_ || token.tag == Tag::frameset_;
  if (!structural || stack_.size() + kTableLevels < max_depth_) return false;
  tree_.depth_capped = true;
  return true;
}

std::size_t TreeBuilder::stack_index(NodeId id) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].id == id) return i;
  }
  return std::string_view::npos;
}

bool TreeBuilder::ends_scope(const Open& open, Scope scope) {
  if (scope == Scope::table) return open.space == Namespace::html && (open.flags & kTableScope) != 0;
  if ((open.flags & kScope) != 0) return true;
  if (scope == Scope::button) return open.is(Tag::button_);
  return scope == Scope::list_item && (open.is(Tag::ol_) || open.is(Tag::ul_));
}

bool TreeBuilder::in_scope(Tag tag, Scope scope) const {
  if (!on_stack(tag)) return false;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].is(tag)) return true;
    if (ends_scope(stack_[i], scope)) return false;
  }
  return false;
}

bool TreeBuilder::flag_in_scope(std::uint16_t flag) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].space == Namespace::html && (stack_[i].flags & flag) != 0) return true;
    if (ends_scope(stack_[i], Scope::element)) return false;
  }
  return false;
}

bool TreeBuilder::node_in_scope(NodeId id) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].id == id) return true;
    if (ends_scope(stack_[i], Scope::element)) return false;
  }
  return false;
}

void TreeBuilder::generate_implied_end_tags(Tag except) {
  while (current().space == Namespace::html && (current().flags & kImplied) != 0 && current().tag != except) pop();
}

void TreeBuilder::generate_implied_end_tags_thoroughly() {
  while (current().space == Namespace::html && (current().flags & kImpliedThoroughly) != 0) pop();
}

void TreeBuilder::clear_stack_back_to(std::initializer_list<Tag> context) {
  const auto in_context = [&] {
    return std::any_of(context.begin(), context.end(), [&](Tag tag) { return current_is(tag); });
  };
  while (stack_.size() > 1 && !in_context() && !current_is(Tag::template_)) pop();
}

void TreeBuilder::close_p() {
  generate_implied_end_tags(Tag::p_);
  pop_until(Tag::p_);
}

void TreeBuilder::close_template() {
  generate_implied_end_tags_thoroughly();
  pop_until(Tag::template_);
  clear_to_marker();
  if (!template_modes_.empty()) template_modes_.pop_back();
  reset_mode();
}

void TreeBuilder::reset_mode() {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    const bool last = i == 0;
    const Open open = last && fragment_ ? context_ : stack_[i];
    const auto become = [this](Mode mode) { mode_ = mode; };
    if (open.space == Namespace::html) {
      switch (open.tag) {
        case Tag::td_:
        case Tag::th_:
          if (!last) return become(Mode::in_cell);
          break;
        case Tag::tr_:
          return become(Mode::in_row);
        case Tag::tbody_:
        case Tag::thead_:
        case Tag::tfoot_:
          return become(Mode::in_table_body);
        case Tag::caption_:
          return become(Mode::in_caption);
        case Tag::colgroup_:
          return become(Mode::in_column_group);
        case Tag::table_:
          return become(Mode::in_table);
        case Tag::template_:
          return become(template_modes_.empty() ? Mode::in_body : template_modes_.back());
        case Tag::head_:
          if (!last) return become(Mode::in_head);
          break;
        case Tag::body_:
          return become(Mode::in_body);
        case Tag::frameset_:
          return become(Mode::in_frameset);
        case Tag::html_:
          return become(head_ == kNoNode ? Mode::before_head : Mode::after_head);
        default:
          break;
      }
    }
    if (last) return become(Mode::in_body);
  }
}

}  // namespace casus::detail
