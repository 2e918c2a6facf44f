// SPDX-License-Identifier: Apache-2.0
#pragma once
// Builds stored articles out of sentences: spans are found by their words, so they are right by construction.
#include <string>
#include <string_view>
#include <vector>

#include "fake_record.h"

namespace casus::detail {

class Draft {
 public:
  Draft(std::string_view url, std::string_view title, std::string_view site, std::string_view published);

  Draft& write(ParagraphKind kind, std::string_view text);
  Draft& write(std::string_view text) { return write(ParagraphKind::paragraph, text); }
  Draft& leave_out(std::string_view reason, std::string_view text);

  // An event read from `sentence`, which stands in the text; `trigger` stands in the sentence.
  Draft& event(std::string_view type, std::string_view mode, int quad, std::string_view sentence,
               std::string_view trigger);
  Draft& actor(std::string_view words, std::string_view name, std::string_view country,
               std::vector<std::string> sectors = {"GOV"});
  Draft& recipient(std::string_view words, std::string_view name, std::string_view country,
                   std::vector<std::string> sectors = {"GOV"});
  Draft& says(std::string_view words, std::string_view name, std::string_view cue, Stance stance = Stance::asserts,
              bool direct = false);
  Draft& on(std::string_view iso, Basis basis, std::string_view words = {});
  Draft& at(std::string_view words, std::string_view name, std::string_view country, PlacePrecision precision,
            Basis basis = Basis::stated);
  Draft& is(Status status);
  Event& last() { return stored_.events.back(); }
  Article& article() { return stored_.article; }

  StoredArticle finish();

 private:
  Span find(std::string_view words) const;  // inside the last event's sentence
  Actor party(std::string_view words, std::string_view name, std::string_view country,
              std::vector<std::string> sectors) const;

  StoredArticle stored_;
  std::uint32_t page_at_ = 600;
};

}  // namespace casus::detail
