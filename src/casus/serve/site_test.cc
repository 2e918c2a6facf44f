// SPDX-License-Identifier: Apache-2.0
// Whole answers over the sample record: what every page must hold, and what no page may, read back with this library's
// own HTML parser.
#include "site.h"

#include <casus/page/dom.h>
#include <casus/serve/serve.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "testing/fake_record.h"

namespace casus::detail {
namespace {

using nlohmann::json;

class Site : public ::testing::Test {
 protected:
  Reply get(std::string_view target) const {
    Request request;
    request.target = target;
    return answer(*record_, request);
  }

  // Every address that a test of all pages visits.
  std::vector<std::string> pages() const {
    std::vector<std::string> out = {"/",
                                    "/?status=happened",
                                    "/?page=2",
                                    "/search",
                                    "/search?q=Velmar&type=ASSAULT",
                                    "/search?q=nothingofthekind",
                                    "/articles",
                                    "/record",
                                    "/nope",
                                    "/?bogus=1",
                                    "/event/ffffffff"};
    for (const StoredArticle& stored : content_->articles) {
      out.push_back("/article/" + stored.article.id);
      for (const Event& event : stored.events) out.push_back("/event/" + event.id);
    }
    return out;
  }

  std::shared_ptr<const FakeContent> content_ = sample_content(40);
  std::unique_ptr<Record> record_ = fake_record(content_);
};

Result<HtmlTree> read_html(std::string_view page) {
  HtmlOptions options;
  options.charset = "utf-8";
  return parse_html(page, options);
}

// Text of the whole tree, without that of <title>.
std::string text_of(const HtmlTree& tree) {
  std::string out;
  for (std::size_t id = 0; id < tree.nodes.size(); ++id) {
    if (tree.nodes[id].type == NodeType::text) out += tree.text(static_cast<NodeId>(id));
  }
  return out;
}

TEST_F(Site, EveryPageIsHtmlWithNothingButOurOwnMarkup) {
  const std::set<std::string_view> elements = {
      "html", "head",   "body",       "meta",  "title",      "link",   "script",  "a",       "header",
      "nav",  "form",   "label",      "input", "button",     "select", "option",  "main",    "footer",
      "p",    "div",    "span",       "h1",    "h2",         "h3",     "section", "article", "aside",
      "ol",   "ul",     "li",         "bdi",   "blockquote", "time",   "details", "summary", "svg",
      "rect", "figure", "figcaption", "dl",    "dt",         "dd",     "table",   "thead",   "tbody",
      "tr",   "th",     "td",         "mark",  "b",          "small",  "q",       "pre",     "code"};
  for (const std::string& path : pages()) {
    const Reply reply = get(path);
    ASSERT_EQ(reply.content_type, "text/html; charset=utf-8") << path;
    const auto tree = read_html(reply.body);
    ASSERT_TRUE(tree) << path;
    EXPECT_EQ(tree->invalid_bytes, 0U) << path;
    std::set<std::string_view> ids;
    for (std::size_t id = 0; id < tree->nodes.size(); ++id) {
      const Node& node = tree->nodes[id];
      if (node.type != NodeType::element) continue;
      EXPECT_TRUE(elements.contains(node.name)) << path << ": <" << node.name << ">";
      for (const casus::Attribute& attribute : node.attributes) {
        EXPECT_FALSE(attribute.name.starts_with("on") || attribute.name == "style" || attribute.name == "srcdoc")
            << path << ": " << attribute.name;
        if (attribute.name == "id") {
          EXPECT_TRUE(ids.insert(attribute.value).second) << path << ": twice id " << attribute.value;
        }
        if (attribute.name == "src" || attribute.name == "action") {
          EXPECT_TRUE(attribute.value.starts_with("/")) << path << ": " << attribute.value;
        }
        if (attribute.name == "href" && !attribute.value.starts_with("/") && !attribute.value.starts_with("#")) {
          EXPECT_TRUE(attribute.value.starts_with("https://") || attribute.value.starts_with("http://"))
              << path << ": " << attribute.value;
          EXPECT_EQ(tree->attribute(static_cast<NodeId>(id), "rel"), "noreferrer noopener external") << path;
        }
      }
      if (node.name == "script") {
        EXPECT_TRUE(tree->attribute(static_cast<NodeId>(id), "src").starts_with("/assets/")) << path;
      }
    }
  }
}

TEST_F(Site, EveryLinkOnEveryPageLeadsSomewhere) {
  std::set<std::string> seen;
  for (const std::string& path : pages()) {
    const Reply reply = get(path);
    const auto tree = read_html(reply.body);
    ASSERT_TRUE(tree);
    for (std::size_t id = 0; id < tree->nodes.size(); ++id) {
      const std::string href(
          tree->nodes[id].type == NodeType::element ? tree->attribute(static_cast<NodeId>(id), "href") : "");
      if (!href.starts_with('/') || !seen.insert(href).second) continue;
      EXPECT_EQ(get(href.substr(0, href.find('#'))).status, 200) << path << " links to " << href;
    }
  }
  EXPECT_GT(seen.size(), 100U);
}

TEST_F(Site, HostileStringsAreShownAsText) {
  const StoredArticle& hostile = content_->articles[3];
  const auto article = read_html(get("/article/" + hostile.article.id).body);
  const std::string text = text_of(*article);
  EXPECT_NE(text.find("<script>alert('title')</script> \"quoted\" & <img src=x onerror=alert(2)>"), std::string::npos);
  EXPECT_NE(text.find("</mark></body><h1>the opposition</h1>"), std::string::npos);
  EXPECT_NE(text.find("javascript:alert(1)"), std::string::npos) << "the address is said";
  const auto event = read_html(get("/event/" + hostile.events[0].id).body);
  EXPECT_NE(text_of(*event).find("<style>*{display:none}</style>"), std::string::npos);
}

TEST_F(Site, AnEventLeadsToItsEvidence) {
  for (const StoredArticle& stored : content_->articles) {
    const auto tree = read_html(get("/article/" + stored.article.id).body);
    for (const Event& event : stored.events) {
      std::string marked;
      bool anchored = false;
      for (std::size_t id = 0; id < tree->nodes.size(); ++id) {
        const Node& node = tree->nodes[id];
        if (node.type == NodeType::element && tree->attribute(static_cast<NodeId>(id), "id") == "event-" + event.id) {
          anchored = node.name == "mark" || tree->nodes[node.parent].name == "mark" ||
                     tree->nodes[tree->nodes[node.parent].parent].name == "mark";
        }
        if (node.type != NodeType::text) continue;
        for (NodeId up = node.parent; up != kNoNode; up = tree->nodes[up].parent) {
          const std::string ids = " " + std::string(tree->attribute(up, "data-events")) + " ";
          if (tree->nodes[up].name == "mark" && ids.find(" " + event.id + " ") != std::string::npos)
            marked += tree->text(static_cast<NodeId>(id));
        }
      }
      EXPECT_TRUE(anchored) << event.id;
      EXPECT_EQ(marked, stored.article.quote(event.evidence))
          << "what is marked is the evidence, character by character";
    }
  }
}

TEST_F(Site, RemovedPartsAreThereWithTheirReasons) {
  const StoredArticle& stored = content_->articles[0];
  const std::string text = text_of(*read_html(get("/article/" + stored.article.id).body));
  ASSERT_FALSE(stored.article.removed.empty());
  for (const Removed& part : stored.article.removed) EXPECT_NE(text.find(part.text), std::string::npos) << part.text;
  EXPECT_NE(text.find("live-coverage bullet"), std::string::npos);
}

TEST_F(Site, EveryPageHasATwinInJson) {
  for (const std::string& path : pages()) {
    const std::size_t question = std::min(path.find('?'), path.size());
    const std::string target =
        (path.starts_with("/?") || path == "/" ? "/index" : path.substr(0, question)) + ".json" + path.substr(question);
    const Reply html = get(path), twin = get(target);
    EXPECT_EQ(twin.status, html.status) << target;
    EXPECT_EQ(twin.content_type, twin.status == 200 ? "application/json" : "application/problem+json") << target;
    EXPECT_FALSE(json::parse(twin.body, nullptr, false).is_discarded()) << target << ": " << twin.body.substr(0, 300);
  }
}

TEST_F(Site, TheTwinOfAListHasItsEventsAndTheWayOn) {
  const json first = json::parse(get("/index.json").body);
  EXPECT_EQ(first["count"], 58);
  EXPECT_EQ(first["events"].size(), 30U);
  EXPECT_EQ(first["next"], "/index.json?page=2");
  const json second = json::parse(get("/index.json?page=2").body);
  EXPECT_EQ(second["events"].size(), 28U);
  EXPECT_TRUE(second["next"].is_null());
  std::set<std::string> ids;
  for (const json* page : {&first, &second}) {
    for (const json& event : (*page)["events"]) ids.insert(event["id"]);
  }
  EXPECT_EQ(ids.size(), 58U) << "each event once";
}

TEST_F(Site, CsvReadsBackWithOneRowForEachEvent) {
  const Reply reply = get("/search.csv?type=ASSAULT");
  EXPECT_EQ(reply.download, "casus-events.csv");
  EXPECT_EQ(std::count(reply.body.begin(), reply.body.end(), '\n'), 4) << reply.body;
  EXPECT_TRUE(reply.body.starts_with("id,type,mode,actors,recipients,status,"));
}

TEST_F(Site, FiltersNarrowTheListAndItsFacets) {
  const json assaults = json::parse(get("/index.json?type=ASSAULT").body);
  EXPECT_EQ(assaults["count"], 3);
  for (const json& count : assaults["facets"]["type"]) EXPECT_EQ(count["key"], "ASSAULT");
  EXPECT_EQ(json::parse(get("/index.json?type=ASSAULT&status=happened").body)["count"], 2)
      << "what is denied did not happen";
  EXPECT_EQ(json::parse(get("/index.json?status=hypothetical").body)["count"], 1);
}

TEST_F(Site, WrongQuestionsAreAnsweredWithTheirReason) {
  EXPECT_EQ(get("/?type=A%20B").status, 400);
  EXPECT_EQ(get("/?page=0").status, 400);
  EXPECT_EQ(get("/%zz").status, 400);
  EXPECT_EQ(get("/%00").status, 400);
  EXPECT_EQ(get("/event/../record").status, 404);
  EXPECT_EQ(get("/event/%3Cscript%3E").status, 404);
  EXPECT_EQ(get("/assets/casus.0000000000000000.css").status, 404);
  EXPECT_EQ(get("/assets/../limits.h").status, 404);
  EXPECT_NE(get("/?%3Cscript%3Ealert(1)%3C/script%3E=1").body.find("&lt;script&gt;"), std::string::npos);
}

TEST_F(Site, ErrorsOfTheRecordSayNothingOfTheInside) {
  auto broken = std::make_shared<FakeContent>();
  broken->failure = "no such table: secrets in /home/user/private.db";
  for (const auto& [code, status] :
       {std::pair{Errc::corrupt, 500}, std::pair{Errc::unreadable, 500}, std::pair{Errc::timed_out, 503}}) {
    broken->failure_code = code;
    const auto record = fake_record(broken);
    for (const char* path :
         {"/", "/index.json", "/index.csv", "/search", "/articles", "/record", "/event/abcdef", "/article/abcdef"}) {
      Request request;
      request.target = path;
      const Reply reply = answer(*record, request);
      EXPECT_EQ(reply.status, status) << path;
      EXPECT_EQ(reply.body.find("secrets"), std::string::npos) << path;
      EXPECT_EQ(reply.body.find("private.db"), std::string::npos) << path;
    }
  }
}

TEST_F(Site, OnlyThisMachineIsAnswered) {
  Request request;
  for (const char* host : {"rebind.example", "192.168.1.7:7777", "localhost.rebind.example"}) {
    request.host = host;
    EXPECT_EQ(answer(*record_, request).status, 403) << host;
    EXPECT_EQ(answer(*record_, request, {.allow_other_hosts = true}).status, 200) << host;
  }
  request.host.clear();
  EXPECT_EQ(answer(*record_, request, {.allow_other_hosts = true}).status, 400);
}

TEST_F(Site, OnlyReadingMethodsAreAnswered) {
  Request request;
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", ""}) {
    request.method = method;
    const Reply reply = answer(*record_, request);
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.allow, "GET, HEAD");
  }
}

TEST_F(Site, AnswersAreTaggedAndNotSentTwice) {
  Request request;
  const Reply first = answer(*record_, request);
  ASSERT_FALSE(first.etag.empty());
  request.if_none_match = first.etag;
  const Reply again = answer(*record_, request);
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  request.target = "/search";
  EXPECT_EQ(answer(*record_, request).status, 200) << "another page has another tag";
}

TEST_F(Site, StyleAndScriptAreInsideTheProgram) {
  const std::string home = get("/").body;
  for (const char* ending : {".css", ".js", ".svg"}) {
    const std::size_t end = home.find(std::string(ending) + "\"");
    ASSERT_NE(end, std::string::npos) << ending;
    const std::size_t start = home.rfind('"', end) + 1;
    const Reply asset = get(home.substr(start, end - start) + ending);
    EXPECT_EQ(asset.status, 200);
    EXPECT_TRUE(asset.immutable);
    EXPECT_GT(asset.body.size(), 100U);
    for (const char* outside : {"http://", "https://", "@import", "url(//"}) {
      if (std::string_view(ending) == ".svg" && std::string_view(outside) == "http://")
        continue;  // the name of SVG's namespace
      EXPECT_EQ(asset.body.find(outside), std::string::npos) << ending << " " << outside;
    }
  }
}

// The record hands out the latest text of an article; an event may still belong to an earlier one.
TEST_F(Site, EventsOfAnEarlierTextAreNotMarkedInTheNewOne) {
  auto content = std::make_shared<FakeContent>(*content_);
  content->event_revision = "00000000000000000000000000000000";
  const auto record = fake_record(content);
  const StoredArticle& stored = content->articles[0];
  const std::string article = respond(*record, "/article/" + stored.article.id).body;
  EXPECT_EQ(article.find("<mark"), std::string::npos);
  EXPECT_NE(article.find("read from an earlier text"), std::string::npos);
  EXPECT_NE(article.find("note-" + stored.events[0].id), std::string::npos) << "it is listed all the same";
  const std::string event = respond(*record, "/event/" + stored.events[0].id).body;
  EXPECT_NE(event.find("belongs to an earlier text"), std::string::npos);
  EXPECT_EQ(event.find("\"bytes\">characters "), std::string::npos) << "no positions in a text that is not shown";
}

TEST_F(Site, RespondIsTheSameAnswer) {
  const Response response = respond(*record_, "/record.json");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body, get("/record.json").body);
}

RC_GTEST_FIXTURE_PROP(Site, AnyTargetGetsAnAnswer, ()) {
  const auto target = *rc::gen::oneOf(
      rc::gen::arbitrary<std::string>(),
      rc::gen::map(rc::gen::arbitrary<std::string>(), [](const std::string& s) { return "/?q=" + s; }),
      rc::gen::map(rc::gen::arbitrary<std::string>(), [](const std::string& s) { return "/event/" + s; }));
  Request request;
  request.target = target;
  const Reply reply = answer(*record_, request);
  RC_ASSERT(reply.status == 200 || reply.status == 400 || reply.status == 404);
  RC_ASSERT(!reply.body.empty());
}

}  // namespace
}  // namespace casus::detail
