// decode_change_set().
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "persist/codec/byte_stream.h"
#include "persist/codec/change_set_codec.h"
#include "persist/codec/change_set_format.h"

namespace callisto::persist {
namespace {

namespace format = change_set_format;

class Decoder {
 public:
  Decoder(std::string_view bytes, Names& names) : bytes_(bytes), names_(names), in_({}) {}

  Result<ChangeSet> decode() {
    constexpr std::size_t kBytesMin = 1 + sizeof(std::uint64_t);
    if (bytes_.size() < kBytesMin) return corrupt("it is too short");
    version_ = static_cast<std::uint8_t>(bytes_.front());
    if (version_ < format::kOldestVersion || version_ > format::kVersion) {
      return corrupt(fmt::format("its version is {}, this program reads versions {} to {}",
                                 version_,
                                 format::kOldestVersion,
                                 format::kVersion));
    }
    if (!read_names()) return corrupt("its names cannot be read");
    in_.byte();
    read_partitions();
    read_scopes();
    change_.entities.reserve(count(kObjectBytesMin));
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      read(change_.entities.emplace_back());
    }
    change_.relationships.reserve(count(kObjectBytesMin));
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      read(change_.relationships.emplace_back());
    }
    read_erased_and_side();
    if (!in_.ok() || in_.remaining() != 0) {
      return corrupt(fmt::format("it makes no sense near byte {}", in_.position()));
    }
    return std::move(change_);
  }

 private:
  static constexpr std::size_t kObjectBytesMin = 24;

  [[nodiscard]] static tl::unexpected<Error> corrupt(const std::string& why) {
    return fail(ErrorCode::Corruption, "a stored change set cannot be read: " + why);
  }

  std::size_t count(std::size_t bytes_each) { return items_ = in_.count(bytes_each); }

  // Names stand behind the body; the last 8 bytes say where.
  bool read_names() {
    const std::size_t end = bytes_.size() - sizeof(std::uint64_t);
    const auto names_at = ByteReader(bytes_.substr(end)).fixed<std::uint64_t>();
    if (names_at < 1 || names_at > end) return false;
    in_ = ByteReader(bytes_.substr(names_at, end - names_at));
    intern(names_.types, types_);
    intern(names_.classes, classes_);
    intern(names_.verbs, verbs_);
    intern(names_.properties, properties_);
    intern(names_.relationship_types, relationship_types_);
    if (!in_.ok() || in_.remaining() != 0) return false;
    in_ = ByteReader(bytes_.substr(0, names_at));
    return true;
  }

  void intern(Dictionary& dictionary, std::vector<std::uint32_t>& codes) {
    codes.resize(in_.count(1));
    for (std::uint32_t& code : codes) {
      const std::string_view name = in_.text();
      if (!in_.ok()) return;
      code = dictionary.intern(name);
    }
  }

  std::uint32_t name(const std::vector<std::uint32_t>& codes) {
    const std::uint32_t local = in_.index(codes.size());
    return in_.ok() ? codes[local] : 0;
  }

  void read_partitions() {
    count(8);
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      PartitionPut& put = change_.partitions.emplace_back();
      put.id.value = in_.index(kPartitionsMax);
      for (std::string* field : format::fields(put.info)) {
        *field = in_.text();
      }
    }
  }

  void read_scopes() {
    count(3);
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      ScopePut& put = change_.scopes.emplace_back();
      put.scope.value = in_.index(kIdsMax);
      put.name = in_.text();
      put.age = in_.varint();
    }
  }

  void read(EntityPut& put) {
    const unsigned flags = read_flags(put);
    put.id = in_.uuid();
    put.partition.value = in_.index(kIdsMax);
    put.type.value = name(types_);
    put.key = in_.text();
    read_meta(put.meta, flags);
    if (put.sets_base) {
      const auto classes = change_.arena.allocate_array<ClassId>(in_.count(1));
      for (ClassId& id : classes) {
        id = ClassId{name(classes_)};
      }
      put.classes = classes;
      put.base = read_base();
    }
    if ((flags & format::kHasLayers) != 0) put.layers = read_layers();
  }

  void read(RelationshipPut& put) {
    const unsigned flags = read_flags(put);
    put.mapped = (flags & format::kMapped) != 0;
    put.id = in_.uuid();
    put.partition.value = in_.index(kIdsMax);
    put.relationship_type = name(relationship_types_);
    put.verb.value = name(verbs_);
    put.key = in_.text();
    put.from = in_.uuid();
    put.to = in_.uuid();
    read_meta(put.meta, flags);
    if (put.sets_base) put.base = read_base();
    if ((flags & format::kHasLayers) != 0) put.layers = read_layers();
  }

  template <class Put>
  unsigned read_flags(Put& put) {
    const unsigned flags = in_.byte();
    if (flags > format::kFlagsKnown) in_.fail();
    put.sets_base = (flags & format::kSetsBase) != 0;
    put.sets_layers = (flags & format::kSetsLayers) != 0;
    return flags;
  }

  void read_meta(ObjectMeta& meta, unsigned flags) {
    meta.created_on_ms = format::sum(before_.created_on_ms, in_.zigzag());
    meta.begin_on_ms = format::sum(before_.begin_on_ms, in_.zigzag());
    meta.end_on_ms = format::sum(before_.end_on_ms, in_.zigzag());
    meta.version = in_.index(0x100000000U);
    meta.deleted = (flags & format::kDeleted) != 0;
    before_ = meta;
  }

  std::span<const NamedValue> read_base() {
    const auto base = change_.arena.allocate_array<NamedValue>(in_.count(2));
    bool sorted = true;
    for (std::size_t i = 0; i < base.size(); ++i) {
      base[i] = NamedValue{PropertyId{name(properties_)}, read_value()};
      if (base[i].value.is_null()) in_.fail();
      if (i > 0) sorted = sorted && base[i - 1].property < base[i].property;
    }
    // Ids are those of this process: another order than when the block was written.
    if (!sorted && in_.ok()) sort_unique(base, &NamedValue::property);
    return base;
  }

  template <class Items, class Projection>
  void sort_unique(Items&& items, Projection by) {
    std::ranges::sort(items, {}, by);
    if (std::ranges::adjacent_find(items, {}, by) != items.end()) in_.fail();
  }

  LayersPtr read_layers() {
    auto layers = std::make_shared<ObjectLayers>();
    if (version_ > 1) layers->base_set_at_ms = in_.zigzag();
    const std::size_t properties = in_.count(3);
    for (std::size_t i = 0; i < properties && in_.ok(); ++i) {
      PropertyLayers& property = layers->properties.emplace_back();
      property.property.value = name(properties_);
      const unsigned flags = in_.byte();
      if ((flags & format::kHasPatch) != 0) property.patch = read_layer_entry();
      if ((flags & format::kHasMutation) != 0) property.mutation = read_layer_entry();
      const std::size_t overrides = in_.count(6);
      for (std::size_t entry = 0; entry < overrides && in_.ok(); ++entry) {
        read(property.overrides.emplace_back());
      }
      if (property.empty()) in_.fail();
    }
    if (in_.ok()) sort_unique(layers->properties, &PropertyLayers::property);
    return layers;
  }

  LayerEntry read_layer_entry() {
    LayerEntry entry;
    entry.value = to_value(read_value());
    entry.set_at_ms = in_.zigzag();
    entry.origin = read_string();
    return entry;
  }

  void read(OverrideEntry& entry) {
    entry.scope.value = in_.index(kIdsMax);
    entry.value = to_value(read_value());
    entry.below = to_value(read_value());
    entry.set_at_ms = in_.zigzag();
    entry.author = read_string();
    entry.reason = read_string();
    if (in_.byte() != 0) entry.review_by_ms = in_.zigzag();
  }

  ValueView read_value() {
    const std::uint8_t tag = in_.byte();
    return tag == format::kList ? read_list() : read_scalar(tag);
  }

  ValueView read_scalar(std::uint8_t tag) {
    switch (tag) {
      case format::kNull:
        return {};
      case format::kFalse:
      case format::kTrue:
        return ValueView::boolean(tag == format::kTrue);
      case format::kInteger:
        return ValueView::number(static_cast<double>(in_.zigzag()));
      case format::kDouble:
        return ValueView::number(in_.fixed<double>());
      case format::kText:
      case format::kReference:
        return ValueView::string(read_text(tag));
      default:
        in_.fail();
        return {};
    }
  }

  ValueView read_list() {
    const auto elements = change_.arena.allocate_array<ValueView>(in_.count(1));
    for (ValueView& element : elements) {
      element = read_scalar(in_.byte());
    }
    return ValueView::list(elements);
  }

  std::string_view read_text(std::uint8_t tag) {
    if (tag == format::kReference) {
      const std::uint32_t reference = in_.index(strings_.size());
      return in_.ok() ? strings_[reference] : std::string_view{};
    }
    const std::string_view text = in_.text();
    if (in_.ok() && text.size() <= format::kSharedStringBytesMax) strings_.push_back(text);
    return text;
  }

  std::string read_string() {
    const std::uint8_t tag = in_.byte();
    if (tag != format::kText && tag != format::kReference) in_.fail();
    return in_.ok() ? std::string(read_text(tag)) : std::string{};
  }

  void read_erased_and_side() {
    count(17);
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      const bool relationship = in_.byte() != 0;
      change_.erased.push_back(Erase{in_.uuid(), relationship});
    }
    count(2);
    for (std::size_t i = 0; i < items_ && in_.ok(); ++i) {
      SidePut& put = change_.side.emplace_back();
      put.key = in_.text();
      if (in_.byte() != 0) put.value = std::string(in_.text());
    }
  }

  static constexpr std::size_t kIdsMax = 0xFFFFFFFFU;
  static constexpr std::size_t kPartitionsMax = 1U << 24U;  // The graph keeps an array of them.

  std::string_view bytes_;
  Names& names_;
  ByteReader in_;
  std::size_t items_ = 0;
  std::uint8_t version_ = format::kVersion;
  ChangeSet change_;
  std::vector<std::uint32_t> types_;
  std::vector<std::uint32_t> classes_;
  std::vector<std::uint32_t> verbs_;
  std::vector<std::uint32_t> properties_;
  std::vector<std::uint32_t> relationship_types_;
  std::vector<std::string_view> strings_;
  ObjectMeta before_{};
};

}  // namespace

Result<ChangeSet> decode_change_set(std::string_view bytes, Names& names) {
  return Decoder(bytes, names).decode();
}

}  // namespace callisto::persist
