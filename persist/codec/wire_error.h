// Errors that carry the code of the JupiterOne wire beside our own.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <callisto/error.h>

namespace callisto::persist {

namespace wire {
inline constexpr std::string_view kInvalidSource = "INVALID_SOURCE";
inline constexpr std::string_view kInvalidSyncMode = "INVALID_SYNC_MODE";
inline constexpr std::string_view kInvalidJobId = "INVALID_JOB_ID";
inline constexpr std::string_view kScopeRequired = "SCOPE_REQUIRED";
inline constexpr std::string_view kScopeNotAllowed = "SCOPE_NOT_ALLOWED";
inline constexpr std::string_view kInvalidInstance = "SYNC_JOB_INVALID_INTEGRATION_INSTANCE";
inline constexpr std::string_view kOverrideNotEnabled = "OVERRIDE_NOT_ENABLED";
inline constexpr std::string_view kRelationshipsNotAllowed = "RELATIONSHIPS_NOT_ALLOWED";
inline constexpr std::string_view kEntitiesNotAllowed = "ENTITIES_NOT_ALLOWED";
inline constexpr std::string_view kDeletesNotAllowed = "DELETES_NOT_ALLOWED";
inline constexpr std::string_view kOverrideLimitExceeded = "OVERRIDE_LIMIT_EXCEEDED";
inline constexpr std::string_view kEntityIdRequired = "ENTITY_ID_REQUIRED";
inline constexpr std::string_view kRequiredProperty = "REQUIRED_PROPERTY_MISSING";
inline constexpr std::string_view kInvalidPropertyValue = "INVALID_PROPERTY_VALUE";
inline constexpr std::string_view kDuplicateKey = "DUPLICATE_KEY";
inline constexpr std::string_view kInvalidJson = "INVALID_JSON";
inline constexpr std::string_view kNothingRecognized = "NOTHING_RECOGNIZED";
inline constexpr std::string_view kEntityIsNotArray = "ENTITY_IS_NOT_ARRAY";
inline constexpr std::string_view kBodyTooLarge = "RequestEntityTooLargeException";
inline constexpr std::string_view kUploadsLimitExceeded = "UPLOADS_LIMIT_EXCEEDED";
inline constexpr std::string_view kJobNotFound = "SYNC_JOB_NOT_FOUND";
inline constexpr std::string_view kJobNotAwaitingUploads = "JOB_NOT_AWAITING_UPLOADS";
inline constexpr std::string_view kJobExists = "SYNC_JOB_EXISTS";
inline constexpr std::string_view kDeletionGuard = "DELETION_GUARD";
}  // namespace wire

[[nodiscard]] inline Error wire_error(ErrorCode code, std::string_view wire, std::string message) {
  return Error{
      .code = code, .message = std::move(message), .span = {}, .hints = {std::string(wire)}};
}

[[nodiscard]] inline tl::unexpected<Error> refuse(ErrorCode code,
                                                  std::string_view wire,
                                                  std::string message) {
  return tl::make_unexpected(wire_error(code, wire, std::move(message)));
}

}  // namespace callisto::persist
