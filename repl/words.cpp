// The words of the command line and the shell, to values and back.
#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>

#include <date/date.h>

#include "repl/command_line.h"

namespace callisto::repl {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    if (c == '_') return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

struct NamedMode {
  const char* name;
  SyncMode mode;
};

constexpr std::array<NamedMode, 5> kModes{{{"diff", SyncMode::Diff},
                                           {"patch", SyncMode::Patch},
                                           {"cross-scope", SyncMode::CrossScope},
                                           {"override", SyncMode::Override},
                                           {"create-or-update", SyncMode::CreateOrUpdate}}};

struct NamedState {
  const char* name;
  OverrideState state;
};

constexpr std::array<NamedState, 6> kStates{{{"active", OverrideState::Active},
                                             {"shadowed", OverrideState::Shadowed},
                                             {"redundant", OverrideState::Redundant},
                                             {"drifted", OverrideState::Drifted},
                                             {"orphaned", OverrideState::Orphaned},
                                             {"overdue", OverrideState::Overdue}}};

template <class Named>
std::vector<std::string> names_of(const Named& table) {
  std::vector<std::string> names;
  names.reserve(std::size(table));
  for (const auto& entry : table)
    names.emplace_back(entry.name);
  return names;
}

}  // namespace

std::optional<SyncMode> sync_mode_from_text(const std::string& text) {
  for (const NamedMode& entry : kModes) {
    if (lower(text) == entry.name) return entry.mode;
  }
  return std::nullopt;
}

const std::vector<std::string>& sync_mode_names() {
  static const std::vector<std::string> kNames = names_of(kModes);
  return kNames;
}

std::optional<LayerView> layer_from_text(const std::string& text) {
  for (const LayerView layer :
       {LayerView::Effective, LayerView::Integration, LayerView::Mutation}) {
    if (lower(text) == layer_name(layer)) return layer;
  }
  if (lower(text) == "integration") return LayerView::Integration;  // Its name of before.
  return std::nullopt;
}

const std::vector<std::string>& layer_names() {
  static const std::vector<std::string> kNames{"effective", "mutation", "base"};
  return kNames;
}

const char* layer_name(LayerView layer) {
  switch (layer) {
    case LayerView::Effective:
      return "effective";
    case LayerView::Mutation:
      return "mutation";
    case LayerView::Integration:
      return "base";
  }
  return "";
}

std::optional<OverrideState> override_state_from_text(const std::string& text) {
  for (const NamedState& entry : kStates) {
    if (lower(text) == entry.name) return entry.state;
  }
  return std::nullopt;
}

const std::vector<std::string>& override_state_names() {
  static const std::vector<std::string> kNames = names_of(kStates);
  return kNames;
}

std::optional<std::int64_t> date_from_text(const std::string& text) {
  for (const char* form : {"%FT%TZ", "%F %T", "%F"}) {
    std::istringstream in(text);
    date::sys_time<std::chrono::milliseconds> time;
    in >> date::parse(form, time);
    if (!in.fail() && in.peek() == std::istringstream::traits_type::eof()) {
      return time.time_since_epoch().count();
    }
  }
  return std::nullopt;
}

}  // namespace callisto::repl
