// Where exceptions end: what allocators, libraries and the caller's own functions throw becomes an
// Error.
#pragma once

#include <type_traits>
#include <utility>

#include <callisto/error.h>

namespace callisto {

// Thrown in place of what a caller's clock or source of ids has thrown, as they have no other way
// to fail.
struct LentFailure {
  Error error;
};

// The Error of the exception that is being handled. No memory: LimitExceeded; what nobody expects:
// Internal.
[[nodiscard]] Error error_of_exception() noexcept;

// That of one that a caller's function has thrown: InvalidInput, "the clock threw: ...".
[[nodiscard]] Error error_of_caller(const char* function) noexcept;

// Calls a function that gives a Result; an exception is one as well.
template <class Work>
[[nodiscard]] std::invoke_result_t<Work> guarded(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return tl::make_unexpected(error_of_exception());
  }
}

// The same for a caller's function.
template <class Work>
[[nodiscard]] std::invoke_result_t<Work> guarded_caller(const char* function, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return tl::make_unexpected(error_of_caller(function));
  }
}

}  // namespace callisto
