// The names that the uploads of an open job use. The graph does not know them before the job is
// finalized: what is aborted, refused or expires leaves no name behind.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/names/names.h"

namespace callisto::persist {

inline constexpr std::uint32_t kPropertyNamesMax = 1U << 20U;

// Names of one kind: those of the graph keep their codes, new ones have the codes after them.
//
// Thread safety: as Dictionary. The graph's names must outlive it.
class NameOverlay {
 public:
  explicit NameOverlay(const Dictionary& graph) : graph_(graph), begin_(graph.published()) {}

  std::uint32_t intern(std::string_view text) {
    const auto known = graph_.find(text);
    // Names that came into the graph after this was made have other codes here.
    return known && *known < begin_ ? *known : begin_ + own_.intern(text);
  }

  [[nodiscard]] std::string_view at(std::uint32_t code) const {
    return code < begin_ ? graph_.at(code) : own_.at(code - begin_);
  }

  [[nodiscard]] std::uint32_t begin() const { return begin_; }  // Code of the first own name.

  [[nodiscard]] const Dictionary& own() const { return own_; }

 private:
  const Dictionary& graph_;
  std::uint32_t begin_;
  Dictionary own_;
};

struct UploadNames {
  explicit UploadNames(const Names& graph)
      : types(graph.types),
        classes(graph.classes),
        verbs(graph.verbs),
        properties(graph.properties),
        relationship_types(graph.relationship_types) {}

  [[nodiscard]] std::size_t bytes() const {
    return types.own().bytes() + classes.own().bytes() + verbs.own().bytes() +
           properties.own().bytes() + relationship_types.own().bytes();
  }

  NameOverlay types;
  NameOverlay classes;
  NameOverlay verbs;
  NameOverlay properties;
  NameOverlay relationship_types;
};

}  // namespace callisto::persist
