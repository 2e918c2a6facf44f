// SPDX-License-Identifier: Apache-2.0
// Builder -> bytes. Order in the file comes from the order of rows, and where that could vary, from sorting.
#include <casus/base/hash.h>
#include <casus/base/utf8.h>

#include <marisa.h>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>
#include <unordered_map>

#include "builder.h"
#include "table.h"

namespace casus::compile {

namespace {

using namespace detail;

constexpr std::size_t kMaxName = 160;      // bytes of a folded name; longer ones are never matched
constexpr std::size_t kMaxPostings = 128;  // of one name: there are that many places called San José

class Strings {
 public:
  Strings() : pool_(1, '\0') {}
  StringRef add(std::string_view text) {
    if (text.empty()) return 0;
    const auto [at, fresh] = known_.try_emplace(std::string{text}, static_cast<StringRef>(pool_.size()));
    if (fresh) {
      pool_.append(text);
      pool_ += '\0';
    }
    return at->second;
  }
  const std::string& pool() const { return pool_; }

 private:
  std::string pool_;
  std::unordered_map<std::string, StringRef> known_;
};

template <class T>
std::string bytes_of(const std::vector<T>& rows) {
  std::string out(rows.size() * sizeof(T), '\0');
  if (!rows.empty()) std::memcpy(out.data(), rows.data(), out.size());
  return out;
}

struct Named {
  std::string key;
  Posting posting;
};

// Per key the postings best first; one entity appears once per type and language.
std::vector<Named> sorted_names(const Builder& b, Strings& strings) {
  std::vector<Named> names;
  names.reserve(b.names.size());
  for (const BuildName& n : b.names) {
    Named row{fold_name(n.text), {}};
    if (row.key.empty() || row.key.size() > kMaxName) continue;
    row.posting.entity = n.entity;
    row.posting.type = static_cast<std::uint8_t>(n.type);
    row.posting.prior = b.entities[n.entity].prior + n.prior;
    if (n.language.size() >= 2) row.posting.language = {n.language[0], n.language[1]};
    if (n.exact) {
      row.posting.flags |= kExactCase;
      row.posting.surface = strings.add(n.text);
    }
    names.push_back(std::move(row));
  }
  std::stable_sort(names.begin(), names.end(), [](const Named& x, const Named& y) {
    if (x.key != y.key) return x.key < y.key;
    if (x.posting.prior != y.posting.prior) return x.posting.prior > y.posting.prior;
    return x.posting.entity < y.posting.entity;
  });
  return names;
}

bool same(const Posting& x, const Posting& y) {
  return x.entity == y.entity && x.flags == y.flags && x.surface == y.surface &&
         (x.language == y.language || x.language[0] == 0) &&
         (x.type == y.type || (x.type < static_cast<std::uint8_t>(NameType::demonym) &&
                               y.type < static_cast<std::uint8_t>(NameType::demonym)));
}

struct Index {
  std::string trie;
  std::vector<std::uint32_t> first;  // by key id, one more than there are keys
  std::vector<Posting> postings;
};

Index build_index(const std::vector<Named>& names) {
  marisa::Keyset keyset;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == 0 || names[i].key != names[i - 1].key) keyset.push_back(names[i].key.data(), names[i].key.size());
  }
  marisa::Trie trie;
  trie.build(keyset, 1);  // one level: fastest, and the size matters little here
  std::vector<std::vector<Posting>> by_key(trie.num_keys());
  marisa::Agent agent;
  for (const Named& name : names) {
    agent.set_query(name.key.data(), name.key.size());
    if (!trie.lookup(agent)) continue;
    auto& list = by_key[agent.key().id()];
    const bool known = std::any_of(list.begin(), list.end(), [&](const Posting& p) { return same(p, name.posting); });
    if (!known && list.size() < kMaxPostings) list.push_back(name.posting);
  }
  Index index;
  index.first.push_back(0);
  for (const auto& list : by_key) {
    index.postings.insert(index.postings.end(), list.begin(), list.end());
    index.first.push_back(static_cast<std::uint32_t>(index.postings.size()));
  }
  std::ostringstream out;
  out << trie;
  index.trie = out.str();
  return index;
}

std::uint16_t source_index(const Builder& b, std::string_view id) {
  for (std::size_t i = 0; i < b.sources.size(); ++i) {
    if (b.sources[i].id == id) return static_cast<std::uint16_t>(i);
  }
  return 0xFFFF;
}

std::vector<EntityRecord> entity_records(const Builder& b, Strings& strings) {
  std::vector<EntityRecord> out;
  for (const BuildEntity& e : b.entities) {
    EntityRecord r;
    r.id = strings.add(e.id);
    r.name = strings.add(e.name);
    r.country = strings.add(e.country);
    r.sectors = strings.add(e.sectors);
    r.feature = strings.add(e.feature);
    r.admin1 = strings.add(e.admin1);
    r.parent = strings.add(e.parent);
    r.lat = static_cast<std::int32_t>(std::lround(e.lat * 1e5));
    r.lon = static_cast<std::int32_t>(std::lround(e.lon * 1e5));
    r.population = e.population;
    r.geonameid = e.geonameid;
    r.prior = e.prior;
    r.source = source_index(b, e.source);
    r.kind = static_cast<std::uint8_t>(e.kind);
    r.flags = e.located ? kLocated : 0;
    out.push_back(r);
  }
  return out;
}

struct Offices {
  std::vector<OfficeRecord> offices;
  std::vector<RoleRecord> roles;
  std::vector<std::uint32_t> by_office;
};

Offices office_records(const Builder& b, Strings& strings, std::vector<EntityRecord>& entities) {
  Offices out;
  std::unordered_map<std::string, std::uint32_t> index;
  for (const BuildOffice& o : b.offices) {
    index.try_emplace(o.id, static_cast<std::uint32_t>(out.offices.size()));
    out.offices.push_back({strings.add(o.id), strings.add(o.title), strings.add(o.of), strings.add(o.sectors),
                           strings.add(o.names), strings.add(o.rank), 0, 0});
  }
  for (const BuildRole& r : b.roles) {
    out.roles.push_back({b.index(r.person), index.at(r.office), pack(r.from), pack(r.to), pack(r.as_of),
                         source_index(b, r.source), r.flags});
  }
  std::stable_sort(out.roles.begin(), out.roles.end(), [](const RoleRecord& x, const RoleRecord& y) {
    return x.person != y.person ? x.person < y.person : x.from < y.from;
  });
  for (std::uint32_t i = 0; i < out.roles.size(); ++i) {
    const std::uint32_t person = out.roles[i].person;
    if (person >= entities.size()) continue;
    if (entities[person].role_count++ == 0) entities[person].first_role = i;
  }
  out.by_office.resize(out.roles.size());
  for (std::uint32_t i = 0; i < out.roles.size(); ++i) out.by_office[i] = i;
  std::stable_sort(out.by_office.begin(), out.by_office.end(), [&](std::uint32_t x, std::uint32_t y) {
    const RoleRecord& a = out.roles[x];
    const RoleRecord& c = out.roles[y];
    return a.office != c.office ? a.office < c.office : a.from < c.from;
  });
  for (std::uint32_t i = 0; i < out.by_office.size(); ++i) {
    OfficeRecord& office = out.offices[out.roles[out.by_office[i]].office];
    if (office.role_count++ == 0) office.first_role = i;
  }
  return out;
}

std::string source_text(const Builder& b) {
  std::string out;
  for (const Source& s : b.sources)
    out += s.id + '\t' + s.title + '\t' + s.version + '\t' + s.licence + '\t' + s.retrieved + '\t' + s.attribution +
           '\t' + (s.share_alike ? "1" : "0") + '\n';
  return out;
}

std::string join(const std::array<std::string, kSectionCount>& sections) {
  FileHeader header;
  std::string body;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    while ((sizeof(FileHeader) + body.size()) % 8 != 0) body += '\0';
    header.sections[i] = {sizeof(FileHeader) + body.size(), sections[i].size()};
    body += sections[i];
  }
  header.file_size = sizeof(FileHeader) + body.size();
  header.checksum = xxh3(body);
  std::string file(sizeof(FileHeader), '\0');
  std::memcpy(file.data(), &header, sizeof(header));
  return file + body;
}

}  // namespace

Result<std::string> encode(const Builder& b) {
  Strings strings;
  const std::vector<Named> names = sorted_names(b, strings);
  Index index;
  try {
    index = build_index(names);
  } catch (const marisa::Exception& e) {
    return Error{Errc::invalid_input, std::string{"the name index cannot be built: "} + e.what()};
  }
  std::vector<EntityRecord> entities = entity_records(b, strings);
  const Offices offices = office_records(b, strings, entities);
  std::vector<std::uint32_t> by_id(entities.size());
  for (std::uint32_t i = 0; i < by_id.size(); ++i) by_id[i] = i;
  std::sort(by_id.begin(), by_id.end(),
            [&](std::uint32_t x, std::uint32_t y) { return b.entities[x].id < b.entities[y].id; });
  std::vector<TableRecord> tables;
  for (const auto& [key, value] : b.tables) tables.push_back({strings.add(key), strings.add(value)});

  std::array<std::string, kSectionCount> sections;
  const auto put = [&](Section s, std::string bytes) { sections[static_cast<std::size_t>(s)] = std::move(bytes); };
  put(Section::trie, std::move(index.trie));
  put(Section::keys, bytes_of(index.first));
  put(Section::postings, bytes_of(index.postings));
  put(Section::entities, bytes_of(entities));
  put(Section::by_id, bytes_of(by_id));
  put(Section::roles, bytes_of(offices.roles));
  put(Section::offices, bytes_of(offices.offices));
  put(Section::office_roles, bytes_of(offices.by_office));
  put(Section::tables, bytes_of(tables));
  put(Section::sources, source_text(b));
  put(Section::strings, strings.pool());
  std::string all;
  for (const std::string& section : sections) all += section;
  put(Section::build, std::to_string(kKnowledgeVersion) + "-" + sha256_hex(all).substr(0, 16));
  return join(sections);
}

}  // namespace casus::compile
