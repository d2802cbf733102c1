// Numbers of keys over tables of several chunks against the values themselves (j1ql 7.4).
#include "query/operators/group_keys.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/query_operators/operator_run.h"

namespace callisto::test {
namespace {

using query::GroupKeys;

constexpr std::size_t kNodes = 4'500;  // Three chunks, the last not full.

std::string node(std::size_t i) {
  std::string json = R"(,"name":"name )" + std::to_string(i) + '"';
  // The last rows of a chunk have none: its column ends before them.
  if (i % kChunkRows < 2000) json += R"(,"color":"c)" + std::to_string(i * 7 % 5) + '"';
  if (i % 3 != 0) json += R"(,"shape":"s)" + std::to_string(i % 4) + '"';
  json += R"(,"first":"f)" + std::to_string(i % 67) + R"(","second":"s)" +
          std::to_string(i / 2 % 71) + '"';
  static const std::vector<std::string> kMixed{"1", "\"1\"", "true", "[1]", "[\"1\",2]", "0.5"};
  if (i % 7 != 6) json += R"(,"mixed":)" + kMixed[i * 5 % 7 % kMixed.size()];
  json += R"(,"third":"t)" + std::to_string(i * 11 % 509) + '"';
  if (i % 5 != 0) json += R"(,"near":)" + std::to_string(static_cast<int>(i % 300) - 100);
  json += R"(,"far":)" + std::to_string(i % 2 == 0 ? i % 9 : i % 9 + 1'000'000);
  if (i < kChunkRows) json += R"(,"early":)" + std::to_string(i % 3);
  return json;
}

const SnapshotPtr& graph() {
  static const SnapshotPtr snapshot = nodes(kNodes, node);
  return snapshot;
}

Column::Kind kind_of(const OperatorRun& with, const query::Expression& read, std::size_t chunk) {
  const auto slot = with.table().slot(with.run.plan->reads[read.index]);
  REQUIRE(slot);
  const Column* column = with.table().chunks()[chunk]->column(*slot);
  REQUIRE(column != nullptr);
  return column->kind();
}

// What all of the reads give for a row.
std::string stored(const OperatorRun& with, query::PackedRef row) {
  std::string text;
  for (const query::Expression* read : with.items()) {
    text += with.stored(*read, row) + ' ';
  }
  return text;
}

std::string text_of(std::span<const query::Cell> cells) {
  std::string text;
  for (const query::Cell& cell : cells) {
    text += to_json(cell.value) + ' ';
  }
  return text;
}

// Numbers all rows by chunks. Each has the cells that are stored for it; different cells have
// different numbers, which grow as new ones are met. Returns how many there are.
std::size_t check_reads(const std::string& items) {
  INFO(items);
  OperatorRun with("FIND UNIQUE Node AS n RETURN " + items, graph());
  query::Evaluator evaluator(with.run);
  Arena arena;
  GroupKeys keys(with.run, 0, with.items(), evaluator, arena);
  CHECK(keys.reads_only());
  std::map<std::string, std::uint32_t> met;
  std::size_t wrong = 0;
  for (std::uint32_t chunk = 0; chunk < with.table().chunks().size(); ++chunk) {
    const std::uint32_t rows = with.table().chunks()[chunk]->rows();
    query::RowNumbers numbers{};
    keys.number(with.type(), chunk, RowMask::first(rows), numbers);
    for (std::uint32_t row = 0; row < rows; ++row) {
      const query::PackedRef ref = query::pack(with.type(), chunk * kChunkRows + row);
      const std::string wanted = stored(with, ref);
      const auto next = static_cast<std::uint32_t>(met.size());
      const auto at = met.try_emplace(wanted, next).first;
      wrong += static_cast<std::size_t>(at->second != numbers[row]);
      wrong += static_cast<std::size_t>(text_of(keys.cells(numbers[row])) != wanted);
      wrong += static_cast<std::size_t>(keys.number_row(ref) != numbers[row]);
    }
  }
  CHECK(wrong == 0);
  CHECK(keys.size() == met.size());
  return met.size();
}

}  // namespace

TEST_CASE("j1ql 7.4 keys of coded columns, with rows past their end") {
  const OperatorRun with("FIND UNIQUE Node AS n RETURN n.color, n.shape", graph());
  CHECK(kind_of(with, *with.items()[0], 0) == Column::Kind::Coded);
  CHECK(kind_of(with, *with.items()[1], 0) == Column::Kind::Coded);
  CHECK(check_reads("n.color") == 6);
  CHECK(check_reads("n.shape") == 5);
  CHECK(check_reads("n.color, n.shape") == 30);
  CHECK(check_reads("n.shape, n.color, n.shape") == 30);
}

TEST_CASE("j1ql 7.4 keys of values of several kinds, of none and of some chunks only") {
  CHECK(check_reads("n.mixed") == 6);
  CHECK(check_reads("n.mixed, n.color") > 20);
  CHECK(check_reads("n.none") == 1);
  CHECK(check_reads("n.none, n.color, n.nothing") == 6);
  CHECK(check_reads("n.early") == 4);
  CHECK(check_reads("n.early, n.color") == 24);
}

TEST_CASE("j1ql 7.4 keys of plain texts and of metadata") {
  CHECK(check_reads("n.name") == kNodes);
  CHECK(check_reads("n._key, n.color") == kNodes);
  CHECK(check_reads("n._type, n._class") == 1);
}

TEST_CASE("j1ql 7.4 keys of many combinations, also of more than codes are made for") {
  CHECK(check_reads("n.first, n.second") > 2'000);  // Of 67 * 71.
  CHECK(check_reads("n.first, n.second, n.color, n.shape") > 2'000);
  CHECK(check_reads("n.first, n.second, n.third") > 4'000);
  CHECK(check_reads("n.third, n.first, n.mixed, n.second, n.near") > 4'000);
}

TEST_CASE("j1ql 7.4 keys of integers that lie together, and of some that lie apart") {
  CHECK(check_reads("n.near") == 241);  // A fifth of 300 never has one.
  CHECK(check_reads("n.far") == 18);
  CHECK(check_reads("n.near, n.color") > 241);
  CHECK(check_reads("n.far, n.near, n.shape") > 241);
}

TEST_CASE("j1ql 7.4 keys that are computed: equal ones are one, whatever they are made of") {
  OperatorRun with("FIND UNIQUE Node AS n RETURN CONCAT(n.color, 'y'), COALESCE(n.shape, 's1')",
                   graph());
  query::Evaluator evaluator(with.run);
  Arena arena;
  GroupKeys keys(with.run, 0, with.items(), evaluator, arena);
  CHECK_FALSE(keys.reads_only());
  std::map<std::string, std::uint32_t> met;
  for (std::uint32_t chunk = 0; chunk < with.table().chunks().size(); ++chunk) {
    const std::uint32_t rows = with.table().chunks()[chunk]->rows();
    query::RowNumbers numbers{};
    keys.number(with.type(), chunk, RowMask::first(rows), numbers);
    for (std::uint32_t row = 0; row < rows; ++row) {
      met.try_emplace(text_of(keys.cells(numbers[row])), numbers[row]);
    }
  }
  std::vector<std::string> texts;
  for (const auto& [text, number] : met) {
    texts.push_back(text);
  }
  CHECK(keys.size() == texts.size());
  // Six colours and four shapes: that of none is that of one.
  CHECK(texts.size() == 24);
  CHECK(std::count(texts.begin(), texts.end(), "\"c0y\" \"s1\" ") == 1);
}

TEST_CASE("j1ql 7.4 an object among the keys gives each row its own number") {
  OperatorRun with("FIND UNIQUE Node AS n RETURN n, n.color", graph());
  query::Evaluator evaluator(with.run);
  Arena arena;
  GroupKeys keys(with.run, 0, with.items(), evaluator, arena);
  CHECK_FALSE(keys.reads_only());
  query::RowNumbers numbers{};
  keys.number(with.type(), 1, RowMask::first(kChunkRows), numbers);
  CHECK(keys.size() == kChunkRows);
  std::size_t wrong = 0;
  for (std::uint32_t row = 0; row < kChunkRows; ++row) {
    const query::PackedRef ref = query::pack(with.type(), kChunkRows + row);
    const std::span<const query::Cell> cells = keys.cells(numbers[row]);
    wrong += static_cast<std::size_t>(cells[0].ref != ref);
    wrong +=
        static_cast<std::size_t>(to_json(cells[1].value) != with.stored(*with.items()[1], ref));
  }
  CHECK(wrong == 0);
}

TEST_CASE("j1ql 7.4 without expressions all rows have one number") {
  OperatorRun with("FIND UNIQUE Node AS n RETURN n.color", graph());
  query::Evaluator evaluator(with.run);
  Arena arena;
  GroupKeys keys(with.run, 0, {}, evaluator, arena);
  query::RowNumbers numbers{};
  numbers.fill(9);
  keys.number(with.type(), 0, RowMask::first(kChunkRows), numbers);
  CHECK(keys.size() == 1);
  CHECK(std::count(numbers.begin(), numbers.end(), 0U) == kChunkRows);
  CHECK(keys.cells(0).empty());
}

TEST_CASE("j1ql 7.4 rows that are not asked for get no number") {
  for (const char* items : {"n.color", "n.mixed", "n, n.color", "CONCAT(n.name)"}) {
    INFO(items);
    OperatorRun with(std::string("FIND UNIQUE Node AS n RETURN ") + items, graph());
    query::Evaluator evaluator(with.run);
    Arena arena;
    GroupKeys keys(with.run, 0, with.items(), evaluator, arena);
    RowMask rows;
    for (const std::uint32_t row : {3U, 64U, 2047U}) {
      rows.set(row);
    }
    query::RowNumbers numbers{};
    numbers.fill(77);
    keys.number(with.type(), 0, rows, numbers);
    CHECK(keys.size() <= 3);
    CHECK(std::count(numbers.begin(), numbers.end(), 77U) == kChunkRows - 3);
    CHECK(numbers[3] == 0);
    CHECK(numbers[64] < keys.size());
    CHECK(numbers[2047] < keys.size());
  }
}

}  // namespace callisto::test
