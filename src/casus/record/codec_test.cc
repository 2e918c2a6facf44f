// SPDX-License-Identifier: Apache-2.0
#include <casus/record/codec.h>
#include <casus/record/record_fixture.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace casus::detail {
namespace {

TEST(Codec, AnEventComesBackWhole) {
  const Page page = make_page("https://example.org/a", "Maduro Putin called. Second Third met.");
  ASSERT_EQ(page.reading.events.size(), 2U);
  Event event = page.reading.events[1];
  event.status = {Status::future, Status::hypothetical};
  event.was = "AGREE";
  event.rule = "future-coop";
  event.incomplete = true;
  const std::string json = write_event(event);
  const Result<Event> back = read_event(json);
  ASSERT_TRUE(back);
  // Every field is in the JSON, so equal JSON means equal events.
  EXPECT_EQ(write_event(*back), json);
  EXPECT_EQ(back->actors[0].role->from.to_string(), "2013-04");
  EXPECT_EQ(back->attribution[0].stance, Stance::accuses);
  EXPECT_EQ(back->status, event.status);
  EXPECT_EQ(back->evidence, event.evidence);
  EXPECT_EQ(back->actors[0].candidates[0].score, 0.125F);
}

TEST(Codec, DamagedEventsAreErrorsAndNotCrashes) {
  const std::string json = write_event(make_page("u", "Maduro Putin called.").reading.events[0]);
  for (std::size_t cut = 0; cut < json.size(); cut += 7) EXPECT_FALSE(read_event(json.substr(0, cut)));
  for (const char* wrong : {"", "[]", "null", "{}", "{\"id\":1}"}) {
    const Result<Event> event = read_event(wrong);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, Errc::corrupt);
  }
}

TEST(Codec, DamagedBlobsAreErrors) {
  const std::string packed = compress(std::string(1000, 'a') + "b");
  EXPECT_EQ(decompress(packed, 2000).value(), std::string(1000, 'a') + "b");
  EXPECT_EQ(decompress(packed, 500).error().code, Errc::too_large);
  EXPECT_FALSE(decompress(packed.substr(0, packed.size() - 1), 2000));
  EXPECT_FALSE(decompress("not zstd", 2000));
  EXPECT_FALSE(decompress("", 2000));
  EXPECT_EQ(decompress(compress(""), 10).value(), "");
}

RC_GTEST_PROP(Codec, PageMapsComeBack, (const std::vector<std::pair<std::uint16_t, std::uint32_t>>& steps)) {
  std::vector<Piece> pieces;
  std::uint32_t text = 0;
  for (const auto& [step, page] : steps) {
    pieces.push_back({text, page % 1'000'000, step, static_cast<PieceKind>(page % 3)});
    text += step + 1U;
  }
  const PageMap map(pieces, text);
  const Result<PageMap> back = read_map(write_map(map), text);
  RC_ASSERT(static_cast<bool>(back));
  RC_ASSERT(back->all().size() == pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& a = pieces[i];
    const Piece& b = back->all()[i];
    RC_ASSERT(a.text_start == b.text_start && a.page_start == b.page_start && a.page_length == b.page_length &&
              a.kind == b.kind);
  }
}

RC_GTEST_PROP(Codec, NoiseIsNoPageMapThatLeavesTheText, (const std::string& bytes)) {
  if (const Result<PageMap> map = read_map(bytes, 1000)) {
    for (const Piece& piece : map->all()) RC_ASSERT(piece.text_start <= 1000U);
  }
}

}  // namespace
}  // namespace casus::detail
