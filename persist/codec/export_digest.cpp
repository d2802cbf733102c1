#include "persist/codec/export_digest.h"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace callisto::persist {

struct ExportDigest::State {
  XXH3_state_t hash;
};

ExportDigest::ExportDigest() : state_(std::make_unique<State>()) {
  static_cast<void>(XXH3_128bits_reset(&state_->hash));
}

ExportDigest::ExportDigest(ExportDigest&& other) noexcept = default;
ExportDigest& ExportDigest::operator=(ExportDigest&& other) noexcept = default;
ExportDigest::~ExportDigest() = default;

void ExportDigest::add(std::string_view line) {
  static_cast<void>(XXH3_128bits_update(&state_->hash, line.data(), line.size()));
  if (!line.ends_with('\n')) static_cast<void>(XXH3_128bits_update(&state_->hash, "\n", 1));
}

std::string ExportDigest::text() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->hash);
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string digest_of_line(std::string_view line) {
  ExportDigest digest;
  digest.add(line);
  return digest.text();
}

}  // namespace callisto::persist
