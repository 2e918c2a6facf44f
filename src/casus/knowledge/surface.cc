// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr double kShouting = 0.6;  // share of capitals among letters from which case is no evidence

}  // namespace

std::optional<std::vector<std::string>> Lexicon::sectors(std::string_view kind, std::string_view folded) const {
  const auto found = knowledge_.lookup(std::string{kind} + ":" + language_, folded);
  if (!found) return std::nullopt;
  std::vector<std::string> out;
  for (std::string_view rest = *found; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

Surface::Surface(const Sentence& s, std::string_view article_text) : sentence(&s), text(article_text), tree(s) {
  std::size_t letters = 0, capitals = 0;
  form.reserve(s.tokens.size());
  lemma.reserve(s.tokens.size());
  for (const Token& t : s.tokens) {
    form.push_back(fold_name(t.form));
    const bool lemmatised = !t.lemma.empty() && t.lemma != "_";
    lemma.push_back(lemmatised ? fold_name(t.lemma) : form.back());
    // Without a model's lemma the commonest plural is undone; irregular ones stand in the lists themselves.
    if (!lemmatised && t.upos == Upos::NOUN && form.back().size() > 3 && form.back().ends_with('s'))
      lemma.back().pop_back();
    if (t.head >= 0) parsed = true;
    for (std::size_t i = 0; i < t.form.size();) {
      const Decoded d = decode_utf8(t.form, i);
      i += d.length;
      letters += is_letter(d.code_point) ? 1U : 0U;
      capitals += is_upper(d.code_point) ? 1U : 0U;
    }
  }
  shouting = static_cast<double>(capitals) > kShouting * static_cast<double>(letters);
  name_of.assign(s.tokens.size(), -1);
  for (std::size_t n = 0; n < s.names.size(); ++n) {
    for (std::uint32_t i = s.names[n].first; i < s.names[n].last && i < size(); ++i) name_of[i] = static_cast<int>(n);
  }
}

Span Surface::span(std::uint32_t first, std::uint32_t last) const {
  if (first >= last || last > size()) return {};
  return {token(first).span.start, std::max(token(last - 1).span.end, token(first).span.start)};
}

std::string Surface::folded(std::uint32_t first, std::uint32_t last) const {
  if (last == first + 1) return form[first];
  return fold_name(quote(first, last));  // "Secretary-General" keeps its hyphen however it was cut into tokens
}

std::string Surface::folded_lemma(std::uint32_t first, std::uint32_t last) const {
  if (last == first + 1) return lemma[first];
  return folded(first, last - 1) + (token(last - 2).space_after ? " " : "") + lemma[last - 1];
}

bool Surface::capitalised(std::uint32_t i) const {
  return !token(i).form.empty() && is_upper(decode_utf8(token(i).form, 0).code_point);
}

bool Surface::nominal(std::uint32_t i) const {
  switch (token(i).upos) {
    case Upos::NOUN:
    case Upos::PROPN:
    case Upos::ADJ:
    case Upos::NUM:
      return true;
    case Upos::VERB:
      return tree.relation_is(i, "amod");  // "armed", "masked"
    case Upos::X:
      return !parsed;
    default:
      return false;
  }
}

std::uint32_t Surface::head(const Chunk& chunk) const {
  std::uint32_t best = chunk.last - 1;
  bool found = false;
  for (std::uint32_t i = chunk.from; parsed && i < chunk.to; ++i) {
    const std::int32_t h = tree.head(i);
    if (h >= static_cast<std::int32_t>(chunk.from) && h < static_cast<std::int32_t>(chunk.to)) continue;
    if (token(i).upos == Upos::PUNCT || token(i).upos == Upos::ADP || token(i).upos == Upos::DET) continue;
    const bool core = i >= chunk.first && i < chunk.last;
    if (!found || core) best = i;
    if (core) return best;
    found = true;
  }
  return best;
}

}  // namespace casus::detail
