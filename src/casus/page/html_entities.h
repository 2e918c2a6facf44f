// SPDX-License-Identifier: Apache-2.0
#pragma once
// Character references of HTML ("&eacute;", "&#233;", "&amp"): what stands at a place of the text, and what it means.
//
//   casus::detail::CharacterReference r = casus::detail::read_character_reference(text, position_of_ampersand, false);
//
// Views point into the static table or into the result itself. Cost: the length of the reference; a run of digits is
// read whole. Source: WHATWG HTML, "Character reference state" and what follows it.
#include <cstdint>
#include <string_view>

namespace casus::detail {

struct CharacterReference {
  std::uint32_t consumed = 0;  // bytes from the '&' on; 0: no reference stands here and '&' is itself
  std::uint8_t length = 0;     // bytes of `utf8`
  char utf8[7] = {};           // its meaning: one or two characters

  std::string_view value() const { return {utf8, length}; }
};

// `text[position]` is '&'. In attribute values "&copy=1" is no reference, for the sake of old links.
CharacterReference read_character_reference(std::string_view text, std::size_t position, bool in_attribute);

}  // namespace casus::detail
