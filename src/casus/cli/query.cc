// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/query.h>

#include <CLI/CLI.hpp>
#include <algorithm>

namespace casus::cli {

namespace {

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

// A date in any precision, written as the record writes it; quotation of the wrong one in the message.
std::string date(const std::string& text, const char* option) {
  if (text.empty()) return text;
  const std::optional<Date> parsed = Date::parse(text);
  if (!parsed)
    throw BadResult({Errc::invalid_input, std::string(option) + " takes a date such as 2022-03-04, 2022-03 or 2022"});
  return parsed->to_string();
}

}  // namespace

EventQuery QueryOptions::checked() const {
  EventQuery out = query;
  for (const std::string& word : words) out.text += (out.text.empty() ? "" : " ") + word;
  out.type = upper(out.type);
  out.country = upper(out.country);
  out.newest_first = !oldest_first;
  out.until = date(out.until, "--until");
  out.since = date(out.since, "--since");
  if (!status.empty()) {
    for (const Status one : {Status::negation, Status::future, Status::hypothetical, Status::historical}) {
      if (to_string(one) == status) out.status = one;
    }
  }
  return out;
}

void declare_query(CLI::App& verb, QueryOptions& options) {
  verb.add_option("WORDS", options.words, "Words or \"phrases\" of quotes, titles and names")->type_name("");
  verb.add_option("--type", options.query.type, "Only this type: SANCTION, ASSAULT, CONSULT …")->type_name("TYPE");
  verb.add_option("--mode", options.query.mode, "Only this mode")->type_name("MODE");
  verb.add_option("--country", options.query.country, "A party or the place is of this country (alpha-3)")
      ->type_name("ABC");
  verb.add_option("--actor", options.query.actor, "Name, id or country of an actor")->type_name("WHO");
  verb.add_option("--recipient", options.query.recipient, "Name, id or country of a recipient")->type_name("WHO");
  verb.add_option("--since", options.query.since, "Not before this date, month or year")->type_name("DATE");
  verb.add_option("--until", options.query.until, "Not after this date, month or year")->type_name("DATE");
  verb.add_option("--status", options.status, "negation, future, hypothetical or historical")
      ->check(CLI::IsMember({"negation", "future", "hypothetical", "historical"}))
      ->type_name("STATUS");
  verb.add_flag("--happened", options.query.happened, "Only what is reported as having happened");
  verb.add_option("--min-confidence", options.query.min_confidence, "Between 0 and 1")
      ->check(CLI::Range(0.0, 1.0))
      ->type_name("P");
  verb.add_option("--article", options.query.article, "Only this article (whole id)")->type_name("ID");
  verb.add_flag("--oldest-first", options.oldest_first, "The other way round");
}

}  // namespace casus::cli
