// SPDX-License-Identifier: Apache-2.0
#pragma once
// What SQLite columns cannot hold plainly: whole events, the rest of an article's metadata, page maps, and zstd around
// all of it. Used inside this room only. Every reader checks what it reads: the file may be damaged or forged.
#include <casus/base/result.h>
#include <casus/event/event.h>
#include <casus/page/article.h>

#include <string>
#include <string_view>

namespace casus::detail {

std::string compress(std::string_view bytes);
// Errors: corrupt, too_large (unpacks to more than `limit`).
Result<std::string> decompress(std::string_view bytes, std::size_t limit);

// The whole event as JSON with byte spans; read_event(write_event(e)) == e in every field.
std::string write_event(const Event& event);
Result<Event> read_event(std::string_view json);

// All of an article but text, paragraphs, removed parts and map.
std::string write_metadata(const Article& article);
Result<Article> read_metadata(std::string_view json);

// Pieces as differences in LEB128: a few bytes each.
std::string write_map(const PageMap& map);
Result<PageMap> read_map(std::string_view bytes, std::uint32_t text_length);

}  // namespace casus::detail
