// Counters and times of requests, in Prometheus' text format.
//
// Thread safety: any. Routes are patterns, so there are few of them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "server/http/http_server.h"

namespace callisto::server {

class Metrics {
 public:
  void count(const std::string& route, unsigned status, double milliseconds);
  // `sockets` may be null. Source: Prometheus exposition format 0.0.4.
  [[nodiscard]] std::string text(const HttpFigures* sockets) const;

 private:
  static constexpr std::array<double, 8> kBucketsMs{1, 5, 10, 50, 100, 500, 1000, 10'000};

  struct Times {
    std::array<std::uint64_t, kBucketsMs.size()> within{};
    std::uint64_t count = 0;
    double sum_ms = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, unsigned>, std::uint64_t> requests_;
  std::map<std::string, Times> times_;
};

}  // namespace callisto::server
