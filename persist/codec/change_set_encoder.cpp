// encode_change_set().
#include <cmath>
#include <vector>

#include "persist/codec/byte_stream.h"
#include "persist/codec/change_set_codec.h"
#include "persist/codec/change_set_format.h"

namespace callisto::persist {
namespace {

namespace format = change_set_format;

// Numbers the codes of one dictionary in the order in which a block first uses them.
class LocalNames {
 public:
  std::uint32_t index(std::uint32_t code) {
    if (code >= local_.size()) local_.resize(std::size_t{code} + 1, 0);
    if (local_[code] == 0) {
      used_.push_back(code);
      local_[code] = static_cast<std::uint32_t>(used_.size());
    }
    return local_[code] - 1;
  }

  void write(ByteWriter& out, const Dictionary& dictionary) const {
    out.varint(used_.size());
    for (const std::uint32_t code : used_) {
      out.text(dictionary.at(code));
    }
  }

 private:
  std::vector<std::uint32_t> local_;  // By code: index + 1, 0 = not used yet.
  std::vector<std::uint32_t> used_;
};

// Remembers recent short strings. Forgetting one only costs bytes: it is then written again.
class RecentStrings {
 public:
  RecentStrings() : slots_(kSlots) {}

  // The reference of `text` when it is remembered; otherwise remembers it under the next one.
  std::optional<std::uint32_t> find_or_add(std::string_view text) {
    Slot& slot = slots_[std::hash<std::string_view>{}(text) % kSlots];
    if (slot.used && slot.text == text) return slot.reference;
    slot = {text, next_++, true};
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kSlots = 1 << 14;

  struct Slot {
    std::string_view text;
    std::uint32_t reference = 0;
    bool used = false;
  };

  std::vector<Slot> slots_;
  std::uint32_t next_ = 0;
};

class Encoder {
 public:
  Encoder(const ChangeSet& change, const Names& names) : change_(change), names_(names) {}

  std::string encode() {
    out_.byte(format::kVersion);
    write_partitions();
    write_scopes();
    out_.varint(change_.entities.size());
    for (const EntityPut& put : change_.entities) {
      write(put);
    }
    out_.varint(change_.relationships.size());
    for (const RelationshipPut& put : change_.relationships) {
      write(put);
    }
    write_erased_and_side();
    const std::uint64_t names_at = out_.size();
    types_.write(out_, names_.types);
    classes_.write(out_, names_.classes);
    verbs_.write(out_, names_.verbs);
    properties_.write(out_, names_.properties);
    relationship_types_.write(out_, names_.relationship_types);
    out_.fixed(names_at);
    return out_.take();
  }

 private:
  void write_partitions() {
    out_.varint(change_.partitions.size());
    for (const PartitionPut& put : change_.partitions) {
      out_.varint(put.id.value);
      for (const std::string* field : format::fields(put.info)) {
        out_.text(*field);
      }
    }
  }

  void write_scopes() {
    out_.varint(change_.scopes.size());
    for (const ScopePut& put : change_.scopes) {
      out_.varint(put.scope.value);
      out_.text(put.name);
      out_.varint(put.age);
    }
  }

  void write(const EntityPut& put) {
    write_flags(put, false);
    out_.uuid(put.id);
    out_.varint(put.partition.value);
    out_.varint(types_.index(put.type.value));
    out_.text(put.key);
    write_meta(put.meta);
    if (put.sets_base) {
      out_.varint(put.classes.size());
      for (const ClassId id : put.classes) {
        out_.varint(classes_.index(id.value));
      }
      write_base(put.base);
    }
    if (put.layers) write_layers(*put.layers);
  }

  void write(const RelationshipPut& put) {
    write_flags(put, put.mapped);
    out_.uuid(put.id);
    out_.varint(put.partition.value);
    out_.varint(relationship_types_.index(put.relationship_type));
    out_.varint(verbs_.index(put.verb.value));
    out_.text(put.key);
    out_.uuid(put.from);
    out_.uuid(put.to);
    write_meta(put.meta);
    if (put.sets_base) write_base(put.base);
    if (put.layers) write_layers(*put.layers);
  }

  template <class Put>
  void write_flags(const Put& put, bool mapped) {
    out_.byte(static_cast<std::uint8_t>(
        (put.sets_base ? format::kSetsBase : 0U) | (put.sets_layers ? format::kSetsLayers : 0U) |
        (put.layers ? format::kHasLayers : 0U) | (put.meta.deleted ? format::kDeleted : 0U) |
        (mapped ? format::kMapped : 0U)));
  }

  void write_meta(const ObjectMeta& meta) {
    out_.zigzag(format::difference(meta.created_on_ms, before_.created_on_ms));
    out_.zigzag(format::difference(meta.begin_on_ms, before_.begin_on_ms));
    out_.zigzag(format::difference(meta.end_on_ms, before_.end_on_ms));
    out_.varint(meta.version);
    before_ = meta;
  }

  void write_base(std::span<const NamedValue> base) {
    out_.varint(base.size());
    for (const NamedValue& property : base) {
      out_.varint(properties_.index(property.property.value));
      write(property.value);
    }
  }

  void write_layers(const ObjectLayers& layers) {
    out_.zigzag(layers.base_set_at_ms);
    out_.varint(layers.properties.size());
    for (const PropertyLayers& property : layers.properties) {
      out_.varint(properties_.index(property.property.value));
      out_.byte(static_cast<std::uint8_t>((property.patch ? format::kHasPatch : 0U) |
                                          (property.mutation ? format::kHasMutation : 0U)));
      if (property.patch) write(*property.patch);
      if (property.mutation) write(*property.mutation);
      out_.varint(property.overrides.size());
      for (const OverrideEntry& entry : property.overrides) {
        write(entry);
      }
    }
  }

  void write(const LayerEntry& entry) {
    write(view_of(entry.value, scratch_));
    out_.zigzag(entry.set_at_ms);
    write_string(entry.origin);
  }

  void write(const OverrideEntry& entry) {
    out_.varint(entry.scope.value);
    write(view_of(entry.value, scratch_));
    write(view_of(entry.below, scratch_));
    out_.zigzag(entry.set_at_ms);
    write_string(entry.author);
    write_string(entry.reason);
    out_.byte(entry.review_by_ms ? 1 : 0);
    if (entry.review_by_ms) out_.zigzag(*entry.review_by_ms);
  }

  void write(ValueView value) {
    switch (value.kind()) {
      case ValueKind::Null:
        out_.byte(format::kNull);
        return;
      case ValueKind::Bool:
        out_.byte(value.as_bool() ? format::kTrue : format::kFalse);
        return;
      case ValueKind::Number:
        write_number(value.as_number());
        return;
      case ValueKind::String:
        write_string(value.as_string());
        return;
      case ValueKind::List:
        out_.byte(format::kList);
        out_.varint(value.as_list().size());
        for (const ValueView element : value.as_list()) {
          write(element);
        }
        return;
    }
  }

  void write_number(double value) {
    constexpr double kExact = 9007199254740992.0;  // 2^53
    const bool whole = std::abs(value) <= kExact && std::trunc(value) == value &&
                       !(value == 0 && std::signbit(value));
    if (!whole) {
      out_.byte(format::kDouble);
      out_.fixed(value);
      return;
    }
    out_.byte(format::kInteger);
    out_.zigzag(static_cast<std::int64_t>(value));
  }

  void write_string(std::string_view text) {
    if (text.size() <= format::kSharedStringBytesMax) {
      if (const auto reference = recent_.find_or_add(text)) {
        out_.byte(format::kReference);
        out_.varint(*reference);
        return;
      }
    }
    out_.byte(format::kText);
    out_.text(text);
  }

  void write_erased_and_side() {
    out_.varint(change_.erased.size());
    for (const Erase& erase : change_.erased) {
      out_.byte(erase.relationship ? 1 : 0);
      out_.uuid(erase.id);
    }
    out_.varint(change_.side.size());
    for (const SidePut& put : change_.side) {
      out_.text(put.key);
      out_.byte(put.value ? 1 : 0);
      if (put.value) out_.text(*put.value);
    }
  }

  const ChangeSet& change_;
  const Names& names_;
  ByteWriter out_;
  LocalNames types_;
  LocalNames classes_;
  LocalNames verbs_;
  LocalNames properties_;
  LocalNames relationship_types_;
  RecentStrings recent_;
  ObjectMeta before_{};
  Arena scratch_;
};

}  // namespace

std::string encode_change_set(const ChangeSet& change, const Names& names) {
  return Encoder(change, names).encode();
}

}  // namespace callisto::persist
