// The names of a graph as dense ids, and the dictionary of its repeated strings. Shared by all
// versions.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "core/names/dictionary.h"

namespace callisto {

template <class Tag>
struct NameId {
  std::uint32_t value = 0;
  auto operator<=>(const NameId&) const = default;
};

using TypeId = NameId<struct TypeTag>;          // `_type` of entities
using ClassId = NameId<struct ClassTag>;        // one element of an entity's `_class`
using VerbId = NameId<struct VerbTag>;          // `_class` of a relationship, upper case
using PropertyId = NameId<struct PropertyTag>;  // any property name, metadata included

// Metadata properties have the first ids, in this order, in every graph.
namespace metadata {
inline constexpr PropertyId kId{0};
inline constexpr PropertyId kKey{1};
inline constexpr PropertyId kType{2};
inline constexpr PropertyId kClass{3};
inline constexpr PropertyId kVersion{4};
inline constexpr PropertyId kCreatedOn{5};
inline constexpr PropertyId kBeginOn{6};
inline constexpr PropertyId kEndOn{7};
inline constexpr PropertyId kDeleted{8};
inline constexpr PropertyId kSource{9};
inline constexpr PropertyId kScope{10};
inline constexpr PropertyId kIntegrationInstanceId{11};
inline constexpr PropertyId kAccountId{12};
inline constexpr PropertyId kIntegrationType{13};
inline constexpr PropertyId kIntegrationName{14};
inline constexpr PropertyId kIntegrationClass{15};
inline constexpr PropertyId kIntegrationDefinitionId{16};
inline constexpr PropertyId kLatest{17};
inline constexpr PropertyId kFromEntityId{18};
inline constexpr PropertyId kToEntityId{19};
inline constexpr PropertyId kFromEntityKey{20};
inline constexpr PropertyId kToEntityKey{21};
inline constexpr std::uint32_t kCount = 22;
// Ordinary property with a fixed id, because results show it beside the metadata.
inline constexpr PropertyId kDisplayName{22};

[[nodiscard]] inline constexpr bool is_metadata(PropertyId property) {
  return property.value < kCount;
}
}  // namespace metadata

struct Names {
  Names();  // Interns the metadata names.

  Dictionary types;
  Dictionary classes;
  Dictionary verbs;
  Dictionary properties;
  Dictionary strings;             // Repeated values of coded columns.
  Dictionary relationship_types;  // `_type` of relationships.

  struct Mark {
    Dictionary::Mark types{};
    Dictionary::Mark classes{};
    Dictionary::Mark verbs{};
    Dictionary::Mark properties{};
    Dictionary::Mark strings{};
    Dictionary::Mark relationship_types{};
  };

  // As those of Dictionary, for all.
  void publish();
  [[nodiscard]] Mark mark() const;
  void roll_back(const Mark& mark);
  [[nodiscard]] std::size_t bytes() const;

  [[nodiscard]] std::string_view text(TypeId id) const { return types.at(id.value); }

  [[nodiscard]] std::string_view text(ClassId id) const { return classes.at(id.value); }

  [[nodiscard]] std::string_view text(VerbId id) const { return verbs.at(id.value); }

  [[nodiscard]] std::string_view text(PropertyId id) const { return properties.at(id.value); }
};

}  // namespace callisto

template <class Tag>
struct std::hash<callisto::NameId<Tag>> {
  std::size_t operator()(callisto::NameId<Tag> id) const noexcept {
    return id.value * 0x9E3779B97F4A7C15ULL;
  }
};
