// Answers in the shapes that JupiterOne's clients parse (wire-api 11).
#pragma once

#include <string>
#include <string_view>

#include <callisto/error.h>

#include "server/http/message.h"
#include "server/json/json.h"

namespace callisto::server {

[[nodiscard]] Response json_response(const Json& body, unsigned status = 200);
// {"error":{"code":..,"message":..}}
[[nodiscard]] Response error_response(unsigned status,
                                      std::string_view code,
                                      std::string_view message);
// 405. `allowed` is what the header Allow lists: kReads, "POST", ..
[[nodiscard]] Response wrong_method(std::string_view allowed);
inline constexpr std::string_view kReads = "GET, HEAD";
// A refusal of the engine: a client's mistake is never a 5xx, since clients send a batch up to 20
// times then. Source: wire-api 11, D36.
[[nodiscard]] Response engine_error(const Error& error);
// A query's mistake with its hints in the message, since only that reaches a person. The message of
// the engine stays as it is at the beginning: clients look for forms in it.
[[nodiscard]] Error with_hints(const Error& error);
// The code of a refusal in the body: the engine's own, or one by ErrorCode.
[[nodiscard]] std::string wire_code_of(const Error& error);
[[nodiscard]] const char* name_of(ErrorCode code);

}  // namespace callisto::server
