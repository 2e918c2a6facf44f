// SPDX-License-Identifier: Apache-2.0
// From candidates to fields. Rules of choice: the headline is what the reader sees (h1) where the page's own metadata
// confirm it, else the metadata, without the site's name; authors are people's names from the first source that has
// any; dates are real dates. Tests: metadata_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/metadata.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>

#include <algorithm>
#include <array>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxRivals = 60;  // values kept beside the chosen ones

std::string key_of(std::string_view text) {
  std::string out;
  for (const char c : fold_name(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) out += c;
  }
  return out;
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  return url.substr(0, url.find(':'));
}

std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = scheme == std::string_view::npos ? url.find('/') : url.find('/', scheme + 3);
  return slash == std::string_view::npos ? std::string_view{} : url.substr(slash);
}

// The last two labels of a host, three where the last but one is short ("co.uk", "com.br").
std::string site_of(std::string_view host) {
  std::string lower = to_lower(host);
  std::size_t labels = 0, from = lower.size(), previous = lower.size();
  while (from > 0) {
    const std::size_t dot = lower.rfind('.', from - 1);
    const std::size_t start = dot == std::string::npos ? 0 : dot + 1;
    ++labels;
    if (labels >= 2 && previous - start > 4) return lower.substr(start);
    if (labels >= 3 || dot == std::string::npos) return lower.substr(start);
    previous = dot;
    from = dot;
  }
  return lower;
}

bool is_web_address(std::string_view url) {
  const std::string head = to_lower(url.substr(0, 8));
  return (head.substr(0, 7) == "http://" || head == "https://") && !host_of(url).empty() &&
         std::none_of(url.begin(), url.end(),
                      [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<' || c == '>'; });
}

// An h1 that the metadata confirm: the same words, or one inside the other.
Field seen_heading(const Metadata& metadata, const std::vector<std::pair<std::string, Field>>& cleaned) {
  for (const Field& h1 : metadata.heading_titles) {
    const std::string key = key_of(h1.value);
    const std::size_t words = word_count(h1.value);
    if (words < 2 || words > 50) continue;
    for (const auto& [other, field] : cleaned) {
      const bool inside = other.find(key) != std::string::npos || key.find(other) != std::string::npos;
      if (inside && key.size() * 2 >= other.size() && other.size() * 2 >= key.size()) return h1;
    }
  }
  return {};
}

class Chooser {
 public:
  Chooser(const Metadata& metadata, std::string_view url, Article& article)
      : m_(metadata), given_(url), article_(article) {}

  void fill() {
    site();
    title();
    address();
    authors();
    dates();
    language();
    article_.trust.insert(article_.trust.end(), m_.trust.begin(), m_.trust.end());
  }

 private:
  void rival(const char* name, const Field& field, std::string value) {
    if (article_.rivals.size() >= kMaxRivals) return;
    std::string from = std::string(name) + ":" + field.from;
    const bool seen = std::any_of(article_.rivals.begin(), article_.rivals.end(),
                                  [&](const Field& r) { return r.value == value && r.from == from; });
    if (!seen) article_.rivals.push_back({std::move(value), std::move(from), field.page});
  }

  // The first value of `candidates` that `use` accepts (it returns the cleaned value, or ""); the others become rivals.
  template <class Use>
  Field first_of(const char* name, const std::vector<Field>& candidates, const Use& use) {
    Field chosen;
    for (const Field& field : candidates) {
      std::string value = use(field);
      if (value.empty()) continue;
      if (chosen.value.empty()) {
        chosen = {std::move(value), field.from, field.page};
      } else if (value != chosen.value) {
        rival(name, field, std::move(value));
      }
    }
    return chosen;
  }

  void site() {
    article_.site = first_of("site", m_.sites, [](const Field& f) {
      return f.value.empty() || f.value.front() == '@' || is_web_address(f.value) || f.value.size() > 100
                 ? std::string()
                 : f.value;
    });
  }

  void title() {
    article_.title = choose_title(m_);
    for (const Field& f : m_.titles) {
      if (f.value != article_.title.value) rival("title", f, f.value);
    }
  }

  void address() {
    const std::string_view given_host = host_of(given_);
    const Field chosen = first_of("url", m_.urls, [&](const Field& f) -> std::string {
      std::string value = f.value;
      if (value.size() > 1 && value[0] == '/' && value[1] != '/' && !given_host.empty()) {
        value = std::string(given_.substr(0, given_.find("://") + 3)) + std::string(given_host) + value;
      }
      if (!is_web_address(value)) return {};
      const std::string_view path = path_of(value);
      const bool home = path.empty() || path == "/";
      if (home && path_of(given_).size() > 1) return {};
      if (!given_host.empty() && site_of(host_of(value)) != site_of(given_host)) return {};
      return value;
    });
    article_.url = chosen.value.empty() ? std::string(given_) : chosen.value;
    if (given_.empty() && !chosen.value.empty()) article_.notes.emplace_back("url_from_page");
  }

  std::vector<Field> names_of(const Field& field, bool site_too) const {
    std::vector<Field> out;
    if (is_web_address(field.value) || field.value.find("://") != std::string::npos || field.value.size() > 300)
      return out;
    const bool declared = field.from == "json-ld" || field.from == "meta" || field.from == "opengraph";
    std::vector<FoundText> names = byline_in(field.value);
    if (names.empty()) names = names_in(field.value, declared);
    for (FoundText& name : names) {
      const std::string key = key_of(name.value);
      const bool site =
          std::any_of(m_.sites.begin(), m_.sites.end(), [&](const Field& s) { return key_of(s.value) == key; });
      // What only looks like a byline must have the shape of a full name.
      if (key.empty() || (!declared && word_count(name.value) < 2)) continue;
      if (!site || (site_too && declared)) out.push_back({std::move(name.value), field.from, field.page});
    }
    return out;
  }

  // All names of the first kind of source that has any; names of other kinds that differ are rivals.
  void authors() {
    for (const bool site_too : {false, true}) {
      for (const Field& field : m_.authors) {
        for (Field& name : names_of(field, site_too)) add_author(std::move(name));
      }
      // The house itself is the author only where no person is.
      if (!article_.authors.empty()) return;
    }
  }

  void add_author(Field name) {
    const std::string key = key_of(name.value);
    const auto same = [&](const Field& a) { return key_of(a.value) == key; };
    if (std::any_of(article_.authors.begin(), article_.authors.end(), same)) return;
    if (article_.authors.empty() || article_.authors.front().from == name.from) {
      article_.authors.push_back(std::move(name));
    } else {
      rival("author", name, name.value);
    }
  }

  void dates() {
    const auto iso = [](const Field& f) { return normal_date(f.value).value_or(""); };
    article_.published = first_of("published", m_.published, iso);
    article_.modified = first_of("modified", m_.modified, iso);
    if (!article_.published.value.empty()) return;
    article_.published.value = date_of_url(article_.url);
    if (!article_.published.value.empty()) article_.published.from = "url";
  }

  void language() {
    article_.language = first_of("language", m_.languages, [](const Field& f) -> std::string {
      std::string tag = to_lower(f.value.substr(0, f.value.find_first_of("-_,; ")));
      const bool plain = tag.size() >= 2 && tag.size() <= 3 &&
                         std::all_of(tag.begin(), tag.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      return plain ? tag : std::string();
    });
  }

  const Metadata& m_;
  std::string_view given_;
  Article& article_;
};

}  // namespace

Field choose_title(const Metadata& metadata) {
  std::vector<std::pair<std::string, Field>> cleaned;  // key, field with the site's name taken off
  for (const Field& f : metadata.titles) {
    Field field = f;
    field.value = without_site(f.value, metadata.sites);
    std::string key = key_of(field.value);
    // A candidate that is the site's name says nothing about the article.
    const bool site = std::any_of(metadata.sites.begin(), metadata.sites.end(),
                                  [&](const Field& s) { return key_of(s.value) == key; });
    if (!key.empty() && !site) cleaned.emplace_back(std::move(key), std::move(field));
  }
  Field chosen = seen_heading(metadata, cleaned);
  if (chosen.value.empty() && !cleaned.empty()) chosen = cleaned.front().second;
  if (!chosen.value.empty() || metadata.heading_titles.size() != 1) return chosen;
  return word_count(metadata.heading_titles[0].value) >= 2 ? metadata.heading_titles[0] : chosen;
}

std::string without_site(std::string_view title, const std::vector<Field>& sites) {
  static constexpr std::array kSeparators =
      std::to_array<std::string_view>({" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " : "});
  std::string_view best = title;
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view separator : kSeparators) {
      const std::size_t at = best.rfind(separator);
      if (at == std::string_view::npos) continue;
      const std::string_view tail = best.substr(at + separator.size());
      const std::string key = key_of(tail);
      const bool site = std::any_of(sites.begin(), sites.end(), [&](const Field& s) {
        const std::string name = key_of(s.value);
        return !name.empty() && !key.empty() &&
               (name.find(key) != std::string::npos || key.find(name) != std::string::npos);
      });
      // Without a declared name: after a bar, or a short tail behind a dash when much stands before it.
      const bool bar = separator == " | " || separator == " :: " || separator == " » ";
      const std::size_t before = word_count(best.substr(0, at)), after = word_count(tail);
      const bool guessed = before >= 4 && ((bar && after <= 5) || (separator != " : " && separator != " / " &&
                                                                   after <= 3 && begins_upper(tail) && sites.empty()));
      if ((site && after <= 8 && before >= 2) || guessed) {
        best = trim(best.substr(0, at));
        changed = true;
        break;
      }
    }
  }
  return std::string(best);
}

std::string date_of_url(std::string_view url) {
  const std::string_view path = path_of(url);
  const auto digit = [&](std::size_t i) { return i < path.size() && path[i] >= '0' && path[i] <= '9'; };
  for (std::size_t i = 0; i + 8 <= path.size(); ++i) {
    if (i > 0 && digit(i - 1)) continue;
    if (!(path[i] == '1' || path[i] == '2') || !digit(i + 1) || !digit(i + 2) || !digit(i + 3)) continue;
    const std::string year(path.substr(i, 4));
    std::string value;
    const char mark = i + 4 < path.size() ? path[i + 4] : ' ';
    if ((mark == '/' || mark == '-') && digit(i + 5) && digit(i + 6) && i + 7 < path.size() && path[i + 7] == mark &&
        digit(i + 8) && digit(i + 9) && !digit(i + 10)) {
      value = year + "-" + std::string(path.substr(i + 5, 2)) + "-" + std::string(path.substr(i + 8, 2));
    } else if (digit(i + 4) && digit(i + 5) && digit(i + 6) && digit(i + 7) && !digit(i + 8)) {
      value = std::string(path.substr(i, 8));
    }
    if (const auto date = normal_date(value); date && *date > "1990") return *date;
  }
  return {};
}

void fill_metadata(const Metadata& metadata, std::string_view url, Article& article) {
  Chooser(metadata, url, article).fill();
}

}  // namespace casus::detail
