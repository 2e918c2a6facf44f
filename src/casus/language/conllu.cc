// SPDX-License-Identifier: Apache-2.0
// The ten columns of CoNLL-U, read without trusting a byte of them and written so that reading gives the same back.
// Tests: conllu_test.cc.
#include <casus/language/conllu.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace casus {

namespace {

constexpr std::size_t kMaxWords = 100'000;  // of one sentence; no treebank comes near it

struct Columns {
  std::array<std::string_view, 10> at;
};

std::optional<Columns> split_columns(std::string_view line) {
  Columns columns;
  for (std::size_t i = 0; i < columns.at.size(); ++i) {
    const std::size_t tab = line.find('\t');
    const bool last = i + 1 == columns.at.size();
    if (last != (tab == std::string_view::npos)) return std::nullopt;
    columns.at[i] = line.substr(0, tab);
    if (columns.at[i].empty()) return std::nullopt;
    if (!last) line.remove_prefix(tab + 1);
  }
  return columns;
}

std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The value of `key` in MISC; empty where it is not there.
std::string_view misc_value(std::string_view misc, std::string_view key) {
  while (!misc.empty()) {
    const std::string_view item = misc.substr(0, misc.find('|'));
    misc.remove_prefix(std::min(misc.size(), item.size() + 1));
    if (item.size() > key.size() && item.starts_with(key) && item[key.size()] == '=')
      return item.substr(key.size() + 1);
  }
  return {};
}

std::string_view unless_empty(std::string_view column) {
  return column == "_" ? std::string_view{} : column;
}

NameKind name_kind(std::string_view label) {
  if (label == "PER") return NameKind::person;
  if (label == "ORG") return NameKind::organisation;
  if (label == "LOC" || label == "GPE") return NameKind::location;
  return NameKind::other;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Result<ConlluDocument> read() {
    while (offset_ < bytes_.size()) {
      const std::size_t end = std::min(bytes_.find('\n', offset_), bytes_.size());
      std::string_view line = bytes_.substr(offset_, end - offset_);
      if (line.ends_with('\r')) line.remove_suffix(1);
      CASUS_TRY(read_line(line));
      offset_ = end + 1;
    }
    CASUS_TRY(close());
    if (document_.text.ends_with('\n')) document_.text.pop_back();
    return std::move(document_);
  }

 private:
  Error wrong(std::string what) const {
    return {Errc::invalid_input, "CoNLL-U: " + std::move(what),
            static_cast<std::int64_t>(std::min(offset_, bytes_.size()))};
  }

  Result<void> read_line(std::string_view line) {
    if (line.empty()) return close();
    if (line[0] == '#') {
      comments_.emplace_back(line);
      return {};
    }
    const auto columns = split_columns(line);
    if (!columns) return wrong("a line without ten columns");
    const std::string_view id = columns->at[0];
    if (id.find('.') != std::string_view::npos) return {};
    if (const std::size_t dash = id.find('-'); dash != std::string_view::npos) return read_range(*columns, dash);
    return read_word(*columns);
  }

  Result<void> read_range(const Columns& columns, std::size_t dash) {
    const auto first = number(columns.at[0].substr(0, dash));
    const auto last = number(columns.at[0].substr(dash + 1));
    if (!first || !last || *first != sentence_.tokens.size() + 1 || *last < *first || *last - *first >= 100 ||
        words_left_ > 0) {
      return wrong("a multiword range out of order");
    }
    words_left_ = *last - *first + 1;
    multiword_ = static_cast<std::uint16_t>(words_left_);
    const auto start = static_cast<std::uint32_t>(document_.text.size());
    document_.text += columns.at[1];
    range_ = {start, static_cast<std::uint32_t>(document_.text.size())};
    range_taken_ = start;
    range_space_ = misc_value(columns.at[9], "SpaceAfter") != "No";
    if (range_space_) document_.text += ' ';
    return {};
  }

  Result<void> read_word(const Columns& columns) {
    const auto id = number(columns.at[0]);
    if (!id || *id != sentence_.tokens.size() + 1) return wrong("words must be numbered from 1");
    if (sentence_.tokens.size() >= kMaxWords) return wrong("a sentence of more than 100,000 words");
    if (document_.text.size() + columns.at[1].size() > UINT32_MAX / 2) return wrong("more text than 2 GiB");
    Token token;
    token.form = columns.at[1];
    token.lemma = unless_empty(columns.at[2]);
    if (columns.at[1] == "_" && columns.at[2] == "_") token.lemma = "_";
    token.upos = upos_from(columns.at[3]);
    token.xpos = unless_empty(columns.at[4]);
    token.feats = unless_empty(columns.at[5]);
    token.deprel = unless_empty(columns.at[7]);
    if (columns.at[6] != "_") {
      const auto head = number(columns.at[6]);
      if (!head || *head > kMaxWords) return wrong("a head that is not a number");
      token.head = static_cast<std::int32_t>(*head) - 1;
    }
    place(token, misc_value(columns.at[9], "SpaceAfter") != "No");
    names_.push_back(misc_value(columns.at[9], "NE"));
    sentence_.tokens.push_back(std::move(token));
    return {};
  }

  // Gives the word its span: its own text, or its part of the multiword token where the parts spell it, else all of it.
  void place(Token& token, bool space) {
    if (words_left_ == 0) {
      const auto start = static_cast<std::uint32_t>(document_.text.size());
      document_.text += token.form;
      token.span = {start, static_cast<std::uint32_t>(document_.text.size())};
      token.space_after = space;
      if (space) document_.text += ' ';
      return;
    }
    if (words_left_ == multiword_) token.multiword = multiword_;
    --words_left_;
    const Span rest{range_taken_, range_.end};
    const std::string_view left = rest.of(document_.text);
    if (left.starts_with(token.form) &&
        (words_left_ > 0 ? left.size() > token.form.size() : left.size() == token.form.size())) {
      token.span = {range_taken_, range_taken_ + static_cast<std::uint32_t>(token.form.size())};
      range_taken_ = token.span.end;
    } else {
      token.span = range_;
    }
    token.space_after = words_left_ == 0 && range_space_;
  }

  Result<void> close() {
    if (words_left_ > 0) return wrong("a multiword range that lacks words");
    if (sentence_.tokens.empty()) {
      // Comments alone are kept for the sentence that follows.
      return {};
    }
    const auto count = static_cast<std::int32_t>(sentence_.tokens.size());
    for (const Token& token : sentence_.tokens) {
      if (token.head >= count) return wrong("a head outside the sentence");
    }
    read_names();
    sentence_.span = {sentence_.tokens.front().span.start, sentence_.tokens.back().span.end};
    for (const Token& token : sentence_.tokens) sentence_.span = sentence_.span.cover(token.span);
    for (const std::string& comment : comments_) {
      if (comment.starts_with("# newpar") && !document_.sentences.empty()) ++paragraph_;
    }
    sentence_.paragraph = paragraph_;
    document_.text.resize(sentence_.span.end);
    document_.text += '\n';
    document_.sentences.push_back(std::move(sentence_));
    document_.comments.push_back(std::move(comments_));
    sentence_ = {};
    comments_ = {};
    names_.clear();
    return {};
  }

  void read_names() {
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const std::string_view label = names_[i];
      if (label.size() < 3) continue;
      const NameKind kind = name_kind(label.substr(2));
      const bool inside = label[0] == 'I' && !sentence_.names.empty() && sentence_.names.back().last == i &&
                          sentence_.names.back().kind == kind;
      if (inside) {
        sentence_.names.back().last = i + 1;
      } else {
        sentence_.names.push_back({i, i + 1, kind});
      }
    }
  }

  std::string_view bytes_;
  std::size_t offset_ = 0;
  ConlluDocument document_;
  Sentence sentence_;
  std::vector<std::string> comments_;
  std::vector<std::string_view> names_;
  std::uint32_t words_left_ = 0;  // of the current multiword token
  std::uint16_t multiword_ = 0;
  Span range_;
  std::uint32_t range_taken_ = 0;
  bool range_space_ = true;
  std::uint32_t paragraph_ = 0;
};

// A column never holds a tab, a line end or nothing.
void append_column(std::string& out, std::string_view value, char end = '\t') {
  if (value.empty()) out += '_';
  for (const char c : value) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  out += end;
}

void append_misc(std::string& out, std::string_view name, bool space_after, std::string_view more = {}) {
  std::string misc;
  const auto add = [&misc](std::string_view key, std::string_view value) {
    if (!misc.empty()) misc += '|';
    misc.append(key).append(value);
  };
  if (!name.empty()) add("NE=", name);
  if (!more.empty()) add("", more);
  if (!space_after) add("SpaceAfter=No", "");
  append_column(out, misc, '\n');
}

// The text of words [first, first + count): what their spans cover, or their forms where a span does not reach `text`.
std::string surface(const Sentence& sentence, std::size_t first, std::size_t count, std::string_view text) {
  Span span = sentence.tokens[first].span;
  for (std::size_t i = first; i < first + count; ++i) span = span.cover(sentence.tokens[i].span);
  if (!span.empty() && span.end <= text.size()) return std::string(span.of(text));
  std::string out;
  for (std::size_t i = first; i < first + count; ++i) out += sentence.tokens[i].form;
  return out;
}

std::vector<std::string> name_labels(const Sentence& sentence) {
  std::vector<std::string> labels(sentence.tokens.size());
  for (const Name& name : sentence.names) {
    for (std::size_t i = name.first; i < name.last && i < labels.size(); ++i) {
      labels[i] = (i == name.first ? "B-" : "I-") + std::string(to_string(name.kind));
    }
  }
  return labels;
}

void write_word(std::string& out, const Token& token, std::size_t id, std::string_view name, bool space_after,
                std::string_view misc) {
  out += std::to_string(id) + '\t';
  append_column(out, token.form);
  append_column(out, token.lemma);
  append_column(out, to_string(token.upos));
  append_column(out, token.xpos);
  append_column(out, token.feats);
  append_column(out, token.deprel.empty() && token.head < 0 ? "_" : std::to_string(token.head + 1));
  append_column(out, token.deprel);
  append_column(out, "");
  append_misc(out, name, space_after, misc);
}

}  // namespace

Result<ConlluDocument> read_conllu(std::string_view bytes) {
  return Reader(bytes).read();
}

void write_conllu(std::string& out, const Sentence& sentence, std::string_view text,
                  std::span<const std::string> comments, std::span<const std::string> misc) {
  if (sentence.tokens.empty()) return;
  for (const std::string& comment : comments) {
    if (!comment.starts_with("# text =")) append_column(out, comment, '\n');
  }
  out += "# text = ";
  for (const char c : sentence.span.of(text)) out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  out += '\n';
  const std::vector<std::string> names = name_labels(sentence);
  std::size_t inside = 0;  // words left of the current multiword token
  for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
    const Token& token = sentence.tokens[i];
    const std::size_t words = std::min<std::size_t>(token.multiword, sentence.tokens.size() - i);
    if (inside == 0 && words > 1) {
      inside = words;
      out += std::to_string(i + 1) + '-' + std::to_string(i + words) + '\t';
      append_column(out, surface(sentence, i, words, text));
      out += "_\t_\t_\t_\t_\t_\t_\t";
      append_misc(out, {}, sentence.tokens[i + words - 1].space_after);
    }
    write_word(out, token, i + 1, names[i], inside > 0 || token.space_after,
               i < misc.size() ? std::string_view(misc[i]) : std::string_view());
    if (inside > 0) --inside;
  }
  out += '\n';
}

}  // namespace casus
