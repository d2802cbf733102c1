// One line per layer, its columns aligned.
#include "repl/why_text.h"

#include <algorithm>
#include <vector>

#include "repl/listings.h"
#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

struct LayerLine {
  bool wins = false;
  std::string layer;
  std::string value;
  std::string origin;
  std::string story;
};

std::string upper(std::string words) {
  std::transform(words.begin(), words.end(), words.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return words;
}

const LayerValue* winner_of(const Explanation& explanation) {
  for (const LayerValue& layer : explanation.layers) {
    if (layer.wins) return &layer;
  }
  return nullptr;
}

void add(std::string& story, const std::string& words) {
  if (words.empty()) return;
  if (!story.empty()) story += "  ";
  story += words;
}

// Why a value that is there does not show, and what it was when the override above was set.
std::string hidden_words(const LayerValue& layer, const LayerValue* winner) {
  std::string words = "hidden";
  if (winner == nullptr) return words;
  if (layer.layer == Layer::Override) {
    return words + ": scope " + visible(winner->origin) + " is older";
  }
  const bool moved = winner->below && !(*winner->below == layer.value);
  if (moved) words += "; was " + value_words(*winner->below) + " when overridden";
  return words;
}

// The layer that the override hides now: only there "was ... when overridden" makes sense.
const LayerValue* first_below(const Explanation& explanation) {
  for (const LayerValue& layer : explanation.layers) {
    if (layer.layer != Layer::Override && layer.present) return &layer;
  }
  return nullptr;
}

LayerLine line_of(const Explanation& explanation, const LayerValue& layer, std::int64_t now_ms) {
  LayerLine line;
  line.wins = layer.wins;
  line.layer = to_string(layer.layer);
  line.origin = visible(layer.origin);
  line.value = value_words(layer.value);
  if (!layer.present) {
    line.value = "—";
    line.story = "says nothing";
    return line;
  }
  if (!layer.author.empty()) add(line.story, "by " + visible(layer.author));
  if (layer.set_at_ms != 0) add(line.story, time_with_age(layer.set_at_ms, now_ms));
  if (!layer.reason.empty()) add(line.story, "\"" + visible(layer.reason) + "\"");
  if (layer.review_by_ms) add(line.story, "review by " + iso_time(*layer.review_by_ms));
  if (is_null(layer.value)) add(line.story, "pins absence");
  if (!layer.wins) {
    const LayerValue* winner = winner_of(explanation);
    const bool direct = layer.layer == Layer::Override || &layer == first_below(explanation);
    add(line.story, direct ? hidden_words(layer, winner) : "hidden");
  }
  std::vector<OverrideState> states = layer.states;
  std::erase(states, OverrideState::Active);
  add(line.story, upper(state_words(states)));
  return line;
}

std::string name_of(const Explanation& explanation) {
  if (!explanation.display_name.empty()) return explanation.display_name;
  return explanation.entity_key.empty() ? explanation.entity_id : explanation.entity_key;
}

std::string layer_json(const LayerValue& layer) {
  std::string out = "{\"layer\":" + to_json(Value(std::string(to_string(layer.layer))));
  const auto member = [&out](const char* name, const std::string& json) {
    out += std::string(",\"") + name + "\":" + json;
  };
  member("says", layer.present ? "true" : "false");
  member("wins", layer.wins ? "true" : "false");
  if (!layer.present) return out + "}";
  member("value", to_json(layer.value));
  member("origin", to_json(Value(layer.origin)));
  member("setAt", to_json(Value(iso_time(layer.set_at_ms))));
  if (layer.layer != Layer::Override) return out + "}";
  List states;
  for (const OverrideState state : layer.states)
    states.emplace_back(std::string(to_string(state)));
  member("states", to_json(Value(states)));
  if (layer.below) member("belowThen", to_json(*layer.below));
  if (!layer.author.empty()) member("author", to_json(Value(layer.author)));
  if (!layer.reason.empty()) member("reason", to_json(Value(layer.reason)));
  if (layer.review_by_ms) member("reviewBy", to_json(Value(iso_time(*layer.review_by_ms))));
  return out + "}";
}

}  // namespace

std::string render_why(const Explanation& explanation, std::int64_t now_ms, const Colors& colors) {
  std::vector<LayerLine> lines;
  std::size_t value_width = 0;
  std::size_t origin_width = 0;
  for (const LayerValue& layer : explanation.layers) {
    lines.push_back(line_of(explanation, layer, now_ms));
    value_width =
        std::max(value_width, std::min<std::size_t>(40, display_width(lines.back().value)));
    origin_width = std::max(origin_width, display_width(lines.back().origin));
  }
  std::string out =
      colors.strong(visible(name_of(explanation)) + "." + visible(explanation.property) + " = " +
                    value_words(explanation.effective)) +
      "\n";
  for (const LayerLine& line : lines) {
    const std::string value = pad(line.value, value_width, Alignment::Left);
    const bool loses = !line.wins && line.value != "—";
    out += (line.wins ? "▸ " : "  ") + pad(line.layer, 8, Alignment::Left) + "  " +
           (loses ? colors.struck(value) : value) + "  " +
           pad(line.origin, origin_width, Alignment::Left) + "  " + line.story;
    while (out.back() == ' ')
      out.pop_back();
    out += '\n';
  }
  return out + colors.quiet("_id " + explanation.entity_id) + "\n";
}

std::string why_json(const Explanation& explanation) {
  std::string out = "{\"entityId\":" + to_json(Value(explanation.entity_id)) +
                    ",\"entityKey\":" + to_json(Value(explanation.entity_key)) +
                    ",\"displayName\":" + to_json(Value(explanation.display_name)) +
                    ",\"property\":" + to_json(Value(explanation.property)) +
                    ",\"effective\":" + to_json(explanation.effective) + ",\"layers\":[";
  for (std::size_t i = 0; i < explanation.layers.size(); ++i) {
    if (i > 0) out += ',';
    out += layer_json(explanation.layers[i]);
  }
  return out + "]}\n";
}

}  // namespace callisto::repl
