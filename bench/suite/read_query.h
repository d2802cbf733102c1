// The reads that are measured: one question a class, in J1QL and, for the peer, in SQL.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace callisto::bench {

// What stands for ${value} (J1QL) and ?1 (SQL): another one for every run.
enum class Parameter : std::uint8_t { None, UserId, UserEmail };

struct ReadQuery {
  std::string_view name{};  // "q03_scan_eq": the same question class as in the goals.
  std::string_view j1ql{};
  std::string_view sql{};  // Empty: SQLite has no fair way to ask it.
  Parameter parameter = Parameter::None;
  bool revisit_vertices = false;  // Cycles: the path has to come back to where it began.
};

[[nodiscard]] const std::vector<ReadQuery>& read_queries();

}  // namespace callisto::bench
