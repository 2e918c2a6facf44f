// SPDX-License-Identifier: Apache-2.0
// Which article is a copy of which. In the order of `precedence` (published, then id) an article is a copy of the first
// original before it whose text is a near duplicate of its own, and an original when there is none. This is a function
// of the set of articles; here it is kept up to date: a change is followed to those articles alone whose answer can
// depend on it, always from earlier to later ones, so each is looked at once. docs/decisions/near-duplicates.md gives
// the reasons. Tests: record_order_test.cc.
#include <casus/record/store.h>
#include <casus/story/near_duplicate.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace casus::detail {

namespace {

// Minima as little-endian bytes, whatever the machine.
std::string pack(const Signature& signature) {
  std::string out;
  for (const std::uint32_t minimum : signature.minimum) {
    for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((minimum >> shift) & 0xFFU);
  }
  return out;
}

bool unpack(std::string_view bytes, std::int64_t shingles, Signature& signature) {
  if (bytes.size() != kHashes * 4 || shingles < 0) return false;
  for (std::size_t i = 0; i < kHashes; ++i) {
    std::uint32_t value = 0;
    for (std::size_t b = 0; b < 4; ++b)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i * 4 + b])) << (8 * b);
    signature.minimum[i] = value;
  }
  signature.shingles = static_cast<std::uint32_t>(shingles);
  return true;
}

// SQLite's integers are signed; keys are compared for equality only.
std::int64_t as_signed(std::uint64_t key) {
  std::int64_t out = 0;
  std::memcpy(&out, &key, sizeof out);
  return out;
}

}  // namespace

Result<void> SqliteRecord::keep_signature(const Article& article) {
  CASUS_ASSIGN(Statement * known, database_->prepare("SELECT 1 FROM signatures WHERE text_sha256 = ?"));
  known->bind(1, article.text_sha256);
  const bool there = known->step();
  CASUS_TRY(known->done());
  if (there || article.text.empty()) return {};
  const Signature made = signature(article.text);
  CASUS_ASSIGN(Statement * keep,
               database_->prepare("INSERT INTO signatures(text_sha256, shingles, minima) VALUES (?, ?, ?)"));
  keep->bind(1, article.text_sha256).bind(2, std::int64_t{made.shingles}).bind_blob(3, pack(made));
  CASUS_TRY(keep->run());
  CASUS_ASSIGN(Statement * band, database_->prepare("INSERT OR IGNORE INTO bands(key, text_sha256) VALUES (?, ?)"));
  for (const std::uint64_t key : band_keys(made))
    CASUS_TRY(band->bind(1, as_signed(key)).bind(2, article.text_sha256).run());
  return {};
}

// Texts that are near duplicates of this one, itself first. A text without words is like no other, not even itself:
// pages on which nothing was found would otherwise all be copies of the first of them.
Result<std::vector<std::pair<std::string, double>>> SqliteRecord::similar_texts(std::string_view text_sha256) {
  std::vector<std::pair<std::string, double>> out;
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT shingles, minima FROM signatures WHERE text_sha256 = ?"));
  find->bind(1, text_sha256);
  Signature own;
  const bool there = find->step() && unpack(find->blob(1), find->number(0), own);
  CASUS_TRY(find->done());
  if (!there) return out;
  out.emplace_back(text_sha256, 1.0);
  std::set<std::string> candidates;
  CASUS_ASSIGN(Statement * band, database_->prepare("SELECT text_sha256 FROM bands WHERE key = ?"));
  for (const std::uint64_t key : band_keys(own)) {
    band->bind(1, as_signed(key));
    while (band->step()) candidates.emplace(band->text(0));
    CASUS_TRY(band->done());
  }
  for (const std::string& candidate : candidates) {
    if (candidate == text_sha256) continue;
    find->bind(1, candidate);
    Signature other;
    const bool good = find->step() && unpack(find->blob(1), find->number(0), other);
    CASUS_TRY(find->done());
    const double same = good ? similarity(own, other) : 0;
    if (same >= kNearDuplicate) out.emplace_back(candidate, same);
  }
  return out;
}

Result<void> SqliteRecord::put_dependents(std::string_view id, Worklist& work) {
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT precedence, id FROM articles WHERE duplicate_of = ?"));
  find->bind(1, id);
  while (find->step()) work.emplace(find->text(0), find->text(1));
  return find->done();
}

// Settles `id`, whose row is new or has another text or date than before, and then all in `work` and whatever follows
// from them.
Result<void> SqliteRecord::place(const std::string& id, Worklist work) {
  CASUS_ASSIGN(Statement * find, database_->prepare("SELECT precedence FROM articles WHERE id = ?"));
  find->bind(1, id);
  if (find->step()) work.insert_or_assign(std::string(find->text(0)), id);
  CASUS_TRY(find->done());
  while (!work.empty()) {
    const std::string next = work.begin()->second;
    work.erase(work.begin());
    CASUS_TRY(evaluate(next, next == id, work));
  }
  return {};
}

Result<void> SqliteRecord::evaluate(const std::string& id, bool is_new, Worklist& work) {
  CASUS_ASSIGN(Statement * find,
               database_->prepare("SELECT precedence, text_sha256, duplicate_of FROM articles WHERE id = ?"));
  find->bind(1, id);
  if (!find->step()) return find->done();
  const Node node{id, std::string(find->text(0)), std::string(find->text(1)), std::string(find->text(2))};
  CASUS_TRY(find->done());
  CASUS_ASSIGN(const auto texts, similar_texts(node.text_sha256));

  std::string original, first;
  double same = 0;
  CASUS_ASSIGN(Statement * before,
               database_->prepare("SELECT precedence, id FROM articles WHERE text_sha256 = ? AND duplicate_of IS NULL "
                                  "AND precedence < ? ORDER BY precedence LIMIT 1"));
  for (const auto& [text, similar] : texts) {
    before->bind(1, text).bind(2, node.precedence);
    if (before->step() && (first.empty() || before->text(0) < first)) {
      first = before->text(0);
      original = before->text(1);
      same = similar;
    }
    CASUS_TRY(before->done());
  }
  CASUS_ASSIGN(Statement * set,
               database_->prepare("UPDATE articles SET duplicate_of = ?, similarity = ? WHERE id = ?"));
  if (original.empty()) {
    set->bind_null(1);
  } else {
    set->bind(1, original);
  }
  CASUS_TRY(set->bind(2, same).bind(3, id).run());
  if (!is_new && original == node.duplicate_of) return {};

  if (!original.empty()) {
    // It was an original until now: its copies need another one.
    return is_new || node.duplicate_of.empty() ? put_dependents(id, work) : Result<void>();
  }
  // It is an original from now on: later articles like it that are originals, or copies of something later, may be its
  // copies.
  CASUS_ASSIGN(
      Statement * after,
      database_->prepare(
          "SELECT precedence, id FROM articles WHERE text_sha256 = ?1 AND precedence > ?2 AND (duplicate_of IS NULL OR "
          "(SELECT o.precedence FROM articles o WHERE o.id = articles.duplicate_of) > ?2)"));
  for (const auto& [text, similar] : texts) {
    after->bind(1, text).bind(2, node.precedence);
    while (after->step()) work.emplace(after->text(0), after->text(1));
    CASUS_TRY(after->done());
  }
  return {};
}

}  // namespace casus::detail
