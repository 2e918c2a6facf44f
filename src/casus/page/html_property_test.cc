// SPDX-License-Identifier: Apache-2.0
// For any markup: the tree is sound, and every character leads to the bytes it came from.
#include <casus/page/dom.h>
#include <casus/page/html_test_support.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace casus {
namespace {

using namespace std::string_literals;

// Markup as it is found in the wild, piece by piece: what the rules treat apart from each other.
rc::Gen<std::string> markup_part() {
  return rc::gen::weightedOneOf<std::string>(
      {{8, rc::gen::elementOf(std::vector<std::string>{"<p>",
                                                       "</p>",
                                                       "<div>",
                                                       "</div>",
                                                       "<b>",
                                                       "</b>",
                                                       "<i class=x>",
                                                       "</i>",
                                                       "<a href='/'>",
                                                       "</a>",
                                                       "<table>",
                                                       "</table>",
                                                       "<tr>",
                                                       "</tr>",
                                                       "<td>",
                                                       "</td>",
                                                       "<th>",
                                                       "<caption>",
                                                       "<col>",
                                                       "<tbody>",
                                                       "<select>",
                                                       "</select>",
                                                       "<option>",
                                                       "<li>",
                                                       "</li>",
                                                       "<ul>",
                                                       "</ul>",
                                                       "<h1>",
                                                       "</h2>",
                                                       "<form>",
                                                       "</form>",
                                                       "<button>",
                                                       "</button>",
                                                       "<nobr>",
                                                       "<br>",
                                                       "</br>",
                                                       "<svg>",
                                                       "</svg>",
                                                       "<math>",
                                                       "<mi>",
                                                       "<desc>",
                                                       "<foreignObject>",
                                                       "<annotation-xml encoding=text/html>",
                                                       "<template>",
                                                       "</template>",
                                                       "<object>",
                                                       "</object>",
                                                       "<frameset>",
                                                       "<frame>",
                                                       "<body>",
                                                       "</body>",
                                                       "<html x=y>",
                                                       "</html>",
                                                       "<head>",
                                                       "</head>",
                                                       "<font size=1>",
                                                       "</font>",
                                                       "<ruby>",
                                                       "<rt>",
                                                       "<input type=hidden>",
                                                       "<hr>",
                                                       "<pre>\n"})},
       {3, rc::gen::elementOf(std::vector<std::string>{"<script>",        "</script>",   "<!--",      "-->",
                                                       "<title>",         "</title>",    "<style>",   "</style>",
                                                       "<textarea>\r\n",  "</textarea>", "<![CDATA[", "]]>",
                                                       "<!DOCTYPE html>", "<?",          "</ ",       "<",
                                                       "<plaintext>",     "<iframe>",    "</iframe>", "<noscript>"})},
       {5, rc::gen::elementOf(std::vector<std::string>{"word", " ", "\n", "\r\n", "\r", "\0"s, "é", "&amp;", "&eacute",
                                                       "&#x41;", "&", "&nosuch;", "\xFF", "\xC3", "\xF0\x9F\x98\x80",
                                                       "&NotEqualTilde;", "\"", "'"})}});
}

rc::Gen<std::string> markup() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(markup_part()),
                      [](const std::vector<std::string>& parts) {
                        std::string out;
                        for (const std::string& part : parts) out += part;
                        return out;
                      });
}

rc::Gen<std::string> charset() {
  return rc::gen::elementOf(std::vector<std::string>{"", "utf-8", "windows-1252", "windows-1251", "shift_jis",
                                                     "gb18030", "iso-2022-jp", "utf-16le", "big5", "euc-jp",
                                                     "replacement"});
}

void check(const std::string& bytes, const HtmlOptions& options) {
  const Result<HtmlTree> tree = parse_html(bytes, options);
  RC_ASSERT(static_cast<bool>(tree));
  const std::string wrong = testing::faults(*tree, bytes, options.limits);
  if (!wrong.empty()) RC_FAIL(wrong);
}

RC_GTEST_PROP(HtmlProperty, TreesOfMarkupAreSound, ()) {
  const std::string bytes = *markup(), label = *charset();
  HtmlOptions options;
  options.charset = label;
  check(bytes, options);
}

RC_GTEST_PROP(HtmlProperty, TreesOfMarkupAreSoundUnderTightLimits, ()) {
  const std::string bytes = *markup();
  HtmlOptions options;
  options.charset = "utf-8";
  options.limits.max_depth = 24;
  options.limits.max_formatting = 2;
  options.limits.max_attributes = 1;
  check(bytes, options);
}

RC_GTEST_PROP(HtmlProperty, TreesOfMutatedMarkupAreSound, ()) {
  std::string bytes = *rc::gen::nonEmpty(markup());
  for (int i = 0; i < 3; ++i) bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  HtmlOptions options;
  options.charset = "utf-8";
  check(bytes, options);
}

RC_GTEST_PROP(HtmlProperty, TreesOfRandomBytesAreSound, ()) {
  const auto bytes = *rc::gen::arbitrary<std::string>();
  const std::string label = *charset();
  HtmlOptions options;
  options.charset = label;
  check(bytes, options);
}

RC_GTEST_PROP(HtmlProperty, FragmentsInAnyContextAreSound, ()) {
  const std::string bytes = *markup();
  const std::string context = *rc::gen::elementOf(std::vector<std::string>{
      "div", "td", "tr", "table", "select", "template", "html", "frameset", "svg desc", "math mi", "colgroup", "body"});
  HtmlOptions options;
  options.charset = "utf-8";
  options.fragment_context = context;
  check(bytes, options);
}

RC_GTEST_PROP(HtmlProperty, SameBytesMakeTheSameTree, ()) {
  const std::string bytes = *markup();
  const Result<HtmlTree> one = parse_html(bytes), two = parse_html(bytes);
  RC_ASSERT(testing::outline(*one) == testing::outline(*two));
}

}  // namespace
}  // namespace casus
