// SPDX-License-Identifier: Apache-2.0
#pragma once
// Errors as values: Result<T> holds a T or an Error. Bad input is normal here, so every function that can meet it
// returns one.
//
//   casus::Result<Article> article = casus::read_page(bytes, {.url = url});
//   if (!article) return article.error();
//   CASUS_ASSIGN(Article other, casus::read_page(more, {}));     // returns the Error to the caller
//
// value() throws BadResult and is meant for the edges (examples, command line, bindings).
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace casus {

enum class Errc : std::uint8_t {
  invalid_input,
  too_large,
  not_found,
  unreadable,
  corrupt,
  unsupported,
  refused,
  timed_out
};

std::string_view to_string(Errc code);

struct Error {
  Errc code = Errc::invalid_input;
  std::string message;       // what, where, and what to do about it
  std::int64_t offset = -1;  // byte in the input where it was noticed; -1: not tied to a byte

  std::string describe() const;  // "corrupt: message (at byte 12)"
};

class BadResult : public std::runtime_error {
 public:
  explicit BadResult(Error e) : std::runtime_error(e.describe()), error(std::move(e)) {}
  Error error;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  explicit operator bool() const noexcept { return state_.index() == 0; }
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const Error& error() const& { return *std::get_if<1>(&state_); }
  Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

  const T& value() const& {
    if (!*this) throw BadResult(error());
    return **this;
  }
  // By value from a temporary, so that `for (auto& e : f().value())` does not dangle.
  T value() && {
    if (!*this) throw BadResult(error());
    return std::move(*std::get_if<0>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  explicit operator bool() const noexcept { return !error_; }
  const Error& error() const& { return *error_; }
  void value() const {
    if (error_) throw BadResult(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace casus

#define CASUS_CONCAT_INNER(a, b) a##b
#define CASUS_CONCAT(a, b) CASUS_CONCAT_INNER(a, b)
// Declares `declaration` from the value of `expression`, or returns its Error. A statement on a line of its own.
#define CASUS_ASSIGN(declaration, expression)                                                       \
  auto CASUS_CONCAT(casus_result_, __LINE__) = (expression);                                        \
  if (!CASUS_CONCAT(casus_result_, __LINE__)) return CASUS_CONCAT(casus_result_, __LINE__).error(); \
  declaration = *std::move(CASUS_CONCAT(casus_result_, __LINE__))
// Returns the Error of a Result<void>, or goes on.
#define CASUS_TRY(expression)                                                \
  do {                                                                       \
    if (auto casus_try = (expression); !casus_try) return casus_try.error(); \
  } while (false)
