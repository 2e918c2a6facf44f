// SPDX-License-Identifier: Apache-2.0
#pragma once
// Title, site, authors, dates, language and address of an HTML page, each with where it was read and the bytes it
// stands in. Sources in order of trust: JSON-LD, OpenGraph and other <meta>, microdata and <time>, visible text, the
// address. The first that holds a usable value wins; every other value goes to Article::rivals.
//
//   const Metadata metadata = read_metadata(tree, bytes, url);   metadata.fill(article);
//
// Cost: linear in the tree. Values are text: an address is kept only when it is http(s) and of the same site.
#include <casus/page/blocks.h>
#include <casus/page/json_ld.h>

#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// All values seen for one field, best first.
struct Metadata {
  std::vector<Field> titles, sites, authors, published, modified, languages, urls;
  std::vector<Field> heading_titles;  // of h1, in page order
  std::string description;
  std::string body;  // JSON-LD articleBody
  std::vector<std::string> trust;
};

// From scripts, <meta>, <link>, <title>, <time> and marked-up elements.
Metadata read_metadata(const HtmlTree& tree, std::string_view bytes);

// From blocks of text that were not taken into the article ("By Jane Doe", "March 4, 2022"), where markup said nothing.
void read_visible_metadata(const HtmlTree& tree, const BlockList& list, std::string_view bytes,
                           const std::vector<bool>& kept, Metadata& metadata);

// The headline, as chosen.
Field choose_title(const Metadata& metadata);

// Chooses, cleans and writes to the article; the address comes last, for the date (from = "url").
void fill_metadata(const Metadata& metadata, std::string_view url, Article& article);

// "Headline - The Paper" -> "Headline", given the site's names; what remains keeps at least two words.
std::string without_site(std::string_view title, const std::vector<Field>& sites);

// yyyy/mm/dd or yyyy-mm-dd or yyyymmdd in the path of an address; "" when there is none.
std::string date_of_url(std::string_view url);

}  // namespace casus::detail
