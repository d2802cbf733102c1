// Exit codes of the command: docs/errors.md.
#pragma once

#include <algorithm>

#include <callisto/error.h>

namespace callisto::repl {

// In order of weight: of several, the highest is the answer.
enum class ExitCode : int { Ok = 0, Refused = 1, Usage = 2, Limit = 3, Failure = 4 };

[[nodiscard]] constexpr ExitCode exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::ParseError:
    case ErrorCode::BindError:
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
      return ExitCode::Refused;
    case ErrorCode::LimitExceeded:
    case ErrorCode::Cancelled:
      return ExitCode::Limit;
    case ErrorCode::Corruption:
    case ErrorCode::Io:
    case ErrorCode::Internal:
      return ExitCode::Failure;
  }
  return ExitCode::Failure;
}

[[nodiscard]] constexpr ExitCode worse(ExitCode a, ExitCode b) {
  return std::max(a, b);
}

}  // namespace callisto::repl
