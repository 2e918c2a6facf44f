// SPDX-License-Identifier: Apache-2.0
// JSON Lines and JSON Feed. Each line is parsed whole rather than on demand: a line that is broken behind the last
// member we want is still a broken line, and must be refused the same way by every later version. Tests:
// json_lines_test.cc.
#include <casus/source/carriers.h>
#include <simdjson.h>

#include <algorithm>

namespace casus::detail {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kMaxDepth = 64;
// One character of text can take six bytes of JSON ("\u0041"), but not in a language where that happens on a page of
// full length.
constexpr std::size_t kMaxEscape = 2;

// A member as text: strings as they are, numbers as written; empty when missing, null or of another kind.
std::string text_of(const object& from, std::string_view key) {
  element value;
  if (from.at_key(key).get(value) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_number()) return simdjson::minify(value);
  return {};
}

Error broken(simdjson::error_code code, std::int64_t offset) {
  return {code == simdjson::CAPACITY ? Errc::too_large : Errc::invalid_input,
          std::string("not valid JSON: ") + simdjson::error_message(code), offset};
}

class LineReader {
 public:
  LineReader(const std::string& name, Sink& sink) : name_(name), sink_(sink) {}

  void line(std::string_view bytes, std::uint64_t number, std::uint64_t offset) {
    const std::string name = name_ + "#" + std::to_string(number);
    const std::int64_t at = static_cast<std::int64_t>(offset);
    element root;
    // parse() copies into a padded buffer, since simdjson reads a few bytes past the end.
    if (const auto code = parser_.parse(bytes.data(), bytes.size(), true).get(root); code != simdjson::SUCCESS) {
      return sink_.refuse(name, bytes, broken(code, at));
    }
    object members;
    if (root.get(members) != simdjson::SUCCESS) {
      return sink_.refuse(name, bytes, {Errc::invalid_input, "the line is not a JSON object", at});
    }
    Document document;
    document.name = name;
    document.bytes = text_of(members, "html");
    document.form = DocumentForm::html;
    if (document.bytes.empty()) {
      document.bytes = text_of(members, "text");
      document.form = DocumentForm::text;
      document.plain = true;
    }
    if (stripped(document.bytes).empty()) {
      return sink_.refuse(name, bytes, {Errc::invalid_input, "the line has neither \"text\" nor \"html\"", at});
    }
    if (document.bytes.size() > sink_.limits().max_document) {
      return sink_.refuse(name, bytes,
                          {Errc::too_large, "a page of " + std::to_string(document.bytes.size()) + " bytes", at});
    }
    document.charset = "utf-8";
    document.id = text_of(members, "id");
    document.url = text_of(members, "url");
    if (!is_web_url(document.url)) document.url.clear();
    document.title = text_of(members, "title");
    document.published = iso_date(text_of(members, "date"));
    if (document.published.empty()) document.published = iso_date(text_of(members, "published"));
    document.language = text_of(members, "language");
    document.site = text_of(members, "site");
    sink_.document(std::move(document));
  }

  bool ready() { return parser_.allocate(std::size_t{1} << 20U, kMaxDepth) == simdjson::SUCCESS; }

 private:
  const std::string& name_;
  Sink& sink_;
  simdjson::dom::parser parser_;
};

}  // namespace

void read_json_lines(ByteStream& stream, const std::string& name, Sink& sink) {
  LineReader reader(name, sink);
  if (!reader.ready()) return sink.refuse(name, {}, {Errc::refused, "no memory to parse JSON"});
  const std::size_t limit = sink.limits().max_document * kMaxEscape;
  std::uint64_t number = 0;
  if (stream.peek(3).starts_with("\xef\xbb\xbf")) stream.consume(3);
  while (!sink.stopped()) {
    const std::uint64_t offset = stream.offset();
    std::string_view window = stream.peek(1);
    if (window.empty()) break;
    ++number;
    std::size_t end = window.find('\n');
    std::size_t searched = window.size();
    while (end == std::string_view::npos && window.size() <= limit) {
      window = stream.peek(searched + kBlock);
      if (window.size() == searched) break;
      end = window.find('\n', searched);
      searched = window.size();
    }
    const bool complete = end != std::string_view::npos || window.size() <= limit;
    const std::size_t length = std::min(end, window.size());
    const std::string_view line = stripped(window.substr(0, length));
    if (!complete || length > limit) {
      sink.refuse(name + "#" + std::to_string(number), {},
                  {Errc::too_large, "a line of more than " + std::to_string(limit) + " bytes",
                   static_cast<std::int64_t>(offset)});
      // The rest of the line is skipped without being kept.
      while (end == std::string_view::npos && !window.empty()) {
        stream.consume(window.size());
        window = stream.peek(1);
        end = window.find('\n');
      }
      stream.consume(end == std::string_view::npos ? 0 : end + 1);
      continue;
    }
    if (!line.empty()) reader.line(line, number, offset);
    stream.consume(end == std::string_view::npos ? length : length + 1);
  }
  if (stream.failure()) sink.refuse(name, {}, *stream.failure());
}

void read_json_feed(std::string_view bytes, const std::string& name, Sink& sink) {
  simdjson::dom::parser parser;
  element root;
  if (parser.allocate(std::max<std::size_t>(bytes.size(), 1), kMaxDepth) != simdjson::SUCCESS) {
    return sink.refuse(name, bytes, {Errc::too_large, "no memory to parse this feed"});
  }
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (const auto code = parser.parse(bytes.data(), bytes.size(), true).get(root); code != simdjson::SUCCESS) {
    return sink.refuse(name, bytes, broken(code, -1));
  }
  object feed;
  simdjson::dom::array items;
  if (root.get(feed) != simdjson::SUCCESS || feed.at_key("items").get(items) != simdjson::SUCCESS) {
    return sink.refuse(name, bytes, {Errc::invalid_input, "a JSON Feed without items"});
  }
  std::size_t number = 0;
  for (const element item : items) {
    if (sink.stopped()) return;
    ++number;
    object entry;
    if (item.get(entry) != simdjson::SUCCESS) continue;
    Document document;
    document.name = name + "#" + std::to_string(number);
    document.bytes = text_of(entry, "content_html");
    document.form = DocumentForm::html;
    if (document.bytes.empty()) {
      document.bytes = text_of(entry, "content_text");
      if (document.bytes.empty()) document.bytes = text_of(entry, "summary");
      document.form = DocumentForm::text;
      document.plain = true;
    }
    if (stripped(document.bytes).empty() || document.bytes.size() > sink.limits().max_document) {
      sink.refuse(document.name, document.bytes, {Errc::invalid_input, "the entry has no content, or too much of it"});
      continue;
    }
    document.charset = "utf-8";
    document.url = text_of(entry, "url");
    if (!is_web_url(document.url)) document.url.clear();
    document.title = text_of(entry, "title");
    document.published = iso_date(text_of(entry, "date_published"));
    document.language = text_of(entry, "language");
    if (document.language.empty()) document.language = text_of(feed, "language");
    document.site = text_of(feed, "title");
    sink.document(std::move(document));
  }
}

}  // namespace casus::detail
