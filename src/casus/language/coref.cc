// SPDX-License-Identifier: Apache-2.0
#include <casus/language/coref.h>

#include "casus/language/coref_resolver.h"
#include "casus/language/tables.h"

namespace casus {

std::vector<CorefLink> coreference(std::span<const Sentence> sentences, std::string_view language) {
  if (language != "en") return {};
  static const detail::RowTable facts(detail::kReferenceFacts);
  static const detail::WeightTable weights(detail::kReferenceWeights);
  return detail::Resolver(sentences, facts, weights).resolve();
}

}  // namespace casus
