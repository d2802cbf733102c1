#include "persist/store/journal_database.h"

#include <cerrno>
#include <cstring>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "persist/store/journal_key.h"

#include <rocksdb/env.h>

namespace callisto::persist {
namespace {

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
                                                               rocksdb::Status* said) {
  const rocksdb::Options options = database_options(access);
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

rocksdb::Status JournalDatabase::drop_before(std::uint64_t sequence) {
  const std::string first = key_of(0, 0);
  const std::string log_end = key_of(sequence + 1, 0);
  const std::string snapshots_end = key_of(sequence, 0);
  rocksdb::Status status = database_->DeleteRange({}, log(), first, log_end);
  if (status.ok()) status = database_->DeleteRange({}, snapshots(), first, snapshots_end);
  const rocksdb::Slice begin(first);
  const rocksdb::Slice log_limit(log_end);
  const rocksdb::Slice snapshots_limit(snapshots_end);
  if (status.ok()) status = database_->CompactRange({}, log(), &begin, &log_limit);
  if (status.ok()) status = database_->CompactRange({}, snapshots(), &begin, &snapshots_limit);
  return status;
}

}  // namespace callisto::persist
