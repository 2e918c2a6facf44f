// SPDX-License-Identifier: Apache-2.0
// block_rows FILE…: for each HTML page a line of JSON with the blocks, their features and the class words of the
// elements around them: what tools/train_blocks.py learns from. A developer's program, not part of the library.
#include <casus/page/block_features.h>
#include <casus/page/class_words.h>
#include <casus/page/main_content.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

int main(int count, char** arguments) {
  using namespace casus;
  for (int i = 1; i < count; ++i) {
    std::ifstream in(arguments[i], std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const Result<HtmlTree> tree = parse_html(bytes);
    if (!tree) continue;
    const detail::BlockList list = detail::blocks_of(*tree);
    const detail::Metadata metadata = detail::read_metadata(*tree, bytes);
    const std::string title = detail::choose_title(metadata).value;
    const std::vector<float> rows = detail::block_features(*tree, list, {title, metadata.description, metadata.body});
    const std::size_t columns = detail::feature_names().size();
    nlohmann::json out{{"page", arguments[i]}, {"names", detail::feature_names()}, {"title", title}};
    std::map<std::string, nlohmann::json> nodes;
    for (std::size_t b = 0; b < list.blocks.size(); ++b) {
      const detail::Block& block = list.blocks[b];
      const auto row = rows.begin() + static_cast<std::ptrdiff_t>(b * columns);
      out["blocks"].push_back({{"f", std::vector<float>(row, row + static_cast<std::ptrdiff_t>(columns))},
                               {"text", list.text(block)},
                               {"node", std::to_string(block.innermost)},
                               {"block", std::to_string(block.element)}});
      for (NodeId node = block.innermost; node != 0; node = tree->nodes[node].parent) {
        auto& entry = nodes[std::to_string(node)];
        if (!entry.is_null()) break;
        std::vector<std::string> words;
        for (const Attribute& a : tree->nodes[node].attributes) {
          if (a.name != "class" && a.name != "id" && a.name != "role" && a.name != "itemprop") continue;
          for (std::string& word : detail::class_words(a.value)) words.push_back(std::move(word));
        }
        entry = {{"parent", std::to_string(tree->nodes[node].parent)},
                 {"words", words},
                 {"block", detail::is_block_element(tree->nodes[node])}};
      }
    }
    out["nodes"] = nodes;
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
}
