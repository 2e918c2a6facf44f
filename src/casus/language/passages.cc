// SPDX-License-Identifier: Apache-2.0
#include "casus/language/passages.h"

namespace casus::detail {

namespace {

void close(Passage& passage, Place last, bool closed, std::vector<Passage>& out) {
  passage.last = last;
  passage.closed = closed;
  if (last.sentence > passage.first.sentence || last.token > passage.first.token) out.push_back(passage);
}

}  // namespace

bool holds(const Passage& passage, std::uint32_t sentence, std::uint32_t token) {
  const Place& first = passage.first;
  const Place& last = passage.last;
  const bool after = sentence > first.sentence || (sentence == first.sentence && token >= first.token);
  const bool before = sentence < last.sentence || (sentence == last.sentence && token < last.token);
  return after && before;
}

std::vector<Passage> find_passages(std::span<const Sentence> sentences, const RowTable& facts) {
  std::vector<Passage> out;
  bool open = false;
  Passage now;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    const Sentence& sentence = sentences[s];
    if (open && sentence.paragraph != now.paragraph) {
      // A quotation that its paragraph leaves open goes on where the next one opens it again, and else ended there.
      close(now, {s, 0}, false, out);
      open = false;
    }
    for (std::uint32_t i = 0; i < sentence.tokens.size(); ++i) {
      const std::string& form = sentence.tokens[i].form;
      const bool opens = facts.is("open", form), closes = facts.is("close", form);
      const bool begins = i == 0 || sentence.tokens[i - 1].space_after || sentence.tokens[i - 1].upos == Upos::PUNCT;
      if (open && closes) {
        close(now, {s, i}, true, out);
        open = false;
      } else if (!open && opens && (!closes || begins)) {
        now = Passage{{s, i + 1}, {s, i + 1}, sentence.paragraph, false, false, -1};
        open = true;
      }
    }
  }
  if (open) close(now, {static_cast<std::uint32_t>(sentences.size()), 0}, false, out);
  return out;
}

}  // namespace casus::detail
