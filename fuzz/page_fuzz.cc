// SPDX-License-Identifier: Apache-2.0
// read_page on any bytes, as HTML, as text and as it guesses: no crash, and the promises that content_property_test.cc
// names.
#include <casus/base/utf8.h>
#include <casus/page/read_page.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool promise) {
  if (!promise) std::abort();
}

void check(std::string_view bytes, const casus::Article& article) {
  require(casus::is_valid_utf8(article.text));
  std::uint32_t page = 0;
  for (const casus::Paragraph& p : article.paragraphs) {
    require(!p.span.empty() && p.span.end <= article.text.size());
    require(p.page.start >= page && p.page.end <= bytes.size());
    page = p.page.end;
    const casus::Result<std::string> again = casus::page_text(bytes, article, p.span);
    require(static_cast<bool>(again) && *again == article.quote(p.span));
  }
  page = 0;
  for (const casus::Removed& r : article.removed) {
    require(r.page.start >= page && r.page.end <= bytes.size() && !r.reason.empty() && casus::is_valid_utf8(r.text));
    page = r.page.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const casus::PageForm form : {casus::PageForm::detect, casus::PageForm::html, casus::PageForm::text}) {
    const auto article = casus::read_page(bytes, {.url = "https://example.org/a", .form = form});
    if (article) check(bytes, *article);
  }
  return 0;
}
