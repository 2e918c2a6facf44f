// SPDX-License-Identifier: Apache-2.0
#pragma once
// CoNLL-U in and out. Names travel in MISC as NE=B-PER / NE=I-PER; spans are rebuilt from SpaceAfter=No.
#include <casus/base/result.h>
#include <casus/language/sentence.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

struct ConlluDocument {
  std::string text;                 // rebuilt from forms and SpaceAfter; sentences are separated by one '\n'
  std::vector<Sentence> sentences;  // spans count bytes of `text`
  std::vector<std::vector<std::string>> comments;  // lines starting with '#', per sentence, without line ends
};

// Errors: invalid_input with the line's byte offset (wrong column count, bad number, head outside the sentence). Empty
// nodes (8.1) are skipped.
Result<ConlluDocument> read_conllu(std::string_view bytes);

// Appends one sentence with `# text = …`. `text` is what the spans count; `misc` holds what to add to the last column
// of each word ("Key=value|…"), or nothing.
void write_conllu(std::string& out, const Sentence& sentence, std::string_view text,
                  std::span<const std::string> comments = {}, std::span<const std::string> misc = {});

}  // namespace casus
