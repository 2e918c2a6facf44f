// SPDX-License-Identifier: Apache-2.0
// gzip as a row of members (RFC 1952). Each member is inflated into the window as it is asked for, so memory does not
// depend on what it unpacks to. After damage the compressed bytes are searched for the next member whose first bytes
// unpack to "WARC/": no length field of the damaged part is believed. Tests: byte_stream_test.cc, warc_test.cc.
#include <casus/source/byte_stream.h>

#include <zlib.h>

#include <algorithm>
#include <array>

namespace casus::detail {

namespace {

constexpr int kGzipOnly = 15 + 16;    // zlib's window bits: 32 KiB window, gzip header and trailer
constexpr int kGzipOrZlib = 15 + 32;  // the header decides
constexpr int kRawDeflate = -15;
constexpr std::string_view kMagic = "\x1f\x8b\x08";
constexpr std::string_view kRecord = "WARC/";
constexpr std::size_t kProbe = 512;  // compressed bytes that surely show a record's first five
// Compressed bytes kept behind the current one: a damaged end of one member is noticed only some way into the next.
constexpr std::size_t kKeep = std::size_t{1} << 15U;
constexpr int kMaxRewinds = 1000;  // per file; each reads kKeep bytes again
constexpr int kMaxProbes =
    100'000;  // per file; a file made of magic numbers would otherwise cost a probe each three bytes

class Inflate {
 public:
  explicit Inflate(int window_bits) : ok_(inflateInit2(&state_, window_bits) == Z_OK) {}
  Inflate(const Inflate&) = delete;
  Inflate& operator=(const Inflate&) = delete;
  ~Inflate() { inflateEnd(&state_); }

  struct Step {
    std::size_t used = 0, made = 0;
    bool ended = false, broken = false;
  };
  Step step(std::string_view in, char* out, std::size_t room) {
    // zlib's interface predates const; it does not write to its input.
    state_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));  // NOLINT
    state_.avail_in = static_cast<uInt>(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = static_cast<uInt>(room);
    const int code = ok_ ? inflate(&state_, Z_NO_FLUSH) : Z_MEM_ERROR;
    return {in.size() - state_.avail_in, room - state_.avail_out, code == Z_STREAM_END,
            code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR};
  }
  void reset() { inflateReset(&state_); }

 private:
  z_stream state_{};
  bool ok_;
};

class GzipStream : public ByteStream {
 public:
  explicit GzipStream(std::unique_ptr<ByteStream> raw) : raw_(std::move(raw)), inflate_(kGzipOnly), probe_(kGzipOnly) {}

  bool compressed() const override { return true; }
  std::uint64_t member_start() const override { return member_start_; }

  bool next_member() override {
    if (!member_ended_) return false;
    const std::string_view head = raw_->peek(kMagic.size());
    if (head.empty()) return false;
    begin();
    return true;
  }

  bool resynchronise() override {
    if (rewinds_++ < kMaxRewinds) {
      const std::uint64_t back = std::min<std::uint64_t>(recent_.size(), raw_->offset() - member_start_);
      raw_->unread(std::string_view(recent_).substr(recent_.size() - back));
    }
    recent_.clear();
    if (raw_->offset() <= member_start_) raw_->consume(1);  // never find the same member again
    while (probes_ < kMaxProbes) {
      const std::string_view window = raw_->peek(kBlock);
      const std::size_t at = window.find(kMagic);
      if (at == std::string_view::npos) {
        if (window.size() < kMagic.size()) return false;
        raw_->consume(window.size() - (kMagic.size() - 1));
        continue;
      }
      raw_->consume(at);
      ++probes_;
      if (begins_record(raw_->peek(kProbe).substr(0, kProbe))) {
        begin();
        return true;
      }
      raw_->consume(1);
    }
    return false;
  }

 protected:
  bool fill(std::string& out) override {
    if (member_ended_) return false;
    const std::size_t old = out.size();
    out.resize(old + kBlock);
    Inflate::Step step;
    do {
      const std::string_view in = raw_->peek(1);
      if (in.empty()) {
        fail(raw_->failure()
                 ? *raw_->failure()
                 : Error{Errc::corrupt, "the compressed data are cut off", static_cast<std::int64_t>(raw_->offset())});
        break;
      }
      step = inflate_.step(in, out.data() + old, kBlock);
      recent_.append(in.substr(0, step.used));
      if (recent_.size() > 2 * kBlock) recent_.erase(0, recent_.size() - kKeep);
      raw_->consume(step.used);
      if (step.broken) {
        fail({Errc::corrupt, "the compressed data are damaged", static_cast<std::int64_t>(raw_->offset())});
        break;
      }
      if (step.ended) {
        member_ended_ = true;
        break;
      }
    } while (step.made == 0);
    out.resize(old + step.made);
    return step.made > 0;
  }

 private:
  void begin() {
    start_member();
    member_start_ = raw_->offset();
    member_ended_ = false;
    inflate_.reset();
    recent_.clear();
  }

  bool begins_record(std::string_view bytes) {
    std::array<char, 16> out{};
    probe_.reset();
    const Inflate::Step step = probe_.step(bytes, out.data(), kRecord.size());
    return !step.broken && std::string_view(out.data(), step.made) == kRecord;
  }

  std::unique_ptr<ByteStream> raw_;
  Inflate inflate_, probe_;
  std::uint64_t member_start_ = 0;
  bool member_ended_ = false;
  std::string recent_;  // the last compressed bytes of this member
  int probes_ = 0;
  int rewinds_ = 0;
};

Result<std::string> inflate_as(std::string_view bytes, std::size_t limit, int window_bits) {
  Inflate inflate(window_bits);
  std::string out;
  const std::size_t whole = bytes.size();
  while (true) {
    const std::size_t old = out.size();
    out.resize(old + kBlock);
    const Inflate::Step step = inflate.step(bytes.substr(0, std::size_t{1} << 30U), out.data() + old, kBlock);
    out.resize(old + step.made);
    bytes.remove_prefix(step.used);
    if (out.size() > limit) return Error{Errc::too_large, "unpacks to more than " + std::to_string(limit) + " bytes"};
    if (step.ended) return out;
    if (step.broken || (step.used == 0 && step.made == 0)) {
      return Error{Errc::corrupt, step.broken ? "the compressed body is damaged" : "the compressed body is cut off",
                   static_cast<std::int64_t>(whole - bytes.size())};
    }
  }
}

}  // namespace

std::unique_ptr<ByteStream> open_gzip(std::unique_ptr<ByteStream> raw) {
  return std::make_unique<GzipStream>(std::move(raw));
}

Result<std::string> inflate_all(std::string_view bytes, std::size_t limit) {
  Result<std::string> out = inflate_as(bytes, limit, kGzipOrZlib);
  // "deflate" means zlib by the standard and raw deflate to some servers.
  if (!out && out.error().code == Errc::corrupt && !bytes.starts_with("\x1f\x8b")) {
    if (Result<std::string> raw = inflate_as(bytes, limit, kRawDeflate)) return raw;
  }
  return out;
}

}  // namespace casus::detail
