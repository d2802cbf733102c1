// Many rows of a column at once: the kind is looked at once, not for each row.
#include "core/columns/column.h"

namespace callisto {

namespace {

// Calls put(i, row) for the rows that are present; the others become Null.
template <class Present, class Put>
void for_present(std::span<const std::uint16_t> rows,
                 std::span<ValueView> out,
                 Present&& present,
                 Put&& put) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (present(rows[i])) {
      put(i, rows[i]);
    } else {
      out[i] = {};
    }
  }
}

}  // namespace

void Column::gather(std::span<const std::uint16_t> rows,
                    std::span<ValueView> out,
                    Arena& scratch) const {
  const auto here = [&](std::uint16_t row) { return row < rows_; };
  const auto gather_present = [&](auto&& put) {
    if (!presence_) return for_present(rows, out, here, put);
    const RowMask& mask = *presence_;
    for_present(
        rows, out, [&](std::uint16_t row) { return row < rows_ && mask.test(row); }, put);
  };
  switch (kind_) {
    case Kind::Coded: {
      const ValueView* const values = values_.data();
      const auto codes = [&](const auto* packed) {
        for_present(rows, out, here, [&, packed](std::size_t i, std::uint16_t row) {
          out[i] = values[packed[row]];
        });
      };
      if (width_ == 1) return codes(packed_.data());
      if (width_ == 2) return codes(codes16().data());
      return for_present(
          rows, out, here, [&](std::size_t i, std::uint16_t) { out[i] = values[0]; });
    }
    case Kind::Mixed:
      return for_present(
          rows, out, here, [&](std::size_t i, std::uint16_t row) { out[i] = values_[row]; });
    case Kind::Integer: {
      if (width_ == 0) {
        const ValueView value = ValueView::number(static_cast<double>(base_));
        return gather_present([&](std::size_t i, std::uint16_t) { out[i] = value; });
      }
      return visit_offsets([&](const auto* offsets) {
        const auto base = static_cast<std::uint64_t>(base_);
        gather_present([&, offsets, base](std::size_t i, std::uint16_t row) {
          out[i] = ValueView::number(
              static_cast<double>(static_cast<std::int64_t>(base + offsets[row])));
        });
      });
    }
    case Kind::Double:
      return gather_present(
          [&](std::size_t i, std::uint16_t row) { out[i] = ValueView::number(doubles_[row]); });
    case Kind::Text: {
      const char* const heap = heap_.data();
      const std::uint32_t* const offsets = offsets_.data();
      return gather_present([&, heap, offsets](std::size_t i, std::uint16_t row) {
        out[i] = ValueView::string({heap + offsets[row], offsets[row + 1] - offsets[row]});
      });
    }
    case Kind::Ids:
      return gather_present(
          [&](std::size_t i, std::uint16_t row) { out[i] = id_text(row, scratch); });
  }
}

}  // namespace callisto
