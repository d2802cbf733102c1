// The Journal on RocksDB: one record per key, one synced write per group.
//
//   look      read only: format, owner, snapshot, end of the log, mark; then the replay. What
//   cannot
//             be read is left as it is
//   prepare   for writing, at the first write: what was never acknowledged goes
//   append    fails for want of room: prepare again, from the last acknowledged block on
#include <atomic>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "persist/codec/byte_stream.h"
#include "persist/store/block_assembler.h"
#include "persist/store/durable_mark.h"
#include "persist/store/journal.h"
#include "persist/store/journal_database.h"
#include "persist/store/journal_key.h"
#include "persist/store/record.h"
#include "persist/store/store_creation.h"
#include "persist/store/store_directory.h"
#include <callisto/directory_lock.h>

#include <rocksdb/write_batch.h>

namespace callisto::persist {
namespace {

constexpr std::size_t kBatchBytesMax = std::size_t{32} << 20;
constexpr std::uint64_t kBytesFreeMin = std::uint64_t{256} << 10;

struct Manifest {
  std::uint64_t sequence = 0;
  std::uint64_t log_chain = 0;  // Digest of the log's record at the sequence.
  std::uint64_t bytes = 0;
  std::uint32_t records = 0;
  std::uint64_t last_digest = 0;  // Of the snapshot's last record.
};

class RocksdbJournal final : public Journal {
 public:
  RocksdbJournal(StoreDirectory paths, bool sync, std::unique_ptr<DirectoryLock> lock)
      : lock_(std::move(lock)), paths_(std::move(paths)), sync_(sync) {}

  RocksdbJournal(const RocksdbJournal&) = delete;
  RocksdbJournal& operator=(const RocksdbJournal&) = delete;

  ~RocksdbJournal() override {
    if (database_ && !lock_->held()) database_->leave();
  }

  // Errors: as open_journal().
  Status look(const std::string& account);
  Status prepare() override;
  Status append(std::span<const JournalBlock> group) override;
  Status replay(const Visit& visit_snapshot, const Visit& visit_block) override;
  Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(std::uint64_t sequence) override;

  [[nodiscard]] std::string account() const override { return account_; }

  [[nodiscard]] std::uint64_t last_sequence() const override { return last_sequence_; }

  [[nodiscard]] std::uint64_t log_bytes() const override { return log_bytes_; }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return snapshot_bytes_; }

 private:
  friend class RocksdbSnapshot;
  using Iterator = JournalDatabase::Iterator;

  Status open_to_read();
  Status open_to_write();
  Status check_store(const std::string& account);
  Status find_manifest();
  Status find_end();
  [[nodiscard]] Status check_mark() const;
  Status drop_from(JournalDatabase::Family family, const std::string& first);
  Status write(rocksdb::WriteBatch& batch);
  Status replay_all(const Visit& visit_snapshot, const Visit& visit_block);
  Status replay_snapshot(const Visit& visit);

  [[nodiscard]] tl::unexpected<Error> corrupt(std::string_view what, const Error& why) const {
    return fail(ErrorCode::Corruption,
                fmt::format("the store in {} is damaged: {}: {}", paths_.root, what, why.message));
  }

  [[nodiscard]] Status check(const rocksdb::Status& status, const std::string& doing) const {
    if (status.ok()) return {};
    return tl::make_unexpected(journal_error(status, doing, paths_.journal));
  }

  std::unique_ptr<DirectoryLock> lock_;  // First: the last to go.
  StoreDirectory paths_;
  std::string account_;
  bool sync_;
  std::optional<DurableMark> mark_;                            // When it is open to write.
  std::shared_ptr<JournalDatabase> database_;                  // Null: between reading and writing.
  JournalDatabase::Tail tail_ = JournalDatabase::Tail::Whole;  // As it was read.
  bool writing_ = false;
  std::atomic<bool> suspect_{false};  // A snapshot failed: RocksDB may not go on by itself.
  std::optional<Error> broken_;       // Why no append is taken any more.
  Manifest manifest_;                 // Of the snapshot found by look().
  // What the very first record of the log names; from the store's id.
  std::uint64_t first_chain_ = 0;
  std::uint64_t chain_ = 0;  // Digest of the last record of the log.
  std::atomic<std::uint64_t> last_sequence_{0};
  std::atomic<std::uint64_t> log_bytes_{0};
  std::atomic<std::uint64_t> snapshot_bytes_{0};
  std::atomic<std::uint64_t> snapshot_sequence_{0};
};

class RocksdbSnapshot final : public SnapshotBlocks {
 public:
  RocksdbSnapshot(RocksdbJournal& journal, std::uint64_t sequence)
      : journal_(journal), database_(journal.database_), log_bytes_(journal.log_bytes_) {
    manifest_.sequence = sequence;
    manifest_.log_chain = journal.chain_;
  }

  Status add(std::string_view block) override;
  Status commit() override;

 private:
  Status write_manifest();

  RocksdbJournal& journal_;
  std::shared_ptr<JournalDatabase> database_;
  std::uint64_t log_bytes_;  // Of the log that this snapshot replaces.
  Manifest manifest_;
  std::uint64_t blocks_ = 0;
};

Status RocksdbJournal::open_to_read() {
  rocksdb::Status said;
  auto opened = JournalDatabase::open(
      paths_.journal, JournalDatabase::Access::Read, JournalDatabase::Tail::Whole, &said);
  if (!opened && said.IsCorruption()) {
    auto torn = JournalDatabase::open_torn(paths_.journal);
    if (torn) {
      tail_ = JournalDatabase::Tail::Torn;
      opened = std::move(torn);
    }
  }
  if (!opened && said.IsInvalidArgument()) {
    return fail(ErrorCode::Io,
                fmt::format("cannot use {} as a data directory: the database in it is none of "
                            "Callisto's ({})",
                            paths_.root,
                            said.ToString()));
  }
  if (!opened) return tl::make_unexpected(std::move(opened).error());
  database_ = std::move(*opened);
  return {};
}

Status RocksdbJournal::look(const std::string& account) {
  if (Status status = open_to_read(); !status) return status;
  if (Status status = check_store(account); !status) return status;
  if (Status status = find_manifest(); !status) return status;
  snapshot_bytes_ = manifest_.bytes;
  snapshot_sequence_ = manifest_.sequence;
  if (Status status = find_end(); !status) return status;
  return check_mark();
}

Status RocksdbJournal::prepare() {
  if (!lock_->held()) {
    return fail(ErrorCode::Io,
                paths_.root +
                    " was opened by the parent of this process: a child made by fork "
                    "reads what it has, and cannot write");
  }
  if (broken_) return tl::make_unexpected(*broken_);
  if (writing_ && !suspect_) return {};
  // Who still writes a snapshot finds out by itself.
  if (database_ && database_.use_count() > 1) return {};
  writing_ = false;
  database_.reset();
  Status status = open_to_write();
  if (!status) database_.reset();
  writing_ = status.has_value();
  return status;
}

// Whatever is on disk after the last block and snapshot that were acknowledged goes.
Status RocksdbJournal::open_to_write() {
  const std::uint64_t sequence = last_sequence_;
  const std::uint64_t chain = chain_;
  // RocksDB reads the whole log before it finds that there is no room.
  if (bytes_free(paths_.root) < kBytesFreeMin) {
    return fail(ErrorCode::Io, "there is no room left on the disk of " + paths_.root);
  }
  CALLISTO_TRY(mark_, DurableMark::open(paths_.durable));
  CALLISTO_TRY(database_,
               JournalDatabase::open(paths_.journal, JournalDatabase::Access::Write, tail_));
  const std::string log = key_of(sequence + 1, 0);
  const std::string snapshots = key_of(snapshot_sequence_ + 1, 0);
  if (Status status = drop_from(database_->log(), log); !status) return status;
  if (Status status = drop_from(database_->snapshots(), snapshots); !status) return status;
  if (Status status = find_manifest(); !status) return status;
  if (Status status = find_end(); !status) return status;
  if (sequence != last_sequence_ || chain != chain_) {
    last_sequence_ = sequence;
    chain_ = chain;
    broken_ = corrupt("its end", {.message = "it is not what was read and written before"}).value();
    return tl::make_unexpected(*broken_);
  }
  suspect_ = false;
  tail_ = JournalDatabase::Tail::Whole;  // What was torn is not there any more.
  return {};
}

Status RocksdbJournal::check_store(const std::string& account) {
  std::string version;
  rocksdb::Status status = (*database_)->Get({}, database_->meta(), kFormatKey, &version);
  if (status.IsNotFound()) {
    return corrupt("its head", {.message = "the record of its format is missing"});
  }
  if (!status.ok()) return check(status, "cannot read");
  if (version != std::to_string(kFormatVersion)) {
    constexpr const char* kNewer =
        "{} was written by a newer version of Callisto (format {}); this one reads format {}";
    return fail(ErrorCode::InvalidInput, fmt::format(kNewer, paths_.root, version, kFormatVersion));
  }
  std::string stored;
  status = (*database_)->Get({}, database_->meta(), kStoreKey, &stored);
  if (!status.ok()) return check(status, "cannot read");
  const Result<Record> record = decode_record(stored);
  if (!record) return corrupt("its head", record.error());
  ByteReader in(record->payload);
  first_chain_ = in.fixed<std::uint64_t>();
  const std::string_view owner = in.text();
  if (!in.ok()) return corrupt("its head", {.message = "it is cut"});
  account_ = owner;
  if (!account.empty() && owner != account) {
    constexpr const char* kOther =
        "{} belongs to the account \"{}\", not \"{}\": every _id depends on it";
    return fail(ErrorCode::InvalidInput, fmt::format(kOther, paths_.root, owner, account));
  }
  return {};
}

// The newest snapshot whose manifest was written; what else is there was never finished or is
// already replaced.
Status RocksdbJournal::find_manifest() {
  manifest_ = {};
  manifest_.log_chain = first_chain_;
  const Iterator at = database_->iterate(database_->snapshots());
  at->SeekToLast();
  while (at->Valid() && parse_key(view(at->key())).second != kManifestPiece) {
    at->SeekForPrev(key_of(parse_key(view(at->key())).first, 0));
    if (at->Valid()) at->Prev();
  }
  if (Status status = check(at->status(), "cannot read"); !status) return status;
  if (!at->Valid()) return {};
  const std::uint64_t sequence = parse_key(view(at->key())).first;
  const Result<Record> record = decode_record(view(at->value()));
  const std::string what = fmt::format("the end of snapshot {}", sequence);
  if (!record) return corrupt(what, record.error());
  ByteReader in(record->payload);
  manifest_.sequence = record->header.sequence;
  manifest_.records = record->header.piece;
  manifest_.last_digest = record->header.before;
  manifest_.log_chain = in.fixed<std::uint64_t>();
  manifest_.bytes = in.fixed<std::uint64_t>();
  if (!in.ok() || manifest_.sequence != sequence) return corrupt(what, {.message = "it is cut"});
  return {};
}

// Finds the last block that was written to its end. Pieces after it belong to an append that was
// never acknowledged.
Status RocksdbJournal::find_end() {
  chain_ = manifest_.log_chain;
  last_sequence_ = manifest_.sequence;
  const Iterator at = database_->iterate(database_->log());
  for (at->SeekToLast(); at->Valid(); at->Prev()) {
    const auto [sequence, piece] = parse_key(view(at->key()));
    if (sequence <= manifest_.sequence) break;
    const Result<Record> record = decode_record(view(at->value()));
    if (!record) return corrupt(fmt::format("commit {}", sequence), record.error());
    if (record->header.last) {
      chain_ = record->digest;
      last_sequence_ = sequence;
      break;
    }
  }
  return check(at->status(), "cannot read");
}

Status RocksdbJournal::check_mark() const {
  CALLISTO_TRY(const std::optional<DurableMark::Place> mark, DurableMark::read(paths_.durable));
  if (!mark) {
    if (last_sequence_ == 0) return {};
    return corrupt("its end",
                   {.message = fmt::format("{} is missing or holds no mark, so nothing says where "
                                           "the log has to end. Put back the whole directory, not "
                                           "parts of it",
                                           paths_.durable)});
  }
  if (mark->sequence < last_sequence_) return {};
  if (mark->sequence == last_sequence_ && mark->digest == chain_) return {};
  return corrupt("its end",
                 {.message = fmt::format("commit {} was acknowledged, but the log ends at {}",
                                         mark->sequence,
                                         last_sequence_.load())});
}

Status RocksdbJournal::drop_from(JournalDatabase::Family family, const std::string& first) {
  return check(database_->drop_from(family, first), "cannot write to");
}

// Until it is prepared again nothing more is written when this fails: what is on disk is not known.
Status RocksdbJournal::write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = sync_;
  const rocksdb::Status status = (*database_)->Write(options, &batch);
  batch.Clear();
  if (status.ok()) return {};
  writing_ = false;
  Status failed = check(status, "cannot write to");
  if (!is_out_of_room(status)) broken_ = failed.error();
  return failed;
}

Status RocksdbJournal::append(std::span<const JournalBlock> group) {
  if (Status ready = prepare(); !ready) return ready;
  rocksdb::WriteBatch batch;
  std::uint64_t chain = chain_;
  std::uint64_t bytes = 0;
  for (const JournalBlock& block : group) {
    const auto put = [&](std::uint32_t piece, const std::string& record) -> Status {
      bytes += record.size();
      const rocksdb::Status status =
          batch.Put(database_->log(), key_of(block.sequence, piece), record);
      if (!status.ok()) return check(status, "cannot write to");
      return batch.GetDataSize() < kBatchBytesMax ? Status{} : write(batch);
    };
    if (Status status = for_each_record(block.sequence, block.bytes, chain, put); !status) {
      writing_ = false;
      return status;
    }
  }
  if (batch.Count() > 0) {
    if (Status status = write(batch); !status) return status;
  }
  chain_ = chain;
  log_bytes_ += bytes;
  last_sequence_ = group.back().sequence;
  mark_->move_to({last_sequence_, chain_});
  return {};
}

Status RocksdbJournal::replay_snapshot(const Visit& visit) {
  if (manifest_.records == 0) return {};
  BlockAssembler blocks(0);
  std::uint32_t records = 0;
  const Iterator at = database_->iterate(database_->snapshots());
  for (at->Seek(key_of(manifest_.sequence, 0)); at->Valid(); at->Next()) {
    const auto [sequence, number] = parse_key(view(at->key()));
    if (sequence != manifest_.sequence || number == kManifestPiece) break;
    const auto block = blocks.add(view(at->value()));
    if (!block) {
      return corrupt(fmt::format("snapshot {}, record {}", sequence, number), block.error());
    }
    ++records;
    if (!*block) continue;
    if (Status status = visit(manifest_.sequence, **block); !status) return status;
  }
  if (Status status = check(at->status(), "cannot read"); !status) return status;
  if (records != manifest_.records || blocks.chain() != manifest_.last_digest) {
    return corrupt(fmt::format("snapshot {}", manifest_.sequence),
                   {.message = "records are missing"});
  }
  return {};
}

Status RocksdbJournal::replay(const Visit& visit_snapshot, const Visit& visit_block) {
  if (!database_) {
    if (Status status = open_to_read(); !status) return status;
  }
  Status status = replay_all(visit_snapshot, visit_block);
  if (!writing_) database_.reset();  // It holds the log in memory.
  return status;
}

Status RocksdbJournal::replay_all(const Visit& visit_snapshot, const Visit& visit_block) {
  if (Status status = replay_snapshot(visit_snapshot); !status) return status;
  BlockAssembler blocks(manifest_.log_chain);
  std::uint64_t bytes = 0;
  const Iterator at = database_->iterate(database_->log());
  for (at->Seek(key_of(manifest_.sequence + 1, 0)); at->Valid(); at->Next()) {
    const auto [sequence, piece] = parse_key(view(at->key()));
    const auto block = blocks.add(view(at->value()));
    if (!block || blocks.sequence() != sequence) {
      return corrupt(fmt::format("commit {}, piece {}", sequence, piece),
                     block ? Error{.message = "it is in the wrong place"} : block.error());
    }
    bytes += at->value().size();
    if (!*block) continue;
    if (Status status = visit_block(sequence, **block); !status) return status;
  }
  if (Status status = check(at->status(), "cannot read"); !status) return status;
  if (blocks.inside_block() || blocks.chain() != chain_) {
    return corrupt(fmt::format("commit {}", blocks.sequence()), {.message = "records are missing"});
  }
  log_bytes_ = bytes;
  return {};
}

Result<std::unique_ptr<SnapshotBlocks>> RocksdbJournal::begin_snapshot(std::uint64_t sequence) {
  if (Status ready = prepare(); !ready) return tl::make_unexpected(std::move(ready).error());
  if (sequence <= snapshot_sequence_) {
    return fail(ErrorCode::Conflict, fmt::format("there is a snapshot at {} already", sequence));
  }
  // Left by a snapshot that was not finished.
  if (Status status = drop_from(database_->snapshots(), key_of(sequence, 0)); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return std::make_unique<RocksdbSnapshot>(*this, sequence);
}

Status RocksdbSnapshot::add(std::string_view block) {
  rocksdb::WriteOptions options;
  options.disableWAL = true;  // commit() flushes before the manifest is written.
  ++blocks_;
  const auto put = [&](std::uint32_t, const std::string& record) {
    const std::string key = key_of(manifest_.sequence, manifest_.records++);
    manifest_.bytes += record.size();
    const rocksdb::Status status = (*database_)->Put(options, database_->snapshots(), key, record);
    if (!status.ok()) journal_.suspect_ = true;
    return journal_.check(status, "cannot write a snapshot to");
  };
  return for_each_record(blocks_, block, manifest_.last_digest, put);
}

Status RocksdbSnapshot::write_manifest() {
  ByteWriter out;
  out.fixed(manifest_.log_chain);
  out.fixed(manifest_.bytes);
  const std::string record = encode_record({.sequence = manifest_.sequence,
                                            .piece = manifest_.records,
                                            .last = true,
                                            .before = manifest_.last_digest},
                                           out.take());
  rocksdb::WriteOptions options;
  options.sync = journal_.sync_;
  const std::string key = key_of(manifest_.sequence, kManifestPiece);
  rocksdb::Status status = (*database_)->Flush({}, database_->snapshots());
  if (status.ok()) status = (*database_)->Put(options, database_->snapshots(), key, record);
  if (!status.ok()) journal_.suspect_ = true;
  return journal_.check(status, "cannot write a snapshot to");
}

Status RocksdbSnapshot::commit() {
  if (Status status = write_manifest(); !status) return status;
  journal_.log_bytes_ -= log_bytes_;
  journal_.snapshot_bytes_ = manifest_.bytes;
  journal_.snapshot_sequence_ = manifest_.sequence;
  if (manifest_.sequence > journal_.last_sequence_) {  // An import: it starts the numbers anew.
    journal_.last_sequence_ = manifest_.sequence;
    journal_.mark_->move_to({manifest_.sequence, manifest_.log_chain});
  }
  // It counts already: what cannot be dropped now only takes room until the next snapshot.
  if (!database_->drop_before(manifest_.sequence).ok()) journal_.suspect_ = true;
  return {};
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& directory,
                                              const JournalOptions& options) {
  CALLISTO_TRY(StoreDirectory paths, look_at_store(directory));
  if (!paths.has_store && !options.create) {
    return fail(ErrorCode::NotFound,
                paths.exists ? "there is no stored graph in " + directory + " yet"
                             : "there is no data directory " + directory);
  }
  if (!paths.exists) {
    if (Status made = make_store_directory(directory); !made) {
      return tl::make_unexpected(std::move(made).error());
    }
  }
  CALLISTO_TRY(std::unique_ptr<DirectoryLock> lock, DirectoryLock::take(directory));
  CALLISTO_TRY(paths, look_at_store(directory));  // Somebody may have made it meanwhile.
  if (!paths.has_store) {
    if (Status created = create_store(paths, options.account); !created) {
      return tl::make_unexpected(std::move(created).error());
    }
  }
  auto journal = std::make_unique<RocksdbJournal>(paths, options.sync, std::move(lock));
  if (Status status = journal->look(options.account); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return journal;
}

}  // namespace callisto::persist
