// SPDX-License-Identifier: Apache-2.0
#include <casus/base/mapped_file.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace casus {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Error last_error(const std::filesystem::path& path) {
  const int number = errno;
  return {number == ENOENT ? Errc::not_found : Errc::unreadable, path.string() + ": " + std::strerror(number)};
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return last_error(path);
  if (!S_ISREG(info.st_mode)) return Error{Errc::unreadable, path.string() + ": not a regular file"};
  MappedFile mapped;
  if (info.st_size == 0) return mapped;
  void* data = ::mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) return last_error(path);
  mapped.data_ = data;
  mapped.size_ = static_cast<std::size_t>(info.st_size);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return last_error(path);
  if (S_ISDIR(info.st_mode)) return Error{Errc::unreadable, path.string() + ": is a folder"};
  std::string bytes;
  if (S_ISREG(info.st_mode)) {
    if (static_cast<std::uintmax_t>(info.st_size) > limit) {
      return Error{Errc::too_large, path.string() + ": " + std::to_string(info.st_size) + " bytes, the limit is " +
                                        std::to_string(limit)};
    }
    bytes.reserve(static_cast<std::size_t>(info.st_size));
  }
  constexpr std::size_t kBlock = std::size_t{1} << 16U;
  while (true) {
    const std::size_t old = bytes.size();
    bytes.resize(old + kBlock);
    const ssize_t got = ::read(file.get(), bytes.data() + old, kBlock);
    if (got < 0 && errno == EINTR) {
      bytes.resize(old);
      continue;
    }
    if (got < 0) return last_error(path);
    bytes.resize(old + static_cast<std::size_t>(got));
    if (got == 0) return bytes;
    if (bytes.size() > limit) {
      return Error{Errc::too_large, path.string() + ": more than " + std::to_string(limit) + " bytes"};
    }
  }
}

}  // namespace casus
