// SPDX-License-Identifier: Apache-2.0
#include <casus/page/article.h>

namespace casus {

std::string_view to_string(ParagraphKind kind) {
  switch (kind) {
    case ParagraphKind::paragraph:
      return "paragraph";
    case ParagraphKind::heading:
      return "heading";
    case ParagraphKind::list_item:
      return "list_item";
    case ParagraphKind::quote:
      return "quote";
    case ParagraphKind::caption:
      return "caption";
    case ParagraphKind::table_row:
      return "table_row";
    case ParagraphKind::preformatted:
      return "preformatted";
  }
  return "paragraph";
}

}  // namespace casus
