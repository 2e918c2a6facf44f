// SPDX-License-Identifier: Apache-2.0
// serve_dev [PORT] [MORE]: the pages over invented articles, until end of input or a signal.
#include <cstdlib>
#include <iostream>
#include <string>

#include "../server.h"
#include "fake_record.h"

int main(int argc, char** argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 0;
  const int more = argc > 2 ? std::atoi(argv[2]) : 60;
  const std::shared_ptr<const casus::detail::FakeContent> content =
      casus::detail::sample_content(static_cast<std::size_t>(more));
  casus::ServeOptions options;
  options.port = static_cast<std::uint16_t>(port);
  auto server = casus::detail::start_server(
      [content]() -> casus::Result<std::unique_ptr<casus::Record>> { return casus::detail::fake_record(content); },
      options);
  if (!server) {
    std::cerr << server.error().describe() << '\n';
    return 2;
  }
  std::cout << server->url() << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  server->stop();
  return 0;
}
