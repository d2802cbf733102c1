// Small random graphs with few words, so that random queries about them find something.
#pragma once

#include "tests/oracle/plain_graph.h"
#include "tests/support/random_query.h"

namespace callisto::oracle {

// A few entities of each kind, related at random: parallel relationships, loops, properties that
// are absent, of several kinds or lists; some values pinned by overrides, some entities deleted.
[[nodiscard]] PlainGraph random_graph(const test::Dice& dice);

// The words in which to ask about such a graph.
[[nodiscard]] test::Vocabulary graph_words();

}  // namespace callisto::oracle
