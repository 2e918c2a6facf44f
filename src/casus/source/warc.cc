// SPDX-License-Identifier: Apache-2.0
// WARC 1.0 and 1.1 (ISO 28500), plain or gzip, a record at a time. Nothing that a record says of itself is believed
// before the bytes after it agree: a record is given out only if a record end, a member end or the next record follows
// it. What does not fit is one refusal, and reading goes on at the next "WARC/" line or the next gzip member. Tests:
// warc_test.cc; fuzz/warc_fuzz.cc.
#include <casus/source/carriers.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxHeader = std::size_t{1} << 16U;
constexpr std::string_view kNextRecord = "\nWARC/1.";
// Bytes of one file that may be read in vain: inside refused records, while looking for the next one, or twice. It
// bounds the time that a file of lies and bombs can take; an honest archive stays far below it.
constexpr std::uint64_t kMaxWaste = std::uint64_t{512} << 20U;

struct RecordHeader {
  std::string type, url, content_type;
  std::uint64_t length = 0;
};

class WarcReader {
 public:
  WarcReader(ByteStream& stream, const std::string& name, Sink& sink) : stream_(stream), name_(name), sink_(sink) {}

  void run() {
    while (!sink_.stopped() && find_start()) {
      record_ = record_name();
      if (!read_record() && !resynchronise()) return;
    }
  }

 private:
  // Steps over line ends and used-up members to the first byte of a record; false at the end of the file.
  bool find_start() {
    while (true) {
      const std::string_view here = stream_.peek(1);
      if (!here.empty()) {
        const std::size_t text = here.find_first_not_of("\r\n");
        stream_.consume(text == std::string_view::npos ? here.size() : text);
        if (text != std::string_view::npos) return true;
        continue;
      }
      if (stream_.failure()) {
        record_ = record_name();
        refuse(*stream_.failure());
        if (!stream_.resynchronise()) return false;
      } else if (!stream_.next_member()) {
        return false;
      }
    }
  }

  // news.warc.gz#1234: the byte where the record's member begins, and where the record begins in it if that is not its
  // start.
  std::string record_name() const {
    std::string out = name_ + "#" + std::to_string(stream_.compressed() ? stream_.member_start() : stream_.offset());
    if (stream_.compressed() && stream_.offset() > 0) out += "+" + std::to_string(stream_.offset());
    return out;
  }

  void refuse(Error error, std::string_view bytes = {}) { sink_.refuse(record_, bytes, std::move(error)); }

  Result<RecordHeader> read_header() {
    RecordHeader header;
    std::string_view head = stream_.peek(std::min<std::size_t>(kMaxHeader, 512));
    if (!head.starts_with("WARC/")) return Error{Errc::corrupt, "no WARC record begins here"};
    std::size_t end = std::string_view::npos;
    while ((end = blank_line(head.substr(0, kMaxHeader))) == std::string_view::npos) {
      waste_ += head.size();  // read again by whoever looks for the next record
      if (head.size() >= kMaxHeader) return Error{Errc::corrupt, "the record's header is longer than 64 KiB"};
      const std::size_t before = head.size();
      head = stream_.peek(before * 2);
      if (head.size() == before) return Error{Errc::corrupt, "the record is cut off inside its header"};
    }
    bool sized = false;
    for (std::string_view lines = head.substr(0, end); !lines.empty();) {
      const std::size_t line_end = std::min(lines.find('\n'), lines.size() - 1);
      const std::string_view line = stripped(lines.substr(0, line_end + 1));
      lines.remove_prefix(line_end + 1);
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string_view name = stripped(line.substr(0, colon));
      const std::string_view value = stripped(line.substr(colon + 1));
      if (same_name(name, "content-length")) {
        const auto [stop, problem] = std::from_chars(value.data(), value.data() + value.size(), header.length);
        sized = problem == std::errc() && stop == value.data() + value.size() &&
                header.length < std::uint64_t{std::numeric_limits<std::int64_t>::max()};
      } else if (same_name(name, "warc-type")) {
        header.type = value;
      } else if (same_name(name, "warc-target-uri")) {
        header.url = value;
      } else if (same_name(name, "content-type")) {
        header.content_type = value;
      }
    }
    stream_.consume(end);
    if (!sized) return Error{Errc::corrupt, "the record has no valid Content-Length"};
    if (header.url.size() > 2 && header.url.front() == '<') header.url = header.url.substr(1, header.url.size() - 2);
    return header;
  }

  // Offset behind the blank line that ends the header.
  static std::size_t blank_line(std::string_view text) {
    std::size_t best = std::string_view::npos;
    for (const std::string_view mark : {"\r\n\r\n", "\n\n"}) {
      const std::size_t at = text.find(mark);
      if (at != std::string_view::npos) best = std::min(best, at + mark.size());
    }
    return best;
  }

  // One record from its first byte; false after a refusal that leaves the position in doubt.
  bool read_record() {
    Result<RecordHeader> header = read_header();
    if (!header) {
      refuse(header.error());
      return false;
    }
    const bool page = same_name(header->type, "response") || same_name(header->type, "resource") ||
                      same_name(header->type, "conversion");
    const std::uint64_t limit = page ? sink_.limits().max_document + kMaxHeader : sink_.limits().max_unpacked;
    if (!page && header->length <= limit) return skip_block(header->length, false);
    if (header->length > limit) {
      refuse({Errc::too_large,
              "a record of " + std::to_string(header->length) + " bytes; the limit is " + std::to_string(limit)});
      return skip_block(header->length, true);
    }
    const auto length = static_cast<std::size_t>(header->length);
    std::string block(stream_.peek(length).substr(0, length));
    stream_.consume(block.size());
    if (block.size() < length) {
      Error error{Errc::corrupt, "the record says " + std::to_string(length) + " bytes, but only " +
                                     std::to_string(block.size()) + " follow"};
      if (stream_.failure()) error = *stream_.failure();
      refuse(std::move(error), block);
      put_back(block);
      return false;
    }
    if (!ends_here()) {
      refuse({Errc::corrupt, "the record's Content-Length does not meet the record's end"}, block);
      put_back(block);
      return false;
    }
    give(*header, block);
    return true;
  }

  bool skip_block(std::uint64_t length, bool refused) {
    const std::uint64_t allowed = refused ? std::min<std::uint64_t>(length, sink_.limits().max_unpacked) : length;
    const std::uint64_t skipped = stream_.skip(allowed);
    if (refused || skipped > sink_.limits().max_document) waste_ += skipped;
    if (skipped < length) {
      // A refused record says no more; any other one that is cut off is a refusal by itself.
      if (!refused) refuse(stream_.failure() ? *stream_.failure() : Error{Errc::corrupt, "the record is cut off"});
      if (refused && stream_.compressed()) return leave_member();
      return false;
    }
    return true;
  }

  // Leaves a member that unpacks to too much without unpacking the rest of it.
  bool leave_member() { return waste_ <= kMaxWaste && stream_.resynchronise(); }

  bool ends_here() {
    const std::string_view after = stream_.peek(16).substr(0, 16);
    const std::size_t text = after.find_first_not_of("\r\n");
    return text == std::string_view::npos || (text > 0 && after.substr(text).starts_with("WARC/"));
  }

  // A length that lies may have swallowed the next records: look for them inside what was read.
  void put_back(const std::string& block) {
    waste_ += block.size();
    if (!stream_.failure() && waste_ <= kMaxWaste) stream_.unread(block);
  }

  // To the next line that begins a record, in this member or a later one.
  bool resynchronise() {
    const std::uint64_t start = stream_.offset();
    while (waste_ <= kMaxWaste) {
      const std::string_view here = stream_.peek(kBlock);
      const std::size_t at = here.find(kNextRecord);
      if (at != std::string_view::npos) {
        stream_.consume(at + 1);
        return true;
      }
      const bool last = here.size() < kBlock;
      const std::size_t step = last ? here.size() : here.size() - kNextRecord.size();
      stream_.consume(step);
      waste_ += step;
      const bool bomb = stream_.compressed() && stream_.offset() - start > sink_.limits().max_unpacked;
      if (stream_.failure() || bomb) return stream_.resynchronise();
      if (last) return true;  // find_start() goes on to the next member, or ends
    }
    record_ = record_name();
    refuse({Errc::refused,
            "more than " + std::to_string(kMaxWaste >> 20U) + " MiB of this file were damaged; the rest is not read"});
    return false;
  }

  void give(const RecordHeader& header, const std::string& block) {
    Document document;
    document.name = record_;
    if (is_web_url(header.url)) document.url = header.url;
    std::string media_type;
    if (same_name(header.type, "response")) {
      if (!header.content_type.empty() && header.content_type.find("http") == std::string::npos) return;  // dns:, ftp:
      Result<HttpBody> body = read_http(block, sink_.limits().max_document);
      if (!body) return refuse(body.error(), block);
      if (!body->wanted) return;
      document.bytes = std::move(body->body);
      document.charset = std::move(body->charset);
      media_type = std::move(body->media_type);
    } else {
      split_content_type(header.content_type, media_type, document.charset);
      document.bytes = block;
    }
    if (document.bytes.size() > sink_.limits().max_document) {
      return refuse({Errc::too_large, "a page of " + std::to_string(document.bytes.size()) + " bytes"}, block);
    }
    if (media_type.find("xml") != std::string::npos && recognise(document.bytes, "") == Carrier::xml_feed) {
      return read_xml_feed(document.bytes, record_, sink_);
    }
    const bool html = media_type.empty() || media_type == "text/html" || media_type == "application/xhtml+xml";
    if (!html && media_type != "text/plain") return;
    if (!media_type.empty()) document.form = html ? DocumentForm::html : DocumentForm::text;
    if (!stripped(std::string_view(document.bytes).substr(0, kBlock)).empty()) sink_.document(std::move(document));
  }

  ByteStream& stream_;
  const std::string& name_;
  Sink& sink_;
  std::string record_;
  std::uint64_t waste_ = 0;
};

}  // namespace

void read_warc(ByteStream& stream, const std::string& name, Sink& sink) {
  WarcReader(stream, name, sink).run();
}

}  // namespace casus::detail
