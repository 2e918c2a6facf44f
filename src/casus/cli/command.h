// SPDX-License-Identifier: Apache-2.0
#pragma once
// What all verbs share: exit codes, words on stderr, data on stdout, and the way a verb is added to the program.
//
// A verb is one file with one function `add_VERB(CLI::App&, int& exit_code)`: it declares its options and a callback
// that does the work and sets the exit code. A BadResult thrown by value() inside a callback becomes a message and exit
// 2 in main.cc.
#include <casus/base/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace casus::cli {

enum Exit : int { kDone = 0, kNothing = 1, kError = 2, kPartly = 3 };

// Standard output, buffered. A reader that goes away (`casus … | head`) ends the program quietly.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  void write(std::string_view text);
  void line(std::string_view text);
  void flush();

 private:
  std::string buffer_;
};

// One line on stderr: "casus: text".
void say(std::string_view text);

// A line on stderr that is rewritten as work goes on: only on a terminal, or a new line each second where it was asked
// for.
class Progress {
 public:
  Progress(std::string what, bool asked);
  void step(std::uint64_t done, std::string_view now);
  void clear();

 private:
  std::string what_;
  bool terminal_, asked_;
  bool shown_ = false;
  std::int64_t next_ = 0;  // ms of the steady clock before which nothing is drawn
};

unsigned default_threads();
std::size_t terminal_width();                 // columns of stdout; 100 where it is no terminal
bool use_colour();                            // stdout is a terminal that wants it (NO_COLOR, TERM=dumb)
std::size_t width_of(std::string_view text);  // in code points
// Text cut into lines of at most `width` code points at blanks, each with `indent` before it.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent);
// Control characters (escape sequences of hostile pages) shown as U+FFFD; line ends and tabs as blanks.
std::string printable(std::string_view text);

// Examples before options, as `--help` shows them.
void examples(CLI::App& verb, std::string_view lines);

void add_extract(CLI::App& program, int& exit_code);
void add_parse(CLI::App& program, int& exit_code);
void add_locate(CLI::App& program, int& exit_code);
void add_code(CLI::App& program, int& exit_code);
void add_add(CLI::App& program, int& exit_code);
void add_find(CLI::App& program, int& exit_code);
void add_show(CLI::App& program, int& exit_code);
void add_why(CLI::App& program, int& exit_code);
void add_export(CLI::App& program, int& exit_code);
void add_dump(CLI::App& program, int& exit_code);
void add_serve(CLI::App& program, int& exit_code);
void add_kb(CLI::App& program, int& exit_code);
void add_eval(CLI::App& program, int& exit_code);
void add_doctor(CLI::App& program, int& exit_code);
void add_completions(CLI::App& program, int& exit_code);

}  // namespace casus::cli
