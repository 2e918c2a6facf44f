// SPDX-License-Identifier: Apache-2.0
// Reading articles, pages and the ledger back. Tests: record_test.cc.
#include <casus/record/codec.h>
#include <casus/record/store.h>

#include <algorithm>
#include <string>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxPage = std::size_t{64} << 20U;  // bytes; far above what the page room accepts
constexpr std::size_t kMaxMap = std::size_t{256} << 20U;
constexpr std::size_t kShortest = 6;  // digits of an id that may stand for the whole
constexpr std::size_t kWhole = 32;

constexpr std::string_view kArticleColumns =
    "id, revision, url, title, site, published, language, source, duplicate_of, events";

ArticleRow row_of(const Statement& s) {
  return {.id = std::string(s.text(0)),
          .revision = std::string(s.text(1)),
          .url = std::string(s.text(2)),
          .title = std::string(s.text(3)),
          .site = std::string(s.text(4)),
          .published = std::string(s.text(5)),
          .language = std::string(s.text(6)),
          .source = std::string(s.text(7)),
          .duplicate_of = std::string(s.text(8)),
          .events = static_cast<std::size_t>(s.number(9))};
}

std::uint32_t narrow(std::int64_t value) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, 0xFFFFFFFF));
}

ParagraphKind kind_of(std::string_view text) {
  for (const ParagraphKind kind :
       {ParagraphKind::paragraph, ParagraphKind::heading, ParagraphKind::list_item, ParagraphKind::quote,
        ParagraphKind::caption, ParagraphKind::table_row, ParagraphKind::preformatted}) {
    if (to_string(kind) == text) return kind;
  }
  return ParagraphKind::paragraph;
}

std::int64_t wide(std::size_t value) {
  return static_cast<std::int64_t>(std::min<std::size_t>(value, INT64_MAX));
}

}  // namespace

Result<std::string> SqliteRecord::whole_id(std::string_view table, std::string_view id) const {
  const bool hex = std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (id.size() < kShortest || id.size() > kWhole || !hex) return std::string();
  if (id.size() == kWhole) return std::string(id);
  // 'g' comes after every hex digit.
  CASUS_ASSIGN(Statement * find,
               database_->prepare(table == "events" ? "SELECT id FROM events WHERE id >= ? AND id < ? LIMIT 2"
                                                    : "SELECT id FROM articles WHERE id >= ? AND id < ? LIMIT 2"));
  find->bind(1, id).bind(2, std::string(id) + "g");
  std::string found;
  if (find->step()) found = find->text(0);
  const bool several = find->step();
  CASUS_TRY(find->done());
  if (several) return Error{Errc::invalid_input, "several ids begin with " + std::string(id) + "; give more of it"};
  return found;
}

Result<std::optional<ArticleRow>> SqliteRecord::article_row(std::string_view id) const {
  CASUS_ASSIGN(const std::string whole, whole_id("articles", id));
  CASUS_ASSIGN(Statement * find,
               database_->prepare("SELECT " + std::string(kArticleColumns) + " FROM articles WHERE id = ?"));
  find->bind(1, whole);
  std::optional<ArticleRow> row;
  if (find->step()) row = row_of(*find);
  CASUS_TRY(find->done());
  return row;
}

Result<std::optional<Article>> SqliteRecord::article(std::string_view id) const {
  CASUS_ASSIGN(const std::optional<ArticleRow> row, article_row(id));
  if (!row) return std::optional<Article>();
  CASUS_ASSIGN(Statement * find,
               database_->prepare(
                   "SELECT metadata, text, map, url, source, page_sha256, text_sha256 FROM revisions WHERE id = ?"));
  find->bind(1, row->revision);
  if (!find->step()) {
    CASUS_TRY(find->done());
    return Error{Errc::corrupt, "the revision of article " + row->id + " is missing"};
  }
  CASUS_ASSIGN(Article article, read_metadata(find->text(0)));
  article.text = find->text(1);
  CASUS_ASSIGN(const std::string map, decompress(find->blob(2), kMaxMap));
  CASUS_ASSIGN(article.map, read_map(map, static_cast<std::uint32_t>(article.text.size())));
  article.url = find->text(3);
  article.source = find->text(4);
  article.page_sha256 = find->text(5);
  article.text_sha256 = find->text(6);
  article.id = row->id;
  article.revision = row->revision;
  CASUS_TRY(find->done());

  CASUS_ASSIGN(Statement * paragraphs,
               database_->prepare(
                   "SELECT kind, start, end, page_start, page_end FROM paragraphs WHERE revision = ? ORDER BY number"));
  paragraphs->bind(1, row->revision);
  while (paragraphs->step()) {
    article.paragraphs.push_back({.span = {narrow(paragraphs->number(1)), narrow(paragraphs->number(2))},
                                  .kind = kind_of(paragraphs->text(0)),
                                  .page = {narrow(paragraphs->number(3)), narrow(paragraphs->number(4))}});
  }
  CASUS_TRY(paragraphs->done());
  CASUS_ASSIGN(
      Statement * removed,
      database_->prepare("SELECT reason, page_start, page_end, text FROM removed WHERE revision = ? ORDER BY number"));
  removed->bind(1, row->revision);
  while (removed->step()) {
    article.removed.push_back({.page = {narrow(removed->number(1)), narrow(removed->number(2))},
                               .reason = std::string(removed->text(0)),
                               .text = std::string(removed->text(3))});
  }
  CASUS_TRY(removed->done());
  return std::optional<Article>(std::move(article));
}

Result<std::vector<ArticleRow>> SqliteRecord::articles(std::size_t limit, std::size_t offset) const {
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT " + std::string(kArticleColumns) +
                                                    " FROM articles ORDER BY published DESC, id LIMIT ? OFFSET ?"));
  find->bind(1, wide(limit)).bind(2, wide(offset));
  std::vector<ArticleRow> rows;
  while (find->step()) rows.push_back(row_of(*find));
  CASUS_TRY(find->done());
  return rows;
}

Result<std::vector<ArticleRow>> SqliteRecord::copies(std::string_view id) const {
  CASUS_ASSIGN(const std::string whole, whole_id("articles", id));
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT " + std::string(kArticleColumns) +
                                                    " FROM articles WHERE duplicate_of = ? ORDER BY precedence"));
  find->bind(1, whole);
  std::vector<ArticleRow> rows;
  while (find->step()) rows.push_back(row_of(*find));
  CASUS_TRY(find->done());
  return rows;
}

Result<std::string> SqliteRecord::page(std::string_view sha256) const {
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT zstd FROM pages WHERE sha256 = ?"));
  find->bind(1, sha256);
  if (!find->step()) {
    CASUS_TRY(find->done());
    return Error{Errc::not_found, "no page with this hash is in the record"};
  }
  Result<std::string> bytes = decompress(find->blob(0), kMaxPage);
  CASUS_TRY(find->done());
  return bytes;
}

Result<std::vector<LedgerRow>> SqliteRecord::ledger(std::size_t limit, std::size_t offset) const {
  CASUS_ASSIGN(Statement * find,
               database_->prepare("SELECT l.source, l.sha256, CASE WHEN a.duplicate_of IS NOT NULL THEN 'duplicate' "
                                  "ELSE l.outcome END, l.reason, l.article, l.version "
                                  "FROM ledger l LEFT JOIN articles a ON a.id = l.article ORDER BY l.source, l.sha256, "
                                  "l.version LIMIT ? OFFSET ?"));
  find->bind(1, wide(limit)).bind(2, wide(offset));
  std::vector<LedgerRow> rows;
  while (find->step()) {
    rows.push_back({.source = std::string(find->text(0)),
                    .sha256 = std::string(find->text(1)),
                    .outcome = std::string(find->text(2)),
                    .reason = std::string(find->text(3)),
                    .article = std::string(find->text(4)),
                    .version = std::string(find->text(5))});
  }
  CASUS_TRY(find->done());
  return rows;
}

Result<std::uint64_t> SqliteRecord::count_articles() const {
  CASUS_ASSIGN(const std::int64_t count, database_->number("SELECT count(*) FROM articles"));
  return static_cast<std::uint64_t>(count);
}

Result<std::vector<Count>> SqliteRecord::outcomes() const {
  CASUS_ASSIGN(Statement * find,
               database_->prepare(
                   "SELECT CASE WHEN a.duplicate_of IS NOT NULL THEN 'duplicate' ELSE l.outcome END AS kind, count(*) "
                   "FROM ledger l LEFT JOIN articles a ON a.id = l.article GROUP BY kind ORDER BY kind"));
  std::vector<Count> counts;
  while (find->step()) counts.push_back({std::string(find->text(0)), static_cast<std::uint64_t>(find->number(1))});
  CASUS_TRY(find->done());
  return counts;
}

Result<std::vector<std::string>> SqliteRecord::check() const {
  CASUS_ASSIGN(Statement * check, database_->prepare("PRAGMA quick_check"));
  std::vector<std::string> problems;
  while (check->step()) {
    if (check->text(0) != "ok") problems.emplace_back(check->text(0));
  }
  CASUS_TRY(check->done());
  return problems;
}

}  // namespace casus::detail
