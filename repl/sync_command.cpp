// Start, upload, finalize; on any failure the job is aborted so that none is left open.
#include "repl/sync_command.h"

#include <chrono>

#include "repl/interrupt.h"
#include "repl/progress.h"

namespace callisto::repl {
namespace {

ExitCode give_up(Console& console, const std::string& job_id, const Error& error) {
  const ExitCode exit = report(console, error);
  const Result<SyncJob> aborted = console.database.abort_job(job_id, error.message);
  if (!aborted) report(console, aborted.error());
  say("job " + job_id + " was aborted; nothing of it counts\n");
  return exit;
}

// Uploads one path. Ctrl-C takes effect between paths: an upload counts as a whole or not at all.
Result<SyncJob> upload(Console& console,
                       const std::string& job_id,
                       const std::string& path,
                       const UploadOptions& options) {
  if (interrupted()) return fail(ErrorCode::Cancelled, "Stopped by Ctrl-C before the finalize.");
  Progress progress("uploading " + path, Progress::Unit::Bytes);
  return console.database.upload_path(
      job_id, path, options, [&progress](std::uint64_t done, std::uint64_t total) {
        progress.update(done, total);
      });
}

Result<SyncReport> finalize(Console& console,
                            const std::string& job_id,
                            const FinalizeOptions& options) {
  if (interrupted()) return fail(ErrorCode::Cancelled, "Stopped by Ctrl-C before the finalize.");
  const Progress progress("finalizing", Progress::Unit::None);
  return console.database.finalize(job_id, options);
}

// Refused by the deletion guard.
bool is_guarded(const Error& error) {
  return !error.hints.empty() && error.hints.front() == "DELETION_GUARD";
}

bool has_errors(const SyncJob& job) {
  const auto errors = [](const ObjectCounters& counters) {
    return counters.create_errors + counters.update_errors + counters.delete_errors;
  };
  return errors(job.entities) + errors(job.relationships) + job.mapped.create_errors > 0;
}

}  // namespace

ExitCode run_sync(Console& console, const SyncArguments& arguments) {
  interrupt_token().reset();
  const auto start = std::chrono::steady_clock::now();
  const Result<SyncJob> job = console.database.start_job(arguments.start);
  if (!job) return report(console, job.error());
  for (const std::string& path : arguments.paths) {
    const Result<SyncJob> uploaded = upload(console, job->id, path, arguments.upload);
    if (!uploaded) return give_up(console, job->id, uploaded.error());
  }
  const Result<SyncReport> finished = finalize(console, job->id, arguments.finalize);
  if (!finished) {
    const ExitCode exit = give_up(console, job->id, finished.error());
    if (is_guarded(finished.error())) {
      say("To let it pass: callisto sync ... --expect-deletes N, or --force; --dry-run lists "
          "them\n");
    }
    return exit;
  }
  if (arguments.finalize.dry_run) {
    const Result<SyncJob> closed = console.database.abort_job(job->id, "dry run");
    if (!closed) return report(console, closed.error());
  }
  const Format format = console.settings.format;
  if (format == Format::Json || format == Format::Ndjson) {
    return print_text(console, to_json(*finished) + "\n");
  }
  const std::chrono::duration<double, std::micro> elapsed =
      std::chrono::steady_clock::now() - start;
  return print_text(console, render_report(*finished, elapsed.count()));
}

ExitCode load_paths(Console& console, const std::vector<std::string>& paths) {
  if (paths.empty()) return ExitCode::Ok;
  StartJob start;
  start.scope = "load";
  const Result<SyncJob> job = console.database.start_job(start);
  if (!job) return report(console, job.error());
  for (const std::string& path : paths) {
    const Result<SyncJob> uploaded = upload(console, job->id, path, {});
    if (!uploaded) return give_up(console, job->id, uploaded.error());
  }
  const Result<SyncReport> finished = finalize(console, job->id, {});
  if (!finished) return give_up(console, job->id, finished.error());
  if (has_errors(finished->job)) say(render_report(*finished, 0));
  return ExitCode::Ok;
}

}  // namespace callisto::repl
