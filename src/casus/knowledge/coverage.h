// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much is known of who led which state when: each member of the United Nations owes one head of state and one head
// of government a month. A row that says "not known" does not count.
//
//   const casus::Coverage c = casus::coverage(*knowledge, 2001, 2022);
//   for (const casus::CoverageGap& gap : c.gaps) …
//
// Cost: states x months x holders; some milliseconds for twenty years.
#include <casus/knowledge/knowledge.h>

#include <string>
#include <vector>

namespace casus {

struct CoverageGap {
  std::string country;  // alpha-3
  std::string rank;     // "hos": head of state, "hog": head of government
  Date from, to;        // months, both included
};

struct Coverage {
  std::size_t owed_hos = 0, filled_hos = 0, owed_hog = 0, filled_hog = 0;  // months
  std::vector<CoverageGap> gaps;                                           // by country, rank and time
  double share() const {
    const std::size_t owed = owed_hos + owed_hog;
    return owed == 0 ? 0.0 : static_cast<double>(filled_hos + filled_hog) / static_cast<double>(owed);
  }
};

Coverage coverage(const Knowledge& knowledge, int first_year, int last_year);

}  // namespace casus
