// Cells of batches as values of our own, and as text.
#include "repl/result_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "repl/object_fields.h"
#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

constexpr std::size_t kListElementsShown = 3;
constexpr double kTimeMsMin = 1e11;  // 1973: smaller numbers are no times in milliseconds.
constexpr double kTimeMsMax = 2.5e14;

std::string scalar_for_people(const Scalar& scalar) {
  if (const auto* text = std::get_if<std::string>(&scalar)) return visible(*text);
  return to_json(std::visit([](const auto& plain) { return Value(plain); }, scalar));
}

std::string list_for_people(const List& list) {
  std::string text = "[";
  // One more costs no more room than "+1" does.
  const std::size_t shown =
      list.size() <= kListElementsShown + 1 ? list.size() : kListElementsShown;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ", ";
    text += scalar_for_people(list[i]);
  }
  if (shown < list.size()) text += ", +" + std::to_string(list.size() - shown);
  return text + "]";
}

// Fields that say what an object is, in the order in which people ask.
const std::vector<std::string>& identifying_fields() {
  static const std::vector<std::string> kFields{"displayName", "_type", "_class", "_key", "_id"};
  return kFields;
}

}  // namespace

const Cell& Row::absent() {
  static const Cell kAbsent;
  return kAbsent;
}

const Cell& Row::operator[](std::size_t place) const {
  const auto found =
      std::ranges::lower_bound(present_, place, {}, [](const auto& cell) { return cell.first; });
  return found != present_.end() && found->first == place ? found->second : absent();
}

void Row::set(std::size_t place, Cell cell) {
  size_ = std::max(size_, place + 1);
  const bool is_absent = cell.kind == CellKind::Value && is_null(cell.value);
  auto at = present_.end();
  if (!present_.empty() && present_.back().first >= place) {
    at = std::ranges::lower_bound(present_, place, {}, [](const auto& one) { return one.first; });
    if (at->first == place) {
      at->second = std::move(cell);
      return;
    }
  }
  if (!is_absent) present_.emplace(at, place, std::move(cell));
}

std::size_t Row::bytes() const {
  std::size_t total = sizeof(Row) + present_.capacity() * sizeof(present_[0]);
  for (const auto& [place, cell] : present_) {
    total += cell.json.capacity();
    if (const auto* text = std::get_if<std::string>(&cell.value)) total += text->capacity();
    if (const auto* list = std::get_if<List>(&cell.value)) total += list->size() * sizeof(Scalar);
  }
  return total;
}

Cell cell_of(const RowBatch& batch, std::size_t row, std::size_t column) {
  Cell cell;
  cell.kind = batch.kind(row, column);
  if (cell.kind == CellKind::Value) {
    cell.value = to_value(batch.value(row, column));
  } else {
    batch.append_json(cell.json, row, column);
  }
  return cell;
}

std::string cell_json(const Cell& cell) {
  return cell.kind == CellKind::Value ? to_json(cell.value) : cell.json;
}

std::string cell_plain(const Cell& cell) {
  if (cell.kind != CellKind::Value) return cell.json;
  if (is_null(cell.value)) return {};
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  return to_json(cell.value);
}

std::string cell_for_people(const Cell& cell, bool is_time) {
  if (cell.kind != CellKind::Value) return visible(open_object(cell.json).label);
  if (is_null(cell.value)) return "—";
  if (const auto* text = std::get_if<std::string>(&cell.value)) return visible(*text);
  if (const auto* list = std::get_if<List>(&cell.value)) return list_for_people(*list);
  if (const auto* number = std::get_if<double>(&cell.value)) {
    if (is_time && *number >= kTimeMsMin && *number < kTimeMsMax) {
      return iso_time(static_cast<std::int64_t>(*number));
    }
  }
  return to_json(cell.value);
}

bool is_time_column(const std::string& name) {
  // The property is what follows the selector: `Host._createdOn`, but also `createdOn` alone.
  const bool ends = name.ends_with("On") || name.ends_with("At");
  return ends && name.size() > 2 && std::islower(static_cast<unsigned char>(name[name.size() - 3]));
}

ResultTable spread_objects(const ResultTable& table, bool all) {
  if (table.type != ResultType::List) return table;
  ResultTable out;
  out.columns = identifying_fields();
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < out.columns.size(); ++i)
    places[out.columns[i]] = i;
  for (const Row& row : table.rows) {
    Row spread(out.columns.size());
    const ObjectFields object = open_object(row.empty() ? std::string() : row.front().json);
    for (const auto& [name, value] : object.fields) {
      auto place = places.find(name);
      if (place == places.end()) {
        if (!all) continue;
        place = places.emplace(name, out.columns.size()).first;
        out.columns.push_back(name);
      }
      spread.set(place->second, Cell(value));
    }
    out.rows.push_back(std::move(spread));
  }
  for (Row& row : out.rows)
    row.resize(out.columns.size());
  return out;
}

}  // namespace callisto::repl
