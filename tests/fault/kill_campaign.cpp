// R1. A process of its own, since threads of RocksDB do not survive a fork.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "tests/fault/campaigns.h"
#include "tests/fault/job_acks.h"
#include "tests/fault/numbered_commits.h"
#include "tests/support/scratch.h"
#include <callisto/database.h>

#include <sys/wait.h>

namespace callisto::tests {
namespace {

using namespace callisto::persist;

struct Killed {
  std::vector<std::uint64_t> acknowledged{};  // As reported, in order.
  std::int64_t process = 0;
  std::string problem{};  // The writer could not be started, or ended by itself.
};

// Starts writer.cpp in a mode and kills it so long after its first report, so that a busy machine
// does not only kill starts. One in four is killed without waiting for it.
Killed run_and_kill(const std::string& directory, const std::string& mode, unsigned microseconds) {
  constexpr int kStartMsMax = 60'000;
  Killed result;
  int ends[2];
  if (::pipe(ends) != 0) return {.problem = "no pipe"};
  const pid_t child = ::fork();
  if (child < 0) return {.problem = "no process"};
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(CALLISTO_FAULT_WRITER, "fault_writer", directory.c_str(), mode.c_str(), nullptr);
    ::_exit(1);
  }
  ::close(ends[1]);
  result.process = child;
  pollfd first{.fd = ends[0], .events = POLLIN, .revents = 0};
  if (microseconds % 4 != 0) static_cast<void>(::poll(&first, 1, kStartMsMax));
  ::usleep(microseconds);
  ::kill(child, SIGKILL);
  std::uint64_t number = 0;
  while (::read(ends[0], &number, sizeof number) == ssize_t{sizeof number}) {
    result.acknowledged.push_back(number);
  }
  ::close(ends[0]);
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return {.problem = "no child"};
  if (!WIFSIGNALED(status)) {
    result.problem = fmt::format("the writer ended with {}", WEXITSTATUS(status));
  }
  return result;
}

// What was acknowledged of one store, over all writers that it had.
struct Known {
  std::uint64_t commits = 0;
  std::uint64_t finalized = 0;
  std::uint64_t mutated = 0;
};

void check_commits(const std::string& directory,
                   const Killed& killed,
                   Known& known,
                   Campaign& campaign) {
  std::uint64_t least = known.commits;
  for (const std::uint64_t number : killed.acknowledged) {
    least = std::max(least, number);
  }
  campaign.acknowledged += least - known.commits;
  const auto store = DurableStore::open(directory, kAccount);
  if (!store) return campaign.fail(store.error().message);
  const auto found = last_whole_commit(**store);
  if (!found) return campaign.fail(found.error().message);
  if (*found < least) campaign.fail(fmt::format("{} of {} commits are there", *found, least));
  known.commits = *found;
}

// The one value of all rows, 0 when there is none. Errors: Internal when there are several.
Result<std::uint64_t> only_value(Session& session, const char* query, std::uint64_t rows_wanted) {
  CALLISTO_TRY(QueryResult result, session.run(query));
  std::uint64_t value = 0;
  std::uint64_t rows = 0;
  while (true) {
    CALLISTO_TRY(const RowBatch* const batch, result.next());
    if (batch == nullptr) break;
    for (std::size_t row = 0; row < batch->rows(); ++row, ++rows) {
      const auto here = static_cast<std::uint64_t>(batch->value(row, 0).as_number());
      if (rows > 0 && here != value) return callisto::fail(ErrorCode::Internal, "half a job shows");
      value = here;
    }
  }
  if (rows != 0 && rows != rows_wanted) {
    return callisto::fail(ErrorCode::Internal, fmt::format("{} of {} rows", rows, rows_wanted));
  }
  return value;
}

void check_jobs(const std::string& directory,
                const Killed& killed,
                Known& known,
                Campaign& campaign) {
  std::uint64_t uploaded = 0;
  for (const std::uint64_t code : killed.acknowledged) {
    const std::uint64_t number = number_of(code);
    if (ack_of(code) == JobAck::Upload) uploaded = std::max(uploaded, number);
    if (ack_of(code) == JobAck::Finalize) known.finalized = std::max(known.finalized, number);
    if (ack_of(code) == JobAck::Mutation) known.mutated = std::max(known.mutated, number);
  }
  campaign.acknowledged += killed.acknowledged.size();
  auto database = Database::open({.directory = directory});
  if (!database) return campaign.fail(database.error().message);
  Session session = database->session();
  const auto round = only_value(session, "FIND host AS h RETURN h.round", kJobHosts);
  const auto note = only_value(session, "FIND note AS n RETURN n.round", 1);
  if (!round) return campaign.fail(round.error().message);
  if (!note) return campaign.fail(note.error().message);
  if (*round < known.finalized || *note < known.mutated) {
    return campaign.fail(fmt::format(
        "round {} of {}, mutation {} of {}", *round, known.finalized, *note, known.mutated));
  }
  known.finalized = *round;
  known.mutated = *note;
  if (uploaded <= *round) return;
  const auto job = database->job(job_of_round(uploaded, killed.process));
  if (!job) return campaign.fail("an acknowledged upload is gone: " + job.error().message);
  if (job->entities.uploaded != kJobHosts) campaign.fail("half an upload is there");
  const auto report = database->finalize(job->id);
  if (!report || report->job.status != JobStatus::Finished) {
    return campaign.fail("an acknowledged upload cannot be finalized");
  }
  known.finalized = uploaded;
}

}  // namespace

Campaign kill_writers(const std::string& mode, const Trials& trials) {
  constexpr std::uint64_t kTrialsPerStore = 8;  // So that replay does not take longer and longer.
  constexpr std::uint64_t kDelayUsMax = 60'000;
  Campaign campaign;
  std::mt19937_64 random(trials.seed);
  Known known;
  std::unique_ptr<Scratch> scratch;
  for (; campaign.trials < trials.count; ++campaign.trials) {
    if (campaign.trials % kTrialsPerStore == 0) {
      scratch = std::make_unique<Scratch>();
      known = {};
    }
    const std::string directory = scratch->path("data");
    const Killed killed =
        run_and_kill(directory, mode, static_cast<unsigned>(random() % kDelayUsMax));
    if (!killed.problem.empty()) {
      campaign.fail(killed.problem);
      continue;
    }
    ++campaign.injected;
    if (mode == "jobs") {
      check_jobs(directory, killed, known, campaign);
    } else {
      check_commits(directory, killed, known, campaign);
    }
  }
  return campaign;
}

}  // namespace callisto::tests
