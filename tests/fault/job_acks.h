// What a writer of sync jobs says on its standard output: one number for each acknowledged call.
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace callisto::tests {

enum class JobAck : std::uint8_t { Upload, Finalize, Mutation };

// Of round `number` of the jobs, or of the mutations.
inline std::uint64_t encode(JobAck ack, std::uint64_t number) {
  return number * 4 + static_cast<std::uint64_t>(ack);
}

inline JobAck ack_of(std::uint64_t code) {
  return static_cast<JobAck>(code % 4);
}

inline std::uint64_t number_of(std::uint64_t code) {
  return code / 4;
}

inline std::string job_of_round(std::uint64_t number, std::int64_t process) {
  return fmt::format("round-{}-{}", number, process);
}

inline constexpr int kJobHosts = 40;

}  // namespace callisto::tests
