// SPDX-License-Identifier: Apache-2.0
#pragma once
// Parts that several pages share.
#include <casus/record/record.h>

#include <string>
#include <string_view>

#include "../html.h"

namespace casus::detail {

std::string event_path(std::string_view id);                                  // "/event/ID"
std::string article_path(std::string_view id);                                // "/article/ID"
std::string evidence_path(std::string_view article, std::string_view event);  // "/article/ID#event-ID"

// "△ ACCUSE · allege", coloured by quad.
void write_chip(Html& html, const Event& event);
void write_badges(Html& html, const Event& event);
// "Maduro expressed support for Russia", with parties and deed told apart.
void write_sentence(Html& html, const Event& event);
// "according to the Kremlin · 3 March 2022 · Moscow, Russia"; the outlet where nobody else is cited.
// With a link to the why at its end where asked.
void write_according(Html& html, const Event& event, std::string_view site, bool with_why = false);
// An event of a list, with its quote, leading to its evidence and to its why.
void write_card(Html& html, const EventRow& row);
// An outside link where the address allows one, plain text otherwise.
void write_outside(Html& html, std::string_view url, std::string_view text);
// A label and its value in a <dl>.
void write_pair(Html& html, std::string_view label, std::string_view value);

}  // namespace casus::detail
