#include "persist/store/store_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>
#include <string_view>

#include "persist/store/durable_mark.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

namespace callisto::persist {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> io_error(const std::string& path, const std::string& reason) {
  return fail(ErrorCode::Io, "cannot use " + path + " as a data directory: " + reason);
}

tl::unexpected<Error> damaged(const std::string& path, const std::string& what) {
  return fail(ErrorCode::Corruption, "the store in " + path + " is damaged: " + what);
}

// Of a directory that holds other things. A server keeps a store for each account, one level below.
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

// Whether all there is could be what a first open left before it was done; or nothing.
bool holds_nothing_else(const fs::path& root, std::error_code& error) {
  for (fs::directory_iterator at(root, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool ours = name == "durable" || name == "journal.new";
    if (!ours && name != "lost+found") return false;
  }
  return true;
}

// No database is there: has there been one?
Status look_without_database(const StoreDirectory& store) {
  std::error_code error;
  const bool nothing_else = holds_nothing_else(store.root, error);
  if (error) return io_error(store.root, error.message());
  CALLISTO_TRY(const std::optional<DurableMark::Place> mark, DurableMark::read(store.durable));
  if (mark && mark->sequence > 0) return damaged(store.root, "its database is missing");
  if (!nothing_else) return no_store(store.root);
  return {};
}

}  // namespace

Result<StoreDirectory> look_at_store(const std::string& path) {
  const fs::path root(path);
  StoreDirectory store;
  store.root = path;
  store.journal = (root / "journal").string();
  store.unfinished_journal = (root / "journal.new").string();
  store.durable = (root / "durable").string();

  std::error_code error;
  const fs::file_status status = fs::status(root, error);
  if (status.type() == fs::file_type::not_found) return store;
  if (error) return io_error(path, error.message());
  if (!fs::is_directory(status)) return io_error(path, "it is a file");
  store.exists = true;
  const fs::path head = fs::path(store.journal) / "CURRENT";
  store.has_store = fs::exists(head, error);
  if (error) return io_error(path, error.message());
  if (store.has_store) return store;
  if (!fs::exists(store.journal, error) && !error) {
    if (Status looked = look_without_database(store); !looked) {
      return tl::make_unexpected(std::move(looked).error());
    }
    return store;
  }
  if (error) return io_error(path, error.message());
  if (!fs::exists(store.durable, error) && !error) return no_store(root);
  return damaged(path, head.string() + " is missing");
}

Status make_store_directory(const std::string& path) {
  std::error_code error;
  const fs::path parent = fs::absolute(path, error).lexically_normal().parent_path();
  fs::create_directories(parent, error);
  if (error) return io_error(parent.string(), error.message());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return io_error(path, std::strerror(errno));
  }
  // The parent may be one that can be entered and not read.
  static_cast<void>(sync_directory(parent.string()));
  return {};
}

Status sync_directory(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return io_error(path, std::strerror(errno));
  const bool synced = ::fsync(file) == 0 || errno == EINVAL;  // Some file systems cannot.
  const std::string reason = std::strerror(errno);
  ::close(file);
  return synced ? Status{} : io_error(path, reason);
}

std::uint64_t bytes_free(const std::string& path) {
  struct statvfs disk {};

  if (::statvfs(path.c_str(), &disk) != 0) return std::numeric_limits<std::uint64_t>::max();
  return std::uint64_t{disk.f_bavail} * disk.f_frsize;
}

}  // namespace callisto::persist
