// The Committer: one account's graph and side records, in memory alone or on a directory.
//
//   open     newest snapshot's blocks, then the log's, each through prepare -> publish
//   commit   prepare -> append, synced -> publish; a group of staged changes is appended at once
//   compact  the whole graph as blocks of a snapshot, from an immutable version; writers go on
//
// Thread safety: as Committer. compact() may be called from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/graph/current_snapshot.h"
#include "persist/store/committer.h"
#include "persist/store/graph_replacement.h"
#include "persist/store/journal.h"

namespace callisto::persist {

class Store : public Committer {
 public:
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() override;

  [[nodiscard]] SnapshotPtr snapshot() const override { return visible_.load(); }

  [[nodiscard]] SnapshotPtr head() const override {
    return staged_.empty() ? snapshot() : staged_.back().after;
  }

  [[nodiscard]] std::unique_lock<std::mutex> lock_writer() override {
    return std::unique_lock(writer_);
  }

  Result<SnapshotPtr> stage(const ChangeSet& change) override;
  [[nodiscard]] std::uint64_t next_version() const override;

  void discard() noexcept override { staged_.clear(); }

  Status flush() override;
  void for_each_side(
      std::string_view prefix,
      const std::function<void(std::string_view, std::string_view)>& visit) const override;
  [[nodiscard]] std::shared_ptr<const std::string> find_side(std::string_view key) const override;
  [[nodiscard]] bool has_side(std::string_view prefix) const override;

  // Commits records that belong to no sync job and change no graph. Takes the writer lock. Errors:
  // as commit().
  Status put_side(std::vector<SidePut> records);

  // Takes the writer lock. `version`: that of the new graph; a higher one when it has been used.
  Result<std::unique_ptr<GraphReplacement>> begin_replacement(std::uint64_t version);

  // What the graph may take in memory; 0: no limit. A change that makes it larger is refused beyond
  // that; deletes and what makes it smaller are taken. What is stored already is served in any
  // case.
  void set_graph_bytes_max(std::size_t bytes) { graph_bytes_max_ = bytes; }

  [[nodiscard]] std::size_t graph_bytes_max() const { return graph_bytes_max_; }

  // Of the graph and its raw data, about.
  [[nodiscard]] std::size_t graph_bytes() const { return graph_bytes_of(*snapshot()); }

  // Counts the replacements: names of an older graph mean nothing in a newer one.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }

  // Whether a write could be stored now: makes the disk ready for one, after a failure that has
  // passed too. In memory always. Errors: Io: why not; every write gives the same.
  //
  // Thread safety: any thread; while another one writes, what is known.
  [[nodiscard]] Status writable();

  // Writes a snapshot and drops the log before it; does nothing in memory. Runs by itself, in a
  // thread, when the log has grown past kLogBytesMin and twice the last snapshot.
  //
  // Errors: Io: the log then stays as it is and nothing is lost.
  Status compact();

  static constexpr std::uint64_t kLogBytesMin = std::uint64_t{64} << 20;

 protected:
  // `journal` may be nullptr: in memory only.
  Store(std::string account, std::unique_ptr<Journal> journal);
  Status replay();

 private:
  class Replacement;
  struct Frozen;

  using SideMap = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

  // A change that waits for flush().
  struct Staged {
    std::uint64_t sequence = 0;
    std::string block{};  // Empty without a journal.
    SideMap side{};       // Records to keep; nullptr: to drop.
    SnapshotPtr after;
  };

  Status apply(GraphStore& graph, const ChangeSet& change, std::uint64_t version);

  [[nodiscard]] std::size_t graph_bytes_of(const Snapshot& graph) const {
    return graph.stored_bytes() + side_bytes_.load(std::memory_order_relaxed);
  }

  [[nodiscard]] Status check_graph_bytes(const Snapshot& before,
                                         const Snapshot& after,
                                         const ChangeSet& change) const;
  static SideMap side_records(const ChangeSet& change);
  // Takes no memory: what is durable must get here.
  void apply_side(SideMap&& side) noexcept;
  [[nodiscard]] std::vector<JournalBlock> staged_blocks() const;
  Status append(std::span<const JournalBlock> group);
  Status replay_snapshot_block(std::string_view block);
  Result<Frozen> freeze();
  static Status write_snapshot(const Frozen& frozen);
  void compact_when_due() noexcept;
  [[nodiscard]] Status resume();
  Status refuse_writes(const Error& why);
  [[nodiscard]] std::optional<Error> failure() const;

  std::string account_;
  std::unique_ptr<Journal> journal_;
  std::mutex writer_;
  std::unique_ptr<GraphStore> graph_;
  CurrentSnapshot visible_;
  std::vector<Staged> staged_;
  std::atomic<std::uint64_t> generation_{0};
  mutable std::mutex side_mutex_;
  SideMap side_;
  std::atomic<std::size_t> side_bytes_{0};       // Of side records that belong to the graph.
  std::atomic<std::size_t> graph_bytes_max_{0};  // 0: no limit.
  std::uint64_t last_sequence_ = 0;
  mutable std::mutex failure_mutex_;
  std::optional<Error> failure_;                      // Why no write is taken.
  std::chrono::steady_clock::time_point next_try_{};  // Of resume().
  std::optional<std::uint64_t> snapshot_version_;     // While a snapshot is replayed.
  std::mutex compaction_;                             // One at a time.
  std::atomic<bool> compacting_{false};
  std::uint64_t retry_bytes_ = 0;  // After a failed compaction: not before the log is this long.
  std::jthread compactor_;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::string account) : Store(std::move(account), nullptr) {}
};

class DurableStore final : public Store {
 public:
  // Opens the store in a directory, or creates it when that is wanted. Errors: see open_journal();
  // Corruption when what is stored does not replay.
  static Result<std::unique_ptr<DurableStore>> open(const std::string& directory,
                                                    const std::string& account,
                                                    bool create = true);
  // On any journal.
  static Result<std::unique_ptr<DurableStore>> open(std::unique_ptr<Journal> journal,
                                                    const std::string& account);

 private:
  using Store::Store;
};

}  // namespace callisto::persist
