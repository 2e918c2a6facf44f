// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one way into this room: an Article in, annotated sentences out.
#include <casus/language/model.h>
#include <casus/language/sentence.h>
#include <casus/page/article.h>

#include <string>
#include <vector>

namespace casus {

// Sentences of every paragraph, in order, annotated by `model`.
std::vector<Sentence> analyse(const Article& article, const LanguageModel& model);

}  // namespace casus
