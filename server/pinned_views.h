// The graph versions that clients are reading page by page.
//
// Bounded: the one that was not asked for the longest goes when there are too many, or after its
// time. Thread safety: all functions from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include <callisto/clock.h>
#include <callisto/graph_view.h>

namespace callisto::server {

class PinnedViews {
 public:
  explicit PinnedViews(const Clock& clock) : clock_(clock) {}

  // Keeps the version for `kept_ms` from now.
  void pin(const GraphView& view, std::int64_t kept_ms);
  // Nothing when no version of that number is kept any more.
  [[nodiscard]] std::optional<GraphView> find(std::uint64_t version);
  // Forgets those whose time is over.
  void sweep();
  [[nodiscard]] std::size_t size() const;

 private:
  static constexpr std::size_t kViewsMax = 8;

  struct Pin {
    GraphView view;
    std::int64_t ends_at_ms = 0;
  };

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<Pin> pins_;  // The latest pinned last.
};

}  // namespace callisto::server
