// SPDX-License-Identifier: Apache-2.0
// Reader of the compiled file. The checksum is proved once on opening, and with it that the file is the one that was
// written; ranges are checked again wherever an index is followed, so even a file made to pass the checksum cannot lead
// outside the mapping. Tests: knowledge_test.cc.
#include <casus/base/hash.h>
#include <casus/base/mapped_file.h>
#include <casus/base/utf8.h>
#include <casus/knowledge/format.h>
#include <casus/knowledge/knowledge.h>
#include <casus/knowledge/user.h>

#include <marisa.h>
#include <algorithm>
#include <cstring>
#include <span>

namespace casus {

namespace {

using namespace detail;

constexpr std::size_t kMaxQuery = 256;    // bytes; no name is longer
constexpr std::size_t kForeignShort = 6;  // bytes of ASCII
constexpr float kForeignPenalty = 1.0F;   // a name of another language than the text's

// A fresh agent reserves large buffers at its first search; one for each thread is kept, and every query resets it.
marisa::Agent& reused_agent() {
  thread_local marisa::Agent agent;
  return agent;
}

Error corrupt(const std::string& what) {
  return {Errc::corrupt, "knowledge file: " + what + "; build it again"};
}

bool overlaps(const RoleRecord& role, Date on) {
  if (role.from != 0 && unpack(role.from).first_day() > on.last_day()) return false;
  return role.to == 0 || unpack(role.to).last_day() >= on.first_day();
}

void split_sectors(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class CompiledKnowledge final : public Knowledge {
 public:
  Result<void> load(std::string_view bytes);
  MappedFile file;
  std::string owned;

  std::vector<Candidate> find(std::string_view name, const FindOptions& options) const override;
  bool is_prefix(std::string_view folded) const override;
  std::optional<Candidate> entity(std::string_view id, const FindOptions& options) const override;
  std::vector<Candidate> holders(std::string_view title, std::string_view of, Date on) const override;
  std::vector<std::string> agent_sectors(std::string_view lemma_phrase, std::string_view language) const override;
  std::optional<std::string_view> lookup(std::string_view table, std::string_view folded) const override;
  std::vector<Office> offices() const override;
  std::vector<Tenure> tenures(std::string_view office_id) const override;
  std::vector<std::pair<std::string, std::string>> rows(std::string_view table) const override;
  const std::vector<Source>& sources() const override { return sources_; }
  std::string_view build() const override { return build_; }

 private:
  template <class T>
  Result<void> array(std::string_view bytes, Section section, std::span<const T>& out) const;
  std::string_view raw(std::string_view bytes, Section section) const;
  std::string_view text(StringRef ref) const {
    return ref < strings_.size() ? std::string_view{strings_.data() + ref} : std::string_view{};
  }
  Candidate candidate(std::uint32_t index, Date on, bool any_date = false) const;
  Role role(const RoleRecord& record, Date on) const;
  const std::string& source(std::uint16_t index) const { return index < sources_.size() ? sources_[index].id : none_; }
  void read_sources(std::string_view text);
  bool titled(const OfficeRecord& office, std::string_view title, std::string_view rank) const;

  FileHeader header_;
  marisa::Trie trie_;
  std::span<const std::uint32_t> keys_, by_id_, office_roles_;
  std::span<const Posting> postings_;
  std::span<const EntityRecord> entities_;
  std::span<const RoleRecord> roles_;
  std::span<const OfficeRecord> offices_;
  std::span<const TableRecord> tables_;
  std::string_view strings_, build_;
  std::vector<Source> sources_;
  std::string none_;
};

std::string_view CompiledKnowledge::raw(std::string_view bytes, Section section) const {
  const SectionEntry& entry = header_.sections[static_cast<std::size_t>(section)];
  return bytes.substr(entry.offset, entry.size);
}

template <class T>
Result<void> CompiledKnowledge::array(std::string_view bytes, Section section, std::span<const T>& out) const {
  const std::string_view part = raw(bytes, section);
  const SectionEntry& entry = header_.sections[static_cast<std::size_t>(section)];
  if (part.size() % sizeof(T) != 0 || entry.offset % 8 != 0) return corrupt("a section has an odd size");
  out = {reinterpret_cast<const T*>(part.data()), part.size() / sizeof(T)};
  return {};
}

Result<void> CompiledKnowledge::load(std::string_view bytes) {
  if (bytes.size() < sizeof(FileHeader)) return corrupt("too short");
  std::memcpy(&header_, bytes.data(), sizeof(FileHeader));
  if (header_.magic != kKnowledgeMagic) return corrupt("not a knowledge file");
  if (header_.version != kKnowledgeVersion || header_.section_count != kSectionCount)
    return corrupt("another version of the format");
  if (header_.file_size != bytes.size()) return corrupt("its length is not the one that was written");
  for (const SectionEntry& entry : header_.sections) {
    if (entry.offset < sizeof(FileHeader) || entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset)
      return corrupt("a section lies outside");
  }
  if (xxh3(bytes.substr(sizeof(FileHeader))) != header_.checksum) return corrupt("the checksum does not agree");
  CASUS_TRY(array(bytes, Section::keys, keys_));
  CASUS_TRY(array(bytes, Section::by_id, by_id_));
  CASUS_TRY(array(bytes, Section::office_roles, office_roles_));
  CASUS_TRY(array(bytes, Section::postings, postings_));
  CASUS_TRY(array(bytes, Section::entities, entities_));
  CASUS_TRY(array(bytes, Section::roles, roles_));
  CASUS_TRY(array(bytes, Section::offices, offices_));
  CASUS_TRY(array(bytes, Section::tables, tables_));
  strings_ = raw(bytes, Section::strings);
  if (strings_.empty() || strings_.back() != '\0') return corrupt("the strings have no end");
  build_ = raw(bytes, Section::build);
  read_sources(raw(bytes, Section::sources));
  try {
    const std::string_view trie = raw(bytes, Section::trie);
    trie_.map(trie.data(), trie.size());
  } catch (const marisa::Exception&) {
    return corrupt("the name index cannot be read");
  }
  if (keys_.size() != trie_.num_keys() + 1) return corrupt("the name index and its postings differ in size");
  return {};
}

void CompiledKnowledge::read_sources(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Source s;
    std::string share;
    for (std::string* field : {&s.id, &s.title, &s.version, &s.licence, &s.retrieved, &s.attribution, &share}) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      *field = line.substr(0, tab);
      line.remove_prefix(std::min(tab + 1, line.size()));
    }
    s.share_alike = share == "1";
    sources_.push_back(std::move(s));
  }
}

Role CompiledKnowledge::role(const RoleRecord& record, Date on) const {
  Role r;
  if (record.office < offices_.size()) {
    const OfficeRecord& office = offices_[record.office];
    r.title = text(office.title);
    r.office = text(office.id);
    r.of = text(office.of);
    split_sectors(text(office.sectors), r.sectors);
  }
  r.from = unpack(record.from);
  r.to = unpack(record.to);
  r.as_of = unpack(record.as_of);
  r.source = source(record.source);
  r.unverified =
      (record.to == 0 && r.as_of && on && on.first_day() > r.as_of.last_day()) || (record.flags & kFromRecall) != 0;
  r.acting = (record.flags & kActing) != 0;
  r.disputed = (record.flags & kDisputed) != 0;
  return r;
}

Candidate CompiledKnowledge::candidate(std::uint32_t index, Date on, bool any_date) const {
  const EntityRecord& e = entities_[index];
  Candidate c;
  c.entity = text(e.id);
  c.name = text(e.name);
  c.kind =
      e.kind <= static_cast<std::uint8_t>(EntityKind::unknown) ? static_cast<EntityKind>(e.kind) : EntityKind::unknown;
  c.country = text(e.country);
  split_sectors(text(e.sectors), c.sectors);
  c.source = source(e.source);
  c.lat = e.lat * 1e-5;
  c.lon = e.lon * 1e-5;
  c.located = (e.flags & kLocated) != 0;
  c.feature = text(e.feature);
  c.admin1 = text(e.admin1);
  c.parent = text(e.parent);
  c.population = e.population;
  c.geonameid = e.geonameid;
  c.score = e.prior;
  if (on || any_date) {
    for (std::uint32_t i = 0; i < e.role_count && e.first_role + i < roles_.size(); ++i) {
      const RoleRecord& record = roles_[e.first_role + i];
      if (any_date || overlaps(record, on)) c.roles.push_back(role(record, on));
    }
  }
  return c;
}

std::vector<Candidate> CompiledKnowledge::find(std::string_view name, const FindOptions& options) const {
  std::vector<Candidate> out;
  if (name.size() > kMaxQuery) return out;
  const std::string key = fold_name(name);
  marisa::Agent& agent = reused_agent();
  agent.set_query(key.data(), key.size());
  if (key.empty() || !trie_.lookup(agent)) return out;
  const std::size_t id = agent.key().id();
  if (id + 1 >= keys_.size()) return out;
  struct Ranked {
    const Posting* posting;
    float score;
  };
  std::vector<Ranked> ranked;
  for (std::uint32_t i = keys_[id]; i < keys_[id + 1] && i < postings_.size(); ++i) {
    const Posting& p = postings_[i];
    if (p.entity >= entities_.size() || p.type >= kNameTypes.size()) continue;
    if ((p.flags & kExactCase) != 0 && text(p.surface) != name) continue;
    const bool foreign = p.language[0] != 0 && !(options.language.size() >= 2 && p.language[0] == options.language[0] &&
                                                 p.language[1] == options.language[1]);
    // Short names of another language are the common words of this one: "Şam" is Damascus in Turkish, Sam a first name.
    if (foreign && key.size() < kForeignShort && key.front() > 0) continue;
    ranked.push_back({&p, p.prior - (foreign ? kForeignPenalty : 0.0F)});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  for (const Ranked& r : ranked) {
    if (out.size() >= options.limit) break;
    Candidate c = candidate(r.posting->entity, options.on, options.any_date);
    c.sense = kNameTypes[r.posting->type];
    // One entity under several types ("Georgian": adjective and demonym) is told once, by its best.
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const Candidate& o) { return o.entity == c.entity && o.sense == c.sense; });
    if (known) continue;
    c.score = r.score;
    out.push_back(std::move(c));
  }
  return out;
}

bool CompiledKnowledge::is_prefix(std::string_view folded) const {
  if (folded.empty() || folded.size() > kMaxQuery) return false;
  marisa::Agent& agent = reused_agent();
  agent.set_query(folded.data(), folded.size());
  return trie_.predictive_search(agent);
}

std::optional<Candidate> CompiledKnowledge::entity(std::string_view id, const FindOptions& options) const {
  const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id, [&](std::uint32_t index, std::string_view want) {
    return (index < entities_.size() ? text(entities_[index].id) : std::string_view{}) < want;
  });
  if (at == by_id_.end() || *at >= entities_.size() || text(entities_[*at].id) != id) return std::nullopt;
  Candidate c = candidate(*at, options.on, options.any_date);
  c.sense = "canon";
  return c;
}

// "foreign minister" and "Minister of Foreign Affairs" are one rank; "president" and "king" are two titles of one rank,
// so the ranks of heads of state and of government are told apart by their titles.
bool CompiledKnowledge::titled(const OfficeRecord& office, std::string_view title, std::string_view rank) const {
  if (fold_name(text(office.title)) == title) return true;
  for (std::string_view names = text(office.names); !names.empty();) {
    const std::size_t end = std::min(names.find('|'), names.size());
    if (fold_name(names.substr(0, end)) == title) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return !rank.empty() && rank == text(office.rank);
}

std::vector<Candidate> CompiledKnowledge::holders(std::string_view title, std::string_view of, Date on) const {
  std::vector<Candidate> out;
  if (!on) return out;
  const std::string folded = fold_name(title);
  const std::string_view rank = lookup("title_rank", folded).value_or(std::string_view{});
  for (const OfficeRecord& office : offices_) {
    if (text(office.of) != of || !titled(office, folded, rank)) continue;
    for (std::uint32_t i = 0; i < office.role_count && office.first_role + i < office_roles_.size(); ++i) {
      const std::uint32_t at = office_roles_[office.first_role + i];
      if (at >= roles_.size() || !overlaps(roles_[at], on)) continue;
      // A gap says that nobody knows; the predecessor is not an answer.
      if ((roles_[at].flags & kGap) != 0 || roles_[at].person >= entities_.size()) continue;
      Candidate c = candidate(roles_[at].person, on);
      const auto held =
          std::find_if(c.roles.begin(), c.roles.end(), [&](const Role& r) { return r.office == text(office.id); });
      if (held != c.roles.end()) std::rotate(c.roles.begin(), held, held + 1);
      c.sense = "holder";
      const bool known = std::any_of(out.begin(), out.end(), [&](const Candidate& o) { return o.entity == c.entity; });
      if (!known) out.push_back(std::move(c));
    }
  }
  // Where somebody left and somebody came within the month or the year asked for, the newer one is the likelier.
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
    return !a.roles.empty() && !b.roles.empty() && a.roles.front().from > b.roles.front().from;
  });
  return out;
}

std::optional<std::string_view> CompiledKnowledge::lookup(std::string_view table, std::string_view folded) const {
  std::string key;
  key.reserve(table.size() + folded.size() + 1);
  key.append(table);
  key += '\t';
  key.append(folded);
  const auto at = std::lower_bound(tables_.begin(), tables_.end(), std::string_view{key},
                                   [&](const TableRecord& row, std::string_view want) { return text(row.key) < want; });
  if (at == tables_.end() || text(at->key) != key) return std::nullopt;
  return text(at->value);
}

std::vector<std::string> CompiledKnowledge::agent_sectors(std::string_view lemma_phrase,
                                                          std::string_view language) const {
  return sectors_of_phrase(*this, lemma_phrase, language);
}

std::vector<Office> CompiledKnowledge::offices() const {
  std::vector<Office> out;
  for (const OfficeRecord& o : offices_)
    out.push_back(
        {std::string{text(o.id)}, std::string{text(o.title)}, std::string{text(o.of)}, std::string{text(o.rank)}});
  return out;
}

std::vector<Tenure> CompiledKnowledge::tenures(std::string_view office_id) const {
  std::vector<Tenure> out;
  for (const OfficeRecord& office : offices_) {
    if (text(office.id) != office_id) continue;
    for (std::uint32_t i = 0; i < office.role_count && office.first_role + i < office_roles_.size(); ++i) {
      const std::uint32_t at = office_roles_[office.first_role + i];
      if (at >= roles_.size()) continue;
      Tenure t;
      t.role = role(roles_[at], {});
      t.gap = (roles_[at].flags & kGap) != 0 || roles_[at].person >= entities_.size();
      if (!t.gap) {
        t.person = text(entities_[roles_[at].person].id);
        t.name = text(entities_[roles_[at].person].name);
      }
      out.push_back(std::move(t));
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> CompiledKnowledge::rows(std::string_view table) const {
  std::vector<std::pair<std::string, std::string>> out;
  const std::string start = std::string{table} + '\t';
  auto at = std::lower_bound(tables_.begin(), tables_.end(), std::string_view{start},
                             [&](const TableRecord& row, std::string_view want) { return text(row.key) < want; });
  for (; at != tables_.end() && text(at->key).starts_with(start); ++at)
    out.emplace_back(text(at->key).substr(start.size()), text(at->value));
  return out;
}

}  // namespace

Result<std::shared_ptr<const Knowledge>> Knowledge::open_alone(const std::filesystem::path& path) {
  auto knowledge = std::make_shared<CompiledKnowledge>();
  CASUS_ASSIGN(knowledge->file, MappedFile::open(path));
  CASUS_TRY(knowledge->load(knowledge->file.bytes()));
  return std::shared_ptr<const Knowledge>{std::move(knowledge)};
}

Result<std::shared_ptr<const Knowledge>> Knowledge::open(const std::filesystem::path& path) {
  CASUS_ASSIGN(std::shared_ptr<const Knowledge> knowledge, open_alone(path));
  const std::filesystem::path beside = user_path(path);
  std::error_code failed;
  if (!std::filesystem::exists(beside, failed)) return knowledge;
  Result<std::shared_ptr<const Knowledge>> user = open_alone(beside);
  if (!user) return Error{user.error().code, beside.string() + ": " + user.error().message};
  return with_user(std::move(knowledge), *std::move(user));
}

Result<std::shared_ptr<const Knowledge>> Knowledge::from_bytes(std::string bytes) {
  auto knowledge = std::make_shared<CompiledKnowledge>();
  knowledge->owned = std::move(bytes);
  CASUS_TRY(knowledge->load(knowledge->owned));
  return std::shared_ptr<const Knowledge>{std::move(knowledge)};
}

}  // namespace casus
