// The explanation of a value, as a person reads it.
#include "repl/why_text.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::repl;

namespace {

constexpr std::int64_t kNow = 1'796'083'200'000;  // 2026-12-01
constexpr std::int64_t kDay = 86'400'000;

LayerValue layer(Layer which, const Value& value, const char* origin, std::int64_t age_days) {
  LayerValue out;
  out.layer = which;
  out.present = true;
  out.value = value;
  out.origin = origin;
  out.set_at_ms = kNow - age_days * kDay;
  return out;
}

Explanation drifted() {
  Explanation why;
  why.entity_id = "id-1";
  why.display_name = "web-1";
  why.property = "criticality";
  why.effective = Value(9.0);
  LayerValue older = layer(Layer::Override, Value(9.0), "tiers", 90);
  older.wins = true;
  older.author = "ana";
  older.reason = "PCI scope";
  older.below = Value(5.0);
  older.states = {OverrideState::Drifted};
  LayerValue younger = layer(Layer::Override, Value(4.0), "audit", 30);
  younger.states = {OverrideState::Shadowed};
  LayerValue mutation;
  mutation.layer = Layer::Mutation;
  why.layers = {older, younger, mutation, layer(Layer::Base, Value(7.0), "aws-prod", 3)};
  return why;
}

}  // namespace

TEST_CASE("O-27 why lists every layer, the winner marked, losers hidden, silent ones too") {
  CHECK(render_why(drifted(), kNow, Colors(false)) ==
        "web-1.criticality = 9\n"
        "▸ override  9  tiers     by ana  2026-09-02T00:00:00Z (3 months ago)  \"PCI scope\"  "
        "DRIFTED\n"
        "  override  4  audit     2026-11-01T00:00:00Z (1 month ago)  hidden: scope tiers is older"
        "  SHADOWED\n"
        "  mutation  —            says nothing\n"
        "  base      7  aws-prod  2026-11-28T00:00:00Z (3 days ago)  hidden; was 5 when overridden"
        "\n"
        "_id id-1\n");
}

TEST_CASE("O-11 a pinned absence says so") {
  Explanation why = drifted();
  why.layers[0].value = Value(Null{});
  why.effective = Value(Null{});
  CHECK_THAT(render_why(why, kNow, Colors(false)), Catch::Contains("pins absence"));
}

TEST_CASE("the json form has every layer and what it says") {
  const std::string json = why_json(drifted());
  CHECK_THAT(json, Catch::Contains(R"("effective":9)") && Catch::Contains(R"("says":false)"));
  CHECK_THAT(json,
             Catch::Contains(R"("states":["drifted"])") && Catch::Contains(R"("author":"ana")"));
}
