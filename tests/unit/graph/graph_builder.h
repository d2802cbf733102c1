// Builds change sets for the graph store's tests in a few words.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/graph/graph_store.h"

namespace callisto::test {

using Named = std::pair<std::string_view, ValueView>;

inline ValueView text(std::string_view value) {
  return ValueView::string(value);
}

inline ValueView number(double value) {
  return ValueView::number(value);
}

// A store with one partition (id 0), and the change set of its next version.
class GraphBuilder {
 public:
  GraphBuilder() {
    change_.partitions.push_back(
        {.id = PartitionId{0},
         .info = {.source = "integration-managed", .scope = "", .instance_id = "one"}});
    if (!commit()) throw std::logic_error("the first commit failed");
  }

  [[nodiscard]] Names& names() { return store_.snapshot()->names(); }

  [[nodiscard]] SnapshotPtr snapshot() const { return store_.snapshot(); }

  [[nodiscard]] PropertyId property(std::string_view name) {
    return {names().properties.intern(name)};
  }

  [[nodiscard]] Uuid id(std::string_view key) const {
    return snapshot()->entity_id(PartitionId{0}, key);
  }

  EntityPut& entity(std::string_view key,
                    std::string_view type,
                    std::initializer_list<std::string_view> classes,
                    std::initializer_list<Named> properties = {}) {
    EntityPut put;
    put.id = id(key);
    put.type = TypeId{names().types.intern(type)};
    put.key = change_.arena.copy(key);
    put.meta = {.created_on_ms = 1000, .begin_on_ms = 1000};
    put.sets_base = true;
    const auto class_ids = change_.arena.allocate_array<ClassId>(classes.size());
    std::size_t i = 0;
    for (const std::string_view name : classes) {
      class_ids[i++] = ClassId{names().classes.intern(name)};
    }
    put.classes = class_ids;
    put.base = named(properties);
    change_.entities.push_back(put);
    return change_.entities.back();
  }

  RelationshipPut& relationship(std::string_view from,
                                std::string_view verb,
                                std::string_view to,
                                std::string_view suffix = "",
                                std::initializer_list<Named> properties = {}) {
    RelationshipPut put;
    const std::string key =
        std::string(from) + "|" + std::string(verb) + "|" + std::string(to) + std::string(suffix);
    put.id = snapshot()->relationship_id(PartitionId{0}, key);
    put.relationship_type = names().relationship_types.intern("x_" + std::string(verb));
    put.verb = VerbId{names().verbs.intern(verb)};
    put.key = change_.arena.copy(key);
    put.from = id(from);
    put.to = id(to);
    put.meta = {.created_on_ms = 1000, .begin_on_ms = 1000};
    put.sets_base = true;
    put.base = named(properties);
    change_.relationships.push_back(put);
    return change_.relationships.back();
  }

  ChangeSet& change() { return change_; }

  Status commit() {
    auto next = store_.prepare(change_, store_.snapshot()->version() + 1);
    change_ = ChangeSet();
    if (!next) return tl::make_unexpected(next.error());
    store_.publish(*next);
    return {};
  }

  // The effective value of an entity's property, as JSON.
  [[nodiscard]] std::string value(std::string_view key,
                                  std::string_view name,
                                  LayerView view = LayerView::Effective) {
    const SnapshotPtr now = snapshot();
    const auto ref = now->find_entity(id(key));
    Arena scratch;
    return ref ? to_json(now->value(*ref, property(name), scratch, view)) : "no entity";
  }

 private:
  std::span<const NamedValue> named(std::initializer_list<Named> properties) {
    std::vector<NamedValue> values;
    for (const auto& [name, value] : properties) {
      values.push_back({property(name), change_.arena.copy(value)});
    }
    std::sort(values.begin(), values.end(), [](const NamedValue& a, const NamedValue& b) {
      return a.property < b.property;
    });
    const auto out = change_.arena.allocate_array<NamedValue>(values.size());
    std::copy(values.begin(), values.end(), out.begin());
    return out;
  }

  GraphStore store_{"test"};
  ChangeSet change_;
};

}  // namespace callisto::test
