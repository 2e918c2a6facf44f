// SPDX-License-Identifier: Apache-2.0
// The server through real sockets: bounds, hostile clients, stopping. Time limits are made small here and never
// measured.
#include "server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "http.h"
#include "testing/fake_record.h"

namespace casus::detail {
namespace {

std::uint16_t port_of(const Server& server) {
  const std::string url = server.url();
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

// A client's end of a connection. Reads give up after ten seconds, so that a broken server fails the test instead of
// hanging it.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  bool connected() const { return connected_; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // All that comes until the server closes; "(timeout)" at the end when it does not.
  std::string read_all() const {
    std::string out;
    char part[16384];
    for (;;) {
      const ssize_t got = ::recv(socket_, part, sizeof part, 0);
      if (got == 0) return out;
      if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? out + "(timeout)" : out;
      out.append(part, static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::string converse(std::uint16_t port, std::string_view request) {
  const Client client(port);
  client.send(request);
  return client.read_all();
}

std::string get(std::uint16_t port, std::string_view target, std::string_view fields = {}) {
  return converse(port, "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                            std::string(fields) + "\r\n");
}

bool has_status(std::string_view response, int status) {
  return response.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

class ServerTest : public ::testing::Test {
 protected:
  Server start(const Bounds& bounds = {}) const {
    return start_server([content = content_]() -> Result<std::unique_ptr<Record>> { return fake_record(content); },
                        {.port = 0, .threads = 2}, bounds)
        .value();
  }
  std::shared_ptr<const FakeContent> content_ = sample_content(200);
};

TEST_F(ServerTest, EveryAnswerCarriesTheSecurityFields) {
  const Server server = start();
  const std::uint16_t port = port_of(server);
  const std::string answers[] = {get(port, "/"),
                                 get(port, "/record.json"),
                                 get(port, "/nope"),
                                 get(port, "/?bogus=1"),
                                 get(port, "/health"),
                                 converse(port, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                                 converse(port, "nonsense\r\n\r\n"),
                                 get(port, "/", "X-Long: " + std::string(20000, 'x') + "\r\n")};
  for (const std::string& answer : answers) {
    ASSERT_TRUE(answer.starts_with("HTTP/1.1 ")) << answer.substr(0, 200);
    for (const auto& [name, value] : security_fields()) {
      EXPECT_NE(answer.find(std::string(name) + ": " + std::string(value) + "\r\n"), std::string::npos)
          << name << " in " << answer.substr(0, 60);
    }
    EXPECT_EQ(answer.find("(timeout)"), std::string::npos);
  }
}

TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
  const Server server = start();
  const std::string get_answer = get(port_of(server), "/record");
  const std::string head =
      converse(port_of(server), "HEAD /record HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(head, get_answer.substr(0, get_answer.find("\r\n\r\n") + 4));
}

TEST_F(ServerTest, ATagSavesTheBody) {
  const Server server = start();
  const std::string first = get(port_of(server), "/record");
  const std::size_t at = first.find("ETag: ") + 6;
  const std::string tag = first.substr(at, first.find("\r\n", at) - at);
  const std::string second = get(port_of(server), "/record", "If-None-Match: " + tag + "\r\n");
  EXPECT_TRUE(has_status(second, 304)) << second;
  EXPECT_TRUE(second.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, RequestsThatAreNotQuestionsAreRefused) {
  const Server server = start();
  const std::uint16_t port = port_of(server);
  const std::pair<std::string, int> cases[] = {
      {"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 400},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nHost: rebind.example\r\nConnection: close\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: rebind.example\r\nConnection: close\r\n\r\n", 403},
      {"GET http://rebind.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400},
      {"GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\r\n\r\n", 400},
      {"GET /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 431},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(1U << 20U, 'a') + "\r\n\r\n", 431},
      {"GET /" + std::string(8000, 'a') + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400},
  };
  for (const auto& [request, status] : cases) {
    const std::string answer = converse(port, request);
    EXPECT_TRUE(has_status(answer, status)) << request.substr(0, 90) << "\n -> " << answer.substr(0, 60);
  }
  EXPECT_TRUE(has_status(get(port, "/"), 200)) << "and it still answers";
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  const Server server = start();
  const std::string answers =
      converse(port_of(server),
               "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n"
               "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::size_t first = answers.find("ok\n"), second = answers.find("404"), third = answers.find("Disallow");
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos);
}

TEST_F(ServerTest, SlowClientsHoldUpNobodyAndAreCut) {
  const Server server = start({.read_timeout = std::chrono::milliseconds(300), .max_connections = 256});
  const std::uint16_t port = port_of(server);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<Client>(port));
    ASSERT_TRUE(slow.back()->connected());
    slow.back()->send("GET / HTTP/1.1\r\nHost: local");
  }
  EXPECT_TRUE(has_status(get(port, "/"), 200));
  for (const auto& client : slow) EXPECT_EQ(client->read_all(), "") << "closed by the server";
}

TEST_F(ServerTest, ConnectionsAreCapped) {
  const Server server = start({.read_timeout = std::chrono::seconds(30), .max_connections = 8});
  const std::uint16_t port = port_of(server);
  std::vector<std::unique_ptr<Client>> held;
  for (int i = 0; i < 8; ++i) {
    held.push_back(std::make_unique<Client>(port));
    held.back()->send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  EXPECT_TRUE(has_status(get(port, "/"), 503));
  held.clear();
  bool answered = false;
  for (int attempt = 0; attempt < 200 && !answered; ++attempt) {
    answered = has_status(get(port, "/"), 200);
    if (!answered) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(answered) << "room again once they are gone";
}

TEST_F(ServerTest, ManyClientsAtOnceGetTheSameAnswer) {
  const Server server = start();
  const std::uint16_t port = port_of(server);
  const std::string expected = get(port, "/");
  std::atomic<int> same{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int j = 0; j < 10; ++j) same += get(port, "/") == expected ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(same, 80);
}

TEST_F(ServerTest, StopsWithClientsConnectedAndFreesItsPort) {
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<Client>> idle;
  {
    Server server = start();
    port = port_of(server);
    for (int i = 0; i < 10; ++i) {
      idle.push_back(std::make_unique<Client>(port));
      if (i % 2 == 0) idle.back()->send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    }
    std::thread waiting([&server] { server.wait(); });
    server.stop();
    server.stop();  // twice does no harm
    waiting.join();
    for (const auto& client : idle) EXPECT_EQ(client->read_all(), "");
  }
  EXPECT_FALSE(Client(port).connected());
}

TEST_F(ServerTest, OnlyLoopbackIsServedUnlessAllowed) {
  const RecordFactory open = [this]() -> Result<std::unique_ptr<Record>> { return fake_record(content_); };
  for (const char* address : {"0.0.0.0", "192.0.2.1", "::"}) {
    const auto server = start_server(open, {.address = address, .port = 0});
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, Errc::refused) << address;
  }
  EXPECT_EQ(start_server(open, {.address = "localhost:80", .port = 0}).error().code, Errc::invalid_input);
}

TEST_F(ServerTest, ATakenPortIsSaid) {
  const Server server = start();
  const RecordFactory open = [this]() -> Result<std::unique_ptr<Record>> { return fake_record(content_); };
  const auto second = start_server(open, {.port = port_of(server)});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::unreadable);
  EXPECT_NE(second.error().message.find(std::to_string(port_of(server))), std::string::npos);
}

TEST_F(ServerTest, ARecordThatDoesNotOpenIsSaid) {
  const auto server = start_server(
      []() -> Result<std::unique_ptr<Record>> {
        return Error{Errc::corrupt, "no record"};
      },
      {.port = 0});
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, Errc::corrupt);
}

}  // namespace
}  // namespace casus::detail
