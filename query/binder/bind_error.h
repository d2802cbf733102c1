// A query that is J1QL, but means something that cannot be.
#pragma once

#include <string>
#include <utility>

#include <callisto/error.h>

namespace callisto::query {

[[nodiscard]] inline tl::unexpected<Error> bind_error(std::string message, SourceSpan span) {
  return tl::make_unexpected(
      Error{.code = ErrorCode::BindError, .message = std::move(message), .span = span});
}

}  // namespace callisto::query
