// What the objects of the library do when they were moved from.
#pragma once

#include <memory>
#include <string>
#include <type_traits>

#include "core/errors/barrier.h"

namespace callisto {

[[nodiscard]] inline tl::unexpected<Error> moved_from(const char* type) {
  return fail(ErrorCode::InvalidInput,
              std::string("this ") + type + " was moved from: use the one it was moved to");
}

// Runs `work(*impl)`, which gives a Result. An object that was moved from, and what is thrown, is
// an error.
template <class Pointer, class Work>
[[nodiscard]] auto with(const char* type, const Pointer& impl, const Work& work)
    -> std::invoke_result_t<Work, decltype(*impl)> {
  return guarded([&]() -> std::invoke_result_t<Work, decltype(*impl)> {
    if (!impl) return moved_from(type);
    return work(*impl);
  });
}

}  // namespace callisto
