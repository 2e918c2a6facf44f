// SPDX-License-Identifier: Apache-2.0
#pragma once
// The learned part of the choice of blocks: a sum of small decision trees over the columns of block_features.h, read
// once from the table that is compiled in (model/block_trees.tsv, made by tools/train_blocks.py). Threads: shared and
// const after the first use.
//
//   std::vector<float> p = casus::detail::block_probabilities(rows);   // one per block, in [0, 1]
#include <span>
#include <vector>

namespace casus::detail {

std::vector<float> block_probabilities(std::span<const float> rows);

// How many trees the table holds; 0 when it is malformed, which main_content_test.cc would show.
std::size_t block_tree_count();

}  // namespace casus::detail
