// SPDX-License-Identifier: Apache-2.0
#pragma once
// The word lists of words/*.tsv, compiled into the program and folded (lower case, no accents) once. They hold what the
// C++ may not: phrases that mark related stories, shares, podcasts; function words; months. A language is one more set
// of lines there.
//
//   casus::detail::label_of("PodcastUkraine, Russia and …") == "podcast"
//
// Lifetime: constants of the program. Threads: shared and const. Cost: linear in the phrase, which is cut at 160 bytes.
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace casus::detail {

// Look-up by view, without a copy of the key.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using WordMap = std::unordered_map<std::string, Value, ViewHash, std::equal_to<>>;
using WordSet = std::unordered_set<std::string, ViewHash, std::equal_to<>>;

struct WordLists {
  WordMap<std::string> label_exact, label_start;                            // phrase -> reason
  std::vector<std::pair<std::string, std::string>> label_any, label_brief;  // phrase, reason
  WordSet function_words, abbreviations;
  std::vector<std::pair<std::string, std::string>> trust;        // phrase, name of the scheme
  std::vector<std::pair<std::string, std::string>> line_starts;  // phrase, role (by, date, updated); longest first
  WordSet name_and, name_stop, name_job;                         // words between, after and instead of names
  WordMap<int> months;                                           // name -> 1–12
  WordMap<std::string> hints;                                    // word of class, id or role -> reason
  WordMap<float> class_weights;                                  // word of class, id, role or itemprop -> log-odds
  std::vector<std::pair<std::string, std::string>>
      meta_names;  // name, property or itemprop of <meta>, field; best first
};

const WordLists& word_lists();

// The reason why a line like this is not article ("related", "share", …), or an empty view.
std::string_view label_of(std::string_view line);

// Name of the trust scheme that a short line mentions, or an empty view.
std::string_view trust_scheme_of(std::string_view line);

// `line` folded as the lists are, cut at 160 bytes, with glued words parted ("PodcastUkraine" -> "podcast ukraine").
std::string folded_label(std::string_view line);

}  // namespace casus::detail
