#include "persist/store/store_creation.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>

#include "persist/codec/byte_stream.h"
#include "persist/store/durable_mark.h"
#include "persist/store/journal.h"
#include "persist/store/journal_database.h"
#include "persist/store/record.h"

#include <rocksdb/write_batch.h>
#include <sys/stat.h>

namespace callisto::persist {
namespace {

// Who owns it, and what its log begins with.
Status write_head(JournalDatabase& database,
                  const std::string& path,
                  const std::string& account,
                  std::uint64_t first_chain) {
  ByteWriter out;
  out.fixed(first_chain);
  out.text(account.empty() ? kDefaultAccount : account);
  rocksdb::WriteBatch batch;
  rocksdb::Status status = batch.Put(database.meta(), kFormatKey, std::to_string(kFormatVersion));
  if (status.ok()) {
    status = batch.Put(database.meta(), kStoreKey, encode_record({.last = true}, out.take()));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  if (status.ok()) status = database->Write(options, &batch);
  if (status.ok()) status = database->Flush({}, database.meta());
  if (status.ok()) return {};
  return tl::make_unexpected(journal_error(status, "cannot write to", path));
}

}  // namespace

// The mark first, then the database under another name: whatever is cut off leaves a directory that
// look_at_store() knows to be begun and empty.
Status create_store(const StoreDirectory& paths, const std::string& account) {
  namespace fs = std::filesystem;
  std::random_device random;
  const std::uint64_t first_chain = (std::uint64_t{random()} << 32U) | random();
  if (Status made = DurableMark::create(paths.durable, {0, first_chain}); !made) return made;
  if (Status synced = sync_directory(paths.root); !synced) return synced;
  const std::string& fresh = paths.unfinished_journal;
  std::error_code error;
  fs::remove_all(fresh, error);
  if (::mkdir(fresh.c_str(), 0700) != 0) {
    return fail(ErrorCode::Io, "cannot make " + fresh + ": " + std::strerror(errno));
  }
  CALLISTO_TRY(std::shared_ptr<JournalDatabase> database,
               JournalDatabase::open(fresh, JournalDatabase::Access::Create));
  if (Status written = write_head(*database, fresh, account, first_chain); !written) {
    return written;
  }
  database.reset();
  fs::rename(fresh, paths.journal, error);
  if (error) {
    return fail(ErrorCode::Io, "cannot make " + paths.journal + ": " + error.message());
  }
  return sync_directory(paths.root);
}

}  // namespace callisto::persist
