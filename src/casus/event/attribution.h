// SPDX-License-Identifier: Apache-2.0
#pragma once
// According to whom: the chain of those who say that something happened, outermost first. Internal to the room.
//
// attribution.cc climbs from the trigger to whoever says it, speaker.cc tells who a word of saying belongs to,
// quotation.cc whose words stand between quotation marks.
#include <casus/event/parties.h>

#include <optional>
#include <string>
#include <vector>

namespace casus::detail {

class Attributor {
 public:
  Attributor(const Scene& scene, const Parties& parties)
      : scene_(&scene),
        parties_(&parties),
        speakers_(scene.quotations().size()),
        main_speakers_(scene.sentences().size()) {}

  // Empty: the outlet itself reports it. The trigger's own verb is never a link: who accuses is the actor of the
  // accusation.
  std::vector<Attribution> chain(std::uint32_t sentence, std::uint32_t trigger) const;
  // Whose words a quotation is; nullopt where the text does not say.
  std::optional<Attribution> speaker(std::int32_t quotation) const;

 private:
  struct Link {
    Attribution attribution;
    std::uint32_t cue = 0;  // token
  };
  struct Cached {
    bool known = false;
    std::optional<Attribution> value;
  };

  // attribution.cc
  std::vector<Link> links(std::uint32_t sentence, std::uint32_t trigger) const;
  void add_link(std::uint32_t sentence, std::uint32_t cue, Stance stance, std::vector<Link>& out) const;
  void add_sources(std::uint32_t sentence, std::uint32_t verb, std::vector<Link>& out) const;
  void add_carrier_of_words(std::uint32_t sentence, std::uint32_t verb, std::vector<Link>& out) const;
  std::optional<Attribution> according(std::uint32_t sentence, std::uint32_t trigger) const;
  std::optional<Attribution> tail(std::uint32_t sentence, std::uint32_t trigger) const;
  std::optional<Attribution> headline_colon(std::uint32_t sentence, std::uint32_t trigger) const;
  std::optional<Attribution> continued(std::uint32_t sentence, std::uint32_t trigger) const;
  std::int32_t misplaced_complement(std::uint32_t sentence, std::uint32_t clause) const;
  bool afterthought(std::uint32_t sentence, std::uint32_t head, std::uint32_t verb) const;

  // speaker.cc
  std::optional<Actor> speaker_of_verb(std::uint32_t sentence, std::uint32_t verb) const;
  std::optional<Actor> speaker_of_noun(std::uint32_t sentence, std::uint32_t noun) const;
  std::optional<Actor> actor_at(std::uint32_t sentence, const Argument& argument) const;
  std::optional<Actor> main_speaker(std::uint32_t sentence) const;
  std::optional<Actor> last_speaker(std::uint32_t sentence) const;
  std::optional<Actor> pronoun_speaker(std::uint32_t sentence, std::uint32_t token) const;
  Actor described(std::uint32_t sentence, std::uint32_t token) const;
  void speak_for(std::uint32_t sentence, std::uint32_t token, Actor& actor) const;
  const SayCue* cue(std::uint32_t sentence, std::uint32_t token, const std::string& relation) const;
  Attribution link(std::uint32_t sentence, std::uint32_t token, Actor who, Stance stance) const;

  // quotation.cc
  std::optional<Attribution> find_speaker(std::int32_t quotation) const;
  std::optional<Attribution> verb_beside(std::uint32_t sentence, Span quotation) const;
  std::optional<Attribution> before_colon(std::uint32_t sentence, Span quotation) const;
  std::optional<Attribution> goes_on(std::int32_t quotation, std::uint32_t first) const;

  const Scene* scene_;
  const Parties* parties_;
  mutable std::vector<Cached> speakers_;       // by quotation
  mutable std::vector<Cached> main_speakers_;  // by sentence; only the speaker is meant
};

// Tokens [0, n) of a dateline ("KYIV, March 4 (Reuters) —"), 0 where the sentence has none.
std::uint32_t dateline_tokens(const View& view);

}  // namespace casus::detail
