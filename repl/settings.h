// What a user can choose for a run of the command or a session of the shell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "repl/formats.h"
#include <callisto/database.h>

namespace callisto::repl {

inline constexpr std::size_t kShellRowsMax = 10'000;
inline constexpr std::size_t kBoxRowsShown = 20;
inline constexpr std::size_t kMemoryMibMax = std::size_t{1} << 40;
inline constexpr double kTimeoutSecondsMax = 1e9;

struct Settings {
  Format format = Format::Box;
  LayerView layer = LayerView::Effective;
  std::map<std::string, Value> parameters{};
  QueryLimits limits{};
  bool include_deleted = false;
  bool revisit_vertices = false;
  bool timer = false;
  std::size_t rows_shown = kBoxRowsShown;  // Of a box on a terminal; 0: all.
  std::optional<std::size_t> width{};      // Of a box; nullopt: the screen's; 0: no folding.
  std::string pager{};                     // For answers longer than the screen; empty: none.
};

// 0, no limit, only of 0: a shorter time than a millisecond is one.
[[nodiscard]] std::int64_t timeout_ms(double seconds);

[[nodiscard]] QueryOptions query_options(const Settings& settings);

}  // namespace callisto::repl
