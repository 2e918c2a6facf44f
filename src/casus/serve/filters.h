// SPDX-License-Identifier: Apache-2.0
#pragma once
// The filters that stand in an address, as a question to the record. What a list shows is wholly in its address.
#include <casus/base/result.h>
#include <casus/record/record.h>

#include <string>
#include <string_view>

#include "http.h"

namespace casus::detail {

struct Filters {
  EventQuery query;  // limit and offset are set from `page`
  std::size_t page = 1;
  Parameters chosen;  // what was asked for, in a fixed order, without empty values and without the page

  bool any() const { return !chosen.empty(); }
  std::string_view value(std::string_view key) const;
  // The same list with `key` set to `value`, or without it when `value` is empty; always its first page.
  // "?type=ASSAULT" or "".
  std::string with(std::string_view key, std::string_view value) const;
  std::string with_page(std::size_t number) const;
  // Of one month: since and until at once.
  std::string with_month(std::string_view iso_month) const;
};

// Errors: invalid_input for a parameter that does not exist or a value that cannot be one: nothing is ignored in
// silence.
Result<Filters> read_filters(const Parameters& parameters);

}  // namespace casus::detail
