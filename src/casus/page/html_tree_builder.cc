// SPDX-License-Identifier: Apache-2.0
// Nodes and text. Text is kept as chunks that point into the decoded page until finish(),
// because foster parenting appends to text nodes out of order and copying them each time would be quadratic. Tests:
// html_tree_test.cc, html_conformance_test.cc, html_bomb_test.cc, html_property_test.cc.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace casus::detail {

namespace {

constexpr std::size_t kArenaBytes = 32U << 10U;
// Clones a page may cause beyond one per byte: small pages are entitled to the standard's full behaviour.
constexpr std::uint64_t kFreeClones = 256;
// A stack this low could not hold a table with something in a cell.
constexpr std::size_t kLeastDepth = 24;

static_assert(std::is_trivially_destructible_v<Attribute>, "attributes live in the arena and are never destroyed");

}  // namespace

TreeBuilder::TreeBuilder(const DecodedPage& page, const HtmlOptions& options, HtmlTree& tree)
    : page_(page),
      options_(options),
      tree_(tree),
      max_depth_(std::max<std::size_t>(options.limits.max_depth, kLeastDepth)),
      clone_budget_(page.text.size() + kFreeClones) {
  constexpr std::size_t kBytesPerNode = 80;  // about what news pages have
  tree_.nodes.reserve(page.text.size() / kBytesPerNode + 16);
  new_node(NodeType::document);
  if (options_.fragment_context.empty()) return;
  fragment_ = true;
  std::string_view name = options_.fragment_context;
  if (name.starts_with("svg ")) context_.space = Namespace::svg;
  if (name.starts_with("math ")) context_.space = Namespace::math;
  if (context_.space != Namespace::html) name.remove_prefix(name.find(' ') + 1);
  context_.tag = name == "foreignObject" ? Tag::foreignobject_ : tag_of(name);
  context_.flags = flags_of(context_.tag, context_.space);
  const NodeId root = implied_element(Tag::html_);
  append(0, root);
  push(root);
  if (context_.is(Tag::template_)) template_modes_.push_back(Mode::in_template);
  reset_mode();
}

TokenizerStart TreeBuilder::start() const {
  TokenizerStart out;
  out.max_attributes = options_.limits.max_attributes;
  if (!fragment_ || context_.space != Namespace::html) return out;
  switch (context_.tag) {
    case Tag::title_:
    case Tag::textarea_:
      out.model = ContentModel::rcdata;
      break;
    case Tag::style_:
    case Tag::xmp_:
    case Tag::iframe_:
    case Tag::noembed_:
    case Tag::noframes_:
      out.model = ContentModel::rawtext;
      break;
    case Tag::script_:
      out.model = ContentModel::script;
      break;
    case Tag::plaintext_:
      out.model = ContentModel::plaintext;
      break;
    default:
      break;
  }
  return out;
}

void* TreeBuilder::allocate(std::size_t bytes) {
  bytes = (bytes + alignof(Attribute) - 1) / alignof(Attribute) * alignof(Attribute);
  if (bytes > arena_left_) {
    const std::size_t size = std::max(bytes, kArenaBytes);
    tree_.storage.push_back(std::make_unique_for_overwrite<char[]>(size));
    if (size > kArenaBytes) return tree_.storage.back().get();  // a large one of its own; the arena goes on
    arena_ = tree_.storage.back().get();
    arena_left_ = size;
  }
  void* out = arena_;
  arena_ += bytes;
  arena_left_ -= bytes;
  return out;
}

std::string_view TreeBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(allocate(text.size()));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

NodeId TreeBuilder::new_node(NodeType type) {
  const auto id = static_cast<NodeId>(tree_.nodes.size());
  Node& made = tree_.nodes.emplace_back();
  made.type = type;
  made.page = {token_start_, token_start_};
  open_.push_back(0);
  return id;
}

NodeId TreeBuilder::new_element(const TagToken& token, Namespace space) {
  const NodeId id = new_node(NodeType::element);
  Node& made = node(id);
  made.space = space;
  made.tag = static_cast<std::uint16_t>(token.tag);
  if (space != Namespace::html) {
    made.name = foreign_name(token, space);
  } else {
    made.name = token.tag == Tag::unknown ? keep(token.name) : tag_name(token.tag);
  }
  made.attributes = keep_attributes(token, space);
  made.page = {token.start, token.end};
  if (token.capped) tree_.attributes_capped = true;
  return id;
}

NodeId TreeBuilder::implied_element(Tag tag) {
  const NodeId id = new_node(NodeType::element);
  node(id).tag = static_cast<std::uint16_t>(tag);
  node(id).name = tag_name(tag);
  return id;
}

// Names and attributes are shared with the original: they never change in place.
NodeId TreeBuilder::clone(NodeId id) {
  --clone_budget_;  // can_clone() has said that there is one
  const NodeId copy = new_node(NodeType::element);
  const Node& original = node(id);
  Node& made = node(copy);
  made.space = original.space;
  made.tag = original.tag;
  made.name = original.name;
  made.attributes = original.attributes;
  return copy;
}

void TreeBuilder::insert(NodeId id, Place place) {
  detach(id);
  Node& child = node(id);
  Node& parent = node(place.parent);
  child.parent = place.parent;
  child.next = place.before;
  child.previous = place.before == kNoNode ? parent.last_child : node(place.before).previous;
  (child.previous == kNoNode ? parent.first_child : node(child.previous).next) = id;
  (child.next == kNoNode ? parent.last_child : node(child.next).previous) = id;
}

void TreeBuilder::detach(NodeId id) {
  Node& child = node(id);
  if (child.parent == kNoNode) return;
  Node& parent = node(child.parent);
  (child.previous == kNoNode ? parent.first_child : node(child.previous).next) = child.next;
  (child.next == kNoNode ? parent.last_child : node(child.next).previous) = child.previous;
  child.parent = child.previous = child.next = kNoNode;
}

TreeBuilder::Place TreeBuilder::appropriate_place(NodeId override_target) {
  const NodeId target = override_target == kNoNode ? current().id : override_target;
  if (!foster_ || node(target).space != Namespace::html) return {target, kNoNode};
  const auto tag = static_cast<Tag>(node(target).tag);
  const bool table_part =
      tag == Tag::table_ || tag == Tag::tbody_ || tag == Tag::tfoot_ || tag == Tag::thead_ || tag == Tag::tr_;
  if (!table_part) return {target, kNoNode};
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].is(Tag::template_)) return {stack_[i].id, kNoNode};
    if (!stack_[i].is(Tag::table_)) continue;
    const NodeId table = stack_[i].id;
    if (node(table).parent != kNoNode) return {node(table).parent, table};
    return {stack_[i - 1].id, kNoNode};
  }
  return {stack_[0].id, kNoNode};
}

NodeId TreeBuilder::insert_html(const TagToken& token) {
  make_room();
  const Place place = appropriate_place();
  const NodeId id = new_element(token, Namespace::html);
  insert(id, place);
  push(id);
  return id;
}

void TreeBuilder::insert_void(const TagToken& token) {
  const Place place = appropriate_place();
  insert(new_element(token, Namespace::html), place);
}

void TreeBuilder::insert_implied(Tag tag) {
  make_room();
  const Place place = appropriate_place();
  const NodeId id = implied_element(tag);
  insert(id, place);
  push(id);
}

void TreeBuilder::insert_comment(Place place) {
  const NodeId id = new_node(NodeType::comment);
  node(id).page = {token_start_, token_end_};
  node(id).first_piece = kNoNode;
  add_chunks_between_nuls(id, comment_start_, comment_end_);
  insert(id, place);
}

std::string_view TreeBuilder::bytes_of(const Characters& text) const {
  if (text.decoded_length != 0) return {text.decoded, text.decoded_length};
  return page_.text.substr(text.start, text.end - text.start);
}

void TreeBuilder::insert_text(const Characters& text) {
  if (text.start == text.end) return;
  const Place place = appropriate_place();
  if (place.parent == 0) return;  // a document holds no text
  const NodeId before = place.before == kNoNode ? node(place.parent).last_child : node(place.before).previous;
  if (before != kNoNode && node(before).type == NodeType::text) {
    add_chunk(before, text);
    return;
  }
  const NodeId id = new_node(NodeType::text);
  node(id).first_piece = kNoNode;
  add_chunk(id, text);
  insert(id, place);
}

void TreeBuilder::add_chunk(NodeId id, const Characters& text) {
  Node& holder = node(id);
  if (holder.first_piece != kNoNode) {
    Characters& last = chunks_[holder.piece_count].text;
    if (last.decoded_length == 0 && text.decoded_length == 0 && last.end == text.start) {
      last.end = text.end;
      return;
    }
  }
  const auto index = static_cast<std::uint32_t>(chunks_.size());
  chunks_.push_back({text, kNoNode});
  if (holder.first_piece == kNoNode) {
    holder.first_piece = index;
  } else {
    chunks_[holder.piece_count].next = index;
  }
  holder.piece_count = index;
}

void TreeBuilder::add_chunks_between_nuls(NodeId id, std::uint32_t start, std::uint32_t end) {
  each_between_nuls(
      page_.text, start, end,
      [&](std::uint32_t from, std::uint32_t to) {
        Characters text;
        text.start = from;
        text.end = to;
        add_chunk(id, text);
      },
      [&](std::uint32_t nul) {
        Characters text;
        text.start = nul;
        text.end = nul + 1;
        text.decoded_length = static_cast<std::uint8_t>(kReplacementText.size());
        std::memcpy(text.decoded, kReplacementText.data(), kReplacementText.size());
        add_chunk(id, text);
      });
}

void TreeBuilder::lay_out_text(Node& holder) {
  const std::uint32_t first_chunk = holder.first_piece;
  const bool with_pieces = holder.type == NodeType::text;
  holder.first_piece = with_pieces ? static_cast<std::uint32_t>(tree_.pieces.size()) : 0;
  holder.text.start = static_cast<std::uint32_t>(tree_.text_pool.size());
  PageSpan cover;
  for (std::uint32_t i = first_chunk; i != kNoNode; i = chunks_[i].next) {
    const Characters& text = chunks_[i].text;
    const auto at = static_cast<std::uint32_t>(tree_.text_pool.size());
    tree_.text_pool.append(bytes_of(text));
    if (!with_pieces) continue;
    cover = cover.cover(page_.map.page(text.start, text.end));
    if (text.decoded_length != 0) {
      const PageSpan from = page_.map.page(text.start, text.end);
      tree_.pieces.push_back({at, from.start, from.length(), PieceKind::decoded});
      continue;
    }
    page_.map.each(text.start, text.end,
                   [&](std::uint32_t from, std::uint32_t, std::uint32_t page, std::uint32_t length, bool is_decoded) {
                     const PieceKind kind = is_decoded ? PieceKind::decoded : PieceKind::verbatim;
                     tree_.pieces.push_back({at + (from - text.start), page, length, kind});
                   });
  }
  holder.text.end = static_cast<std::uint32_t>(tree_.text_pool.size());
  holder.piece_count = with_pieces ? static_cast<std::uint32_t>(tree_.pieces.size()) - holder.first_piece : 0;
  if (with_pieces) holder.page = cover;
}

void TreeBuilder::finish() {
  std::size_t pool = 0;
  for (const Chunk& chunk : chunks_) pool += bytes_of(chunk.text).size();
  tree_.text_pool.reserve(pool);
  tree_.pieces.reserve(chunks_.size() + page_.map.runs());
  for (Node& each : tree_.nodes) {
    if (each.type != NodeType::text) each.page = page_.map.page(each.page.start, each.page.end);
    if (each.type == NodeType::text || each.type == NodeType::comment) lay_out_text(each);
  }
}

// Adds what the element does not have yet, as a second <html> or <body> tag asks for.
void TreeBuilder::merge_attributes(NodeId id, const TagToken& token) {
  const std::span<const Attribute> old = node(id).attributes;
  const std::size_t limit = options_.limits.max_attributes;
  std::vector<TagAttribute> added;
  for (const TagAttribute& attribute : token.attributes) {
    const auto same = [&](const Attribute& other) { return other.name == attribute.name; };
    if (old.size() + added.size() >= limit) {
      tree_.attributes_capped = true;
      break;
    }
    if (std::none_of(old.begin(), old.end(), same)) added.push_back(attribute);
  }
  if (added.empty()) return;
  TagToken more;
  more.attributes = added;
  const std::span<const Attribute> fresh = keep_attributes(more, Namespace::html);
  auto* all = static_cast<Attribute*>(allocate((old.size() + fresh.size()) * sizeof(Attribute)));
  std::uninitialized_copy(old.begin(), old.end(), all);
  std::uninitialized_copy(fresh.begin(), fresh.end(), all + old.size());
  node(id).attributes = {all, old.size() + fresh.size()};
}

}  // namespace casus::detail
