// The parameters of a query string, by name.
#pragma once

#include <string>
#include <vector>

#include "server/http/message.h"

namespace callisto::server {

// Percent-decoded, in their order; those that cannot be decoded are left out.
[[nodiscard]] std::vector<std::string> parameter_names(const Request& request);

}  // namespace callisto::server
