// SPDX-License-Identifier: Apache-2.0
#include <casus/base/utf8.h>
#include <casus/cli/command.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace casus::cli {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 16U;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

bool variable_is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

}  // namespace

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBuffer) flush();
}

void Output::line(std::string_view text) {
  buffer_ += text;
  buffer_ += '\n';
  if (buffer_.size() >= kBuffer) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) std::_Exit(kDone);  // nobody reads any more: that is no failure
    if (written < 0) {
      say(std::string("cannot write to standard output: ") + std::strerror(errno));
      std::_Exit(kError);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void say(std::string_view text) {
  const std::string line = "casus: " + std::string(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

Progress::Progress(std::string what, bool asked)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) != 0), asked_(asked) {}

void Progress::step(std::uint64_t done, std::string_view now) {
  if (!terminal_ && !asked_) return;
  const std::int64_t time = now_ms();
  if (time < next_) return;
  next_ = time + (terminal_ ? 100 : 1000);
  const std::string line = what_ + ": " + std::to_string(done) + "  " + printable(now);
  if (terminal_) {
    std::fprintf(stderr, "\r\x1b[2K%.*s", static_cast<int>(std::min<std::size_t>(line.size(), 100)), line.c_str());
    std::fflush(stderr);
    shown_ = true;
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
}

void Progress::clear() {
  if (shown_) std::fprintf(stderr, "\r\x1b[2K");
  shown_ = false;
}

unsigned default_threads() {
  return std::max(1U, std::thread::hardware_concurrency());
}

std::size_t terminal_width() {
  constexpr std::size_t kPlain = 100, kLeast = 40;
  winsize size{};
  if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= kLeast)
    return size.ws_col;
  return kPlain;
}

bool use_colour() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && !variable_is_set("NO_COLOR") && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent) {
  std::string out, line;
  std::size_t used = 0;
  const auto close = [&] {
    out += std::string(indent) + line + "\n";
    line.clear();
    used = 0;
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t wide = width_of(word);
    if (used > 0 && used + 1 + wide > width) close();
    if (used > 0) line += ' ';
    line += word;
    used += wide + (used > 0 ? 1 : 0);
  }
  if (used > 0) close();
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode_utf8(text, at);
    at += c.length;
    const bool blank = c.code_point == '\n' || c.code_point == '\t' || c.code_point == '\r';
    const bool control = c.code_point < 0x20 || (c.code_point >= 0x7F && c.code_point < 0xA0);
    // Characters that reorder what stands after them (Unicode 15, chapter 23.2).
    const bool reorders =
        (c.code_point >= 0x202A && c.code_point <= 0x202E) || (c.code_point >= 0x2066 && c.code_point <= 0x2069);
    append_utf8(out, blank ? U' ' : control || reorders ? kReplacement : c.code_point);
  }
  return out;
}

void examples(CLI::App& verb, std::string_view lines) {
  // CLI11 prints the description first; the examples become part of it.
  verb.description(verb.get_description() + "\n\nExamples:\n" + std::string(lines));
}

}  // namespace casus::cli
