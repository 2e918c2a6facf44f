// SPDX-License-Identifier: Apache-2.0
// SVG and MathML inside HTML, their names with capitals, and the attributes of all elements.
#include <casus/page/html_text.h>
#include <casus/page/html_tree_builder.h>

#include <algorithm>
#include <iterator>
#include <memory>

namespace casus::detail {

namespace {

// Sorted by their lower-case form, which is what the tokenizer delivers.
constexpr std::string_view kSvgNames[] = {"altGlyph",
                                          "altGlyphDef",
                                          "altGlyphItem",
                                          "animateColor",
                                          "animateMotion",
                                          "animateTransform",
                                          "clipPath",
                                          "feBlend",
                                          "feColorMatrix",
                                          "feComponentTransfer",
                                          "feComposite",
                                          "feConvolveMatrix",
                                          "feDiffuseLighting",
                                          "feDisplacementMap",
                                          "feDistantLight",
                                          "feDropShadow",
                                          "feFlood",
                                          "feFuncA",
                                          "feFuncB",
                                          "feFuncG",
                                          "feFuncR",
                                          "feGaussianBlur",
                                          "feImage",
                                          "feMerge",
                                          "feMergeNode",
                                          "feMorphology",
                                          "feOffset",
                                          "fePointLight",
                                          "feSpecularLighting",
                                          "feSpotLight",
                                          "feTile",
                                          "feTurbulence",
                                          "foreignObject",
                                          "glyphRef",
                                          "linearGradient",
                                          "radialGradient",
                                          "textPath"};

constexpr std::string_view kSvgAttributes[] = {"attributeName",
                                               "attributeType",
                                               "baseFrequency",
                                               "baseProfile",
                                               "calcMode",
                                               "clipPathUnits",
                                               "diffuseConstant",
                                               "edgeMode",
                                               "filterUnits",
                                               "glyphRef",
                                               "gradientTransform",
                                               "gradientUnits",
                                               "kernelMatrix",
                                               "kernelUnitLength",
                                               "keyPoints",
                                               "keySplines",
                                               "keyTimes",
                                               "lengthAdjust",
                                               "limitingConeAngle",
                                               "markerHeight",
                                               "markerUnits",
                                               "markerWidth",
                                               "maskContentUnits",
                                               "maskUnits",
                                               "numOctaves",
                                               "pathLength",
                                               "patternContentUnits",
                                               "patternTransform",
                                               "patternUnits",
                                               "pointsAtX",
                                               "pointsAtY",
                                               "pointsAtZ",
                                               "preserveAlpha",
                                               "preserveAspectRatio",
                                               "primitiveUnits",
                                               "refX",
                                               "refY",
                                               "repeatCount",
                                               "repeatDur",
                                               "requiredExtensions",
                                               "requiredFeatures",
                                               "specularConstant",
                                               "specularExponent",
                                               "spreadMethod",
                                               "startOffset",
                                               "stdDeviation",
                                               "stitchTiles",
                                               "surfaceScale",
                                               "systemLanguage",
                                               "tableValues",
                                               "targetX",
                                               "targetY",
                                               "textLength",
                                               "viewBox",
                                               "viewTarget",
                                               "xChannelSelector",
                                               "yChannelSelector",
                                               "zoomAndPan"};

int compare_lower(std::string_view mixed, std::string_view lower) {
  const std::size_t shorter = std::min(mixed.size(), lower.size());
  for (std::size_t i = 0; i < shorter; ++i) {
    const int difference = static_cast<unsigned char>(ascii_lower(mixed[i])) - static_cast<unsigned char>(lower[i]);
    if (difference != 0) return difference;
  }
  return mixed.size() < lower.size() ? -1 : static_cast<int>(mixed.size() > lower.size());
}

template <std::size_t N>
std::string_view with_capitals(const std::string_view (&sorted)[N], std::string_view lower) {
  const auto less = [](std::string_view mixed, std::string_view wanted) { return compare_lower(mixed, wanted) < 0; };
  const auto* found = std::lower_bound(std::begin(sorted), std::end(sorted), lower, less);
  return found != std::end(sorted) && compare_lower(*found, lower) == 0 ? *found : std::string_view();
}

// The names that nearly all attributes of news pages have: these need no copy.
constexpr std::string_view kCommonAttributes[] = {
    "alt", "aria-hidden", "aria-label", "charset", "class", "content", "data-id",  "datetime", "height", "href",
    "id",  "itemprop",    "itemtype",   "lang",    "media", "name",    "property", "rel",      "role",   "sizes",
    "src", "srcset",      "style",      "target",  "title", "type",    "value",    "width"};

}  // namespace

std::string_view TreeBuilder::foreign_name(const TagToken& token, Namespace space) {
  if (space == Namespace::svg) {
    const std::string_view name = with_capitals(kSvgNames, token.name);
    if (!name.empty()) return name;
  }
  return token.tag == Tag::unknown ? keep(token.name) : tag_name(token.tag);
}

std::span<const Attribute> TreeBuilder::keep_attributes(const TagToken& token, Namespace space) {
  if (token.attributes.empty()) return {};
  const std::size_t count = token.attributes.size();
  auto* const kept = static_cast<Attribute*>(allocate(count * sizeof(Attribute)));
  for (std::size_t i = 0; i < count; ++i) {
    const TagAttribute& given = token.attributes[i];
    std::string_view name;
    if (space == Namespace::svg) name = with_capitals(kSvgAttributes, given.name);
    if (space == Namespace::math && given.name == "definitionurl") name = "definitionURL";
    if (name.empty()) {
      const auto* common = std::lower_bound(std::begin(kCommonAttributes), std::end(kCommonAttributes), given.name);
      name = common != std::end(kCommonAttributes) && *common == given.name ? *common : keep(given.name);
    }
    std::construct_at(kept + i, Attribute{name, keep(given.value), page_.map.page(given.value_start, given.value_end)});
  }
  return {kept, count};
}

bool TreeBuilder::is_math_text_point(const Open& open) const {
  if (open.space != Namespace::math) return false;
  return open.tag == Tag::mi_ || open.tag == Tag::mo_ || open.tag == Tag::mn_ || open.tag == Tag::ms_ ||
         open.tag == Tag::mtext_;
}

bool TreeBuilder::is_html_point(const Open& open) const {
  if (open.space == Namespace::svg)
    return open.tag == Tag::foreignobject_ || open.tag == Tag::desc_ || open.tag == Tag::title_;
  if (open.space != Namespace::math || open.tag != Tag::annotation_xml_ || open.id == kNoNode) return false;
  const std::span<const Attribute> attributes = tree_.nodes[open.id].attributes;
  return std::any_of(attributes.begin(), attributes.end(), [](const Attribute& a) {
    return a.name == "encoding" &&
           (equals_ignoring_case(a.value, "text/html") || equals_ignoring_case(a.value, "application/xhtml+xml"));
  });
}

bool TreeBuilder::in_foreign_content() const {
  return !stack_.empty() && adjusted_current().space != Namespace::html;
}

bool TreeBuilder::in_foreign_rules_for_start(const TagToken& token) const {
  if (!in_foreign_content()) return false;
  const Open open = adjusted_current();
  if (is_math_text_point(open) && token.tag != Tag::mglyph_ && token.tag != Tag::malignmark_) return false;
  if (open.space == Namespace::math && open.tag == Tag::annotation_xml_ && token.tag == Tag::svg_) return false;
  return !is_html_point(open);
}

bool TreeBuilder::in_foreign_rules_for_text() const {
  if (!in_foreign_content()) return false;
  const Open open = adjusted_current();
  return !is_math_text_point(open) && !is_html_point(open);
}

void TreeBuilder::foreign_characters(const Characters& token) {
  insert_text(token);
  if (!token.nul && frameset_ok_ && !is_space(token)) frameset_ok_ = false;
}

bool TreeBuilder::foreign_start(const TagToken& token) {
  const auto dresses = [](const TagAttribute& a) { return a.name == "color" || a.name == "face" || a.name == "size"; };
  const bool breaks_out =
      (tag_flags(token.tag) & kBreaksOut) != 0 ||
      (token.tag == Tag::font_ && std::any_of(token.attributes.begin(), token.attributes.end(), dresses));
  if (breaks_out) {
    while (stack_.size() > 1 && current().space != Namespace::html && !is_math_text_point(current()) &&
           !is_html_point(current())) {
      pop();
    }
    return false;
  }
  insert_foreign(token, adjusted_current().space);
  return true;
}

void TreeBuilder::insert_foreign(const TagToken& token, Namespace space) {
  make_room();
  const Place place = appropriate_place();
  const NodeId id = new_element(token, space);
  insert(id, place);
  if (!token.self_closing) push(id);
}

void TreeBuilder::start_foreign_root(const TagToken& token, Namespace space) {
  reconstruct_formatting();
  insert_foreign(token, space);
}

// False: the tag is to be processed as HTML.
bool TreeBuilder::foreign_end(const TagToken& token) {
  if (token.tag == Tag::br_ || token.tag == Tag::p_) {
    while (stack_.size() > 1 && current().space != Namespace::html && !is_math_text_point(current()) &&
           !is_html_point(current())) {
      pop();
    }
    return false;
  }
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (i == 0) return true;
    const Open& open = stack_[i];
    // Called first with a foreign current node; an HTML ancestor hands the tag to the HTML rules.
    if (open.space == Namespace::html) return false;
    if (open.tag == token.tag && (open.tag != Tag::unknown || equals_ignoring_case(node(open.id).name, token.name))) {
      pop_to(i);
      return true;
    }
  }
  return true;
}

}  // namespace casus::detail
