// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shared by the resolver's parts and seen by nobody else: a sentence with what is asked of it again and again, the
// overlay's word lists, and Chunk, a phrase on its way to becoming a Mention. Views and pointers live as long as one
// call of resolve().
#include <casus/knowledge/resolve.h>
#include <casus/language/tree.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace casus::detail {

// The overlay's word lists in the article's language.
class Lexicon {
 public:
  Lexicon(const Knowledge& knowledge, std::string language) : knowledge_(knowledge), language_(std::move(language)) {}
  const Knowledge& knowledge() const { return knowledge_; }
  const std::string& language() const { return language_; }
  bool has(std::string_view list, std::string_view folded) const { return knowledge_.lookup(list, folded).has_value(); }
  // Sectors of a phrase in the lists "agent", "title" or "occupation"; nullopt: not listed.
  std::optional<std::vector<std::string>> sectors(std::string_view kind, std::string_view folded) const;

 private:
  const Knowledge& knowledge_;
  std::string language_;
};

struct Chunk;

struct Surface {
  Surface(const Sentence& s, std::string_view article_text);

  const Sentence* sentence;
  std::string_view text;  // of the article
  Tree tree;
  std::vector<std::string> form;   // folded
  std::vector<std::string> lemma;  // folded; the form where there is no lemma
  std::vector<int> name_of;        // index into sentence->names, -1: none
  bool shouting = false;           // mostly capitals: case says nothing
  bool parsed = false;             // there is a tree

  std::uint32_t size() const { return static_cast<std::uint32_t>(sentence->tokens.size()); }
  const Token& token(std::uint32_t i) const { return sentence->tokens[i]; }
  Span span(std::uint32_t first, std::uint32_t last) const;
  std::string_view quote(std::uint32_t first, std::uint32_t last) const { return span(first, last).of(text); }
  std::string folded(std::uint32_t first, std::uint32_t last) const;        // as it stands in the text
  std::string folded_lemma(std::uint32_t first, std::uint32_t last) const;  // the same, the last one's lemma
  bool capitalised(std::uint32_t i) const;
  bool nominal(std::uint32_t i) const;  // noun, name, adjective, number
  // The token that heads the phrase: the one whose own head lies outside; of several, one of the name or noun itself.
  std::uint32_t head(const Chunk& chunk) const;
};

enum class ChunkForm : std::uint8_t { name, adjective, demonym, person, agent, organisation, place };

struct Chunk {
  std::uint32_t sentence = 0;
  std::uint32_t first = 0, last = 0;  // the name itself, or the agent noun
  std::uint32_t from = 0, to = 0;     // the whole phrase, with title or modifiers
  ChunkForm form = ChunkForm::name;
  std::vector<Candidate> candidates;  // readings of the name, best prior first
  bool model = false;                 // a model's name covers it
  bool part_of_name = false;          // stands inside a longer name ("Boston Marathon"): a place at most
  bool consumed = false;              // modifies another chunk's head and is no party by itself
  std::string title;                  // folded: "president"
  std::vector<std::string> sectors;   // from title, occupation or agent noun, most specific first
  int owner = -1;                     // index of the chunk that says whose: "Venezuelan" of "the Venezuelan army"
  int where = -1;                     // index of the chunk that says where: "Minsk" of "protesters in Minsk"
  std::uint32_t apposition = 0;       // first token of the noun that says who it is, after the name; 0: none
  bool former = false;
  bool goods = false;          // "Greek" of "Greek ships": no party
  bool borrows = false;        // its country may come from the sentences around it
  bool anaphor = false;        // "the bloc": a body that was named before
  bool generic = false;        // the noun says little by itself ("forces", "members"): its owner's sectors count
  std::string why;             // what composition found, in words
  std::optional<Actor> actor;  // once resolved
  std::optional<Place> place;

  bool is(EntityKind kind) const { return !candidates.empty() && candidates.front().kind == kind; }
};

// Which countries a sentence speaks of: the one where it takes place, the one named first, and all.
struct Focus {
  std::string located, located_name;
  std::string first, first_name;
  std::vector<std::string> all;
};

// One name of the article with all its readings, and what they say about where the article is.
struct PlaceName {
  double count = 0;                              // mentions
  std::vector<Candidate> readings;               // of any kind that tells a country
  std::vector<double> bonus;                     // by reading: the text says in what it lies
  std::vector<double> weight;                    // by reading, sum 1 or all 0
  std::map<std::string, double> country, admin;  // its votes
  double votes = 0;                              // their sum by country
  int best = -1;                                 // reading
};

struct Context {
  const Article& article;
  const Lexicon& lexicon;
  Date on;
  std::vector<Surface> surfaces{};
  std::vector<std::vector<Chunk>> chunks{};       // by sentence, in text order
  std::map<std::string, double> country_share{};  // votes, sum 1
  std::map<std::string, double> country_votes{}, admin_votes{};
  double all_votes = 0;
  std::map<std::string, PlaceName> names{};  // by name_key()
  std::vector<const PlaceName*> anchors{};   // keys of the names that tell best where the article is
  std::set<std::string> in_full{};           // entities that the article names by more than letters
  std::vector<Focus> focus{};                // by sentence, once names and people are resolved
};

// scan.cc: names of the model and of the knowledge, as chunks that do not overlap.
std::vector<Chunk> scan(const Surface& surface, std::uint32_t sentence, const Lexicon& lexicon, Date on);
// compose.cc: titles and appositions of people, agent nouns with their countries.
void compose(const Surface& surface, std::uint32_t sentence, const Lexicon& lexicon, std::vector<Chunk>& chunks);
// bodies.cc: "president of Lukoil" makes Lukoil a body. `surnames`: of the people whom the article names in full.
void name_bodies(const Surface& surface, std::uint32_t sentence, const Lexicon& lexicon,
                 const std::set<std::string>& surnames, std::vector<Chunk>& chunks);
// Whether the token is "'s" or a bare apostrophe that makes a possessor of what stands before it.
bool possessive(const Surface& surface, std::uint32_t token);
std::set<std::string> surnames_in_full(const Context& context);
// place.cc: votes of the article's names, and places ranked by them.
bool is_place(const Candidate& candidate);
std::string name_key(const Context& context, const Chunk& chunk);
void count_votes(Context& context);
std::vector<Candidate> rank_places(const Context& context, const Chunk& chunk);
std::optional<Place> make_place(const Context& context, const Chunk& chunk);
// person.cc: who a personal name means, on the article's date.
void places_that_are_people(Context& context);
void resolve_people(Context& context);
// party.cc: whether a name stands for a party, for a place or for both here; parties made of nouns.
struct Standing {
  bool party = false, place = false;
  std::string reason;
};
Standing standing(const Surface& surface, const Chunk& chunk, const Lexicon& lexicon);
// standing.cc
// The preposition in front of the phrase, over determiners and "northern" and through coordination; empty: none.
std::string preposition(const Surface& surface, const Chunk& chunk, const Lexicon& lexicon);
// Sectors of somebody with a title: those of the body that they lead, where it has its own ("Boeing's president").
std::vector<std::string> titled_sectors(const Context& context, const Chunk& chunk, const Chunk* owner);
// borrow.cc: the country of a described party that does not name one.
void find_full_names(Context& context);
void find_focus(Context& context);
struct Borrowed {
  std::string country, basis;
  bool lent = true;  // false: the sentence itself takes place there
};
std::optional<Borrowed> borrow_country(const Context& context, const Chunk& chunk);
// The body named before that "the bloc" stands for.
std::optional<Candidate> named_before(const Context& context, const Chunk& chunk);
void resolve_names(Context& context);
void resolve_agents(Context& context);
// Fills span, head, text and candidates from the chunk; `ranked` best first.
Actor start_actor(const Context& context, const Chunk& chunk, std::vector<Candidate> ranked);
float certainty(const std::vector<Candidate>& ranked);  // of the first against the others, in [0, 1]
std::string nil_id(const Context& context, std::string_view name);

}  // namespace casus::detail
