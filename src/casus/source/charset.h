// SPDX-License-Identifier: Apache-2.0
#pragma once
// Feeds in other encodings become UTF-8 before they are parsed, since the XML parser reads only Unicode and Latin-1.
#include <string>
#include <string_view>

namespace casus::detail {

// The whole of `bytes` as UTF-8; each byte that means nothing becomes U+FFFD. An unknown or unsafe label gives back the
// bytes made valid as UTF-8. Linear.
std::string to_utf8(std::string_view bytes, std::string_view label);

// The encoding of an XML document by its byte order mark or its declaration; "utf-8" where neither says anything.
std::string xml_encoding(std::string_view bytes);

}  // namespace casus::detail
