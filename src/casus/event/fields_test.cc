// SPDX-License-Identifier: Apache-2.0
// Speakers, status, dates and places of the project's own sentences (testdata/fields.tsv, in the format of
// ontology/examples), read with the real model and knowledge. A floor on the share that comes out right, since a better
// model moves single trees; skips where the data folder is absent.
#include <casus/base/mapped_file.h>
#include <casus/event/reader.h>
#include <casus/event/score.h>
#include <casus/event/test_double.h>
#include <casus/page/read_page.h>

#include <gtest/gtest.h>

#include <filesystem>

namespace casus {
namespace {

TEST(FieldsTest, speakers_status_dates_and_places_of_own_sentences) {
  const std::filesystem::path data = std::filesystem::path(CASUS_BINARY_DIR) / "data";
  if (!std::filesystem::exists(data / "knowledge.casus")) GTEST_SKIP() << "no data/knowledge.casus in the build folder";
  const Reader reader = Reader::open(data).value();
  std::vector<OntologyNote> notes;
  const std::string file = "src/casus/event/testdata/fields.tsv";
  const auto examples =
      parse_examples(file, read_file(testing_world::source(file), 1U << 20).value(), reader.ontology(), notes);
  EXPECT_TRUE(notes.empty()) << notes[0].line << ": " << notes[0].message;
  ExampleScore sum;
  for (const Example& e : examples) {
    const Article article =
        read_page(e.text, {.form = PageForm::text, .published = "2024-05-15", .language = "en", .keep_all = true})
            .value();
    const Reading reading = reader.read(article);
    std::vector<Judged> judged;
    for (const Event& event : reading.events) judged.push_back({&event, event.type});
    sum += score_example(e, judged, reading.mentions);
  }
  ASSERT_GE(examples.size(), 50U);
  EXPECT_GE(sum.parties.recall(), 0.75);
  EXPECT_GE(sum.holders.f1(), 0.90);
  EXPECT_GE(sum.status.f1(), 0.85);
  EXPECT_GE(sum.dates.value(), 0.85);
  EXPECT_GE(sum.places.value(), 0.75);
}

}  // namespace
}  // namespace casus
