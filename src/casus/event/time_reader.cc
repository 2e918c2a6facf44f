// SPDX-License-Identifier: Apache-2.0
// Expressions of time, by patterns over words that the table of the language names: at each token the longest pattern
// that fits, then neighbours joined into ranges. What cannot be counted from the publication ("two days later", "at
// dawn") keeps its words and has no value. Tests: when_where_test.cc.
#include <casus/event/when_where.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace casus::detail {
namespace {

using std::chrono::days;
using Kind = TimeWord::Kind;

constexpr int kFirstYear = 1900, kLastYear = 2100;  // a number outside is not read as a year
constexpr int kWeek = 7, kMonth = 30, kYear = 365;  // days, as the unit table names them
constexpr std::uint32_t kPhrase = 5;                // tokens of the longest entry of the table
constexpr int kMostUnits = 1000;                    // "5,000 years ago" is no date

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

// Easter Sunday: Meeus, Astronomical Algorithms (1991), chapter 8; for the eastern churches the Julian rule, shifted to
// the Gregorian calendar by 13 days (1900 to 2099).
std::chrono::sys_days easter(int y, bool eastern) {
  using namespace std::chrono;
  if (eastern) {
    const int a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
    const int f = d + e + 114;
    return sys_days{year{y} / month{static_cast<unsigned>(f / 31)} / day{static_cast<unsigned>(f % 31 + 1)}} + days{13};
  }
  const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return sys_days{year{y} / month{static_cast<unsigned>(n / 31)} / day{static_cast<unsigned>(n % 31 + 1)}};
}

class TimeReader {
 public:
  TimeReader(const Grammar& grammar, const Lexicon& lexicon, Date published, bool future)
      : grammar_(grammar),
        lexicon_(lexicon),
        published_(published),
        future_(future),
        size_(grammar.tree().size()),
        capital_(rule("capital")) {}

  std::vector<TimeExpression> run() {
    std::vector<TimeExpression> out;
    for (std::uint32_t i = 0; i < size_;) {
      TimeExpression found;
      found.first = found.last = i;
      if (iso(i, found) || calendar(i, found) || named(i, found) || stretch(i, found) || shifted(i, found) ||
          weekday(i, found) || day_word(i, found) || year(i, found)) {
        i = std::max(found.last, i + 1);
        out.push_back(found);
      } else {
        ++i;
      }
    }
    return joined(std::move(out));
  }

 private:
  bool rule(const char* name) const {
    const auto found = lexicon_.time.find(name);
    return found != lexicon_.time.end() && found->second[0].kind == Kind::rule;
  }
  const TimeWord* entry(const std::string& text, Kind kind) const {
    const auto found = lexicon_.time.find(text);
    if (found == lexicon_.time.end()) return nullptr;
    for (const TimeWord& w : found->second) {
      if (w.kind == kind) return &w;
    }
    return nullptr;
  }
  const TimeWord* word(std::uint32_t i, Kind kind) const {
    if (i >= size_) return nullptr;
    if (const TimeWord* w = entry(grammar_.form(i), kind)) return w;
    return entry(grammar_.lemma(i), kind);
  }
  // One word or several of the table; `last` is moved behind them.
  const TimeWord* phrase(std::uint32_t i, Kind kind, std::uint32_t& last) const {
    if (i >= size_) return nullptr;
    for (std::uint32_t n = std::min(kPhrase, size_ - i); n > 1; --n) {
      std::string text = grammar_.form(i);
      for (std::uint32_t k = i + 1; k < i + n; ++k) text += ' ' + grammar_.form(k);
      if (const TimeWord* w = entry(text, kind)) return last = i + n, w;
    }
    const TimeWord* w = word(i, kind);
    if (w != nullptr) last = i + 1;
    return w;
  }
  int number(std::uint32_t i) const {
    if (i >= size_) return -1;
    std::string_view text = grammar_.form(i);
    for (const std::string_view ending : {"st", "nd", "rd", "th", "er", "º", "ª"}) {
      if (text.size() > ending.size() && text.ends_with(ending) && text[0] >= '0' && text[0] <= '9')
        text.remove_suffix(ending.size());
    }
    return number_of(text);
  }
  int count_at(std::uint32_t i) const {
    if (const TimeWord* w = word(i, Kind::number)) return w->value;
    return number(i);
  }
  int year_at(std::uint32_t i) const {
    const int value = i < size_ && grammar_.form(i).size() == 4 ? number(i) : -1;
    return value >= kFirstYear && value <= kLastYear ? value : -1;
  }
  bool dated() const { return published_.day != 0; }
  Date shift(int by) const { return Date::from_days(published_.first_day() + days{by}); }
  bool written_as_name(std::uint32_t i) const { return !capital_ || grammar_.tree()[i].form != grammar_.form(i); }
  std::uint32_t skip_links(std::uint32_t i) const {
    while (i < size_ && word(i, Kind::link) != nullptr) ++i;
    return i;
  }

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

  const TimeWord* month_at(std::uint32_t i) const {
    const TimeWord* month = word(i, Kind::month);
    if (month == nullptr || !written_as_name(i)) return nullptr;
    const Upos tag = grammar_.tree()[i].upos;
    return tag == Upos::AUX || tag == Upos::VERB ? nullptr : month;
  }

  // "4 March 2022", "March 4, 2022", "4 de marzo de 2022", "March 2022", "4 March", "March".
  bool calendar(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t at = i;
    int day = number(at);
    const std::uint32_t behind = skip_links(at + 1);
    const bool day_first = day >= 1 && day <= 31 && month_at(behind) != nullptr;
    if (day_first) at = behind;
    const TimeWord* month = month_at(at);
    if (month == nullptr) return false;
    ++at;
    if (!day_first) {
      day = number(at);
      if (day >= 1 && day <= 31 && year_at(at) < 0)
        ++at;
      else
        day = 0;
    }
    int year = year_at(skip_links(at));
    out.last = at;
    if (year >= 0) out.last = skip_links(at) + 1;
    if (year < 0 && at < size_ && grammar_.form(at) == "," && (year = year_at(at + 1)) >= 0) out.last = at + 2;
    if (year >= 0) {
      if (day != 0 && !real(year, month->value, day)) return false;
      out.value = make_date(year, month->value, day);
      out.basis = Basis::stated;
      return true;
    }
    // "last March", "marzo pasado"
    const TimeWord* by = i > 0 && !day_first ? word(i - 1, Kind::shift) : nullptr;
    if (by != nullptr) out.first = i - 1;
    out.basis = Basis::relative;
    if (published_.year == 0 || published_.month == 0) return true;
    int guess = published_.year;
    const bool forward = by != nullptr ? by->value > 0 : future_;
    if (!forward && month->value > published_.month) --guess;
    if (forward && month->value < published_.month) ++guess;
    if (day == 0 || real(guess, month->value, day)) out.value = make_date(guess, month->value, day);
    return true;
  }

  // Seasons, holidays, decades and eras, with a year behind them or counted from the publication.
  bool named(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t last = i;
    if (const TimeWord* w = phrase(i, Kind::era, last)) {
      out.value = make_date(w->value / 10000, 0, 0);
      out.end = make_date(w->value % 10000, 0, 0);
      out.basis = Basis::stated;
      return out.last = last, true;
    }
    if (const TimeWord* w = phrase(i, Kind::decade, last)) {
      out.value = make_date(w->value, 0, 0);
      out.end = make_date(w->value + 9, 0, 0);
      out.basis = Basis::stated;
      return out.last = last, true;
    }
    if (phrase(i, Kind::feast, last) != nullptr) {
      out.basis = Basis::relative;
      return out.last = last, true;
    }
    return season(i, out) || holiday(i, out);
  }

  // The year behind a name ("of 1974"), or the nearest one on the side of publication that the status asks for.
  int year_behind(std::uint32_t& last, int month, Basis& basis) const {
    const int stated = year_at(skip_links(last));
    if (stated >= 0) {
      last = skip_links(last) + 1;
      basis = Basis::stated;
      return stated;
    }
    basis = Basis::relative;
    if (published_.year == 0 || published_.month == 0) return 0;
    if (!future_ && month > published_.month) return published_.year - 1;
    return future_ && month < published_.month ? published_.year + 1 : published_.year;
  }

  bool season(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t last = i;
    const TimeWord* w = phrase(i, Kind::season, last);
    const Upos tag = grammar_.tree()[i].upos;
    if (w == nullptr || tag == Upos::VERB || tag == Upos::ADJ) return false;
    const TimeWord* by = i > 0 ? word(i - 1, Kind::shift) : nullptr;
    const bool announced = i > 0 && (word(i - 1, Kind::yearly) != nullptr || word(i - 1, Kind::link) != nullptr);
    int year = year_behind(last, w->value, out.basis);
    if (by == nullptr && !announced && out.basis != Basis::stated) return false;  // "spring" may be anything
    if (by != nullptr) out.first = i - 1;
    if (by != nullptr && by->value == 0) year = published_.year;
    out.last = last;
    if (year == 0) return true;
    const bool over = w->value == 12;
    out.value = make_date(year, w->value, 0);
    out.end = make_date(over ? year + 1 : year, over ? 2 : w->value + 2, 0);
    return true;
  }

  bool holiday(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t last = i;
    if (const TimeWord* w = phrase(i, Kind::holiday, last)) {
      const int year = year_behind(last, w->value / 100, out.basis);
      if (year != 0) out.value = make_date(year, w->value / 100, w->value % 100);
      return out.last = last, true;
    }
    const TimeWord* eastern = phrase(i, Kind::orthodox, last);
    const TimeWord* w = eastern != nullptr ? eastern : phrase(i, Kind::easter, last);
    if (w == nullptr) return false;
    const int stated = year_at(skip_links(last));
    out.basis = stated >= 0 ? Basis::stated : Basis::relative;
    if (stated >= 0) last = skip_links(last) + 1;
    out.last = last;
    int year = stated >= 0 ? stated : published_.year;
    if (year == 0) return true;
    std::chrono::sys_days day = easter(year, eastern != nullptr) + days{w->value};
    if (stated < 0 && dated() && !future_ && day > published_.first_day())
      day = easter(year - 1, eastern != nullptr) + days{w->value};
    if (stated < 0 && dated() && future_ && day < published_.first_day())
      day = easter(year + 1, eastern != nullptr) + days{w->value};
    out.value = Date::from_days(day);
    return true;
  }

  // "two days ago", "hace dos días", "ten years later".
  bool stretch(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t at = i;
    const bool ahead = phrase(i, Kind::ago, at) != nullptr;
    const int count = count_at(at);
    if (count < 0) return false;
    const TimeWord* unit = word(at + 1, Kind::unit);
    if (unit == nullptr) return false;
    std::uint32_t last = at + 2;
    const bool behind = phrase(at + 2, Kind::past, last) != nullptr;
    out.basis = Basis::relative;
    if (!ahead && !behind) {
      if (phrase(at + 2, Kind::later, last) == nullptr) return false;
      return out.last = last, true;
    }
    out.last = last;
    if (!dated() || count > kMostUnits || count * unit->value > kMostUnits * kYear) return true;
    if (unit->value >= kYear) {
      out.value = make_date(published_.year - count * (unit->value / kYear), 0, 0);
      if (out.value.year < 1) out.value = Date{};
      return true;
    }
    out.value = shift(-count * unit->value);
    if (unit->value >= kMonth) out.value.day = 0;
    return true;
  }

  // "last week", "this month", "the previous hours", "the last two days"; "la semana pasada", "el lunes próximo".
  bool shifted(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t last = i;
    if (const TimeWord* w = phrase(i, Kind::week, last)) {
      whole_week(w->value, out);
      out.basis = Basis::relative;
      return out.last = last, true;
    }
    if (const TimeWord* unit = word(i, Kind::unit)) {
      std::uint32_t behind = i + 1;
      const TimeWord* by = phrase(i + 1, Kind::shift, behind);
      return by != nullptr && !capital_ && by_units(unit, *by, 1, grammar_.form(i) != grammar_.lemma(i), behind, out);
    }
    if (const TimeWord* day = word(i, Kind::weekday); day != nullptr && !capital_) {
      std::uint32_t behind = i + 1;
      const TimeWord* by = phrase(i + 1, Kind::shift, behind);
      return by != nullptr && on_weekday(day->value, by->value, behind, out);
    }
    const TimeWord* by = phrase(i, Kind::shift, last);
    if (by == nullptr) return false;
    int count = 1;
    if (const int digits = count_at(last); digits > 0 && digits < 100) count = digits, ++last;
    if (const TimeWord* day = word(last, Kind::weekday)) return on_weekday(day->value, by->value, last + 1, out);
    const TimeWord* unit = word(last, Kind::unit);
    if (unit == nullptr) return false;
    return by_units(unit, *by, count, count > 1 || grammar_.form(last) != grammar_.lemma(last), last + 1, out);
  }

  void whole_week(int by, TimeExpression& out) const {
    if (!dated()) return;
    const auto monday =
        published_.first_day() - days{(std::chrono::weekday{published_.first_day()}.iso_encoding() - 1)};
    out.value = Date::from_days(monday + days{kWeek * by});
    out.end = Date::from_days(monday + days{kWeek * by + kWeek - 1});
  }

  bool by_units(const TimeWord* unit, const TimeWord& by, int count, bool several, std::uint32_t last,
                TimeExpression& out) const {
    out.last = last;
    out.basis = Basis::relative;
    if (!dated()) return true;
    if (unit->value >= kYear && !several) {
      if (unit->value == kYear) out.value = make_date(published_.year + by.value, 0, 0);
    } else if (unit->value == kMonth && !several) {
      const int month = published_.month - 1 + by.value;
      out.value = make_date(published_.year + (month < 0 ? -1 : month > 11 ? 1 : 0), (month + 12) % 12 + 1, 0);
    } else if (unit->value == kWeek && !several) {
      whole_week(by.value, out);
    } else if (by.value == 0 && unit->value == 1) {
      out.value = published_;
    } else if (by.value < 0) {
      // A stretch that ends with the publication; hours reach back one day at most.
      out.value = shift(-std::max(1, unit->value * count));
      out.end = published_;
      if (count == 1 && several && unit->value >= 1) out.value = out.end = Date{};  // "in recent weeks": no number
      if (count == 1 && !several && unit->value == 1) out.end = Date{};             // "last night"
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
    const TimeWord* day = word(i, Kind::weekday);
    return day != nullptr && written_as_name(i) && on_weekday(day->value, 0, i + 1, out);
  }

  bool day_word(std::uint32_t i, TimeExpression& out) const {
    std::uint32_t last = i;
    if (const TimeWord* day = phrase(i, Kind::day, last)) {
      out.basis = Basis::relative;
      if (dated()) out.value = shift(day->value);
      return out.last = last, true;
    }
    if (phrase(i, Kind::part, last) == nullptr) return false;
    out.basis = Basis::relative;  // which day is not said
    return out.last = last, true;
  }

  // "in 2014", "the 2014 invasion", "(2014)".
  bool year(std::uint32_t i, TimeExpression& out) const {
    const int value = year_at(i);
    if (value < 0) return false;
    const bool announced = i > 0 && (word(i - 1, Kind::yearly) != nullptr || grammar_.form(i - 1) == "(");
    const Tree& tree = grammar_.tree();
    const std::int32_t head = tree.head(i);
    const bool before_noun = head > static_cast<std::int32_t>(i) &&
                             tree[static_cast<std::uint32_t>(head)].upos == Upos::NOUN &&
                             !tree.relation_is(i, "nummod");
    const bool of = i > 0 && word(i - 1, Kind::link) != nullptr && value >= kFirstYear;
    if (!announced && !before_noun && !of) return false;
    out.value = make_date(value, 0, 0);
    out.basis = Basis::stated;
    out.last = i + 1;
    return true;
  }

  // "from 24 to 26 April", "between March and May", "2014-2016".
  std::vector<TimeExpression> joined(std::vector<TimeExpression> found) const {
    std::vector<TimeExpression> out;
    for (TimeExpression& t : found) {
      if (!out.empty() && out.back().last + 1 == t.first && word(out.back().last, Kind::range) != nullptr &&
          out.back().value && t.value && out.back().value <= t.value && !out.back().end) {
        out.back().end = t.end ? t.end : t.value;
        out.back().last = t.last;
        continue;
      }
      // "24 to 26 April": the month is said once.
      const int day = t.first >= 2 && word(t.first - 1, Kind::range) != nullptr ? number(t.first - 2) : -1;
      if (day >= 1 && t.value.day != 0 && day < t.value.day && year_at(t.first - 2) < 0) {
        t.end = t.value;
        t.value.day = static_cast<std::uint8_t>(day);
        t.first -= 2;
      }
      out.push_back(t);
    }
    return out;
  }

  const Grammar& grammar_;
  const Lexicon& lexicon_;
  Date published_;
  bool future_;
  std::uint32_t size_;
  bool capital_;
};

}  // namespace

std::vector<TimeExpression> find_times(const Grammar& grammar, const Lexicon& lexicon, Date published, bool future) {
  return TimeReader(grammar, lexicon, published, future).run();
}

}  // namespace casus::detail
