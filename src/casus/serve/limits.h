// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every bound of this room in one place. A request that goes over one is answered with an error, never cut in silence.
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace casus::detail {

constexpr std::uint32_t kMaxHeaderBytes = 16U << 10U;  // request line and header fields together
constexpr std::size_t kMaxTargetBytes = 4U << 10U;     // path and query; a full search form needs under 1 KiB
constexpr std::size_t kMaxParameters = 32;             // pairs in a query string; the search form has 13
constexpr std::size_t kMaxValueBytes = 512;            // one decoded value
constexpr std::size_t kMaxConnections = 256;           // open at once; the next one is told 503 and closed
constexpr std::size_t kMaxRequestsPerConnection = 1000;
constexpr unsigned kMaxThreads = 64;
constexpr std::chrono::seconds kReadTimeout{10};   // for a whole request, and for an idle connection
constexpr std::chrono::seconds kWriteTimeout{30};  // for a whole answer
constexpr std::chrono::seconds kDrainTimeout{1};   // for what a client still sends after its last answer
constexpr std::size_t kMaxDrainedBytes = 256U << 10U;
constexpr std::chrono::seconds kStopTimeout{2};  // answers under way when stop() is called may take this long

constexpr std::size_t kEventsPerPage = 30;
constexpr std::size_t kArticlesPerPage = 50;
constexpr std::size_t kMaxPage = 2000;      // deeper pages are refused: narrow the filters instead
constexpr std::size_t kFacetRows = 12;      // values shown for one facet
constexpr std::size_t kMaxMarks = 1000;     // events marked in one article; the rest are listed below it
constexpr std::size_t kNotesOpen = 3;       // margin notes shown beside a paragraph before the rest is folded away
constexpr std::size_t kLedgerRows = 2000;   // ledger rows read for the record page
constexpr std::size_t kMaxCsvRows = 10000;  // rows of one CSV answer

}  // namespace casus::detail
