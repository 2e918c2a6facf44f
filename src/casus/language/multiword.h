// SPDX-License-Identifier: Apache-2.0
#pragma once
// Words written as one that syntax counts as several: contractions ("del" = "de" + "el"), pronouns behind a verb
// ("dárselo", "fazê-lo", "dir-lhe-ia"). What splits, and into what, stands in words/xx.tsv. Private to this room.
#include <casus/base/span.h>

#include <string_view>
#include <vector>

#include "casus/language/tokens.h"

namespace casus::detail {

class Words;

// What stands around a word, for those that only their neighbours tell apart (French "des").
struct Neighbours {
  std::string_view before, next;
};

// Appends the words of `span` when it is a multiword token; false, and nothing appended, when it is not. Words that
// have letters of their own get their own spans, the others share the whole one.
bool split_multiword(std::string_view text, Span span, const Neighbours& around, const Words& words,
                     std::vector<RawToken>& out);

}  // namespace casus::detail
