#include "server/pinned_views.h"

#include <algorithm>

namespace callisto::server {

void PinnedViews::pin(const GraphView& view, std::int64_t kept_ms) {
  const std::lock_guard lock(mutex_);
  std::erase_if(pins_, [&](const Pin& pin) { return pin.view.version() == view.version(); });
  if (pins_.size() == kViewsMax) pins_.erase(pins_.begin());
  pins_.push_back({view, clock_.now_ms() + kept_ms});
}

std::optional<GraphView> PinnedViews::find(std::uint64_t version) {
  sweep();
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(
      pins_.begin(), pins_.end(), [&](const Pin& pin) { return pin.view.version() == version; });
  if (found == pins_.end()) return std::nullopt;
  return found->view;
}

void PinnedViews::sweep() {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.now_ms();
  std::erase_if(pins_, [&](const Pin& pin) { return pin.ends_at_ms < now; });
}

std::size_t PinnedViews::size() const {
  const std::lock_guard lock(mutex_);
  return pins_.size();
}

}  // namespace callisto::server
