// SPDX-License-Identifier: Apache-2.0
// Walks the inputs, recognises what each one is and hands it to the reader of that carrier. Tests: source_test.cc.
#include <casus/source/carriers.h>
#include <casus/source/source.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace casus {

namespace {

namespace fs = std::filesystem;
using namespace detail;

constexpr std::size_t kSniff = 4096;  // bytes that show what a file is
constexpr int kMaxFolderDepth = 64;
constexpr int kMaxNesting = 2;  // gzip inside gzip is how bombs are built

// A stream whose members follow one another without a seam, for carriers in which a line may span two of them.
class JoinedStream : public ByteStream {
 public:
  explicit JoinedStream(ByteStream& inner) : inner_(inner) {}

 protected:
  bool fill(std::string& out) override {
    std::string_view part = inner_.peek(1);
    while (part.empty() && inner_.next_member()) part = inner_.peek(1);
    if (part.empty() && inner_.failure()) fail(*inner_.failure());
    out += part;
    const bool more = !part.empty();
    inner_.consume(part.size());
    return more;
  }

 private:
  ByteStream& inner_;
};

// All of the stream's members joined, or too_large.
Result<std::string> slurp(ByteStream& stream, std::size_t limit) {
  std::string out;
  do {
    for (std::string_view part; !(part = stream.peek(1)).empty(); stream.consume(part.size())) {
      if (out.size() + part.size() > limit) {
        return Error{Errc::too_large, "more than " + std::to_string(limit) + " bytes"};
      }
      out += part;
    }
    if (stream.failure()) return *stream.failure();
  } while (stream.next_member());
  return out;
}

void read_whole(ByteStream& stream, const std::string& name, Carrier carrier, Sink& sink) {
  const bool feed = carrier != Carrier::page;
  Result<std::string> bytes = slurp(stream, feed ? sink.limits().max_feed : sink.limits().max_document);
  if (!bytes) return sink.refuse(name, {}, bytes.error());
  if (carrier == Carrier::json_feed) return read_json_feed(*bytes, name, sink);
  if (carrier == Carrier::xml_feed) return read_xml_feed(*bytes, name, sink);
  Document document;
  document.bytes = *std::move(bytes);
  document.name = name;
  sink.document(std::move(document));
}

void read_stream(std::unique_ptr<ByteStream> stream, const std::string& name, Sink& sink, int nesting = 0) {
  const std::string_view head = stream->peek(kSniff).substr(0, kSniff);
  if (stream->failure()) return sink.refuse(name, {}, *stream->failure());
  switch (const Carrier carrier = recognise(head, name); carrier) {
    case Carrier::warc:
      return read_warc(*stream, name, sink);
    case Carrier::json_lines: {
      JoinedStream joined(*stream);
      return read_json_lines(joined, name, sink);
    }
    case Carrier::arc:
      return sink.refuse(name, {}, {Errc::unsupported, "ARC files are not read; convert it to WARC"});
    case Carrier::gzip: {
      if (nesting >= kMaxNesting) return sink.refuse(name, {}, {Errc::refused, "compressed more than twice"});
      // "news.warc.gz" holds "news.warc".
      const std::string inner = name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
      std::unique_ptr<ByteStream> unpacked = open_gzip(std::move(stream));
      const Carrier inside = recognise(unpacked->peek(kSniff).substr(0, kSniff), inner);
      if (inside == Carrier::warc) return read_warc(*unpacked, name, sink);
      return read_stream(std::move(unpacked), name, sink, nesting + 1);
    }
    case Carrier::page:
    case Carrier::json_feed:
    case Carrier::xml_feed:
      return read_whole(*stream, name, carrier, sink);
  }
}

void read_file_at(const fs::path& path, const std::string& name, Sink& sink) {
  Result<std::unique_ptr<ByteStream>> stream = open_file(path);
  if (!stream) return sink.refuse(name, {}, stream.error());
  read_stream(*std::move(stream), name, sink);
}

// Whether a link inside `root` leads to a file that is also inside it.
bool stays_inside(const fs::path& root, const fs::path& link) {
  std::error_code problem;
  const fs::path target = fs::canonical(link, problem);
  if (problem || !fs::is_regular_file(target, problem)) return false;
  const fs::path base = fs::canonical(root, problem);
  return !problem && std::mismatch(base.begin(), base.end(), target.begin(), target.end()).first == base.end();
}

// What a folder may hold beside pages (scripts, pictures, notes) is not read; a file that is named by itself always is.
bool looks_like_a_page(const fs::path& file) {
  std::string name = file.filename().string();
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  const std::string ending = fs::path(name).extension().string();
  if (ending.empty()) return true;
  constexpr std::array<std::string_view, 15> kEndings = {".html", ".htm",  ".xhtml", ".shtml", ".php",
                                                         ".asp",  ".aspx", ".txt",   ".xml",   ".rss",
                                                         ".atom", ".rdf",  ".json",  ".jsonl", ".warc"};
  return same_name(ending, ".ndjson") || same_name(ending, ".arc") ||
         std::ranges::any_of(kEndings, [&](std::string_view known) { return same_name(ending, known); });
}

void read_folder(const fs::path& root, const fs::path& folder, Sink& sink, int depth = 0) {
  std::error_code problem;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
    if (!it->path().filename().string().starts_with('.')) entries.push_back(it->path());
  }
  if (problem) return sink.refuse(folder.string(), {}, {Errc::unreadable, folder.string() + ": " + problem.message()});
  std::ranges::sort(entries);
  for (const fs::path& entry : entries) {
    if (sink.stopped()) return;
    const fs::file_status status = fs::symlink_status(entry, problem);
    if (fs::is_directory(status)) {
      if (depth >= kMaxFolderDepth) {
        sink.refuse(entry.string(), {}, {Errc::refused, "folders are nested too deeply"});
      } else {
        read_folder(root, entry, sink, depth + 1);
      }
    } else if (!looks_like_a_page(entry)) {
      continue;
    } else if (fs::is_regular_file(status) || (fs::is_symlink(status) && stays_inside(root, entry))) {
      read_file_at(entry, entry.string(), sink);
    }
  }
}

}  // namespace

std::size_t read_sources(std::span<const std::string> inputs, const SourceLimits& limits,
                         const std::function<bool(Document&&)>& on_document,
                         const std::function<void(Refusal&&)>& on_refusal) {
  Sink sink(limits, on_document, on_refusal);
  for (const std::string& input : inputs) {
    if (sink.stopped()) break;
    std::error_code problem;
    if (input == "-") {
      read_stream(open_descriptor(STDIN_FILENO), input, sink);
    } else if (is_web_url(input)) {
      sink.refuse(input, {},
                  {Errc::unsupported, "pages are not fetched from the network yet; save the page and name the file"});
    } else if (fs::is_directory(input, problem)) {
      read_folder(input, input, sink);
    } else {
      read_file_at(input, input, sink);
    }
  }
  return sink.given();
}

}  // namespace casus
