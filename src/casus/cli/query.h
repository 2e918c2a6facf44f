// SPDX-License-Identifier: Apache-2.0
#pragma once
// The filters that `find` and `export` share.
#include <casus/record/record.h>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace casus::cli {

struct QueryOptions {
  EventQuery query;
  std::vector<std::string> words;
  std::string status;
  bool oldest_first = false;

  // value() of the query, checked: dates and status are read here.
  EventQuery checked() const;
};

void declare_query(CLI::App& verb, QueryOptions& options);

}  // namespace casus::cli
