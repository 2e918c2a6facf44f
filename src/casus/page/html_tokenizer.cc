// SPDX-License-Identifier: Apache-2.0
// The standard describes eighty states for input that arrives in drops. Here the whole text is at hand, so that each
// construct is read by one function that looks ahead as far as it must; what it delivers is the same. Tags and
// doctypes: html_tokenizer_tag.cc. Tests: html_conformance_test.cc (html5lib).
#include <casus/page/html_text.h>
#include <casus/page/html_tokenizer.h>

#include <algorithm>
#include <cstring>

namespace casus::detail {

namespace {

Characters plain(std::size_t start, std::size_t end) {
  Characters out;
  out.start = static_cast<std::uint32_t>(start);
  out.end = static_cast<std::uint32_t>(end);
  return out;
}

Characters decoded(std::size_t start, std::size_t end, std::string_view value) {
  Characters out = plain(start, end);
  out.decoded_length = static_cast<std::uint8_t>(value.size());
  std::memcpy(out.decoded, value.data(), value.size());
  return out;
}

}  // namespace

Tokenizer::Tokenizer(std::string_view text, TokenSink& sink, TokenizerStart start)
    : text_(text),
      sink_(sink),
      model_(start.model),
      last_start_tag_(std::move(start.last_start_tag)),
      max_attributes_(start.max_attributes),
      has_nul_(text.find('\0') != std::string_view::npos) {}

void Tokenizer::run() {
  while (at_ < text_.size() && !sink_.stopped()) {
    switch (model_) {
      case ContentModel::data:
        data();
        break;
      case ContentModel::cdata:
        cdata();
        break;
      case ContentModel::rcdata:
      case ContentModel::rawtext:
      case ContentModel::script:
        raw();
        break;
      case ContentModel::plaintext:
        emit_text(at_, text_.size(), false, false);
        at_ = text_.size();
        break;
    }
  }
  sink_.end_of_file();
}

std::size_t Tokenizer::find(char c, std::size_t from) const {
  return std::min(text_.find(c, from), text_.size());
}

void Tokenizer::data() {
  const std::size_t stop = find('<', at_);
  emit_text(at_, stop, true, true);
  at_ = stop;
  if (at_ < text_.size()) markup();
}

// The content of title, textarea (references are read), style, xmp, script … up to the end tag that fits the last start
// tag.
void Tokenizer::raw() {
  const std::size_t stop = model_ == ContentModel::script ? find_script_end() : find_raw_end();
  emit_text(at_, stop, model_ == ContentModel::rcdata, false);
  at_ = stop;
  if (at_ >= text_.size()) return;
  model_ = ContentModel::data;
  tag(true);
}

void Tokenizer::cdata() {
  const std::size_t stop = std::min(text_.find("]]>", at_), text_.size());
  emit_text(at_, stop, false, true);
  at_ = std::min(stop + 3, text_.size());
  model_ = ContentModel::data;
}

void Tokenizer::emit_text(std::size_t start, std::size_t end, bool references, bool keep_nul) {
  while (start < end) {
    std::size_t ampersand = end;
    if (references) {
      const void* found = std::memchr(text_.data() + start, '&', end - start);
      if (found != nullptr) ampersand = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
    }
    if (ampersand > start) emit_plain(start, ampersand, keep_nul);
    if (ampersand >= end) return;
    const CharacterReference reference = read_character_reference(text_, ampersand, false);
    start = ampersand + std::max(1U, reference.consumed);
    sink_.characters(reference.consumed == 0 ? plain(ampersand, start) : decoded(ampersand, start, reference.value()));
  }
}

void Tokenizer::emit_plain(std::size_t start, std::size_t end, bool keep_nul) {
  if (!has_nul_) {
    sink_.characters(plain(start, end));
    return;
  }
  each_between_nuls(
      text_, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end),
      [&](std::uint32_t from, std::uint32_t to) { sink_.characters(plain(from, to)); },
      [&](std::uint32_t nul) {
        Characters token = decoded(nul, nul + 1, kReplacementText);
        token.nul = keep_nul;
        sink_.characters(token);
      });
}

// At a '<' in ordinary content.
void Tokenizer::markup() {
  const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (is_ascii_letter(next)) return tag(false);
  if (next == '!') return markup_declaration();
  if (next == '?') return bogus_comment(at_ + 1);
  if (next == '/' && at_ + 2 < text_.size()) {
    const char after = text_[at_ + 2];
    if (is_ascii_letter(after)) return tag(true);
    if (after != '>') return bogus_comment(at_ + 2);
    at_ += 3;  // "</>" is nothing at all
    return;
  }
  const std::size_t end = next == '/' ? at_ + 2 : at_ + 1;
  sink_.characters(plain(at_, end));
  at_ = end;
}

void Tokenizer::markup_declaration() {
  const std::string_view rest = text_.substr(at_ + 2);
  if (rest.substr(0, 2) == "--") return comment();
  if (starts_with_ignoring_case(rest, "doctype")) return doctype();
  if (rest.substr(0, 7) == "[CDATA[" && sink_.in_foreign_content()) {
    at_ += 9;
    model_ = ContentModel::cdata;
    // Nothing follows: the section is empty, and the end of the file comes next.
    return;
  }
  bogus_comment(at_ + 2);
}

// "-->" and "--!>" close a comment; so do ">" and "->" directly behind its start.
void Tokenizer::comment() {
  const std::size_t start = at_ + 4;
  std::size_t text_end = text_.size(), end = text_.size();
  const std::string_view rest = text_.substr(start);
  if (rest.substr(0, 1) == ">" || rest.substr(0, 2) == "->") {
    text_end = start;
    end = start + (rest[0] == '>' ? 1 : 2);
  } else {
    for (std::size_t close = find('>', start); close < text_.size(); close = find('>', close + 1)) {
      const std::string_view before = text_.substr(start, close - start);
      const std::size_t mark = before.ends_with("--") ? 2 : before.ends_with("--!") ? 3 : 0;
      if (mark == 0) continue;
      text_end = close - mark;
      end = close + 1;
      break;
    }
    if (end == text_.size() && text_end == text_.size()) {
      // Never closed: what could have been the beginning of its end is no text.
      const std::size_t mark = rest.ends_with("--!") ? 3 : rest.ends_with("--") ? 2 : rest.ends_with("-") ? 1 : 0;
      text_end -= mark;
    }
  }
  sink_.comment(static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(start),
                static_cast<std::uint32_t>(text_end));
  at_ = end;
}

void Tokenizer::bogus_comment(std::size_t text_start) {
  const std::size_t close = find('>', text_start);
  const std::size_t end = std::min(close + 1, text_.size());
  sink_.comment(static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end),
                static_cast<std::uint32_t>(text_start), static_cast<std::uint32_t>(close));
  at_ = end;
}

// Does "</" + the last start tag's name stand at `at`, closed by something that ends a name?
bool Tokenizer::is_appropriate_end_tag(std::size_t at) const {
  const std::size_t end = at + 2 + last_start_tag_.size();
  if (last_start_tag_.empty() || end >= text_.size() || text_[at + 1] != '/') return false;
  if (!starts_with_ignoring_case(text_.substr(at + 2), last_start_tag_)) return false;
  return is_html_space(text_[end]) || text_[end] == '/' || text_[end] == '>';
}

std::size_t Tokenizer::find_raw_end() const {
  std::size_t at = find('<', at_);
  while (at < text_.size() && !is_appropriate_end_tag(at)) at = find('<', at + 1);
  return at;
}

// Scripts may hide "</script>" between "<!--" and "-->" behind another "<script>", as pages of the nineties did.
std::size_t Tokenizer::find_script_end() const {
  enum class Escape { none, once, twice } escape = Escape::none;
  const auto script_word = [this](std::size_t at) {
    constexpr std::string_view kWord = "script";
    if (!starts_with_ignoring_case(text_.substr(std::min(at, text_.size())), kWord)) return false;
    const std::size_t end = at + kWord.size();
    return end < text_.size() && (is_html_space(text_[end]) || text_[end] == '/' || text_[end] == '>');
  };
  for (std::size_t at = at_; at < text_.size(); ++at) {
    if (escape == Escape::none) {
      at = find('<', at);
      if (at >= text_.size() || is_appropriate_end_tag(at)) return at;
      if (text_.substr(at, 4) == "<!--") {
        escape = Escape::once;
        ++at;  // the two dashes may already be those of "-->"
      }
      continue;
    }
    if (text_[at] == '-' && text_.substr(at, 3) == "-->") {
      escape = Escape::none;
      at += 2;
    } else if (text_[at] == '<' && escape == Escape::once) {
      if (is_appropriate_end_tag(at)) return at;
      if (script_word(at + 1)) escape = Escape::twice;
    } else if (text_[at] == '<' && text_.substr(at, 2) == "</" && script_word(at + 2)) {
      escape = Escape::once;
    }
  }
  return text_.size();
}

}  // namespace casus::detail
