// SPDX-License-Identifier: Apache-2.0
#pragma once
// A record in memory, to look at the pages and to test them without a store: it can also fail or be slow on demand.
#include <casus/record/record.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace casus::detail {

struct StoredArticle {
  Article article;
  std::vector<Event> events;
  std::string duplicate_of;
};

struct FakeContent {
  std::vector<StoredArticle> articles;
  std::vector<LedgerRow> ledger;
  std::string failure;  // not empty: every question ends in an error with this text
  Errc failure_code = Errc::corrupt;
  std::string event_revision;  // not empty: events say that they were read from this revision
};

// Several records may share one content; writing is refused.
std::unique_ptr<Record> fake_record(std::shared_ptr<const FakeContent> content);

// Invented articles with every kind of thing that the pages must show; the same at every call.
std::shared_ptr<const FakeContent> sample_content();
// The sample, and `more` short articles for lists over several pages.
std::shared_ptr<FakeContent> sample_content(std::size_t more);

}  // namespace casus::detail
