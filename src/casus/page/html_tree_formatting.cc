// SPDX-License-Identifier: Apache-2.0
// <b>, <a>, <font> … that are closed in the wrong order or not at all: the list of active formatting elements, their
// reopening, and the adoption agency. This is where the standard lets a few bytes make a million elements, hence three
// bounds: the list's length, the stack's length, and a budget of clones in proportion to the page. When the budget is
// spent the list is forgotten, and elements simply end where their parents do. Tests: html_bomb_test.cc,
// html_conformance_test.cc.
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr int kAdoptionRounds = 8;        // of the standard
constexpr int kInnerClones = 3;           // of the standard
constexpr std::ptrdiff_t kMostAlike = 3;  // of the standard: elements alike that are reopened ("Noah's Ark")
constexpr std::size_t kNone = std::string_view::npos;

std::uint64_t hash(std::uint64_t seed, std::string_view text) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return seed ^ (seed >> 29);
}

// Elements with the same name and attributes, in any order, have the same value. Two others might too: one of them
// would then be reopened once less than it should, which no reader would see.
std::uint64_t likeness_of(const Node& element) {
  std::uint64_t sum = hash(0xCBF29CE484222325U, element.name);
  for (const Attribute& attribute : element.attributes)
    sum += hash(hash(0x9E3779B97F4A7C15U, attribute.name), attribute.value);
  return sum;
}

}  // namespace

void TreeBuilder::push_formatting(NodeId id) {
  const std::uint64_t likeness = likeness_of(node(id));
  std::ptrdiff_t alike = 0;
  std::size_t earliest = kNone;
  for (std::size_t i = formatting_.size(); i-- > 0 && formatting_[i].id != kNoNode;) {
    if (formatting_[i].likeness != likeness) continue;
    ++alike;
    earliest = i;
  }
  if (alike >= kMostAlike) formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(earliest));
  const auto is_marker = [](const Formatting& entry) { return entry.id == kNoNode; };
  const auto markers = std::count_if(formatting_.begin(), formatting_.end(), is_marker);
  if (formatting_.size() - static_cast<std::size_t>(markers) >= std::max(1U, options_.limits.max_formatting)) {
    tree_.formatting_capped = true;
    formatting_.erase(std::find_if_not(formatting_.begin(), formatting_.end(), is_marker));
  }
  formatting_.push_back({id, static_cast<Tag>(node(id).tag), likeness});
}

void TreeBuilder::clear_to_marker() {
  while (!formatting_.empty()) {
    const bool marker = formatting_.back().id == kNoNode;
    formatting_.pop_back();
    if (marker) return;
  }
}

std::size_t TreeBuilder::formatting_index(NodeId id) const {
  for (std::size_t i = formatting_.size(); i-- > 0;) {
    if (formatting_[i].id == id) return i;
  }
  return kNone;
}

std::size_t TreeBuilder::last_formatting(Tag tag) const {
  for (std::size_t i = formatting_.size(); i-- > 0 && formatting_[i].id != kNoNode;) {
    if (formatting_[i].tag == tag) return i;
  }
  return kNone;
}

void TreeBuilder::forget_formatting(NodeId id) {
  const std::size_t index = formatting_index(id);
  if (index != kNone) formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(index));
}

// May `count` elements be cloned? If not, nothing will ask again: the list is emptied down to its markers.
bool TreeBuilder::can_clone(std::size_t count) {
  if (count <= clone_budget_) return true;
  tree_.formatting_capped = true;
  std::erase_if(formatting_, [](const Formatting& entry) { return entry.id != kNoNode; });
  return false;
}

void TreeBuilder::reconstruct_formatting() {
  if (formatting_.empty()) return;
  const auto settled = [this](const Formatting& entry) { return entry.id == kNoNode || is_open(entry.id); };
  if (settled(formatting_.back())) return;
  std::size_t first = formatting_.size();
  while (first > 0 && !settled(formatting_[first - 1])) --first;
  if (!can_clone(formatting_.size() - first)) return;
  reopened_.clear();
  for (std::size_t i = first; i < formatting_.size(); ++i) reopened_.push_back(formatting_[i].id);
  for (const NodeId id : reopened_) {
    make_room();  // may take entries from the list
    const std::size_t index = formatting_index(id);
    if (index == kNone) continue;
    const Place place = appropriate_place();
    const NodeId copy = clone(id);
    insert(copy, place);
    push(copy);
    formatting_[index].id = copy;
  }
}

void TreeBuilder::adoption_agency(const TagToken& token) {
  if (current_is(token.tag) && formatting_index(current().id) == kNone) {
    pop();
    return;
  }
  for (int round = 0; round < kAdoptionRounds; ++round) {
    if (!adopt_once(token)) return;
  }
}

// One round. False: the agency is done.
bool TreeBuilder::adopt_once(const TagToken& token) {
  const std::size_t entry = last_formatting(token.tag);
  if (entry == kNone || !can_clone(1 + kInnerClones)) {
    any_other_end_tag(token);
    return false;
  }
  const NodeId formatting = formatting_[entry].id;
  if (!is_open(formatting)) {
    forget_formatting(formatting);
    return false;
  }
  if (!node_in_scope(formatting)) return false;
  const std::size_t at = stack_index(formatting);
  std::size_t furthest_at = at + 1;
  while (furthest_at < stack_.size() && (stack_[furthest_at].flags & kSpecial) == 0) ++furthest_at;
  if (furthest_at == stack_.size()) {
    pop_to(at);
    forget_formatting(formatting);
    return false;
  }
  const NodeId furthest = stack_[furthest_at].id;
  const NodeId common_ancestor = stack_[at - 1].id;
  std::size_t bookmark = entry;
  const NodeId last = adopt_between(formatting, furthest_at, bookmark);
  insert(last, appropriate_place(common_ancestor));

  const NodeId copy = clone(formatting);
  move_children(furthest, copy);
  append(furthest, copy);
  const std::size_t old_entry = formatting_index(formatting);
  Formatting moved = formatting_[old_entry];
  moved.id = copy;
  formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(old_entry));
  if (old_entry < bookmark) --bookmark;
  formatting_.insert(formatting_.begin() + static_cast<std::ptrdiff_t>(bookmark), moved);

  remove_from_stack(stack_index(formatting));
  push(copy);
  // push() put it on top; it belongs directly inside the furthest block.
  const auto below = stack_.begin() + static_cast<std::ptrdiff_t>(stack_index(furthest)) + 1;
  std::rotate(below, stack_.end() - 1, stack_.end());
  return true;
}

// The elements between the formatting element and the furthest block: formatting elements are cloned around what goes
// on, the others leave the stack. Returns the outermost clone, or the furthest block itself.
NodeId TreeBuilder::adopt_between(NodeId formatting, std::size_t furthest_at, std::size_t& bookmark) {
  const NodeId furthest = stack_[furthest_at].id;
  NodeId last = furthest;
  std::size_t at = furthest_at;
  for (int counter = 1;; ++counter) {
    const NodeId between = stack_[--at].id;
    if (between == formatting) return last;
    std::size_t entry = formatting_index(between);
    if (counter > kInnerClones && entry != kNone) {
      formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
      if (entry < bookmark) --bookmark;
      entry = kNone;
    }
    if (entry == kNone) {
      remove_from_stack(at);
      continue;
    }
    const NodeId copy = clone(between);
    formatting_[entry].id = copy;
    stack_[at].id = copy;
    open_[between] = 0;
    open_[copy] = 1;
    node(between).page.end = std::max(node(between).page.end, token_start_);
    if (last == furthest) bookmark = entry + 1;
    append(copy, last);
    last = copy;
  }
}

void TreeBuilder::move_children(NodeId from, NodeId to) {
  for (NodeId child = node(from).first_child; child != kNoNode; child = node(child).next) node(child).parent = to;
  node(to).first_child = node(from).first_child;
  node(to).last_child = node(from).last_child;
  node(from).first_child = node(from).last_child = kNoNode;
}

}  // namespace casus::detail
