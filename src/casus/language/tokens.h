// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text to tokens, before sentences are known. Private to this room: callers use segment().
#include <casus/base/span.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

class Words;

struct RawToken {
  Span span;
  std::uint16_t multiword = 0;  // as Token::multiword
  bool dotted = false;          // an abbreviation or initial that keeps its dot
  std::string form;             // empty: the text of its span; "de" where "del" is read
};

// Appends the tokens of `block`, in order; every byte that is not white space is in exactly one. Linear: a run without
// white space is read in pieces of at most kMaxToken bytes.
void tokenise(std::string_view text, Span block, const Words& words, std::vector<RawToken>& out);

constexpr std::uint32_t kMaxToken =
    1024;  // bytes; longer than any URL seen in the treebanks, short enough for any buffer

}  // namespace casus::detail
