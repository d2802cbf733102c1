// Threads that work for several tenants, so that none of them keeps the others waiting.
//
// A tenant has at most `of_tenant` of the threads at a time, and whoever has waited for a free one
// the longest comes next. One thread more takes brief turns only: first tries of what may be taken
// back, for those who would have to wait otherwise. What a brief turn was too short for waits for a
// full one.
//
// Thread safety: submit() from any thread. The destructor runs what is queued, then joins.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/http/message.h"

namespace callisto::server {

class WorkerPool {
 public:
  struct Options {
    std::size_t threads = 1;        // For full turns.
    std::size_t of_tenant = 1;      // Of these, for one tenant at a time.
    std::size_t waiting_max = 256;  // Tasks of one tenant.
  };

  // False: the brief turn was too short, and nothing was done.
  using Task = std::function<bool(Turn)>;

  explicit WorkerPool(const Options& options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when too many of the tenant wait: nothing is run then. A task that throws is dropped.
  [[nodiscard]] bool submit(const std::string& tenant, bool brief, Task task);
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Waiting {
    Task task;
    std::uint64_t since = 0;
  };

  using Queue = std::list<Waiting>;  // Moved from one to another without asking for memory.

  struct Tenant {
    Queue fresh{};  // May be tried in a brief turn.
    Queue rest{};
    std::size_t working = 0;   // Full turns.
    std::size_t trying = 0;    // Brief ones.
    std::uint64_t served = 0;  // When a full turn of it began last, and a brief one.
    std::uint64_t tried = 0;
  };

  using Tenants = std::map<std::string, Tenant, std::less<>>;

  // A brief turn may still give something back.
  [[nodiscard]] bool is_over() const { return closing_ && waiting_ + working_ == 0; }

  void run_full();
  void run_brief();
  [[nodiscard]] Tenants::iterator next_full();
  [[nodiscard]] Tenants::iterator next_brief();
  void work(std::unique_lock<std::mutex>& lock,
            Tenants::iterator tenant,
            Queue& from,
            std::size_t Tenant::*count,
            Turn turn);

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable full_ready_;
  std::condition_variable brief_ready_;
  Tenants tenants_;  // Those that wait or work.
  std::size_t waiting_ = 0;
  std::size_t working_ = 0;
  std::size_t idle_ = 0;  // Threads for full turns.
  std::uint64_t clock_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace callisto::server
