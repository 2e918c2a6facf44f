// SPDX-License-Identifier: Apache-2.0
#pragma once
// One function per kind of carrier, each in its own file; source.cc recognises the kind and calls one of them. Used
// inside this room, its tests and its fuzz targets. To add a kind: a function here, its file, a line in detect.cc and a
// case in source.cc.
#include <casus/source/byte_stream.h>
#include <casus/source/source.h>

#include <functional>
#include <string>
#include <string_view>

namespace casus::detail {

// Where documents and refusals go; knows when the caller has had enough.
class Sink {
 public:
  Sink(const SourceLimits& limits, const std::function<bool(Document&&)>& on_document,
       const std::function<void(Refusal&&)>& on_refusal)
      : limits_(limits), on_document_(on_document), on_refusal_(on_refusal) {}

  const SourceLimits& limits() const { return limits_; }
  bool stopped() const { return stopped_; }
  std::size_t given() const { return given_; }
  void document(Document&& document);
  // `bytes`: what was read of the refused thing; hashed for the ledger.
  void refuse(std::string name, std::string_view bytes, Error error);

 private:
  const SourceLimits& limits_;
  const std::function<bool(Document&&)>& on_document_;
  const std::function<void(Refusal&&)>& on_refusal_;
  std::size_t given_ = 0;
  bool stopped_ = false;
};

enum class Carrier : std::uint8_t { page, warc, arc, gzip, json_lines, json_feed, xml_feed };

// What the first bytes (and, where they leave it open, the name) say.
Carrier recognise(std::string_view head, std::string_view name);

void read_warc(ByteStream& stream, const std::string& name, Sink& sink);
void read_json_lines(ByteStream& stream, const std::string& name, Sink& sink);
void read_json_feed(std::string_view bytes, const std::string& name, Sink& sink);
void read_xml_feed(std::string_view bytes, const std::string& name, Sink& sink);

// The body of an HTTP response as WARC keeps it, or why not. `wanted` false: a well-formed response that is no page
// (redirect, image).
struct HttpBody {
  bool wanted = false;
  std::string body, media_type, charset;
};
Result<HttpBody> read_http(std::string_view message, std::size_t limit);
// "text/html; charset=utf-8" -> media type in lower case, charset.
void split_content_type(std::string_view value, std::string& media_type, std::string& charset);

// RFC 822 dates ("Fri, 04 Mar 2022 10:20:00 GMT") as ISO 8601; ISO dates come back as they are; anything else empty.
std::string iso_date(std::string_view text);
bool is_web_url(std::string_view url);  // http or https, no control characters or blanks
std::string_view stripped(std::string_view text);
bool same_name(std::string_view a, std::string_view b);  // ASCII case ignored

}  // namespace casus::detail
