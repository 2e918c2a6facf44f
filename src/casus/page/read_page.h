// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one way into this room: bytes of a page in, an Article out.
//
//   casus::Result<casus::Article> article = casus::read_page(bytes, {.url = "https://example.org/a"});
//
// HTML is recognised by its first markup; everything else is a plain-text dump (lines, bullets, broken sentences
// rejoined). Errors: too_large (page above limits.max_bytes, or more nodes than allowed), invalid_input (empty, or
// binary: NUL-ridden or mostly undecodable bytes). A page with no article in it is an Article with empty text and a
// note, not an error. Cost: linear in the page. Threads: no shared state; any number at once.
#include <casus/base/result.h>
#include <casus/page/article.h>

#include <string>
#include <string_view>

namespace casus {

enum class PageForm : std::uint8_t { detect, html, text };

struct PageOptions {
  std::string url{};
  std::string source{};   // for messages: file name, WARC record, feed entry
  std::string charset{};  // label from an HTTP header
  PageForm form = PageForm::detect;
  // Known from outside (a feed, a JSON Lines record); used where given, with from = "given".
  std::string title{}, published{}, language{}, site{};
  // The bytes are already the text of an article (JSON Lines "text"): Article::text is exactly them, decoded (CR LF
  // made LF), so that offsets given with the text stay true; each line that is not blank is a paragraph.
  bool keep_all = false;
  HtmlLimits limits{};
};

Result<Article> read_page(std::string_view bytes, const PageOptions& options = {});

// Decodes again, from nothing but the page bytes and the pieces, the characters that `span` stands for; white space of
// `space` pieces comes back as it stands in article.text. Independent of the extractor, so that tests and `casus
// doctor` can prove page_text(page, article, span) == article.quote(span). Errors: corrupt when a piece leaves the page
// or does not decode.
Result<std::string> page_text(std::string_view bytes, const Article& article, Span span);

}  // namespace casus
