// SPDX-License-Identifier: Apache-2.0
#pragma once
// The element names that the parsing rules speak of, as numbers, and the groups they form there. Every other name is
// Tag::unknown: the rules treat all such alike. Source: WHATWG HTML, "Parsing HTML documents".
#include <cstdint>
#include <string_view>

namespace casus::detail {

enum TagFlag : std::uint16_t {
  kSpecial = 1,     // the standard's "special" category (HTML elements)
  kScope = 2,       // ends "has an element in scope"
  kTableScope = 4,  // ends "has an element in table scope"
  kFormatting = 8,
  kImplied = 16,  // closed by "generate implied end tags"
  kImpliedThoroughly = 32,
  kHeading = 64,
  kBreaksOut = 128,  // an HTML start tag that ends SVG and MathML
  kTablePart = 256,
};

// clang-format off
#define CASUS_HTML_TAGS(X) \
  X(a, kFormatting) \
  X(abbr, 0) \
  X(address, kSpecial) \
  X(annotation_xml, 0) \
  X(applet, kSpecial | kScope) \
  X(area, kSpecial) \
  X(article, kSpecial) \
  X(aside, kSpecial) \
  X(audio, 0) \
  X(b, kFormatting | kBreaksOut) \
  X(base, kSpecial) \
  X(basefont, kSpecial) \
  X(bgsound, kSpecial) \
  X(big, kFormatting | kBreaksOut) \
  X(blockquote, kSpecial | kBreaksOut) \
  X(body, kSpecial | kBreaksOut) \
  X(br, kSpecial | kBreaksOut) \
  X(button, kSpecial) \
  X(canvas, 0) \
  X(caption, kSpecial | kScope | kImpliedThoroughly | kTablePart) \
  X(center, kSpecial | kBreaksOut) \
  X(code, kFormatting | kBreaksOut) \
  X(col, kSpecial | kTablePart) \
  X(colgroup, kSpecial | kImpliedThoroughly | kTablePart) \
  X(dd, kSpecial | kImplied | kImpliedThoroughly | kBreaksOut) \
  X(desc, 0) \
  X(details, kSpecial) \
  X(dialog, 0) \
  X(dir, kSpecial) \
  X(div, kSpecial | kBreaksOut) \
  X(dl, kSpecial | kBreaksOut) \
  X(dt, kSpecial | kImplied | kImpliedThoroughly | kBreaksOut) \
  X(em, kFormatting | kBreaksOut) \
  X(embed, kSpecial | kBreaksOut) \
  X(fieldset, kSpecial) \
  X(figcaption, kSpecial) \
  X(figure, kSpecial) \
  X(font, kFormatting) \
  X(footer, kSpecial) \
  X(foreignobject, 0) \
  X(form, kSpecial) \
  X(frame, kSpecial) \
  X(frameset, kSpecial) \
  X(g, 0) \
  X(h1, kSpecial | kHeading | kBreaksOut) \
  X(h2, kSpecial | kHeading | kBreaksOut) \
  X(h3, kSpecial | kHeading | kBreaksOut) \
  X(h4, kSpecial | kHeading | kBreaksOut) \
  X(h5, kSpecial | kHeading | kBreaksOut) \
  X(h6, kSpecial | kHeading | kBreaksOut) \
  X(head, kSpecial | kBreaksOut) \
  X(header, kSpecial) \
  X(hgroup, kSpecial) \
  X(hr, kSpecial | kBreaksOut) \
  X(html, kSpecial | kScope | kTableScope) \
  X(i, kFormatting | kBreaksOut) \
  X(iframe, kSpecial) \
  X(image, 0) \
  X(img, kSpecial | kBreaksOut) \
  X(input, kSpecial) \
  X(keygen, kSpecial) \
  X(label, 0) \
  X(li, kSpecial | kImplied | kImpliedThoroughly | kBreaksOut) \
  X(link, kSpecial) \
  X(listing, kSpecial | kBreaksOut) \
  X(main, kSpecial) \
  X(malignmark, 0) \
  X(marquee, kSpecial | kScope) \
  X(math, 0) \
  X(menu, kSpecial | kBreaksOut) \
  X(meta, kSpecial | kBreaksOut) \
  X(mglyph, 0) \
  X(mi, 0) \
  X(mn, 0) \
  X(mo, 0) \
  X(ms, 0) \
  X(mtext, 0) \
  X(nav, kSpecial) \
  X(nobr, kFormatting | kBreaksOut) \
  X(noembed, kSpecial) \
  X(noframes, kSpecial) \
  X(noscript, kSpecial) \
  X(object, kSpecial | kScope) \
  X(ol, kSpecial | kBreaksOut) \
  X(optgroup, kImplied | kImpliedThoroughly) \
  X(option, kImplied | kImpliedThoroughly) \
  X(p, kSpecial | kImplied | kImpliedThoroughly | kBreaksOut) \
  X(param, kSpecial) \
  X(path, 0) \
  X(picture, 0) \
  X(plaintext, kSpecial) \
  X(pre, kSpecial | kBreaksOut) \
  X(q, 0) \
  X(rb, kImplied | kImpliedThoroughly) \
  X(rp, kImplied | kImpliedThoroughly) \
  X(rt, kImplied | kImpliedThoroughly) \
  X(rtc, kImplied | kImpliedThoroughly) \
  X(ruby, kBreaksOut) \
  X(s, kFormatting | kBreaksOut) \
  X(script, kSpecial) \
  X(search, kSpecial) \
  X(section, kSpecial) \
  X(select, kSpecial | kScope) \
  X(small, kFormatting | kBreaksOut) \
  X(source, kSpecial) \
  X(span, kBreaksOut) \
  X(strike, kFormatting | kBreaksOut) \
  X(strong, kFormatting | kBreaksOut) \
  X(style, kSpecial) \
  X(sub, kBreaksOut) \
  X(summary, kSpecial) \
  X(sup, kBreaksOut) \
  X(svg, 0) \
  X(table, kSpecial | kScope | kTableScope | kBreaksOut) \
  X(tbody, kSpecial | kImpliedThoroughly | kTablePart) \
  X(td, kSpecial | kScope | kImpliedThoroughly | kTablePart) \
  X(template, kSpecial | kScope | kTableScope) \
  X(textarea, kSpecial) \
  X(tfoot, kSpecial | kImpliedThoroughly | kTablePart) \
  X(th, kSpecial | kScope | kImpliedThoroughly | kTablePart) \
  X(thead, kSpecial | kImpliedThoroughly | kTablePart) \
  X(time, 0) \
  X(title, kSpecial) \
  X(tr, kSpecial | kImpliedThoroughly | kTablePart) \
  X(track, kSpecial) \
  X(tt, kFormatting | kBreaksOut) \
  X(u, kFormatting | kBreaksOut) \
  X(ul, kSpecial | kBreaksOut) \
  X(var, kBreaksOut) \
  X(video, 0) \
  X(wbr, kSpecial) \
  X(xmp, kSpecial)
// clang-format on

// An enumerator per name, with a trailing underscore since some names are words of C++.
enum class Tag : std::uint16_t {
  unknown,
#define CASUS_TAG_ENUMERATOR(name, flags) name##_,
  CASUS_HTML_TAGS(CASUS_TAG_ENUMERATOR)
#undef CASUS_TAG_ENUMERATOR
      count
};

// `name` in lower case.
Tag tag_of(std::string_view name);
std::string_view tag_name(Tag tag);  // of a known tag; static
std::uint16_t tag_flags(Tag tag);

}  // namespace casus::detail
