#include "bench/suite/override_set.h"

#include <fmt/format.h>

#include "bench/generator/upload_writer.h"

namespace callisto::bench {

std::string override_body(const std::vector<Pin>& pins, const std::vector<std::string_view>& ids) {
  std::string body = "{\"entities\":[";
  for (std::size_t i = 0; i < pins.size(); ++i) {
    if (i > 0) body += ',';
    body += fmt::format("{{\"_id\":\"{}\"", ids[i]);
    append_properties(body, {{pins[i].property, pins[i].value}});
    body += '}';
  }
  return body + "]}";
}

Result<SyncReport> apply_overrides(Database& database, std::string_view body) {
  StartJob request;
  request.scope = kOverrideScope;
  request.mode = SyncMode::Override;
  CALLISTO_TRY(const SyncJob job, database.start_job(request));
  CALLISTO_TRY([[maybe_unused]] const SyncJob uploaded, database.upload(job.id, body));
  FinalizeOptions options;
  options.samples_max = 0;
  options.deletion_guard.reset();  // Benchmarks also take much away.
  CALLISTO_TRY(SyncReport report, database.finalize(job.id, options));
  if (report.skipped_rows > 0) {
    return fail(ErrorCode::Internal,
                fmt::format("{} override rows met no entity", report.skipped_rows));
  }
  return report;
}

}  // namespace callisto::bench
