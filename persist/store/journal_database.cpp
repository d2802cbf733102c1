#include "persist/store/journal_database.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "persist/store/journal_key.h"
#include "persist/store/table_files.h"

#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/metadata.h>
#include <rocksdb/write_batch.h>

namespace callisto::persist {
namespace {

constexpr std::size_t kDeletesBytesMax = std::size_t{1} << 20;

// RocksDB's own log says nothing that a Status does not, and the writer of its file ends the
// process when the disk is full.
class SilentLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;

  void Logv(const char*, va_list) override {}
};

rocksdb::Options database_options(JournalDatabase::Access access) {
  const bool create = access == JournalDatabase::Access::Create;
  rocksdb::Options options;
  options.create_if_missing = create;
  options.error_if_exists = create;
  options.create_missing_column_families = create;
  options.paranoid_checks = true;
  // A torn tail is an append that was never acknowledged; damage before it stops the start.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.env = checked_env();
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options()));
  options.compression = rocksdb::kNoCompression;  // Records are compressed already.
  options.disable_auto_compactions = true;
  options.level0_slowdown_writes_trigger = std::numeric_limits<int>::max();
  options.level0_stop_writes_trigger = std::numeric_limits<int>::max();
  options.max_total_wal_size = std::uint64_t{256} << 20;
  options.max_open_files = 256;
  options.max_bgerror_resume_count = 0;  // The journal decides when to go on, and from where.
  options.info_log = std::make_shared<SilentLog>();
  options.stats_dump_period_sec = options.stats_persist_period_sec = 0;
  return options;
}

}  // namespace

Error journal_error(const rocksdb::Status& status,
                    const std::string& doing,
                    const std::string& path) {
  const bool damaged = status.IsCorruption();
  return {.code = damaged ? ErrorCode::Corruption : ErrorCode::Io,
          .message = fmt::format("{} {}: {}", doing, path, status.ToString())};
}

bool is_out_of_room(const rocksdb::Status& status) {
  // RocksDB knows ENOSPC only.
  return status.IsNoSpace() ||
         (status.IsIOError() && status.ToString().find(std::strerror(EDQUOT)) != std::string::npos);
}

Result<std::shared_ptr<JournalDatabase>> JournalDatabase::open(const std::string& path,
                                                               Access access,
                                                               Tail tail,
                                                               rocksdb::Status* said) {
  rocksdb::Options options = database_options(access);
  if (tail == Tail::Torn) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  }
  return open_with(path, access, options, said);
}

// RocksDB takes a last record that is too short for a torn one, but not one that has a hole. Read
// up to the bad record and read around it, the log must end at the same place: else there is
// something after it, and it is damage.
Result<std::shared_ptr<JournalDatabase>> JournalDatabase::open_torn(const std::string& path) {
  CALLISTO_TRY(auto before, open(path, Access::Read, Tail::Torn));
  rocksdb::Options around = database_options(Access::Read);
  around.wal_recovery_mode = rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords;
  CALLISTO_TRY(const auto all, open_with(path, Access::Read, around, nullptr));
  const bool same = before->last_log_key() == all->last_log_key() &&
                    (*before)->GetLatestSequenceNumber() == (*all)->GetLatestSequenceNumber();
  if (same) return before;
  return fail(ErrorCode::Corruption, path + " has a damaged record before whole ones");
}

std::string JournalDatabase::last_log_key() const {
  const Iterator at = iterate(log());
  at->SeekToLast();
  return at->Valid() ? at->key().ToString() : std::string();
}

Result<std::shared_ptr<JournalDatabase>> JournalDatabase::open_with(const std::string& path,
                                                                    Access access,
                                                                    const rocksdb::Options& options,
                                                                    rocksdb::Status* said) {
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, options}, {"log", options}, {"snapshots", options}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* database = nullptr;
  const rocksdb::Status status =
      access == Access::Read
          ? rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &database)
          : rocksdb::DB::Open(options, path, families, &handles, &database);
  if (said != nullptr) *said = status;
  if (!status.ok()) return tl::make_unexpected(journal_error(status, "cannot open", path));
  std::shared_ptr<JournalDatabase> opened(new JournalDatabase);
  opened->database_.reset(database);
  for (std::size_t i = 0; i < handles.size(); ++i) {
    opened->families_[i] = handles[i];
  }
  return opened;
}

JournalDatabase::~JournalDatabase() {
  if (!database_) return;
  for (const Family family : families_) {
    static_cast<void>(database_->DestroyColumnFamilyHandle(family));
  }
  static_cast<void>(database_->Close());  // Everything acknowledged is synced already.
}

JournalDatabase::Iterator JournalDatabase::iterate(Family family) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.total_order_seek = true;
  return Iterator(database_->NewIterator(options, family));
}

// Neither ranges of keys are deleted nor files compacted: when RocksDB 7.8 meets an error of the
// disk then, its assertions can end the process. Nobody reads the keys any more, and files go as a
// whole.
rocksdb::Status JournalDatabase::drop_before(std::uint64_t sequence) {
  const std::string first = key_of(0, 0);
  rocksdb::Status status = database_->Flush({}, log());
  if (status.ok()) status = database_->Flush({}, snapshots());
  if (status.ok()) status = drop_files(log(), first, key_of(sequence + 1, 0));
  if (status.ok()) status = drop_files(snapshots(), first, key_of(sequence, 0));
  return status;
}

rocksdb::Status JournalDatabase::drop_from(Family family, const std::string& first) {
  const Iterator at = iterate(family);
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (at->Seek(first); at->Valid() && status.ok(); at->Next()) {
    status = batch.Delete(family, at->key());
    if (status.ok() && batch.GetDataSize() >= kDeletesBytesMax) {
      status = database_->Write({}, &batch);
      batch.Clear();
    }
  }
  if (status.ok()) status = at->status();
  if (status.ok() && batch.Count() > 0) status = database_->Write({}, &batch);
  return status;
}

// Files whose keys are all before `end`: from the oldest on, as long as there is one. RocksDB takes
// others out of level 0 only by compaction; it leaves them here, below their next snapshot.
rocksdb::Status JournalDatabase::drop_files(Family family,
                                            const std::string& first,
                                            const std::string& end) {
  const rocksdb::Slice from(first);
  const rocksdb::Slice to(end);
  const rocksdb::RangePtr range(&from, &to);
  rocksdb::Status status = rocksdb::DeleteFilesInRanges(database_.get(), family, &range, 1, false);
  while (status.ok()) {
    rocksdb::ColumnFamilyMetaData files;
    database_->GetColumnFamilyMetaData(family, &files);
    // Below level 0 are files of versions before, which are to go first.
    const bool only_level_0 =
        std::all_of(files.levels.begin(), files.levels.end(), [](const auto& level) {
          return level.level == 0 || level.files.empty();
        });
    if (!only_level_0 || files.levels.empty() || files.levels[0].files.empty()) break;
    const auto& oldest = files.levels[0].files.back();
    if (oldest.largestkey >= end) break;
    status = database_->DeleteFile(oldest.name);
  }
  return status;
}

}  // namespace callisto::persist
