// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text to sentences and tokens with exact spans; no model needed.
//
//   std::vector<casus::Sentence> sentences = casus::segment(text, blocks, "en");
//
// A block (paragraph, heading) is a hard end of sentence. A sentence is cut at 256 tokens, at punctuation where there
// is some; a token is cut at 1 KiB. Every byte of the text that is not white space lies in exactly one token (words of
// a multiword token share their surface or have pieces of it, in order). Cost: linear. Errors: none.
#include <casus/base/span.h>
#include <casus/language/sentence.h>

#include <span>
#include <string_view>
#include <vector>

namespace casus {

std::vector<Sentence> segment(std::string_view text, std::span<const Span> blocks, std::string_view language = "en");

}  // namespace casus
