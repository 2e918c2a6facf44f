// SPDX-License-Identifier: Apache-2.0
// iconv of the C library does the decoding; labels are checked first, because iconv finds converters by file name.
#include <casus/base/utf8.h>
#include <casus/source/carriers.h>
#include <casus/source/charset.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace casus::detail {

namespace {

class Converter {
 public:
  explicit Converter(const std::string& label) : state_(iconv_open("UTF-8", label.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (ok()) iconv_close(state_);
  }
  bool ok() const { return state_ != reinterpret_cast<iconv_t>(-1); }  // NOLINT: how iconv says "no"

  std::string convert(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    std::array<char, 8192> block{};
    char* in = const_cast<char*>(bytes.data());  // NOLINT: iconv's interface; it does not write to its input
    std::size_t left = bytes.size();
    while (left > 0) {
      char* to = block.data();
      std::size_t room = block.size();
      const std::size_t code = iconv(state_, &in, &left, &to, &room);
      const int problem = code == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(block.data(), block.size() - room);
      if (problem == EILSEQ || problem == EINVAL) {  // a byte that means nothing, or a character cut off by the end
        append_utf8(out, kReplacement);
        ++in;
        --left;
      }
    }
    return out;
  }

 private:
  iconv_t state_;
};

std::string made_valid(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Decoded decoded = decode_utf8(bytes, at);
    append_utf8(out, decoded.code_point);
    at += decoded.length;
  }
  return out;
}

bool is_safe_label(std::string_view label) {
  return !label.empty() && label.size() <= 40 && std::ranges::all_of(label, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view label) {
  if (!is_safe_label(label) || same_name(label, "utf-8") || same_name(label, "utf8")) return made_valid(bytes);
  Converter converter{std::string(label)};
  return converter.ok() ? made_valid(converter.convert(bytes)) : made_valid(bytes);
}

std::string xml_encoding(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("\xff\xfe\0\0", 4)) || bytes.starts_with(std::string_view("\0\0\xfe\xff", 4)))
    return "UTF-32";
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return "UTF-16";
  if (bytes.starts_with(std::string_view("<\0", 2))) return "UTF-16LE";
  if (bytes.starts_with(std::string_view("\0<", 2))) return "UTF-16BE";
  if (bytes.starts_with("\xef\xbb\xbf")) return "utf-8";
  const std::string_view declaration = bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 512));
  if (!declaration.starts_with("<?xml")) return "utf-8";
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return "utf-8";
  const std::size_t open = declaration.find_first_of("\"'", at);
  if (open == std::string_view::npos) return "utf-8";
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return "utf-8";
  const std::string label(declaration.substr(open + 1, close - open - 1));
  // A declaration that could be read as ASCII is no UTF-16, whatever it claims.
  return same_name(label.substr(0, 4), "utf-") || same_name(label.substr(0, 4), "ucs-") ? "utf-8" : label;
}

}  // namespace casus::detail
