// SPDX-License-Identifier: Apache-2.0
// Arbitrary bytes as a knowledge file must be refused; arbitrary text must be read within its own bounds. A small file
// for the second half is not built here: $CASUS_DATA/knowledge.casus is used where it exists, else only the first half
// runs.
#include <casus/base/data_dir.h>
#include <casus/base/utf8.h>
#include <casus/knowledge/resolve.h>
#include <casus/language/segment.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

const std::shared_ptr<const casus::Knowledge>& knowledge() {
  static const std::shared_ptr<const casus::Knowledge> file = [] {
    auto opened = casus::Knowledge::open(casus::default_data() / "knowledge.casus");
    return opened ? *std::move(opened) : nullptr;
  }();
  return file;
}

void check(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check(!casus::Knowledge::from_bytes(bytes) || size > 1000);
  if (knowledge() == nullptr) return 0;
  casus::Article article;
  for (std::size_t i = 0; i < bytes.size();) {
    const casus::Decoded d = casus::decode_utf8(bytes, i);
    casus::append_utf8(article.text, d.code_point);
    i += d.length;
  }
  article.published.value = "2022-03-01";
  const std::vector<casus::Span> blocks{{0, static_cast<std::uint32_t>(article.text.size())}};
  std::vector<casus::Sentence> sentences = casus::segment(article.text, blocks);
  // Trees and names out of the same bytes: any head, any tag.
  for (casus::Sentence& s : sentences) {
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
      const std::uint8_t byte = size > 0 ? data[(i * 7 + s.span.start) % size] : 0;
      s.tokens[i].upos = static_cast<casus::Upos>(byte % 17);
      s.tokens[i].head = static_cast<std::int32_t>(byte) - 2;
      s.tokens[i].deprel = (byte & 1U) != 0 ? "nsubj" : "compound";
    }
    if (!s.tokens.empty() && size > 0) {
      const auto n = static_cast<std::uint32_t>(s.tokens.size());
      const std::uint32_t first = data[0] % n;
      s.names.push_back({first, std::min(n, first + 1 + data[0] % 4), static_cast<casus::NameKind>(data[0] % 4)});
    }
  }
  for (const casus::Mention& m : casus::resolve(article, sentences, *knowledge())) {
    check(m.sentence < sentences.size() && m.first < m.last && m.last <= sentences[m.sentence].tokens.size());
    check(m.head >= m.first && m.head < m.last && m.span.end <= article.text.size());
    check(m.actor || m.place);
  }
  return 0;
}
