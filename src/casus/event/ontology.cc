// SPDX-License-Identifier: Apache-2.0
// Opens the folder: plover.toml must be whole, everything else may have broken lines. Files are read in order of their
// names, so that the version and the frames' order do not depend on the file system. Tests: ontology_test.cc.
#include <casus/base/hash.h>
#include <casus/base/mapped_file.h>
#include <casus/event/ontology.h>
#include <casus/event/tables.h>

#include <algorithm>
#include <cstdio>

namespace casus {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMaxToml = 1U << 20;       // bytes
constexpr std::size_t kMaxLanguages = 64;        // folders under frames/
constexpr std::size_t kMaxFiles = 512;           // frame files of one language
constexpr std::size_t kMaxTableFile = 8U << 20;  // bytes, as in tsv.cc

class FolderOntology final : public Ontology {
 public:
  detail::OntologyTables data;
  std::string version_text;
  std::vector<OntologyNote> note_list;

  std::string_view version() const override { return version_text; }
  const std::vector<OntologyNote>& notes() const override { return note_list; }
  std::vector<std::string> languages() const override {
    std::vector<std::string> out;
    for (const auto& [code, tables] : data.languages) out.push_back(code);
    return out;
  }
  std::size_t frame_count(std::string_view language) const override {
    const detail::LanguageTables* tables = data.language(language);
    return tables == nullptr ? 0 : tables->frames.senses;
  }
  std::string_view gloss(std::string_view type, std::string_view mode) const override {
    if (!mode.empty()) {
      const detail::PloverMode* entry = data.plover.mode(type, mode);
      return entry == nullptr ? std::string_view{} : std::string_view(entry->gloss);
    }
    const auto entry = data.plover.types.find(type);
    return entry == data.plover.types.end() ? std::string_view{} : std::string_view(entry->second.gloss);
  }
  std::string label(std::string_view profile, std::string_view type, std::string_view mode) const override {
    const auto found = data.plover.profiles.find(profile);
    if (found == data.plover.profiles.end()) return std::string(type);
    const auto& map = found->second.map;
    auto label = map.find(std::string(type) + '+' + std::string(mode));
    if (label == map.end()) label = map.find(std::string(type));
    return label == map.end() ? std::string(type) : label->second;
  }
  const detail::OntologyTables& tables() const override { return data; }
};

// Entries of a folder in order of name; empty when there is none.
std::vector<fs::path> sorted(const fs::path& folder, bool folders, std::size_t limit) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end && out.size() < limit; it.increment(error)) {
    std::error_code ignored;
    if (folders ? it->is_directory(ignored) : it->path().extension() == ".tsv") out.push_back(it->path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void hash_file(const fs::path& folder, const fs::path& file, std::string& all) {
  const Result<std::string> bytes = read_file(folder / file, kMaxTableFile);
  all += content_id("file", {file.generic_string(), bytes ? std::string_view(*bytes) : std::string_view{}});
}

void read_language(const fs::path& folder, const std::string& code, FolderOntology& out, std::string& all) {
  detail::LanguageTables tables;
  std::vector<OntologyNote>& notes = out.note_list;
  tables.lexicon = detail::read_lexicon(folder, code, out.data.plover, notes);
  for (const fs::path& path : sorted(folder / "frames" / code, false, kMaxFiles)) {
    const std::string file = "frames/" + code + "/" + path.filename().string();
    detail::read_frames(
        detail::read_table(folder, file, {std::begin(detail::kFrameColumns), std::end(detail::kFrameColumns)}, notes),
        out.data.plover, tables.lexicon.classes, tables.frames, notes);
    hash_file(folder, file, all);
  }
  for (const auto& [trigger, frames] : tables.frames.by_trigger) tables.lexicon.known.insert(trigger);
  const std::string blockers = "blockers/" + code + ".tsv";
  detail::read_blockers(
      detail::read_table(folder, blockers, {std::begin(detail::kBlockerColumns), std::end(detail::kBlockerColumns)},
                         notes),
      out.data.plover, tables.lexicon.classes, tables.blockers, tables.blocked, notes);
  for (const std::string& file :
       {blockers, "classes/" + code + ".tsv", tables.lexicon.cue_file, tables.lexicon.mode_file,
        "cues/time_" + code + ".tsv", "cues/endings_" + code + ".tsv", "contexts/" + code + ".tsv"}) {
    hash_file(folder, file, all);
  }
  out.data.languages.emplace(code, std::move(tables));
}

}  // namespace

Result<std::shared_ptr<const Ontology>> Ontology::open(const std::filesystem::path& folder) {
  CASUS_ASSIGN(const std::string toml, read_file(folder / "plover.toml", kMaxToml));
  auto out = std::make_shared<FolderOntology>();
  CASUS_ASSIGN(out->data.plover, detail::parse_plover(toml));
  std::string all = toml;
  hash_file(folder, "cameo.tsv", all);
  for (const fs::path& path : sorted(folder / "frames", true, kMaxLanguages)) {
    read_language(folder, path.filename().string(), *out, all);
  }
  out->version_text = out->data.plover.version + "+" + sha256_hex(all).substr(0, 12);
  return std::shared_ptr<const Ontology>(std::move(out));
}

}  // namespace casus
