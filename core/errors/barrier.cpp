#include "core/errors/barrier.h"

#include <exception>
#include <new>
#include <stdexcept>
#include <string>

#include <callisto/utf8.h>

namespace callisto {
namespace {

// Short enough to be kept without memory.
constexpr const char* kNoMemory = "out of memory";

Error no_memory() noexcept {
  return {.code = ErrorCode::LimitExceeded, .message = kNoMemory};
}

Error with_message(ErrorCode code, const char* before, const char* what) noexcept {
  try {
    return {.code = code, .message = std::string(before) + shown_text(what)};
  } catch (...) {
    return no_memory();
  }
}

}  // namespace

Error error_of_exception() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return no_memory();
  } catch (const std::length_error&) {  // A text or list of more than can be addressed.
    return no_memory();
  } catch (LentFailure& failure) {
    return std::move(failure.error);
  } catch (const std::exception& error) {
    return with_message(ErrorCode::Internal, "an exception that nothing expects: ", error.what());
  } catch (...) {
    return with_message(ErrorCode::Internal, "an exception that nothing expects", "");
  }
}

Error error_of_caller(const char* function) noexcept {
  try {
    const std::string before = std::string(function) + " threw: ";
    try {
      throw;
    } catch (const std::bad_alloc&) {
      return no_memory();
    } catch (const std::exception& error) {
      return with_message(ErrorCode::InvalidInput, before.c_str(), error.what());
    } catch (...) {
      return with_message(ErrorCode::InvalidInput, before.c_str(), "no std::exception");
    }
  } catch (...) {
    return no_memory();
  }
}

void read_missing_error() {
  throw std::logic_error("the error of a Result was read that has a value");
}

}  // namespace callisto
