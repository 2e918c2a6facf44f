// SPDX-License-Identifier: Apache-2.0
// Tried in this order: the list of contractions, pronouns behind a hyphen, pronouns without one. A word of the kind
// `whole` is left alone, so that exceptions ("parte" is not "par" + "te") are rows and not code. Tests:
// segment_languages_test.cc.
#include "casus/language/multiword.h"

#include <algorithm>
#include <string>

#include "casus/base/utf8.h"
#include "casus/language/words.h"

namespace casus::detail {

namespace {

constexpr std::size_t kMaxEnclitics = 2;
constexpr std::size_t kLongestEnclitic = 6;  // bytes, with its hyphen
constexpr std::size_t kLongestHost = 7;      // bytes of the part of a verb that the list knows
constexpr std::size_t kLongestWord = 64;     // bytes; no verb with its pronouns comes near it

bool starts_character(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

// A part of a contraction in the letters of the surface: "Del" gives "De", "DEL" gives "DE".
std::string in_case_of(std::string_view surface, std::string_view part, bool first) {
  const Decoded c = decode_utf8(surface, 0);
  if (!is_upper(c.code_point)) return std::string(part);
  const bool all = surface.size() > c.length && is_upper(decode_utf8(surface, c.length).code_point);
  if (all) return upper(part);
  if (!first || part.empty()) return std::string(part);
  return upper(part.substr(0, 1)) + std::string(part.substr(1));
}

// The last `count` characters.
std::string_view tail(std::string_view word, std::size_t count) {
  std::size_t at = word.size();
  while (at > 0 && count > 0) {
    --at;
    if (starts_character(word, at)) --count;
  }
  return word.substr(at);
}

class Splitter {
 public:
  Splitter(std::string_view text, Span span, const Words& words, std::vector<RawToken>& out)
      : form_(span.of(text)), lower_(to_lower(form_)), span_(span), words_(words), out_(out) {}

  bool contraction(const Neighbours& around) {
    const Contraction* known = words_.contraction(form_);
    if (known == nullptr || known->parts.size() < 2) return false;
    if (words_.is_ambiguous(lower_) && score(around) < 0) return false;
    const bool own =
        known->cut > 0 && known->parts.size() == 2 && known->cut < form_.size() && starts_character(form_, known->cut);
    const std::uint32_t cut = span_.start + known->cut;
    for (std::size_t i = 0; i < known->parts.size(); ++i) {
      Span part = span_;
      if (own) part = i == 0 ? Span{span_.start, cut} : Span{cut, span_.end};
      emit(part, in_case_of(form_, known->parts[i], i == 0));
    }
    return close();
  }

  // "fazê-lo", "apresenta-se-lhe", "dir-lhe-ia".
  bool behind_hyphens() {
    std::size_t host = lower_.rfind('-');
    if (host == std::string::npos || host == 0 || lower_.size() != form_.size()) return false;
    std::string_view rest;
    if (words_.is(WordKind::ending, view(host + 1))) {
      rest = std::string_view(form_).substr(host + 1);
      const std::size_t before = lower_.rfind('-', host - 1);
      if (before == std::string::npos || before == 0 ||
          !words_.is(WordKind::enclitic, view(before).substr(0, host - before)))
        return false;
      emit(span_, std::string(form_.substr(0, before)) + std::string(rest));
      emit(span_, std::string(form_.substr(before + 1, host - before - 1)));
      return close();
    }
    std::size_t cuts[kMaxEnclitics];
    std::size_t count = 0, end = lower_.size();
    while (count < kMaxEnclitics && host != std::string::npos && host > 0 && end - host <= kLongestEnclitic &&
           words_.is(WordKind::enclitic, view(host).substr(0, end - host))) {
      cuts[count++] = end = host;
      host = lower_.rfind('-', host - 1);
    }
    if (count == 0) return false;
    emit({span_.start, at(end)}, std::string(form_.substr(0, end)));
    for (std::size_t i = count; i-- > 0;) {
      const std::size_t last = i == 0 ? form_.size() : cuts[i - 1];
      emit({at(cuts[i]), at(last)}, std::string(form_.substr(cuts[i] + 1, last - cuts[i] - 1)));
    }
    return close();
  }

  // "darse", "dándoselo".
  bool behind_verb() {
    if (lower_.size() != form_.size()) return false;
    std::size_t cuts[kMaxEnclitics];
    return verb(lower_.size(), cuts, 0);
  }

 private:
  std::string_view view(std::size_t from) const { return std::string_view(lower_).substr(from); }
  std::uint32_t at(std::size_t offset) const { return span_.start + static_cast<std::uint32_t>(offset); }

  float score(const Neighbours& around) const {
    const std::string before = to_lower(around.before), next = to_lower(around.next);
    float sum = words_.lean(lower_, "always");
    sum += words_.lean(lower_, "b:" + before) + words_.lean(lower_, "n:" + next);
    for (const std::size_t length : {1U, 2U, 3U}) {
      sum += words_.lean(lower_, "e:" + std::string(tail(before, length)));
      sum += words_.lean(lower_, "m:" + std::string(tail(next, length)));
    }
    return sum;
  }

  // The form of the verb that ends at `end`; empty when the list knows no such verb.
  std::string verb_form(std::size_t end) const {
    const std::string_view stem = std::string_view(lower_).substr(0, end);
    for (std::size_t length = std::min(kLongestHost, end); length >= 2; --length) {
      if (!starts_character(stem, end - length)) continue;
      const std::string_view plain = words_.host(stem.substr(end - length));
      if (!plain.empty()) return std::string(form_.substr(0, end - length)) + std::string(plain);
    }
    return {};
  }

  bool verb(std::size_t end, std::size_t* cuts, std::size_t count) {
    for (std::size_t length = 2; length <= kLongestEnclitic && length + 1 < end; ++length) {
      const std::size_t cut = end - length;
      if (!starts_character(lower_, cut) ||
          !words_.is(WordKind::enclitic, std::string_view(lower_).substr(cut, length)))
        continue;
      cuts[count] = cut;
      if (std::string form = verb_form(cut); !form.empty()) {
        emit({span_.start, at(cut)}, std::move(form));
        for (std::size_t i = count + 1; i-- > 0;) {
          const std::size_t last = i == 0 ? form_.size() : cuts[i - 1];
          emit({at(cuts[i]), at(last)}, {});
        }
        return close();
      }
      if (count + 1 < kMaxEnclitics && verb(cut, cuts, count + 1)) return true;
    }
    return false;
  }

  void emit(Span span, std::string form) {
    RawToken token;
    token.span = span;
    token.form = std::move(form);
    out_.push_back(std::move(token));
    ++emitted_;
  }
  bool close() {
    out_[out_.size() - emitted_].multiword = static_cast<std::uint16_t>(emitted_);
    return true;
  }

  std::string_view form_;
  std::string lower_;
  Span span_;
  const Words& words_;
  std::vector<RawToken>& out_;
  std::size_t emitted_ = 0;
};

}  // namespace

bool split_multiword(std::string_view text, Span span, const Neighbours& around, const Words& words,
                     std::vector<RawToken>& out) {
  if (span.length() < 2 || span.length() > kLongestWord || words.is(WordKind::whole, span.of(text))) return false;
  Splitter splitter(text, span, words, out);
  if (splitter.contraction(around) || splitter.behind_hyphens()) return true;
  // Inside a sentence a capital begins a name ("Ugarte"), not a verb.
  const bool inside = !around.before.empty() && is_letter(decode_utf8(around.before, 0).code_point);
  return !(inside && is_upper(decode_utf8(span.of(text), 0).code_point)) && splitter.behind_verb();
}

}  // namespace casus::detail
