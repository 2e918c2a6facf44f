// SPDX-License-Identifier: Apache-2.0
// Sentence by sentence: triggers and frames (match.cc), mentions of one event joined, then each match assembled with
// its status, attribution, date and place (assemble.cc). Tests: code_test.cc, seed_test.cc.
#include <casus/event/assemble.h>
#include <casus/event/code.h>

#include <algorithm>

namespace casus {
namespace {

// A heading inside an article says in short, and without its date and source, what the text below it says in full: rows
// are made of the text.
bool in_heading(const Article& article, Span sentence) {
  const auto after = std::upper_bound(article.paragraphs.begin(), article.paragraphs.end(), sentence.start,
                                      [](std::uint32_t at, const Paragraph& p) { return at < p.span.start; });
  if (after == article.paragraphs.begin() || article.paragraphs.size() < 2) return false;
  const Paragraph& paragraph = *std::prev(after);
  return paragraph.kind == ParagraphKind::heading && paragraph.span.contains(sentence);
}

}  // namespace

Coding code(const Article& article, std::span<const Sentence> sentences, std::span<const Mention> mentions,
            const Ontology& ontology, const Knowledge& knowledge, const CodeOptions& options) {
  Coding out;
  const detail::OntologyTables& tables = ontology.tables();
  const std::string language = options.language.empty() ? "en" : options.language;
  const detail::LanguageTables* of_language = tables.language(language);
  if (of_language == nullptr) return out;
  const detail::Scene scene(article, sentences, mentions, tables, *of_language, knowledge);
  const detail::Coreference coreference(scene);
  detail::Parties parties(scene, coreference);
  const detail::Attributor attributor(scene, parties);
  parties.speaker_at = [&](std::uint32_t sentence, std::uint32_t token) -> std::optional<Actor> {
    const auto found = attributor.speaker(scene.quotation_of(scene.view(sentence).tree[token].span));
    return found ? std::optional<Actor>(found->speaker) : std::nullopt;
  };
  const detail::Matcher matcher(scene, parties);
  std::vector<detail::Match> matches;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    if (in_heading(article, sentences[s].span)) continue;
    for (detail::Match& m : matcher.sentence(s, options.near_misses ? &out.near_misses : nullptr))
      matches.push_back(std::move(m));
  }
  detail::merge_mentions(scene, matches);
  const double floor = tables.plover.weight("floor");
  for (const detail::Match& m : matches) {
    Event event = detail::assemble(scene, attributor, m, ontology.version());
    if (event.confidence >= floor) {
      out.events.push_back(std::move(event));
    } else if (options.near_misses) {
      out.near_misses.push_back({event.evidence, event.trigger, m.frame->file + ":" + std::to_string(m.frame->line),
                                 "too unsure: " + event.why.back().detail});
    }
  }
  // Text order; a stable sort keeps the order of frames where two events share a trigger.
  std::stable_sort(out.events.begin(), out.events.end(),
                   [](const Event& a, const Event& b) { return a.trigger < b.trigger; });
  return out;
}

std::string label(const Ontology& ontology, std::string_view profile, const Event& event) {
  const auto& profiles = ontology.tables().plover.profiles;
  if (const auto found = profiles.find(profile); found != profiles.end() && !event.rule.empty()) {
    if (const auto rule = found->second.map.find("rule:" + event.rule); rule != found->second.map.end())
      return rule->second;
  }
  return ontology.label(profile, event.type, event.mode);
}

}  // namespace casus
