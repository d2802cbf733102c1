// Values come from small pools: sums of them are exact in any order.
#include "tests/oracle/random_graph.h"

namespace callisto::oracle {

namespace {

struct Kind {
  const char* type;
  std::vector<std::string> classes;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kAll{{"aws_instance", {"Host"}},
                                      {"aws_disk", {"Disk", "DataStore"}},
                                      {"okta_user", {"User"}},
                                      {"employee", {"Person"}},
                                      {"laptop", {"Device", "Host"}}};
  return kAll;
}

class Maker {
 public:
  explicit Maker(const test::Dice& dice) : dice_(dice) {}

  PlainGraph graph();

 private:
  int below(int limit) { return dice_(limit); }

  bool chance(int one_in) { return below(one_in) == 0; }

  template <class T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  std::string text() {
    static const std::vector<std::string> kTexts{"web",
                                                 "db",
                                                 "Web",
                                                 "prod-web",
                                                 "",
                                                 "10.0.0.1",
                                                 "critical",
                                                 "Ann Lee",
                                                 "true",
                                                 "1",
                                                 "prodWeb",
                                                 "Müller–WEB",
                                                 "MU\u0308LLER\u00a0straße",
                                                 "“Пп”"};
    return one_of(kTexts);
  }

  double number() {
    static const std::vector<double> kNumbers{0, 1, 2, 3, 4, 8, 0.5, -1, 1700000000000.0};
    return one_of(kNumbers);
  }

  Scalar scalar() {
    const int kind = below(3);
    if (kind == 0) return text();
    return kind == 1 ? Scalar(number()) : Scalar(chance(2));
  }

  Value texts();
  Value numbers();
  Value address();
  Value value_of(const std::string& name);
  PlainEntity entity(int place);
  PlainRelationship relationship(int place, int entities);
  void add_overrides(PlainGraph& graph);

  const test::Dice& dice_;
};

Value Maker::texts() {
  List list;
  for (int i = below(4); i > 0; --i) {
    list.emplace_back(text());
  }
  return list;
}

Value Maker::numbers() {
  List list;
  for (int i = below(4); i > 0; --i) {
    list.emplace_back(number());
  }
  return list;
}

Value Maker::address() {
  static const std::vector<std::string> kAddresses{
      "10.0.0.1", "10.0.1.5", "10.1.0.9", "192.168.0.4", "8.8.8.8", "none", "10.0.0.256"};
  if (!chance(3)) return one_of(kAddresses);
  return List{one_of(kAddresses), one_of(kAddresses)};
}

Value Maker::value_of(const std::string& name) {
  if (name == "name") return text();
  if (name == "size") return number();
  if (name == "active") return chance(2);
  if (name == "ports") return chance(3) ? Value(number()) : numbers();
  if (name == "ip") return address();
  if (name == "tags") {
    List list;
    if (chance(2)) list.emplace_back("Production");
    if (chance(2)) list.emplace_back("core");
    return list;
  }
  if (name == "seenOn") {
    static const std::vector<double> kTimes{
        1690000000000, 1699000000000, 1699999999999, 1700000000000, 1709204415500};
    return one_of(kTimes);
  }
  if (name == "owners") return texts();
  // Of any kind.
  if (chance(4)) return chance(2) ? texts() : numbers();
  return std::visit([](const auto& scalar_value) { return Value(scalar_value); }, scalar());
}

PlainEntity Maker::entity(int place) {
  const Kind& kind = one_of(kinds());
  PlainEntity entity;
  entity.type = kind.type;
  entity.classes = kind.classes;
  entity.key = std::string(kind.type) + "-" + std::to_string(place);
  if (chance(5)) entity.classes.emplace_back("Record");
  for (const std::string& name : graph_words().properties) {
    if (name.starts_with('_') || chance(3)) continue;
    entity.properties[name] = value_of(name);
  }
  entity.deleted = chance(20);
  return entity;
}

PlainRelationship Maker::relationship(int place, int entities) {
  PlainRelationship relationship;
  relationship.key = "relationship-" + std::to_string(place);
  relationship.verb = one_of(graph_words().verbs).name;
  relationship.from = static_cast<std::size_t>(below(entities));
  relationship.to = static_cast<std::size_t>(below(entities));
  for (const char* name : {"name", "size", "mixed"}) {
    if (chance(2)) relationship.properties[name] = value_of(name);
  }
  relationship.deleted = chance(15);
  return relationship;
}

void Maker::add_overrides(PlainGraph& graph) {
  static const std::vector<std::string> kScopes{"tiers", "owners", "review"};
  for (int i = below(8); i > 0; --i) {
    PlainOverride pin;
    pin.scope = one_of(kScopes);
    pin.entity = static_cast<std::size_t>(below(static_cast<int>(graph.entities.size())));
    do {
      pin.property = one_of(graph_words().properties);
    } while (pin.property.starts_with('_'));
    if (!chance(5)) pin.value = value_of(pin.property);
    bool again = false;
    for (const PlainOverride& other : graph.overrides) {
      again = again || (other.scope == pin.scope && other.entity == pin.entity &&
                        other.property == pin.property);
    }
    if (!again && !graph.entities[pin.entity].deleted) graph.overrides.push_back(std::move(pin));
  }
}

PlainGraph Maker::graph() {
  PlainGraph graph;
  const int entities = 3 + below(12);
  for (int i = 0; i < entities; ++i) {
    graph.entities.push_back(entity(i));
  }
  const int relationships = entities + below(entities * 2);
  for (int i = 0; i < relationships; ++i) {
    PlainRelationship made = relationship(i, entities);
    // Relationships go with their ends.
    made.deleted =
        made.deleted || graph.entities[made.from].deleted || graph.entities[made.to].deleted;
    graph.relationships.push_back(std::move(made));
  }
  if (chance(2)) add_overrides(graph);
  return graph;
}

}  // namespace

PlainGraph random_graph(const test::Dice& dice) {
  return Maker(dice).graph();
}

test::Vocabulary graph_words() {
  test::Vocabulary words;
  words.classes = {"Host", "Disk", "DataStore", "User", "Person", "Device", "Record", "Host"};
  for (const Kind& kind : kinds()) {
    words.types.emplace_back(kind.type);
  }
  words.smart_classes = {"Production", "core"};
  words.full_texts = {"web",
                      "host",
                      "prod we",
                      "Lee ann",
                      "critical",
                      "nothing",
                      "prod-we",
                      "prodWe",
                      "PRODWEB",
                      "10.0.0.1",
                      "0.10",
                      "ann\u00a0lee",
                      "müll",
                      "mu",
                      "müller-web",
                      "MÜLLERstrasse",
                      "“пП”",
                      "aws-inst",
                      "web–müller WEB"};
  words.verbs = {{"HAS", {"HAS"}}, {"HAS", {"has"}}, {"OWNS", {"OWNS"}}, {"USES", {"USES"}}};
  words.properties = {"name",
                      "size",
                      "active",
                      "ports",
                      "ip",
                      "tags",
                      "seenOn",
                      "mixed",
                      "owners",
                      "tag.Env",
                      "tag.cost-center",
                      "_class",
                      "_key",
                      "_type"};
  words.texts = {"web", "db", "w", "e", "prod-web", "", "critical", "true", "1", "Host"};
  words.numbers = {0, 1, 2, 3, 4, 8, 0.5, 1700000000000.0};
  words.dates = {1690000000000, 1699999999999, 1700000000000, 1709204415500};
  words.regexes = {"web", "^w", "b$", "[a-z]+-", "W.b", "^(db|web)$", "[0-9]", "[ ]"};
  words.blocks = {"10.0.0.0/8", "10.0.0.0/16", "192.168.0.4/32", "0.0.0.0/0", "10.0.0.1/30"};
  words.block_parameters = {{query::ast::Parameter::Source::Variable, "block"},
                            {query::ast::Parameter::Source::Variable, "blocks"}};
  words.parameters = {{query::ast::Parameter::Source::Variable, "text"},
                      {query::ast::Parameter::Source::Variable, "number"},
                      {query::ast::Parameter::Source::Variable, "list"},
                      {query::ast::Parameter::Source::Variable, "nothing"}};
  words.functions = {"ABS", "SQRT", "CEIL", "FLOOR", "ROUND", "COALESCE", "CONCAT", "MERGE"};
  return words;
}

}  // namespace callisto::oracle
