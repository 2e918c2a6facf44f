// SPDX-License-Identifier: Apache-2.0
#pragma once
// The server over any way to open records: what tests and the development server use.
#include <casus/base/result.h>
#include <casus/record/record.h>
#include <casus/serve/serve.h>

#include <functional>
#include <memory>

namespace casus::detail {

// Called once for each worker thread, from start().
using RecordFactory = std::function<Result<std::unique_ptr<Record>>()>;

Result<Server> start_server(const RecordFactory& open, const ServeOptions& options);

}  // namespace casus::detail
