// Colour for standard error and the shell. It never carries meaning alone: words do.
#pragma once

#include <string>
#include <string_view>

namespace callisto::repl {

class Colors {
 public:
  explicit Colors(bool on = false) : on_(on) {}

  [[nodiscard]] std::string error(std::string_view text) const { return wrap("1;31", text); }

  [[nodiscard]] std::string warning(std::string_view text) const { return wrap("1;33", text); }

  [[nodiscard]] std::string strong(std::string_view text) const { return wrap("1", text); }

  [[nodiscard]] std::string quiet(std::string_view text) const { return wrap("2", text); }

  [[nodiscard]] std::string struck(std::string_view text) const { return wrap("2;9", text); }

 private:
  [[nodiscard]] std::string wrap(const char* code, std::string_view text) const {
    if (!on_) return std::string(text);
    return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
  }

  bool on_;
};

}  // namespace callisto::repl
