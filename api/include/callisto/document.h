// Texts that a program keeps beside the graph.
#pragma once

#include <string>

namespace callisto {

struct Document {
  std::string id;
  std::string text;
};

}  // namespace callisto
