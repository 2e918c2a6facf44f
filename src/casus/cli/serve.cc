// SPDX-License-Identifier: Apache-2.0
#include <casus/cli/command.h>
#include <casus/serve/serve.h>
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <thread>

namespace casus::cli {

namespace {

struct Options {
  std::string database;
  ServeOptions serve;
};

int run(const Options& options) {
  // The signals that end a server are taken by one thread of ours; every thread started from here on leaves them to it.
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  Server server = Server::start(options.database, options.serve).value();
  Output().line(server.url());
  say("serving " + options.database + " at " + server.url() + "  (Ctrl-C ends)");
  std::thread waiter([&] {
    int signal = 0;
    sigwait(&ending, &signal);
    server.stop();
  });
  server.wait();
  // The signal is blocked in every thread and only wakes the one that waits for it.
  pthread_kill(waiter.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
  waiter.join();
  return kDone;
}

}  // namespace

void add_serve(CLI::App& program, int& exit_code) {
  CLI::App* verb = program.add_subcommand("serve", "A record in a browser, on this machine, for reading");
  auto options = std::make_shared<Options>();
  examples(*verb,
           "  casus serve events.db\n"
           "  casus serve events.db --port 0               any free port; the address is printed\n");
  verb->add_option("DB", options->database, "The record")->required()->type_name("");
  verb->add_option("--port", options->serve.port, "0: any free one")->capture_default_str()->type_name("N");
  verb->add_option("--address", options->serve.address, "Address to listen on")->capture_default_str()->type_name("IP");
  verb->add_option("--threads", options->serve.threads, "Requests at a time")
      ->check(CLI::Range(1U, 64U))
      ->capture_default_str()
      ->type_name("N");
  verb->add_flag("--allow-other-hosts", options->serve.allow_other_hosts,
                 "Answer other machines too; there is no password");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace casus::cli
