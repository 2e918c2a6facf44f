// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plain-text dumps: pages saved as lines, where each emphasised name stands on a line of its own between blank lines,
// lists are bullets, and menus, tags, related headlines and tables of matches are mixed in. Four steps, one file each:
//
//   dump_lines  decoded text -> fragments (lines; hard-wrapped lines joined), with bullet and gap
//   dump_join   fragments -> paragraphs: for each gap "join" (an inline boundary of the lost page) or "break"
//   dump_main   paragraphs -> which are the article; a reason for each of the others; title, byline and dates from the
//   text draft       paragraphs -> Article text and map
//
// All decisions come from general features (words, punctuation, position, phrases in words/*.tsv). Cost: linear.
#include <casus/page/draft.h>

#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// A line, or the hard-wrapped lines of one paragraph. Spans count bytes of SourceText::text.
struct Fragment {
  std::vector<Span> lines;  // without surrounding white space and bullet
  std::string text;         // the lines joined by blanks: what the decisions look at
  bool bullet = false;
  bool blank_before = false;  // an empty line stands before it
};

// A paragraph of the dump: fragments joined.
struct Unit {
  std::vector<Span> lines;
  std::vector<bool> spaced;  // a blank stands before that line; false: glued ("Maduro" + "'s")
  std::string text;
  bool bullet = false;
  std::size_t words = 0;
  bool sentence = false;   // ends as a sentence does
  std::string_view label;  // label_of() of a short one
};

// At most 200,000 lines; read_dump lists what stands behind them as removed and notes "lines_capped".
std::vector<Fragment> split_lines(std::string_view text);
std::vector<Unit> join_fragments(const std::vector<Fragment>& fragments);

// Whether no blank belongs between two joined fragments: "Maduro" + "'s", "of Russia" + "\", the Kremlin", "(" + "DEA".
bool glued(std::string_view before, std::string_view after, bool straight_quote_open);

// Fills text, paragraphs, removed, map, and title, authors, published and modified as far as the text says them.
void read_dump(const SourceText& page, Article& article);

}  // namespace casus::detail
