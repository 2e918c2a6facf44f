// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the parser's tests: a tree as the indented text that html5lib's tests compare, and the checks that hold for every
// tree.
#include <casus/page/dom.h>

#include <string>
#include <string_view>

namespace casus::testing {

// The document's children, or those of the root element of a fragment.
std::string outline(const HtmlTree& tree, bool fragment = false);

// What is wrong with the tree as a reading of `bytes`; empty: nothing. Links agree, every text node is covered by
// pieces without gaps, verbatim pieces equal the page, spans lie in the page, and nodes and depth keep their bounds.
std::string faults(const HtmlTree& tree, std::string_view bytes, const HtmlLimits& limits);

std::size_t depth(const HtmlTree& tree);

}  // namespace casus::testing
