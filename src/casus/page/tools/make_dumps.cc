// SPDX-License-Identifier: Apache-2.0
// make_dumps FOLDER STYLE FILE…: writes each HTML page as a plain-text dump FOLDER/<stem>.txt, as carriers of text do
// that put each inline element on a line of its own. STYLE: three letters, inlines (e: emphasis, a: emphasis and links,
// n: none), bullet (s: star, b: bullet mark, d: dash, n: none), wrapping (w: at 80, n: none). A developer's program,
// for measuring how dumps are read.
#include <casus/page/blocks.h>
#include <casus/page/text_shape.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace casus;

class Dumper {
 public:
  Dumper(const HtmlTree& tree, const std::string& style) : tree_(tree), style_(style) {}

  std::string dump() {
    walk(0);
    flush();
    return out_;
  }

 private:
  bool is_split(std::string_view name) const {
    if (style_[0] == 'n') return false;
    for (const std::string_view n : {"b", "strong", "em", "i", "u", "mark", "cite", "abbr", "q"}) {
      if (name == n) return true;
    }
    return style_[0] == 'a' && name == "a";
  }

  void walk(NodeId id) {
    for (NodeId child = tree_.nodes[id].first_child; child != kNoNode; child = tree_.nodes[child].next) {
      const Node& node = tree_.nodes[child];
      if (node.type == NodeType::text) line_ += node.text.of(tree_.text_pool);
      if (node.type != NodeType::element || node.space != Namespace::html) continue;
      bool skipped = false;
      for (const std::string_view n : {"script", "style", "head", "template", "noscript", "select", "svg", "iframe",
                                       "textarea", "video", "audio"}) {
        skipped = skipped || node.name == n;
      }
      if (skipped) continue;
      const bool parts = detail::is_block_element(node) || node.name == "br" || is_split(node.name);
      if (parts) flush();
      if (node.name == "li") bullet_ = true;
      walk(child);
      if (parts) flush();
    }
  }

  void flush() {
    std::string text;
    std::size_t column = 0;
    for (std::size_t i = 0; i < line_.size();) {
      const std::size_t start = line_.find_first_not_of(" \t\r\n\f", i);
      if (start == std::string::npos) break;
      const std::size_t end = std::min(line_.size(), line_.find_first_of(" \t\r\n\f", start));
      const bool wrap = style_[2] == 'w' && column + 1 + (end - start) > 80;
      if (!text.empty()) text += wrap ? '\n' : ' ';
      column = text.empty() || wrap ? end - start : column + 1 + end - start;
      text.append(line_, start, end - start);
      i = end;
    }
    line_.clear();
    if (text.empty()) return;
    if (bullet_) out_ += style_[1] == 's' ? "  * " : style_[1] == 'b' ? "  • " : style_[1] == 'd' ? "- " : "";
    bullet_ = false;
    out_ += text + "\n\n";
  }

  const HtmlTree& tree_;
  const std::string style_;
  std::string out_, line_;
  bool bullet_ = false;
};

}  // namespace

int main(int count, char** arguments) {
  for (int i = 3; i < count; ++i) {
    std::ifstream in(arguments[i], std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const Result<HtmlTree> tree = parse_html(bytes);
    if (!tree) continue;
    const std::filesystem::path stem = std::filesystem::path(arguments[i]).stem();
    std::ofstream(std::filesystem::path(arguments[1]) / (stem.string() + ".txt")) << Dumper(*tree, arguments[2]).dump();
  }
}
