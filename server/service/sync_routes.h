// JupiterOne's synchronization API: /persister/synchronization/jobs (wire-api 2 to 6).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/accounts.h"
#include "server/http/message.h"

namespace callisto::server {

// What is said to a request that no route takes, before its body is read. `path` is what follows
// /persister/synchronization/jobs, in segments.
[[nodiscard]] std::optional<Response> refuse_sync_route(const Request& request,
                                                        const std::vector<std::string>& path);

// Of a request that is not refused so. A job beyond `open_jobs_max`
// of the account that wait for uploads is not started.
[[nodiscard]] Response serve_sync(Account& account,
                                  const Request& request,
                                  const std::vector<std::string>& path,
                                  std::size_t open_jobs_max);

}  // namespace callisto::server
