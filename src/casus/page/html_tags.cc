// SPDX-License-Identifier: Apache-2.0
// A small hash table from names to tags, built once. Tests: html_tree_test.cc.
#include <casus/page/html_tags.h>

#include <array>

namespace casus::detail {

namespace {

constexpr std::size_t kTags = static_cast<std::size_t>(Tag::count);
constexpr std::size_t kSlots = 512;  // a power of two, about four times the names

constexpr std::array<std::string_view, kTags> kNames = {"",
#define CASUS_TAG_NAME(name, flags) #name,
                                                        CASUS_HTML_TAGS(CASUS_TAG_NAME)
#undef CASUS_TAG_NAME
};

constexpr std::array<std::uint16_t, kTags> kFlags = {0,
#define CASUS_TAG_FLAGS(name, flags) flags,
                                                     CASUS_HTML_TAGS(CASUS_TAG_FLAGS)
#undef CASUS_TAG_FLAGS
};

// The one name that is no identifier.
constexpr std::string_view spelled(std::size_t tag) {
  return kNames[tag] == "annotation_xml" ? std::string_view("annotation-xml") : kNames[tag];
}

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ (hash >> 15)) & (kSlots - 1);
}

constexpr std::array<std::uint8_t, kSlots> make_slots() {
  static_assert(kTags < 256, "slots hold a tag in one byte");
  std::array<std::uint8_t, kSlots> slots{};
  for (std::size_t tag = 1; tag < kTags; ++tag) {
    std::size_t slot = slot_of(spelled(tag));
    while (slots[slot] != 0) slot = (slot + 1) & (kSlots - 1);
    slots[slot] = static_cast<std::uint8_t>(tag);
  }
  return slots;
}

constexpr auto kSlotTable = make_slots();
constexpr std::size_t kLongestName = 14;  // "annotation-xml"

}  // namespace

Tag tag_of(std::string_view name) {
  if (name.size() > kLongestName) return Tag::unknown;
  for (std::size_t slot = slot_of(name); kSlotTable[slot] != 0; slot = (slot + 1) & (kSlots - 1)) {
    if (spelled(kSlotTable[slot]) == name) return static_cast<Tag>(kSlotTable[slot]);
  }
  return Tag::unknown;
}

std::string_view tag_name(Tag tag) {
  return spelled(static_cast<std::size_t>(tag));
}

std::uint16_t tag_flags(Tag tag) {
  return kFlags[static_cast<std::size_t>(tag)];
}

}  // namespace casus::detail
