// SPDX-License-Identifier: Apache-2.0
// The window: bytes [begin_, size) of `window_` are unread. It is compacted when more than half is used up, so that
// reading forward costs each byte a bounded number of copies. Tests: warc_test.cc, byte_stream_test.cc.
#include <casus/source/byte_stream.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace casus::detail {

std::string_view ByteStream::peek(std::size_t want) {
  while (window_.size() - begin_ < want && !ended_) {
    if (begin_ > window_.size() / 2) {
      window_.erase(0, begin_);
      begin_ = 0;
    }
    if (!fill(window_)) ended_ = true;
  }
  return std::string_view(window_).substr(begin_);
}

void ByteStream::consume(std::size_t count) {
  count = std::min(count, window_.size() - begin_);
  begin_ += count;
  offset_ += count;
  if (begin_ == window_.size()) {
    window_.clear();
    begin_ = 0;
  }
}

void ByteStream::unread(std::string_view bytes) {
  window_.replace(0, begin_, bytes);
  begin_ = 0;
  offset_ -= std::min<std::uint64_t>(offset_, bytes.size());
}

std::uint64_t ByteStream::skip(std::uint64_t count) {
  std::uint64_t done = 0;
  while (done < count) {
    const std::size_t here = peek(1).size();
    if (here == 0) break;
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(here, count - done));
    consume(step);
    done += step;
  }
  return done;
}

void ByteStream::start_member() {
  window_.clear();
  begin_ = 0;
  offset_ = 0;
  ended_ = false;
  failure_.reset();
}

namespace {

class DescriptorStream : public ByteStream {
 public:
  DescriptorStream(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  DescriptorStream(const DescriptorStream&) = delete;
  DescriptorStream& operator=(const DescriptorStream&) = delete;
  ~DescriptorStream() override {
    if (owned_) ::close(descriptor_);
  }

 protected:
  bool fill(std::string& out) override {
    const std::size_t old = out.size();
    out.resize(old + kBlock);
    ssize_t got = 0;
    do {
      got = ::read(descriptor_, out.data() + old, kBlock);
    } while (got < 0 && errno == EINTR);
    if (got < 0) fail({Errc::unreadable, std::string("cannot read: ") + std::strerror(errno)});
    out.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
  }

 private:
  int descriptor_;
  bool owned_;
};

class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : rest_(bytes) {}

 protected:
  bool fill(std::string& out) override {
    const std::string_view block = rest_.substr(0, kBlock);
    out += block;
    rest_.remove_prefix(block.size());
    return !block.empty();
  }

 private:
  std::string_view rest_;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> open_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    const int number = errno;
    return Error{number == ENOENT ? Errc::not_found : Errc::unreadable, path.string() + ": " + std::strerror(number)};
  }
  return std::unique_ptr<ByteStream>(std::make_unique<DescriptorStream>(descriptor, true));
}

std::unique_ptr<ByteStream> open_descriptor(int descriptor) {
  return std::make_unique<DescriptorStream>(descriptor, false);
}

std::unique_ptr<ByteStream> open_memory(std::string_view bytes) {
  return std::make_unique<MemoryStream>(bytes);
}

}  // namespace casus::detail
