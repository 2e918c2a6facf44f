// SPDX-License-Identifier: Apache-2.0
#include "fake_record.h"

#include <casus/base/utf8.h>

#include <algorithm>
#include <map>

namespace casus::detail {
namespace {

bool contains_folded(std::string_view text, std::string_view words) {
  return fold_name(text).find(fold_name(words)) != std::string::npos;
}

bool of_party(const std::vector<Actor>& parties, std::string_view name, std::string_view country) {
  return std::any_of(parties.begin(), parties.end(), [&](const Actor& party) {
    return (name.empty() || contains_folded(party.name, name)) && (country.empty() || party.country == country);
  });
}

class FakeRecord final : public Record {
 public:
  explicit FakeRecord(std::shared_ptr<const FakeContent> content) : content_(std::move(content)) {}

  Result<Added> add(const Ingest&) override { return read_only(); }
  Result<void> refuse(std::string_view, std::string_view, const Error&) override { return read_only(); }
  Result<bool> seen(std::string_view, std::string_view, std::string_view) const override { return false; }
  Result<void> begin() override { return read_only(); }
  Result<void> commit() override { return read_only(); }

  Result<std::vector<EventRow>> events(const EventQuery& query) const override {
    if (failing()) return failure();
    std::vector<EventRow> rows = matching(query);
    const std::size_t first = std::min(query.offset, rows.size());
    const std::size_t last = std::min(first + query.limit, rows.size());
    return std::vector<EventRow>(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                 rows.begin() + static_cast<std::ptrdiff_t>(last));
  }
  Result<std::uint64_t> count_events(const EventQuery& query) const override {
    if (failing()) return failure();
    return matching(query).size();
  }
  Result<std::optional<EventRow>> event(std::string_view id) const override {
    if (failing()) return failure();
    for (const StoredArticle& stored : content_->articles) {
      for (const Event& event : stored.events) {
        if (id.size() >= 6 && std::string_view(event.id).starts_with(id)) return std::optional(row_of(stored, event));
      }
    }
    return std::optional<EventRow>{};
  }
  Result<std::optional<Article>> article(std::string_view id) const override {
    if (failing()) return failure();
    const StoredArticle* const stored = find(id);
    return stored ? std::optional(stored->article) : std::nullopt;
  }
  Result<std::optional<ArticleRow>> article_row(std::string_view id) const override {
    if (failing()) return failure();
    const StoredArticle* const stored = find(id);
    return stored ? std::optional(row_of(*stored)) : std::nullopt;
  }
  Result<std::vector<ArticleRow>> articles(std::size_t limit, std::size_t offset) const override {
    if (failing()) return failure();
    std::vector<ArticleRow> rows;
    for (const StoredArticle& stored : content_->articles) rows.push_back(row_of(stored));
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return std::tie(b.published, a.id) < std::tie(a.published, b.id); });
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, rows.size())));
    rows.resize(std::min(limit, rows.size()));
    return rows;
  }
  Result<std::vector<ArticleRow>> copies(std::string_view id) const override {
    if (failing()) return failure();
    std::vector<ArticleRow> rows;
    for (const StoredArticle& stored : content_->articles) {
      if (stored.duplicate_of == id) rows.push_back(row_of(stored));
    }
    return rows;
  }
  Result<std::string> page(std::string_view) const override { return Error{Errc::not_found, "no page is kept here"}; }
  Result<std::vector<Count>> count_by(std::string_view field, const EventQuery& query) const override {
    if (failing()) return failure();
    std::map<std::string, std::uint64_t> counts;
    for (const EventRow& row : matching(query)) {
      for (const std::string& key : keys(field, row)) ++counts[key];
    }
    std::vector<Count> out;
    for (const auto& [key, count] : counts) out.push_back({key, count});
    std::stable_sort(out.begin(), out.end(), [](const Count& a, const Count& b) { return a.count > b.count; });
    return out;
  }
  Result<std::vector<LedgerRow>> ledger(std::size_t limit, std::size_t offset) const override {
    if (failing()) return failure();
    std::vector<LedgerRow> rows = content_->ledger;
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, rows.size())));
    rows.resize(std::min(limit, rows.size()));
    return rows;
  }
  Result<std::uint64_t> count_articles() const override {
    if (failing()) return failure();
    return content_->articles.size();
  }
  Result<void> each_event(const EventQuery& query, const std::function<bool(EventRow&&)>& take) const override {
    if (failing()) return failure();
    for (EventRow& row : matching(query)) {
      if (!take(std::move(row))) break;
    }
    return {};
  }
  Result<std::vector<Count>> outcomes() const override {
    if (failing()) return failure();
    std::map<std::string, std::uint64_t> counts;
    for (const LedgerRow& row : content_->ledger) ++counts[row.outcome];
    std::vector<Count> out;
    for (const auto& [key, count] : counts) out.push_back({key, count});
    return out;
  }
  Result<std::vector<std::string>> check() const override { return std::vector<std::string>{}; }
  Result<void> dump(std::ostream&) const override { return read_only(); }

 private:
  static Error read_only() { return {Errc::refused, "this record only reads"}; }
  bool failing() const { return !content_->failure.empty(); }
  Error failure() const { return {content_->failure_code, content_->failure}; }

  const StoredArticle* find(std::string_view id) const {
    for (const StoredArticle& stored : content_->articles) {
      if (id.size() >= 6 && std::string_view(stored.article.id).starts_with(id)) return &stored;
    }
    return nullptr;
  }

  static ArticleRow row_of(const StoredArticle& stored) {
    const Article& a = stored.article;
    return {a.id,
            a.revision,
            a.url,
            a.title.value,
            a.site.value,
            a.published.value,
            a.language.value,
            a.source,
            stored.duplicate_of,
            stored.events.size()};
  }

  EventRow row_of(const StoredArticle& stored, const Event& event) const {
    const Article& a = stored.article;
    return {event,
            a.id,
            content_->event_revision.empty() ? a.revision : content_->event_revision,
            std::string(a.quote(event.evidence)),
            a.title.value,
            a.url,
            a.site.value,
            a.published.value};
  }

  static std::vector<std::string> keys(std::string_view field, const EventRow& row) {
    if (field == "type") return {row.event.type};
    if (field == "site") return {row.site};
    if (field == "month") return {row.event.date.value.to_string().substr(0, 7)};
    std::vector<std::string> countries;
    for (const auto* parties : {&row.event.actors, &row.event.recipients}) {
      for (const Actor& party : *parties) {
        if (!party.country.empty() && std::find(countries.begin(), countries.end(), party.country) == countries.end()) {
          countries.push_back(party.country);
        }
      }
    }
    return countries;
  }

  static bool fits(const EventQuery& query, const EventRow& row) {
    const Event& event = row.event;
    const std::string date = event.date.value.to_string();
    if (!query.text.empty() &&
        !contains_folded(row.quote + " " + row.title + " " + name(event.actors) + " " + name(event.recipients),
                         query.text))
      return false;
    if (!query.type.empty() && event.type != query.type) return false;
    if (!query.mode.empty() && event.mode != query.mode) return false;
    if (!query.article.empty() && row.article != query.article) return false;
    if (!query.actor.empty() && !of_party(event.actors, query.actor, "")) return false;
    if (!query.recipient.empty() && !of_party(event.recipients, query.recipient, "")) return false;
    if (!query.country.empty() && !of_party(event.actors, "", query.country) &&
        !of_party(event.recipients, "", query.country))
      return false;
    if (!query.since.empty() && date < query.since) return false;
    if (!query.until.empty() && (date.empty() || date > query.until)) return false;
    if (query.status && std::find(event.status.begin(), event.status.end(), *query.status) == event.status.end())
      return false;
    if (query.happened && !event.status.empty()) return false;
    return event.confidence >= query.min_confidence;
  }

  std::vector<EventRow> matching(const EventQuery& query) const {
    std::vector<EventRow> rows;
    for (const StoredArticle& stored : content_->articles) {
      if (!stored.duplicate_of.empty() && query.article.empty()) continue;
      for (const Event& event : stored.events) {
        EventRow row = row_of(stored, event);
        if (fits(query, row)) rows.push_back(std::move(row));
      }
    }
    std::sort(rows.begin(), rows.end(), [&](const EventRow& a, const EventRow& b) {
      const std::string first = a.event.date.value.to_string(), second = b.event.date.value.to_string();
      return first != second ? (query.newest_first ? first > second : first < second) : a.event.id < b.event.id;
    });
    return rows;
  }

  std::shared_ptr<const FakeContent> content_;
};

}  // namespace

std::unique_ptr<Record> fake_record(std::shared_ptr<const FakeContent> content) {
  return std::make_unique<FakeRecord>(std::move(content));
}

}  // namespace casus::detail
