// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who said what: direct quotations between marks and indirect ones ("he said that …"), with their speakers. English
// only; other languages get none.
//
//   for (const casus::Quote& q : casus::find_quotes(sentences, article.text, "en"))
//     if (q.speaker) std::cout << words_of(*q.speaker) << ": " << q.content.front().of(article.text) << '\n';
//
// Shape: spans count bytes of the text that the sentences lie in. `content` has several pieces where the cue stands
// inside ("…", he said, "…" is two quotes; "…, he said, if …" is one with two pieces); a direct quotation may run over
// sentences, its marks are not part of it. A quotation without any hint of a speaker is not reported: most of those
// are titles and irony. Quotes come in the order of their cues. Errors: none; sentences without trees give none. Cost:
// linear in tokens, quadratic in those of one sentence (at most 256).
#include <casus/base/span.h>
#include <casus/language/coref.h>
#include <casus/language/sentence.h>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace casus {

struct Quote {
  bool direct = false;
  std::vector<Span> content;           // at least one piece, in order
  std::optional<Span> cue;             // "said", "according to"; none where a passage goes on after its cue
  std::optional<MentionSpan> speaker;  // as mentioned where the cue stands: coreference() says who "he" is
  bool continued = false;              // the speaker is the one of the quote before
};

std::vector<Quote> find_quotes(std::span<const Sentence> sentences, std::string_view text,
                               std::string_view language = "en");

}  // namespace casus
