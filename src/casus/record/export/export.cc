// SPDX-License-Identifier: Apache-2.0
// Tests: export_test.cc.
#include <casus/record/export/export.h>
#include <casus/record/json.h>

#include <map>

namespace casus {

namespace {

// The articles of the last few events: events of one article stand together, since they share their dates.
class Articles {
 public:
  explicit Articles(const Record& record) : record_(record) {}

  Result<const Article*> of(const EventRow& row) {
    if (const auto known = articles_.find(row.article); known != articles_.end()) return &known->second;
    CASUS_ASSIGN(std::optional<Article> article, record_.article(row.article));
    if (!article) return Error{Errc::corrupt, "the article " + row.article + " of an event is missing"};
    constexpr std::size_t kMost = 64;
    if (articles_.size() >= kMost) articles_.clear();
    return &articles_.emplace(row.article, *std::move(article)).first->second;
  }

 private:
  const Record& record_;
  std::map<std::string, Article> articles_;
};

}  // namespace

Result<std::uint64_t> export_events(const Record& record, const EventQuery& query, ExportFormat format,
                                    const ExportOptions& options, std::ostream& out) {
  std::uint64_t written = 0;
  Articles articles(record);
  std::optional<Error> problem;
  if (format == ExportFormat::csv) out << csv_header();
  CASUS_TRY(record.each_event(query, [&](EventRow&& row) {
    if (format == ExportFormat::csv) {
      out << csv_line(row, options);
      ++written;
      return static_cast<bool>(out);
    }
    const Result<const Article*> article = articles.of(row);
    if (!article) {
      problem = article.error();
      return false;
    }
    if (format == ExportFormat::jsonl) {
      out << event_row_json(row, **article) << '\n';
      ++written;
    } else if (const std::optional<std::string> line = plover_json(row, **article)) {
      out << *line << '\n';
      ++written;
    }
    return static_cast<bool>(out);
  }));
  if (problem) return *problem;
  if (!out) return Error{Errc::unreadable, "the export cannot be written"};
  return written;
}

}  // namespace casus
