// `FIND "words"`: j1ql 3.9, 3.10.
#pragma once

#include <string_view>

#include "tests/oracle/world.h"

namespace callisto::oracle {

// Whether every blank-free word of `text` stands in some text of the entity, metadata included.
[[nodiscard]] bool mentions(const World& world, std::size_t entity, std::string_view text);

}  // namespace callisto::oracle
