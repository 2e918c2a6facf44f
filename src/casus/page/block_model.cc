// SPDX-License-Identifier: Apache-2.0
// Tests: main_content_test.cc.
#include <casus/page/block_features.h>
#include <casus/page/block_model.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "page_words.h"  // generated from model/block_trees.tsv by content.cmake

namespace casus::detail {

namespace {

// value <= threshold goes left; a negative child is leaf -1 - child of the tree.
struct TreeNode {
  float threshold = 0;
  std::uint16_t column = 0;
  std::int16_t left = -1, right = -1;
};

struct Tree {
  std::uint32_t first_node = 0, first_leaf = 0;
};

struct Forest {
  std::vector<Tree> trees;
  std::vector<TreeNode> nodes;
  std::vector<float> leaves;
};

template <class Number>
Number number(std::string_view text) {
  Number value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string_view next_cell(std::string_view& line) {
  const std::size_t tab = line.find('\t');
  const std::string_view cell = line.substr(0, tab);
  line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  return cell;
}

void read_line(std::string_view line, Forest& forest) {
  const std::string_view kind = next_cell(line);
  if (kind == "t") {
    forest.trees.push_back(
        {static_cast<std::uint32_t>(forest.nodes.size()), static_cast<std::uint32_t>(forest.leaves.size())});
  } else if (kind == "n") {
    const auto names = feature_names();
    TreeNode node;
    node.column = static_cast<std::uint16_t>(std::find(names.begin(), names.end(), next_cell(line)) - names.begin());
    node.threshold = number<float>(next_cell(line));
    node.left = number<std::int16_t>(next_cell(line));
    node.right = number<std::int16_t>(next_cell(line));
    forest.nodes.push_back(node);
  } else if (kind == "l") {
    while (!line.empty()) forest.leaves.push_back(number<float>(next_cell(line)));
  }
}

// Every child must lead forward to a node or leaf of the same tree, so that a walk always ends and stays inside.
bool is_sound(const Forest& forest) {
  for (std::size_t t = 0; t < forest.trees.size(); ++t) {
    const bool last = t + 1 == forest.trees.size();
    const auto nodes =
        static_cast<int>((last ? forest.nodes.size() : forest.trees[t + 1].first_node) - forest.trees[t].first_node);
    const auto leaves =
        static_cast<int>((last ? forest.leaves.size() : forest.trees[t + 1].first_leaf) - forest.trees[t].first_leaf);
    if (nodes == 0) return false;
    for (int n = 0; n < nodes; ++n) {
      const TreeNode& node = forest.nodes[forest.trees[t].first_node + static_cast<std::uint32_t>(n)];
      for (const int child : {node.left, node.right}) {
        if (child >= 0 ? child <= n || child >= nodes : -child > leaves) return false;
      }
      if (node.column >= feature_names().size()) return false;
    }
  }
  return true;
}

Forest load() {
  Forest forest;
  std::string whole;
  for (const std::string_view part : kBlockTrees) whole += part;
  std::string_view table = whole;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    if (end > 0 && table.front() != '#') read_line(table.substr(0, end), forest);
    table.remove_prefix(std::min(end + 1, table.size()));
  }
  return is_sound(forest) ? forest : Forest{};
}

const Forest& forest() {
  static const Forest loaded = load();
  return loaded;
}

}  // namespace

std::size_t block_tree_count() {
  return forest().trees.size();
}

std::vector<float> block_probabilities(std::span<const float> rows) {
  const Forest& model = forest();
  const std::size_t columns = feature_names().size();
  std::vector<float> out(rows.size() / columns, 0.0F);
  // Tree by tree, so that one tree stays in the nearest cache while all blocks go through it.
  for (const Tree& tree : model.trees) {
    const TreeNode* nodes = model.nodes.data() + tree.first_node;
    const float* leaves = model.leaves.data() + tree.first_leaf;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const float* row = rows.data() + i * columns;
      int at = 0;
      while (at >= 0) at = row[nodes[at].column] <= nodes[at].threshold ? nodes[at].left : nodes[at].right;
      out[i] += leaves[-1 - at];
    }
  }
  for (float& value : out) value = 1.0F / (1.0F + std::exp(-value));
  return out;
}

}  // namespace casus::detail
