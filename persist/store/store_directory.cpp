#include "persist/store/store_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <sys/stat.h>

namespace callisto::persist {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> io_error(const std::string& path, const std::string& reason) {
  return fail(ErrorCode::Io, "cannot use " + path + " as a data directory: " + reason);
}

// So that a new entry survives a power cut. Not every file system can; the data itself is synced
// by RocksDB.
void sync_directory(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  static_cast<void>(::fsync(file));
  ::close(file);
}

Status make_directory(const fs::path& path) {
  std::error_code error;
  const fs::path parent = fs::absolute(path, error).parent_path();
  fs::create_directories(parent, error);
  if (error) return io_error(parent.string(), error.message());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return io_error(path.string(), std::strerror(errno));
  }
  sync_directory(parent);
  return {};
}

// A server keeps a store for each account, one level below.
tl::unexpected<Error> no_store(const fs::path& root) {
  auto refused = io_error(root.string(), "it is not empty and holds no Callisto store");
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(root, error)) {
    if (!fs::is_directory(entry.path() / "journal", error)) continue;
    refused.value().hints.push_back(
        "It holds those of a server's accounts: name one of them, such as " +
        entry.path().string() + ".");
    break;
  }
  return refused;
}

bool holds_nothing(const fs::path& directory) {
  std::error_code error;
  return fs::is_empty(directory, error) && !error;
}

bool holds_data(const fs::path& database) {
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(database, error)) {
    const std::string extension = file.path().extension().string();
    if (extension == ".sst") return true;
    if (extension == ".log" && file.file_size(error) > 0) return true;
  }
  return false;
}

}  // namespace

Result<StoreDirectory> prepare_store_directory(const std::string& path, bool create) {
  const fs::path root(path);
  const fs::path database = root / "journal";
  std::error_code error;
  const fs::file_status status = fs::status(root, error);
  if (fs::exists(status) && !fs::is_directory(status)) return io_error(path, "it is a file");
  if (!create && !fs::exists(database, error) && (!fs::exists(status) || holds_nothing(root))) {
    return fail(ErrorCode::NotFound, "there is no data directory " + path);
  }
  if (!fs::exists(status)) {
    if (Status made = make_directory(root); !made) return tl::make_unexpected(made.error());
  }
  if (!fs::exists(database, error) && !error) {
    const bool empty = fs::is_empty(root, error);
    if (!error && !empty) return no_store(root);
  }
  if (error) return io_error(path, error.message());
  if (::mkdir(database.c_str(), 0700) != 0 && errno != EEXIST) {
    return io_error(path, std::strerror(errno));
  }
  sync_directory(root);

  StoreDirectory result{database.string(), (root / "durable").string(), false};
  result.is_new = !fs::exists(database / "CURRENT", error);
  if (result.is_new && holds_data(database)) {
    return fail(
        ErrorCode::Corruption,
        "the store in " + path + " is damaged: " + (database / "CURRENT").string() + " is missing");
  }
  return result;
}

}  // namespace callisto::persist
