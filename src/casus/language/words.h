// SPDX-License-Identifier: Apache-2.0
#pragma once
// The word lists of the tokeniser (words/xx.tsv, embedded at build time), answered by look-up. The kinds of rows are
// told in words/README.md. Private to this room.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus::detail {

enum class WordKind : std::uint32_t {
  title = 1,
  abbreviation = 2,
  number = 4,
  prefix = 8,
  unit = 16,
  clitic = 32,
  split = 64,
  whole = 128,
  smiley = 256,
  domain = 512,
  starter = 1024,
  saying = 2048,
  elision = 4096,      // "l" of "l'eau": the apostrophe ends a word
  contraction = 8192,  // "del": its words have forms of their own
  enclitic = 16384,    // "se" of "darse", "-lo" of "fazê-lo"
  host = 32768,        // "ar": what may stand before an enclitic without a hyphen
  ending = 65536,      // "ia" of "dir-lhe-ia": the rest of the verb behind its enclitic
  between = 131072,    // "h" of "15h30": a unit between figures
};

// Habits of a whole language, on or off (rows of the kind `rule`).
enum class WritingRule : std::uint8_t {
  hyphens_join = 1,     // "primeiro-ministro" is one word
  comma_decimal = 2,    // "3,5" is one number
  clitics_apart = 4,    // clitics are words, not parts of a multiword token: "a|-t-il"
  hash_joins = 8,       // "#word" is one token, and so is a run of brackets: ")))" is a smile
  initials_apart = 16,  // "И.И." are two words
};

// A multiword token of the list: its words, and where its surface is cut when each has letters of its own (else 0).
struct Contraction {
  std::vector<std::string> parts;
  std::uint16_t cut = 0;
};

class Words {
 public:
  // The lists of `language`; the English ones where it has none, since their marks are the common ones.
  static const Words& of(std::string_view language);

  // As written, or in lower case where the list has no capitals. Curly apostrophes count as straight ones.
  bool is(WordKind kind, std::string_view word) const;
  // Bytes of the first part of a split word ("cannot": 3); 0 when it is not one.
  std::size_t cut(std::string_view word) const;
  bool has(WritingRule rule) const { return (rules_ & static_cast<std::uint8_t>(rule)) != 0; }
  bool has_multiwords() const { return has_multiwords_; }
  // In any case of its letters; null when it is not one.
  const Contraction* contraction(std::string_view word) const;
  // What the host of an enclitic is written like without it ("ándo": "ando"); empty when it is none.
  std::string_view host(std::string_view word) const;
  // How much `feature` speaks for reading the ambiguous `word` as its contraction; 0 when nothing is known.
  float lean(std::string_view word, std::string_view feature) const;
  bool is_ambiguous(std::string_view word) const { return lean(word, "always") != 0; }

 private:
  explicit Words(std::string_view table);
  void add(std::string_view kind, std::string_view value);
  struct Entry {
    std::uint32_t kinds = 0;
    std::uint16_t cut = 0;
  };
  const Entry* find(std::string_view key) const;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  template <class T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  Map<Entry> entries_;
  Map<Contraction> contractions_;
  Map<std::string> hosts_;
  Map<float> leans_;  // "word feature"
  std::uint8_t rules_ = 0;
  bool has_multiwords_ = false;
};

}  // namespace casus::detail
