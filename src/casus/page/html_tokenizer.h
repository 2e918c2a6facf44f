// SPDX-License-Identifier: Apache-2.0
#pragma once
// Decoded page text to tokens, after the WHATWG tokenizer. Positions are bytes of the decoded text; whoever receives
// tokens leads them back to the page. Parse errors are not reported, only their consequences are drawn.
//
//   casus::detail::Tokenizer(text, sink, {}).run();
//
// Views in a token are valid during the call that delivers it. Cost: linear, whatever is left unclosed; memory: one
// tag. Threads: none shared. Source: WHATWG HTML, section "Tokenization".
#include <casus/page/html_entities.h>
#include <casus/page/html_tags.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// What the text between tags is made of; set by the element that was opened.
enum class ContentModel : std::uint8_t { data, rcdata, rawtext, script, plaintext, cdata };

struct TagAttribute {
  std::string_view name, value;
  std::uint32_t value_start = 0, value_end = 0;  // of the raw value between its quotes
};

struct TagToken {
  std::string_view name;  // lower case
  Tag tag = Tag::unknown;
  bool self_closing = false;
  bool capped = false;  // had more attributes than were kept
  std::span<const TagAttribute> attributes;
  std::uint32_t start = 0, end = 0;
};

struct DoctypeToken {
  std::string name;
  std::optional<std::string> public_id, system_id;
  bool force_quirks = false;
  std::uint32_t start = 0, end = 0;
};

// Characters that belong together: either the bytes [start, end) as they stand, or what those bytes mean.
struct Characters {
  std::uint32_t start = 0, end = 0;
  std::uint8_t decoded_length = 0;  // 0: the bytes themselves
  char decoded[7] = {};
  bool nul = false;  // a single U+0000 that the tree has to judge
};

class TokenSink {
 public:
  virtual ~TokenSink() = default;
  virtual void doctype(const DoctypeToken& token) = 0;
  virtual ContentModel start_tag(const TagToken& token) = 0;  // how to go on
  virtual void end_tag(const TagToken& token) = 0;
  // The comment's text is [text_start, text_end) with U+FFFD for each NUL.
  virtual void comment(std::uint32_t start, std::uint32_t end, std::uint32_t text_start, std::uint32_t text_end) = 0;
  virtual void characters(const Characters& token) = 0;
  virtual void end_of_file() = 0;
  virtual bool in_foreign_content() const = 0;  // is <![CDATA[ one?
  virtual bool stopped() const = 0;             // true: no further token is wanted
};

struct TokenizerStart {
  ContentModel model = ContentModel::data;
  std::string last_start_tag;
  std::uint32_t max_attributes = 256;
};

class Tokenizer {
 public:
  // `text` and `sink` must outlive the tokenizer.
  Tokenizer(std::string_view text, TokenSink& sink, TokenizerStart start);
  void run();

 private:
  void data();
  void raw();
  void cdata();
  void markup();
  void markup_declaration();
  void comment();
  void bogus_comment(std::size_t text_start);
  void doctype();
  void tag(bool is_end);
  bool read_attributes(std::size_t& at);
  bool read_attribute(std::size_t& at);
  bool read_value(std::size_t& at, std::size_t& start, std::size_t& end);
  void keep_attribute(std::size_t name_start, std::size_t name_end, std::size_t value_start, std::size_t value_end);
  std::string_view decode_value(std::size_t start, std::size_t end);
  bool is_appropriate_end_tag(std::size_t at) const;
  std::size_t find_raw_end() const;
  std::size_t find_script_end() const;
  void emit_text(std::size_t start, std::size_t end, bool references, bool keep_nul);
  void emit_plain(std::size_t start, std::size_t end, bool keep_nul);
  std::size_t find(char c, std::size_t from) const;
  std::string_view lower(std::size_t start, std::size_t end);

  std::string_view text_;
  TokenSink& sink_;
  ContentModel model_;
  std::string last_start_tag_;
  std::uint32_t max_attributes_;
  bool has_nul_;
  std::size_t at_ = 0;
  TagToken token_;
  std::vector<TagAttribute> attributes_;
  std::vector<std::string>
      scratch_;  // texts of one tag that differ from the page; a view into each, so never moved while in use
  std::size_t scratch_used_ = 0;
};

// Calls text(start, end) and nul(position) for the parts of [start, end).
template <class Text, class Nul>
void each_between_nuls(std::string_view input, std::uint32_t start, std::uint32_t end, Text&& text, Nul&& nul) {
  while (start < end) {
    const std::size_t found = input.substr(start, end - start).find('\0');
    const std::uint32_t stop = found == std::string_view::npos ? end : start + static_cast<std::uint32_t>(found);
    if (start < stop) text(start, stop);
    if (stop < end) nul(stop);
    start = stop + 1;
  }
}

}  // namespace casus::detail
