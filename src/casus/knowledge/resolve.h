// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one way into this room: annotated sentences in, mentions of actors and places out.
//
// Names found by the model and names found by longest match in the knowledge become Mentions; descriptive noun phrases
// with an agent noun ("the Venezuelan army", "protesters in Minsk") become composed actors. One sense per article
// unless the context says otherwise; roles are as of the article's date. Below a threshold the answer is an actor
// without id ("nil:…") and never a guess. Mentions are sorted by (sentence, first token) and do not overlap, except
// that a composed actor may contain a place mention.
#include <casus/knowledge/knowledge.h>
#include <casus/language/sentence.h>
#include <casus/page/article.h>

#include <span>
#include <string_view>
#include <vector>

namespace casus {

// `language`: the one that the article was read in; its noun lists are used.
std::vector<Mention> resolve(const Article& article, std::span<const Sentence> sentences, const Knowledge& knowledge,
                             std::string_view language = "en");

}  // namespace casus
