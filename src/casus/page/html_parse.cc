// SPDX-License-Identifier: Apache-2.0
// parse_html: encoding, tokens, tree. Tests: html_tree_test.cc and those named there.
#include <casus/page/charset.h>
#include <casus/page/dom.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>

namespace casus {

std::string_view HtmlTree::attribute(NodeId id, std::string_view name) const {
  const std::span<const Attribute> all = nodes[id].attributes;
  const auto found = std::find_if(all.begin(), all.end(), [name](const Attribute& a) { return a.name == name; });
  return found == all.end() ? std::string_view() : found->value;
}

namespace {

Result<HtmlTree> read_as(std::string_view bytes, const detail::CharsetChoice& choice, const HtmlOptions& options) {
  const detail::DecodedPage page = detail::decode_page(bytes, choice);
  HtmlTree tree;
  tree.charset = choice.name;
  tree.charset_from = choice.from;
  tree.charset_conflict = choice.conflict;
  tree.invalid_bytes = page.invalid;
  detail::TreeBuilder builder(page, options, tree);
  detail::Tokenizer(page.text, builder, builder.start()).run();
  if (builder.too_many_nodes()) {
    return Error{Errc::too_large, "the page makes more than " + std::to_string(options.limits.max_nodes) +
                                      " nodes; raise HtmlLimits::max_nodes to read it"};
  }
  builder.finish();
  return tree;
}

// The encoding that the first <meta> with one declares, wherever it stands.
std::string_view late_charset(const HtmlTree& tree) {
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    const Node& node = tree.nodes[id];
    if (node.tag != static_cast<std::uint16_t>(detail::Tag::meta_) || node.space != Namespace::html) continue;
    const std::string_view found = detail::charset_of_meta(
        tree.attribute(id, "charset"), tree.attribute(id, "http-equiv"), tree.attribute(id, "content"));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

Result<HtmlTree> parse_html(std::string_view bytes, const HtmlOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return Error{Errc::too_large,
                 "the page has " + std::to_string(bytes.size()) + " bytes, more than the limit of " +
                     std::to_string(options.limits.max_bytes) + "; raise HtmlLimits::max_bytes to read it",
                 options.limits.max_bytes};
  }
  detail::CharsetChoice choice = detail::choose_charset(bytes, options.charset);
  Result<HtmlTree> tree = read_as(bytes, choice, options);
  if (!tree || (choice.from != "default" && choice.from != "guess")) return tree;
  const std::string_view late = late_charset(*tree);
  if (late.empty() || late == choice.name) return tree;
  // A <meta> behind the first bytes: the page is read once more, now as what it says it is.
  choice.name = late;
  choice.from = "meta";
  return read_as(bytes, choice, options);
}

}  // namespace casus
