// SPDX-License-Identifier: Apache-2.0
#pragma once
// The web page and its JSON twin over one record: read-only, loopback by default, nothing from outside, strict CSP.
//
//   casus::Server server = casus::Server::start("events.db", {.port = 0}).value();   // port 0: any free one
//   std::cout << server.url() << '\n';
//   server.wait();
//
// Requests are bounded (header 16 KiB, no body, 10 s). Each worker thread has its own read-only Record. Errors of
// start(): those of Record::open, refused (the address is not loopback and not allowed), unreadable (the port is
// taken).
#include <casus/base/result.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace casus {

class Record;

namespace detail {
struct ServerAccess;
}

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 7777;
  unsigned threads = 2;
  bool allow_other_hosts =
      false;  // otherwise a non-loopback address, or a Host header that is not loopback, is refused
};

class Server {
 public:
  static Result<Server> start(const std::filesystem::path& database, const ServeOptions& options = {});
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();  // stops and joins

  std::string url() const;  // "http://127.0.0.1:7777/"
  void wait();              // until stop()
  void stop();              // from any thread or a signal handler's thread

 private:
  friend struct detail::ServerAccess;
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One request without a socket: what the server would answer to a GET of `target` ("/event/….json", path and query as
// in an address). For exporting pages. Never fails: an error is an answer with its status.
struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
};
Response respond(const Record& record, std::string_view target);

}  // namespace casus
