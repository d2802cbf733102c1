// The definitions that come with the language.
#include <callisto/definitions.h>

namespace callisto {

Definitions default_definitions() {
  Definitions definitions;
  definitions.smart_classes["CriticalAsset"] = {
      "FIND (Application|CodeRepo|DataStore|Function|Host|Logs) "
      "WITH tag.Production = true AND classification = 'critical'"};
  return definitions;
}

}  // namespace callisto
