// A table file: blocks of bytes, each with a trailer of 5 (kind of compression, checksum), and at
// the end of the file 53 bytes: kind of checksum; place and size of the index of meta blocks, and
// of the index; zeros; version; a magic number. Numbers are little-endian or varints.
#define XXH_INLINE_ALL
#include "persist/store/table_files.h"

#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <rocksdb/file_system.h>

namespace callisto::persist {
namespace {

constexpr std::uint32_t kVersion = 5;
constexpr std::size_t kFooterBytes = 53;
constexpr std::size_t kTrailerBytes = 5;
constexpr std::uint64_t kBlockBytesMax = std::uint64_t{16} << 20;  // Far more than one has.
constexpr std::string_view kMagic{"\xf7\xcf\xf4\x85\xb7\x41\xe2\x88", 8};
constexpr std::string_view kTableEnding = ".sst";
constexpr std::string_view kProperties = "rocksdb.properties";

struct Place {
  std::uint64_t at = 0;
  std::uint64_t bytes = 0;
};

// Reads front to back; nothing when it is too short, or a varint too long.
class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}

  std::optional<std::uint64_t> varint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return number;
    }
    return std::nullopt;
  }

  std::optional<Place> place() {
    const auto at = varint();
    const auto bytes = at ? varint() : std::nullopt;
    if (!bytes) return std::nullopt;
    return Place{*at, *bytes};
  }

  std::optional<std::string_view> text(std::uint64_t bytes) {
    if (bytes > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }

 private:
  std::string_view rest_;
};

std::uint32_t fixed32(std::string_view bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

class TableFile {
 public:
  TableFile(rocksdb::FSRandomAccessFile& file, std::uint64_t bytes) : file_(file), bytes_(bytes) {}

  rocksdb::IOStatus check() {
    std::string footer;
    if (bytes_ < kFooterBytes) return damaged("it was cut");
    rocksdb::IOStatus status = read({bytes_ - kFooterBytes, kFooterBytes}, footer);
    if (!status.ok()) return status;
    const std::string_view end(footer);
    if (!end.ends_with(kMagic)) return damaged("it was cut, or its end was changed");
    const bool known =
        end.front() == char{rocksdb::kXXH3} && fixed32(end.substr(kFooterBytes - 12)) == kVersion;
    if (!known) return damaged("its end was changed");
    std::string index;
    status = read_block(Bytes(end.substr(1)).place(), index);
    if (!status.ok()) return status;
    std::string properties;
    return read_block(find(index, kProperties), properties);
  }

 private:
  static rocksdb::IOStatus damaged(const char* how) { return rocksdb::IOStatus::Corruption(how); }

  rocksdb::IOStatus read(Place place, std::string& out) {
    out.resize(place.bytes);
    rocksdb::Slice slice;
    rocksdb::IOStatus status =
        file_.Read(place.at, place.bytes, rocksdb::IOOptions(), &slice, out.data(), nullptr);
    if (!status.ok()) return status;
    if (slice.size() != place.bytes) return damaged("it was cut");
    if (slice.data() != out.data()) out.assign(slice.data(), slice.size());
    return status;
  }

  // A block that matches its checksum, which the kind of compression is a part of.
  rocksdb::IOStatus read_block(const std::optional<Place>& place, std::string& out) {
    if (!place || place->bytes > kBlockBytesMax || place->at > bytes_) {
      return damaged("the way to its properties was changed");
    }
    rocksdb::IOStatus status = read({place->at, place->bytes + kTrailerBytes}, out);
    if (!status.ok()) return status;
    const auto last = static_cast<unsigned char>(out[place->bytes]);
    const auto digest = static_cast<std::uint32_t>(XXH3_64bits(out.data(), place->bytes));
    const std::uint32_t sum = digest ^ (last * 0x6b9083d9U);
    if (fixed32(std::string_view(out).substr(place->bytes + 1)) != sum) {
      return damaged("its properties were changed");
    }
    out.resize(place->bytes);
    return status;
  }

  // An entry: how much of its key is that of the one before, how much more, how long the value is.
  static std::optional<Place> find(std::string_view index, std::string_view wanted) {
    Bytes bytes(index);
    std::string key;
    while (true) {
      const auto shared = bytes.varint();
      const auto more = shared ? bytes.varint() : std::nullopt;
      const auto size = more ? bytes.varint() : std::nullopt;
      if (!size || *shared > key.size()) return std::nullopt;
      const auto rest = bytes.text(*more);
      const auto value = rest ? bytes.text(*size) : std::nullopt;
      if (!value) return std::nullopt;
      key.resize(*shared);
      key += *rest;
      if (key == wanted) return Bytes(*value).place();
    }
  }

  rocksdb::FSRandomAccessFile& file_;
  std::uint64_t bytes_;
};

class CheckedFiles final : public rocksdb::FileSystemWrapper {
 public:
  using rocksdb::FileSystemWrapper::FileSystemWrapper;

  [[nodiscard]] const char* Name() const override { return "CheckedFiles"; }

  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus status = target()->NewRandomAccessFile(name, options, file, debug);
    if (!status.ok() || !name.ends_with(kTableEnding)) return status;
    std::uint64_t bytes = 0;
    status = target()->GetFileSize(name, options.io_options, &bytes, debug);
    if (status.ok()) status = TableFile(**file, bytes).check();
    if (status.IsCorruption()) status = rocksdb::IOStatus::Corruption(name, status.getState());
    if (!status.ok()) file->reset();
    return status;
  }
};

}  // namespace

rocksdb::BlockBasedTableOptions table_options() {
  rocksdb::BlockBasedTableOptions options;
  options.format_version = kVersion;
  options.checksum = rocksdb::kXXH3;
  return options;
}

rocksdb::Env* checked_env() {
  // Never destroyed: a store may be closed while the program ends.
  static rocksdb::Env* const env =
      rocksdb::NewCompositeEnv(
          std::make_shared<CheckedFiles>(rocksdb::Env::Default()->GetFileSystem()))
          .release();
  return env;
}

}  // namespace callisto::persist
