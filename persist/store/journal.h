// The log of commits and the snapshots that shorten it: all that the store asks of a disk.
//
//   snapshot at 40 │ 41 │ 42 │ 43 │ 44 ...      state = blocks of the newest snapshot, then the
//   blocks after it
//
// A block is what one commit appended: any bytes. Blocks are found whole and in order or not at
// all: each carries a digest and that of the block before it, so a flipped bit, a missing block or
// a log that was cut is reported as Corruption and nothing of it is served. Only an append that was
// never acknowledged may vanish.
//
// Thread safety: one thread appends; snapshots may be written by another at the same time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto::persist {

struct JournalBlock {
  std::uint64_t sequence = 0;  // Above all earlier ones; gaps are allowed.
  std::string_view bytes;
};

// Collects the blocks of a snapshot. Without commit() it leaves no trace.
class SnapshotBlocks {
 public:
  virtual ~SnapshotBlocks() = default;
  virtual Status add(std::string_view block) = 0;
  // From here on the snapshot stands for everything up to its sequence; what it replaces (older
  // snapshots, the log up to its sequence) is dropped.
  virtual Status commit() = 0;
};

class Journal {
 public:
  // Called for each block in order; an error ends the replay and is returned by it.
  using Visit = std::function<Status(std::uint64_t sequence, std::string_view block)>;

  virtual ~Journal() = default;

  // Writes the group and syncs once: on return it is durable. All or nothing, whatever its size.
  //
  // Errors: Io. What is on disk is then unknown until the journal is opened again; the caller must
  // not append any more.
  [[nodiscard]] virtual Status append(std::span<const JournalBlock> group) = 0;

  // Once, before anything is appended: visits the blocks of the newest snapshot (with its
  // sequence), then those after it.
  // Errors: Corruption with the place; what `visit` returns.
  [[nodiscard]] virtual Status replay(const Visit& visit_snapshot, const Visit& visit_block) = 0;

  // Starts a snapshot of the state after `sequence`, which must have been appended (or be above
  // everything, for an import). Errors: Io.
  [[nodiscard]] virtual Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(
      std::uint64_t sequence) = 0;

  // Whose graph it holds; empty when it does not say.
  [[nodiscard]] virtual std::string account() const { return {}; }

  [[nodiscard]] virtual std::uint64_t last_sequence() const = 0;  // Durable; 0: empty.
  [[nodiscard]] virtual std::uint64_t log_bytes() const = 0;      // Stored, after the snapshot.
  [[nodiscard]] virtual std::uint64_t snapshot_bytes() const = 0;
};

inline constexpr const char* kDefaultAccount = "local";

struct JournalOptions {
  // Written when the directory is new, compared when it is not. Empty: the stored one, or
  // kDefaultAccount.
  std::string account;
  bool create = true;  // Off: a directory without a store is NotFound, and is left alone.
  bool sync = true;    // Off for tests only: then a power cut loses acknowledged commits.
};

// Opens or creates the journal in `directory` (made with mode 0700). A RocksDB database below it
// holds the blocks; nothing else of the program knows.
//
// Errors: Io (no permission, open in another process, not an empty or Callisto directory);
// NotFound (no store, and none is to be made); Corruption; InvalidInput (another account, written
// by a newer version).
[[nodiscard]] Result<std::unique_ptr<Journal>> open_journal(const std::string& directory,
                                                            const JournalOptions& options);

}  // namespace callisto::persist
