// SPDX-License-Identifier: Apache-2.0
// Long inputs are cut where a line (text) or a sentence (CoNLL-U) ends and read in pieces, so memory stays flat; the
// pieces come out in order, whatever the number of threads.
#include <casus/base/data_dir.h>
#include <casus/base/mapped_file.h>
#include <casus/base/ordered_parallel.h>
#include <casus/base/utf8.h>
#include <casus/cli/pages.h>
#include <casus/language/analyse.h>
#include <casus/language/conllu.h>
#include <casus/language/roles.h>
#include <casus/language/segment.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace casus::cli {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16U;    // bytes read before a piece is cut
constexpr std::size_t kLongest = std::size_t{8} << 20U;  // bytes without a place to cut

struct Options : PageOptionsOfVerb {
  std::string input = "page";
  bool roles = false;
};

struct Piece {
  std::string bytes;
  std::string output;
  std::optional<Error> problem;
};

struct Model {
  std::shared_ptr<const LanguageModel> language;
  std::shared_ptr<const RoleModel> roles;  // or null
};

void write(std::string& out, const Sentence& sentence, std::string_view text, std::span<const std::string> comments,
           const Model& model) {
  std::vector<std::string> misc;
  if (model.roles) misc = roles_in_misc(model.roles->read(sentence), sentence.tokens.size());
  write_conllu(out, sentence, text, comments, misc);
}

std::string valid(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const Decoded c = decode_utf8(bytes, at);
    append_utf8(out, c.code_point);
    at += c.length;
  }
  return out;
}

std::string text_to_conllu(const std::string& text, const Model& model) {
  std::vector<Span> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (end > start) lines.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    start = end + 1;
  }
  std::vector<Sentence> sentences = segment(text, lines, model.language->language());
  model.language->annotate(sentences);
  std::string out;
  for (const Sentence& sentence : sentences) write(out, sentence, text, {}, model);
  return out;
}

Result<std::string> conllu_to_conllu(std::string_view bytes, const Model& model) {
  CASUS_ASSIGN(ConlluDocument document, read_conllu(bytes));
  model.language->annotate(document.sentences);
  std::string out;
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    write(out, document.sentences[i], document.text,
          i < document.comments.size() ? std::span<const std::string>(document.comments[i])
                                       : std::span<const std::string>(),
          model);
  }
  return out;
}

Piece parsed(Piece&& piece, bool conllu, const Model& model) {
  if (!conllu) {
    piece.output = text_to_conllu(valid(piece.bytes), model);
  } else if (Result<std::string> out = conllu_to_conllu(piece.bytes, model)) {
    piece.output = *std::move(out);
  } else {
    piece.problem = out.error();
  }
  return std::move(piece);
}

// Gives out the pieces of one file or of standard input; an Error when it cannot be read or has no place to cut.
Result<void> each_piece(const std::string& input, std::string_view cut,
                        const std::function<void(std::string&&)>& take) {
  std::FILE* file = input == "-" ? stdin : std::fopen(input.c_str(), "rb");
  if (file == nullptr) return Error{Errc::not_found, input + ": " + std::strerror(errno)};
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> closer(input == "-" ? nullptr : file, &std::fclose);
  std::string window;
  while (true) {
    const std::size_t old = window.size();
    window.resize(old + kPiece);
    const std::size_t got = std::fread(window.data() + old, 1, kPiece, file);
    window.resize(old + got);
    if (got == 0) break;
    const std::size_t end = window.rfind(cut);
    if (end == std::string::npos) {
      if (window.size() > kLongest) return Error{Errc::too_large, input + ": no line or sentence ends in 8 MiB"};
      continue;
    }
    take(window.substr(0, end + cut.size()));
    window.erase(0, end + cut.size());
  }
  if (std::ferror(file) != 0) return Error{Errc::unreadable, input + ": cannot be read"};
  if (!window.empty()) take(std::move(window));
  return {};
}

int run_streams(const Options& options, const Model& model) {
  const bool conllu = options.input == "conllu";
  Output output;
  std::uint64_t sentences = 0, refused = 0;
  OrderedParallel<Piece, Piece> workers(
      options.threads, [&](Piece&& piece) { return parsed(std::move(piece), conllu, model); },
      [&](Piece&& piece) {
        sentences += piece.output.empty() ? 0 : 1;
        if (piece.problem) {
          ++refused;
          say("refused: " + piece.problem->describe());
        }
        output.write(piece.output);
      });
  for (const std::string& input : options.inputs) {
    const Result<void> done = each_piece(input, conllu ? "\n\n" : "\n", [&](std::string&& bytes) {
      workers.push({std::move(bytes), {}, {}});
    });
    if (!done) {
      ++refused;
      say("refused " + input + ": " + done.error().describe());
    }
  }
  workers.close();
  if (refused > 0) return sentences > 0 ? kPartly : kError;
  return sentences > 0 ? kDone : kNothing;
}

int run_pages(const Options& options, const Model& model) {
  Output output;
  std::uint64_t found = 0;
  PageSteps steps;
  steps.work = [&](PageInWork& page) {
    const std::vector<Sentence> sentences = analyse(*page.article, *model.language);
    std::vector<std::string> comments = {"# newdoc id = " + printable(page.document.name)};
    for (const Sentence& sentence : sentences) {
      write(page.output, sentence, page.article->text, comments, model);
      comments.clear();
    }
  };
  steps.finish = [&](PageInWork& page) {
    found += page.output.empty() ? 0 : 1;
    output.write(page.output);
  };
  return read_pages(options, "pages", steps).exit_code(found);
}

int run(const Options& options) {
  const std::string language = options.language.empty() ? "en" : options.language;
  if (language.size() > 8 || language.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) {
    throw BadResult({Errc::invalid_input, "--language takes a code such as en"});
  }
  Model model;
  model.language = LanguageModel::open(default_data() / "models" / (language + ".casm")).value();
  if (options.roles) model.roles = RoleModel::open(default_data() / "models" / (language + ".roles")).value();
  return options.input == "page" ? run_pages(options, model) : run_streams(options, model);
}

}  // namespace

void add_parse(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("parse", "Sentences with tags, lemmas, trees and names, as CoNLL-U");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus parse page.html                        the article of a page\n"
           "  echo 'Maduro called Putin.' | casus parse --input text -\n"
           "  casus parse --input conllu gold.conllu       keeps the words and sentences of the file\n");
  declare_pages(*verb, *options, false);
  verb->add_option("--input", options->input, "page, text (one paragraph a line) or conllu")
      ->check(CLI::IsMember({"page", "text", "conllu"}))
      ->capture_default_str();
  verb->add_flag("--roles", options->roles, "who does what to whom, after PropBank, in the last column (English)");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
