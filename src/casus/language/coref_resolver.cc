// SPDX-License-Identifier: Apache-2.0
// Mentions are read from the first to the last. A name joins the entity that bears it; a pronoun or a definite
// description asks the entities mentioned lately, each scored by a linear model, against staying silent; what has won
// joins that entity and tells it its sex and kind. What cannot be (he for a woman, it for a person, the object of its
// own subject's verb) is not asked. Tests: coref_test.cc.
#include "casus/language/coref_resolver.h"

#include <algorithm>
#include <array>

#include "casus/base/utf8.h"
#include "casus/language/kernels.h"

namespace casus::detail {

namespace {

constexpr std::uint32_t kPersonReach = 6, kThingReach = 3, kDescriptionReach = 12;  // sentences
constexpr std::size_t kMaxCandidates = 48;
constexpr std::size_t kMostMentions = 4096;  // looked back over; an article has some hundred
constexpr std::array<std::string_view, 10> kDigits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

std::string_view digit(std::size_t value, std::size_t most) {
  return kDigits[std::min({value, most, kDigits.size() - 1})];
}

// The last of many mentions: what one was called long ago is forgotten, so that cost stays linear.
std::span<const std::uint32_t> lately(const std::vector<std::uint32_t>& mentions) {
  constexpr std::size_t kRemembered = 64;
  return std::span(mentions).last(std::min(mentions.size(), kRemembered));
}

std::string_view last_word(std::string_view key) {
  return key.substr(key.rfind(' ') == std::string_view::npos ? 0 : key.rfind(' ') + 1);
}
std::string_view first_word(std::string_view key) {
  return key.substr(0, key.find(' '));
}
bool one_word(std::string_view key) {
  return key.find(' ') == std::string_view::npos;
}

// "un" of "united nations".
bool stands_for(std::string_view letters, std::string_view name) {
  std::string initials;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i == 0 || name[i - 1] == ' ') initials += name[i];
  }
  std::string plain;
  for (const char c : letters) {
    if (c != '.') plain += c;
  }
  return initials.size() > 1 && plain == initials;
}

std::string_view kind_of(const Mention& m) {
  if (m.coordination) return "joined";
  if (m.form == MentionForm::pronoun) return m.pronoun;
  return m.form == MentionForm::name ? "name" : "noun";
}

std::string_view text_of(Answer answer) {
  return answer == Answer::yes ? "y" : answer == Answer::no ? "n" : "u";
}

}  // namespace

Resolver::Resolver(std::span<const Sentence> sentences, const RowTable& facts, const WeightTable& weights)
    : facts_(facts), weights_(weights) {
  trees_.reserve(sentences.size());
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    trees_.emplace_back(sentences[i]);
    for (Mention& m : find_mentions(trees_.back(), i, facts)) mentions_.push_back(std::move(m));
  }
  entity_of_.assign(mentions_.size(), -1);
}

std::vector<CorefLink> Resolver::resolve(std::string* log) {
  log_ = log;
  if (log_ != nullptr) log_mentions();
  for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
    Question q{};
    if (question(i, q)) {
      answer(q);
    } else if (!mentions_[i].ordinal.empty()) {
      one_of_two(i);
    } else if (mentions_[i].form == MentionForm::name && !mentions_[i].coordination) {
      match_name(i);
    } else {
      found(i);
    }
  }
  return std::move(links_);
}

bool Resolver::question(std::uint32_t mention, Question& out) const {
  const Mention& m = mentions_[mention];
  if (m.pronoun == "he" || m.pronoun == "she") out = {mention, "P", AnaphorKind::person, kPersonReach};
  if (m.pronoun == "it") out = {mention, "I", AnaphorKind::it, kThingReach};
  if (m.pronoun == "they") out = {mention, "T", AnaphorKind::they, kThingReach};
  if (m.form == MentionForm::noun && m.definite && !m.coordination)
    out = {mention, "D", AnaphorKind::description, kDescriptionReach};
  return !out.group.empty();
}

std::vector<Resolver::Candidate> Resolver::candidates(const Question& q) const {
  const Mention& m = mentions_[q.mention];
  std::vector<Candidate> out;
  std::vector<std::uint32_t> seen;
  const std::uint32_t stop = q.mention > kMostMentions ? q.mention - kMostMentions : 0;
  for (std::uint32_t i = q.mention; i-- > stop && out.size() < kMaxCandidates;) {
    const Mention& c = mentions_[i];
    if (c.at.sentence + q.reach < m.at.sentence) break;
    if (entity_of_[i] < 0) continue;
    const bool around = c.at.sentence == m.at.sentence && c.at.last > m.at.first;
    if (around) continue;
    const auto entity = static_cast<std::uint32_t>(entity_of_[i]);
    if (std::find(seen.begin(), seen.end(), entity) != seen.end()) continue;
    seen.push_back(entity);
    const Candidate candidate{entity, i};
    if (possible(q, candidate)) out.push_back(candidate);
  }
  return out;
}

// The verb or noun that a mention hangs from.
std::int32_t Resolver::clause(const Mention& m) const {
  return trees_[m.at.sentence].head(m.at.head);
}

bool Resolver::possible(const Question& q, const Candidate& c) const {
  const Mention& m = mentions_[q.mention];
  const Mention& other = mentions_[c.mention];
  const Entity& entity = entities_[c.entity];
  if (other.pronoun == "i" || other.pronoun == "you") return false;
  if (other.form == MentionForm::pronoun && m.form == MentionForm::pronoun && other.pronoun != m.pronoun) return false;
  if (m.gender != Gender::unknown && entity.gender != Gender::unknown && m.gender != entity.gender) return false;
  if (m.person == Answer::yes && entity.person == Answer::no) return false;
  if (m.person == Answer::no && entity.person == Answer::yes) return false;
  if (q.kind != AnaphorKind::they && m.plural != entity.plural) return false;
  if (q.kind == AnaphorKind::they && other.form == MentionForm::pronoun && other.pronoun == "we") return false;
  // "Maduro supported him": two parts of one verb are two.
  const bool same_verb = other.at.sentence == m.at.sentence && clause(other) == clause(m) && clause(m) >= 0;
  if (same_verb && !m.reflexive && !m.possessive && q.kind != AnaphorKind::description) return false;
  if (q.kind != AnaphorKind::description) return true;
  // A description needs a reason: its noun again, a name that has it, or a fitting kind of name.
  for (const std::uint32_t i : lately(entity.mentions)) {
    const Mention& e = mentions_[i];
    if (e.title.find(" " + m.lemma + " ") != std::string::npos) return true;
    if (e.lemma == m.lemma || (e.form == MentionForm::name && e.key.find(m.lemma) != std::string::npos)) return true;
  }
  return entity.named >= 0 && (m.person == Answer::yes ? entity.person == Answer::yes
                                                       : m.person == Answer::no && entity.person == Answer::no);
}

std::string_view Resolver::role(const Mention& m) const {
  const std::string_view deprel = token(m).deprel;
  return deprel.starts_with("nmod:poss") ? deprel : deprel.substr(0, deprel.find(':'));
}

void Resolver::pair_features(const Question& q, const Candidate& c, std::size_t rank, std::size_t most,
                             FeatureSink& sink) const {
  const Mention& m = mentions_[q.mention];
  const Mention& other = mentions_[c.mention];
  const Entity& entity = entities_[c.entity];
  const std::string_view g = q.group;
  const std::uint32_t back = m.at.sentence - other.at.sentence;
  const std::string_view distance = digit(back, 6), place = role(other), kind = kind_of(other);
  sink.add({g, "pair"});
  sink.add({g, "back", distance});
  sink.add({g, "rank", digit(rank, 8)});
  sink.add({g, "kind", kind});
  sink.add({g, "role", place});
  sink.add({g, "back-role", digit(back, 2), place});
  sink.add({g, "back-kind", digit(back, 2), kind});
  sink.add({g, "roles", role(m), place});
  if (place == role(m)) sink.add({g, "parallel", digit(back, 2)});
  sink.add({g, "person", text_of(entity.person), kind});
  sink.add({g, "gender", entity.gender == Gender::unknown ? "u" : "match"});
  sink.add({g, "plural", entity.plural ? "y" : "n", other.coordination ? "joined" : "one"});
  sink.add({g, "named", entity.named < 0 ? "no" : entity.name_kind});
  sink.add({g, "size", digit(entity.mentions.size(), 6)});
  if (entity.mentions.size() == most && most > 1) sink.add({g, "most"});
  sink.add({g, "article", other.definite ? "def" : other.indefinite ? "indef" : "bare", kind});
  if (other.form == MentionForm::noun) sink.add({g, "noun", other.lemma});
  if (other.part || place == "conj") sink.add({g, "part", digit(back, 1)});
  if (mentions_[entity.mentions.front()].at.sentence < 2) sink.add({g, "early"});
  bool subject_here = false, subject_before = false;
  for (std::size_t i = entity.mentions.size(); i-- > 0;) {
    const Mention& e = mentions_[entity.mentions[i]];
    if (e.at.sentence + 1 < m.at.sentence) break;
    if (role(e) != "nsubj") continue;
    (e.at.sentence == m.at.sentence ? subject_here : subject_before) = true;
  }
  if (subject_here) sink.add({g, "subject-here"});
  if (subject_before) sink.add({g, "subject-before"});
  if (back == 0) {
    const std::int32_t verb = clause(other);
    const Tree& tree = trees_[m.at.sentence];
    const bool above = verb >= 0 && tree.dominates(static_cast<std::uint32_t>(verb), m.at.head);
    sink.add({g, "above", above ? "y" : "n", m.possessive ? "poss" : m.reflexive ? "self" : "plain", place});
  }
  if (q.kind == AnaphorKind::description) description_features(q, c, sink);
}

void Resolver::description_features(const Question& q, const Candidate& c, FeatureSink& sink) const {
  const Mention& m = mentions_[q.mention];
  const Entity& entity = entities_[c.entity];
  bool head = false, within = false, whole = false, title = false;
  for (const std::uint32_t i : lately(entity.mentions)) {
    const Mention& e = mentions_[i];
    if (e.form == MentionForm::noun && e.lemma == m.lemma) {
      head = true;
      whole = whole || e.at.last - e.at.first == m.at.last - m.at.first;
    }
    title = title || e.title.find(" " + m.lemma + " ") != std::string::npos;
    if (e.form == MentionForm::name && (" " + e.key + " ").find(" " + m.lemma + " ") != std::string::npos)
      within = true;
    if (e.form == MentionForm::name && e.lemma == m.lemma) within = true;
  }
  const std::string_view how = head     ? (whole ? "same-size" : "same-head")
                               : title  ? "title"
                               : within ? "in-name"
                                        : "kind";
  const std::string_view size = digit(m.at.last - m.at.first, 5);
  sink.add({"D", "how", how});
  sink.add({"D", "how-size", how, size});
  sink.add({"D", "how-kind", how, kind_of(mentions_[c.mention])});
  sink.add({"D", "how-back", how, digit(m.at.sentence - mentions_[c.mention].at.sentence, 8)});
  if (how == "kind") sink.add({"D", "noun-name", m.lemma});
}

void Resolver::silence_features(const Question& q, std::size_t count, FeatureSink& sink) const {
  const Mention& m = mentions_[q.mention];
  const Tree& tree = trees_[m.at.sentence];
  const std::string_view g = q.group;
  sink.add({g, "none"});
  sink.add({g, "none-role", role(m)});
  sink.add({g, "none-count", digit(count, 8)});
  const std::int32_t head = tree.head(m.at.head);
  if (head >= 0) {
    const Token& t = tree[static_cast<std::uint32_t>(head)];
    sink.add({g, "none-head", to_string(t.upos)});
    if (q.kind == AnaphorKind::it) {
      sink.add({g, "none-verb", t.lemma});
      const std::int32_t clausal = tree.child(static_cast<std::uint32_t>(head), "csubj");
      const std::int32_t open = tree.child(static_cast<std::uint32_t>(head), "ccomp");
      sink.add({g, "none-clause", clausal >= 0 ? "csubj" : open >= 0 ? "ccomp" : "no"});
    }
  }
  if (q.kind != AnaphorKind::description) return;
  sink.add({g, "none-noun", m.lemma});
  sink.add({g, "none-size", digit(m.at.last - m.at.first, 6)});
  sink.add({g, "none-of", tree.child(m.at.head, "nmod") > static_cast<std::int32_t>(m.at.head) ? "y" : "n"});
  sink.add({g, "none-rel", tree.child(m.at.head, "acl") >= 0 ? "y" : "n"});
  const std::int32_t article = tree.child(m.at.head, "det");
  if (article >= 0) sink.add({g, "none-article", tree[static_cast<std::uint32_t>(article)].lemma});
}

void Resolver::answer(const Question& q) {
  const std::vector<Candidate> asked = candidates(q);
  std::size_t most = 0;
  for (const Candidate& c : asked) most = std::max(most, entities_[c.entity].mentions.size());
  FeatureSink silence(weights_);
  silence_features(q, asked.size(), silence);
  if (log_ != nullptr) {
    log_->append("A\t").append(std::to_string(q.mention)).append("\t").append(q.group).append("\nN");
    FeatureSink names(*log_);
    silence_features(q, asked.size(), names);
    *log_ += '\n';
  }
  std::vector<float> scores;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    FeatureSink sink(weights_);
    pair_features(q, asked[i], i, most, sink);
    scores.push_back(sink.sum());
    if (log_ != nullptr) {
      log_->append("C\t").append(std::to_string(asked[i].mention));
      FeatureSink names(*log_);
      pair_features(q, asked[i], i, most, names);
      *log_ += '\n';
    }
  }
  const auto best = std::max_element(scores.begin(), scores.end());
  if (best == scores.end()) return found(q.mention);
  const float top = std::max(*best, silence.sum());
  const auto exp = best_kernels().exp;
  float all = exp(silence.sum() - top);
  for (const float s : scores) all += exp(s - top);
  const float probability = exp(*best - top) / all;
  if (*best <= silence.sum() || probability < weights_[feature_hash({"threshold", q.group})]) return found(q.mention);
  const Candidate& chosen = asked[static_cast<std::size_t>(best - scores.begin())];
  link(q.kind, q.mention, chosen, probability);
}

// "the latter": of the two that were joined last, here or in the sentence before, and of two alone.
void Resolver::one_of_two(std::uint32_t mention) {
  const Mention& m = mentions_[mention];
  constexpr float kSure = 0.8F;  // a rule's, not a measured one: the treebank has too few
  for (std::uint32_t i = mention; i-- > 0;) {
    const Mention& both = mentions_[i];
    if (both.at.sentence + 1 < m.at.sentence) break;
    if (!both.coordination) continue;
    std::vector<std::uint32_t> parts;
    for (std::uint32_t k = i + 1; k < mention && mentions_[k].at.sentence == both.at.sentence; ++k) {
      const Mention& part = mentions_[k];
      const bool joined = part.at.head == both.at.head || (clause(part) == static_cast<std::int32_t>(both.at.head) &&
                                                           trees_[part.at.sentence].relation_is(part.at.head, "conj"));
      if (joined && !part.coordination) parts.push_back(k);
    }
    if (parts.size() != 2) break;
    const std::uint32_t chosen = m.ordinal == "latter" ? parts[1] : parts[0];
    if (entity_of_[chosen] < 0) break;
    return link(AnaphorKind::description, mention, {static_cast<std::uint32_t>(entity_of_[chosen]), chosen}, kSure);
  }
  found(mention);
}

bool Resolver::same_name(const Mention& a, const Mention& b) const {
  if (a.key.empty() || b.key.empty()) return false;
  if (a.key == b.key) return true;
  if (a.name < 0 || b.name < 0) return false;
  const NameKind kind = trees_[a.at.sentence].sentence().names[static_cast<std::size_t>(a.name)].kind;
  if (trees_[b.at.sentence].sentence().names[static_cast<std::size_t>(b.name)].kind != kind) return false;
  if (kind == NameKind::person) {
    const bool part = one_word(a.key) != one_word(b.key);
    const std::string_view shorter = one_word(a.key) ? a.key : b.key, longer = one_word(a.key) ? b.key : a.key;
    if (part) return shorter == last_word(longer) || shorter == first_word(longer);
    return !one_word(a.key) && last_word(a.key) == last_word(b.key) && first_word(a.key) == first_word(b.key);
  }
  return stands_for(a.key, b.key) || stands_for(b.key, a.key);
}

void Resolver::match_name(std::uint32_t mention) {
  const Mention& m = mentions_[mention];
  std::vector<std::uint32_t> seen;
  const std::uint32_t stop = mention > kMostMentions ? mention - kMostMentions : 0;
  for (std::uint32_t i = mention; i-- > stop;) {
    const Mention& c = mentions_[i];
    if (c.form != MentionForm::name || c.coordination || entity_of_[i] < 0 || !same_name(m, c)) continue;
    const Entity& entity = entities_[static_cast<std::size_t>(entity_of_[i])];
    const bool other_sex = m.gender != Gender::unknown && entity.gender != Gender::unknown && m.gender != entity.gender;
    if (other_sex) continue;
    constexpr float kExact = 1.0F, kPart = 0.9F;
    link(AnaphorKind::name, mention, {static_cast<std::uint32_t>(entity_of_[i]), entity.mentions.back()},
         m.key == c.key ? kExact : kPart);
    return;
  }
  found(mention);
}

void Resolver::join(std::uint32_t mention, std::uint32_t index) {
  const Mention& m = mentions_[mention];
  Entity& entity = entities_[index];
  entity_of_[mention] = static_cast<std::int32_t>(index);
  entity.mentions.push_back(mention);
  if (entity.gender == Gender::unknown && !m.coordination) entity.gender = m.gender;
  if (entity.person == Answer::unknown) entity.person = m.person;
  if (m.form == MentionForm::name && !m.coordination) {
    entity.named = static_cast<std::int32_t>(mention);
    if (m.name >= 0)
      entity.name_kind = to_string(trees_[m.at.sentence].sentence().names[static_cast<std::size_t>(m.name)].kind);
    if (entity.name_kind.empty()) entity.name_kind = "noun";
  }
}

void Resolver::found(std::uint32_t mention) {
  entities_.emplace_back();
  entities_.back().plural = mentions_[mention].plural;
  join(mention, static_cast<std::uint32_t>(entities_.size()) - 1);
}

void Resolver::link(AnaphorKind kind, std::uint32_t mention, const Candidate& to, float score) {
  CorefLink out;
  out.kind = kind;
  out.anaphor = mentions_[mention].at;
  out.antecedent = mentions_[to.mention].at;
  out.score = score;
  const std::int32_t named = entities_[to.entity].named;
  if (named >= 0) out.named = mentions_[static_cast<std::size_t>(named)].at;
  links_.push_back(out);
  join(mention, to.entity);
}

void Resolver::log_mentions() {
  for (std::size_t i = 0; i < mentions_.size(); ++i) {
    const Mention& m = mentions_[i];
    for (const std::string& cell :
         {std::string("M"), std::to_string(i), std::to_string(m.at.sentence), std::to_string(m.at.first),
          std::to_string(m.at.last), std::to_string(m.at.head), std::string(m.coordination ? "joined" : "one")}) {
      *log_ += cell;
      *log_ += '\t';
    }
    log_->append(kind_of(m)).append("\n");
  }
}

}  // namespace casus::detail
