// gzip on the wire. The only door to zlib.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace callisto::server {

// Decompresses a body piece by piece. One thread at a time.
class Gunzip {
 public:
  enum class State : unsigned char { More, Done, Broken, TooLarge };

  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // Appends what `piece` holds to `out`, which never grows past `bytes_max`.
  State add(std::string_view piece, std::string& out, std::size_t bytes_max);

  // Whether the stream has come to its end.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  bool complete_ = false;
};

// Empty when zlib has no memory: send the body as it is then.
[[nodiscard]] std::string gzip(std::string_view body);

}  // namespace callisto::server
