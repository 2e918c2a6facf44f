// SPDX-License-Identifier: Apache-2.0
// Decides what kind of page this is, refuses what is none, lets the reader of that kind do its work, and closes the
// Article with what was given from outside, hashes and ids. Tests: main_content_test.cc.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>
#include <casus/page/charset.h>
#include <casus/page/dump.h>
#include <casus/page/main_content.h>
#include <casus/page/read_page.h>
#include <casus/page/text_shape.h>

#include <algorithm>
#include <utility>

namespace casus {

namespace {

constexpr std::size_t kSniffBytes = 4096;      // in which the first markup of an HTML page stands
constexpr std::size_t kBinaryShare = 50;       // more than 1/50 NUL or control bytes: not a page
constexpr std::size_t kUndecodableShare = 10;  // more than 1/10 malformed sequences: not text

bool has_utf16_mark(std::string_view bytes) {
  return bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
}

bool is_binary(std::string_view bytes) {
  if (has_utf16_mark(bytes)) return false;
  const auto control = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1B;
  }));
  return control * kBinaryShare > bytes.size();
}

// Markup that begins pages, not any "<": prose may hold one.
bool looks_like_html(std::string_view bytes) {
  if (has_utf16_mark(bytes))
    return bytes.substr(0, kSniffBytes).find(std::string_view("<\0", 2)) != std::string_view::npos;
  const std::string head = to_lower(bytes.substr(0, kSniffBytes));
  for (const std::string_view mark : {"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<article",
                                      "<script", "<div", "<p>", "<p ", "<h1", "<table", "<main", "<section"}) {
    if (head.find(mark) != std::string::npos) return true;
  }
  return false;
}

// The pieces of a whole decoded dump.
std::vector<Piece> pieces_of(const detail::DecodedPage& page) {
  std::vector<Piece> out;
  page.map.each(0, static_cast<std::uint32_t>(page.text.size()),
                [&](std::uint32_t start, std::uint32_t, std::uint32_t from, std::uint32_t length, bool decoded) {
                  out.push_back({start, from, length, decoded ? PieceKind::decoded : PieceKind::verbatim});
                });
  return out;
}

// The text is an article already: every character stays where it is, so that offsets given with it stay true.
void keep_all(const detail::SourceText& page, Article& article) {
  article.text = page.text;
  article.map = PageMap({page.pieces.begin(), page.pieces.end()}, static_cast<std::uint32_t>(page.text.size()));
  for (std::size_t start = 0; start < page.text.size();) {
    const std::size_t end = std::min(page.text.find_first_of("\r\n", start), page.text.size());
    const std::string_view line = detail::trim(page.text.substr(start, end - start));
    if (!line.empty()) {
      const auto from = static_cast<std::uint32_t>(line.data() - page.text.data());
      const Span span{from, from + static_cast<std::uint32_t>(line.size())};
      article.paragraphs.push_back({span, ParagraphKind::paragraph, article.map.page(span)});
    }
    start = end + 1;
  }
}

Result<void> read_text(std::string_view bytes, const PageOptions& options, Article& article) {
  const detail::CharsetChoice choice = detail::choose_charset(bytes, options.charset);
  const detail::DecodedPage decoded = detail::decode_page(bytes, choice);
  if (decoded.invalid * kUndecodableShare > bytes.size()) {
    return Error{Errc::invalid_input, "the page does not decode as " + std::string(choice.name) + "; name its charset",
                 0};
  }
  article.form = "text";
  article.charset = choice.name;
  if (choice.conflict) article.notes.emplace_back("charset_conflict");
  if (decoded.invalid > 0) article.notes.emplace_back("malformed_bytes");
  const std::vector<Piece> pieces = pieces_of(decoded);
  const detail::SourceText page{decoded.text, pieces, bytes};
  if (options.keep_all) {
    keep_all(page, article);
  } else {
    detail::read_dump(page, article);
  }
  return {};
}

Result<void> read_markup(std::string_view bytes, const PageOptions& options, Article& article) {
  CASUS_ASSIGN(const HtmlTree tree, parse_html(bytes, HtmlOptions{options.charset, {}, options.limits}));
  article.form = "html";
  article.charset = tree.charset;
  const auto note = [&](bool happened, const char* what) {
    if (happened) article.notes.emplace_back(what);
  };
  note(tree.charset_conflict, "charset_conflict");
  note(tree.invalid_bytes > 0, "malformed_bytes");
  note(tree.depth_capped, "depth_capped");
  note(tree.formatting_capped, "formatting_capped");
  note(tree.attributes_capped, "attributes_capped");
  detail::read_html(tree, bytes, options.url, article);
  return {};
}

void set_given(Field& field, const std::string& value, const char* name, Article& article) {
  if (value.empty()) return;
  if (!field.value.empty() && field.value != value) {
    field.from = std::string(name) + ":" + field.from;
    article.rivals.push_back(std::move(field));
  }
  field = {value, "given", {}};
}

void close_article(std::string_view bytes, const PageOptions& options, Article& article) {
  set_given(article.title, options.title, "title", article);
  set_given(article.published, options.published, "published", article);
  set_given(article.language, options.language, "language", article);
  set_given(article.site, options.site, "site", article);
  article.source = options.source;
  if (article.url.empty()) article.url = options.url;
  article.page_sha256 = sha256_hex(bytes);
  article.text_sha256 = sha256_hex(article.text);
  article.id = content_id("article", {article.url.empty() ? article.text_sha256 : article.url});
  article.revision = content_id("revision", {article.id, article.text_sha256});
}

}  // namespace

Result<Article> read_page(std::string_view bytes, const PageOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return Error{Errc::too_large, "the page has " + std::to_string(bytes.size()) + " bytes; at most " +
                                      std::to_string(options.limits.max_bytes) + " are read"};
  }
  if (detail::trim(bytes).empty()) return Error{Errc::invalid_input, "the page is empty", 0};
  if (is_binary(bytes)) return Error{Errc::invalid_input, "the page is binary data, not text or HTML", 0};
  Article article;
  const bool html = options.form == PageForm::html || (options.form == PageForm::detect && looks_like_html(bytes));
  if (html && !options.keep_all) {
    CASUS_TRY(read_markup(bytes, options, article));
  } else {
    CASUS_TRY(read_text(bytes, options, article));
  }
  close_article(bytes, options, article);
  return article;
}

}  // namespace casus
