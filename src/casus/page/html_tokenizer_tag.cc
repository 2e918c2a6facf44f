// SPDX-License-Identifier: Apache-2.0
// Tags with their attributes, and doctypes. A tag that the file's end cuts off is no tag: nothing is delivered.
#include <casus/page/html_text.h>
#include <casus/page/html_tokenizer.h>

#include <algorithm>

namespace casus::detail {

// [start, end) in lower case with U+FFFD for NULs: the page's own bytes where they are that already.
std::string_view Tokenizer::lower(std::size_t start, std::size_t end) {
  const std::string_view raw = text_.substr(start, end - start);
  const auto differs = [](char c) { return is_ascii_upper(c) || c == '\0'; };
  if (std::none_of(raw.begin(), raw.end(), differs)) return raw;
  if (scratch_used_ == scratch_.size())
    return raw;  // cannot happen: read_* reserve one text for each attribute and name
  std::string& out = scratch_[scratch_used_++];
  out.clear();
  for (const char c : raw) {
    if (c == '\0') {
      out += kReplacementText;
    } else {
      out += ascii_lower(c);
    }
  }
  return out;
}

void Tokenizer::tag(bool is_end) {
  // Two texts (name, value) for each attribute that is kept, and the tag's own name: fixed, so that views stay valid.
  if (scratch_.empty()) scratch_.resize(2 * std::size_t{max_attributes_} + 2);
  scratch_used_ = 0;
  attributes_.clear();
  token_ = TagToken{};
  token_.start = static_cast<std::uint32_t>(at_);
  std::size_t at = at_ + (is_end ? 2 : 1);
  const std::size_t name_start = at;
  while (at < text_.size() && !is_html_space(text_[at]) && text_[at] != '/' && text_[at] != '>') ++at;
  const std::size_t name_end = at;
  if (!read_attributes(at)) {
    at_ = text_.size();
    return;
  }
  token_.name = lower(name_start, name_end);
  token_.tag = tag_of(token_.name);
  token_.attributes = attributes_;
  token_.end = static_cast<std::uint32_t>(at);
  at_ = at;
  if (is_end) {
    sink_.end_tag(token_);
    return;
  }
  last_start_tag_ = token_.name;
  model_ = sink_.start_tag(token_);
}

// Up to behind the closing '>'; false at the end of the file.
bool Tokenizer::read_attributes(std::size_t& at) {
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '>') {
      ++at;
      return true;
    }
    if (c == '/') {
      token_.self_closing = at + 1 < text_.size() && text_[at + 1] == '>';
      ++at;
    } else if (is_html_space(c)) {
      ++at;
    } else if (!read_attribute(at)) {
      return false;
    }
  }
  return false;
}

bool Tokenizer::read_attribute(std::size_t& at) {
  const std::size_t name_start = at;
  ++at;  // whatever it is, even '='
  while (at < text_.size() && !is_html_space(text_[at]) && text_[at] != '/' && text_[at] != '>' && text_[at] != '=')
    ++at;
  const std::size_t name_end = at;
  std::size_t next = at;
  while (next < text_.size() && is_html_space(text_[next])) ++next;
  std::size_t value_start = name_end, value_end = name_end;
  if (next < text_.size() && text_[next] == '=') {
    at = next + 1;
    if (!read_value(at, value_start, value_end)) return false;
  }
  keep_attribute(name_start, name_end, value_start, value_end);
  return at < text_.size();
}

bool Tokenizer::read_value(std::size_t& at, std::size_t& start, std::size_t& end) {
  while (at < text_.size() && is_html_space(text_[at])) ++at;
  if (at >= text_.size()) return false;
  const char quote = text_[at];
  if (quote == '"' || quote == '\'') {
    start = at + 1;
    end = find(quote, start);
    at = std::min(end + 1, text_.size());
    return end < text_.size();
  }
  start = at;
  while (at < text_.size() && !is_html_space(text_[at]) && text_[at] != '>') ++at;
  end = at;
  return at < text_.size();
}

void Tokenizer::keep_attribute(std::size_t name_start, std::size_t name_end, std::size_t value_start,
                               std::size_t value_end) {
  if (attributes_.size() >= max_attributes_) {
    token_.capped = true;
    return;
  }
  const std::size_t scratch_before = scratch_used_;
  const std::string_view name = lower(name_start, name_end);
  const auto same = [name](const TagAttribute& other) { return other.name == name; };
  if (std::any_of(attributes_.begin(), attributes_.end(), same)) {
    scratch_used_ = scratch_before;
    return;
  }
  attributes_.push_back({name, decode_value(value_start, value_end), static_cast<std::uint32_t>(value_start),
                         static_cast<std::uint32_t>(value_end)});
}

std::string_view Tokenizer::decode_value(std::size_t start, std::size_t end) {
  const std::string_view raw = text_.substr(start, end - start);
  std::size_t next = raw.find('&');
  if (next == std::string_view::npos && (!has_nul_ || raw.find('\0') == std::string_view::npos)) return raw;
  std::string& out = scratch_[scratch_used_++];
  out.clear();
  const std::string_view until_end = text_.substr(0, end);
  for (std::size_t at = start; at < end;) {
    const char c = text_[at];
    const CharacterReference reference =
        c == '&' ? read_character_reference(until_end, at, true) : CharacterReference{};
    if (reference.consumed != 0) {
      out += reference.value();
    } else if (c == '\0') {
      out += kReplacementText;
    } else {
      out += c;
    }
    at += std::max(1U, reference.consumed);
  }
  return out;
}

namespace {

// Reads what stands behind "<!DOCTYPE".
class DoctypeReader {
 public:
  DoctypeReader(std::string_view text, std::size_t at, DoctypeToken& token) : text_(text), at_(at), token_(token) {}

  std::size_t run() {
    skip_space();
    if (done()) return quirks();
    if (text_[at_] == '>') return quirks();
    for (; !done() && text_[at_] != '>' && !is_html_space(text_[at_]); ++at_) add(token_.name, ascii_lower(text_[at_]));
    skip_space();
    if (done()) return quirks();
    if (text_[at_] == '>') return at_ + 1;
    const std::string_view rest = text_.substr(at_);
    if (starts_with_ignoring_case(rest, "public")) {
      at_ += 6;
      return read_public();
    }
    if (starts_with_ignoring_case(rest, "system")) {
      at_ += 6;
      return read_system(true);
    }
    token_.force_quirks = true;
    return bogus();
  }

 private:
  bool done() const { return at_ >= text_.size(); }

  void skip_space() {
    while (!done() && is_html_space(text_[at_])) ++at_;
  }

  static void add(std::string& out, char c) {
    if (c == '\0') {
      out += kReplacementText;
    } else {
      out += c;
    }
  }

  // To behind the next '>', marking the doctype as bad.
  std::size_t quirks() {
    token_.force_quirks = true;
    return std::min(at_ + 1, text_.size());
  }

  std::size_t bogus() {
    while (!done() && text_[at_] != '>') ++at_;
    return std::min(at_ + 1, text_.size());
  }

  bool at_quote() const { return !done() && (text_[at_] == '"' || text_[at_] == '\''); }

  // False: '>' or the end of the file came before the closing quote.
  bool read_quoted(std::optional<std::string>& out) {
    const char quote = text_[at_++];
    out.emplace();
    for (; !done() && text_[at_] != quote && text_[at_] != '>'; ++at_) add(*out, text_[at_]);
    if (done() || text_[at_] == '>') return false;
    ++at_;
    return true;
  }

  std::size_t read_public() {
    skip_space();
    if (done() || text_[at_] == '>') return quirks();
    if (!at_quote()) {
      token_.force_quirks = true;
      return bogus();
    }
    if (!read_quoted(token_.public_id)) return quirks();
    return read_system(false);
  }

  std::size_t read_system(bool required) {
    skip_space();
    if (done()) return quirks();
    if (text_[at_] == '>') return required ? quirks() : at_ + 1;
    if (!at_quote()) {
      token_.force_quirks = true;
      return bogus();
    }
    if (!read_quoted(token_.system_id)) return quirks();
    skip_space();
    if (done()) return quirks();
    return bogus();
  }

  std::string_view text_;
  std::size_t at_;
  DoctypeToken& token_;
};

}  // namespace

void Tokenizer::doctype() {
  constexpr std::size_t kIntroduction = 9;  // "<!DOCTYPE"
  DoctypeToken token;
  token.start = static_cast<std::uint32_t>(at_);
  at_ = DoctypeReader(text_, at_ + kIntroduction, token).run();
  token.end = static_cast<std::uint32_t>(at_);
  sink_.doctype(token);
}

}  // namespace casus::detail
