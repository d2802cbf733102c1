// The durable record of what a finished sync job did: its report without the job's own state.
//
//   "report/<id>"   as JSON, packed; goes with the job
#pragma once

#include <string>
#include <string_view>

#include <callisto/error.h>
#include <callisto/sync.h>

namespace callisto::persist {

inline constexpr std::string_view kReportPrefix = "report/";
// Of the lists of a report. What is beyond is counted and not kept.
inline constexpr std::size_t kReportListBytesMax = std::size_t{1} << 20;

[[nodiscard]] std::string report_key(std::string_view job_id);

// Changes and turned overrides as long as they fit into kReportListBytesMax, each list for itself.
[[nodiscard]] std::string encode_report(const SyncReport& report);
// Everything but `job`. Errors: Corruption.
[[nodiscard]] Result<SyncReport> decode_report(std::string_view record);

}  // namespace callisto::persist
