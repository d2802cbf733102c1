// Commits to a store until it is killed; writes the number of each acknowledged commit to stdout.
//
//   fault_writer DIRECTORY real|group|compact|lazy
//
// group: commits in groups of one sync. compact: snapshots are written all the time. lazy: a mutant
// that acknowledges too early.
#include <unistd.h>

#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "persist/store/journal.h"
#include "tests/fault/numbered_commits.h"

namespace callisto::tests {
namespace {

using namespace callisto::persist;

// A mutant that acknowledges before it writes: up to three commits wait in memory.
class LazyJournal final : public Journal {
 public:
  explicit LazyJournal(std::unique_ptr<Journal> journal) : journal_(std::move(journal)) {}

  Status prepare() override { return journal_->prepare(); }

  Status append(std::span<const JournalBlock> group) override {
    for (const JournalBlock& block : group) {
      waiting_.emplace_back(block.sequence, block.bytes);
    }
    if (waiting_.size() < 3) return {};
    for (const auto& [sequence, bytes] : std::exchange(waiting_, {})) {
      const JournalBlock one[] = {{sequence, bytes}};
      if (Status status = journal_->append(one); !status) return status;
    }
    return {};
  }

  Status replay(const Visit& snapshot, const Visit& block) override {
    return journal_->replay(snapshot, block);
  }

  Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(std::uint64_t sequence) override {
    return journal_->begin_snapshot(sequence);
  }

  [[nodiscard]] std::uint64_t last_sequence() const override { return journal_->last_sequence(); }

  [[nodiscard]] std::uint64_t log_bytes() const override { return journal_->log_bytes(); }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return journal_->snapshot_bytes(); }

 private:
  std::unique_ptr<Journal> journal_;
  std::vector<std::pair<std::uint64_t, std::string>> waiting_;
};

int write_until_killed(const std::string& directory, std::string_view mode) {
  auto journal = open_journal(directory, {.account = kAccount});
  if (!journal) return 2;
  if (mode == "lazy") *journal = std::make_unique<LazyJournal>(std::move(*journal));
  auto opened = DurableStore::open(std::move(*journal), kAccount);
  if (!opened) return 3;
  Store& store = **opened;
  const auto before = last_whole_commit(store);
  if (!before) return 4;
  std::jthread compactor;
  if (mode == "compact") {
    compactor = std::jthread([&store](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        if (!store.compact()) ::_exit(5);
      }
    });
  }
  const std::uint64_t group = mode == "group" ? 4 : 1;
  for (std::uint64_t number = *before + group;; number += group) {
    {
      const auto lock = store.lock_writer();
      for (std::uint64_t one = number + 1 - group; one <= number; ++one) {
        if (!store.stage(numbered_change(store.head()->names(), one))) return 6;
      }
      if (!store.flush()) return 6;
    }
    if (::write(STDOUT_FILENO, &number, sizeof number) != ssize_t{sizeof number}) return 7;
  }
}

}  // namespace
}  // namespace callisto::tests

int main(int count, char** words) {
  return count == 3 ? callisto::tests::write_until_killed(words[1], words[2]) : 1;
}
