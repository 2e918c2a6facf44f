// SPDX-License-Identifier: Apache-2.0
// What must hold of every page, however it looks: spans lie inside, paragraphs and removed parts are in page order and
// apart, and the page's own bytes, decoded a second time, give every quote.
#include <casus/base/utf8.h>
#include <casus/page/read_page.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace casus {
namespace {

// "" when all promises hold, else what is broken.
std::string broken_promise(std::string_view bytes, const Article& article) {
  if (!is_valid_utf8(article.text)) return "the text is not UTF-8";
  std::uint32_t text_end = 0, page_end = 0;
  for (const Paragraph& p : article.paragraphs) {
    if (p.span.empty() || p.span.end > article.text.size()) return "a paragraph leaves the text";
    if (p.span.start != (text_end == 0 ? 0 : text_end + 1)) return "paragraphs do not fill the text";
    if (p.page.start < page_end || p.page.empty() || p.page.end > bytes.size())
      return "paragraphs are not in page order";
    if (article.quote(p.span).find('\n') != std::string_view::npos) return "a paragraph has a line end";
    text_end = p.span.end;
    page_end = p.page.end;
  }
  if (text_end != article.text.size()) return "text stands outside the paragraphs";
  page_end = 0;
  for (const Removed& r : article.removed) {
    if (r.page.start < page_end || r.page.empty() || r.page.end > bytes.size())
      return "removed parts are not in page order";
    if (r.reason.empty() || r.text.empty() || r.text.size() > 400 || !is_valid_utf8(r.text))
      return "a removed part is not told";
    page_end = r.page.end;
  }
  const std::vector<Piece>& pieces = article.map.all();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].text_start >= article.text.size() || (i > 0 && pieces[i].text_start <= pieces[i - 1].text_start))
      return "pieces do not cover the text";
    if (std::uint64_t{pieces[i].page_start} + pieces[i].page_length > bytes.size()) return "a piece leaves the page";
  }
  if (!article.text.empty() && (pieces.empty() || pieces[0].text_start != 0)) return "the first piece is missing";
  return "";
}

std::string wrong_quote(std::string_view bytes, const Article& article, Span span) {
  const Result<std::string> again = page_text(bytes, article, span);
  if (!again) return again.error().describe();
  if (*again != article.quote(span)) return "\"" + *again + "\" != \"" + std::string(article.quote(span)) + "\"";
  return "";
}

// Every paragraph, and sub-spans of it at borders of characters.
std::string wrong_quotes(std::string_view bytes, const Article& article, unsigned seed) {
  std::mt19937 random(seed);
  for (const Paragraph& p : article.paragraphs) {
    if (std::string wrong = wrong_quote(bytes, article, p.span); !wrong.empty()) return wrong;
    for (int i = 0; i < 3; ++i) {
      Span part{p.span.start + static_cast<std::uint32_t>(random() % p.span.length()), 0};
      part.end = part.start + static_cast<std::uint32_t>(random() % (p.span.end - part.start)) + 1;
      const auto inside = [&](std::uint32_t at) {
        return at < article.text.size() && (static_cast<unsigned char>(article.text[at]) & 0xC0U) == 0x80U;
      };
      while (inside(part.start)) --part.start;
      while (inside(part.end)) ++part.end;
      if (std::string wrong = wrong_quote(bytes, article, part); !wrong.empty()) return wrong;
      if (article.map.page(part).end > bytes.size()) return "a span's page leaves the page";
    }
  }
  return "";
}

std::string pick(const std::vector<std::string>& of) {
  return of[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(of.size())))];
}

const std::vector<std::string>& sentences() {
  static const std::vector<std::string> all = {
      "The minister of foreign affairs met the ambassador in Geneva on Tuesday, officials said.",
      "Protesters blocked the road to the capital for three hours &amp; demanded the release of two leaders.",
      "“Nous ne céderons pas,” said the spokesman – twice.",
      "Київ і Львів were hit &nbsp; by rockets&hellip;",
      "At least 12 people were killed and more than 40 wounded, the ministry of health reported.",
      "Caf&eacute; &#8220;Tbilisi&#8221; &notit; &bogus; 5 < 6",
      "Short.",
      "Read more",
      "By Jane Doe",
      "March 4, 2022",
      "\xFF\xFE broken \xC3( bytes",
      "tab\tand\r\nline end",
      ""};
  return all;
}

RC_GTEST_PROP(ContentProperty, HtmlOfAnyShapeKeepsItsPromises, ()) {
  const std::vector<std::string> marks = {"<p>",
                                          "</p>",
                                          "<div class='article-body'>",
                                          "</div>",
                                          "<b>",
                                          "</b>",
                                          "<a href=x>",
                                          "</a>",
                                          "<br>",
                                          "<table>",
                                          "<tr><td>",
                                          "</td>",
                                          "</table>",
                                          "<li>",
                                          "<ul>",
                                          "</ul>",
                                          "<h1>",
                                          "</h1>",
                                          "<h2>",
                                          "</h2>",
                                          "<article>",
                                          "</article>",
                                          "<aside>",
                                          "</aside>",
                                          "<nav>",
                                          "<blockquote>",
                                          "<!-- x -->",
                                          "<script>var a='<p>';</script>",
                                          "<i>",
                                          "</i>",
                                          "<figure>",
                                          "<figcaption>",
                                          "<template>",
                                          "<svg>",
                                          "<title>A title - Site</title>",
                                          "<select>",
                                          "<pre>",
                                          "&",
                                          "<"};
  std::string page = "<!doctype html><html lang=en><body>";
  const int parts = *rc::gen::inRange(0, 60);
  for (int i = 0; i < parts; ++i) page += *rc::gen::arbitrary<bool>() ? pick(marks) : pick(sentences()) + " ";
  const Result<Article> article = read_page(page, {.url = "https://example.org/a", .form = PageForm::html});
  RC_ASSERT(static_cast<bool>(article));
  RC_ASSERT(broken_promise(page, *article) == "");
  RC_ASSERT(wrong_quotes(page, *article, static_cast<unsigned>(parts)) == "");
}

RC_GTEST_PROP(ContentProperty, DumpsOfAnyShapeKeepTheirPromises, ()) {
  const std::vector<std::string> gaps = {"\n\n",   "\n", " ",  "\r\n\r\n", "\n* ",
                                         "\n  • ", "\"", " (", "\n\n,",    "\n\n's "};
  std::string page = "x";
  const int parts = *rc::gen::inRange(0, 60);
  for (int i = 0; i < parts; ++i) page += pick(sentences()) + pick(gaps);
  const Result<Article> article = read_page(page, {.form = PageForm::text});
  RC_ASSERT(static_cast<bool>(article));
  RC_ASSERT(broken_promise(page, *article) == "");
  RC_ASSERT(wrong_quotes(page, *article, static_cast<unsigned>(parts)) == "");
}

RC_GTEST_PROP(ContentProperty, AnyBytesEndInAnArticleOrARefusal, (const std::string& bytes)) {
  for (const PageForm form : {PageForm::detect, PageForm::html, PageForm::text}) {
    const Result<Article> article = read_page(bytes, {.form = form});
    if (!article) continue;
    RC_ASSERT(broken_promise(bytes, *article) == "");
    RC_ASSERT(wrong_quotes(bytes, *article, 1) == "");
  }
}

TEST(ContentProperty, LegacyCharsetsLeadBackToTheirBytes) {
  const std::string russian =
      "<meta charset=windows-1251><p>\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xF0\xE8\xE1\xFB\xEB \xE2 "
      "\xCA\xE8\xE5\xE2, "
      "\xE3\xE4\xE5 \xE2\xF1\xF2\xF0\xE5\xF2\xE8\xEB\xF1\xFF \xF1 \xEF\xF0\xE5\xEC\xFC\xE5\xF0\xEE\xEC \xE8 "
      "\xEF\xE0\xF0\xEB\xE0\xEC\xE5\xED\xF2\xEE\xEC.</p>";
  const Article article = read_page(russian).value();
  EXPECT_EQ(article.charset, "windows-1251");
  EXPECT_NE(article.text.find("Президент прибыл в Киев"), std::string::npos) << article.text;
  EXPECT_EQ(broken_promise(russian, article), "");
  EXPECT_EQ(wrong_quotes(russian, article, 3), "");
}

TEST(ContentProperty, PagesOfABenchmarkKeepTheirPromises) {
  namespace fs = std::filesystem;
  const fs::path archive = fs::path(CASUS_SOURCE_DIR) / "../shared/data/pages/aeb.tar.xz";
  if (!fs::exists(archive)) GTEST_SKIP() << "../shared/data/pages/aeb.tar.xz is not here";
  const fs::path folder = fs::temp_directory_path() / ("casus_aeb_" + std::to_string(std::random_device{}()));
  fs::create_directories(folder);
  const std::string command = "tar -xJf '" + archive.string() + "' -C '" + folder.string() + "'";
  const int status = std::system(command.c_str());
  std::size_t pages = 0;
  if (status == 0) {
    for (const auto& entry : fs::directory_iterator(folder / "html")) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      const Result<Article> article = read_page(bytes);
      ASSERT_TRUE(article) << entry.path();
      EXPECT_EQ(broken_promise(bytes, *article), "") << entry.path();
      EXPECT_EQ(wrong_quotes(bytes, *article, 7), "") << entry.path();
      ++pages;
    }
  }
  fs::remove_all(folder);
  if (status != 0) GTEST_SKIP() << "tar with xz is not here";
  EXPECT_GE(pages, 180U);
}

}  // namespace
}  // namespace casus
