// SPDX-License-Identifier: Apache-2.0
// Questions about events. An EventQuery becomes SQL whose text is made of fixed pieces and whose values are all bound;
// what people type as search words is cut into words and phrases and quoted, so FTS5's own grammar is never reached.
// Tests: record_query_test.cc.
#include <casus/base/utf8.h>
#include <casus/record/codec.h>
#include <casus/record/store.h>

#include <algorithm>
#include <variant>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxTerms = 32;  // words of a search; 2,000 of them took seconds on 200,000 rows
constexpr std::size_t kMaxEvent = std::size_t{16} << 20U;  // bytes of one event's JSON
constexpr std::chrono::milliseconds kDeadline{5000};

using Value = std::variant<std::string, std::int64_t, double>;

// The FROM and WHERE of a query.
struct Where {
  std::string sql;
  std::vector<Value> values;

  void add(std::string_view condition) {
    sql += " AND ";
    sql += condition;
  }
  void add(std::string_view condition, Value value) {
    add(condition);
    values.push_back(std::move(value));
  }
  void bind(Statement& statement) const {
    int parameter = 0;
    for (const Value& value : values) {
      ++parameter;
      std::visit([&](const auto& v) { statement.bind(parameter, v); }, value);
    }
  }
};

// Words and "phrases" as an FTS5 expression in which every term is quoted; empty: no term has a letter or a digit.
Result<std::string> search_terms(std::string_view text) {
  std::string out;
  std::size_t terms = 0;
  const auto add = [&](std::string_view term) {
    bool word = false;
    std::string quoted = "\"";
    for (std::size_t at = 0; at < term.size();) {
      const Decoded c = decode_utf8(term, at);
      word = word || is_letter(c.code_point) || is_digit(c.code_point);
      if (c.code_point != '"' && c.code_point >= ' ') append_utf8(quoted, c.code_point);
      at += c.length;
    }
    if (!word) return;
    ++terms;
    out += (out.empty() ? "" : " AND ") + quoted + "\"";
  };
  while (!text.empty()) {
    if (text.front() == '"') {
      const std::size_t close = std::min(text.find('"', 1), text.size());
      add(text.substr(1, close - 1));
      text.remove_prefix(std::min(close + 1, text.size()));
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n\""), text.size());
      add(text.substr(0, end));
      text.remove_prefix(end == 0 && text.front() != '"' ? 1 : end);
    }
  }
  if (terms > kMaxTerms)
    return Error{Errc::invalid_input, "a search may have at most " + std::to_string(kMaxTerms) + " words"};
  return out;
}

void add_party(Where& where, std::string_view role, const std::string& wanted) {
  where.add("EXISTS (SELECT 1 FROM event_parties p WHERE p.event = events.id AND p.role = '" + std::string(role) +
                "' AND (p.entity = ? OR p.country = ? OR instr(p.folded, ?) > 0))",
            wanted);
  where.values.emplace_back(wanted);
  where.values.emplace_back(fold_name(wanted));
}

Result<Where> where_of(const EventQuery& q) {
  Where where;
  where.sql =
      " FROM events JOIN articles ON articles.id = events.article AND articles.revision = events.revision WHERE ";
  where.sql += q.article.empty() ? "articles.duplicate_of IS NULL" : "1";
  if (!q.article.empty()) where.add("events.article = ?", q.article);
  if (!q.text.empty()) {
    CASUS_ASSIGN(std::string terms, search_terms(q.text));
    if (terms.empty()) {
      where.add("0");
    } else {
      where.add("events.number IN (SELECT rowid FROM event_search WHERE event_search MATCH ?)", std::move(terms));
    }
  }
  if (!q.type.empty()) where.add("events.type = ?", q.type);
  if (!q.mode.empty()) where.add("events.mode = ?", q.mode);
  if (!q.country.empty()) {
    where.add(
        "(events.place_country = ? OR EXISTS (SELECT 1 FROM event_parties p WHERE p.event = events.id AND p.country = "
        "?))",
        q.country);
    where.values.emplace_back(q.country);
  }
  if (!q.actor.empty()) add_party(where, "actor", q.actor);
  if (!q.recipient.empty()) add_party(where, "recipient", q.recipient);
  if (!q.language.empty()) where.add("articles.language = ?", q.language);
  // An event known to the month lies in every day of it: it is found by any of them.
  if (!q.since.empty()) where.add("events.date_last >= ?", q.since);
  if (!q.until.empty()) where.add("events.date <> '' AND events.date <= ?", q.until + "~");
  if (q.status)
    where.add("EXISTS (SELECT 1 FROM event_status s WHERE s.event = events.id AND s.status = ?)",
              std::string(to_string(*q.status)));
  if (q.happened) where.add("events.status = ''");
  if (q.min_confidence > 0) where.add("events.confidence >= ?", q.min_confidence);
  return where;
}

constexpr std::string_view kEventColumns =
    "SELECT events.detail, events.article, events.revision, events.quote, articles.title, articles.url, articles.site, "
    "articles.published";

Result<EventRow> event_row(const Statement& s) {
  EventRow row;
  CASUS_ASSIGN(const std::string json, decompress(s.blob(0), kMaxEvent));
  CASUS_ASSIGN(row.event, read_event(json));
  row.article = s.text(1);
  row.revision = s.text(2);
  row.quote = s.text(3);
  row.title = s.text(4);
  row.url = s.text(5);
  row.site = s.text(6);
  row.published = s.text(7);
  return row;
}

std::string order_of(const EventQuery& query) {
  return query.newest_first ? " ORDER BY events.date DESC, events.id" : " ORDER BY events.date, events.id";
}

// Sets the deadline for as long as it lives.
class Deadline {
 public:
  // The writer asks on its own behalf and may take its time.
  Deadline(Database& database, bool writer) : database_(database) {
    if (!writer) database_.set_deadline(kDeadline);
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() { database_.set_deadline(std::chrono::milliseconds{0}); }

 private:
  Database& database_;
};

}  // namespace

Result<std::vector<EventRow>> SqliteRecord::events(const EventQuery& query) const {
  const Deadline deadline(*database_, lock_ != nullptr);
  CASUS_ASSIGN(const Where where, where_of(query));
  CASUS_ASSIGN(Statement * find, database_->prepare(std::string(kEventColumns) + where.sql + order_of(query) +
                                                    " LIMIT " + std::to_string(query.limit & 0x7FFFFFFFU) + " OFFSET " +
                                                    std::to_string(query.offset & 0x7FFFFFFFU)));
  where.bind(*find);
  std::vector<EventRow> rows;
  while (find->step()) {
    CASUS_ASSIGN(EventRow row, event_row(*find));
    rows.push_back(std::move(row));
  }
  CASUS_TRY(find->done());
  return rows;
}

Result<void> SqliteRecord::each_event(const EventQuery& query, const std::function<bool(EventRow&&)>& take) const {
  CASUS_ASSIGN(const Where where, where_of(query));
  CASUS_ASSIGN(Statement * find, database_->prepare(std::string(kEventColumns) + where.sql + order_of(query)));
  where.bind(*find);
  while (find->step()) {
    CASUS_ASSIGN(EventRow row, event_row(*find));
    if (!take(std::move(row))) break;
  }
  return find->done();
}

Result<std::uint64_t> SqliteRecord::count_events(const EventQuery& query) const {
  const Deadline deadline(*database_, lock_ != nullptr);
  CASUS_ASSIGN(const Where where, where_of(query));
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT count(*)" + where.sql));
  where.bind(*find);
  const std::uint64_t count = find->step() ? static_cast<std::uint64_t>(find->number(0)) : 0;
  CASUS_TRY(find->done());
  return count;
}

Result<std::optional<EventRow>> SqliteRecord::event(std::string_view id) const {
  CASUS_ASSIGN(const std::string whole, whole_id("events", id));
  CASUS_ASSIGN(Statement * find,
               database_->prepare(std::string(kEventColumns) +
                                  " FROM events JOIN articles ON articles.id = events.article WHERE events.id = ?"));
  find->bind(1, whole);
  std::optional<EventRow> out;
  if (find->step()) {
    CASUS_ASSIGN(out, event_row(*find));
  }
  CASUS_TRY(find->done());
  return out;
}

Result<std::vector<Count>> SqliteRecord::count_by(std::string_view field, const EventQuery& query) const {
  struct Facet {
    std::string_view name, expression, source;
  };
  // Countries and statuses are several for one event: it counts once for each.
  constexpr std::string_view kCountries =
      " JOIN (SELECT DISTINCT event, country FROM event_parties WHERE country <> '') facet ON facet.event = events.id";
  static constexpr std::array<Facet, 7> kFacets = {{{"type", "events.type", ""},
                                                    {"mode", "events.mode", ""},
                                                    {"country", "facet.country", kCountries},
                                                    {"site", "articles.site", ""},
                                                    {"month", "substr(events.date, 1, 7)", ""},
                                                    {"status", "events.status", ""},
                                                    {"language", "articles.language", ""}}};
  const auto facet = std::ranges::find(kFacets, field, &Facet::name);
  if (facet == kFacets.end())
    return Error{Errc::invalid_input, "events cannot be counted by " + std::string(field.substr(0, 40))};
  const Deadline deadline(*database_, lock_ != nullptr);
  CASUS_ASSIGN(Where where, where_of(query));
  if (!facet->source.empty()) where.sql.insert(where.sql.find(" WHERE "), facet->source);
  CASUS_ASSIGN(Statement * find,
               database_->prepare("SELECT " + std::string(facet->expression) + " AS k, count(*) AS n" + where.sql +
                                  " GROUP BY k ORDER BY n DESC, k"));
  where.bind(*find);
  std::vector<Count> counts;
  while (find->step()) counts.push_back({std::string(find->text(0)), static_cast<std::uint64_t>(find->number(1))});
  CASUS_TRY(find->done());
  return counts;
}

}  // namespace casus::detail
