// What a query is asked of, and how.
#pragma once

#include "tests/oracle/plain_graph.h"
#include <callisto/query_options.h>

namespace callisto::oracle {

struct World {
  const PlainGraph& graph;
  const QueryOptions& options;  // Variables, layer, deleted ones, revisits; now_ms has to be set.
};

}  // namespace callisto::oracle
