// SPDX-License-Identifier: Apache-2.0
// Phrases around names and nouns: "Russian President Vladimir Putin", "political scientist Walter Molina Galdi",
// "Walter Molina, a political scientist,", "the Venezuelan army", "the army of Ukraine", "protesters in Minsk".
//
// All of it goes by neighbouring tokens and their tags, not by the tree: a wrong arc must not lose a title. The tree is
// asked only whether a noun heads its phrase.
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>

namespace casus::detail {

namespace {

constexpr std::uint32_t kMaxPhrase = 4;       // tokens of a title or an agent noun phrase
constexpr std::uint32_t kMaxModifiers = 8;    // tokens before the noun
constexpr std::uint32_t kMaxApposition = 10;  // tokens after the comma

int ending_at(const std::vector<Chunk>& chunks, std::uint32_t token) {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].to == token) return static_cast<int>(i);
  }
  return -1;
}

int starting_at(const std::vector<Chunk>& chunks, std::uint32_t token) {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].from == token) return static_cast<int>(i);
  }
  return -1;
}

bool inside(const std::vector<Chunk>& chunks, std::uint32_t token) {
  return std::any_of(chunks.begin(), chunks.end(), [&](const Chunk& c) { return c.from <= token && token < c.to; });
}

struct Phrase {
  std::uint32_t first = 0, last = 0;
  std::string text;
  std::vector<std::string> sectors;
};

std::optional<Phrase> listed(const Surface& s, std::uint32_t first, std::uint32_t last, const Lexicon& lexicon,
                             std::initializer_list<std::string_view> kinds) {
  for (const std::string& text : {s.folded(first, last), s.folded_lemma(first, last)}) {
    for (const std::string_view kind : kinds) {
      if (auto sectors = lexicon.sectors(kind, text)) return Phrase{first, last, text, std::move(*sectors)};
    }
  }
  return std::nullopt;
}

bool former(const Surface& s, std::uint32_t i, const Lexicon& lexicon) {
  return lexicon.has("former", s.form[i]);
}

// Walks left from `from` over modifiers of the phrase that starts there; takes an owner where one stands. Returns the
// new start.
std::uint32_t modifiers(const Surface& s, std::uint32_t from, const Lexicon& lexicon, std::vector<Chunk>& chunks,
                        Chunk& target) {
  const std::uint32_t limit = from > kMaxModifiers ? from - kMaxModifiers : 0;
  while (from > limit) {
    const std::uint32_t p = from - 1;
    const int owner = ending_at(chunks, from);
    if (owner >= 0) {
      Chunk& c = chunks[static_cast<std::size_t>(owner)];
      if (c.consumed || target.owner >= 0 || c.form == ChunkForm::agent) break;
      target.owner = owner;
      from = c.from;
      continue;
    }
    if (possessive(s, p) && p > limit) {
      const int whose = ending_at(chunks, p);
      if (whose < 0 || target.owner >= 0) break;
      target.owner = whose;
      from = chunks[static_cast<std::size_t>(whose)].from;
      break;
    }
    if (former(s, p, lexicon)) {
      target.former = true;
      from = p;
      continue;
    }
    const bool conjunction =
        s.token(p).upos == Upos::SCONJ || s.token(p).upos == Upos::CCONJ || s.token(p).upos == Upos::ADP;
    if (s.token(p).upos == Upos::DET || (!conjunction && lexicon.has("determiner", s.form[p]))) {
      from = p;
      break;
    }
    const bool hyphen = s.form[p] == "-" && p > limit && !s.token(p).space_after && !s.token(p - 1).space_after;
    if (!hyphen && !s.nominal(p)) break;
    // "the way judges are appointed": a noun that does not hang on to what follows is another phrase.
    const bool apart =
        s.parsed && s.token(p).upos == Upos::NOUN &&
        (s.tree.head(p) < static_cast<std::int32_t>(p) || s.tree.head(p) >= static_cast<std::int32_t>(target.last));
    if (apart && !s.tree.relation_is(p, "root")) break;
    const bool digits = s.token(p).upos == Upos::NUM && s.form[p].front() >= '0' && s.form[p].front() <= '9';
    // A year belongs to what went before, and no number to a person.
    if (digits && (s.form[p].size() >= 4 || target.form == ChunkForm::person)) break;
    if (!hyphen && !lexicon.has("neutral_modifier", s.lemma[p])) {
      // "opposition lawmakers": the modifier's sectors come first; "rebel forces": they are all there is to know.
      const bool noun = s.token(p).upos == Upos::NOUN;
      if (const auto more = lexicon.sectors("agent", noun ? s.lemma[p] : s.form[p]);
          more && s.token(p).upos != Upos::NUM) {
        if (target.generic) {
          target.sectors = *more;
          target.generic = false;
        } else {
          for (auto it = more->rbegin(); it != more->rend(); ++it) {
            if (std::find(target.sectors.begin(), target.sectors.end(), *it) == target.sectors.end())
              target.sectors.insert(target.sectors.begin(), *it);
          }
        }
      }
    }
    from = p;
  }
  while (from < target.first && s.form[from] == "-") ++from;
  return from;
}

// "Venezuelan and Russian governments": the first adjective has the same head.
void share_head(const Surface& s, std::vector<Chunk>& chunks, const Chunk& agent) {
  if (agent.owner < 0) return;
  std::uint32_t at = chunks[static_cast<std::size_t>(agent.owner)].from;
  while (at >= 2 && (s.form[at - 1] == "and" || s.form[at - 1] == "or" || s.form[at - 1] == ",")) {
    const int other = ending_at(chunks, at - 1);
    if (other < 0 || chunks[static_cast<std::size_t>(other)].form != ChunkForm::adjective) return;
    Chunk& c = chunks[static_cast<std::size_t>(other)];
    c.sectors = agent.sectors;
    c.title = agent.title;
    c.why = "shares its noun with another nationality";
    at = c.from;
  }
}

// The title before a person's name, with what stands before that.
void title_before(const Surface& s, const Lexicon& lexicon, std::vector<Chunk>& chunks, std::size_t index) {
  Chunk& c = chunks[index];
  std::uint32_t end = c.first;
  // "the president of Venezuela Nicolás Maduro"
  int of = ending_at(chunks, end);
  if (of >= 0 &&
      (chunks[static_cast<std::size_t>(of)].form != ChunkForm::name || chunks[static_cast<std::size_t>(of)].from < 2 ||
       s.form[chunks[static_cast<std::size_t>(of)].from - 1] != "of")) {
    of = -1;
  }
  if (of >= 0) end = chunks[static_cast<std::size_t>(of)].from - 1;
  for (std::uint32_t k = std::min(kMaxPhrase, end); k > 0; --k) {
    if (inside(chunks, end - k) || inside(chunks, end - 1)) continue;
    const auto phrase = listed(s, end - k, end, lexicon, {"title", "occupation", "agent"});
    if (!phrase) continue;
    Chunk built = c;
    built.title = phrase->text;
    built.sectors = phrase->sectors;
    built.owner = of;
    built.from = modifiers(s, phrase->first, lexicon, chunks, built);
    built.why = "title \"" + phrase->text + '"';
    c = std::move(built);
    if (c.owner >= 0) chunks[static_cast<std::size_t>(c.owner)].consumed = true;
    return;
  }
  // "Venezuela's Nicolás Maduro", "Russian Vladimir Putin"
  const int near = ending_at(chunks, c.first);
  if (near >= 0 && chunks[static_cast<std::size_t>(near)].form == ChunkForm::adjective) {
    c.owner = near;
    c.from = chunks[static_cast<std::size_t>(near)].from;
    chunks[static_cast<std::size_t>(near)].consumed = true;
  } else if (c.first >= 2 && possessive(s, c.first - 1)) {
    c.owner = ending_at(chunks, c.first - 1);
  }
}

// "Walter Molina, a political scientist," and "Walter Molina (a political scientist)".
void apposition_after(const Surface& s, const Lexicon& lexicon, const std::vector<Chunk>& chunks, Chunk& c) {
  if (!c.title.empty() || c.to + 1 >= s.size() || (s.form[c.to] != "," && s.form[c.to] != "(")) return;
  const std::uint32_t end = std::min<std::uint32_t>(s.size(), c.to + 1 + kMaxApposition);
  for (std::uint32_t i = c.to + 1; i < end; ++i) {
    const Token& t = s.token(i);
    if (t.upos == Upos::PUNCT && t.form != "-") break;
    if (t.upos == Upos::VERB || t.upos == Upos::AUX || t.upos == Upos::CCONJ || (t.upos == Upos::ADP && t.form != "of"))
      break;
    if (former(s, i, lexicon)) c.former = true;
    if (c.owner < 0) {
      const int whose = starting_at(chunks, i);
      if (whose >= 0 && (chunks[static_cast<std::size_t>(whose)].form == ChunkForm::adjective ||
                         chunks[static_cast<std::size_t>(whose)].form == ChunkForm::name ||
                         chunks[static_cast<std::size_t>(whose)].form == ChunkForm::organisation)) {
        c.owner = whose;
      }
    }
    for (std::uint32_t k = std::min(kMaxPhrase, end - i); k > 0 && c.title.empty(); --k) {
      if (inside(chunks, i) || s.token(i + k - 1).upos == Upos::PUNCT) continue;
      if (auto phrase = listed(s, i, i + k, lexicon, {"occupation", "title", "agent"})) {
        const int next = starting_at(chunks, i + k);
        if (next >= 0 && chunks[static_cast<std::size_t>(next)].form == ChunkForm::person)
          return;  // a list: "Suu Kyi, President Win Myint"
        c.apposition = i;
        c.title = phrase->text;
        c.sectors = phrase->sectors;
        c.why = "apposition \"" + phrase->text + '"';
      }
    }
  }
}

// "of the ELN", "from Ukraine", "in Minsk" after the noun.
void after_noun(const Surface& s, const Lexicon& lexicon, std::vector<Chunk>& chunks, Chunk& agent) {
  // "tropas rusas": where adjectives follow their nouns, and no owner stands before.
  if (agent.owner < 0 && agent.to < s.size() && lexicon.has("adjective_follows", lexicon.language())) {
    const int found = starting_at(chunks, agent.to);
    if (found >= 0 && chunks[static_cast<std::size_t>(found)].form == ChunkForm::adjective &&
        !chunks[static_cast<std::size_t>(found)].consumed) {
      agent.owner = found;
      agent.to = chunks[static_cast<std::size_t>(found)].to;
      chunks[static_cast<std::size_t>(found)].consumed = true;
    }
  }
  if (agent.to + 1 >= s.size()) return;
  const std::string& link = s.form[agent.to];
  const bool speaks = link == "for" && lexicon.has("speaks_for", s.lemma[agent.to - 1]);
  const bool of = link == "of" || link == "from" || speaks || lexicon.has("genitive_" + lexicon.language(), link),
             at = link == "in" || link == "at" || link == "near" || link == "across" ||
                  lexicon.has("locative_" + lexicon.language(), link);
  if (!of && !at) return;
  std::uint32_t i = agent.to + 1;
  while (i + 1 < s.size() &&
         (s.token(i).upos == Upos::DET || lexicon.has("determiner", s.form[i]) || former(s, i, lexicon)))
    ++i;
  const int found = starting_at(chunks, i);
  if (found < 0) return;
  Chunk& c = chunks[static_cast<std::size_t>(found)];
  if (c.form == ChunkForm::agent || c.form == ChunkForm::adjective || c.consumed) return;
  if (at) {
    if (agent.owner < 0 && agent.where < 0) agent.where = found;
  } else if (agent.owner < 0) {
    agent.owner = found;
    agent.to = c.to;
    c.consumed = true;
  }
}

// A title that is a surname here: "On Friday King declined", "Judge said".
bool surname_here(const Surface& s, std::uint32_t i, const Lexicon& lexicon) {
  if (s.shouting || !s.capitalised(i) || !lexicon.has("surname_title", s.form[i])) return false;
  if (i + 1 < s.size() && (s.capitalised(i + 1) || s.form[i + 1] == "of")) return false;
  bool starts = true;
  for (std::uint32_t k = 0; k < i && starts; ++k) starts = s.token(k).upos == Upos::PUNCT;
  if (starts) return s.token(i).upos == Upos::PROPN;
  const Upos before = s.token(i - 1).upos;
  const bool name_before = before == Upos::PROPN && !lexicon.has("common_word", s.form[i - 1]);
  return before != Upos::DET && before != Upos::ADJ && !name_before && !possessive(s, i - 1) &&
         !lexicon.has("determiner", s.form[i - 1]);
}

// "cartel members", "union leaders": a noun for people takes the sectors of the noun before it.
std::uint32_t with_members(const Surface& s, std::uint32_t last, const Lexicon& lexicon) {
  if (last >= s.size() || s.token(last).upos != Upos::NOUN) return last;
  const bool people = lexicon.has("member_noun", s.lemma[last]) || lexicon.has("head_title", s.lemma[last]);
  return people ? last + 1 : last;
}

Chunk surname_chunk(std::uint32_t sentence, std::uint32_t i) {
  Chunk c;
  c.sentence = sentence;
  c.form = ChunkForm::person;
  c.first = c.from = i;
  c.last = c.to = i + 1;
  c.why = "a title that stands where a surname stands";
  return c;
}

bool heads_phrase(const Surface& s, std::uint32_t last) {
  if (last >= s.size()) return true;
  // "police station", "government building": a noun after it is the head.
  if (s.token(last).upos != Upos::NOUN) return true;
  const bool compound =
      s.tree.relation_is(last - 1, "compound") && s.tree.head(last - 1) >= static_cast<std::int32_t>(last);
  return s.parsed && !compound && s.tree.head(last - 1) != static_cast<std::int32_t>(last);
}

void agents(const Surface& s, std::uint32_t sentence, const Lexicon& lexicon, std::vector<Chunk>& chunks) {
  for (std::uint32_t i = 0; i < s.size(); ++i) {
    if (inside(chunks, i)) continue;
    std::optional<Phrase> phrase;
    for (std::uint32_t k = std::min<std::uint32_t>(kMaxPhrase, s.size() - i); k > 0 && !phrase; --k) {
      const Upos last = s.token(i + k - 1).upos;
      if ((last != Upos::NOUN && last != Upos::PROPN && last != Upos::X) || inside(chunks, i + k - 1)) continue;
      phrase = listed(s, i, i + k, lexicon, {"agent", "title", "occupation"});
    }
    const bool anaphor = i > 0 && s.form[i - 1] == "the" && lexicon.has("anaphor", s.lemma[i]);
    if (!phrase && anaphor) phrase = Phrase{i, i + 1, s.lemma[i], {}};
    if (!phrase) continue;
    if (phrase->last == i + 1 && surname_here(s, i, lexicon)) {
      chunks.push_back(surname_chunk(sentence, i));
      continue;
    }
    if (const std::uint32_t end = with_members(s, phrase->last, lexicon);
        end > phrase->last && !inside(chunks, phrase->last)) {
      phrase->last = end;
    }
    if (!heads_phrase(s, phrase->last)) continue;
    const auto told = [&](const Chunk& c) {
      return c.apposition != 0 && c.apposition >= phrase->first && c.apposition < phrase->last;
    };
    if (std::any_of(chunks.begin(), chunks.end(), told))
      continue;  // it says who somebody is and is no party of its own
    Chunk c;
    c.sentence = sentence;
    c.form = ChunkForm::agent;
    c.first = phrase->first;
    c.last = c.to = phrase->last;
    c.title = phrase->text;
    c.sectors = phrase->sectors;
    c.anaphor = anaphor && phrase->last == i + 1;
    c.generic = lexicon.has("generic_agent", s.lemma[phrase->last - 1]);
    const bool bare = phrase->last - phrase->first == 1;
    c.from = modifiers(s, phrase->first, lexicon, chunks, c);
    after_noun(s, lexicon, chunks, c);
    i = phrase->last - 1;
    // "security forces" say enough by themselves, "forces" do not.
    const bool owned = c.owner >= 0 || c.anaphor ||
                       (!bare && (!c.sectors.empty() && lexicon.has("armed_sector", fold_name(c.sectors.front()))));
    if (!owned && c.generic && lexicon.has("needs_owner", s.lemma[phrase->last - 1])) continue;
    share_head(s, chunks, c);
    if (c.owner >= 0) chunks[static_cast<std::size_t>(c.owner)].consumed = true;
    c.why = "noun \"" + phrase->text + '"';
    chunks.push_back(std::move(c));
  }
}

// "Venezuelan National Assembly", "Ministry of Health": organisations named by what they are.
void describe_organisation(const Surface& s, const Lexicon& lexicon, Chunk& c) {
  for (std::uint32_t first = c.first; first < c.last && c.sectors.empty(); ++first) {
    for (std::uint32_t last = c.last; last > first && c.sectors.empty(); --last) {
      if (last - first > kMaxPhrase) continue;
      if (auto phrase = listed(s, first, last, lexicon, {"agent"})) {
        c.sectors = std::move(phrase->sectors);
        c.why = "its name says \"" + phrase->text + '"';
      }
    }
  }
}

}  // namespace

bool possessive(const Surface& s, std::uint32_t i) {
  const std::string& f = s.form[i];
  return f == "'s" || f == "'" || (f == "s" && i > 0 && s.token(i).upos == Upos::PART);
}

void compose(const Surface& s, std::uint32_t sentence, const Lexicon& lexicon, std::vector<Chunk>& chunks) {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (chunks[i].form == ChunkForm::organisation) describe_organisation(s, lexicon, chunks[i]);
    if (chunks[i].form == ChunkForm::person) {
      title_before(s, lexicon, chunks, i);
      apposition_after(s, lexicon, chunks, chunks[i]);
    }
  }
  agents(s, sentence, lexicon, chunks);
}

}  // namespace casus::detail
