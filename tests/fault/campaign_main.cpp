// A campaign with as many trials as wanted.
//
//   fault_campaign kills|power|calls|bytes COUNT SEED [MODE]
//
// COUNT 0: each call, each byte. MODE of kills: real, group, compact or jobs; all in turn when it
// is missing. Prints a line for each, and ends with 1 when there was a failure.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tests/fault/campaigns.h"

namespace callisto::tests {
namespace {

bool print(const std::string& name, const Trials& trials, const Campaign& campaign) {
  std::cout << name << ": seed " << trials.seed << ", " << campaign.text() << std::endl;
  return campaign.failures == 0 && campaign.injected > 0;
}

int run(const std::string& name, const Trials& trials, const std::string& wanted) {
  if (name == "power") {
    return print(name, trials, cut_power(trials, Syncs::On, Lie::None)) ? 0 : 1;
  }
  if (name == "calls") return print(name, trials, fail_calls(trials, Answers::Right)) ? 0 : 1;
  if (name == "bytes") return print(name, trials, damage_bytes(trials, Lie::None)) ? 0 : 1;
  if (name != "kills") return 2;
  std::vector<std::string> modes{"real", "group", "compact", "jobs"};
  if (!wanted.empty()) modes = {wanted};
  bool good = true;
  for (const std::string& mode : modes) {
    const Trials share{.count = trials.count / modes.size(), .seed = trials.seed};
    good = print("kills, " + mode, share, kill_writers(mode, share)) && good;
  }
  return good ? 0 : 1;
}

}  // namespace
}  // namespace callisto::tests

int main(int count, char** words) {
  if (count < 4) {
    std::cerr << "fault_campaign kills|power|calls|bytes COUNT SEED [MODE]\n";
    return 2;
  }
  return callisto::tests::run(
      words[1],
      {.count = std::strtoull(words[2], nullptr, 10), .seed = std::strtoull(words[3], nullptr, 10)},
      count > 4 ? words[4] : "");
}
