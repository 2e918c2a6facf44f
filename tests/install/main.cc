#include <casus/casus.h>

#include <iostream>

int main() {
  casus::Reader reader = casus::Reader::open(casus::default_data()).value();
  casus::Article article =
      casus::read_page(
          "The president of France, Emmanuel Macron, met German Chancellor Olaf Scholz in Berlin on Monday.\n"
          "Macron condemned the Russian attack on Kyiv, his office said.\n",
          {.published = "2023-02-01"})
          .value();
  for (const casus::Event& event : reader.events(article))
    std::cout << event.type << ' ' << name(event.actors) << " -> " << name(event.recipients) << "  \""
              << article.quote(event.evidence) << "\"\n";
}
