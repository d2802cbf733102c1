// The words for layers and override states.
#include <callisto/provenance.h>

namespace callisto {

const char* to_string(Layer layer) {
  switch (layer) {
    case Layer::Base:
      return "base";
    case Layer::Patch:
      return "patch";
    case Layer::Mutation:
      return "mutation";
    case Layer::Override:
      break;
  }
  return "override";
}

const char* to_string(OverrideState state) {
  switch (state) {
    case OverrideState::Active:
      return "active";
    case OverrideState::Shadowed:
      return "shadowed";
    case OverrideState::Redundant:
      return "redundant";
    case OverrideState::Drifted:
      return "drifted";
    case OverrideState::Orphaned:
      return "orphaned";
    case OverrideState::Overdue:
      break;
  }
  return "overdue";
}

}  // namespace callisto
