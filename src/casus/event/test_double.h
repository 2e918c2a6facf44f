// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the tests of this room: a world of a hundred names (testdata/names.tsv) and a resolver that matches them, so that
// the tests of events depend neither on the compiled knowledge file nor on the model. Trees come from hand-written
// CoNLL-U.
#include <casus/base/mapped_file.h>
#include <casus/event/code.h>
#include <casus/event/tsv.h>
#include <casus/language/conllu.h>
#include <casus/language/tree.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace casus::testing_world {

inline std::filesystem::path source(const std::string& path) {
  return std::filesystem::path(CASUS_SOURCE_DIR) / path;
}

class World final : public Knowledge {
 public:
  World() {
    const std::string bytes = read_file(source("src/casus/event/testdata/names.tsv"), 1U << 20).value();
    std::vector<OntologyNote> notes;
    for (const std::string& line : detail::split(bytes, '\n')) {
      if (line.front() == '#') continue;
      std::vector<std::string> cells = detail::split(line, '\t');
      if (cells.size() != 6) throw std::runtime_error("names.tsv: " + line);
      for (std::string& cell : cells) cell = cell == "-" ? "" : cell;
      names_[cells[0]] = cells;
    }
  }
  std::vector<Candidate> find(std::string_view, const FindOptions&) const override { return {}; }
  bool is_prefix(std::string_view) const override { return false; }
  std::optional<Candidate> entity(std::string_view, const FindOptions&) const override { return std::nullopt; }
  std::vector<Candidate> holders(std::string_view, std::string_view, Date) const override { return {}; }
  std::vector<std::string> agent_sectors(std::string_view, std::string_view) const override { return {}; }
  const std::vector<Source>& sources() const override { return sources_; }
  std::string_view build() const override { return "test"; }
  std::optional<std::string_view> lookup(std::string_view, std::string_view) const override { return std::nullopt; }

  std::vector<Mention> mentions(std::string_view text, const std::vector<Sentence>& sentences) const {
    std::vector<Mention> out;
    for (std::uint32_t s = 0; s < sentences.size(); ++s) scan(text, sentences[s], s, out);
    return out;
  }

 private:
  static EntityKind kind_of(const std::string& name) {
    for (int k = 0; k <= static_cast<int>(EntityKind::unknown); ++k) {
      if (to_string(static_cast<EntityKind>(k)) == name) return static_cast<EntityKind>(k);
    }
    return EntityKind::unknown;
  }
  const std::vector<std::string>* longest(std::string_view text, const Sentence& s, std::uint32_t first,
                                          std::uint32_t& last) const {
    for (last = std::min<std::uint32_t>(first + 4, static_cast<std::uint32_t>(s.tokens.size())); last > first; --last) {
      const Span span{s.tokens[first].span.start, s.tokens[last - 1].span.end};
      const auto found = names_.find(std::string(span.of(text)));
      if (found != names_.end()) return &found->second;
      std::string lower(span.of(text));
      lower[0] = static_cast<char>(lower[0] >= 'A' && lower[0] <= 'Z' ? lower[0] - 'A' + 'a' : lower[0]);
      const auto common = names_.find(lower);  // an agent noun that opens a sentence
      if (common != names_.end() && common->second[1] == "agent") return &common->second;
    }
    return nullptr;
  }
  void scan(std::string_view text, const Sentence& s, std::uint32_t index, std::vector<Mention>& out) const {
    const Tree tree(s);
    const std::size_t begin = out.size();
    for (std::uint32_t i = 0; i < s.tokens.size();) {
      std::uint32_t last = i + 1;
      const std::vector<std::string>* cells = longest(text, s, i, last);
      if (cells == nullptr) {
        ++i;
        continue;
      }
      Mention m;
      m.sentence = index;
      m.first = i;
      m.last = last;
      m.head = i;
      for (std::uint32_t t = i; t < last; ++t) {
        if (tree.head(t) < static_cast<std::int32_t>(i) || tree.head(t) >= static_cast<std::int32_t>(last)) m.head = t;
      }
      m.span = {s.tokens[i].span.start, s.tokens[last - 1].span.end};
      fill(text, s, *cells, m);
      out.push_back(std::move(m));
      i = last;
    }
    compose(text, s, tree, begin, out);
  }
  static void fill(std::string_view text, const Sentence& s, const std::vector<std::string>& cells, Mention& m) {
    Actor a;
    a.kind = kind_of(cells[1]);
    a.country = cells[2];
    a.sectors = detail::split(cells[3], ' ');
    a.id = cells[4];
    a.name = cells[5];
    a.span = m.span;
    a.head = s.tokens[m.head].span;
    a.text = std::string(m.span.of(text));
    if (a.name.empty()) a.name = a.text;
    a.reason = "named in the test world";
    if (a.kind == EntityKind::place || a.kind == EntityKind::country) {
      Place p;
      p.span = m.span;
      p.text = a.text;
      p.id = a.id;
      p.name = a.name;
      p.country = a.country;
      p.kind = a.kind == EntityKind::country ? "country" : "city";
      m.place = p;
    }
    if (a.kind != EntityKind::place) m.actor = a;
  }
  // "the Venezuelan army": an agent noun takes the country of what modifies it.
  static void compose(std::string_view text, const Sentence& s, const Tree& tree, std::size_t begin,
                      std::vector<Mention>& out) {
    for (std::size_t i = begin; i < out.size(); ++i) {
      Mention& m = out[i];
      if (!m.actor || m.actor->kind != EntityKind::agent) continue;
      for (std::size_t j = begin; j < out.size(); ++j) {
        const Mention& other = out[j];
        if (i == j || !other.actor || other.actor->country.empty() ||
            tree.head(other.head) != static_cast<std::int32_t>(m.head))
          continue;
        const std::string& relation = s.tokens[other.head].deprel;
        if (relation != "amod" && relation != "compound" && relation != "nmod:poss" && relation != "nmod") continue;
        m.actor->country = other.actor->country;
        m.first = std::min(m.first, other.first);
        m.span = m.actor->span = {std::min(m.span.start, other.span.start), std::max(m.span.end, other.span.end)};
        m.actor->text = m.actor->name = std::string(m.span.of(text));
      }
    }
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
                     [](const Mention& a, const Mention& b) { return a.first < b.first; });
  }

  std::map<std::string, std::vector<std::string>> names_;
  std::vector<Source> sources_;
};

inline const Ontology& ontology() {
  static const std::shared_ptr<const Ontology> opened = Ontology::open(source("ontology")).value();
  return *opened;
}

// A text with its sentences, as read from CoNLL-U.
struct Sample {
  Article article;
  std::vector<Sentence> sentences;
  std::vector<std::vector<std::string>> comments;
};

inline Sample sample(std::string_view conllu, const std::string& published = "") {
  ConlluDocument document = read_conllu(conllu).value();
  Sample out;
  out.article.text = document.text;
  out.article.revision = "test";
  out.article.published.value = published;
  out.sentences = std::move(document.sentences);
  out.comments = std::move(document.comments);
  return out;
}

inline Coding code_sample(const Sample& s, bool near_misses = false) {
  static const World world;
  const std::vector<Mention> mentions = world.mentions(s.article.text, s.sentences);
  CodeOptions options;
  options.near_misses = near_misses;
  return code(s.article, s.sentences, mentions, ontology(), world, options);
}

// "ASSAULT/aerial RUS>UKR future @Kremlin": one event on a line, as the tables of the tests write it.
inline std::string line_of(const Event& e) {
  const auto side = [](const std::vector<Actor>& actors) {
    std::string text;
    for (const Actor& a : actors) text += (text.empty() ? "" : "+") + (a.country.empty() ? a.name : a.country);
    return text;
  };
  std::string out = e.type + (e.mode.empty() ? "" : "/" + e.mode) + ' ' + side(e.actors) + '>' + side(e.recipients);
  for (const Status s : e.status) out += ' ' + std::string(to_string(s));
  for (const Attribution& a : e.attribution) out += " @" + a.speaker.name + (a.stance == Stance::denies ? "!" : "");
  return out;
}

// With the date and the place: "… | 2022-02-28 relative | Kharkiv stated".
inline std::string full_line_of(const Event& e) {
  std::string out = line_of(e) + " | " + (e.date.value ? e.date.value.to_string() : "-");
  if (e.date.end) out += ".." + e.date.end.to_string();
  return out + ' ' + std::string(to_string(e.date.basis)) + " | " +
         (e.place.place.name.empty() ? "-" : e.place.place.name) + ' ' + std::string(to_string(e.place.basis));
}

// A test file's documents: comments `# newdoc id = …` start one, `# expect = …` say what must come of it, `# published
// = …` its date.
struct Document {
  std::string id, conllu, published;
  std::vector<std::string> expect;
};

inline std::vector<Document> documents(const std::string& path) {
  const std::string bytes = read_file(source(path), 4U << 20).value();
  std::vector<Document> out;
  const auto rest = [](const std::string& line, std::string_view key) {
    return line.starts_with(key) ? std::optional<std::string>(line.substr(key.size())) : std::nullopt;
  };
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::string line = bytes.substr(start, end - start);
    start = end + 1;
    if (auto id = rest(line, "# newdoc id = ")) out.push_back({*id, "", "2022-03-01", {}});
    if (out.empty()) continue;
    if (auto expect = rest(line, "# expect = "); expect && *expect != "none") out.back().expect.push_back(*expect);
    if (auto published = rest(line, "# published = ")) out.back().published = *published;
    out.back().conllu += line + '\n';
  }
  return out;
}

}  // namespace casus::testing_world
