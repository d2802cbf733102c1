// A few hundred queries of the shapes that people write, over the names of the generated graph:
// what parsing and planning a typical one costs.
#pragma once

#include <string>
#include <vector>

namespace callisto::bench {

// Every combination of a target and a condition, each with another tail. The same at each call.
[[nodiscard]] std::vector<std::string> varied_queries();

}  // namespace callisto::bench
