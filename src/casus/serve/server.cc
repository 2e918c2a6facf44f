// SPDX-License-Identifier: Apache-2.0
// One io_context run by a few threads; each connection is a chain of asynchronous reads and writes on its own strand,
// so a slow client costs a timer and no thread. A request takes a record from a pool of as many records as threads:
// there is always one free. Every connection is bounded in bytes, time and number of requests. Tests: server_test.cc.
#include "server.h"

// Boost 1.74 uses std::exchange without including it.
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "limits.h"
#include "pages/pages.h"
#include "site.h"

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

namespace casus {
namespace detail {
namespace {

// Records wait here between requests.
class RecordPool {
 public:
  void add(std::unique_ptr<Record> record) { free_.push_back(std::move(record)); }

  class Lease {
   public:
    Lease(RecordPool& pool, std::unique_ptr<Record> record) : pool_(pool), record_(std::move(record)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.put_back(std::move(record_)); }
    const Record& operator*() const { return *record_; }

   private:
    RecordPool& pool_;
    std::unique_ptr<Record> record_;
  };

  Lease take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty(); });
    std::unique_ptr<Record> record = std::move(free_.back());
    free_.pop_back();
    return {*this, std::move(record)};
  }

 private:
  void put_back(std::unique_ptr<Record> record) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(record));
    }
    returned_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Record>> free_;
};

class Session;

// What all connections share. Outlives them: the state that owns it joins the threads first.
struct Shared {
  RecordPool records;
  Policy policy;
  Bounds bounds;
  std::mutex mutex;
  std::set<Session*> sessions;
  std::atomic<bool> stopping{false};
};

std::string view(beast::string_view text) {
  return {text.data(), text.size()};
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    const std::lock_guard lock(shared_.mutex);
    shared_.sessions.insert(this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    const std::lock_guard lock(shared_.mutex);
    shared_.sessions.erase(this);
  }

  void run() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
  }

  // The server is full: say so and close.
  void turn_away() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      self->keep_alive_ = false;
      self->write(problem_page(503, "Too many connections are open.", Format::html), false);
    });
  }

  // From any thread: ends at once while waiting for a request, after the answer otherwise.
  void stop() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->waiting_) self->close();
    });
  }

 private:
  void read() {
    if (shared_.stopping || served_ >= kMaxRequestsPerConnection) return close();
    parser_.emplace();
    parser_->header_limit(kMaxHeaderBytes);
    parser_->body_limit(std::uint64_t{0});
    waiting_ = true;
    stream_.expires_after(shared_.bounds.read_timeout);
    http::async_read(stream_, buffer_, *parser_, beast::bind_front_handler(&Session::on_read, shared_from_this()));
  }

  void on_read(beast::error_code error, std::size_t /*bytes*/) {
    waiting_ = false;
    if (error) return on_read_error(error);
    ++served_;
    keep_alive_ = parser_->get().keep_alive() && !shared_.stopping;
    const auto& message = parser_->get();
    Request request;
    request.method = view(message.method_string());
    request.target = view(message.target());
    // Two Host fields are a trick: the check must not read one and somebody else the other.
    request.host = message.count(http::field::host) == 1 ? view(message[http::field::host]) : "";
    request.if_none_match = view(message[http::field::if_none_match]);
    Reply reply;
    {
      const auto record = shared_.records.take();
      reply = answer(*record, request, shared_.policy);
    }
    write(std::move(reply), message.method() == http::verb::head);
  }

  void on_read_error(beast::error_code error) {
    keep_alive_ = false;
    const auto& category = http::make_error_code(http::error::end_of_stream).category();
    if (error == http::error::end_of_stream || error.category() != category) return close();  // gone, or took too long
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return write(problem_page(431, "Its header fields are too long.", Format::html), false);
    }
    if (error == http::error::partial_message) return close();
    if (error == http::error::body_limit || error == http::error::unexpected_body) {
      return write(problem_page(400, "Requests to this server have no body.", Format::html), false);
    }
    write(problem_page(400, "The request is not HTTP.", Format::html), false);
  }

  void write(Reply reply, bool head) {
    response_ = {};
    response_.version(11);
    response_.result(static_cast<unsigned>(reply.status));
    for (const auto& [name, value] : security_fields()) {
      response_.set(beast::string_view(name.data(), name.size()), beast::string_view(value.data(), value.size()));
    }
    response_.set(http::field::content_type, reply.content_type);
    response_.set(http::field::cache_control, reply.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!reply.etag.empty()) response_.set(http::field::etag, reply.etag);
    if (!reply.allow.empty()) response_.set(http::field::allow, reply.allow);
    if (!reply.download.empty()) {
      response_.set(http::field::content_disposition, "attachment; filename=\"" + reply.download + "\"");
    }
    const std::size_t size = reply.body.size();
    response_.body() = head ? std::string{} : std::move(reply.body);
    response_.keep_alive(keep_alive_);
    if (reply.status != 304) response_.content_length(size);
    stream_.expires_after(kWriteTimeout);
    serializer_.emplace(response_);
    serializer_->split(head);
    if (head) {
      http::async_write_header(stream_, *serializer_,
                               beast::bind_front_handler(&Session::on_write, shared_from_this()));
    } else {
      http::async_write(stream_, *serializer_, beast::bind_front_handler(&Session::on_write, shared_from_this()));
    }
  }

  void on_write(beast::error_code error, std::size_t /*bytes*/) {
    if (error) return close();
    if (!keep_alive_) return drain();
    read();
  }

  // Closing over unread bytes makes the kernel reset the connection, and the client may never see the answer that was
  // just written. So what still comes is thrown away for a moment, within bounds.
  void drain() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kDrainTimeout);
    drain_more(0);
  }

  void drain_more(std::size_t dropped) {
    if (dropped > kMaxDrainedBytes || shared_.stopping) return close();
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(4096),
                            [self = shared_from_this(), dropped](beast::error_code error, std::size_t bytes) {
                              if (error) return self->close();
                              self->drain_more(dropped + bytes);
                            });
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{kMaxHeaderBytes + 1024};
  std::optional<http::request_parser<http::empty_body>> parser_;
  http::response<http::string_body> response_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  std::size_t served_ = 0;
  bool keep_alive_ = false;
  bool waiting_ = false;  // for a request; only touched on the strand
};

}  // namespace
}  // namespace detail

struct Server::State {
  explicit State(unsigned thread_count) : context(static_cast<int>(thread_count)), acceptor(context), pause(context) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { stop(); }

  Result<void> listen(const ServeOptions& options);
  void accept();
  void on_accept(beast::error_code error, tcp::socket socket);
  void work();
  void stop();
  void wait();

  detail::Shared shared;  // before the context: connections that it destroys still sign off here
  asio::io_context context;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  std::vector<std::thread> threads;
  std::string url;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopped = false;  // no thread runs any more
  bool joining = false;
};

Result<void> Server::State::listen(const ServeOptions& options) {
  beast::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) return Error{Errc::invalid_input, "the address to serve on is no IP address: " + options.address};
  if (!options.allow_other_hosts && !address.is_loopback()) {
    return Error{Errc::refused, "only loopback addresses are served; say so if other machines shall read the record"};
  }
  const tcp::endpoint endpoint(address, options.port);
  const auto failed = [&options](const beast::error_code& reason) {
    return Error{Errc::unreadable,
                 "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + reason.message()};
  };
  acceptor.open(endpoint.protocol(), error);
  if (error) return failed(error);
  acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (error) return failed(error);
  acceptor.bind(endpoint, error);
  if (error) return failed(error);
  acceptor.listen(128, error);
  if (error) return failed(error);
  const std::string host = address.is_v6() ? "[" + options.address + "]" : options.address;
  url = "http://" + host + ":" + std::to_string(acceptor.local_endpoint().port()) + "/";
  return {};
}

void Server::State::accept() {
  acceptor.async_accept(asio::make_strand(context),
                        [this](beast::error_code error, tcp::socket socket) { on_accept(error, std::move(socket)); });
}

void Server::State::on_accept(beast::error_code error, tcp::socket socket) {
  if (shared.stopping) return;
  if (error) {
    // Out of file descriptors, say: try again when some may be free.
    pause.expires_after(std::chrono::milliseconds(100));
    pause.async_wait([this](beast::error_code cancelled) {
      if (!cancelled && !shared.stopping) accept();
    });
    return;
  }
  socket.set_option(tcp::no_delay(true), error);
  const auto session = std::make_shared<detail::Session>(std::move(socket), shared);
  std::size_t open = 0;
  {
    const std::lock_guard lock(shared.mutex);
    open = shared.sessions.size();
  }
  if (open > shared.bounds.max_connections) {
    session->turn_away();
  } else {
    session->run();
  }
  accept();
}

// One thread. A handler that throws (no memory) loses its connection; the thread goes on.
void Server::State::work() {
  for (bool done = false; !done;) {
    try {
      context.run();
      done = true;
    } catch (const std::exception&) {
      done = context.stopped();
    }
  }
  const std::lock_guard lock(mutex);
  changed.notify_all();
}

void Server::State::stop() {
  {
    std::unique_lock lock(mutex);
    if (joining) {
      changed.wait(lock, [this] { return stopped; });
      return;
    }
    joining = true;
  }
  shared.stopping = true;
  asio::post(context, [this] {
    beast::error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    // Signed off outside the lock: whoever drops the last owner of a session takes the lock itself.
    std::vector<std::shared_ptr<detail::Session>> open;
    {
      const std::lock_guard lock(shared.mutex);
      for (detail::Session* session : shared.sessions) {
        if (auto alive = session->weak_from_this().lock()) open.push_back(std::move(alive));
      }
    }
    for (const auto& session : open) session->stop();
  });
  {
    // With nothing left to do the threads end by themselves; answers that take too long are cut.
    const auto deadline = std::chrono::steady_clock::now() + detail::kStopTimeout;
    std::unique_lock lock(mutex);
    changed.wait_until(lock, deadline, [this] { return threads.empty() || context.stopped(); });
  }
  context.stop();
  for (std::thread& thread : threads) thread.join();
  {
    const std::lock_guard lock(mutex);
    stopped = true;
  }
  changed.notify_all();
}

void Server::State::wait() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return stopped; });
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

std::string Server::url() const {
  return state_->url;
}
void Server::wait() {
  state_->wait();
}
void Server::stop() {
  state_->stop();
}

namespace detail {

struct ServerAccess {
  static Result<Server> start(const RecordFactory& open, const ServeOptions& options, const Bounds& bounds) {
    const unsigned threads = std::min(std::max(options.threads, 1U), kMaxThreads);
    auto state = std::make_unique<Server::State>(threads);
    state->shared.bounds = bounds;
    state->shared.policy.allow_other_hosts = options.allow_other_hosts;
    for (unsigned i = 0; i < threads; ++i) {
      CASUS_ASSIGN(auto record, open());
      state->shared.records.add(std::move(record));
    }
    CASUS_TRY(state->listen(options));
    state->accept();
    Server::State* const raw = state.get();
    for (unsigned i = 0; i < threads; ++i) {
      state->threads.emplace_back([raw] { raw->work(); });
    }
    return Server(std::move(state));
  }
};

Result<Server> start_server(const RecordFactory& open, const ServeOptions& options, const Bounds& bounds) {
  try {
    return ServerAccess::start(open, options, bounds);
  } catch (const std::exception& failure) {
    return Error{Errc::unreadable, std::string("cannot start the server: ") + failure.what()};
  }
}

}  // namespace detail

Result<Server> Server::start(const std::filesystem::path& database, const ServeOptions& options) {
  return detail::start_server([&database] { return Record::open(database, OpenMode::read); }, options);
}

}  // namespace casus
