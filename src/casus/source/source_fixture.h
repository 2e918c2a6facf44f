// SPDX-License-Identifier: Apache-2.0
#pragma once
// Builders and collectors for the tests of this room.
#include <casus/source/carriers.h>
#include <zlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace casus::detail {

struct Taken {
  std::vector<Document> documents;
  std::vector<Refusal> refusals;
};

// Runs `read(sink)` and collects what it gives.
template <class Read>
Taken take(Read read, const SourceLimits& limits = {}) {
  Taken taken;
  const std::function<bool(Document &&)> on_document = [&](Document&& d) {
    taken.documents.push_back(std::move(d));
    return true;
  };
  const std::function<void(Refusal &&)> on_refusal = [&](Refusal&& r) { taken.refusals.push_back(std::move(r)); };
  Sink sink(limits, on_document, on_refusal);
  read(sink);
  return taken;
}

inline Taken take_sources(const std::vector<std::string>& inputs, const SourceLimits& limits = {}) {
  Taken taken;
  read_sources(
      inputs, limits,
      [&](Document&& d) {
        taken.documents.push_back(std::move(d));
        return true;
      },
      [&](Refusal&& r) { taken.refusals.push_back(std::move(r)); });
  return taken;
}

inline std::string gzip(std::string_view bytes) {
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&state, bytes.size()) + 64, '\0');
  state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(out.size() - state.avail_out);
  deflateEnd(&state);
  return out;
}

// `count` zero bytes as gzip without ever holding them.
inline std::string gzip_zeros(std::uint64_t count, std::string_view before = {}) {
  z_stream state{};
  deflateInit2(&state, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out, block(std::size_t{1} << 20U, '\0');
  std::vector<char> room(block.size());
  const auto put = [&](std::string_view in, int flush) {
    state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));
    state.avail_in = static_cast<uInt>(in.size());
    do {
      state.next_out = reinterpret_cast<Bytef*>(room.data());
      state.avail_out = static_cast<uInt>(room.size());
      deflate(&state, flush);
      out.append(room.data(), room.size() - state.avail_out);
    } while (state.avail_out == 0);
  };
  put(before, Z_NO_FLUSH);
  for (std::uint64_t i = 0; i < count; i += block.size()) put(block, Z_NO_FLUSH);
  put({}, Z_FINISH);
  deflateEnd(&state);
  return out;
}

inline std::string http(std::string_view body, std::string_view extra = "Content-Type: text/html; charset=utf-8\r\n",
                        std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(extra) + "\r\n" + std::string(body);
}

// A WARC record; `length` ≥ 0 lies about the block's length.
inline std::string warc_record(std::string_view block, std::string_view type = "response",
                               std::string_view url = "https://example.org/a", long length = -1,
                               std::string_view content_type = "application/http; msgtype=response") {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) + "\r\nWARC-Target-URI: " + std::string(url) +
         "\r\nContent-Type: " + std::string(content_type) +
         "\r\nContent-Length: " + std::to_string(length >= 0 ? length : static_cast<long>(block.size())) + "\r\n\r\n" +
         std::string(block) + "\r\n\r\n";
}

class Folder {
 public:
  Folder() {
    static std::atomic<int> number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("casus-test-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string path(std::string_view name = {}) const { return name.empty() ? path_.string() : (path_ / name).string(); }
  std::string write(std::string_view name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace casus::detail
