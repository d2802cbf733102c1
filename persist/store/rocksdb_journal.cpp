// The Journal on RocksDB: one record per key, one synced write per group.
//
//   column family "log"        sequence, piece                -> record
//   column family "snapshots"  sequence, record number        -> record
//                              sequence, 0xFFFFFFFF           -> manifest: written last
//   column family "default"    "format_version", "store"
//
// RocksDB serves as a well-tested box of checksummed files, not as an index: keys only grow, so its
// automatic compaction is off and space is freed by dropping ranges of keys after a snapshot.
#include <atomic>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "persist/codec/byte_stream.h"
#include "persist/store/block_assembler.h"
#include "persist/store/durable_mark.h"
#include "persist/store/journal.h"
#include "persist/store/journal_key.h"
#include "persist/store/record.h"
#include "persist/store/store_directory.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

namespace callisto::persist {
namespace {

constexpr std::uint32_t kFormatVersion = 1;
constexpr std::uint32_t kManifest = 0xFFFFFFFFU;
constexpr std::size_t kBatchBytesMax = std::size_t{32} << 20;
constexpr const char* kFormatKey = "format_version";
constexpr const char* kStoreKey = "store";

Error error_of(const rocksdb::Status& status, const std::string& doing, const std::string& path) {
  const bool damaged = status.IsCorruption();
  return {.code = damaged ? ErrorCode::Corruption : ErrorCode::Io,
          .message = fmt::format("{} {}: {}", doing, path, status.ToString())};
}

std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// RocksDB's own log says nothing that a Status does not, and the writer of its file ends the
// process when the disk is full.
class SilentLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;

  void Logv(const char*, va_list) override {}
};

struct Families {
  rocksdb::ColumnFamilyHandle* meta = nullptr;
  rocksdb::ColumnFamilyHandle* log = nullptr;
  rocksdb::ColumnFamilyHandle* snapshots = nullptr;
};

struct Manifest {
  std::uint64_t sequence = 0;
  std::uint64_t log_chain = 0;  // Digest of the log's record at the sequence.
  std::uint64_t bytes = 0;
  std::uint32_t records = 0;
  std::uint64_t last_digest = 0;  // Of the snapshot's last record.
};

class RocksdbJournal final : public Journal {
 public:
  RocksdbJournal(std::string path, bool sync, DurableMark mark)
      : path_(std::move(path)), sync_(sync), mark_(std::move(mark)) {}

  RocksdbJournal(const RocksdbJournal&) = delete;
  RocksdbJournal& operator=(const RocksdbJournal&) = delete;

  ~RocksdbJournal() override {
    if (!db_) return;
    for (auto* handle : {families_.meta, families_.log, families_.snapshots}) {
      static_cast<void>(db_->DestroyColumnFamilyHandle(handle));
    }
    static_cast<void>(db_->Close());  // Everything acknowledged is synced already.
  }

  Status open(bool is_new, const std::string& account);
  Status append(std::span<const JournalBlock> group) override;
  Status replay(const Visit& visit_snapshot, const Visit& visit_block) override;
  Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(std::uint64_t sequence) override;

  [[nodiscard]] std::string account() const override { return account_; }

  [[nodiscard]] std::uint64_t last_sequence() const override { return last_sequence_; }

  [[nodiscard]] std::uint64_t log_bytes() const override { return log_bytes_; }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return snapshot_bytes_; }

 private:
  friend class RocksdbSnapshot;
  using Iterator = std::unique_ptr<rocksdb::Iterator>;

  Status open_database(bool is_new);
  Status check_store(const std::string& account);
  Status write_store(const std::string& account);
  Status find_manifest();
  Status find_end();
  [[nodiscard]] Status check_mark() const;
  Status replay_snapshot(const Visit& visit);
  Status drop_before(std::uint64_t sequence);

  [[nodiscard]] Iterator iterate(rocksdb::ColumnFamilyHandle* family) const {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    options.total_order_seek = true;
    return Iterator(db_->NewIterator(options, family));
  }

  [[nodiscard]] tl::unexpected<Error> corrupt(std::string_view what, const Error& why) const {
    return fail(ErrorCode::Corruption,
                fmt::format("the store in {} is damaged: {}: {}", path_, what, why.message));
  }

  [[nodiscard]] Status check(const rocksdb::Status& status, const std::string& doing) const {
    if (status.ok()) return {};
    return tl::make_unexpected(error_of(status, doing, path_));
  }

  std::string path_;
  std::string account_;
  bool sync_;
  DurableMark mark_;
  std::unique_ptr<rocksdb::DB> db_;
  Families families_;
  Manifest manifest_;  // Of the snapshot found by open().
  std::uint64_t first_chain_ =
      0;                     // What the very first record of the log names; from the store's id.
  std::uint64_t chain_ = 0;  // Digest of the last record of the log.
  std::atomic<std::uint64_t> last_sequence_{0};
  std::atomic<std::uint64_t> log_bytes_{0};
  std::atomic<std::uint64_t> snapshot_bytes_{0};
  std::atomic<std::uint64_t> snapshot_sequence_{0};
  bool failed_ = false;
};

class RocksdbSnapshot final : public SnapshotBlocks {
 public:
  RocksdbSnapshot(RocksdbJournal& journal, std::uint64_t sequence)
      : journal_(journal), log_bytes_(journal.log_bytes_) {
    manifest_.sequence = sequence;
    manifest_.log_chain = journal.chain_;
  }

  Status add(std::string_view block) override;
  Status commit() override;

 private:
  RocksdbJournal& journal_;
  std::uint64_t log_bytes_;  // Of the log that this snapshot replaces.
  Manifest manifest_;
  std::uint64_t blocks_ = 0;
};

rocksdb::Options database_options(bool is_new) {
  rocksdb::Options options;
  options.create_if_missing = is_new;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  // A torn tail is an append that was never acknowledged; damage before it stops the start.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.compression = rocksdb::kNoCompression;  // Records are compressed already.
  options.disable_auto_compactions = true;
  options.level0_slowdown_writes_trigger = std::numeric_limits<int>::max();
  options.level0_stop_writes_trigger = std::numeric_limits<int>::max();
  options.max_total_wal_size = std::uint64_t{256} << 20;
  options.max_open_files = 256;
  options.info_log = std::make_shared<SilentLog>();
  options.stats_dump_period_sec = options.stats_persist_period_sec = 0;
  return options;
}

Status RocksdbJournal::open_database(bool is_new) {
  const rocksdb::Options options = database_options(is_new);
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, options}, {"log", options}, {"snapshots", options}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* database = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, path_, families, &handles, &database);
  if (!status.ok()) {
    const std::string text = status.ToString();
    if (text.find("While lock file") != std::string::npos ||
        text.find("lock hold by current process") != std::string::npos) {
      return fail(ErrorCode::Io,
                  path_ + " is open in another process; only one at a time can use it");
    }
    return tl::make_unexpected(error_of(status, "cannot open", path_));
  }
  db_.reset(database);
  families_ = {handles[0], handles[1], handles[2]};
  return {};
}

Status RocksdbJournal::open(bool is_new, const std::string& account) {
  if (Status status = open_database(is_new); !status) return status;
  if (Status status = check_store(account); !status) return status;
  if (Status status = find_manifest(); !status) return status;
  if (Status status = find_end(); !status) return status;
  return check_mark();
}

Status RocksdbJournal::check_store(const std::string& account) {
  std::string version;
  rocksdb::Status status = db_->Get({}, families_.meta, kFormatKey, &version);
  if (status.IsNotFound()) {
    const Iterator log = iterate(families_.log);
    log->SeekToFirst();
    if (!log->Valid() && log->status().ok()) return write_store(account);
    return corrupt("its head", {.message = "the record of its format is missing"});
  }
  if (!status.ok()) return tl::make_unexpected(error_of(status, "cannot read", path_));
  if (version != std::to_string(kFormatVersion)) {
    constexpr const char* kNewer =
        "{} was written by a newer version of Callisto (format {}); this one reads format {}";
    return fail(ErrorCode::InvalidInput, fmt::format(kNewer, path_, version, kFormatVersion));
  }
  std::string stored;
  status = db_->Get({}, families_.meta, kStoreKey, &stored);
  if (!status.ok()) return tl::make_unexpected(error_of(status, "cannot read", path_));
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
    return fail(ErrorCode::InvalidInput, fmt::format(kOther, path_, owner, account));
  }
  return {};
}

Status RocksdbJournal::write_store(const std::string& account) {
  account_ = account.empty() ? kDefaultAccount : account;
  std::random_device random;
  first_chain_ = (std::uint64_t{random()} << 32U) | random();
  ByteWriter out;
  out.fixed(first_chain_);
  out.text(account_);
  rocksdb::WriteBatch batch;
  rocksdb::Status status = batch.Put(families_.meta, kFormatKey, std::to_string(kFormatVersion));
  if (status.ok()) {
    status = batch.Put(families_.meta, kStoreKey, encode_record({.last = true}, out.take()));
  }
  rocksdb::WriteOptions options;
  options.sync = sync_;
  if (status.ok()) status = db_->Write(options, &batch);
  if (status.ok()) status = db_->Flush({}, families_.meta);  // Else it would pin the first WAL.
  return check(status, "cannot write");
}

// The newest snapshot whose manifest was written; what else is there was never finished or is
// already replaced.
Status RocksdbJournal::find_manifest() {
  manifest_.log_chain = first_chain_;
  const Iterator at = iterate(families_.snapshots);
  at->SeekToLast();
  while (at->Valid() && parse_key(view(at->key())).second != kManifest) {
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
  snapshot_bytes_ = manifest_.bytes;
  snapshot_sequence_ = sequence;
  return {};
}

// Finds the last block that was written to its end. Pieces after it belong to an append that was
// never acknowledged and go.
Status RocksdbJournal::find_end() {
  chain_ = manifest_.log_chain;
  last_sequence_ = manifest_.sequence;
  const Iterator at = iterate(families_.log);
  std::string unfinished;
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
    unfinished = at->key().ToString();
  }
  if (Status status = check(at->status(), "cannot read"); !status) return status;
  if (unfinished.empty()) return {};
  const rocksdb::Status status = db_->DeleteRange(
      {}, families_.log, unfinished, key_of(std::numeric_limits<std::uint64_t>::max(), kManifest));
  return check(status, "cannot write");
}

Status RocksdbJournal::check_mark() const {
  const std::optional<DurableMark::Place> mark = mark_.last();
  if (!mark || mark->sequence < last_sequence_) return {};
  if (mark->sequence == last_sequence_ && mark->digest == chain_) return {};
  return corrupt("its end",
                 {.message = fmt::format("commit {} was acknowledged, but the log ends at {}",
                                         mark->sequence,
                                         last_sequence_.load())});
}

Status RocksdbJournal::append(std::span<const JournalBlock> group) {
  if (failed_) return fail(ErrorCode::Io, path_ + " is closed for writing after a failure");
  failed_ = true;  // Until the end is reached.
  rocksdb::WriteOptions options;
  options.sync = sync_;
  rocksdb::WriteBatch batch;
  std::uint64_t chain = chain_;
  std::uint64_t bytes = 0;
  const auto write = [&] {
    const rocksdb::Status status = db_->Write(options, &batch);
    batch.Clear();
    return check(status, "cannot write to");
  };
  for (const JournalBlock& block : group) {
    const auto put = [&](std::uint32_t piece, const std::string& record) -> Status {
      bytes += record.size();
      const rocksdb::Status status =
          batch.Put(families_.log, key_of(block.sequence, piece), record);
      if (!status.ok()) return check(status, "cannot write to");
      return batch.GetDataSize() < kBatchBytesMax ? Status{} : write();
    };
    if (Status status = for_each_record(block.sequence, block.bytes, chain, put); !status) {
      return status;
    }
  }
  if (batch.Count() > 0) {
    if (Status status = write(); !status) return status;
  }
  failed_ = false;
  chain_ = chain;
  log_bytes_ += bytes;
  last_sequence_ = group.back().sequence;
  mark_.move_to({last_sequence_, chain_});
  return {};
}

Status RocksdbJournal::replay_snapshot(const Visit& visit) {
  if (manifest_.records == 0) return {};
  BlockAssembler blocks(0);
  std::uint32_t records = 0;
  const Iterator at = iterate(families_.snapshots);
  for (at->Seek(key_of(manifest_.sequence, 0)); at->Valid(); at->Next()) {
    const auto [sequence, number] = parse_key(view(at->key()));
    if (sequence != manifest_.sequence || number == kManifest) break;
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
  if (Status status = replay_snapshot(visit_snapshot); !status) return status;
  BlockAssembler blocks(manifest_.log_chain);
  std::uint64_t bytes = 0;
  const Iterator at = iterate(families_.log);
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
  if (failed_) return fail(ErrorCode::Io, path_ + " is closed for writing after a failure");
  if (sequence <= snapshot_sequence_) {
    return fail(ErrorCode::Conflict, fmt::format("there is a snapshot at {} already", sequence));
  }
  // Left by a snapshot that was not finished.
  const rocksdb::Status status =
      db_->DeleteRange({}, families_.snapshots, key_of(sequence, 0), key_of(sequence, kManifest));
  if (Status checked = check(status, "cannot write to"); !checked) {
    return tl::make_unexpected(std::move(checked).error());
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
    return journal_.check(journal_.db_->Put(options, journal_.families_.snapshots, key, record),
                          "cannot write a snapshot to");
  };
  return for_each_record(blocks_, block, manifest_.last_digest, put);
}

Status RocksdbSnapshot::commit() {
  rocksdb::Status status = journal_.db_->Flush({}, journal_.families_.snapshots);
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
  const std::string key = key_of(manifest_.sequence, kManifest);
  if (status.ok()) {
    status = journal_.db_->Put(options, journal_.families_.snapshots, key, record);
  }
  if (!status.ok()) return journal_.check(status, "cannot write a snapshot to");
  journal_.log_bytes_ -= log_bytes_;
  journal_.snapshot_bytes_ = manifest_.bytes;
  journal_.snapshot_sequence_ = manifest_.sequence;
  if (manifest_.sequence > journal_.last_sequence_) {  // An import: it starts the numbers anew.
    journal_.last_sequence_ = manifest_.sequence;
    journal_.mark_.move_to({manifest_.sequence, manifest_.log_chain});
  }
  return journal_.drop_before(manifest_.sequence);
}

Status RocksdbJournal::drop_before(std::uint64_t sequence) {
  const std::string first = key_of(0, 0);
  const std::string log_end = key_of(sequence + 1, 0);
  const std::string snapshots_end = key_of(sequence, 0);
  rocksdb::Status status = db_->DeleteRange({}, families_.log, first, log_end);
  if (status.ok()) status = db_->DeleteRange({}, families_.snapshots, first, snapshots_end);
  const rocksdb::Slice begin(first);
  const rocksdb::Slice log_limit(log_end);
  const rocksdb::Slice snapshots_limit(snapshots_end);
  if (status.ok()) status = db_->CompactRange({}, families_.log, &begin, &log_limit);
  if (status.ok()) status = db_->CompactRange({}, families_.snapshots, &begin, &snapshots_limit);
  return check(status, "cannot free space in");
}

}  // namespace

Result<std::unique_ptr<Journal>> open_journal(const std::string& directory,
                                              const JournalOptions& options) {
  CALLISTO_TRY(const StoreDirectory paths, prepare_store_directory(directory, options.create));
  CALLISTO_TRY(DurableMark mark, DurableMark::open(paths.durable));
  if (paths.is_new && mark.last()) {
    return fail(ErrorCode::Corruption,
                fmt::format("the store in {} is damaged: its database is missing", directory));
  }
  auto journal = std::make_unique<RocksdbJournal>(paths.journal, options.sync, std::move(mark));
  if (Status status = journal->open(paths.is_new, options.account); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return journal;
}

}  // namespace callisto::persist
