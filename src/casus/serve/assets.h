// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files built into the program: the browser side's style and script, the icon, and this room's word tables.
#include <span>
#include <string>
#include <string_view>

namespace casus::detail {

struct EmbeddedFile {
  std::string_view name;  // "casus.css"
  std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_files();

// The bytes, or an empty view when nothing of that name was built in.
std::string_view embedded(std::string_view name);

// "/assets/casus.1f2e….css": the address holds a hash of the content, so browsers may keep it for good.
const std::string& asset_path(std::string_view name);
// The file at such an address, or nullptr; an old hash is not found.
const EmbeddedFile* asset_at(std::string_view path);
std::string_view content_type(std::string_view name);

}  // namespace casus::detail
