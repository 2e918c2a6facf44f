// SPDX-License-Identifier: Apache-2.0
// People. A full name is looked up; "Nicholas Maduro" by surname and an equal given name; a bare surname means the full
// name that the article gives elsewhere, or the holder of an office on the article's date whose country or title the
// article names. Otherwise it is somebody whom the knowledge does not list: an actor with an id of this article, never
// a guess.
#include <casus/base/utf8.h>
#include <casus/knowledge/surface.h>

#include <algorithm>
#include <set>

namespace casus::detail {

namespace {

constexpr float kHoldsOffice = 1.5F;  // on the log10 scale of priors
constexpr float kTitleAgrees = 2.0F;
constexpr float kOwnerAgrees = 1.5F;
constexpr double kCountryWeight = 2.0;
constexpr float kAcceptSurname = 6.2F;  // a bare surname needs an office and its country in the article, or a title
constexpr float kAcceptUndated =
    5.7F;  // without a date no office speaks for anybody: only heads of state and government
constexpr float kGivenAgrees = 1.2F;

// "Barrow" of "John Barrow Sr."
std::string_view surname_of(const Lexicon& lexicon, std::string_view folded) {
  const std::size_t last = folded.rfind(' ');
  if (last != std::string_view::npos && lexicon.has("name_suffix", folded.substr(last + 1)))
    folded = folded.substr(0, folded[last - 1] == ',' ? last - 1 : last);
  return folded.substr(folded.rfind(' ') + 1);
}
std::string_view given_of(std::string_view folded) {
  return folded.substr(0, folded.find(' '));
}

std::string base_given(const Lexicon& lexicon, std::string_view given) {
  const auto same = lexicon.knowledge().lookup("given_name", given);
  return fold_name(same ? *same : given);
}

// "Nicholas" and "Nicolás", "V." and "Vladimir".
bool same_given(const Lexicon& lexicon, std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  const std::string_view initial = a.size() <= 2 ? a.substr(0, 1) : b.size() <= 2 ? b.substr(0, 1) : std::string_view{};
  if (!initial.empty()) return a.front() == b.front();
  return base_given(lexicon, a) == base_given(lexicon, b);
}

struct Known {  // a full name of this article
  std::string folded;
  Actor actor;
};

// The country that the owner of a title gives: "Venezuelan", "Venezuela's".
const Chunk* owner_of(const Context& context, const Chunk& chunk) {
  return chunk.owner < 0 ? nullptr : &context.chunks[chunk.sentence][static_cast<std::size_t>(chunk.owner)];
}

std::string owner_country(const Context& context, const Chunk& chunk) {
  if (chunk.owner < 0) return {};
  const Chunk& owner = context.chunks[chunk.sentence][static_cast<std::size_t>(chunk.owner)];
  if (owner.actor) return owner.actor->country;
  return owner.candidates.empty() ? std::string{} : owner.candidates.front().country;
}

bool title_agrees(const Context& context, const Chunk& chunk, const Candidate& c) {
  if (chunk.title.empty()) return false;
  const auto rank = context.lexicon.knowledge().lookup("title_rank", chunk.title);
  for (const Role& role : c.roles) {
    const std::string title = fold_name(role.title);
    if (title == chunk.title || title.find(chunk.title) != std::string::npos ||
        chunk.title.find(title) != std::string::npos)
      return true;
    const auto of_role = context.lexicon.knowledge().lookup("title_rank", title);
    if (rank && of_role && *rank == *of_role) return true;
  }
  return false;
}

// Sectors of an office: its own, or those of the group that it leads.
std::vector<std::string> office_sectors(const Context& context, const Role& role) {
  if (!role.sectors.empty()) return role.sectors;
  const auto of = context.lexicon.knowledge().entity(role.of);
  if (of && of->kind == EntityKind::group) return of->sectors;
  return context.lexicon.sectors("title", fold_name(role.title)).value_or(std::vector<std::string>{});
}

bool is_governing(const std::vector<std::string>& sectors) {
  return !sectors.empty() && sectors.front() == "GOV";
}

// Of several offices held at once: the one that the text names, else the one in a government, else the first.
const Role& main_role(const Context& context, const Chunk& chunk, const Candidate& c) {
  const auto named = std::find_if(c.roles.begin(), c.roles.end(), [&](const Role& r) {
    return !chunk.title.empty() && fold_name(r.title) == chunk.title;
  });
  if (named != c.roles.end()) return *named;
  const auto governs = std::find_if(c.roles.begin(), c.roles.end(), [&](const Role& r) {
    return r.of.starts_with("cc:") && is_governing(office_sectors(context, r));
  });
  return governs != c.roles.end() ? *governs : c.roles.front();
}

float score(const Context& context, const Chunk& chunk, const Candidate& c) {
  float out = c.score;
  if (!c.roles.empty()) out += kHoldsOffice;
  const auto share = context.country_share.find(c.country);
  if (share != context.country_share.end()) out += static_cast<float>(kCountryWeight * std::min(0.5, share->second));
  if (title_agrees(context, chunk, c)) out += kTitleAgrees;
  const std::string owner = owner_country(context, chunk);
  if (!owner.empty()) out += owner == c.country ? kOwnerAgrees : -kOwnerAgrees;
  return out;
}

Actor nobody_known(const Context& context, const Chunk& chunk) {
  Actor a = start_actor(context, chunk, {});
  const Surface& s = context.surfaces[chunk.sentence];
  a.name = s.quote(chunk.first, chunk.last);
  a.id = nil_id(context, a.name);
  a.kind = EntityKind::person;
  a.country = owner_country(context, chunk);
  a.sectors = titled_sectors(context, chunk, owner_of(context, chunk));
  if (chunk.former) a.sectors = {"ELI"};
  a.reason = "not in the knowledge";
  if (!chunk.why.empty()) a.reason += "; " + chunk.why;
  a.score = 0.5F;
  return a;
}

// Nobody's office on the day: somebody who held one before is of the elite; without a date the best known office
// speaks, and says so.
void past_office(const Context& context, Actor& a) {
  if (!a.sectors.empty()) return;
  const auto ever = context.lexicon.knowledge().entity(a.id, {.on = context.on, .any_date = true});
  if (!ever || ever->roles.empty()) return;
  if (!context.on) {
    const Role& last = ever->roles.back();
    a.sectors = office_sectors(context, last);
    a.reason += "; known as " + last.title + ", but the article has no date";
    return;
  }
  const auto before = [&](const Role& r) { return r.to && r.to.last_day() < context.on.first_day(); };
  if (!std::any_of(ever->roles.begin(), ever->roles.end(), before)) return;
  a.sectors = {"ELI"};
  a.reason += "; held an office before " + context.on.to_string();
}

Actor somebody_known(const Context& context, const Chunk& chunk, std::vector<Candidate> ranked,
                     const std::string& how) {
  Actor a = start_actor(context, chunk, std::move(ranked));
  const Candidate& c = a.candidates.front();
  a.id = c.entity;
  a.name = c.name;
  a.kind = c.kind;
  a.country = c.country;
  a.sectors = c.sectors;
  a.source = c.source;
  a.reason = how;
  if (!c.roles.empty()) {
    a.role = main_role(context, chunk, c);
    a.source = a.role->source;
    std::vector<std::string> sectors = office_sectors(context, *a.role);
    for (const std::string& more : c.sectors) {
      if (std::find(sectors.begin(), sectors.end(), more) == sectors.end() && more != "ELI") sectors.push_back(more);
    }
    if (!sectors.empty()) a.sectors = std::move(sectors);
    a.reason +=
        "; " + a.role->title + (a.role->unverified ? " as far as is known" : "") + " on " + context.on.to_string();
  }
  if (c.roles.empty() && a.sectors.empty() && !chunk.former)
    a.sectors = titled_sectors(context, chunk, owner_of(context, chunk));
  if (c.roles.empty()) past_office(context, a);
  if (!chunk.why.empty()) a.reason += "; " + chunk.why;
  return a;
}

std::vector<Candidate> people(std::vector<Candidate> all) {
  std::erase_if(all, [](const Candidate& c) { return c.kind != EntityKind::person; });
  return all;
}

void rank(const Context& context, const Chunk& chunk, std::vector<Candidate>& candidates) {
  for (Candidate& c : candidates) c.score = score(context, chunk, c);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

// A name of several words: as a whole, or by surname and given name.
Actor full_name(const Context& context, const Chunk& chunk, const std::string& folded) {
  const Surface& s = context.surfaces[chunk.sentence];
  const FindOptions options{.on = context.on, .language = context.lexicon.language(), .limit = 16};
  std::vector<Candidate> found =
      people(chunk.candidates.empty() ? context.lexicon.knowledge().find(s.quote(chunk.first, chunk.last), options)
                                      : chunk.candidates);
  std::erase_if(found, [](const Candidate& c) { return c.sense == "surname"; });
  if (!found.empty()) {
    rank(context, chunk, found);
    return somebody_known(context, chunk, std::move(found), "full name");
  }
  found = people(context.lexicon.knowledge().find(surname_of(context.lexicon, folded), options));
  std::erase_if(found, [&](const Candidate& c) {
    return !same_given(context.lexicon, given_of(folded), given_of(fold_name(c.name)));
  });
  for (Candidate& c : found) c.score += kGivenAgrees;
  rank(context, chunk, found);
  // Somebody of the same surname and given name is only believed where the text or the date speaks for him.
  if (!found.empty() && found.front().score >= kAcceptSurname)
    return somebody_known(context, chunk, std::move(found), "surname and an equal given name");
  return nobody_known(context, chunk);
}

// "MBA" is no Mr Mba.
bool initials(std::string_view name) {
  return name.size() > 1 && std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Actor bare_surname(const Context& context, const Chunk& chunk, const std::string& folded,
                   const std::vector<Known>& known) {
  const std::string_view last = surname_of(context.lexicon, folded);
  for (const Known& k : known) {
    const bool whole = k.folded == folded;
    const bool part = surname_of(context.lexicon, k.folded) == last ||
                      (k.folded.find(' ') != std::string::npos &&
                       (" " + k.folded + " ").find(" " + folded + " ") != std::string::npos);
    if (!whole && !part) continue;
    Actor a = start_actor(context, chunk, {});
    const Actor first = k.actor;
    a.id = first.id;
    a.name = first.name;
    a.kind = first.kind;
    a.country = first.country;
    a.sectors = first.sectors.empty() ? chunk.sectors : first.sectors;
    a.role = first.role;
    a.candidates = first.candidates;
    a.source = first.source;
    a.score = first.score;
    a.reason = "the article names " + first.name + " in full";
    return a;
  }
  const Surface& surface = context.surfaces[chunk.sentence];
  if (!surface.shouting && initials(surface.quote(chunk.first, chunk.last))) return nobody_known(context, chunk);
  std::vector<Candidate> found = people(chunk.candidates);
  rank(context, chunk, found);
  const bool clear = found.size() == 1 || (found.size() > 1 && found[0].score - found[1].score > 0.5F);
  const float least = context.on ? kAcceptSurname : kAcceptUndated;
  if (!found.empty() && clear && (found.front().score >= least || found.front().sense != "surname")) {
    return somebody_known(context, chunk, std::move(found),
                          context.on ? "surname" : "surname; the article has no date");
  }
  return nobody_known(context, chunk);
}

}  // namespace

std::set<std::string> surnames_in_full(const Context& context) {
  std::set<std::string> out;
  for (const auto& chunks : context.chunks) {
    for (const Chunk& c : chunks) {
      if (c.form != ChunkForm::person || c.last - c.first < 2) continue;
      const std::string name = fold_name(context.surfaces[c.sentence].quote(c.first, c.last));
      out.emplace(surname_of(context.lexicon, name));
    }
  }
  return out;
}

// "Sanford said" after "Mark Sanford", "coach Ripley": a person's name, whatever town bears it too.
void places_that_are_people(Context& context) {
  std::set<std::string> surnames, given;
  for (const auto& chunks : context.chunks) {
    for (const Chunk& c : chunks) {
      if (c.form != ChunkForm::person || c.last - c.first < 2) continue;
      const Surface& s = context.surfaces[c.sentence];
      surnames.emplace(surname_of(context.lexicon, fold_name(s.quote(c.first, c.last))));
      given.insert(s.form[c.first]);
    }
  }
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.form != ChunkForm::name || c.last - c.first != 1 || c.part_of_name || !c.is(EntityKind::place)) continue;
      const Surface& s = context.surfaces[c.sentence];
      const std::string& word = s.form[c.first];
      const bool titled = c.first > 0 && context.lexicon.has("before_person", s.form[c.first - 1]);
      const bool location = s.name_of[c.first] >= 0 &&
                            s.sentence->names[static_cast<std::size_t>(s.name_of[c.first])].kind == NameKind::location;
      const bool named = surnames.contains(word) || (!location && given.contains(word));
      if (!titled && !named) continue;
      const bool listed = c.last < s.size() && s.form[c.last] == ",";  // "Sanford, N.C."
      if (!titled && (listed || context.lexicon.has("locative", preposition(s, c, context.lexicon)))) continue;
      c.form = ChunkForm::person;
      std::erase_if(c.candidates, [](const Candidate& x) { return x.kind != EntityKind::person; });
    }
  }
}

void resolve_people(Context& context) {
  std::vector<Known> known;
  std::set<std::string> seen;
  const auto folded = [&](const Chunk& c) { return fold_name(context.surfaces[c.sentence].quote(c.first, c.last)); };
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      const std::string name = c.form == ChunkForm::person ? folded(c) : std::string{};
      if (name.find(' ') == std::string::npos) continue;
      c.actor = full_name(context, c, name);
      if (seen.insert(name).second) known.push_back({name, *c.actor});
    }
  }
  for (auto& chunks : context.chunks) {
    for (Chunk& c : chunks) {
      if (c.form == ChunkForm::person && !c.actor) c.actor = bare_surname(context, c, folded(c), known);
    }
  }
}

}  // namespace casus::detail
