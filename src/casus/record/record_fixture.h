// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small made-up articles and readings for the tests of this room.
#include <casus/base/hash.h>
#include <casus/record/record.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace casus::detail {

class Folder {
 public:
  Folder() {
    static std::atomic<int> number = 0;
    // In memory where that is possible: a hundred records synced to a disk would take minutes.
    const std::filesystem::path memory = "/dev/shm";
    path_ = (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) /
            ("casus-record-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Page {
  std::string bytes;
  Article article;
  Reading reading;
};

inline Actor actor(const std::string& text, Span span, const std::string& country = "VEN") {
  Actor a;
  a.span = a.head = span;
  a.text = text;
  a.name = "The " + text;
  a.id = "cs:" + text;
  a.kind = EntityKind::organisation;
  a.country = country;
  a.sectors = {"GOV", "MIL"};
  Role role;
  role.title = "President";
  role.office = "cs:p";
  role.sectors = {"GOV"};
  role.from = *Date::parse("2013-04");
  role.unverified = true;
  a.role = role;
  Candidate candidate;
  candidate.entity = a.id;
  candidate.lat = 1.5;
  candidate.located = true;
  candidate.population = 7;
  candidate.roles = {role};
  candidate.score = 0.125F;
  a.candidates = {candidate};
  a.reason = "because";
  a.source = "s";
  a.score = 0.75F;
  return a;
}

// A page whose first two words are the parties of one event for each of its sentences (cut at ". ").
inline Page make_page(const std::string& url, const std::string& text, const std::string& published = "",
                      const std::string& bytes = "") {
  Page page;
  Article& a = page.article;
  page.bytes = bytes.empty() ? "<html>" + text + "</html>" : bytes;
  a.text = text;
  a.url = url;
  a.source = url.empty() ? "file-" + text.substr(0, 8) : url;
  a.title = {"Title of " + text.substr(0, 12), "h1", {0, 5}};
  a.site = {"Example", "meta", {}};
  a.published = {published, "meta", {1, 2}};
  a.language = {"en", "meta", {}};
  a.form = "html";
  a.charset = "utf-8";
  a.page_sha256 = sha256_hex(page.bytes);
  a.text_sha256 = sha256_hex(text);
  a.id = content_id("article", {url.empty() ? a.text_sha256 : url});
  a.revision = content_id("revision", {a.id, a.text_sha256});
  const auto size = static_cast<std::uint32_t>(text.size());
  a.map = PageMap({{0, 6, size, PieceKind::verbatim}}, size);
  a.paragraphs = {{{0, size}, ParagraphKind::paragraph, {6, 6 + size}}};
  a.removed = {{{0, 6}, "navigation", "menu"}};
  page.reading.language = "en";
  for (std::uint32_t start = 0; start < size;) {
    const std::size_t stop = text.find(". ", start);
    const std::uint32_t end = stop == std::string::npos ? size : static_cast<std::uint32_t>(stop) + 1;
    const std::size_t first = text.find(' ', start),
                      second = first == std::string::npos ? first : text.find(' ', first + 1);
    if (second != std::string::npos && second < end) {
      Event e;
      e.type = text.size() % 2 == 0 ? "SUPPORT" : "ACCUSE";
      e.mode = "phone";
      e.contexts = {"military"};
      e.quad = 1;
      e.score = 2.5;
      e.cameo = "051";
      e.actors = {actor(text.substr(start, first - start), {start, static_cast<std::uint32_t>(first)})};
      e.recipients = {actor(text.substr(first + 1, second - first - 1),
                            {static_cast<std::uint32_t>(first) + 1, static_cast<std::uint32_t>(second)}, "RUS")};
      e.attribution = {{.speaker = e.actors[0],
                        .verb = "say",
                        .cue = {start, start + 3},
                        .stance = Stance::accuses,
                        .direct_quote = true}};
      e.date = {.value = *Date::parse("2022-03"), .end = {}, .basis = Basis::relative, .span = {start, start + 2}};
      e.place.basis = Basis::stated;
      e.place.place.id = "gn:1";
      e.place.place.name = "Caracas";
      e.place.place.country = "VEN";
      e.place.place.located = true;
      e.place.place.lat = 10.5;
      e.trigger = {start, start + 4};
      e.evidence = {start, end};
      e.confidence = 0.5;
      e.why = {{"frame", "a line", {start, start + 1}}, {"date", "another", {}}};
      e.id = content_id("event", {a.revision, std::to_string(start)});
      page.reading.events.push_back(std::move(e));
    }
    start = stop == std::string::npos ? size : end + 1;
  }
  return page;
}

inline Result<Added> add(Record& record, const Page& page, std::string_view version = "v1") {
  return record.add({.article = page.article, .reading = page.reading, .page = page.bytes, .version = version});
}

inline std::string dumped(const Record& record) {
  std::ostringstream out;
  record.dump(out).value();
  return std::move(out).str();
}

inline std::unique_ptr<Record> open_record(const std::filesystem::path& path, OpenMode mode = OpenMode::write) {
  return Record::open(path, mode).value();
}

// `count` words of a vocabulary of its own.
inline std::string words(std::uint32_t seed, std::size_t count) {
  std::mt19937 random(seed * 2654435761U + 1);
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += (i == 0 ? "w" : " w") + std::to_string(random() % 10'000) + "s" + std::to_string(seed);
  return out;
}

}  // namespace casus::detail
