// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which encoding a page is in, and its text as UTF-8 with a map back to the page's bytes.
//
//   const auto choice = casus::detail::choose_charset(bytes, "iso-8859-1");        // {"windows-1252", "header", …}
//   const casus::detail::DecodedPage page = casus::detail::decode_page(bytes, choice);
//
// Names and labels are those of the WHATWG Encoding standard. UTF-7 and everything else that it does not list is never
// honoured. Bytes that are malformed become U+FFFD and are counted; nothing fails. `text` views either the bytes given
// or `owned`, which is on the heap, so a DecodedPage may be moved while the bytes live. Cost: linear. Threads: no
// shared state.
#include <casus/page/html_source_map.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace casus::detail {

// The encoding that a label means ("latin1" -> "windows-1252"), white space around it and case ignored; empty: none.
std::string_view charset_of_label(std::string_view label);

// The encoding that a <meta> may declare by these attributes; empty: none. UTF-16, which a tag read as ASCII cannot be
// in, means UTF-8.
std::string_view charset_of_meta(std::string_view charset, std::string_view http_equiv, std::string_view content);

// The encoding that the page's first bytes declare in a <meta> or an XML declaration; empty: none.
std::string_view prescan_charset(std::string_view bytes);

struct CharsetChoice {
  std::string_view name;
  std::string_view from;         // as HtmlTree::charset_from
  std::uint32_t bom_length = 0;  // bytes before the text
  bool conflict = false;         // more than one encoding is declared
};

// BOM, then `label` (from outside), then <meta>; a page that declares nothing is windows-1252, or UTF-8 when it proves
// to be that.
CharsetChoice choose_charset(std::string_view bytes, std::string_view label);

struct DecodedPage {
  std::string_view text;  // UTF-8; CR LF and CR are LF
  std::unique_ptr<std::string> owned;
  SourceMap map;
  std::uint32_t invalid = 0;  // malformed sequences
};

DecodedPage decode_page(std::string_view bytes, const CharsetChoice& choice);

// First position from `position` on where `text` is not UTF-8; its size when there is none. Sets `*non_ascii` when it
// meets any.
std::size_t find_malformed_utf8(std::string_view text, std::size_t position, bool* non_ascii);

// What a byte means in windows-1252.
char32_t windows_1252(unsigned char byte);

}  // namespace casus::detail
