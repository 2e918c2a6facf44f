// SPDX-License-Identifier: Apache-2.0
#pragma once
// The compiled knowledge file: names to entities, offices by date, places with coordinates. Mapped read-only, shared by
// threads.
//
//   auto knowledge = casus::Knowledge::open(casus::default_data() / "knowledge.casus").value();
//   for (const casus::Candidate& c : knowledge->find("Maduro", {.on = *casus::Date::parse("2022-03-01")})) …
//
// Format: docs/format-knowledge.md. Errors of open(): not_found, unreadable, corrupt (magic, version, checksum, any bad
// offset). Cost: open is O(1) but for the checksum; find is O(length of the name + answers). Threads: const.
#include <casus/base/date.h>
#include <casus/base/result.h>
#include <casus/knowledge/entity.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

struct FindOptions {
  Date on = {};  // roles as of this date; unknown: roles are left out
  std::string_view language = "en";
  std::size_t limit = 16;
  bool any_date = false;  // all roles ever held, oldest first; `on` then only says which of them are unverified
};

class Knowledge {
 public:
  // Where a file user_path(path) stands beside it, its answers come first (user.h).
  static Result<std::shared_ptr<const Knowledge>> open(const std::filesystem::path& path);
  // Without a user's file beside it.
  static Result<std::shared_ptr<const Knowledge>> open_alone(const std::filesystem::path& path);
  // The same from memory, for tests and fuzzing. The bytes are kept.
  static Result<std::shared_ptr<const Knowledge>> from_bytes(std::string bytes);
  virtual ~Knowledge() = default;

  // Readings of a whole name, best prior first. Acronyms and short names match in their exact case, others folded.
  virtual std::vector<Candidate> find(std::string_view name, const FindOptions& options = {}) const = 0;
  // Whether any name starts with this folded text: lets a scanner stop early.
  virtual bool is_prefix(std::string_view folded) const = 0;
  virtual std::optional<Candidate> entity(std::string_view id, const FindOptions& options = {}) const = 0;
  // Who held an office (by title and country or organisation id) on a date; several where it was disputed.
  virtual std::vector<Candidate> holders(std::string_view title, std::string_view of, Date on) const = 0;
  // PLOVER sectors of a descriptive noun or phrase ("army" -> MIL, "opposition lawmakers" -> OPP LEG); empty: none.
  virtual std::vector<std::string> agent_sectors(std::string_view lemma_phrase,
                                                 std::string_view language = "en") const = 0;
  // A row of the overlay's small tables ("title:en", "minister" -> "GOV"); the key is folded by the caller. nullopt: no
  // such row. The view lives as long as this object.
  virtual std::optional<std::string_view> lookup(std::string_view table, std::string_view folded) const = 0;
  // All offices, and who held one, in the order of `from`.
  virtual std::vector<Office> offices() const { return {}; }
  virtual std::vector<Tenure> tenures(std::string_view office_id) const {
    (void)office_id;
    return {};
  }
  // Rows of a small table, in the order of their keys: for listings.
  virtual std::vector<std::pair<std::string, std::string>> rows(std::string_view table) const {
    (void)table;
    return {};
  }
  virtual const std::vector<Source>& sources() const = 0;
  virtual std::string_view build() const = 0;  // version and hash of the file, for `doctor` and event ids
};

}  // namespace casus
