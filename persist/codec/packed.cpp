#include "persist/codec/packed.h"

#include <zstd.h>

#include <cstdint>
#include <cstring>
#include <memory>

namespace callisto::persist {
namespace {

constexpr int kLevel = 1;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

// Making one costs more than packing a small record with it.
ZSTD_CCtx* context_of_thread() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  return context.get();
}

}  // namespace

std::string pack(std::string_view head, std::string_view bytes) {
  const std::uint64_t size = bytes.size();
  std::string packed(head);
  packed.append(reinterpret_cast<const char*>(&size), sizeof size);
  const std::size_t before = packed.size();
  packed.resize(before + ZSTD_compressBound(bytes.size()));
  const std::size_t frame = ZSTD_compressCCtx(context_of_thread(),
                                              packed.data() + before,
                                              packed.size() - before,
                                              bytes.data(),
                                              bytes.size(),
                                              kLevel);
  packed.resize(before + frame);  // Cannot fail: the room is what zstd asked for.
  return packed;
}

Result<std::string> unpack(std::string_view packed, std::size_t bytes_max) {
  std::uint64_t size = 0;
  if (packed.size() < sizeof size) return fail(ErrorCode::Corruption, "a record is cut short");
  std::memcpy(&size, packed.data(), sizeof size);
  packed.remove_prefix(sizeof size);
  if (size > bytes_max) return fail(ErrorCode::Corruption, "a record has an impossible size");
  std::string bytes(size, '\0');
  const std::size_t unpacked =
      ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(unpacked) != 0 || unpacked != size) {
    return fail(ErrorCode::Corruption, "a record cannot be unpacked");
  }
  return bytes;
}

}  // namespace callisto::persist
