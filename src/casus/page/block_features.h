// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the block model looks at: for each block its own shape, its surroundings in the tree, its neighbours in reading
// order, the other blocks made the same way, and what the page says about itself. The order of the columns is part of
// the model file.
//
// Shape: rows.size() = blocks × feature_names().size(), row by row. Cost: linear in blocks (neighbours are looked at
// within a fixed window).
#include <casus/page/blocks.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// What metadata says, to be compared with the blocks.
struct PageFacts {
  std::string_view title;
  std::string_view description;
  std::string_view body;  // JSON-LD articleBody
};

std::span<const std::string_view> feature_names();
std::vector<float> block_features(const HtmlTree& tree, const BlockList& list, const PageFacts& facts);

}  // namespace casus::detail
