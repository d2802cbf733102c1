// The digests of an export: XXH3 with 128 bits.
//
// The last line has that of all lines between the first and itself, each with the line feed that
// ends it: what `head -n -1 FILE | tail -n +2 | xxhsum -H2` prints. The first line, which differs
// between exports of equal graphs, has its own: of what stands before `,"digest"`.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace callisto::persist {

inline constexpr std::string_view kDigestField = "digest";

class ExportDigest {
 public:
  ExportDigest();
  ExportDigest(ExportDigest&& other) noexcept;
  ExportDigest& operator=(ExportDigest&& other) noexcept;
  ~ExportDigest();

  // A line, with or without its end.
  void add(std::string_view line);
  // Of the lines so far: 32 hexadecimal digits.
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of one line alone.
[[nodiscard]] std::string digest_of_line(std::string_view line);

}  // namespace callisto::persist
