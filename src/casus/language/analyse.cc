// SPDX-License-Identifier: Apache-2.0
#include <casus/language/analyse.h>
#include <casus/language/segment.h>

namespace casus {

std::vector<Sentence> analyse(const Article& article, const LanguageModel& model) {
  std::vector<Span> blocks;
  blocks.reserve(article.paragraphs.size());
  for (const Paragraph& paragraph : article.paragraphs) blocks.push_back(paragraph.span);
  std::vector<Sentence> sentences = segment(article.text, blocks, model.language());
  model.annotate(sentences);
  return sentences;
}

}  // namespace casus
