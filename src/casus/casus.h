// SPDX-License-Identifier: Apache-2.0
#pragma once
// The whole library for those who only read articles and want their events.
//
//   casus::Reader reader = casus::Reader::open(casus::default_data()).value();
//   casus::Article article = casus::read_page(bytes, {.url = url}).value();
//   for (const casus::Event& event : reader.events(article))
//     std::cout << event.type << ' ' << name(event.actors) << " -> " << name(event.recipients)
//               << "  \"" << article.quote(event.evidence) << "\"\n";
#include <casus/base/data_dir.h>
#include <casus/event/reader.h>
#include <casus/page/read_page.h>
