// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bytes that come from a file, standard input, memory or a gzip file, read forward through one window of bounded size.
// Used inside this room only.
//
//   auto stream = casus::detail::open_file("news.warc.gz").value();
//   std::string_view head = stream->peek(512);
//
// A stream is a row of *members*: a gzip file has one per compressed block, everything else has exactly one. peek()
// never looks past the end of a member, so that a record which claims more than its member holds is noticed there.
// Views returned by peek() hold until the next call. Memory: the largest peek() plus 64 KiB.
#include <casus/base/result.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace casus::detail {

constexpr std::size_t kBlock = std::size_t{1} << 16U;  // bytes read at a time

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // At least `want` bytes from here, or all that is left of this member.
  std::string_view peek(std::size_t want);
  void consume(std::size_t count);  // at most what peek() showed
  // Puts bytes back before the current position, as after a record whose length turned out to be a lie.
  void unread(std::string_view bytes);
  // Skips up to `count` bytes of this member; the number skipped.
  std::uint64_t skip(std::uint64_t count);

  std::uint64_t offset() const { return offset_; }  // bytes of this member consumed
  const std::optional<Error>& failure() const { return failure_; }

  // Goes to the next member once this one is used up; false at the end.
  virtual bool next_member() { return false; }
  // After damage: goes to the next member that begins a WARC record, wherever the current one ends; false when there is
  // none.
  virtual bool resynchronise() { return false; }
  virtual bool compressed() const { return false; }
  virtual std::uint64_t member_start() const { return 0; }  // byte of the file where the current member begins

 protected:
  // Appends more bytes of the current member to `out`; false when there are none (or fail() was called).
  virtual bool fill(std::string& out) = 0;
  void fail(Error error) { failure_ = std::move(error); }
  void start_member();

 private:
  std::string window_;
  std::size_t begin_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
  std::optional<Error> failure_;
};

// Errors: not_found, unreadable. "-" is not special here.
Result<std::unique_ptr<ByteStream>> open_file(const std::filesystem::path& path);
std::unique_ptr<ByteStream> open_descriptor(int descriptor);      // not closed
std::unique_ptr<ByteStream> open_memory(std::string_view bytes);  // a view: the bytes must outlive the stream
// A gzip stream over another one.
std::unique_ptr<ByteStream> open_gzip(std::unique_ptr<ByteStream> raw);

// gzip, zlib or raw deflate in memory, as HTTP's Content-Encoding has them. Errors: corrupt, too_large (beyond `limit`
// bytes out).
Result<std::string> inflate_all(std::string_view bytes, std::size_t limit);

}  // namespace casus::detail
