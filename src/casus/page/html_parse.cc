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

Result<HtmlTree> parse_html(std::string_view bytes, const HtmlOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return Error{Errc::too_large,
                 "the page has " + std::to_string(bytes.size()) + " bytes, more than the limit of " +
                     std::to_string(options.limits.max_bytes) + "; raise HtmlLimits::max_bytes to read it",
                 options.limits.max_bytes};
  }
  const detail::CharsetChoice choice = detail::choose_charset(bytes, options.charset);
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

}  // namespace casus
