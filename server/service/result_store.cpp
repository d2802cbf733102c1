#include "server/service/result_store.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <openssl/rand.h>

namespace callisto::server {
namespace {

// 128 random bits from the system's generator for keys.
std::string random_name() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name;
  for (const unsigned char byte : bytes) {
    name += kDigits[byte >> 4U];
    name += kDigits[byte & 15U];
  }
  return name;
}

}  // namespace

std::size_t StoredResult::bytes() const {
  std::size_t sum = sizeof(StoredResult);
  for (const std::string& page : pages) {
    sum += page.capacity() + sizeof(std::string);
  }
  for (const std::string& message : messages) {
    sum += message.capacity() + sizeof(std::string);
  }
  return sum;
}

std::string ResultStore::add(StoredResultPtr result) {
  std::string name = random_name();
  const std::size_t size = result->bytes();
  const std::lock_guard lock(mutex_);
  oldest_first_.push_back({name, std::move(result), clock_.now_ms()});
  by_name_[name] = std::prev(oldest_first_.end());
  bytes_ += size;
  sweep();
  return name;
}

void ResultStore::sweep() {
  const std::int64_t now = clock_.now_ms();
  // The newest stays whatever its size: its own limit has let it through.
  while (oldest_first_.size() > 1 &&
         (bytes_ > bytes_max_ || now - oldest_first_.front().made_at_ms > kept_ms_)) {
    bytes_ -= oldest_first_.front().result->bytes();
    by_name_.erase(oldest_first_.front().name);
    oldest_first_.pop_front();
  }
}

StoredResultPtr ResultStore::find(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(std::string(name));
  if (found == by_name_.end()) return nullptr;
  const Entry& entry = *found->second;
  return clock_.now_ms() - entry.made_at_ms > kept_ms_ ? nullptr : entry.result;
}

std::size_t ResultStore::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace callisto::server
