// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request in, an answer out: which page an address names, and what becomes of errors. No sockets here.
#include <casus/record/record.h>

#include "http.h"

namespace casus::detail {

struct Policy {
  bool allow_other_hosts = false;
};

// Never throws; an error of the record becomes a page that says nothing of the inside. The body of a HEAD request is
// that of a GET: the caller leaves it out. 304 has no body.
Reply answer(const Record& record, const Request& request, const Policy& policy = {});

}  // namespace casus::detail
