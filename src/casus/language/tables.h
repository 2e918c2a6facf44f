// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tables under words/ that are embedded when the library is built, whole. Private to this room.
#include <string_view>

namespace casus::detail {

extern const std::string_view kReferenceFacts;    // reference_en.tsv
extern const std::string_view kReferenceWeights;  // reference_en_weights.tsv
extern const std::string_view kQuoteFacts;        // quotes_en.tsv

}  // namespace casus::detail
