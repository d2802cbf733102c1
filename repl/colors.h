// Colour for standard error and the shell. It never carries meaning alone: words do.
#pragma once

#include <string>
#include <string_view>

#include "repl/screen_text.h"

namespace callisto::repl {

class Colors {
 public:
  explicit Colors(bool on = false) : on_(on) {}

  [[nodiscard]] std::string error(std::string_view text) const { return wrap(Style::Error, text); }

  [[nodiscard]] std::string warning(std::string_view text) const {
    return wrap(Style::Warning, text);
  }

  [[nodiscard]] std::string strong(std::string_view text) const {
    return wrap(Style::Strong, text);
  }

  [[nodiscard]] std::string quiet(std::string_view text) const { return wrap(Style::Quiet, text); }

  [[nodiscard]] std::string struck(std::string_view text) const {
    return wrap(Style::Struck, text);
  }

 private:
  [[nodiscard]] std::string wrap(Style style, std::string_view text) const {
    return on_ ? styled(style, text) : std::string(text);
  }

  bool on_;
};

}  // namespace callisto::repl
