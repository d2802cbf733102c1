#include "server/service/metrics.h"

#include <fmt/format.h>

namespace callisto::server {

void Metrics::count(const std::string& route, unsigned status, double milliseconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{route, status}];
  Times& times = times_[route];
  ++times.count;
  times.sum_ms += milliseconds;
  for (std::size_t i = 0; i < kBucketsMs.size(); ++i) {
    if (milliseconds <= kBucketsMs[i]) ++times.within[i];
  }
}

std::string Metrics::text(const HttpFigures* sockets) const {
  std::string out;
  const auto head = [&out](const char* name, const char* type, const char* help) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
  };
  const std::lock_guard lock(mutex_);
  head("callisto_http_requests_total", "counter", "Requests answered.");
  for (const auto& [key, count] : requests_) {
    out += fmt::format("callisto_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n",
                       key.first,
                       key.second,
                       count);
  }
  head("callisto_http_request_seconds", "histogram", "Time from the header to the answer.");
  for (const auto& [route, times] : times_) {
    for (std::size_t i = 0; i < kBucketsMs.size(); ++i) {
      out += fmt::format("callisto_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                         route,
                         kBucketsMs[i] / 1000,
                         times.within[i]);
    }
    out += fmt::format(
        "callisto_http_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
        "callisto_http_request_seconds_sum{{route=\"{0}\"}} {2}\n"
        "callisto_http_request_seconds_count{{route=\"{0}\"}} {1}\n",
        route,
        times.count,
        times.sum_ms / 1000);
  }
  if (sockets == nullptr) return out;
  const auto figure = [&](const char* name, const char* type, const char* help, auto value) {
    head(name, type, help);
    out += fmt::format("{} {}\n", name, value);
  };
  figure("callisto_connections_open", "gauge", "Connections now.", sockets->connections_open);
  figure("callisto_connections_total", "counter", "Connections taken.", sockets->connections_total);
  figure("callisto_connections_refused_total",
         "counter",
         "Connections turned away.",
         sockets->connections_refused);
  figure("callisto_body_bytes", "gauge", "Bytes of bodies in memory.", sockets->body_bytes_held);
  figure(
      "callisto_answer_bytes", "gauge", "Bytes of answers in memory.", sockets->answer_bytes_held);
  figure("callisto_requests_in_work",
         "gauge",
         "Requests that wait for a worker or have one.",
         sockets->requests_in_work);
  figure("callisto_queries_waiting", "gauge", "Queries in the queue.", sockets->queries_waiting);
  figure("callisto_writes_waiting", "gauge", "Writes in the queue.", sockets->writes_waiting);
  return out;
}

}  // namespace callisto::server
