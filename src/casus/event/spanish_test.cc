// SPDX-License-Identifier: Apache-2.0
// Spanish and Portuguese sentences from their bytes to their events, with the real models and the real knowledge: the
// same matcher over other tables. Skips where the build folder has no models of these languages, or where the knowledge
// does not read their nouns yet. Labelled `unit`; a sentence takes milliseconds.
#include <casus/event/reader.h>
#include <casus/page/read_page.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

namespace casus {
namespace {

namespace fs = std::filesystem;

// nullptr where something is missing.
const Reader* reader() {
  static const std::unique_ptr<const Reader> opened = []() -> std::unique_ptr<const Reader> {
    const fs::path data = fs::path(CASUS_BINARY_DIR) / "data";
    for (const char* file : {"knowledge.casus", "models/en.casm", "models/es.casm", "models/pt.casm"}) {
      if (!fs::exists(data / file)) return nullptr;
    }
    return std::make_unique<const Reader>(Reader::open(data).value());
  }();
  return opened.get();
}

std::vector<Event> events_of(const std::string& language, const std::string& text) {
  const Article article =
      read_page(text, {.charset = "utf-8", .form = PageForm::text, .published = "2024-05-15", .language = language})
          .value();
  return reader()->read(article).events;
}

std::set<std::string> countries(const std::vector<Actor>& actors) {
  std::set<std::string> out;
  for (const Actor& a : actors) {
    if (!a.country.empty()) out.insert(a.country);
  }
  return out;
}

// "TYPE actor's countries > recipient's countries", the events in text order.
std::string line_of(const Event& e) {
  std::string out = e.type;
  for (const std::string& c : countries(e.actors)) out += " " + c;
  out += " >";
  for (const std::string& c : countries(e.recipients)) out += " " + c;
  for (const Status s : e.status) out += " " + std::string(to_string(s));
  return out;
}

std::string lines_of(const std::string& language, const std::string& text) {
  std::string out;
  for (const Event& e : events_of(language, text)) out += (out.empty() ? "" : "; ") + line_of(e);
  return out;
}

struct Case {
  const char* language;
  const char* text;
  const char* expect;
};

// So that the test's name is its sentence.
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.language << ": " << c.text;
}

class RomanceTest : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (reader() == nullptr)
      GTEST_SKIP() << "no Spanish and Portuguese models and knowledge in the build folder's data";
    // The knowledge's nouns of these languages are what makes "la policía peruana" a party.
    if (lines_of("es", "La policía peruana detuvo a veinte manifestantes.").find("PER") == std::string::npos)
      GTEST_SKIP() << "the knowledge does not read Spanish nouns and nationalities yet";
  }
};

TEST_P(RomanceTest, gives_the_events_of_the_sentence) {
  EXPECT_EQ(lines_of(GetParam().language, GetParam().text), GetParam().expect) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    sentences, RomanceTest,
    ::testing::Values(
        Case{"es", "Estados Unidos impuso sanciones a Venezuela.", "SANCTION USA > VEN"},
        Case{"es", "El gobierno hondureño rompió relaciones con Taiwán.", "SANCTION HND > TWN"},
        Case{"es", "Tropas rusas atacaron la ciudad ucraniana de Járkov.", "ASSAULT RUS > UKR"},
        Case{"es", "España reconoció al Estado de Palestina.", "SUPPORT ESP > PSE"},
        Case{"es", "Francia enviará ayuda humanitaria a Haití.", "AGREE FRA > HTI"},
        Case{"es", "Corea del Norte amenazó con atacar a Corea del Sur.", "THREATEN PRK > KOR"},
        Case{"es", "La ONU pidió a Israel que permita la entrada de alimentos.", "REQUEST UNO > ISR"},
        Case{"es", "Rusia no atacó a Ucrania ese día.", "ASSAULT RUS > UKR negation"},
        Case{"es", "Miles de maestros marcharon en Tegucigalpa contra el gobierno hondureño.", "PROTEST > HND"},
        Case{"es", "El Real Madrid atacó desde el primer minuto y el Barcelona apenas defendió su portería.", ""},
        Case{"es", "El terremoto sacudió la costa de Chile y dejó cuatro muertos.", ""},
        Case{"pt", "Os Estados Unidos impuseram sanções à Venezuela.", "SANCTION USA > VEN"},
        Case{"pt", "Tropas russas bombardearam a cidade ucraniana de Kharkiv.", "ASSAULT RUS > UKR"},
        Case{"pt", "A Espanha reconheceu o Estado da Palestina.", "SUPPORT ESP > PSE"},
        Case{"pt", "A França vai enviar ajuda humanitária ao Haiti.", "AGREE FRA > HTI"},
        Case{"pt", "A Rússia ameaçou atacar a Polônia.", "THREATEN RUS > POL"},
        Case{"pt", "A Turquia suspendeu o comércio com Israel.", "SANCTION TUR > ISR"},
        Case{"pt", "O técnico pediu demissão depois da derrota para o Vasco no Maracanã.", ""},
        Case{"pt", "A enchente destruiu dezenas de casas no vale e deixou três mortos.", ""}));

}  // namespace
}  // namespace casus
