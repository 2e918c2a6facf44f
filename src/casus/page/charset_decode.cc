// SPDX-License-Identifier: Apache-2.0
// Page bytes to UTF-8. UTF-8 pages are viewed where they are clean and copied only around CRs and malformed bytes;
// single-byte encodings go through a table of 256 characters; UTF-16 is read here; the rest character by character
// through ICU, because only then is it known which bytes each character came from. Tests: charset_test.cc.
#include <casus/base/utf8.h>
#include <casus/page/charset.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <array>
#include <cstring>

namespace casus::detail {

namespace {

constexpr std::array<char16_t, 32> kC1Meaning = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                 0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// Letters of alphabets, which stand in words. Only between these may one run of the map go on: a span of words then
// still leads to its own bytes, at a fraction of the memory.
bool joins(char32_t c) {
  return c >= 0xC0 && c < 0x2000;
}

class Writer {
 public:
  Writer(DecodedPage& out, std::size_t page_bytes) : out_(out) {
    out_.owned = std::make_unique<std::string>();
    out_.owned->reserve(page_bytes + page_bytes / 8);
  }
  ~Writer() { out_.text = *out_.owned; }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void verbatim(std::string_view bytes, std::size_t page) {
    if (bytes.empty()) return;
    out_.map.verbatim(size(), static_cast<std::uint32_t>(page), static_cast<std::uint32_t>(bytes.size()));
    out_.owned->append(bytes);
  }

  // One character that page bytes [page, page + length) stand for. `after` is the byte sequence behind it, to see CR
  // LF.
  void character(char32_t c, std::size_t page, std::size_t length, bool lf_follows) {
    if (c == '\r') {
      if (lf_follows) return;
      c = '\n';
    }
    const std::uint32_t start = size();
    append_utf8(*out_.owned, c);
    const bool join = joins(c) && joined_;
    joined_ = joins(c);
    out_.map.decoded(start, size() - start, static_cast<std::uint32_t>(page), static_cast<std::uint32_t>(length), join);
  }

  void malformed(std::size_t page, std::size_t length) {
    character(kReplacement, page, length, false);
    ++out_.invalid;
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(out_.owned->size()); }

  DecodedPage& out_;
  bool joined_ = false;
};

// Copies ASCII from `position` up to the first CR or other byte; returns that byte's position.
std::size_t copy_ascii(std::string_view bytes, std::size_t position, Writer& writer) {
  std::size_t end = position;
  while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80 && bytes[end] != '\r') ++end;
  writer.verbatim(bytes.substr(position, end - position), position);
  return end;
}

bool lf_at(std::string_view bytes, std::size_t position) {
  return position < bytes.size() && bytes[position] == '\n';
}

void decode_utf8_page(std::string_view bytes, std::size_t position, DecodedPage& out) {
  std::size_t malformed = find_malformed_utf8(bytes, position, nullptr);
  const auto next_cr = [&](std::size_t from) { return std::min(bytes.find('\r', from), bytes.size()); };
  std::size_t cr = next_cr(position);
  if (malformed == bytes.size() && cr == bytes.size()) {
    out.text = bytes.substr(position);
    out.map.set_offset(static_cast<std::uint32_t>(position));
    out.map.set_text_length(static_cast<std::uint32_t>(out.text.size()));
    return;
  }
  Writer writer(out, bytes.size());
  while (position < bytes.size()) {
    const std::size_t stop = std::min(malformed, cr);
    writer.verbatim(bytes.substr(position, stop - position), position);
    if (stop >= bytes.size()) break;
    if (stop == cr) {
      writer.character('\r', stop, 1, lf_at(bytes, stop + 1));
      position = stop + 1;
      cr = next_cr(position);
    } else {
      const std::uint32_t length = std::max(1U, decode_utf8(bytes, stop).length);
      writer.malformed(stop, length);
      position = stop + length;
      malformed = find_malformed_utf8(bytes, position, nullptr);
    }
  }
}

void decode_utf16(std::string_view bytes, std::size_t position, bool big_endian, DecodedPage& out) {
  Writer writer(out, bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto low = static_cast<unsigned char>(bytes[at + (big_endian ? 1 : 0)]);
    const auto high = static_cast<unsigned char>(bytes[at + (big_endian ? 0 : 1)]);
    return static_cast<char32_t>(high << 8 | low);
  };
  while (position + 1 < bytes.size()) {
    const char32_t first = unit(position);
    const bool high = first >= 0xD800 && first < 0xDC00;
    if (high && position + 3 < bytes.size()) {
      const char32_t second = unit(position + 2);
      if (second >= 0xDC00 && second < 0xE000) {
        writer.character(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), position, 4, false);
        position += 4;
        continue;
      }
    }
    if (first >= 0xD800 && first < 0xE000) {
      writer.malformed(position, 2);
    } else {
      writer.character(first, position, 2, position + 3 < bytes.size() && unit(position + 2) == '\n');
    }
    position += 2;
  }
  if (position < bytes.size()) writer.malformed(position, 1);
}

using ByteTable = std::array<char32_t, 256>;  // kReplacement: no such character

void decode_single_byte(std::string_view bytes, std::size_t position, const ByteTable& table, DecodedPage& out) {
  Writer writer(out, bytes.size());
  while ((position = copy_ascii(bytes, position, writer)) < bytes.size()) {
    const auto byte = static_cast<unsigned char>(bytes[position]);
    if (table[byte] == kReplacement) {
      writer.malformed(position, 1);
    } else {
      writer.character(byte == '\r' ? U'\r' : table[byte], position, 1, lf_at(bytes, position + 1));
    }
    ++position;
  }
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// ICU's tables that come nearest to those of the standard; its other names are ICU's names too.
const char* icu_name(std::string_view charset) {
  if (charset == "big5") return "Big5-HKSCS";
  if (charset == "euc-jp") return "EUC-JP";
  if (charset == "euc-kr") return "windows-949";
  if (charset == "gbk" || charset == "gb18030") return "gb18030";
  if (charset == "iso-2022-jp") return "ISO-2022-JP";
  if (charset == "shift_jis") return "ibm-943_P15A-2003";
  if (charset == "iso-8859-8-i") return "iso-8859-8";
  if (charset == "x-mac-cyrillic") return "x-mac-cyrillic";
  return charset.data();  // ends with a NUL: it comes from the table of encodings
}

Converter open_converter(std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(icu_name(charset), &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return U_FAILURE(status) ? nullptr : std::move(converter);
}

ByteTable table_of(UConverter* converter) {
  ByteTable table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    const char bytes[1] = {static_cast<char>(byte)};
    const char* from = bytes;
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter, &from, bytes + 1, &status);
    table[byte] = U_FAILURE(status) || c < 0 ? kReplacement : static_cast<char32_t>(c);
    if (U_FAILURE(status)) ucnv_resetToUnicode(converter);
  }
  return table;
}

ByteTable windows_1252_table() {
  ByteTable table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) table[byte] = windows_1252(static_cast<unsigned char>(byte));
  return table;
}

ByteTable user_defined_table() {
  ByteTable table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) table[byte] = byte < 0x80 ? byte : 0xF780 + (byte - 0x80);
  return table;
}

void decode_multi_byte(std::string_view bytes, std::size_t position, UConverter* converter, bool stateful,
                       DecodedPage& out) {
  Writer writer(out, bytes.size());
  const char* const end = bytes.data() + bytes.size();
  const char* at = bytes.data() + position;
  while (at < end) {
    // Outside an escape sequence's reach ASCII bytes are ASCII; ICU need not see them.
    if (!stateful) at = bytes.data() + copy_ascii(bytes, static_cast<std::size_t>(at - bytes.data()), writer);
    if (at >= end) break;
    const char* const before = at;
    const auto page = static_cast<std::size_t>(before - bytes.data());
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter, &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;  // only escape sequences were left
    if (U_FAILURE(status)) {
      ucnv_resetToUnicode(converter);
      if (at <= before) at = before + 1;
      // An ASCII byte after a broken lead byte is itself: markup is not swallowed by half a character.
      if (at - before > 1 && static_cast<unsigned char>(at[-1]) < 0x80) --at;
      writer.malformed(page, static_cast<std::size_t>(at - before));
    } else if (at - before == 1 && static_cast<unsigned char>(*before) == static_cast<char32_t>(c) && c < 0x80 &&
               c != '\r') {
      writer.verbatim(bytes.substr(page, 1), page);
    } else {
      writer.character(static_cast<char32_t>(c), page, static_cast<std::size_t>(at - before), at < end && *at == '\n');
    }
  }
}

}  // namespace

char32_t windows_1252(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? kC1Meaning[byte - 0x80U] : byte;
}

std::size_t find_malformed_utf8(std::string_view text, std::size_t position, bool* non_ascii) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (position < text.size()) {
    while (position + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + position, 8);
      if ((word & kHighBits) != 0) break;
      position += 8;
    }
    if (position >= text.size()) break;
    if (static_cast<unsigned char>(text[position]) < 0x80) {
      ++position;
      continue;
    }
    if (non_ascii != nullptr) *non_ascii = true;
    const Decoded decoded = decode_utf8(text, position);
    if (!decoded.valid) return position;
    position += decoded.length;
  }
  return text.size();
}

DecodedPage decode_page(std::string_view bytes, const CharsetChoice& choice) {
  DecodedPage out;
  const std::size_t start = choice.bom_length;
  if (choice.name == "utf-8") {
    decode_utf8_page(bytes, start, out);
  } else if (choice.name == "utf-16le" || choice.name == "utf-16be") {
    decode_utf16(bytes, start, choice.name == "utf-16be", out);
  } else if (choice.name == "replacement") {
    Writer writer(out, 0);
    if (start < bytes.size()) writer.malformed(start, bytes.size() - start);
  } else if (choice.name == "x-user-defined") {
    decode_single_byte(bytes, start, user_defined_table(), out);
  } else if (const Converter converter = choice.name == "windows-1252" ? nullptr : open_converter(choice.name)) {
    if (ucnv_getMaxCharSize(converter.get()) == 1) {
      decode_single_byte(bytes, start, table_of(converter.get()), out);
    } else {
      decode_multi_byte(bytes, start, converter.get(), choice.name == "iso-2022-jp", out);
    }
  } else {
    decode_single_byte(bytes, start, windows_1252_table(), out);
  }
  return out;
}

}  // namespace casus::detail
