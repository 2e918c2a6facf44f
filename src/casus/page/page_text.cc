// SPDX-License-Identifier: Apache-2.0
// The proof of positions: decodes the page bytes of each piece again, by other means than the reader did (ICU instead
// of our own decoders, the reference table alone instead of the tokenizer). Tests: content_property_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/charset.h>
#include <casus/page/html_entities.h>
#include <casus/page/read_page.h>

#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

namespace casus {

namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// Page bytes of a piece as UTF-8; malformed input becomes U+FFFD, as ICU's default callback does.
bool to_utf8(std::string_view raw, const std::string& charset, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(
      ucnv_open(charset.empty() ? "utf-8" : charset.c_str(), &status));
  if (U_FAILURE(status) != 0) return false;
  std::u16string wide(raw.size() * 2 + 2, u'\0');
  const int32_t length = ucnv_toUChars(converter.get(), wide.data(), static_cast<int32_t>(wide.size()), raw.data(),
                                       static_cast<int32_t>(raw.size()), &status);
  if (U_FAILURE(status) != 0) return false;
  for (int32_t i = 0; i < length; ++i) {
    char32_t c = wide[static_cast<std::size_t>(i)];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < length) {
      c = 0x10000 + ((c - 0xD800) << 10U) + (wide[static_cast<std::size_t>(++i)] - 0xDC00U);
    }
    append_utf8(out, c);
  }
  return true;
}

bool is_single_byte_or_utf8(std::string_view charset) {
  return charset.empty() || charset == "utf-8" || charset.substr(0, 8) == "windows-" ||
         charset.substr(0, 5) == "koi8-" || (charset.substr(0, 9) == "iso-8859-" && charset != "iso-8859-8-i");
}

Error corrupt(const Piece& piece, const char* what) {
  return {Errc::corrupt, what, piece.page_start};
}

// The characters that a decoded piece stands for: a character reference, an invalid byte, or characters in the page's
// charset.
Result<std::string> decode_piece(std::string_view raw, const Piece& piece, const std::string& charset) {
  std::string text;
  if (is_single_byte_or_utf8(charset)) {
    if (!to_utf8(raw, charset, text))
      return corrupt(piece, "a piece of the page does not decode in the page's charset");
  } else {
    // The multi-byte encodings of the web differ from ICU's of the same name in a few characters.
    text = detail::decode_page(raw, {charset, "given", 0, false}).text;
  }
  if (text.size() > 1 && text.front() == '&') {
    const detail::CharacterReference reference = detail::read_character_reference(text, 0, false);
    if (reference.consumed != text.size()) return corrupt(piece, "a piece is no character reference");
    return std::string(reference.value());
  }
  for (std::size_t nul = text.find('\0'); nul != std::string::npos; nul = text.find('\0'))
    text.replace(nul, 1, "\xEF\xBF\xBD");
  return text;
}

}  // namespace

Result<std::string> page_text(std::string_view bytes, const Article& article, Span span) {
  std::string out;
  const std::vector<Piece>& all = article.map.all();
  const std::uint32_t end_of_text =
      std::min(article.map.text_length(), static_cast<std::uint32_t>(article.text.size()));
  span.end = std::min(span.end, end_of_text);
  auto it = std::upper_bound(all.begin(), all.end(), span.start,
                             [](std::uint32_t at, const Piece& piece) { return at < piece.text_start; });
  if (it != all.begin()) --it;
  for (; it != all.end() && it->text_start < span.end; ++it) {
    const Span piece{it->text_start, it + 1 == all.end() ? end_of_text : (it + 1)->text_start};
    const Span part{std::max(piece.start, span.start), std::min(piece.end, span.end)};
    if (std::uint64_t{it->page_start} + it->page_length > bytes.size())
      return corrupt(*it, "a piece lies outside the page");
    if (it->kind == PieceKind::space) {
      out += part.of(article.text);
      continue;
    }
    const std::string_view raw = bytes.substr(it->page_start, it->page_length);
    if (it->kind == PieceKind::verbatim) {
      if (raw.size() != piece.length()) return corrupt(*it, "a verbatim piece has another length in the page");
      out += raw.substr(part.start - piece.start, part.length());
      continue;
    }
    CASUS_ASSIGN(const std::string text, decode_piece(raw, *it, article.charset));
    if (text.size() != piece.length()) return corrupt(*it, "a decoded piece has another length in the text");
    out += std::string_view(text).substr(part.start - piece.start, part.length());
  }
  return out;
}

}  // namespace casus
