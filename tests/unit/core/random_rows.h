// Random columns for property tests: few numbers in, so that a failure is reported as a recipe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <rapidcheck.h>

#include "core/columns/column.h"
#include "core/columns/distinct_table.h"
#include "core/columns/predicate.h"
#include "core/values/arena.h"

namespace callisto::test {

enum class Flavour : std::uint8_t {
  Booleans,
  SmallIntegers,
  Timestamps,
  Doubles,
  ShortStrings,
  LongStrings,
  Lists,
  Anything,
};

inline constexpr int kFlavours = 8;

struct Recipe {
  Flavour flavour = Flavour::Booleans;
  std::uint32_t rows = 0;
  std::uint32_t pool = 1;  // Distinct values to draw from.
  std::uint32_t absent_percent = 0;
  std::uint32_t seed = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Recipe& recipe) {
  return out << fmt::format("flavour {} rows {} pool {} absent {} % seed {}",
                            static_cast<int>(recipe.flavour),
                            recipe.rows,
                            recipe.pool,
                            recipe.absent_percent,
                            recipe.seed);
}

// Makes values and owns their bytes.
class ValueMaker {
 public:
  explicit ValueMaker(std::uint32_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

  ValueView text(std::string_view prefix, std::size_t size_max) {
    std::string made(prefix);
    const std::size_t size = below(static_cast<std::uint32_t>(size_max) + 1);
    while (made.size() < size) {
      made += "abAB-"[below(5)];
    }
    return arena_.copy(ValueView::string(made));
  }

  ValueView number() {
    static constexpr double kOdd[] = {0.0,
                                      -0.0,
                                      1.0,
                                      -1.0,
                                      0.5,
                                      9007199254740991.0,
                                      -9007199254740991.0,
                                      9007199254740992.0,
                                      1e300,
                                      5e-324,
                                      std::numeric_limits<double>::infinity(),
                                      -std::numeric_limits<double>::infinity(),
                                      std::numeric_limits<double>::quiet_NaN()};
    return ValueView::number(kOdd[below(std::size(kOdd))]);
  }

  ValueView list() {
    const std::span<ValueView> elements = arena_.allocate_array<ValueView>(below(4));
    const std::uint32_t kind = below(4);
    for (ValueView& element : elements) {
      if (kind == 0) element = ValueView::boolean(below(2) != 0);
      if (kind == 1) element = ValueView::number(below(9));
      if (kind == 2) element = text("", 4);
      if (kind == 3) element = below(2) == 0 ? ValueView{} : number();
    }
    return ValueView::list(elements);
  }

  ValueView make(Flavour flavour) {
    switch (flavour) {
      case Flavour::Booleans:
        return ValueView::boolean(below(2) != 0);
      case Flavour::SmallIntegers:
        return ValueView::number(static_cast<double>(below(100'000)) - 50'000);
      case Flavour::Timestamps:
        return ValueView::number(1.7e12 + static_cast<double>(random_() % 100'000'000'000ULL));
      case Flavour::Doubles:
        return ValueView::number(static_cast<double>(below(1'000'000)) / 8.0 - 1000);
      case Flavour::ShortStrings:
        return text("", 6);
      case Flavour::LongStrings:
        return text(fmt::format("key:{}", below(1'000'000)), 40);
      case Flavour::Lists:
        return list();
      case Flavour::Anything:
        break;
    }
    const std::uint32_t choice = below(12);
    if (choice < 7) return make(static_cast<Flavour>(choice));
    return choice < 9 ? number() : make(static_cast<Flavour>(choice - 9 + 3));
  }

  std::vector<ValueView> rows(const Recipe& recipe) {
    std::vector<ValueView> pool(recipe.pool);
    for (ValueView& value : pool) {
      value = make(recipe.flavour);
    }
    std::vector<ValueView> made(recipe.rows);
    for (ValueView& value : made) {
      if (below(100) < recipe.absent_percent) continue;
      value = pool[below(recipe.pool)];
    }
    return made;
  }

 private:
  std::mt19937_64 random_;
  Arena arena_;
};

inline Recipe draw_recipe() {
  using rc::gen::element;
  using rc::gen::inRange;
  Recipe recipe;
  recipe.flavour = static_cast<Flavour>(*inRange(0, kFlavours));
  // The ends of mask words and of chunks are where packed rows go wrong.
  recipe.rows = *rc::gen::oneOf(inRange<std::uint32_t>(0, 70),
                                element<std::uint32_t>(63, 64, 65, 128, 257, 1023, 2047, 2048),
                                inRange<std::uint32_t>(0, kChunkRows + 1));
  recipe.pool = *element<std::uint32_t>(1, 2, 3, 10, 40, 200, 255, 256, 257, 600, 5000);
  recipe.absent_percent = *element<std::uint32_t>(0, 0, 1, 30, 99, 100);
  recipe.seed = *rc::gen::arbitrary<std::uint32_t>();
  return recipe;
}

// Whether every row of `column` is exactly what `rows` says; rows past the end are absent.
inline bool holds(const Column& column, std::span<const ValueView> rows) {
  if (column.rows() != rows.size()) return false;
  Arena scratch;
  bool any_absent = false;
  const RowMask presence = column.presence();
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (!identical(column.at(row, scratch), rows[row])) return false;
    if (column.present(row) == rows[row].is_null()) return false;
    if (presence.test(row) == rows[row].is_null()) return false;
    any_absent |= rows[row].is_null();
  }
  if (any_absent && !column.has_absent()) return false;
  if (presence.count() > rows.size()) return false;
  return column.at(column.rows(), scratch).is_null();
}

}  // namespace callisto::test
