// SPDX-License-Identifier: Apache-2.0
// Time is read by patterns over words that the table names, then attached: an expression counts for an event only when
// it hangs from the trigger, from what carries it, or from the verb that the event is subject or object of; "the
// Kremlin said today" dates the saying. Tests: code_test.cc over testdata/.
#include <casus/event/when_where.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace casus::detail {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kFirstYear = 1900, kLastYear = 2100;  // a number outside is not read as a year
constexpr int kWeek = 7, kMonth = 30, kYear = 365;  // days, as the unit table names them
constexpr std::uint32_t kDatelineTokens = 14;

int number_of(std::string_view text) {
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() ? value : -1;
}

Date make_date(int year, int month, int day) {
  Date date;
  date.year = static_cast<std::int16_t>(year);
  date.month = static_cast<std::uint8_t>(month);
  date.day = static_cast<std::uint8_t>(day);
  return date;
}

bool real(int year, int month, int day) {
  using namespace std::chrono;
  return year_month_day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                        std::chrono::day{static_cast<unsigned>(day)}}
      .ok();
}

class TimeReader {
 public:
  TimeReader(const Grammar& grammar, const Lexicon& lexicon, Date published, bool future)
      : grammar_(grammar), lexicon_(lexicon), published_(published), future_(future), size_(grammar.tree().size()) {}

  std::vector<TimeExpression> run() {
    std::vector<TimeExpression> out;
    for (std::uint32_t i = 0; i < size_;) {
      TimeExpression found;
      found.first = i;
      if (iso(i, found) || calendar(i, found) || ago(i, found) || shifted(i, found) || weekday(i, found) ||
          day_word(i, found) || year(i, found)) {
        i = found.last;
        out.push_back(found);
      } else {
        ++i;
      }
    }
    return out;
  }

 private:
  const TimeWord* word(std::uint32_t i, TimeWord::Kind kind) const {
    if (i >= size_) return nullptr;
    for (const std::string* text : {&grammar_.form(i), &grammar_.lemma(i)}) {
      const auto found = lexicon_.time.find(*text);
      if (found == lexicon_.time.end()) continue;
      for (const TimeWord& w : found->second) {
        if (w.kind == kind) return &w;
      }
    }
    return nullptr;
  }
  int number(std::uint32_t i) const {
    if (i >= size_) return -1;
    std::string_view text = grammar_.form(i);
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
      if (text.size() > 2 && text.ends_with(ending) && text[0] >= '0' && text[0] <= '9') text.remove_suffix(2);
    }
    return number_of(text);
  }
  int year_at(std::uint32_t i) const {
    const int value = i < size_ && grammar_.form(i).size() == 4 ? number(i) : -1;
    return value >= kFirstYear && value <= kLastYear ? value : -1;
  }
  bool dated() const { return published_.day != 0; }
  Date shift(int by) const { return Date::from_days(published_.first_day() + days{by}); }

  bool iso(std::uint32_t i, TimeExpression& out) const {
    const std::string& form = grammar_.form(i);
    if (form.size() != 10 || form[4] != '-' || form[7] != '-') return false;
    const auto date = Date::parse(form);
    if (!date || date->year < kFirstYear || date->year > kLastYear) return false;
    out.value = *date;
    out.basis = Basis::stated;
    out.last = i + 1;
    return true;
  }

  // "4 March 2022", "March 4, 2022", "March 2022", "4 March", "March".
  bool calendar(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t at = i;
    int day = number(at);
    const bool day_first = day >= 1 && day <= 31 && word(at + 1, TimeWord::Kind::month) != nullptr;
    if (day_first) ++at;
    const TimeWord* month = word(at, TimeWord::Kind::month);
    if (month == nullptr || grammar_.tree()[at].upos == Upos::AUX || grammar_.tree()[at].upos == Upos::VERB)
      return false;
    if (grammar_.tree()[at].form == grammar_.form(at))
      return false;  // months are written with a capital; "may" and "march" are not
    ++at;
    if (!day_first) {
      day = number(at);
      if (day >= 1 && day <= 31 && year_at(at) < 0)
        ++at;
      else
        day = 0;
    }
    int year = year_at(at);
    std::uint32_t last = at + (year >= 0 ? 1 : 0);
    if (year < 0 && at < size_ && grammar_.form(at) == "," && (year = year_at(at + 1)) >= 0) last = at + 2;
    out.last = last;
    if (year >= 0) {
      if (day != 0 && !real(year, month->value, day)) return false;
      out.value = make_date(year, month->value, day);
      out.basis = Basis::stated;
      return true;
    }
    out.basis = Basis::relative;
    if (published_.year == 0 || published_.month == 0) return true;
    int guess = published_.year;
    if (!future_ && month->value > published_.month) --guess;
    if (future_ && month->value < published_.month) ++guess;
    if (day == 0 || real(guess, month->value, day)) out.value = make_date(guess, month->value, day);
    return true;
  }

  // "two days ago", "a week earlier".
  bool ago(std::uint32_t i, TimeExpression& out) const {
    int count = number(i);
    if (count < 0) {
      const TimeWord* w = word(i, TimeWord::Kind::number);
      if (w == nullptr) return false;
      count = w->value;
    }
    const TimeWord* unit = word(i + 1, TimeWord::Kind::unit);
    if (unit == nullptr || word(i + 2, TimeWord::Kind::past) == nullptr) return false;
    out.last = i + 3;
    out.basis = Basis::relative;
    if (!dated() || count > 1000) return true;
    const Date day = shift(-count * unit->value);
    out.value = day;
    if (unit->value >= kMonth) out.value.day = 0;
    if (unit->value >= kYear) out.value.month = 0;
    return true;
  }

  // "last week", "this month", "the previous hours", "the last two days".
  bool shifted(std::uint32_t i, TimeExpression& out) const {
    const TimeWord* by = word(i, TimeWord::Kind::shift);
    if (by == nullptr) return false;
    std::uint32_t at = i + 1;
    int count = 1;
    if (const TimeWord* n = word(at, TimeWord::Kind::number))
      count = n->value, ++at;
    else if (const int digits = number(at); digits > 0 && digits < 100)
      count = digits, ++at;
    if (const TimeWord* day = word(at, TimeWord::Kind::weekday)) return on_weekday(day->value, by->value, at + 1, out);
    if (word(at, TimeWord::Kind::month) != nullptr) return false;
    const TimeWord* unit = word(at, TimeWord::Kind::unit);
    if (unit == nullptr) return false;
    out.last = at + 1;
    out.basis = Basis::relative;
    if (!dated()) return true;
    const bool several = count > 1 || grammar_.form(at) != grammar_.lemma(at);
    if (unit->value == kYear && !several) {
      out.value = make_date(published_.year + by->value, 0, 0);
    } else if (unit->value == kMonth && !several) {
      const int month = published_.month - 1 + by->value;
      out.value = make_date(published_.year + (month < 0 ? -1 : month > 11 ? 1 : 0), (month + 12) % 12 + 1, 0);
    } else if (unit->value == kWeek && !several) {
      const auto monday =
          published_.first_day() - days{(std::chrono::weekday{published_.first_day()}.iso_encoding() - 1)};
      out.value = Date::from_days(monday + days{kWeek * by->value});
      out.end = Date::from_days(monday + days{kWeek * by->value + kWeek - 1});
    } else if (by->value < 0) {
      // A stretch that ends with the publication; hours reach back one day at most.
      out.value = shift(-std::max(1, unit->value * (count > 1 ? count : 1)));
      out.end = published_;
      if (count == 1 && unit->value >= 1) out.value = out.end = Date{};  // "in recent weeks": how many is not said
    }
    return true;
  }

  bool on_weekday(int day, int by, std::uint32_t last, TimeExpression& out) const {
    out.last = last;
    out.weekday = true;
    out.basis = Basis::relative;
    if (!dated()) return true;
    const int today = static_cast<int>(std::chrono::weekday{published_.first_day()}.iso_encoding());
    int offset = day - today;
    if (by > 0 || future_) {
      if (offset <= 0) offset += kWeek;
    } else {
      if (offset > 0) offset -= kWeek;
      if (by < 0 && offset == 0) offset -= kWeek;
    }
    out.value = shift(offset);
    return true;
  }

  bool weekday(std::uint32_t i, TimeExpression& out) const {
    const TimeWord* day = word(i, TimeWord::Kind::weekday);
    return day != nullptr && grammar_.tree()[i].form != grammar_.form(i) && on_weekday(day->value, 0, i + 1, out);
  }

  bool day_word(std::uint32_t i, TimeExpression& out) const {
    const TimeWord* day = word(i, TimeWord::Kind::day);
    if (day == nullptr) return false;
    out.last = i + 1;
    out.basis = Basis::relative;
    if (dated()) out.value = shift(day->value);
    return true;
  }

  // "in 2014".
  bool year(std::uint32_t i, TimeExpression& out) const {
    const int value = year_at(i);
    if (value < 0 || i == 0 || !grammar_.in_class(i - 1, "yearly")) return false;
    out.value = make_date(value, 0, 0);
    out.basis = Basis::stated;
    out.last = i + 1;
    return true;
  }

  const Grammar& grammar_;
  const Lexicon& lexicon_;
  Date published_;
  bool future_;
  std::uint32_t size_;
};

// The nearest verb at or above a token, or the root.
std::uint32_t clause_of(const Tree& tree, std::uint32_t token) {
  std::uint32_t at = token;
  while (tree[at].upos != Upos::VERB && tree.head(at) >= 0) at = static_cast<std::uint32_t>(tree.head(at));
  return at;
}

// Verbs whose circumstances are the event's: the trigger, its carrier, the verb it is subject or object of, verbs it is
// joined to.
std::vector<std::uint32_t> clauses(const Scene& scene, const Match& match) {
  const View& view = scene.view(match.sentence);
  const Lexicon& lexicon = scene.tables().lexicon;
  std::vector<std::uint32_t> out{match.trigger};
  if (match.carrier >= 0) out.push_back(static_cast<std::uint32_t>(match.carrier));
  std::uint32_t at = match.trigger;
  for (int step = 0; step < 4; ++step) {
    const std::int32_t h = view.tree.head(at);
    if (h < 0) break;
    const auto head = static_cast<std::uint32_t>(h);
    const bool shared =
        view.tree.relation_is(at, "xcomp") || (view.tree.relation_is(at, "conj") && view.tree.child(at, "nsubj") < 0) ||
        (match.frame->pos == 'N' && (view.tree.relation_is(at, "nsubj") || view.tree.relation_is(at, "obj")));
    if (!shared || lexicon.say.contains(view.grammar.lemma(head))) break;
    out.push_back(head);
    at = head;
  }
  return out;
}

std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
  return a > b ? a - b : b - a;
}

bool belongs(const Scene& scene, const Match& match, const std::vector<std::uint32_t>& own, std::uint32_t first,
             std::uint32_t last) {
  const Tree& tree = scene.view(match.sentence).tree;
  std::uint32_t top = first;
  while (tree.head(top) >= 0 && static_cast<std::uint32_t>(tree.head(top)) >= first &&
         static_cast<std::uint32_t>(tree.head(top)) < last) {
    top = static_cast<std::uint32_t>(tree.head(top));
  }
  const std::int32_t h = tree.head(top);
  if (h < 0) return false;
  const std::uint32_t clause = clause_of(tree, static_cast<std::uint32_t>(h));
  if (std::find(own.begin(), own.end(), clause) != own.end()) return true;
  return match.frame->pos == 'N' &&
         (static_cast<std::uint32_t>(h) == match.trigger ||
          tree.head(static_cast<std::uint32_t>(h)) == static_cast<std::int32_t>(match.trigger));
}

// Beside the verb, or inside its subject or object ("bombed a hospital in Aleppo"); "the attack on Israel" puts nothing
// else in Israel.
bool placed(const View& view, const Match& match, const std::vector<std::uint32_t>& own, std::uint32_t head) {
  const std::int32_t h = view.tree.head(head);
  if (h < 0) return false;
  const auto above = static_cast<std::uint32_t>(h);
  const auto is_own = [&](std::uint32_t t) { return std::find(own.begin(), own.end(), t) != own.end(); };
  if (view.tree.relation_is(head, "obl") && is_own(above)) return true;
  if (!view.tree.relation_is(head, "nmod")) return false;
  bool within = false;
  for (const std::uint32_t c : view.tree.children(head)) within = within || view.grammar.in_class(c, "within_place");
  if (above == match.trigger) return within;
  const std::int32_t verb = view.tree.head(above);
  return within && verb >= 0 && is_own(static_cast<std::uint32_t>(verb)) &&
         (view.tree.relation_is(above, "obj") || view.tree.relation_is(above, "nsubj"));
}

// "KYIV, March 4 (Reuters) —": the place that opens the article.
const Mention* dateline(const Scene& scene) {
  if (scene.sentences().empty()) return nullptr;
  const View& view = scene.view(0);
  bool dash = false;
  for (std::uint32_t t = 1; t < std::min(view.tree.size(), kDatelineTokens); ++t)
    dash = dash || view.grammar.in_class(t, "dateline");
  if (!dash) return nullptr;
  for (const Mention& m : scene.mentions_of(0)) {
    if (m.first != 0 || !m.place || m.last >= view.tree.size()) continue;
    if (view.tree[m.last].upos == Upos::PUNCT || view.tree[m.last].form == "(") return &m;
  }
  return nullptr;
}

}  // namespace

std::vector<TimeExpression> find_times(const Grammar& grammar, const Lexicon& lexicon, Date published, bool future) {
  return TimeReader(grammar, lexicon, published, future).run();
}

EventDate find_date(const Scene& scene, const Match& match, bool future, std::string& reason) {
  const View& view = scene.view(match.sentence);
  const Date published = scene.article().published_date();
  const std::vector<std::uint32_t> own = clauses(scene, match);
  EventDate out;
  std::uint32_t best = ~0U;
  for (const TimeExpression& t : find_times(view.grammar, scene.tables().lexicon, published, future)) {
    if (!belongs(scene, match, own, t.first, t.last)) continue;
    const std::uint32_t away = distance(t.first, match.trigger);
    if (away >= best) continue;
    best = away;
    out.value = t.value;
    out.end = t.end;
    out.basis = t.basis;
    out.span = {view.tree[t.first].span.start, view.tree[t.last - 1].span.end};
  }
  if (best != ~0U) {
    const std::string words(out.span.of(scene.article().text));
    if (out.basis == Basis::stated)
      reason = "'" + words + "' is written out";
    else if (out.value)
      reason = "'" + words + "' counted from the publication on " + published.to_string();
    else
      reason = "'" + words +
               "' cannot be counted: " + (published ? "it does not say how much" : "the publication date is not known");
    return out;
  }
  if (published) {
    out.value = published;
    out.basis = Basis::publication;
    reason = "the clause names no time; this is the day of publication, not of the event";
  } else {
    reason = "the clause names no time and the article has no date";
  }
  return out;
}

EventPlace find_place(const Scene& scene, const Match& match, std::string& reason) {
  const View& view = scene.view(match.sentence);
  const std::vector<std::uint32_t> own = clauses(scene, match);
  EventPlace out;
  std::uint32_t best = ~0U;
  for (const Mention& m : scene.mentions_of(match.sentence)) {
    if (!m.place || m.head >= view.tree.size()) continue;
    bool located = false;
    for (const std::uint32_t c : view.tree.children(m.head)) {
      located = located || (view.tree.relation_is(c, "case") && view.grammar.in_class(c, "locative"));
    }
    const bool struck = std::any_of(match.recipients.begin(), match.recipients.end(), [&](const Party& p) {
      return p.actor.span == m.span && p.actor.kind == EntityKind::place;
    });
    const bool attached = located && placed(view, match, own, m.head);
    const bool party = std::any_of(match.recipients.begin(), match.recipients.end(),
                                   [&](const Party& p) { return p.actor.span == m.span; });
    if (!struck && (!attached || party)) continue;
    const std::uint32_t away = distance(m.head, match.trigger);
    if (away >= best) continue;
    best = away;
    out.place = *m.place;
    out.basis = Basis::stated;
    reason = struck ? "the place that it was done to" : "named with a preposition of place in the clause";
  }
  if (best != ~0U) return out;
  if (const Mention* m = dateline(scene);
      m != nullptr && scene.sentences()[match.sentence].paragraph == scene.sentences()[0].paragraph) {
    out.place = *m->place;
    out.basis = Basis::inherited;
    reason = "the clause names no place; this is the dateline";
    return out;
  }
  reason = "the clause names no place";
  return out;
}

}  // namespace casus::detail
