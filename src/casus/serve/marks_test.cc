// SPDX-License-Identifier: Apache-2.0
#include "marks.h"

#include <casus/base/utf8.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casus::detail {
namespace {

std::string shape(std::string_view text, const std::vector<Run>& runs) {
  std::string out;
  for (const Run& run : runs) {
    out += "[" + std::string(run.span.of(text));
    for (const std::size_t mark : run.marks) out += "|" + std::to_string(mark);
    out += "]";
  }
  return out;
}

TEST(Cut, OverlappingSpansShareTheirRuns) {
  const std::string text = "abcdefgh";
  EXPECT_EQ(shape(text, cut(text, {0, 8}, {{{1, 5}, "x"}, {{3, 7}, "y"}, {{3, 4}, "z"}})),
            "[a][bc|0][d|0|1|2][e|0|1][fg|1][h]");
  EXPECT_EQ(shape(text, cut(text, {2, 4}, {{{0, 8}, "x"}})), "[cd|0]");
  EXPECT_EQ(shape(text, cut(text, {0, 8}, {})), "[abcdefgh]");
  EXPECT_EQ(shape(text, cut(text, {0, 2}, {{{5, 3}, "backwards"}, {{4, 4}, "empty"}, {{90, 99}, "beyond"}})), "[ab]");
}

TEST(Cut, ABorderInsideACharacterMovesOutwards) {
  const std::string text = "aé🕊b";  // 1 + 2 + 4 + 1 bytes
  EXPECT_EQ(shape(text, cut(text, {0, 8}, {{{2, 4}, "x"}})), "[a][é🕊|0][b]");
}

RC_GTEST_PROP(Cut, RunsCoverTheTextInOrderAndNeverCutACharacter, ()) {
  const std::vector<std::string> letters = {"a", "é", "語", "🕊", " "};
  std::string text;
  for (const std::size_t i : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 5)))
    text += letters[i];
  std::vector<Mark> marks;
  for (const auto& [a, b] : *rc::gen::arbitrary<std::vector<std::pair<std::uint8_t, std::uint8_t>>>())
    marks.push_back({{a, b}, "x"});
  std::uint32_t at = 0;
  for (const Run& run : cut(text, {0, static_cast<std::uint32_t>(text.size())}, marks)) {
    RC_ASSERT(run.span.start == at);
    RC_ASSERT(run.span.end > at);
    RC_ASSERT(is_valid_utf8(run.span.of(text)));
    at = run.span.end;
  }
  RC_ASSERT(at == text.size());
}

TEST(WriteRoles, LabelsStandBehindTheirWords) {
  Html html;
  const std::string text = "Holm met Kessel.";
  write_roles(html, text, {0, 16}, {{{0, 4}, "actor"}, {{5, 8}, "trigger"}, {{9, 15}, "recipient"}}, true);
  EXPECT_EQ(html.str(),
            "<span class=\"role r-actor\">Holm</span><small class=\"role-name r-actor\">who</small> "
            "<span class=\"role r-trigger\">met</span><small class=\"role-name r-trigger\">what</small> "
            "<span class=\"role r-recipient\">Kessel</span><small class=\"role-name r-recipient\">whom</small>.");
}

}  // namespace
}  // namespace casus::detail
