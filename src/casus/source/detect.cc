// SPDX-License-Identifier: Apache-2.0
// Which carrier is this? The first bytes decide; the name only where they cannot (a JSON Lines file whose first line is
// broken, a WARC file whose start is damaged).
#include <casus/source/carriers.h>

#include <array>

namespace casus::detail {

namespace {

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (name.size() > ending.size() && same_name(name.substr(name.size() - ending.size()), ending)) return true;
  }
  return false;
}

// Name of the first element after declarations, comments and a document type; empty when the bytes are no XML.
std::string_view root_element(std::string_view head) {
  while (true) {
    head = stripped(head);
    if (!head.starts_with('<')) return {};
    std::string_view close = ">";
    if (head.starts_with("<?")) {
      close = "?>";
    } else if (head.starts_with("<!--")) {
      close = "-->";
    } else if (head.starts_with("<!")) {
      // An internal subset is refused by the feed reader; here it only has to be stepped over.
      const std::size_t subset = head.find('[');
      if (subset < head.find('>')) close = "]>";
    } else {
      head.remove_prefix(1);
      return head.substr(0, head.find_first_of(" \t\r\n/>"));
    }
    const std::size_t end = head.find(close);
    if (end == std::string_view::npos) return {};
    head.remove_prefix(end + close.size());
  }
}

bool is_feed_root(std::string_view name) {
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  for (const std::string_view root : {"rss", "feed", "RDF", "channel"}) {
    if (same_name(name, root)) return true;
  }
  return false;
}

// UTF-16 feeds are recognised by their ASCII half.
std::string narrow(std::string_view head) {
  std::string out;
  for (std::size_t i = 2; i < head.size(); ++i) {
    if (head[i] != '\0') out += head[i];
  }
  return out;
}

}  // namespace

Carrier recognise(std::string_view head, std::string_view name) {
  if (head.starts_with("\x1f\x8b")) return Carrier::gzip;
  if (head.starts_with("WARC/") || ends_with_any(name, {".warc"})) return Carrier::warc;
  if (head.starts_with("filedesc://") || ends_with_any(name, {".arc"})) return Carrier::arc;
  if (ends_with_any(name, {".jsonl", ".ndjson"})) return Carrier::json_lines;
  std::string wide;
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
    wide = narrow(head);
    head = wide;
  }
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::string_view start = stripped(head);
  if (start.starts_with('{')) {
    const bool feed = start.find("jsonfeed.org/version") != std::string_view::npos ||
                      start.find("jsonfeed.org\\/version") != std::string_view::npos;
    return feed ? Carrier::json_feed : Carrier::json_lines;
  }
  if (is_feed_root(root_element(start)) || ends_with_any(name, {".rss", ".atom"})) return Carrier::xml_feed;
  return Carrier::page;
}

}  // namespace casus::detail
