// SPDX-License-Identifier: Apache-2.0
#pragma once
// According to whom: the chain of those who say that something happened, outermost first. Internal to the room.
#include <casus/event/parties.h>

#include <optional>
#include <string>
#include <vector>

namespace casus::detail {

class Attributor {
 public:
  Attributor(const Scene& scene, const Parties& parties)
      : scene_(&scene), parties_(&parties), speakers_(scene.quotations().size()) {}

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
  std::vector<Link> links(std::uint32_t sentence, std::uint32_t trigger) const;
  std::optional<Attribution> according(std::uint32_t sentence, std::uint32_t trigger) const;
  std::optional<Actor> speaker_of_verb(std::uint32_t sentence, std::uint32_t verb) const;
  std::optional<Actor> speaker_of_noun(std::uint32_t sentence, std::uint32_t noun) const;
  std::optional<Actor> actor_at(std::uint32_t sentence, const Argument& argument) const;
  Actor described(std::uint32_t sentence, std::uint32_t token) const;
  bool afterthought(std::uint32_t sentence, std::uint32_t head, std::uint32_t verb) const;
  const SayCue* cue(std::uint32_t sentence, std::uint32_t token, const std::string& relation) const;
  std::optional<Attribution> find_speaker(std::int32_t quotation) const;
  std::optional<Attribution> verb_beside(std::uint32_t sentence, Span quotation) const;
  std::optional<Attribution> before_colon(std::uint32_t sentence, Span quotation) const;
  Attribution link(std::uint32_t sentence, std::uint32_t token, Actor who, Stance stance) const;

  struct Cached {
    bool known = false;
    std::optional<Attribution> value;
  };
  const Scene* scene_;
  const Parties* parties_;
  mutable std::vector<Cached> speakers_;
};

}  // namespace casus::detail
