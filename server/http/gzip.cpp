#include "server/http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace callisto::server {
namespace {

constexpr int kGzipWindowBits = 15 + 16;  // 16 asks zlib for the gzip format.
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

Bytef* input_of(std::string_view text) {
  // zlib does not write to its input; its interface is older than const.
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT
}

}  // namespace

struct Gunzip::Stream {
  z_stream z{};
  bool ready = false;
  std::array<char, kPieceBytes> buffer{};
};

Gunzip::Gunzip() : stream_(std::make_unique<Stream>()) {
  stream_->ready = inflateInit2(&stream_->z, kGzipWindowBits) == Z_OK;
}

Gunzip::~Gunzip() {
  if (stream_->ready) inflateEnd(&stream_->z);
}

Gunzip::State Gunzip::add(std::string_view piece, std::string& out, std::size_t bytes_max) {
  if (!stream_->ready) return State::Broken;
  z_stream& z = stream_->z;
  z.next_in = input_of(piece);
  z.avail_in = static_cast<uInt>(std::min<std::size_t>(piece.size(), 1U << 30));
  while (z.avail_in > 0 || z.avail_out == 0) {
    if (complete_) {
      if (z.avail_in == 0) break;
      // Several gzip members in a row are one body (RFC 1952, 2.2).
      if (inflateReset2(&z, kGzipWindowBits) != Z_OK) return State::Broken;
      complete_ = false;
    }
    z.next_out = reinterpret_cast<Bytef*>(stream_->buffer.data());
    z.avail_out = static_cast<uInt>(stream_->buffer.size());
    const int code = inflate(&z, Z_NO_FLUSH);
    const std::size_t made = stream_->buffer.size() - z.avail_out;
    if (made > bytes_max - std::min(bytes_max, out.size())) return State::TooLarge;
    out.append(stream_->buffer.data(), made);
    if (code == Z_STREAM_END) {
      complete_ = true;
      if (z.avail_in == 0) break;
    } else if (code == Z_BUF_ERROR) {
      break;
    } else if (code != Z_OK) {
      return State::Broken;
    }
  }
  return complete_ ? State::Done : State::More;
}

std::string gzip(std::string_view body) {
  z_stream z{};
  if (body.size() > std::numeric_limits<uInt>::max() ||
      deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&z, body.size()), '\0');
  z.next_in = input_of(body);
  z.avail_in = static_cast<uInt>(body.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&z, Z_FINISH);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return code == Z_STREAM_END ? out : std::string();
}

}  // namespace callisto::server
