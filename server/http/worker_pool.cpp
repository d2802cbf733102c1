#include "server/http/worker_pool.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace callisto::server {
namespace {

// A task that throws has no memory left to say so: its client is told by what it leaves behind.
bool done(const WorkerPool::Task& task, Turn turn) {
  try {
    return task(turn);
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace

WorkerPool::WorkerPool(const Options& options) : options_(options) {
  for (std::size_t i = 0; i < options.threads; ++i) {
    threads_.emplace_back([this] { run_full(); });
  }
  threads_.emplace_back([this] { run_brief(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  full_ready_.notify_all();
  brief_ready_.notify_all();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

bool WorkerPool::submit(const std::string& tenant, bool brief, Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_) return false;
    Tenant& own = tenants_[tenant];
    if (own.fresh.size() + own.rest.size() >= options_.waiting_max) return false;
    (brief ? own.fresh : own.rest).push_back({std::move(task), ++clock_});
    ++waiting_;
  }
  full_ready_.notify_one();
  brief_ready_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

WorkerPool::Tenants::iterator WorkerPool::next_full() {
  auto best = tenants_.end();
  for (auto tenant = tenants_.begin(); tenant != tenants_.end(); ++tenant) {
    const Tenant& one = tenant->second;
    if (one.fresh.empty() && one.rest.empty()) continue;
    if (one.working >= options_.of_tenant) continue;
    const auto rank = [](const Tenant& any) { return std::pair(any.working, any.served); };
    if (best == tenants_.end() || rank(one) < rank(best->second)) best = tenant;
  }
  return best;
}

// Nobody who is about to get a full turn is tried first.
WorkerPool::Tenants::iterator WorkerPool::next_brief() {
  auto best = tenants_.end();
  for (auto tenant = tenants_.begin(); tenant != tenants_.end(); ++tenant) {
    const Tenant& one = tenant->second;
    if (one.fresh.empty()) continue;
    if (idle_ > 0 && one.working < options_.of_tenant) continue;
    if (best == tenants_.end() || one.tried < best->second.tried) best = tenant;
  }
  return best;
}

void WorkerPool::run_full() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    auto tenant = tenants_.end();
    full_ready_.wait(lock, [&] {
      tenant = next_full();
      return tenant != tenants_.end() || is_over();
    });
    --idle_;
    if (tenant == tenants_.end()) return;
    Tenant& own = tenant->second;
    const bool fresh_first = own.rest.empty() || (!own.fresh.empty() &&
                                                  own.fresh.front().since < own.rest.front().since);
    own.served = ++clock_;
    work(lock, tenant, fresh_first ? own.fresh : own.rest, &Tenant::working, Turn::Full);
  }
}

void WorkerPool::run_brief() {
  std::unique_lock lock(mutex_);
  while (true) {
    auto tenant = tenants_.end();
    brief_ready_.wait(lock, [&] {
      tenant = next_brief();
      return tenant != tenants_.end() || closing_;
    });
    if (tenant == tenants_.end()) return;  // The other threads run what is left.
    tenant->second.tried = ++clock_;
    work(lock, tenant, tenant->second.fresh, &Tenant::trying, Turn::Brief);
  }
}

void WorkerPool::work(std::unique_lock<std::mutex>& lock,
                      Tenants::iterator tenant,
                      Queue& from,
                      std::size_t Tenant::*count,
                      Turn turn) {
  Tenant& own = tenant->second;
  Queue one;
  one.splice(one.begin(), from, from.begin());
  --waiting_;
  ++(own.*count);
  ++working_;
  lock.unlock();
  brief_ready_.notify_one();  // Who waits may have lost the thread that was to take it.
  const bool finished = done(one.front().task, turn);
  if (finished) one.clear();  // Here, since it may hold the last of a connection.
  lock.lock();
  --(own.*count);
  --working_;
  if (!finished) {
    const std::uint64_t since = one.front().since;
    const auto later = std::find_if(
        own.rest.begin(), own.rest.end(), [&](const Waiting& any) { return any.since > since; });
    own.rest.splice(later, one);
    ++waiting_;
    full_ready_.notify_one();
  }
  if (is_over()) full_ready_.notify_all();
  const bool gone = own.fresh.empty() && own.rest.empty() && own.working + own.trying == 0;
  if (gone) tenants_.erase(tenant);
}

}  // namespace callisto::server
