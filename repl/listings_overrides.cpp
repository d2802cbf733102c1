// Overrides as a table and as counts per state.
#include <algorithm>
#include <array>

#include "repl/listings.h"
#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

// What needs a look first comes first.
constexpr std::array<OverrideState, 6> kByUrgency{OverrideState::Drifted,
                                                  OverrideState::Overdue,
                                                  OverrideState::Orphaned,
                                                  OverrideState::Redundant,
                                                  OverrideState::Shadowed,
                                                  OverrideState::Active};

std::string name_of(const OverrideInfo& info) {
  if (!info.display_name.empty()) return info.display_name;
  return info.entity_key.empty() ? info.entity_id : info.entity_key;
}

std::string example_of(const OverrideInfo& info, OverrideState state) {
  std::string head = visible(name_of(info)) + "." + visible(info.property) + "  ";
  const std::string value = value_words(info.value);
  const std::string below = value_words(info.below_now);
  switch (state) {
    case OverrideState::Drifted:
      if (info.value == info.below_now) {
        return head + "both say " + value + " now (was " + value_words(info.below_then) + ")";
      }
      return head + value + " hides " + below + " (was " + value_words(info.below_then) + ")";
    case OverrideState::Redundant:
      return head + "both say " + value;
    case OverrideState::Shadowed:
      return head + value + " waits behind an older scope";
    case OverrideState::Orphaned:
      return head + value + ", but the entity is gone";
    case OverrideState::Overdue:
      return head + value + ", review was due " +
             (info.review_by_ms ? iso_time(*info.review_by_ms) : std::string("—"));
    case OverrideState::Active:
      return head + value + " hides " + below;
  }
  return head;
}

Value text(const std::string& words) {
  return words.empty() ? Value(Null{}) : Value(words);
}

struct StateLine {
  std::string state;
  std::string count;
  std::string oldest;
  std::string example;
};

}  // namespace

std::string value_words(const Value& value) {
  return is_null(value) ? "—" : visible(to_json(value));
}

std::string state_words(const std::vector<OverrideState>& states) {
  std::string words;
  for (const OverrideState state : states)
    words += (words.empty() ? "" : ", ") + std::string(to_string(state));
  return words;
}

ResultTable override_table(const std::vector<OverrideInfo>& overrides, Format format) {
  const auto shown = [typed =
                          format == Format::Json || format == Format::Ndjson](const Value& value) {
    const bool has_texts =
        std::holds_alternative<std::string>(value) || std::holds_alternative<List>(value);
    return !typed && has_texts ? Value(to_json(value)) : value;
  };
  ResultTable table;
  table.columns = {"state",
                   "states",
                   "scope",
                   "entity",
                   "property",
                   "value",
                   "belowNow",
                   "belowThen",
                   "setAt",
                   "author",
                   "reason",
                   "reviewBy",
                   "entityId"};
  for (const OverrideInfo& info : overrides) {
    table.rows.push_back({text(info.states.empty() ? "" : to_string(info.states.front())),
                          text(state_words(info.states)),
                          text(info.scope),
                          text(name_of(info)),
                          text(info.property),
                          shown(info.value),
                          shown(info.below_now),
                          shown(info.below_then),
                          text(iso_time(info.set_at_ms)),
                          text(info.author),
                          text(info.reason),
                          text(info.review_by_ms ? iso_time(*info.review_by_ms) : std::string()),
                          text(info.entity_id)});
  }
  return table;
}

std::string override_summary(const std::vector<OverrideInfo>& overrides) {
  if (overrides.empty()) return "no overrides\n";
  std::vector<StateLine> lines{{"STATE", "COUNT", "OLDEST", "EXAMPLE"}};
  for (const OverrideState state : kByUrgency) {
    std::uint64_t count = 0;
    const OverrideInfo* oldest = nullptr;
    const OverrideInfo* example = nullptr;
    for (const OverrideInfo& info : overrides) {
      if (std::find(info.states.begin(), info.states.end(), state) == info.states.end()) continue;
      ++count;
      if (oldest == nullptr || info.set_at_ms < oldest->set_at_ms) oldest = &info;
      // One that is nothing else shows best what the state means.
      const bool alone = info.states.size() == 1;
      if (example == nullptr || (alone && example->states.size() > 1)) example = &info;
    }
    if (oldest == nullptr) continue;
    lines.push_back({to_string(state),
                     grouped(count),
                     iso_time(oldest->set_at_ms).substr(0, 10),
                     example_of(*example, state)});
  }
  std::size_t state_width = 0;
  std::size_t count_width = 0;
  for (const StateLine& line : lines) {
    state_width = std::max(state_width, display_width(line.state));
    count_width = std::max(count_width, display_width(line.count));
  }
  std::string out;
  for (const StateLine& line : lines) {
    out += pad(line.state, state_width, Alignment::Left) + "  " +
           pad(line.count, count_width, Alignment::Right) + "  " +
           pad(line.oldest, 10, Alignment::Left) + "  " + line.example + "\n";
  }
  return out;
}

}  // namespace callisto::repl
