#include "persist/store/durable_mark.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace callisto::persist {
namespace {

constexpr std::uint64_t kMagic = 0x314B52414D4C4143;  // "CALMARK1"
constexpr std::int64_t kSlotBytes = 4096;             // A torn page never holds both.

struct Slot {
  std::uint64_t magic = kMagic;
  std::uint64_t sequence = 0;
  std::uint64_t digest = 0;
  std::uint64_t check = 0;
};

struct Found {
  std::optional<DurableMark::Place> place{};
  unsigned next_slot = 0;  // The one that does not hold it.
};

std::uint64_t check_of(const Slot& slot) {
  return XXH3_64bits(&slot, offsetof(Slot, check));
}

tl::unexpected<Error> failed(const char* doing, const std::string& path) {
  return fail(ErrorCode::Io,
              std::string("cannot ") + doing + " " + path + ": " + std::strerror(errno));
}

// Errors: Io when the disk does not give what is there.
Result<Found> find_place(int file, const std::string& path) {
  Found found;
  for (unsigned index = 0; index < 2; ++index) {
    Slot slot;
    const ssize_t size = ::pread(file, &slot, sizeof slot, index * kSlotBytes);
    if (size < 0) return failed("read", path);
    if (size != ssize_t{sizeof slot}) continue;
    if (slot.magic != kMagic || slot.check != check_of(slot)) continue;
    if (!found.place || slot.sequence > found.place->sequence) {
      found.place = DurableMark::Place{slot.sequence, slot.digest};
      found.next_slot = 1 - index;
    }
  }
  return found;
}

bool write_slot(int file, unsigned index, const DurableMark::Place& place) {
  Slot slot;
  slot.sequence = place.sequence;
  slot.digest = place.digest;
  slot.check = check_of(slot);
  return ::pwrite(file, &slot, sizeof slot, index * kSlotBytes) == ssize_t{sizeof slot};
}

}  // namespace

Result<std::optional<DurableMark::Place>> DurableMark::read(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) return std::optional<Place>{};
  if (file < 0) return failed("open", path);
  const Result<Found> found = find_place(file, path);
  ::close(file);
  if (!found) return tl::make_unexpected(found.error());
  return found->place;
}

Status DurableMark::create(const std::string& path, const Place& place) {
  // What may be there was left by a first open that was cut.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return failed("open", path);
  Status status;
  if (!write_slot(file, 0, place) || !write_slot(file, 1, place)) status = failed("write", path);
  if (status && ::fsync(file) != 0) status = failed("sync", path);
  ::close(file);
  return status;
}

Result<DurableMark> DurableMark::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return failed("open", path);
  const Result<Found> found = find_place(file, path);
  if (!found) {
    ::close(file);
    return tl::make_unexpected(found.error());
  }
  return DurableMark(file, found->next_slot);
}

DurableMark::DurableMark(DurableMark&& other) noexcept
    : file_(std::exchange(other.file_, -1)), next_slot_(other.next_slot_) {}

DurableMark& DurableMark::operator=(DurableMark&& other) noexcept {
  std::swap(file_, other.file_);
  next_slot_ = other.next_slot_;
  return *this;
}

DurableMark::~DurableMark() {
  if (file_ >= 0) ::close(file_);
}

void DurableMark::move_to(const Place& place) {
  if (write_slot(file_, next_slot_, place)) next_slot_ = 1 - next_slot_;
}

}  // namespace callisto::persist
