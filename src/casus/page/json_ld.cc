// SPDX-License-Identifier: Apache-2.0
// The reader is a loop over characters with a stack, so that depth costs no C++ stack. Tests: json_ld_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/json_ld.h>
#include <casus/page/text_shape.h>

#include <algorithm>
#include <array>
#include <utility>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxScript = std::size_t{1} << 20U;
constexpr std::size_t kMaxValues = 20000;
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxNames = 40;  // no article has more authors

class Parser {
 public:
  Parser(std::string_view text, std::vector<JsonValue>& values) : text_(text.substr(0, kMaxScript)), values_(values) {}

  void run() {
    values_.push_back({JsonValue::array, 0, 0, 0, {}, {}, 0, 0});  // all values of the script hang on one root
    open_.push_back(0);
    last_child_.push_back(0);
    while (at_ < text_.size() && values_.size() < kMaxValues) {
      if (!step()) return;
    }
  }

 private:
  // False: what follows cannot be mended.
  bool step() {
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      if (open_.size() > kMaxDepth) return false;
      const std::uint32_t value = add(c == '{' ? JsonValue::object : JsonValue::array);
      open_.push_back(value);
      last_child_.push_back(0);
      ++at_;
      return true;
    }
    if (c == '}' || c == ']') {
      if (open_.size() > 1) {
        values_[open_.back()].end = static_cast<std::uint32_t>(at_) + 1;
        open_.pop_back();
        last_child_.pop_back();
      }
      key_.clear();
      ++at_;
      return true;
    }
    if (c == '"') return string();
    if (c == '/' || c == '<' || c == '-' || c == '!' || c == ';' || c == ',' || c == ':' ||
        static_cast<unsigned char>(c) <= 0x20) {
      if (c == '-' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') return word();
      if (c == ',') key_.clear();
      return skip();
    }
    return word();
  }

  // White space, separators, and what stands around JSON: comments, <!-- -->, CDATA marks.
  bool skip() {
    if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else if (text_.substr(at_, 2) == "//") {
      at_ = std::min(text_.size(), text_.find_first_of("\r\n", at_));
    } else if (text_.substr(at_, 9) == "<![CDATA[") {
      at_ += 9;
    } else {
      ++at_;
    }
    return true;
  }

  bool word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view("{}[],:\" \t\r\n<").find(text_[at_]) == std::string_view::npos) ++at_;
    if (at_ == start) {
      ++at_;
      return true;
    }
    const std::uint32_t value = add(JsonValue::other);
    values_[value].text = text_.substr(start, at_ - start);
    values_[value].start = static_cast<std::uint32_t>(start);
    values_[value].end = static_cast<std::uint32_t>(at_);
    key_.clear();
    return true;
  }

  bool string() {
    const std::size_t start = ++at_;
    std::string decoded;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        escape(decoded);
      } else {
        const std::size_t end = std::min(text_.size(), text_.find_first_of("\\\"", at_));
        decoded.append(text_, at_, end - at_);
        at_ = end;
      }
    }
    if (at_ >= text_.size()) return false;
    const std::size_t end = at_++;
    std::size_t after = at_;
    while (after < text_.size() && static_cast<unsigned char>(text_[after]) <= 0x20) ++after;
    if (values_[open_.back()].kind == JsonValue::object && after < text_.size() && text_[after] == ':' &&
        key_.empty()) {
      key_ = std::move(decoded);
      at_ = after + 1;
      return true;
    }
    const std::uint32_t value = add(JsonValue::string);
    values_[value].text = std::move(decoded);
    values_[value].start = static_cast<std::uint32_t>(start);
    values_[value].end = static_cast<std::uint32_t>(end);
    key_.clear();
    return true;
  }

  // Four hexadecimal digits at `position`, or -1.
  int hex(std::size_t position) const {
    if (position + 4 > text_.size()) return -1;
    int value = 0;
    for (const char c : text_.substr(position, 4)) {
      const int digit = c >= '0' && c <= '9'                     ? c - '0'
                        : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                 : -1;
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    return value;
  }

  void escape(std::string& out) {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\\';
    at_ = std::min(at_ + 2, text_.size());
    switch (c) {
      case 'n':
      case 'r':
      case 't':
      case 'f':
      case 'b':
        out += c == 'n' || c == 'r' ? '\n' : ' ';
        return;
      case 'u':
        break;
      default:
        out += c;
        return;
    }
    const int first = hex(at_);
    if (first < 0) return;
    at_ += 4;
    auto code_point = static_cast<char32_t>(first);
    if (first >= 0xD800 && first < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const int second = hex(at_ + 2);
      if (second >= 0xDC00 && second < 0xE000) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (static_cast<char32_t>(second) - 0xDC00);
        at_ += 6;
      }
    }
    append_utf8(out, code_point == 0 ? kReplacement : code_point);
  }

  std::uint32_t add(JsonValue::Kind kind) {
    const auto index = static_cast<std::uint32_t>(values_.size());
    JsonValue value;
    value.kind = kind;
    value.parent = open_.back();
    value.start = static_cast<std::uint32_t>(at_);
    value.end = value.start;
    value.key = std::exchange(key_, {});
    values_.push_back(std::move(value));
    std::uint32_t& last = last_child_.back();
    (last == 0 ? values_[open_.back()].first : values_[last].next) = index;
    last = index;
    return index;
  }

  std::string_view text_;
  std::vector<JsonValue>& values_;
  std::vector<std::uint32_t> open_, last_child_;
  std::string key_;
  std::size_t at_ = 0;
};

// Reads the fields of one article.
class Harvest {
 public:
  explicit Harvest(const JsonDocument& json) : json_(json), values_(json.values()) {}

  JsonArticle article() {
    std::uint32_t best = 0;
    int best_rank = 0;
    for (std::uint32_t i = 1; i < values_.size(); ++i) {
      if (values_[i].kind != JsonValue::object) continue;
      const int rank = rank_of(i);
      if (rank > best_rank && !is_aside(i)) {
        best = i;
        best_rank = rank;
      }
      policies(i);
    }
    if (best == 0) return std::move(out_);
    strings(best, "headline", out_.headlines);
    if (out_.headlines.empty()) strings(best, "name", out_.headlines);
    strings(best, "datePublished", out_.published);
    if (out_.published.empty()) strings(best, "dateCreated", out_.published);
    strings(best, "dateModified", out_.modified);
    names(json_.member(best, "author"), out_.authors);
    if (out_.authors.empty()) names(json_.member(best, "creator"), out_.authors);
    names(json_.member(best, "publisher"), out_.sites);
    strings(best, "inLanguage", out_.languages);
    strings(best, "url", out_.urls);
    const auto text = [&](std::string_view key) {
      const std::uint32_t member = json_.member(best, key);
      return member != 0 && values_[member].kind == JsonValue::string ? values_[member].text : std::string();
    };
    out_.body = text("articleBody");
    out_.description = text("description");
    return std::move(out_);
  }

 private:
  // 3: an article; 2: a posting or report; 1: a page about one thing; 0: something else.
  int rank_of(std::uint32_t object) const {
    const std::uint32_t type = json_.member(object, "@type");
    if (type == 0) return 0;
    if (values_[type].kind == JsonValue::string) return rank_of_type(values_[type].text);
    int rank = 0;
    for (std::uint32_t i = values_[type].first; i != 0; i = values_[i].next)
      rank = std::max(rank, rank_of_type(values_[i].text));
    return rank;
  }

  static int rank_of_type(std::string_view type) {
    const std::size_t slash = type.find_last_of("/:");
    if (slash != std::string_view::npos) type.remove_prefix(slash + 1);
    if (type.size() >= 7 && type.substr(type.size() - 7) == "Article") return 3;
    if (type == "BlogPosting" || type == "LiveBlogPosting" || type == "Report" || type == "SocialMediaPosting")
      return 2;
    return type == "WebPage" ? 1 : 0;
  }

  // Articles in lists of others, or named as part or subject of this one, are not this page's.
  bool is_aside(std::uint32_t value) const {
    for (int level = 0; level < 8 && value != 0; ++level, value = values_[value].parent) {
      const std::string& key = values_[value].key;
      if (key == "itemListElement" || key == "hasPart" || key == "isPartOf" || key == "mentions" || key == "citation" ||
          key == "subjectOf" || key == "about" || key == "liveBlogUpdate" || key == "isBasedOn") {
        return true;
      }
    }
    return false;
  }

  void add(std::uint32_t value, std::vector<JsonField>& to) const {
    const JsonValue& v = values_[value];
    if (v.kind == JsonValue::string && !trim(v.text).empty()) to.push_back({std::string(trim(v.text)), v.start, v.end});
  }

  void strings(std::uint32_t object, std::string_view key, std::vector<JsonField>& to) const {
    const std::uint32_t member = json_.member(object, key);
    if (member == 0) return;
    add(member, to);
    if (values_[member].kind != JsonValue::array) return;
    for (std::uint32_t i = values_[member].first; i != 0; i = values_[i].next) add(i, to);
  }

  // A name, an object with a name, or a list of these; {"@id": …} refers to an object elsewhere in the script.
  void names(std::uint32_t value, std::vector<JsonField>& to, int level = 0) const {
    if (value == 0 || level > 3 || to.size() >= kMaxNames) return;
    const JsonValue& v = values_[value];
    if (v.kind == JsonValue::string) add(value, to);
    if (v.kind == JsonValue::array) {
      for (std::uint32_t i = v.first; i != 0; i = values_[i].next) names(i, to, level + 1);
    }
    if (v.kind != JsonValue::object) return;
    if (const std::uint32_t name = json_.member(value, "name"); name != 0) {
      names(name, to, level + 1);
    } else if (const std::uint32_t id = json_.member(value, "@id"); id != 0) {
      names(named(values_[id].text), to, level + 1);
    }
  }

  std::uint32_t named(std::string_view id) const {
    for (std::uint32_t i = 1; i < values_.size(); ++i) {
      if (values_[i].key != "@id" || values_[i].text != id) continue;
      if (const std::uint32_t name = json_.member(values_[i].parent, "name"); name != 0) return name;
    }
    return 0;
  }

  // The publisher's policies that the trust schemes ask for (schema.org properties of news organisations).
  void policies(std::uint32_t object) {
    static constexpr std::array kPolicies = std::to_array<std::string_view>(
        {"publishingPrinciples", "correctionsPolicy", "ethicsPolicy", "ownershipFundingInfo",
         "verificationFactCheckingPolicy", "actionableFeedbackPolicy", "unnamedSourcesPolicy", "diversityPolicy",
         "masthead"});
    for (const std::string_view policy : kPolicies) {
      if (json_.member(object, policy) == 0) continue;
      if (std::find(out_.trust.begin(), out_.trust.end(), policy) == out_.trust.end()) out_.trust.emplace_back(policy);
    }
  }

  const JsonDocument& json_;
  const std::vector<JsonValue>& values_;
  JsonArticle out_;
};

}  // namespace

JsonDocument::JsonDocument(std::string_view script) {
  Parser(script, values_).run();
}

std::uint32_t JsonDocument::member(std::uint32_t object, std::string_view key) const {
  if (object >= values_.size()) return 0;
  for (std::uint32_t i = values_[object].first; i != 0; i = values_[i].next) {
    if (values_[i].key == key) return i;
  }
  return 0;
}

JsonArticle article_of(const JsonDocument& json) {
  return Harvest(json).article();
}

}  // namespace casus::detail
