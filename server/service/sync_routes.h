// JupiterOne's synchronization API: /persister/synchronization/jobs (wire-api 2 to 6).
#pragma once

#include <string>
#include <vector>

#include "server/accounts.h"
#include "server/http/message.h"

namespace callisto::server {

// `path` is what follows /persister/synchronization/jobs, in segments.
[[nodiscard]] Response serve_sync(Account& account,
                                  const Request& request,
                                  const std::vector<std::string>& path);

}  // namespace callisto::server
