// SPDX-License-Identifier: Apache-2.0
// Writing. What is stored is a function of the *set* of pages taken in, never of their order: of two pages that give
// one revision the smaller capture is kept, of several revisions the most recent by its own dates counts, and copies
// are settled by store_copies.cc. Only a change of `version` (other models, other frames) makes the later reading win.
// Tests: record_test.cc, record_order_test.cc.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>
#include <casus/record/codec.h>
#include <casus/record/store.h>

#include <algorithm>
#include <array>

namespace casus::detail {

namespace {

std::int64_t wide(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

template <class Items, class Text>
std::string joined(const Items& items, std::string_view separator, Text text) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += separator;
    out += text(item);
  }
  return out;
}

std::string last_day(const EventDate& date) {
  const Date& last = date.end ? date.end : date.value;
  return last ? Date::from_days(last.last_day()).to_string() : std::string();
}

// Whether a place may be drawn as a point: a country or a province is an area, and its centre is nowhere in particular.
bool is_point(const EventPlace& place) {
  return place.basis != Basis::unknown && place.place.located &&
         (place.place.precision == PlacePrecision::point || place.place.precision == PlacePrecision::city);
}

}  // namespace

SqliteRecord::~SqliteRecord() {
  if (database_->in_transaction()) (void)database_->execute("ROLLBACK");
}

Result<void> SqliteRecord::writable() const {
  if (!lock_) return Error{Errc::refused, "the record was opened for reading"};
  if (broken_) return Error{Errc::unreadable, "an earlier commit failed; open the record again"};
  return {};
}

Result<void> SqliteRecord::begin() {
  CASUS_TRY(writable());
  if (database_->in_transaction()) return Error{Errc::invalid_input, "a transaction has begun already"};
  return database_->execute("BEGIN IMMEDIATE");
}

Result<void> SqliteRecord::commit() {
  CASUS_TRY(writable());
  if (!database_->in_transaction()) return Error{Errc::invalid_input, "no transaction has begun"};
  Result<void> done = database_->execute("COMMIT");
  if (!done) {
    // A second try that "succeeds" after a failed fsync proves nothing.
    broken_ = true;
    if (database_->in_transaction()) (void)database_->execute("ROLLBACK");
  }
  return done;
}

Result<Added> SqliteRecord::add(const Ingest& ingest) {
  CASUS_TRY(writable());
  if (ingest.article.id.empty() || ingest.article.revision.empty())
    return Error{Errc::invalid_input, "the article has no id"};
  const bool own = !database_->in_transaction();
  CASUS_TRY(database_->execute(own ? "BEGIN IMMEDIATE" : "SAVEPOINT one"));
  Result<Added> added = add_inside(ingest);
  if (!added) {
    (void)database_->execute(own ? "ROLLBACK" : "ROLLBACK TO one; RELEASE one");
    return added;
  }
  if (own) {
    CASUS_TRY(commit());
  } else {
    CASUS_TRY(database_->execute("RELEASE one"));
  }
  return added;
}

Result<Added> SqliteRecord::add_inside(const Ingest& ingest) {
  const Article& article = ingest.article;
  Added out;
  out.article = article.id;
  out.revision = article.revision;
  CASUS_TRY(keep_page(article.page_sha256, ingest.page));
  CASUS_TRY(keep_ledger(article.source, article.page_sha256, ingest.version, "read", "", &article));

  const std::string capture =
      article.page_sha256 +
      content_id("capture", {article.source, article.url, write_metadata(article), write_map(article.map)});
  CASUS_ASSIGN(Statement * known, database_->prepare("SELECT version, capture FROM revisions WHERE id = ?"));
  known->bind(1, article.revision);
  const bool exists = known->step();
  const bool same = exists && known->text(0) == ingest.version && known->text(1) <= capture;
  CASUS_TRY(known->done());
  CASUS_ASSIGN(Statement * earlier, database_->prepare("SELECT 1 FROM articles WHERE id = ?"));
  earlier->bind(1, article.id);
  const bool had_article = earlier->step();
  CASUS_TRY(earlier->done());
  if (!same) {
    if (exists) CASUS_TRY(remove_revision(article.revision));
    CASUS_TRY(keep_signature(article));
    CASUS_TRY(keep_revision(ingest, capture));
    CASUS_TRY(refresh_article(article.id));
  }
  CASUS_ASSIGN(std::optional<ArticleRow> row, article_row(article.id));
  if (row) out.duplicate_of = row->duplicate_of;
  CASUS_ASSIGN(Statement * found, database_->prepare("SELECT similarity FROM articles WHERE id = ?"));
  found->bind(1, article.id);
  if (found->step()) out.similarity = found->real(0);
  CASUS_TRY(found->done());
  out.events = same ? 0 : ingest.reading.events.size();
  out.outcome = same                       ? Outcome::unchanged
                : had_article              ? Outcome::revised
                : out.duplicate_of.empty() ? Outcome::added
                                           : Outcome::duplicate;
  return out;
}

Result<void> SqliteRecord::refuse(std::string_view source, std::string_view sha256, const Error& error) {
  CASUS_TRY(writable());
  return keep_ledger(source, sha256, "", "refused", error.describe(), nullptr);
}

Result<bool> SqliteRecord::seen(std::string_view source, std::string_view sha256, std::string_view version) const {
  CASUS_ASSIGN(
      Statement * find,
      database_->prepare("SELECT 1 FROM ledger WHERE source = ? AND sha256 = ? AND version = ? AND outcome = 'read'"));
  find->bind(1, source).bind(2, sha256).bind(3, version);
  const bool there = find->step();
  CASUS_TRY(find->done());
  return there;
}

Result<void> SqliteRecord::keep_page(std::string_view sha256, std::string_view bytes) {
  if (sha256.empty()) return {};
  CASUS_ASSIGN(Statement * known, database_->prepare("SELECT 1 FROM pages WHERE sha256 = ?"));
  known->bind(1, sha256);
  const bool there = known->step();
  CASUS_TRY(known->done());
  if (there) return {};
  CASUS_ASSIGN(Statement * keep, database_->prepare("INSERT INTO pages(sha256, size, zstd) VALUES (?, ?, ?)"));
  keep->bind(1, sha256).bind(2, wide(bytes.size())).bind_blob(3, compress(bytes));
  return keep->run();
}

Result<void> SqliteRecord::keep_ledger(std::string_view source, std::string_view sha256, std::string_view version,
                                       std::string_view outcome, std::string_view reason, const Article* article) {
  // A page that was refused once and read later (by another program, with other limits) is a page that was read. Of two
  // captures that give different articles under one key the smaller revision stays, so that the order does not matter.
  CASUS_ASSIGN(
      Statement * keep,
      database_->prepare("INSERT INTO ledger(source, sha256, version, outcome, reason, article, revision) VALUES (?, "
                         "?, ?, ?, ?, ?, ?) "
                         "ON CONFLICT DO UPDATE SET reason = min(reason, excluded.reason), "
                         "article = CASE WHEN excluded.revision < revision THEN excluded.article ELSE article END, "
                         "revision = min(revision, excluded.revision)"));
  keep->bind(1, source).bind(2, sha256).bind(3, version).bind(4, outcome).bind(5, reason);
  keep->bind(6, article == nullptr ? "" : std::string_view(article->id));
  keep->bind(7, article == nullptr ? "" : std::string_view(article->revision));
  return keep->run();
}

Result<void> SqliteRecord::remove_revision(std::string_view revision) {
  CASUS_TRY(index_events(revision, true));
  constexpr std::array<std::string_view, 9> kDeletes = {
      "DELETE FROM event_parties WHERE event IN (SELECT id FROM events WHERE revision = ?)",
      "DELETE FROM event_attribution WHERE event IN (SELECT id FROM events WHERE revision = ?)",
      "DELETE FROM event_status WHERE event IN (SELECT id FROM events WHERE revision = ?)",
      "DELETE FROM event_contexts WHERE event IN (SELECT id FROM events WHERE revision = ?)",
      "DELETE FROM event_why WHERE event IN (SELECT id FROM events WHERE revision = ?)",
      "DELETE FROM events WHERE revision = ?",
      "DELETE FROM paragraphs WHERE revision = ?",
      "DELETE FROM removed WHERE revision = ?",
      "DELETE FROM revisions WHERE id = ?"};
  for (const std::string_view sql : kDeletes) {
    CASUS_ASSIGN(Statement * remove, database_->prepare(sql));
    remove->bind(1, revision);
    CASUS_TRY(remove->run());
  }
  return {};
}

Result<void> SqliteRecord::keep_revision(const Ingest& ingest, std::string_view capture) {
  const Article& a = ingest.article;
  CASUS_ASSIGN(
      Statement * keep,
      database_->prepare(
          "INSERT INTO revisions(id, article, title, site, published, modified, language, url, source, text_sha256, "
          "page_sha256, version, "
          "recency, capture, metadata, text, map) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  const std::string language = a.language.value.empty() ? ingest.reading.language : a.language.value;
  keep->bind(1, a.revision).bind(2, a.id).bind(3, a.title.value).bind(4, a.site.value).bind(5, a.published.value);
  keep->bind(6, a.modified.value).bind(7, language).bind(8, a.url).bind(9, a.source).bind(10, a.text_sha256);
  keep->bind(11, a.page_sha256).bind(12, ingest.version);
  keep->bind(13, std::max(moment(a.modified.value), moment(a.published.value)));
  keep->bind(14, capture).bind(15, write_metadata(a)).bind(16, a.text).bind_blob(17, compress(write_map(a.map)));
  CASUS_TRY(keep->run());
  CASUS_TRY(keep_paragraphs(a));
  std::size_t position = 0;
  for (const Event& event : ingest.reading.events) {
    CASUS_ASSIGN(const bool kept, keep_event(event, a, position));
    position += kept ? 1 : 0;
  }
  return index_events(a.revision, false);
}

Result<void> SqliteRecord::keep_paragraphs(const Article& article) {
  CASUS_ASSIGN(Statement * keep, database_->prepare("INSERT INTO paragraphs(revision, number, kind, start, end, "
                                                    "page_start, page_end) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  for (std::size_t i = 0; i < article.paragraphs.size(); ++i) {
    const Paragraph& p = article.paragraphs[i];
    keep->bind(1, article.revision).bind(2, wide(i)).bind(3, to_string(p.kind)).bind(4, wide(p.span.start));
    keep->bind(5, wide(p.span.end)).bind(6, wide(p.page.start)).bind(7, wide(p.page.end));
    CASUS_TRY(keep->run());
  }
  CASUS_ASSIGN(
      keep, database_->prepare(
                "INSERT INTO removed(revision, number, reason, page_start, page_end, text) VALUES (?, ?, ?, ?, ?, ?)"));
  for (std::size_t i = 0; i < article.removed.size(); ++i) {
    const Removed& r = article.removed[i];
    keep->bind(1, article.revision)
        .bind(2, wide(i))
        .bind(3, r.reason)
        .bind(4, wide(r.page.start))
        .bind(5, wide(r.page.end));
    keep->bind(6, r.text);
    CASUS_TRY(keep->run());
  }
  return {};
}

Result<bool> SqliteRecord::keep_event(const Event& e, const Article& article, std::size_t position) {
  const std::string detail = write_event(e);
  const std::string id = e.id.empty() ? content_id("event", {article.revision, detail}) : e.id;
  CASUS_ASSIGN(Statement * keep,
               database_->prepare(
                   "INSERT OR IGNORE INTO events(id, article, revision, position, type, mode, quad, score, cameo, "
                   "actors, recipients, attribution, "
                   "status, date, date_last, date_basis, place, place_name, place_country, place_precision, "
                   "place_basis, latitude, longitude, quote, "
                   "confidence, incomplete, trigger_start, trigger_end, evidence_start, evidence_end, detail) VALUES "
                   "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  const bool placed = e.place.basis != Basis::unknown;
  keep->bind(1, id)
      .bind(2, article.id)
      .bind(3, article.revision)
      .bind(4, wide(position))
      .bind(5, e.type)
      .bind(6, e.mode);
  keep->bind(7, std::int64_t{e.quad})
      .bind(8, e.score)
      .bind(9, e.cameo)
      .bind(10, name(e.actors))
      .bind(11, name(e.recipients));
  keep->bind(12, joined(e.attribution, " < ", [](const Attribution& a) { return a.speaker.name; }));
  keep->bind(13, joined(e.status, " ", [](Status s) { return std::string(to_string(s)); }));
  keep->bind(14, e.date.value.to_string()).bind(15, last_day(e.date)).bind(16, to_string(e.date.basis));
  keep->bind(17, placed ? e.place.place.id : "").bind(18, placed ? e.place.place.name : "");
  keep->bind(19, placed ? e.place.place.country : "");
  keep->bind(20, placed ? to_string(e.place.place.precision) : std::string_view()).bind(21, to_string(e.place.basis));
  if (is_point(e.place)) keep->bind(22, e.place.place.lat).bind(23, e.place.place.lon);
  keep->bind(24, article.quote(e.evidence)).bind(25, e.confidence).bind(26, std::int64_t{e.incomplete ? 1 : 0});
  keep->bind(27, wide(e.trigger.start)).bind(28, wide(e.trigger.end));
  keep->bind(29, wide(e.evidence.start)).bind(30, wide(e.evidence.end)).bind_blob(31, compress(detail));
  CASUS_TRY(keep->run());
  if (database_->changes() == 0) return false;  // the reader gave the same event twice
  CASUS_TRY(keep_event_parts(id, e));
  return true;
}

Result<void> SqliteRecord::keep_event_parts(const std::string& id, const Event& e) {
  CASUS_ASSIGN(Statement * party, database_->prepare("INSERT INTO event_parties(event, role, number, entity, name, "
                                                     "folded, text, kind, country, sectors, office, start, end) VALUES "
                                                     "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const auto& [role, list] : {std::pair{"actor", &e.actors}, std::pair{"recipient", &e.recipients}}) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Actor& a = (*list)[i];
      party->bind(1, id).bind(2, std::string_view(role)).bind(3, wide(i)).bind(4, a.id).bind(5, a.name);
      party->bind(6, fold_name(a.name + " " + a.text)).bind(7, a.text).bind(8, to_string(a.kind)).bind(9, a.country);
      party->bind(10, joined(a.sectors, " ", [](const std::string& s) { return s; }))
          .bind(11, a.role ? a.role->title : "");
      party->bind(12, wide(a.span.start)).bind(13, wide(a.span.end));
      CASUS_TRY(party->run());
    }
  }
  CASUS_ASSIGN(Statement * said, database_->prepare("INSERT INTO event_attribution(event, number, speaker, name, text, "
                                                    "verb, stance, direct_quote, start, end) VALUES "
                                                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (std::size_t i = 0; i < e.attribution.size(); ++i) {
    const Attribution& a = e.attribution[i];
    said->bind(1, id)
        .bind(2, wide(i))
        .bind(3, a.speaker.id)
        .bind(4, a.speaker.name)
        .bind(5, a.speaker.text)
        .bind(6, a.verb);
    said->bind(7, to_string(a.stance)).bind(8, std::int64_t{a.direct_quote ? 1 : 0});
    said->bind(9, wide(a.speaker.span.start)).bind(10, wide(a.speaker.span.end));
    CASUS_TRY(said->run());
  }
  CASUS_ASSIGN(Statement * status,
               database_->prepare("INSERT OR IGNORE INTO event_status(event, status) VALUES (?, ?)"));
  for (const Status one : e.status) CASUS_TRY(status->bind(1, id).bind(2, to_string(one)).run());
  CASUS_ASSIGN(Statement * context,
               database_->prepare("INSERT OR IGNORE INTO event_contexts(event, context) VALUES (?, ?)"));
  for (const std::string& one : e.contexts) CASUS_TRY(context->bind(1, id).bind(2, one).run());
  CASUS_ASSIGN(
      Statement * why,
      database_->prepare("INSERT INTO event_why(event, number, step, detail, start, end) VALUES (?, ?, ?, ?, ?, ?)"));
  for (std::size_t i = 0; i < e.why.size(); ++i) {
    const WhyStep& step = e.why[i];
    why->bind(1, id).bind(2, wide(i)).bind(3, step.step).bind(4, step.detail);
    CASUS_TRY(why->bind(5, wide(step.span.start)).bind(6, wide(step.span.end)).run());
  }
  return {};
}

Result<void> SqliteRecord::index_events(std::string_view revision, bool remove) {
  CASUS_ASSIGN(Statement * index,
               database_->prepare(remove ? "INSERT INTO event_search(event_search, rowid, quote, names, title) SELECT "
                                           "'delete', number, quote, names, title FROM "
                                           "event_words WHERE number IN (SELECT number FROM events WHERE revision = ?)"
                                         : "INSERT INTO event_search(rowid, quote, names, title) SELECT number, quote, "
                                           "names, title FROM event_words WHERE number IN "
                                           "(SELECT number FROM events WHERE revision = ?)"));
  index->bind(1, revision);
  return index->run();
}

// Makes the article's row say what its latest revision says, and settles anew which articles are copies.
Result<void> SqliteRecord::refresh_article(std::string_view article) {
  const std::string id(article);
  CASUS_ASSIGN(Statement * latest, database_->prepare("SELECT r.id, r.text_sha256, r.published, a.text_sha256, "
                                                      "a.precedence, a.duplicate_of IS NULL FROM revisions r "
                                                      "LEFT JOIN articles a ON a.id = r.article WHERE r.article = ? "
                                                      "ORDER BY r.recency DESC, r.text_sha256 DESC LIMIT 1"));
  latest->bind(1, id);
  if (!latest->step()) return latest->done();
  const std::string revision(latest->text(0)), text(latest->text(1));
  const std::string published = moment(latest->text(2));
  const std::string precedence =
      (published.empty() ? "~" : published) + " " + id;  // an unknown date comes after every known one
  const bool known = !latest->is_null(3);
  const bool moved = !known || latest->text(3) != text || latest->text(4) != precedence;
  const bool was_original = known && latest->number(5) != 0;
  CASUS_TRY(latest->done());

  Worklist work;
  if (known && moved && was_original) CASUS_TRY(put_dependents(id, work));
  CASUS_ASSIGN(
      Statement * keep,
      database_->prepare(
          "INSERT INTO articles(id, url, revision, text_sha256, title, site, published, language, source, precedence, "
          "events) "
          "SELECT article, url, id, text_sha256, title, site, published, language, source, ?2, "
          "(SELECT count(*) FROM events WHERE events.revision = revisions.id) FROM revisions WHERE id = ?1 "
          "ON CONFLICT(id) DO UPDATE SET url = excluded.url, revision = excluded.revision, text_sha256 = "
          "excluded.text_sha256, "
          "title = excluded.title, site = excluded.site, published = excluded.published, language = excluded.language, "
          "source = excluded.source, precedence = excluded.precedence, events = excluded.events"));
  keep->bind(1, revision).bind(2, precedence);
  CASUS_TRY(keep->run());
  return moved ? place(id, std::move(work)) : Result<void>();
}

}  // namespace casus::detail
