// SPDX-License-Identifier: Apache-2.0
// Names in a sentence: those that the model marked and those that the knowledge knows, by longest match over tokens.
//
// A gazetteer hit is no mention by itself: "Of" and "Police" are towns. So matches start at a capital; a single word
// must be tagged as a name (or carry a demonym); words of the list common_word count as places only where the model
// says so; and a hit inside a longer name that the model marked gives way to it unless the knowledge knows the longer
// one.
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::uint32_t kMaxTokens =
    10;  // of a name; "Office of the United Nations High Commissioner for Human Rights" has ten
constexpr std::size_t kMaxReadings = 24;
constexpr std::size_t kShortAcronym = 4;  // bytes
constexpr std::uint32_t kMaxTitle = 4;    // tokens
constexpr std::size_t kSmallLetters = 3;  // bytes
constexpr std::size_t kLetters = 5;       // bytes
constexpr float kTownPrior =
    4.3F;  // a place of 20,000 people; smaller ones are believed only where the model sees a place
constexpr float kKnownCity = 6.0F;  // a city of a million: "Munich Regional Court" is German

struct Match {
  std::uint32_t first = 0, last = 0;
  std::vector<Candidate> candidates;
};

// "tropas rusas", "los franceses": Spanish and its like write nationalities small.
bool small_nationality(const Surface& s, std::uint32_t i, const Lexicon& lexicon) {
  const Upos tag = s.token(i).upos;
  return (tag == Upos::ADJ || tag == Upos::NOUN || tag == Upos::PROPN) && !s.capitalised(i) &&
         lexicon.has("small_nationality", lexicon.language());
}

bool starts_name(const Surface& s, std::uint32_t i, const Lexicon& lexicon) {
  const std::string& word = s.token(i).form;
  if (word.empty()) return false;
  if (s.capitalised(i) || is_digit(decode_utf8(word, 0).code_point)) return true;
  if (small_nationality(s, i, lexicon)) return true;
  // "al-Shabaab", "bin Laden", "anti-balaka": small letters first, then a capital or a hyphen.
  const std::size_t dash = word.find('-');
  if (dash != std::string::npos && dash + 1 < word.size()) return is_upper(decode_utf8(word, dash + 1).code_point);
  return lexicon.has("name_particle", s.form[i]) && i + 1 < s.size() &&
         (s.capitalised(i + 1) || s.token(i + 1).form == "-");
}

bool sentence_start(const Surface& s, std::uint32_t i) {
  for (std::uint32_t k = 0; k < i; ++k) {
    if (s.token(k).upos != Upos::PUNCT && s.token(k).upos != Upos::SYM) return false;
  }
  return true;
}

bool small_letters(std::string_view form) {
  return form.size() <= kSmallLetters &&
         std::all_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool all_capitals(std::string_view word) {
  std::size_t capitals = 0;
  for (std::size_t i = 0; i < word.size();) {
    const Decoded d = decode_utf8(word, i);
    i += d.length;
    if (is_letter(d.code_point) && !is_upper(d.code_point)) return false;
    capitals += is_upper(d.code_point) ? 1U : 0U;
  }
  return capitals > 1;
}

// The model's word on token i.
bool model_says(const Surface& s, std::uint32_t i, NameKind kind) {
  return s.name_of[i] >= 0 && s.sentence->names[static_cast<std::size_t>(s.name_of[i])].kind == kind;
}

bool nationality(const Candidate& c) {
  return c.sense == "adjective" || c.sense == "demonym";
}

// Readings of one word that its case, tag and place in the sentence allow.
void guard(const Surface& s, Match& m, const Lexicon& lexicon) {
  // "Southern District", "Northern Province", "the North": every country has one.
  bool bearings = true;
  for (std::uint32_t i = m.first; i < m.last; ++i) {
    bearings = bearings && (lexicon.has("direction", s.form[i]) || lexicon.has("admin_suffix", s.form[i]));
  }
  if (bearings) std::erase_if(m.candidates, [](const Candidate& c) { return c.kind == EntityKind::place; });
  if (m.last - m.first != 1) return;
  const Token& t = s.token(m.first);
  const bool tagged = t.upos != Upos::X;
  const bool name = s.name_of[m.first] >= 0;
  const bool capitals = !s.shouting && all_capitals(t.form);
  const bool proper = t.upos == Upos::PROPN || capitals || (!tagged && !sentence_start(s, m.first));
  const bool common = lexicon.has("common_word", s.form[m.first]);
  const bool verbal =
      t.upos == Upos::VERB || t.upos == Upos::AUX || t.upos == Upos::ADP || t.upos == Upos::DET || t.upos == Upos::PRON;
  // "May 8", "8 May"
  const bool number_near = (m.last < s.size() && s.token(m.last).upos == Upos::NUM) ||
                           (m.first > 0 && s.token(m.first - 1).upos == Upos::NUM);
  const bool dated = number_near && lexicon.has("month", s.form[m.first]);
  const bool local = !common && m.last < s.size() && s.capitalised(m.last) && lexicon.has("local_body", s.form[m.last]);
  const bool location = local || model_says(s, m.first, NameKind::location);
  const bool letters =
      !s.shouting && t.form.size() <= kLetters && all_capitals(t.form);  // "NGO" is not the town of Ngo
  const bool small = !s.capitalised(m.first) && small_nationality(s, m.first, lexicon);
  std::erase_if(m.candidates, [&](const Candidate& c) {
    if (c.sense == "acronym") {
      const bool brief = t.form.size() <= kShortAcronym;
      return brief && (s.shouting || (verbal && common && !name));
    }
    if (verbal && !name) return true;
    if (nationality(c)) return !s.capitalised(m.first) && !small;
    if (small) return true;
    if (c.kind == EntityKind::person) {
      if (dated && c.sense != "canon") return true;
      return common ? !model_says(s, m.first, NameKind::person) : !name && !proper;
    }
    if (is_place(c)) {
      // "al-Tanf" is not the town of Ål: a name of a few small letters is part of another.
      if (!s.capitalised(m.first) && m.last == m.first + 1 && small_letters(t.form)) return true;
      if (location) return false;
      const bool minor = c.kind == EntityKind::place && (c.score < kTownPrior || c.feature == "ADM2");
      const bool noun = tagged && t.upos == Upos::NOUN && !sentence_start(s, m.first);
      return common || letters || minor || !(proper || name || noun);
    }
    if (common) return !name;
    return sentence_start(s, m.first) ? !(proper || name) : !(name || s.capitalised(m.first));
  });
}

// The longest name that starts at token i, or the longest before which the tokens stop agreeing with any name.
Match longest(const Surface& s, std::uint32_t i, const Lexicon& lexicon, Date on) {
  Match best;
  if (!starts_name(s, i, lexicon)) return best;
  const std::uint32_t most = small_nationality(s, i, lexicon) ? 1 : kMaxTokens;
  for (std::uint32_t last = i + 1; last <= s.size() && last - i <= most; ++last) {
    const std::string_view quote = s.quote(i, last);
    const std::string folded = fold_name(quote);
    if (!lexicon.knowledge().is_prefix(folded)) break;
    std::vector<Candidate> found =
        lexicon.knowledge().find(quote, {.on = on, .language = lexicon.language(), .limit = kMaxReadings});
    if (found.empty()) continue;
    // The next token must not go on with the same word: "Niger" in "Niger-Delta" is another name, "Iran" in
    // "Iran-backed" is not.
    Match m{i, last, std::move(found)};
    guard(s, m, lexicon);
    if (!m.candidates.empty()) best = std::move(m);
  }
  return best;
}

Chunk to_chunk(const Surface& s, std::uint32_t sentence, Match m) {
  Chunk c;
  c.sentence = sentence;
  c.first = c.from = m.first;
  c.last = c.to = m.last;
  c.candidates = std::move(m.candidates);
  c.model = s.name_of[m.first] >= 0;
  const Candidate& top = c.candidates.front();
  const std::uint32_t after = m.last;
  const bool noun_follows = after < s.size() && s.capitalised(m.first) &&
                            (s.token(after).upos == Upos::NOUN || s.token(after).upos == Upos::ADJ ||
                             (s.token(after).upos == Upos::PROPN && s.capitalised(after)));
  if (nationality(top)) {
    const bool both =
        std::any_of(c.candidates.begin(), c.candidates.end(),
                    [](const Candidate& o) { return o.sense == "adjective"; }) &&
        std::any_of(c.candidates.begin(), c.candidates.end(), [](const Candidate& o) { return o.sense == "demonym"; });
    // "Russian" before a noun, or tagged as an adjective with a head of its own, describes; else it names people.
    const bool describes = noun_follows || (s.token(m.first).upos == Upos::ADJ && s.tree.relation_is(m.first, "amod"));
    c.form = (both ? describes : top.sense == "adjective") ? ChunkForm::adjective : ChunkForm::demonym;
  } else if (top.kind == EntityKind::person) {
    c.form = ChunkForm::person;
  }
  return c;
}

// Whether the first word of an organisation's name tells its country: "Iranian", "Ukraine", "Munich".
bool says_country(const Candidate& c) {
  return nationality(c) || c.kind == EntityKind::country || (c.kind == EntityKind::place && c.score > kKnownCity);
}

bool has_capital(const Surface& s, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t i = first; i < last; ++i) {
    if (s.capitalised(i)) return true;
  }
  return false;
}

// A model's name that the knowledge does not list as a whole.
Chunk unknown_name(const Surface& s, std::uint32_t sentence, const Name& name) {
  Chunk c;
  c.sentence = sentence;
  c.first = c.from = name.first;
  c.last = c.to = std::min(name.last, s.size());
  c.model = true;
  c.form = name.kind == NameKind::person     ? ChunkForm::person
           : name.kind == NameKind::location ? ChunkForm::place
                                             : ChunkForm::organisation;
  return c;
}

// "Jr." after the name belongs to it.
void take_suffix(const Surface& s, const Lexicon& lexicon, Chunk& c) {
  if (c.form != ChunkForm::person || c.last >= s.size() || s.name_of[c.last] >= 0) return;
  const std::uint32_t at = s.form[c.last] == "," ? c.last + 1 : c.last;
  if (at < s.size() && s.capitalised(at) && lexicon.has("name_suffix", s.form[at])) c.last = c.to = at + 1;
}

// Where the person begins in a name that the model took together with the title: "UN Secretary General António
// Guterres".
std::uint32_t after_title(const Surface& s, const Name& name, const Lexicon& lexicon, Date on) {
  const std::uint32_t last = std::min(name.last, s.size());
  for (std::uint32_t begin = name.first + 1; begin + 1 < last; ++begin) {
    const Match m = longest(s, begin, lexicon, on);
    const bool person = m.last == last && m.last - m.first > 1 && m.candidates.front().kind == EntityKind::person;
    if (person) return begin;
  }
  if (name.kind != NameKind::person) return name.first;
  for (std::uint32_t begin = last - 1; begin > name.first; --begin) {
    for (std::uint32_t k = 1; k <= kMaxTitle && k <= begin - name.first; ++k) {
      if (!lexicon.sectors("title", s.folded(begin - k, begin))) continue;
      // "Robert Bishop Jr.": a surname between a given name and what follows.
      const bool surname = k == 1 && begin - k > name.first && lexicon.has("surname_title", s.form[begin - 1]);
      if (!surname && !lexicon.has("name_suffix", s.form[begin])) return begin;
    }
  }
  return name.first;
}

// "northern Ukraine", "the city of Kharkiv": the known part says where.
bool only_qualifiers(const Surface& s, std::uint32_t first, std::uint32_t last, const Lexicon& lexicon) {
  for (std::uint32_t i = first; i < last; ++i) {
    const bool ok = lexicon.has("direction", s.form[i]) || lexicon.has("determiner", s.form[i]) ||
                    lexicon.has("city_noun", s.folded(i, std::min(i + 2, last)));
    if (!ok && s.token(i).upos != Upos::ADP && s.token(i).upos != Upos::PUNCT) return false;
  }
  return true;
}

// "Donetsk and Lugansk People's Republics": the words that follow the second name belong to the first one too.
void share_tail(const Surface& s, const Lexicon& lexicon, Date on, std::vector<Chunk>& chunks) {
  for (std::size_t i = 0; i + 1 < chunks.size(); ++i) {
    Chunk& first = chunks[i];
    const Chunk& second = chunks[i + 1];
    if (first.last - first.first != 1 || second.first != first.last + 1 || s.form[first.last] != "and" ||
        second.last - second.first < 2)
      continue;
    if (first.form != ChunkForm::name || second.form != ChunkForm::name ||
        second.candidates.front().kind == EntityKind::person)
      continue;
    const std::string tail = " " + std::string{s.quote(second.first + 1, second.last)};
    const FindOptions options{.on = on, .language = lexicon.language(), .limit = kMaxReadings};
    std::vector<Candidate> found =
        lexicon.knowledge().find(std::string{s.quote(first.first, first.last)} + tail, options);
    if (found.empty() && tail.ends_with('s')) {
      found = lexicon.knowledge().find(std::string{s.quote(first.first, first.last)} + tail.substr(0, tail.size() - 1),
                                       options);
    }
    std::erase_if(found, [&](const Candidate& c) { return c.kind != second.candidates.front().kind; });
    if (!found.empty()) first.candidates = std::move(found);
  }
}

// "MP", "Parliament", "Interior Ministry": the model's name is a noun that describes a party.
bool only_describes(const Surface& s, const Name& name, std::uint32_t last, const Lexicon& lexicon) {
  return (name.kind == NameKind::organisation || name.kind == NameKind::other) && last - name.first <= kMaxTitle &&
         lexicon.sectors("agent", s.folded(name.first, last)).has_value();
}

// "King Felipe of Spain", taken for an organisation: where the person ends; name.first when it is none.
std::uint32_t titled_person_end(const Surface& s, const Name& name, std::uint32_t last, const Lexicon& lexicon) {
  if (name.kind == NameKind::person || last - name.first < 4 || !lexicon.has("surname_title", s.form[name.first]))
    return name.first;
  for (std::uint32_t i = name.first + 2; i < last; ++i) {
    if (s.form[i] == "of") return i;
  }
  return name.first;
}

// "Supreme Court of Mexico", "Bank of England": the country at the end of an unlisted body's name.
std::vector<Candidate> country_within(const Surface& s, const Chunk& c, const Lexicon& lexicon, Date on) {
  for (std::uint32_t i = c.first + 1; i + 1 < c.last; ++i) {
    if (s.form[i] != "of" && s.form[i] != "for" && s.form[i] != "in") continue;
    const std::uint32_t at = s.token(i + 1).upos == Upos::DET && i + 2 < c.last ? i + 2 : i + 1;
    Match m = longest(s, at, lexicon, on);
    if (m.candidates.empty() || m.last != c.last) continue;
    std::erase_if(m.candidates, [](const Candidate& x) { return !says_country(x) && x.feature != "ADM1"; });
    if (!m.candidates.empty()) return std::move(m.candidates);
  }
  return {};
}

// "Ohio Department of Education", "Athens Police", "University of Kentucky": the place inside an unlisted body's name.
// Its chunk stands after the body's and is a place only.
void places_within(const Surface& s, std::uint32_t sentence, std::uint32_t first, std::uint32_t last,
                   const Lexicon& lexicon, Date on, std::vector<Chunk>& out) {
  for (std::uint32_t i = first; i < last;) {
    Match m = longest(s, i, lexicon, on);
    const bool fits = !m.candidates.empty() && m.last <= last && !(m.first == first && m.last == last) &&
                      is_place(m.candidates.front());
    const bool placed = fits && (i == first || m.candidates.front().score >= kTownPrior);
    if (!placed) {
      ++i;
      continue;
    }
    Chunk c = to_chunk(s, sentence, std::move(m));
    c.form = ChunkForm::name;
    c.part_of_name = true;
    std::erase_if(c.candidates, [](const Candidate& x) { return !is_place(x); });
    i = c.last;
    out.push_back(std::move(c));
  }
}

}  // namespace

bool is_place(const Candidate& c) {
  return (c.kind == EntityKind::place || c.kind == EntityKind::country || c.kind == EntityKind::region) &&
         !nationality(c) && c.sense != "government";
}

std::vector<Chunk> scan(const Surface& s, std::uint32_t sentence, const Lexicon& lexicon, Date on) {
  std::vector<Chunk> out;
  std::uint32_t i = 0;
  while (i < s.size()) {
    // "Friday" is nobody and nowhere, whatever the model says.
    const int n = s.name_of[i];
    const Name* name = n >= 0 ? &s.sentence->names[static_cast<std::size_t>(n)] : nullptr;
    const bool starts = name != nullptr && name->first == i;
    const std::uint32_t name_last = name != nullptr ? std::min(name->last, s.size()) : i;
    Match m = longest(s, i, lexicon, on);
    const bool word =
        starts && ((name_last == i + 1 && lexicon.has("common_word", s.form[i])) || !has_capital(s, i, name_last));
    if (m.candidates.empty() && word) {
      ++i;
      continue;
    }
    if (m.candidates.empty() && starts && only_describes(s, *name, name_last, lexicon)) {
      i = name_last;
      continue;
    }
    if (const std::uint32_t end = starts && m.last < name_last ? titled_person_end(s, *name, name_last, lexicon) : i;
        end > i) {
      out.push_back(unknown_name(s, sentence, {i + 1, end, NameKind::person}));
      i = end;
      continue;
    }
    if (starts && m.last < name_last) {
      const bool known = !m.candidates.empty();
      // A nationality in front of the rest, or qualifiers after a place, do not make another name.
      if (known && m.last > m.first &&
          ((nationality(m.candidates.front()) && name->kind != NameKind::organisation) ||
           only_qualifiers(s, m.last, name_last, lexicon))) {
        out.push_back(to_chunk(s, sentence, std::move(m)));
        i = out.back().last;
        continue;
      }
      std::uint32_t inner = i + 1;
      while (!known && name->kind != NameKind::person && inner < name_last && only_qualifiers(s, i, inner, lexicon)) {
        Match rest = longest(s, inner, lexicon, on);
        if (!rest.candidates.empty() && rest.last >= name_last) {
          m = std::move(rest);
          break;
        }
        ++inner;
      }
      // "US Secretary" of "US Secretary of State John Kerry" is a title that the model cut off.
      if (name->kind == NameKind::person && lexicon.sectors("title", s.form[name_last - 1])) {
        if (!known) {
          ++i;
          continue;
        }
        if (m.last < name_last) {
          out.push_back(to_chunk(s, sentence, std::move(m)));
          i = out.back().last;
          continue;
        }
      }
      if (m.candidates.empty() || m.last < name_last) {
        if (const std::uint32_t begin = after_title(s, *name, lexicon, on); begin > i) {
          Match rest = longest(s, begin, lexicon, on);
          if (!rest.candidates.empty() && rest.last >= name_last) {
            out.push_back(to_chunk(s, sentence, std::move(rest)));
          } else {
            out.push_back(unknown_name(s, sentence, {begin, name_last, NameKind::person}));
          }
          i = out.back().last;
          continue;
        }
        out.push_back(unknown_name(s, sentence, *name));
        if (name->kind == NameKind::organisation && !known)
          out.back().candidates = country_within(s, out.back(), lexicon, on);
        if (known && says_country(m.candidates.front())) out.back().candidates = std::move(m.candidates);
        if (name->kind != NameKind::person) places_within(s, sentence, i, name_last, lexicon, on, out);
        i = name_last;
        continue;
      }
    }
    if (m.candidates.empty()) {
      if (starts) {
        out.push_back(unknown_name(s, sentence, *name));
        if (name->kind == NameKind::organisation) out.back().candidates = country_within(s, out.back(), lexicon, on);
        if (name->kind != NameKind::person) places_within(s, sentence, i, name_last, lexicon, on, out);
        i = name_last;
      } else {
        ++i;
      }
      continue;
    }
    out.push_back(to_chunk(s, sentence, std::move(m)));
    Chunk& c = out.back();
    // "Paris Hilton", "Boston Marathon": followed by another capitalised name word that hangs on to it.
    const std::uint32_t after = c.last;
    if (c.form == ChunkForm::name && is_place(c.candidates.front()) && after < s.size() && s.capitalised(after) &&
        s.token(after).upos == Upos::PROPN && s.parsed &&
        (s.tree.head(c.last - 1) == static_cast<std::int32_t>(after) ||
         s.tree.head(after) == static_cast<std::int32_t>(c.first))) {
      c.part_of_name = true;
    }
    i = c.last;
  }
  // "SC" is South Carolina only after a place and a comma.
  for (std::size_t k = out.size(); k-- > 0;) {
    const Chunk& c = out[k];
    if (c.candidates.empty() || c.candidates.front().sense != "acronym" || c.candidates.front().feature != "ADM1")
      continue;
    const bool placed = k > 0 && c.first > 0 && s.form[c.first - 1] == "," && out[k - 1].last == c.first - 1 &&
                        out[k - 1].form == ChunkForm::name;
    if (!placed && s.token(c.first).form.size() <= 2) out.erase(out.begin() + static_cast<std::ptrdiff_t>(k));
  }
  share_tail(s, lexicon, on, out);
  for (Chunk& c : out) take_suffix(s, lexicon, c);
  return out;
}

}  // namespace casus::detail
