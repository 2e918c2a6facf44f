// SPDX-License-Identifier: Apache-2.0
// One pass over the elements collects candidates; choosing is in metadata_choose.cc, visible text in
// metadata_visible.cc. Tests: metadata_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/metadata.h>
#include <casus/page/text_fields.h>
#include <casus/page/text_shape.h>
#include <casus/page/words.h>

#include <algorithm>
#include <array>
#include <map>

namespace casus::detail {

namespace {

constexpr std::size_t kMaxValue = 2000;     // bytes of one value; longer ones are not titles, names or dates
constexpr std::size_t kMaxCandidates = 40;  // per field
constexpr std::size_t kMaxScripts = 30;     // JSON-LD blocks that are read
constexpr std::size_t kAuthorLinks = 2;     // further ones lead to the writers of other articles
constexpr std::size_t kMaxNodes = 1000;     // looked at below one element, so that nested ones cost no square
constexpr std::size_t kMaxText = 4000;      // bytes gathered below one element

class Collector {
 public:
  Collector(const HtmlTree& tree, std::string_view bytes) : tree_(tree), page_{tree.text_pool, tree.pieces, bytes} {}

  Metadata collect() {
    for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
      const Node& node = tree_.nodes[id];
      if (node.type != NodeType::element || node.space != Namespace::html) continue;
      if (node.name == "meta") {
        meta(id);
      } else if (node.name == "script") {
        script(id);
      } else if (node.name == "link") {
        if (to_lower(tree_.attribute(id, "rel")) == "canonical") add(canonical_, attribute_field(id, "href", "header"));
      } else if (node.name == "html") {
        html(id);
      } else if (node.name == "title") {
        if (title_.empty()) add(title_, text_field(id, "title"));
      } else if (node.name == "h1") {
        add(out_.heading_titles, text_field(id, "h1"));
      } else {
        body_element(id, node);
      }
    }
    return finish();
  }

 private:
  static void add(std::vector<Field>& to, Field field) {
    if (!field.value.empty() && to.size() < kMaxCandidates) to.push_back(std::move(field));
  }

  static std::string clean(std::string_view value) {
    std::string out;
    bool space = false;
    for (std::size_t i = 0; i < value.size();) {
      const Decoded d = next_character(value, i);
      i += d.length;
      if (is_space(d.code_point) || d.code_point < 0x20) {
        space = !out.empty();
        continue;
      }
      if (space) out += ' ';
      space = false;
      append_utf8(out, d.code_point);
    }
    return out;
  }

  Field attribute_field(NodeId id, std::string_view name, const char* from) const {
    for (const Attribute& a : tree_.nodes[id].attributes) {
      if (a.name == name && a.value.size() <= kMaxValue) return {clean(a.value), from, a.value_page};
    }
    return {};
  }

  // The text below an element, and its bytes.
  Field text_field(NodeId id, const char* from) const {
    Field field{"", from, {}};
    std::string text;
    NodeId node = tree_.nodes[id].first_child;
    for (std::size_t steps = 0; node != kNoNode && text.size() < kMaxText && steps < kMaxNodes; ++steps) {
      const Node& n = tree_.nodes[node];
      const bool skipped = n.name == "script" || n.name == "style" || n.name == "svg";
      if (n.type == NodeType::text && n.piece_count > 0) {
        text += n.text.of(tree_.text_pool);
        field.page = field.page.cover(page_of(
            page_, {n.text.start, n.text.end, n.first_piece, n.first_piece + n.piece_count, n.text.end, false}));
      } else if (n.name == "br" || n.name == "p" || n.name == "div" || n.name == "li") {
        text += ' ';
      }
      if (n.first_child != kNoNode && !skipped) {
        node = n.first_child;
        continue;
      }
      while (node != id && tree_.nodes[node].next == kNoNode) node = tree_.nodes[node].parent;
      node = node == id ? kNoNode : tree_.nodes[node].next;
    }
    field.value = clean(text);
    if (field.value.size() > kMaxValue) field.value.clear();
    return field;
  }

  void html(NodeId id) {
    add(html_language_, attribute_field(id, "lang", "header"));
    if (html_language_.empty()) add(html_language_, attribute_field(id, "xml:lang", "header"));
  }

  void meta(NodeId id) {
    const Field content = attribute_field(id, "content", "meta");
    if (content.value.empty()) return;
    for (const std::string_view attribute : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string name = to_lower(trim(tree_.attribute(id, attribute)));
      if (name.empty()) continue;
      const auto& names = word_lists().meta_names;
      const auto hit = std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == name; });
      if (hit == names.end()) continue;
      Field field = content;
      if (name.substr(0, 3) == "og:" || name.substr(0, 8) == "article:") field.from = "opengraph";
      if (hit->second == "description") {
        if (out_.description.empty()) out_.description = field.value;
        return;
      }
      // The order of the list is the order of trust.
      metas_[hit->second].emplace(hit - names.begin(), std::move(field));
      return;
    }
  }

  void script(NodeId id) {
    if (to_lower(trim(tree_.attribute(id, "type"))).find("ld+json") == std::string::npos || scripts_ >= kMaxScripts)
      return;
    const NodeId child = tree_.nodes[id].first_child;
    if (child == kNoNode || tree_.nodes[child].type != NodeType::text) return;
    ++scripts_;
    const Node& text = tree_.nodes[child];
    const JsonArticle article = article_of(JsonDocument(text.text.of(tree_.text_pool)));
    const auto copy = [&](const std::vector<JsonField>& from, std::vector<Field>& to) {
      for (const JsonField& field : from) {
        if (field.value.size() > kMaxValue) continue;
        const Run run{text.text.start + field.start,
                      text.text.start + field.end,
                      text.first_piece,
                      text.first_piece + text.piece_count,
                      text.text.end,
                      false};
        add(to, {clean(unescaped(field.value)), "json-ld", page_of(page_, run)});
      }
    };
    copy(article.headlines, out_.titles);
    copy(article.sites, out_.sites);
    if (out_.authors.empty()) copy(article.authors, out_.authors);
    copy(article.published, out_.published);
    copy(article.modified, out_.modified);
    copy(article.languages, out_.languages);
    if (out_.body.empty()) out_.body = article.body;
    if (out_.description.empty()) out_.description = article.description;
    for (const std::string& policy : article.trust) {
      if (std::find(out_.trust.begin(), out_.trust.end(), policy) == out_.trust.end()) out_.trust.push_back(policy);
    }
  }

  // Character references inside JSON strings: some systems escape twice.
  static std::string unescaped(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kReferences{{{"&amp;", "&"},
                                                                                               {"&quot;", "\""},
                                                                                               {"&#039;", "'"},
                                                                                               {"&#39;", "'"},
                                                                                               {"&#8217;", "’"},
                                                                                               {"&apos;", "'"},
                                                                                               {"&#8216;", "‘"},
                                                                                               {"&nbsp;", " "}}};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const auto hit = std::find_if(kReferences.begin(), kReferences.end(),
                                    [&](const auto& r) { return text.substr(i, r.first.size()) == r.first; });
      if (text[i] == '&' && hit != kReferences.end()) {
        out += hit->second;
        i += hit->first.size();
      } else {
        out += text[i++];
      }
    }
    return out;
  }

  // Microdata, <time>, rel=author.
  void body_element(NodeId id, const Node& node) {
    const std::string_view property = tree_.attribute(id, "itemprop");
    if (node.name == "time" || property == "datePublished" || property == "dateModified") {
      Field field = attribute_field(id, "datetime", "time");
      if (field.value.empty()) field = attribute_field(id, "content", "time");
      if (field.value.empty()) field = text_field(id, "time");
      const bool modified = property == "dateModified" || class_has(id, "updated") || class_has(id, "modified");
      const bool marked = property == "datePublished" || !tree_.attribute(id, "pubdate").empty();
      if (!normal_date(field.value)) return;
      add(modified ? time_modified_ : marked ? time_marked_ : time_other_, std::move(field));
    } else if (property == "author" || tree_.attribute(id, "rel") == "author") {
      add(author_marked_, text_field(id, "text"));
    } else if (node.name == "a" && author_links_.size() < kAuthorLinks && is_author_link(tree_.attribute(id, "href"))) {
      add(author_links_, text_field(id, "link"));
    } else if (property == "headline") {
      add(heading_marked_, text_field(id, "h1"));
    }
  }

  // Addresses under which sites keep the pages of their writers.
  static bool is_author_link(std::string_view address) {
    static constexpr std::array kPaths = std::to_array<std::string_view>(
        {"/author/", "/authors/", "/by/", "/people/", "/staff/", "/contributors/", "/contributor/", "/profile/",
         "/autor/", "/auteur/", "/reporters/", "/journalist/"});
    return address.size() <= kMaxValue && std::any_of(kPaths.begin(), kPaths.end(), [&](std::string_view p) {
             return address.find(p) != std::string_view::npos;
           });
  }

  bool class_has(NodeId id, std::string_view word) const {
    return tree_.attribute(id, "class").find(word) != std::string_view::npos;
  }

  void move_metas(const std::string& field, std::vector<Field>& to) {
    for (auto& [rank, value] : metas_[field]) add(to, std::move(value));
  }

  static void append(std::vector<Field>& to, std::vector<Field>& from) {
    for (Field& field : from) add(to, std::move(field));
  }

  Metadata finish() {
    move_metas("title", out_.titles);
    append(out_.titles, heading_marked_);
    append(out_.titles, title_);
    std::vector<Field> sites;
    move_metas("site", sites);
    // The name that OpenGraph gives is the one shown to readers; JSON-LD often has the company.
    sites.insert(sites.end(), out_.sites.begin(), out_.sites.end());
    out_.sites = std::move(sites);
    move_metas("author", out_.authors);
    append(out_.authors, author_marked_);
    if (out_.authors.empty()) append(out_.authors, author_links_);
    move_metas("published", out_.published);
    append(out_.published, time_marked_);
    // Of unmarked times the first below the headline is the article's; one above it is often today's date.
    if (!out_.heading_titles.empty()) {
      const std::uint32_t headline = out_.heading_titles.front().page.start;
      std::stable_partition(time_other_.begin(), time_other_.end(),
                            [&](const Field& f) { return f.page.start > headline; });
    }
    append(out_.published, time_other_);
    move_metas("modified", out_.modified);
    append(out_.modified, time_modified_);
    std::vector<Field> languages = std::move(html_language_);
    languages.insert(languages.end(), out_.languages.begin(), out_.languages.end());
    out_.languages = std::move(languages);
    move_metas("language", out_.languages);
    append(out_.urls, canonical_);
    move_metas("url", out_.urls);
    return std::move(out_);
  }

  const HtmlTree& tree_;
  SourceText page_;
  Metadata out_;
  std::map<std::string, std::multimap<std::ptrdiff_t, Field>> metas_;
  std::vector<Field> canonical_, title_, html_language_, time_modified_, time_marked_, time_other_, author_marked_,
      author_links_, heading_marked_;
  std::size_t scripts_ = 0;
};

}  // namespace

Metadata read_metadata(const HtmlTree& tree, std::string_view bytes) {
  return Collector(tree, bytes).collect();
}

}  // namespace casus::detail
