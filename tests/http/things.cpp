#include "tests/http/things.h"

#include <fmt/format.h>

namespace callisto::tests {

std::string things(int count, int version) {
  std::string rows = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    rows += fmt::format(R"({}{{"_key":"k{}","_type":"thing","_class":"Thing","version":{}}})",
                        i == 0 ? "" : ",",
                        i,
                        version);
  }
  return rows + "]}";
}

}  // namespace callisto::tests
