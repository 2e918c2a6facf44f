// SPDX-License-Identifier: Apache-2.0
// Two knowledge files as one: the user's answers first, then the first file's without what the user took away. An
// entity of the first file that the user only adds names or offices to is a "stub" in the second: its facts stay the
// first file's. Tests: user_test.cc.
#include <casus/base/utf8.h>
#include <casus/knowledge/user.h>

#include <algorithm>

namespace casus {

namespace {

class LayeredKnowledge final : public Knowledge {
 public:
  LayeredKnowledge(std::shared_ptr<const Knowledge> base, std::shared_ptr<const Knowledge> user)
      : base_(std::move(base)), user_(std::move(user)), sources_(base_->sources()) {
    for (const Source& s : user_->sources()) {
      const bool known = std::any_of(sources_.begin(), sources_.end(), [&](const Source& o) { return o.id == s.id; });
      if (!known) sources_.push_back(s);
    }
    build_ = std::string{base_->build()} + '+' + std::string{user_->build()};
  }

  std::vector<Candidate> find(std::string_view name, const FindOptions& options) const override {
    FindOptions wide = options;
    wide.limit = options.limit + kMore;
    std::vector<Candidate> out;
    const auto take = [&](Candidate c) {
      const bool known = std::any_of(out.begin(), out.end(),
                                     [&](const Candidate& o) { return o.entity == c.entity && o.sense == c.sense; });
      if (!known && out.size() < options.limit) out.push_back(std::move(c));
    };
    for (Candidate& c : user_->find(name, wide)) {
      if (auto whole = merged(std::move(c), options)) take(std::move(*whole));
    }
    const std::string folded = fold_name(name);
    for (Candidate& c : base_->find(name, wide)) {
      if (user_->lookup("minus:name", c.entity + '\t' + folded)) continue;
      if (auto whole = merged(std::move(c), options)) take(std::move(*whole));
    }
    return out;
  }

  bool is_prefix(std::string_view folded) const override {
    return user_->is_prefix(folded) || base_->is_prefix(folded);
  }

  std::optional<Candidate> entity(std::string_view id, const FindOptions& options) const override {
    if (user_->lookup("minus:entity", id)) return std::nullopt;
    std::optional<Candidate> own = user_->entity(id, options), first = base_->entity(id, options);
    if (own && !stub(id)) return own;
    if (!first) return own;
    first->roles = roles(std::move(first->roles), own ? std::move(own->roles) : std::vector<Role>{}, id);
    return first;
  }

  std::vector<Candidate> holders(std::string_view title, std::string_view of, Date on) const override {
    std::vector<Candidate> out;
    for (const Knowledge* part : {user_.get(), base_.get()}) {
      for (Candidate& c : part->holders(title, of, on)) {
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const Candidate& o) { return o.entity == c.entity; });
        if (known || c.roles.empty()) continue;
        if (part == base_.get() && (user_->lookup("minus:entity", c.entity) || gone(c.entity, c.roles.front())))
          continue;
        out.push_back(std::move(c));
      }
    }
    return out;
  }

  std::vector<std::string> agent_sectors(std::string_view phrase, std::string_view language) const override {
    return sectors_of_phrase(*this, phrase, language);
  }

  std::optional<std::string_view> lookup(std::string_view table, std::string_view folded) const override {
    if (const auto own = user_->lookup(table, folded)) return own;
    if (user_->lookup("minus:word", std::string{table} + '\t' + std::string{folded})) return std::nullopt;
    return base_->lookup(table, folded);
  }

  std::vector<Office> offices() const override {
    std::vector<Office> out = base_->offices();
    for (Office& o : user_->offices()) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const Office& x) { return x.id == o.id; });
      if (!known) out.push_back(std::move(o));
    }
    return out;
  }

  std::vector<Tenure> tenures(std::string_view office) const override {
    std::vector<Tenure> out = base_->tenures(office);
    std::erase_if(out, [&](const Tenure& t) { return gone(t.person, t.role); });
    for (Tenure& t : user_->tenures(office)) out.push_back(std::move(t));
    std::stable_sort(out.begin(), out.end(),
                     [](const Tenure& a, const Tenure& b) { return a.role.from < b.role.from; });
    return out;
  }

  std::vector<std::pair<std::string, std::string>> rows(std::string_view table) const override {
    std::vector<std::pair<std::string, std::string>> out = base_->rows(table);
    std::erase_if(out, [&](const auto& row) {
      return user_->lookup(table, row.first) ||
             user_->lookup("minus:word", std::string{table} + '\t' + row.first).has_value();
    });
    for (auto& row : user_->rows(table)) out.push_back(std::move(row));
    std::sort(out.begin(), out.end());
    return out;
  }

  const std::vector<Source>& sources() const override { return sources_; }
  std::string_view build() const override { return build_; }

 private:
  static constexpr std::size_t kMore = 16;  // readings that may be taken away

  bool stub(std::string_view id) const { return user_->lookup("stub", id).has_value(); }
  bool gone(std::string_view person, const Role& role) const {
    return user_->lookup("minus:role", std::string{person} + '\t' + role.office + '\t' + role.from.to_string()) ||
           user_->lookup("minus:role", std::string{person} + '\t' + role.office + '\t');
  }
  std::vector<Role> roles(std::vector<Role> first, std::vector<Role> own, std::string_view id) const {
    std::erase_if(first, [&](const Role& r) { return gone(id, r); });
    own.insert(own.end(), std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
    return own;
  }
  // The reading with the facts of the entity as a whole; nullopt: taken away.
  std::optional<Candidate> merged(Candidate c, const FindOptions& options) const {
    std::optional<Candidate> whole = entity(c.entity, options);
    if (!whole) return std::nullopt;
    whole->sense = std::move(c.sense);
    whole->score = c.score;
    return whole;
  }

  std::shared_ptr<const Knowledge> base_, user_;
  std::vector<Source> sources_;
  std::string build_;
};

void append_sectors(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string sector{text.substr(0, end)};
    if (!sector.empty() && std::find(out.begin(), out.end(), sector) == out.end()) out.push_back(sector);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::vector<std::string> sectors_of_phrase(const Knowledge& knowledge, std::string_view phrase,
                                           std::string_view language) {
  std::vector<std::string> out;
  const std::string folded = fold_name(phrase), suffix = ":" + std::string{language};
  const auto listed = [&](std::string_view words) {
    for (const std::string_view table : {"agent", "title", "occupation"}) {
      if (const auto found = knowledge.lookup(std::string{table} + suffix, words)) {
        append_sectors(*found, out);
        return true;
      }
    }
    return false;
  };
  // The whole phrase first, then each of its words: "opposition lawmakers" is OPP by its first and LEG by its last.
  if (listed(folded)) return out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    listed(std::string_view{folded}.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::shared_ptr<const Knowledge> with_user(std::shared_ptr<const Knowledge> base,
                                           std::shared_ptr<const Knowledge> user) {
  return std::make_shared<LayeredKnowledge>(std::move(base), std::move(user));
}

}  // namespace casus
