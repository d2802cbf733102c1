#include "server/service/answers.h"

namespace callisto::server {

Response json_response(const Json& body, unsigned status) {
  Response response;
  response.status = status;
  append_json(response.body, body);
  return response;
}

Response error_response(unsigned status, std::string_view code, std::string_view message) {
  Json error;
  error.set("code", code).set("message", message);
  Json body;
  body.set("error", std::move(error));
  return json_response(body, status);
}

Response wrong_method(std::string_view allowed) {
  Response response = error_response(
      405, "METHOD_NOT_ALLOWED", "this route takes " + std::string(allowed) + " only");
  response.headers.emplace_back("Allow", std::string(allowed));
  return response;
}

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::ParseError:
      return "PARSER_ERROR";
    case ErrorCode::BindError:
      return "VALIDATION_ERROR";
    case ErrorCode::InvalidInput:
      return "INVALID_INPUT";
    case ErrorCode::NotFound:
      return "NOT_FOUND";
    case ErrorCode::Conflict:
      return "CONFLICT";
    case ErrorCode::LimitExceeded:
      return "LIMIT_EXCEEDED";
    case ErrorCode::Cancelled:
      return "CANCELLED";
    case ErrorCode::Corruption:
      return "CORRUPTION";
    case ErrorCode::Io:
      return "IO_ERROR";
    case ErrorCode::Internal:
      return "INTERNAL_SERVER_ERROR";
  }
  return "INTERNAL_SERVER_ERROR";
}

Error with_hints(const Error& error) {
  Error out = error;
  for (const std::string& hint : error.hints) {
    out.message += " " + hint;
  }
  out.hints.clear();
  return out;
}

std::string wire_code_of(const Error& error) {
  if (!error.hints.empty()) {
    const std::string& hint = error.hints.front();
    const bool shouted = hint.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos;
    if (shouted || hint == "RequestEntityTooLargeException") return hint;
  }
  return name_of(error.code);
}

Response engine_error(const Error& error) {
  const std::string code = wire_code_of(error);
  unsigned status = 400;
  if (code == "OVERRIDE_NOT_ENABLED") {
    status = 403;
  } else if (code == "RequestEntityTooLargeException") {
    status = 413;
  } else if (code == "UPLOADS_LIMIT_EXCEEDED") {
    status = 429;  // 413 would make clients send the same with less in it.
  } else if (code == "SYNC_JOB_NOT_FOUND" || code == "NOT_FOUND") {
    status = 404;
  } else if (error.code == ErrorCode::Corruption || error.code == ErrorCode::Io ||
             error.code == ErrorCode::Internal) {
    status = 500;
  } else if (error.code == ErrorCode::Cancelled) {
    status = 499;
  }
  return error_response(status, code, error.message);
}

}  // namespace callisto::server
