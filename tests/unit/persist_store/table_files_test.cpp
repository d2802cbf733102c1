// What RocksDB does not check of its table files.
#include "persist/store/table_files.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/scratch.h"

#include <rocksdb/file_system.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_writer.h>

using namespace callisto::persist;
using callisto::tests::Scratch;

namespace {

constexpr std::size_t kFooterBytes = 53;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// As the journal writes them.
std::string table_file(const std::string& path) {
  rocksdb::Options options;
  options.compression = rocksdb::kNoCompression;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options()));
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options);
  REQUIRE(writer.Open(path).ok());
  REQUIRE(writer.Put("a", "some text").ok());
  REQUIRE(writer.Put("b", std::string(3000, 'x')).ok());
  REQUIRE(writer.Finish().ok());
  return bytes_of(path);
}

rocksdb::IOStatus opened(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  const auto files = checked_env()->GetFileSystem();
  const auto status = files->NewRandomAccessFile(path, rocksdb::FileOptions(), &file, nullptr);
  CHECK((file != nullptr) == status.ok());
  return status;
}

}  // namespace

TEST_CASE("R4 a table file that was cut anywhere is told before RocksDB reads it") {
  const Scratch scratch;
  const std::string path = scratch.path("1.sst");
  const std::string whole = table_file(path);
  CHECK(opened(path, whole).ok());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto status = opened(path, std::string_view(whole).substr(0, size));
    INFO(size << " bytes: " << status.ToString());
    REQUIRE(status.IsCorruption());
  }
  CHECK(opened(path, whole + '\0').IsCorruption());
  CHECK(opened(path, "").ToString().find("1.sst: it was cut") != std::string::npos);
}

TEST_CASE("R4 a changed bit on the way to the properties of a table file is told") {
  const Scratch scratch;
  const std::string path = scratch.path("1.sst");
  const std::string whole = table_file(path);
  const std::size_t properties = whole.find("rocksdb.block.based.table.index.type") - 3;
  const std::size_t footer = whole.size() - kFooterBytes;
  // Behind its first bytes, which say where the properties are, the end tells the place of the
  // index, which RocksDB checks, and has zeros, which nobody reads.
  const std::size_t open_from = footer + 4;
  const std::size_t open_to = whole.size() - 12;
  REQUIRE(properties < footer);
  for (std::size_t at = properties; at < whole.size(); ++at) {
    if (at >= open_from && at < open_to) continue;
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const auto status = opened(path, changed);
      INFO("byte " << at << " of " << whole.size() << ", bit " << bit);
      REQUIRE(status.IsCorruption());
    }
  }
  CHECK(opened(path, whole).ok());
}

TEST_CASE("files that are no table files are opened as they are") {
  const Scratch scratch;
  CHECK(opened(scratch.path("CURRENT"), "MANIFEST-000001\n").ok());
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  CHECK(
      checked_env()
          ->GetFileSystem()
          ->NewRandomAccessFile(scratch.path("missing.sst"), rocksdb::FileOptions(), &file, nullptr)
          .IsPathNotFound());
}
