#include <string_view>

#include <catch2/catch.hpp>

#include <callisto/provenance.h>

namespace callisto {

TEST_CASE("O-28 each override state has its word") {
  CHECK(to_string(OverrideState::Active) == std::string_view("active"));
  CHECK(to_string(OverrideState::Shadowed) == std::string_view("shadowed"));
  CHECK(to_string(OverrideState::Redundant) == std::string_view("redundant"));
  CHECK(to_string(OverrideState::Drifted) == std::string_view("drifted"));
  CHECK(to_string(OverrideState::Orphaned) == std::string_view("orphaned"));
  CHECK(to_string(OverrideState::Overdue) == std::string_view("overdue"));
}

TEST_CASE("each layer has its word") {
  CHECK(to_string(Layer::Base) == std::string_view("base"));
  CHECK(to_string(Layer::Patch) == std::string_view("patch"));
  CHECK(to_string(Layer::Mutation) == std::string_view("mutation"));
  CHECK(to_string(Layer::Override) == std::string_view("override"));
}

}  // namespace callisto
