// Reads one upload body with simdjson. Private to the codec: the only header that shows simdjson.
//
// A reader belongs to one body. Functions return false when error() says why; nothing they have
// put into the batch counts then.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <simdjson.h>

#include "persist/codec/raw_data_reader.h"
#include "persist/codec/upload.h"
#include <callisto/json_text.h>

namespace callisto::persist {

// What a key of a row means.
enum class Field : std::uint8_t {
  Property,
  Ignored,  // Starts with `_` and means nothing here.
  Id,
  Key,
  Type,
  Class,
  FromId,
  FromKey,
  FromSource,
  FromScope,
  ToId,
  ToKey,
  ToSource,
  ToScope,
  Mapping,
  RawData,
};

class UploadReader {
 public:
  UploadReader(const UploadContext& context, UploadBatch& batch);
  bool read(std::string_view body);

  [[nodiscard]] Error error() && { return std::move(error_); }

 private:
  using Object = simdjson::ondemand::object;
  using Json = simdjson::ondemand::value;

  enum class List : std::uint8_t {
    Entities,
    Relationships,
    DeleteEntities,
    DeleteRelationships,
    Lines,
  };

  // A key met before: its meaning, and the last string it had (rows repeat themselves).
  struct KeyInfo {
    std::string_view text;
    Field field = Field::Property;
    PropertyId property{};
    bool plain = true;  // Its JSON form has no escapes.
    std::string_view last_string{};
  };

  // Keys of the previous row in their order: the next row most likely has the same.
  using Shape = std::vector<KeyInfo*>;

  // A row as read, before its rules are applied. Views into the parser or the arena.
  struct RawRow {
    bool has_id = false;
    bool id_is_text = false;
    std::string_view id, key, type;
    std::string_view from_id, from_key, from_source, from_scope;
    std::string_view to_id, to_key, to_source, to_scope;
    std::vector<std::string_view> classes;
    const callisto::persist::Mapping* mapping = nullptr;
    std::vector<NamedValue> properties;
    std::string_view raw_data;
    std::size_t documents = 0;  // In raw_data.
    void clear();

    [[nodiscard]] bool is_relationship() const {
      return mapping != nullptr || !from_id.empty() || !from_key.empty() || !to_id.empty() ||
             !to_key.empty();
    }
  };

  struct ClassArray {
    std::vector<std::string_view> texts;
    std::span<const ClassId> ids;
  };

  // What an object is: a row has a key that rows have, `_key` for one.
  enum class Shown : std::uint8_t { Row, Lists, Nothing };

  // upload_documents.cpp
  bool is_ndjson(std::string_view text);
  bool read_lines(const char* text, std::size_t size);
  bool read_document(std::string_view text);
  bool read_lists(Object object);
  bool read_list(List list, Json value);
  bool read_delete(Object object, std::vector<DeleteRow>& out, bool relationships);
  bool allowed(List list);
  bool is_complete_object(std::string_view text);
  bool look_at(std::string_view text, Shown& shown);
  simdjson::error_code start(std::string_view text, Object& object);

  // upload_refusals.cpp
  bool bad_json(simdjson::error_code code);
  bool refuse(std::string_view wire, const std::string& reason);
  bool refuse_property(std::string_view name, std::string_view reason);
  bool refuse_unknown(std::string_view found);
  bool refuse_unknown(Object object);
  bool check_list_name(std::string_view name, Json value);
  void name_warnings();

  [[nodiscard]] std::string_view rest_from(const char* place) const {
    return {place, static_cast<std::size_t>(body_end_ - place)};
  }

  [[nodiscard]] std::string where() const;

  // upload_fields.cpp
  bool read_fields(Object object, Shape& shape, RawRow& row);
  bool read_field(Json value, KeyInfo& key, RawRow& row);
  bool read_text(Json value, const KeyInfo& key, std::string_view& out);
  bool read_classes(Json value, RawRow& row);
  bool read_property(Json value, KeyInfo& key, RawRow& row);
  // `illegal` says which rule a value breaks.
  bool read_value(Json value, KeyInfo& key, ValueView& out, std::string& illegal);
  bool read_elements(Json value, ValueView& out, std::string& illegal);
  bool read_element(Json value, ValueView& out, std::string& illegal);
  bool read_number(Json value, ValueView& out, std::string& illegal);
  [[nodiscard]] bool fits(std::string_view text, std::string& illegal) const;
  static Field field_of(std::string_view key);
  KeyInfo* find_key(simdjson::ondemand::field& field, Shape& shape, std::size_t position);
  KeyInfo* make_key(std::string_view text);
  bool read_raw_data(Json value, RawRow& row);

  // upload_rows.cpp
  bool finish_row(RawRow& row);
  bool finish_entity(RawRow& raw);
  bool finish_entity_body(RawRow& raw, EntityRow& row, bool keep_nulls);
  bool finish_relationship(RawRow& raw);
  bool finish_end(std::string_view id,
                  std::string_view key,
                  std::string_view source,
                  std::string_view scope,
                  EndName& out);
  bool read_mapping(Json value, RawRow& row);
  bool read_filters(Json value, std::vector<std::vector<PropertyId>>& out);
  bool check_key(std::string_view key);
  bool find_type(std::string_view text, TypeId& out);
  bool find_classes(const std::vector<std::string_view>& texts, std::span<const ClassId>& out);
  bool find_verb(RawRow& raw, VerbId& out);
  std::span<const NamedValue> finish_properties(std::vector<NamedValue>& found, bool keep_nulls);

  const UploadContext& context_;
  const InputLimits limits_;
  UploadBatch& batch_;
  UploadNames& names_;
  Error error_{};
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  bool started_ = false;     // document_ is of the text that is read now.
  std::string_view text_{};  // Which is this one.
  const char* body_ = nullptr;
  const char* body_end_ = nullptr;  // Readable bytes go on to here plus padding.
  List list_ = List::Lines;
  std::size_t index_ = 0;   // Of the row in list_, or the line number; 0: the whole body.
  std::uint32_t line_ = 0;  // Of a text of lines, from 1.
  std::string_view row_key_{};
  // Of the body, before what is read.
  std::size_t skipped_lines_ = 0;
  std::size_t skipped_bytes_ = 0;
  LoneSurrogates repaired_{};
  std::string inexact_number_{};  // The first one, until its row is named.

  Arena key_arena_;
  std::deque<KeyInfo> keys_;
  boost::unordered_flat_map<std::string_view, KeyInfo*> key_index_;
  Shape entity_shape_, relationship_shape_, target_shape_;
  RawRow row_, target_;
  std::vector<ValueView> elements_;
  RawDataReader raw_data_;
  boost::unordered_flat_map<std::string_view, TypeId> types_;
  boost::unordered_flat_map<std::string_view, std::uint32_t> relationship_types_;
  boost::unordered_flat_map<std::string_view, VerbId> verbs_;
  std::deque<ClassArray> class_arrays_;
  std::unordered_multimap<std::uint64_t, const ClassArray*> class_arrays_by_hash_;
  const ClassArray* last_classes_ = nullptr;
  std::vector<const ForeignOwner*> owners_;
};

}  // namespace callisto::persist
