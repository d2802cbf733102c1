// Start, upload, finalize; on any failure the job is aborted so that none is left open.
#include "repl/sync_command.h"

#include <chrono>

#include "repl/interrupt.h"
#include "repl/progress.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

// A dry run is no job: it stands in no list of them afterwards.
ExitCode give_up(Console& console, const std::string& job_id, const Error& error, bool dry_run) {
  const ExitCode exit = report(console, error);
  const Status ended = [&]() -> Status {
    if (dry_run) return console.database.discard_job(job_id);
    CALLISTO_TRY([[maybe_unused]] const SyncJob aborted,
                 console.database.abort_job(job_id, error.message));
    return {};
  }();
  if (!ended) report(console, ended.error());
  if (!dry_run) say("job " + job_id + " was aborted; nothing of it counts\n");
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

bool has_warnings(const SyncJob& job) {
  return job.warnings.lone_surrogates + job.warnings.inexact_numbers > 0;
}

void say_how_to_pass(const Console& console) {
  say(console.interactive
          ? "To let it pass, leave the shell: callisto sync ... --expect-deletes N, "
            "or --force; .sync ... dry-run lists them\n"
          : "To let it pass: callisto sync ... --expect-deletes N, or --force; "
            "--dry-run lists them\n");
}

// What the exit code has to say though the job was finalized: that it ended in an error, or that
// all it was to make of one kind could not be made.
ExitCode outcome(const SyncReport& report) {
  const SyncJob& job = report.job;
  if (report.failure) {
    say("error: the job ended as " + std::string(to_string(job.status)) + ": " + job.error + "\n");
    return exit_code_of(*report.failure);
  }
  const std::uint64_t dropped = report.unresolved_relationships;
  if (dropped == 0 || dropped < job.relationships.uploaded) return ExitCode::Ok;
  say("error: none of the relationships could be made (" + grouped(dropped) +
      " uploaded): an end of each is not in the graph\n");
  return ExitCode::Refused;
}

}  // namespace

ExitCode run_sync(Console& console, const SyncArguments& arguments) {
  interrupt_token().reset();
  const auto start = std::chrono::steady_clock::now();
  const Result<SyncJob> job = console.database.start_job(arguments.start);
  if (!job) return report(console, job.error());
  for (const std::string& path : arguments.paths) {
    const Result<SyncJob> uploaded = upload(console, job->id, path, arguments.upload);
    if (!uploaded) {
      return give_up(console, job->id, uploaded.error(), arguments.finalize.dry_run);
    }
  }
  const Result<SyncReport> finished = finalize(console, job->id, arguments.finalize);
  if (!finished) {
    const ExitCode exit = give_up(console, job->id, finished.error(), arguments.finalize.dry_run);
    if (is_guarded(finished.error())) say_how_to_pass(console);
    return exit;
  }
  if (arguments.finalize.dry_run) {
    const Status closed = console.database.discard_job(job->id);
    if (!closed) return report(console, closed.error());
    if (!finished->refusal.empty()) {
      say("The job would be refused: " + finished->refusal + "\n");
      say_how_to_pass(console);
    }
  }
  const Format format = console.settings.format;
  if (format == Format::Json || format == Format::Ndjson) {
    return worse(print_text(console, to_json(*finished) + "\n"), outcome(*finished));
  }
  const std::chrono::duration<double, std::micro> elapsed =
      std::chrono::steady_clock::now() - start;
  return worse(print_text(console, render_report(*finished, elapsed.count())), outcome(*finished));
}

ExitCode load_paths(Console& console, const std::vector<std::string>& paths) {
  if (paths.empty()) return ExitCode::Ok;
  StartJob start;
  start.scope = "load";
  const Result<SyncJob> job = console.database.start_job(start);
  if (!job) return report(console, job.error());
  for (const std::string& path : paths) {
    const Result<SyncJob> uploaded = upload(console, job->id, path, {});
    if (!uploaded) return give_up(console, job->id, uploaded.error(), false);
  }
  const Result<SyncReport> finished = finalize(console, job->id, {});
  if (!finished) return give_up(console, job->id, finished.error(), false);
  if (has_errors(finished->job) || has_warnings(finished->job)) say(render_report(*finished, 0));
  return outcome(*finished);
}

}  // namespace callisto::repl
