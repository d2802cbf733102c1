#include "bench/suite/build_info.h"

#include "build_commit.h"  // Made by build_commit.cmake.

namespace callisto::bench {

std::string_view build_commit() {
  return CALLISTO_BENCH_COMMIT;
}

std::string_view build_compiler() {
  return CALLISTO_BENCH_COMPILER;
}

std::string_view build_flags() {
  return CALLISTO_BENCH_FLAGS;
}

std::string_view questions_folder() {
  return CALLISTO_BENCH_QUESTIONS;
}

}  // namespace callisto::bench
