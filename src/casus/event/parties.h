// SPDX-License-Identifier: Apache-2.0
#pragma once
// From places in a tree to those who act: an argument of a frame becomes the Actors of the mentions that stand there.
// No mention, no party. Internal to the room.
#include <casus/event/coreference.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace casus::detail {

struct Party {
  Actor actor;
  std::uint32_t token = 0;  // where the tree has it
  float log_probability = 0;
  std::uint8_t arcs = 0;
  bool inherited = false;
  bool coreferent = false;  // through a pronoun or a description
  bool described = false;   // in words only: nobody whom the knowledge names
  bool descended = false;   // named inside the phrase ("the actions of Russia")
  std::string slot;         // "subj", "obj.of"
  std::string how;          // the way in words
};

// Which nouns may stand for a party that the text only describes.
enum class Describe : std::uint8_t {
  doers,      // people who may do something together or with force: class `doers`
  sufferers,  // people and things that deeds are done to: class `sufferable`
  anything    // any noun or name
};

class Parties {
 public:
  Parties(const Scene& scene, const Coreference& coreference) : scene_(&scene), coreference_(&coreference) {}
  // Whose words stand at a token, for "I" and "we"; set once the speakers of quotations can be told.
  std::function<std::optional<Actor>(std::uint32_t sentence, std::uint32_t token)> speaker_at;

  // Those whom a role of a frame names, without doubles. `places` also takes places as parties (what is bombed).
  std::vector<Party> role(std::uint32_t sentence, std::uint32_t trigger, const Role& role, bool places) const;
  // Those named at one token, with everyone joined to it by "and".
  std::vector<Party> at(std::uint32_t sentence, const Argument& argument, bool inside, bool places) const;
  // Those whom a role's phrases only describe: people and things that deeds are done to, or anything; `taken` are words
  // of the frame itself.
  std::vector<Party> described(std::uint32_t sentence, std::uint32_t trigger, const Role& role, Describe what,
                               const std::vector<std::uint32_t>& taken) const;
  // Those named inside the object of a verb, or inside the phrase of a noun: the highest in the tree alone, with those
  // joined to it. Linear in the phrase.
  std::vector<Party> within(std::uint32_t sentence, std::uint32_t trigger) const;
  // Kinds and sectors as a frame's condition names them: "person", "MIL", "GOV".
  static bool is(const Actor& actor, const std::unordered_set<std::string>& words);

 private:
  Actor phrase(std::uint32_t sentence, std::uint32_t noun) const;
  void add(std::uint32_t sentence, const Argument& argument, bool inside, bool places, int depth,
           std::vector<Party>& out) const;
  std::int32_t name_between_commas(std::uint32_t sentence, std::int32_t mention) const;
  bool add_named(std::uint32_t sentence, const Argument& argument, bool places, std::vector<Party>& out) const;
  bool add_mention(std::int32_t mention, const Argument& argument, bool places, std::vector<Party>& out) const;
  bool add_antecedent(std::uint32_t sentence, const Argument& argument, const Antecedent& found,
                      std::vector<Party>& out) const;
  bool add_speaker(std::uint32_t sentence, const Argument& argument, std::vector<Party>& out) const;
  bool add_owned(std::uint32_t sentence, const Argument& argument, std::int32_t mention, std::vector<Party>& out) const;
  bool add_apposition(std::uint32_t sentence, const Argument& argument, bool places, std::vector<Party>& out) const;
  void add_inside(std::uint32_t sentence, const Argument& argument, bool places, int depth,
                  std::vector<Party>& out) const;

  const Scene* scene_;
  const Coreference* coreference_;
};

}  // namespace casus::detail
