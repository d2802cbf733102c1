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

std::uint64_t check_of(const Slot& slot) {
  return XXH3_64bits(&slot, offsetof(Slot, check));
}

}  // namespace

Result<DurableMark> DurableMark::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return fail(ErrorCode::Io, "cannot open " + path + ": " + std::strerror(errno));
  }
  DurableMark mark(file);
  for (unsigned index = 0; index < 2; ++index) {
    Slot slot;
    if (::pread(file, &slot, sizeof slot, index * kSlotBytes) != ssize_t{sizeof slot}) continue;
    if (slot.magic != kMagic || slot.check != check_of(slot)) continue;
    if (!mark.last_ || slot.sequence > mark.last_->sequence) {
      mark.last_ = Place{slot.sequence, slot.digest};
      mark.next_slot_ = 1 - index;
    }
  }
  return mark;
}

DurableMark::DurableMark(DurableMark&& other) noexcept
    : file_(std::exchange(other.file_, -1)), next_slot_(other.next_slot_), last_(other.last_) {}

DurableMark::~DurableMark() {
  if (file_ >= 0) ::close(file_);
}

void DurableMark::move_to(const Place& place) {
  Slot slot;
  slot.sequence = place.sequence;
  slot.digest = place.digest;
  slot.check = check_of(slot);
  if (::pwrite(file_, &slot, sizeof slot, next_slot_ * kSlotBytes) == ssize_t{sizeof slot}) {
    next_slot_ = 1 - next_slot_;
  }
}

}  // namespace callisto::persist
