// Writes to a store until it is killed; says on standard output what was acknowledged, as numbers.
//
//   fault_writer DIRECTORY real|group|compact|early|jobs
//
// group: commits in groups of one sync. compact: snapshots are written all the time. early: a
// mutant that acknowledges too early. jobs: uploads, finalizes, mutations and snapshots at once.
#include <unistd.h>

#include <atomic>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "persist/store/journal.h"
#include "tests/fault/job_acks.h"
#include "tests/fault/lying_journal.h"
#include "tests/fault/numbered_commits.h"
#include <callisto/database.h>

namespace callisto::tests {
namespace {

using namespace callisto::persist;

void say(std::uint64_t number) {
  if (::write(STDOUT_FILENO, &number, sizeof number) != ssize_t{sizeof number}) ::_exit(7);
}

// Ends the process with `code` when there is no value.
template <class T>
T must(Result<T> result, int code) {
  if (!result) ::_exit(code);
  return std::move(*result);
}

template <class Compact>
std::jthread compactor(Compact&& compact) {
  return std::jthread([compact](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!compact()) ::_exit(5);
    }
  });
}

int commit_until_killed(const std::string& directory, std::string_view mode) {
  auto journal = must(open_journal(directory, {.account = kAccount}), 2);
  if (mode == "early") {
    journal = std::make_unique<LyingJournal>(std::move(journal), Lie::EarlyAnswer);
  }
  const auto opened = must(DurableStore::open(std::move(journal), kAccount), 3);
  Store& store = *opened;
  const std::uint64_t before = must(last_whole_commit(store), 4);
  std::jthread snapshots;
  if (mode == "compact") snapshots = compactor([&store] { return store.compact(); });
  const std::uint64_t group = mode == "group" ? 4 : 1;
  for (std::uint64_t number = before + group;; number += group) {
    {
      const auto lock = store.lock_writer();
      for (std::uint64_t one = number + 1 - group; one <= number; ++one) {
        must(store.stage(numbered_change(store.head()->names(), one)), 6);
      }
      if (!store.flush()) return 6;
    }
    say(number);
  }
}

std::uint64_t value_of(Database& database, const char* query) {
  Session session = database.session();
  QueryResult result = must(session.run(query), 10);
  const RowBatch* const batch = must(result.next(), 10);
  return batch == nullptr ? 0 : static_cast<std::uint64_t>(batch->value(0, 0).as_number());
}

// Each host says which round it is of.
std::string hosts_of_round(std::uint64_t number) {
  std::string body;
  for (int host = 0; host < kJobHosts; ++host) {
    body += fmt::format(R"({{"_key":"host-{}","_type":"host","_class":"Host","round":{}}})"
                        "\n",
                        host,
                        number);
  }
  return body;
}

void mutate_until_killed(Database& database) {
  std::uint64_t number = value_of(database, "FIND note AS n RETURN n.round");
  const std::string id = must(database.create_entity({.key = "note",
                                                      .type = "note",
                                                      .classes = {"Record"},
                                                      .properties = {{"round", double(number)}}}),
                              11);
  while (true) {
    ++number;
    UpdateEntity update;
    update.id = id;
    update.properties["round"] = static_cast<double>(number);
    must(database.update_entity(update), 12);
    say(encode(JobAck::Mutation, number));
  }
}

int sync_until_killed(const std::string& directory) {
  Database database = must(Database::open({.directory = directory}), 2);
  for (const SyncJob& job : database.jobs()) {
    if (!job.done()) must(database.abort_job(job.id, "its writer was killed"), 3);
  }
  std::uint64_t number = value_of(database, "FIND host AS h RETURN h.round");
  const std::jthread mutations([&] { mutate_until_killed(database); });
  const std::jthread snapshots = compactor([&] { return database.compact(); });
  while (true) {
    ++number;
    StartJob request;
    request.scope = "hosts";
    request.job_id = job_of_round(number, ::getpid());
    const SyncJob job = must(database.start_job(request), 13);
    must(database.upload(job.id, hosts_of_round(number)), 14);
    say(encode(JobAck::Upload, number));
    const SyncReport report = must(database.finalize(job.id), 15);
    if (report.job.status != JobStatus::Finished) return 16;
    say(encode(JobAck::Finalize, number));
  }
}

}  // namespace
}  // namespace callisto::tests

int main(int count, char** words) {
  if (count != 3) return 1;
  const std::string_view mode = words[2];
  return mode == "jobs" ? callisto::tests::sync_until_killed(words[1])
                        : callisto::tests::commit_until_killed(words[1], mode);
}
