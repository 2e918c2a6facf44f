// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/cli/command.h>
#include <casus/cli/event_text.h>

#include <algorithm>

namespace casus::cli {

namespace {

constexpr std::string_view kIndent = "            ";  // under the type, right of the date
constexpr std::size_t kShownId = 10;

std::string bold(const std::string& text, bool colour) {
  return colour ? "\x1b[1m" + text + "\x1b[0m" : text;
}
std::string dim(const std::string& text, bool colour) {
  return colour ? "\x1b[2m" + text + "\x1b[0m" : text;
}

std::string party_name(const Actor& actor) {
  std::string out = printable(actor.name);
  std::string code = actor.country;
  if (!actor.sectors.empty()) code += (code.empty() ? "" : " ") + actor.sectors.front();
  return code.empty() ? out : out + " (" + printable(code) + ")";
}

// One mark under each character of the part of the sentence that `span` covers.
std::string underline(const Article& article, Span sentence, Span span, char mark) {
  const std::size_t before = width_of(article.quote({sentence.start, std::max(sentence.start, span.start)}));
  const std::size_t wide =
      width_of(article.quote({std::max(sentence.start, span.start), std::min(sentence.end, span.end)}));
  return std::string(before, ' ') + std::string(wide, mark);
}

}  // namespace

std::string party_names(const std::vector<Actor>& actors) {
  std::string out;
  for (const Actor& actor : actors) out += (out.empty() ? "" : ", ") + party_name(actor);
  return out.empty() ? "—" : out;
}

std::string according_to(const Event& event) {
  std::string out;
  for (const Status status : event.status) out += (out.empty() ? "" : ", ") + std::string(to_string(status));
  for (const Attribution& link : event.attribution) {
    out += out.empty() ? "" : ", ";
    out += link.stance == Stance::denies    ? "denied by "
           : link.stance == Stance::accuses ? "alleged by "
                                            : "according to ";
    out += printable(link.speaker.name);
  }
  return out;
}

std::string event_lines(const EventRow& row, std::size_t width, bool colour) {
  const Event& event = row.event;
  std::string date = event.date.value ? event.date.value.to_string() : "no date";
  date.resize(std::max<std::size_t>(kIndent.size(), date.size() + 1), ' ');
  std::string head =
      bold(event.type, colour) + (event.mode.empty() ? "" : " " + event.mode) + "  " + party_names(event.actors);
  if (!event.recipients.empty()) head += " → " + party_names(event.recipients);
  if (const std::string said = according_to(event); !said.empty()) head += "  [" + said + "]";
  const std::size_t room = width > kIndent.size() + 20 ? width - kIndent.size() : 80;
  std::string out = wrapped(head, room, kIndent);
  out.replace(0, std::min(kIndent.size(), out.size()), date);
  out += wrapped("“" + printable(row.quote) + "”", room, kIndent);
  std::string from = event.id.substr(0, kShownId);
  if (!row.site.empty() || !row.url.empty()) from += "  " + printable(row.site.empty() ? row.url : row.site);
  if (!row.title.empty()) from += " · " + printable(row.title);
  out += std::string(kIndent) + dim(from, colour) + "\n";
  return out;
}

std::string event_why(const EventRow& row, const Article& article, std::size_t width) {
  const Event& event = row.event;
  std::string out = event_lines(row, width, false) + "\n";
  const std::string sentence = printable(article.quote(event.evidence));
  // Marks stand under single characters, so the sentence is not wrapped here; a long one is scrolled.
  out += "  " + sentence + "\n";
  for (const Actor& actor : event.actors)
    out += "  " + underline(article, event.evidence, actor.span, '~') + " actor\n";
  for (const Actor& recipient : event.recipients)
    out += "  " + underline(article, event.evidence, recipient.span, '~') + " recipient\n";
  out += "  " + underline(article, event.evidence, event.trigger, '^') + " trigger\n";
  for (const WhyStep& step : event.why) {
    std::string line = step.step + ": " + printable(step.detail);
    if (!step.span.empty()) line += "  \"" + printable(article.quote(step.span)) + "\"";
    std::string lines = wrapped(line, width > 10 ? width - 6 : width, "      ");
    lines.replace(0, std::min<std::size_t>(6, lines.size()), "    - ");
    out += lines;
  }
  const auto explain = [&](const Actor& actor, std::string_view role) {
    if (actor.reason.empty()) return;
    out += wrapped(std::string(role) + " " + party_name(actor) + ": " + printable(actor.reason) +
                       (actor.source.empty() ? "" : " (source: " + printable(actor.source) + ")"),
                   width > 10 ? width - 6 : width, "    ");
  };
  for (const Actor& actor : event.actors) explain(actor, "actor");
  for (const Actor& recipient : event.recipients) explain(recipient, "recipient");
  out += "    date: " + (event.date.value ? event.date.value.to_string() : std::string("none")) + " (" +
         std::string(to_string(event.date.basis)) + "), confidence " + std::to_string(event.confidence).substr(0, 4) +
         "\n";
  return out;
}

}  // namespace casus::cli
