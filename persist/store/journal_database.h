// The RocksDB database of a journal.
//
//   column family "log"        sequence, piece                -> record
//   column family "snapshots"  sequence, record number        -> record
//                              sequence, 0xFFFFFFFF           -> manifest: written last
//   column family "default"    "format_version", "store"
//
// RocksDB serves as a well-tested box of checksummed files, not as an index: keys only grow, so its
// automatic compaction is off and space is freed by dropping whole files after a snapshot.
//
// Private to the journal: shows RocksDB. Thread safety: that of rocksdb::DB.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <callisto/error.h>

#include <rocksdb/db.h>
#include <rocksdb/options.h>

namespace callisto::persist {

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr const char* kFormatKey = "format_version";
inline constexpr const char* kStoreKey = "store";
inline constexpr std::uint32_t kManifestPiece = 0xFFFFFFFFU;

[[nodiscard]] inline std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// `doing`: "cannot write to" and the like. Corruption when RocksDB says so, else Io.
[[nodiscard]] Error journal_error(const rocksdb::Status& status,
                                  const std::string& doing,
                                  const std::string& path);

// Whether there was no room: that passes.
[[nodiscard]] bool is_out_of_room(const rocksdb::Status& status);

class JournalDatabase {
 public:
  // Create: there must be none. Read: nothing on disk is touched, not even to repair it. Write: as
  // RocksDB opens, which tidies up first.
  enum class Access : unsigned char { Create, Read, Write };
  using Iterator = std::unique_ptr<rocksdb::Iterator>;
  using Family = rocksdb::ColumnFamilyHandle*;

  // How RocksDB's own log ends. Torn: in a record that a power cut left in parts, with nothing
  // after it; it is not read.
  enum class Tail : unsigned char { Whole, Torn };

  // Errors: Io, Corruption. `status`, when given, is what RocksDB said.
  [[nodiscard]] static Result<std::shared_ptr<JournalDatabase>> open(
      const std::string& path,
      Access access,
      Tail tail = Tail::Whole,
      rocksdb::Status* status = nullptr);
  // To read. Errors: Corruption when it is more than a torn tail that keeps it from being opened.
  [[nodiscard]] static Result<std::shared_ptr<JournalDatabase>> open_torn(const std::string& path);
  ~JournalDatabase();
  JournalDatabase(const JournalDatabase&) = delete;
  JournalDatabase& operator=(const JournalDatabase&) = delete;

  [[nodiscard]] rocksdb::DB* operator->() const { return database_.get(); }

  [[nodiscard]] Family meta() const { return families_[0]; }

  [[nodiscard]] Family log() const { return families_[1]; }

  [[nodiscard]] Family snapshots() const { return families_[2]; }

  [[nodiscard]] Iterator iterate(Family family) const;

  // Drops the log up to the sequence and the snapshots before it, and frees their space.
  rocksdb::Status drop_before(std::uint64_t sequence);

  // Deletes the keys from this one on: few, or those of a snapshot that was not finished.
  rocksdb::Status drop_from(Family family, const std::string& first);

  // In a child made by fork() RocksDB's threads are gone: what is here is then never closed.
  void leave() { static_cast<void>(database_.release()); }

 private:
  JournalDatabase() = default;
  static Result<std::shared_ptr<JournalDatabase>> open_with(const std::string& path,
                                                            Access access,
                                                            const rocksdb::Options& options,
                                                            rocksdb::Status* status);
  [[nodiscard]] std::string last_log_key() const;
  rocksdb::Status drop_files(Family family, const std::string& first, const std::string& end);

  std::unique_ptr<rocksdb::DB> database_;
  Family families_[3] = {};
};

}  // namespace callisto::persist
