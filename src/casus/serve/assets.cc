// SPDX-License-Identifier: Apache-2.0
#include "assets.h"

#include <casus/base/hash.h>

#include <map>

namespace casus::detail {
namespace {

std::string hex(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[(value >> static_cast<unsigned>(shift)) & 15U];
  return out;
}

std::map<std::string, std::string, std::less<>> make_paths() {
  std::map<std::string, std::string, std::less<>> paths;
  for (const EmbeddedFile& file : embedded_files()) {
    if (content_type(file.name).empty()) continue;
    const std::size_t dot = file.name.rfind('.');
    paths.emplace(file.name, "/assets/" + std::string(file.name.substr(0, dot)) + "." + hex(xxh3(file.bytes)) +
                                 std::string(file.name.substr(dot)));
  }
  return paths;
}

const std::map<std::string, std::string, std::less<>>& paths() {
  static const auto made = make_paths();
  return made;
}

}  // namespace

std::string_view embedded(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name == name) return file.bytes;
  }
  return {};
}

const std::string& asset_path(std::string_view name) {
  static const std::string none = "/";
  const auto found = paths().find(name);
  return found == paths().end() ? none : found->second;
}

const EmbeddedFile* asset_at(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    const auto found = paths().find(file.name);
    if (found != paths().end() && found->second == path) return &file;
  }
  return nullptr;
}

std::string_view content_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return {};
}

}  // namespace casus::detail
