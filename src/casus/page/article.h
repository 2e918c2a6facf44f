// SPDX-License-Identifier: Apache-2.0
#pragma once
// Article: what a page says, without what surrounds it. `text` is paragraphs joined by one '\n' (a
// text given as already clean stays as it is, blank lines included); every Span of the
// rooms after this one counts bytes of it, and `map` leads each of them back to the bytes of the page. What was taken
// away is listed with its reason.
//
//   for (const casus::Paragraph& p : article.paragraphs) std::cout << p.span.of(article.text) << '\n';
//   casus::PageSpan where = article.map.page(span);
//
// Shape: paragraphs and removed are in page order and do not overlap. Ownership: a value, nothing viewed. Errors: none.
#include <casus/base/date.h>
#include <casus/base/span.h>
#include <casus/page/dom.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class ParagraphKind : std::uint8_t { paragraph, heading, list_item, quote, caption, table_row, preformatted };
std::string_view to_string(ParagraphKind kind);

struct Paragraph {
  Span span;
  ParagraphKind kind = ParagraphKind::paragraph;
  PageSpan page;
};

// A part of the page that is not article, in page order.
struct Removed {
  PageSpan page;
  std::string reason;  // one of: navigation, related, tags, share, advertisement, comments, footer, header, form,
                       // caption, bullet, trust-badge, podcast, short, links, boilerplate, metadata, script, hidden,
                       // duplicate, after-end
  std::string text;    // its visible text, shortened to 400 bytes at a character border; for showing only
};

// A value that was read somewhere, and where. Empty value: the page does not say.
struct Field {
  std::string value;
  std::string from;  // "json-ld", "opengraph", "meta", "time", "h1", "title", "text", "url", "header", "feed", "given"
  PageSpan page;     // bytes it was read from; empty when it came from outside the page
};

// Text bytes to page bytes. Pieces cover the text without gaps, in order.
class PageMap {
 public:
  PageMap() = default;
  // `pieces` sorted by text_start, the first at 0; `text_length` closes the last.
  PageMap(std::vector<Piece> pieces, std::uint32_t text_length);

  // The smallest range of page bytes that covers the text of `span`. O(log pieces). Verbatim pieces are cut exactly;
  // others whole.
  PageSpan page(Span span) const;
  // The pieces that `span` touches, cut to it. O(log pieces + result).
  std::vector<Piece> pieces(Span span) const;
  const std::vector<Piece>& all() const { return pieces_; }
  std::uint32_t text_length() const { return text_length_; }

 private:
  std::vector<Piece> pieces_;
  std::uint32_t text_length_ = 0;
};

struct Article {
  std::string text;  // valid UTF-8
  std::vector<Paragraph> paragraphs;
  std::vector<Removed> removed;
  PageMap map;

  Field title;  // the headline without the site's name; never invented
  Field site;
  std::vector<Field> authors;
  Field published;  // ISO 8601 as far as known: "2022-03-04" or "2022-03-04T10:20:00Z"
  Field modified;
  Field language;                  // BCP 47 primary subtag, lower case ("en"); as declared by the page or given
  std::vector<Field> rivals;       // other values seen for the above: from = "title:opengraph" and the like
  std::vector<std::string> trust;  // trust indicators that the site declares ("The Trust Project")
  std::vector<std::string>
      notes;  // "depth_capped", "formatting_capped", "charset_conflict", …: facts about this reading

  std::string url;     // canonical where the page names one of the same site, else as given; may be empty
  std::string source;  // file name, WARC record or feed entry: for messages
  std::string form;    // "html" or "text"
  std::string charset;
  std::string page_sha256;  // of the bytes given
  std::string text_sha256;  // of `text`
  std::string id;           // content_id("article", url), or of text_sha256 where there is no url
  std::string revision;     // content_id("revision", id, text_sha256)

  std::string_view quote(Span span) const { return span.of(text); }
  // The publication date; a Date without year when the page does not say.
  Date published_date() const { return Date::parse(published.value).value_or(Date{}); }
};

}  // namespace casus
