// SPDX-License-Identifier: Apache-2.0
// Tests: code_test.cc.
#include <casus/base/utf8.h>
#include <casus/event/scene.h>

#include <algorithm>

namespace casus::detail {
namespace {

constexpr std::uint32_t kMinSpeech =
    16;  // bytes; "destabilizing attitude" in marks is a quoted word, not yet somebody's speech
constexpr std::uint32_t kMinSpeechWords = 3;
constexpr std::uint32_t kMaxQuotation =
    6000;  // bytes; beyond that a mark was lost somewhere and the rest would be misread
constexpr char32_t kOpen = 0x201C, kClose = 0x201D, kLow = 0x201E, kLeftAngle = 0xAB, kRightAngle = 0xBB;

std::uint32_t words_in(std::string_view text) {
  std::uint32_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

class Marks {
 public:
  explicit Marks(std::string_view text) : text_(text) {}
  std::vector<Quotation> out;

  void mark(std::uint32_t position, std::uint32_t length, char32_t c) {
    if (c == kOpen || c == kLow || c == kLeftAngle) {
      if (!open_) begin(position + length);
    } else if (c == kClose || c == kRightAngle) {
      if (open_) end(position);
    } else {
      straight(position, length);
    }
  }
  // A quotation may go on over a paragraph; one that grew too long never was one.
  void paragraph(std::uint32_t position) {
    if (open_ && position - start_ > kMaxQuotation) open_ = false;
  }

 private:
  void begin(std::uint32_t position) {
    open_ = true;
    start_ = position;
  }
  void end(std::uint32_t position) {
    open_ = false;
    const Span span{start_, position};
    if (span.empty()) return;
    out.push_back({span, span.length() >= kMinSpeech && words_in(span.of(text_)) >= kMinSpeechWords});
  }
  void straight(std::uint32_t position, std::uint32_t length) {
    const bool space_before =
        position == 0 || std::string_view(" \n\t(—").find(text_[position - 1]) != std::string_view::npos;
    const std::uint32_t after = position + length;
    const bool space_after =
        after >= text_.size() || std::string_view(" \n\t.,;:!?)").find(text_[after]) != std::string_view::npos;
    if (open_ && space_before && !space_after) {
      // An opening mark inside an open quotation: a new paragraph repeats it, or the closing one was lost.
      begin(after);
    } else if (open_) {
      end(position);
    } else if (!space_after || space_before) {
      begin(after);
    }
  }

  std::string_view text_;
  bool open_ = false;
  std::uint32_t start_ = 0;
};

}  // namespace

std::vector<Quotation> find_quotations(const Article& article) {
  const std::string_view text = article.text;
  Marks marks(text);
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto at = static_cast<std::uint32_t>(i);
    if (byte < 0x80) {
      if (byte == '"') marks.mark(at, 1, U'"');
      if (byte == '\n') marks.paragraph(at);
      ++i;
      continue;
    }
    const Decoded d = decode_utf8(text, i);
    if (d.length == 0) break;
    if (d.code_point == kOpen || d.code_point == kClose || d.code_point == kLow || d.code_point == kLeftAngle ||
        d.code_point == kRightAngle) {
      marks.mark(at, d.length, d.code_point);
    }
    i += d.length;
  }
  return std::move(marks.out);
}

Scene::Scene(const Article& article, std::span<const Sentence> sentences, std::span<const Mention> mentions,
             const OntologyTables& ontology, const LanguageTables& tables, const Knowledge& knowledge)
    : article_(&article),
      sentences_(sentences),
      mentions_(mentions),
      ontology_(&ontology),
      tables_(&tables),
      knowledge_(&knowledge),
      quotations_(find_quotations(article)),
      views_(sentences.size()) {
  first_mention_.assign(sentences.size() + 1, static_cast<std::uint32_t>(mentions.size()));
  for (std::size_t i = mentions.size(); i-- > 0;) {
    const std::uint32_t s = mentions[i].sentence;
    if (s < sentences.size()) first_mention_[s] = static_cast<std::uint32_t>(i);
  }
  for (std::size_t s = sentences.size(); s-- > 0;)
    first_mention_[s] = std::min(first_mention_[s], first_mention_[s + 1]);
  politics_ = share_of_politics();
}

const std::vector<CorefLink>& Scene::links() const {
  if (!links_) links_ = coreference(sentences_, "en");
  return *links_;
}

double Scene::share_of_politics() const {
  const auto found = tables_->lexicon.classes.find("core");
  if (found == tables_->lexicon.classes.end() || sentences_.empty()) return 0;
  const auto& core = found->second;
  const auto in_core = [&](const std::string& sector) {
    return std::find(core.begin(), core.end(), sector) != core.end();
  };
  std::size_t political = 0;
  for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
    const auto mentions = mentions_of(s);
    political += std::any_of(mentions.begin(), mentions.end(), [&](const Mention& m) {
      return m.actor && (m.actor->kind == EntityKind::country || m.actor->kind == EntityKind::group ||
                         std::any_of(m.actor->sectors.begin(), m.actor->sectors.end(), in_core));
    });
  }
  return static_cast<double>(political) / static_cast<double>(sentences_.size());
}

std::span<const Mention> Scene::mentions_of(std::uint32_t sentence) const {
  const std::uint32_t first = first_mention_[sentence];
  return mentions_.subspan(first, first_mention_[sentence + 1] - first);
}

const View& Scene::view(std::uint32_t sentence) const {
  std::unique_ptr<View>& slot = views_[sentence];
  if (slot) return *slot;
  slot = std::make_unique<View>(sentences_[sentence], tables_->lexicon);
  const std::uint32_t n = slot->tree.size();
  slot->headed.assign(n, -1);
  slot->covered.assign(n, -1);
  for (std::uint32_t m = first_mention_[sentence]; m < first_mention_[sentence + 1]; ++m) {
    const Mention& mention = mentions_[m];
    if (mention.first >= mention.last || mention.last > n || mention.head >= n || mention.sentence != sentence)
      continue;
    for (std::uint32_t t = mention.first; t < mention.last; ++t) {
      const std::int32_t old = slot->covered[t];
      const bool smaller = old < 0 || mention.last - mention.first < mentions_[static_cast<std::size_t>(old)].last -
                                                                         mentions_[static_cast<std::size_t>(old)].first;
      if (smaller) slot->covered[t] = static_cast<std::int32_t>(m);
    }
    const std::int32_t old = slot->headed[mention.head];
    if (old < 0 || (usable(mention) && !usable(mentions_[static_cast<std::size_t>(old)])))
      slot->headed[mention.head] = static_cast<std::int32_t>(m);
  }
  return *slot;
}

std::int32_t Scene::quotation_of(Span span) const {
  const auto after = std::upper_bound(quotations_.begin(), quotations_.end(), span.start,
                                      [](std::uint32_t at, const Quotation& q) { return at < q.span.start; });
  if (after == quotations_.begin()) return -1;
  const auto found = std::prev(after);
  return found->speech && found->span.contains(span) ? static_cast<std::int32_t>(found - quotations_.begin()) : -1;
}

bool political(const Actor& actor) {
  return !actor.country.empty() || !actor.sectors.empty() || actor.role.has_value();
}

bool usable(const Mention& mention) {
  if (!mention.actor) return false;
  const Actor& actor = *mention.actor;
  if (actor.kind == EntityKind::place) return false;
  // "the Kremlin" acts for its country; "the West" acts in no record.
  return (actor.kind != EntityKind::region && actor.kind != EntityKind::building) || !actor.country.empty();
}

}  // namespace casus::detail
