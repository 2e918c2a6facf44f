// SPDX-License-Identifier: Apache-2.0
#pragma once
// Triggers and frames: which words of a sentence are events, in which frame, with which parties. Internal to the room.
#include <casus/event/code.h>
#include <casus/event/parties.h>

#include <string>
#include <vector>

namespace casus::detail {

struct Match {
  const FrameSpec* frame = nullptr;
  std::uint32_t sentence = 0;
  std::uint32_t trigger = 0;
  std::int32_t carrier = -1;  // the light verb that carries a noun, or -1
  std::vector<Party> actors, recipients;
  int met = 0;          // conditions of the frame that held
  bool merged = false;  // parties were joined from two mentions of one event
  std::string merged_why;
};

class Matcher {
 public:
  Matcher(const Scene& scene, const Parties& parties) : scene_(&scene), parties_(&parties) {}
  // The events of one sentence, in order of their triggers. `misses` is filled when it is not null and nothing was
  // found.
  std::vector<Match> sentence(std::uint32_t sentence, std::vector<NearMiss>* misses) const;

 private:
  struct Attempt {
    Match match;
    std::string stopped;  // empty: matched
    int rank = 0;
  };
  Attempt attempt(std::uint32_t sentence, std::uint32_t trigger, const FrameSpec& frame) const;
  std::string fill(Match& match) const;
  std::string judge(const Match& match) const;
  std::string blocked(const Match& match, bool filled) const;
  bool suits(const Match& match, const Condition& condition) const;
  void fill_described(Match& match) const;
  void fill_from_phrase(Match& match) const;
  bool listed(const char* name, const std::string& word) const;  // is `word` in the class?
  bool located(std::uint32_t sentence) const;
  static void doubt_lent(std::vector<Party>& side, const std::vector<Party>& other);
  static bool is_own(const std::vector<Party>& actors, const Party& recipient);
  const Attempt* best(const std::vector<Attempt>& attempts) const;
  void settle(std::vector<Match>& matches) const;
  bool in_content(const Match& outer, const Match& inner) const;
  std::vector<std::uint32_t> consumed(const Match& match) const;

  const Scene* scene_;
  const Parties* parties_;
};

// Joins "the invasion of Y" with "X's attack" in a neighbouring sentence, each of which names one party of one event.
void merge_mentions(const Scene& scene, std::vector<Match>& matches);

}  // namespace casus::detail
