// SPDX-License-Identifier: Apache-2.0
// Any bytes, in one block or two: every byte that is not white space lies in one token, in order; CoNLL-U of it reads
// back.
#include <casus/base/utf8.h>
#include <casus/language/conllu.h>
#include <casus/language/segment.h>

#include <array>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto end = static_cast<std::uint32_t>(size);
  const std::uint32_t cut = size > 0 ? data[0] % end : 0;
  const std::array<casus::Span, 2> blocks = {casus::Span{0, cut}, casus::Span{cut, end}};
  std::uint32_t last = 0;
  std::size_t covered = 0;
  std::string conllu;
  for (const casus::Sentence& sentence : casus::segment(text, blocks)) {
    if (sentence.tokens.empty() || sentence.tokens.size() > 256) std::abort();
    for (const casus::Token& token : sentence.tokens) {
      if (token.span.start < last || token.span.empty() || token.span.end > size || token.form != token.span.of(text))
        std::abort();
      last = token.span.end;
      covered += token.span.length();
    }
    casus::write_conllu(conllu, sentence, text);
  }
  std::size_t expected = 0;
  for (const casus::Span& block : blocks) {
    const std::string_view part = block.of(text);
    for (std::size_t i = 0; i < part.size();) {
      const casus::Decoded d = casus::decode_utf8(part, i);
      if (!casus::is_space(d.code_point)) expected += d.length;
      i += d.length;
    }
  }
  if (covered != expected) std::abort();
  if (!casus::read_conllu(conllu)) std::abort();
  (void)casus::read_conllu(text);
  return 0;
}
