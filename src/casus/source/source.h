// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where pages come from. Files, folders, standard input, JSON Lines, RSS/Atom files and WARC(.gz) all become a sequence
// of Documents, one at a time, in a fixed order (folders sorted by name), so that memory stays flat and every run sees
// the same order.
//
//   casus::read_sources({"page.html", "news.warc.gz", "-"}, {}, [&](casus::Document&& d) { …; return true; },
//                       [&](casus::Refusal&& r) { …; });
//
// In a folder only files that look like pages by their names are read (HTML, text, XML, JSON, WARC, or no ending at
// all), no hidden ones, and no links that lead out of it; a file named by itself is always read. What cannot be read is
// a Refusal with file, offset and reason; the batch goes on. Cost: linear in the bytes read; decompressed output is
// capped per record and per file. XML entities are never expanded. Threads: no shared state.
#include <casus/base/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace casus {

enum class DocumentForm : std::uint8_t { detect, html, text };

// One page as it arrived, with what its carrier knows about it.
struct Document {
  std::string bytes;
  std::string name;  // "folder/page.html", "news.warc.gz#1234" (byte offset of the record), "feed.xml#3", "in.jsonl#7"
  std::string id;    // JSON Lines "id"; empty elsewhere
  std::string url;
  std::string charset;                           // from a content type
  std::string title, published, language, site;  // as the carrier gives them; empty: not given
  DocumentForm form = DocumentForm::detect;
  bool plain = false;  // JSON Lines "text": already clean article text
};

struct Refusal {
  std::string name;    // as Document::name
  std::string sha256;  // of the refused bytes, where they were read
  Error error;
};

struct SourceLimits {
  std::size_t max_document = std::size_t{10} << 20U;  // bytes of one page; larger ones are refused
  std::size_t max_unpacked = std::size_t{64}
                             << 20U;  // decompressed bytes of one WARC record; a bomb is refused there, reading goes on
  std::size_t max_feed = std::size_t{16} << 20U;
};

// Calls `on_document` for each page until it returns false, and `on_refusal` for each thing that could not be read.
// `inputs`: paths of files or folders, or "-" for standard input. Returns the number of documents given out.
std::size_t read_sources(std::span<const std::string> inputs, const SourceLimits& limits,
                         const std::function<bool(Document&&)>& on_document,
                         const std::function<void(Refusal&&)>& on_refusal);

}  // namespace casus
