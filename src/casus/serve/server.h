// SPDX-License-Identifier: Apache-2.0
#pragma once
// The server over any way to open records: what tests and the development server use.
#include <casus/base/result.h>
#include <casus/record/record.h>
#include <casus/serve/serve.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "limits.h"

namespace casus::detail {

// What tests make small.
struct Bounds {
  std::chrono::milliseconds read_timeout = kReadTimeout;
  std::size_t max_connections = kMaxConnections;
};

// Called once for each worker thread, from start().
using RecordFactory = std::function<Result<std::unique_ptr<Record>>()>;

Result<Server> start_server(const RecordFactory& open, const ServeOptions& options, const Bounds& bounds = {});

}  // namespace casus::detail
