// SPDX-License-Identifier: Apache-2.0
#pragma once
// A user's own additions: kb.d/*.tsv, the tables of knowledge/overlay with one more column `op` ("+" adds, the default;
// "-" takes away), compiled into a second small file that stands beside the first and is searched before it.
//
//   auto made = casus::compile_user("kb.d", *base);      // bytes, or what is wrong, row by row
//   casus::write_user(casus::user_path(base_path), made.bytes);
//
// Rows may name entities and offices of the first file by their ids. Without a column `src` their source is "user".
// Nothing half-built: one bad row and there are no bytes. Limits: 4 MiB a table, 200,000 rows in all. Cost: a fraction
// of a second. Threads: no shared state.
#include <casus/knowledge/knowledge.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace casus {

struct UserFile {
  std::string bytes;                  // empty where there are problems
  std::vector<std::string> problems;  // "people.tsv:7: no entity has the id …"
  std::vector<std::string> warnings;
  std::size_t rows = 0;
};

// Errors: not_found (no such folder), too_large.
Result<UserFile> compile_user(const std::filesystem::path& folder, const Knowledge& base);
// "knowledge.casus" -> "knowledge.user.casus", beside it.
std::filesystem::path user_path(const std::filesystem::path& base);
// Written beside and renamed, so that readers see the old or the new file. Empty bytes: the file is removed.
Result<void> write_user(const std::filesystem::path& path, std::string_view bytes);
// `user` first, then `base` without what `user` takes away.
std::shared_ptr<const Knowledge> with_user(std::shared_ptr<const Knowledge> base,
                                           std::shared_ptr<const Knowledge> user);
// PLOVER sectors of a phrase by the tables agent, title and occupation: the whole phrase, then each word.
std::vector<std::string> sectors_of_phrase(const Knowledge& knowledge, std::string_view phrase,
                                           std::string_view language);

}  // namespace casus
