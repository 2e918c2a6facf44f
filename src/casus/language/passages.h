// SPDX-License-Identifier: Apache-2.0
#pragma once
// What stands between quotation marks. Private to this room.
#include <casus/language/sentence.h>

#include <span>
#include <vector>

#include "casus/language/row_table.h"

namespace casus::detail {

struct Place {
  std::uint32_t sentence = 0, token = 0;
};

// Tokens from `first` up to but not with `last`; it may run over sentences of one paragraph.
struct Passage {
  Place first, last;
  std::uint32_t paragraph = 0;
  bool closed = false;      // by a mark; else by the end of its paragraph
  bool claimed = false;     // some quotation holds it
  std::int32_t quote = -1;  // the one that is made of it
};

bool holds(const Passage& passage, std::uint32_t sentence, std::uint32_t token);

// In order, not overlapping. Straight marks open and close by turns.
std::vector<Passage> find_passages(std::span<const Sentence> sentences, const RowTable& facts);

}  // namespace casus::detail
