// SPDX-License-Identifier: Apache-2.0
#pragma once
// Spans of a text as marked-up pieces. Spans may overlap, nest, be wrong or cut a character: pieces never do.
#include <casus/base/span.h>
#include <casus/event/event.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "html.h"

namespace casus::detail {

struct Mark {
  Span span;
  std::string key;  // "actor", "trigger": CSS class and label
};

// A run of text under the same marks; `marks` are indices in ascending order, empty for plain text.
struct Run {
  Span span;
  std::vector<std::size_t> marks;
};

// Cuts `within` at every border of a mark; borders inside a character move outwards. Runs cover `within` without gaps,
// in order. Cost: marks × log marks + sum of marks over the runs.
std::vector<Run> cut(std::string_view text, Span within, const std::vector<Mark>& marks);

// A span's borders moved outwards to whole characters of `text`, and clamped to it.
Span whole_characters(std::string_view text, Span span);

// The spans of one event by role: actor, recipient, trigger, speaker, cue, date, place.
std::vector<Mark> role_marks(const Event& event);

// Writes text[within] with the event's roles underlined; with `labels` each role's name stands behind its last piece.
void write_roles(Html& html, std::string_view text, Span within, const std::vector<Mark>& marks, bool labels);

}  // namespace casus::detail
