// The box: choose rows, measure columns, share the width, draw.
#include "repl/box_renderer.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

constexpr std::size_t kColumnWidthMin = 10;  // Of those that are wider: less says nothing.
constexpr std::size_t kFrameWidth = 3;       // " │ " or its like, for each column.

struct Column {
  std::string name;
  std::string kind;
  Alignment alignment = Alignment::Left;
  std::size_t index = 0;
  bool is_time = false;
  std::size_t width = 0;

  // Made anew for each use: thousands of columns of as many rows would fill the memory.
  [[nodiscard]] std::string text(const Row& row) const {
    return index < row.size() ? cell_for_people(row[index], is_time) : "—";
  }
};

struct Layout {
  std::vector<Column> columns;
  std::size_t head = 0;  // Rows above the fold.
  std::size_t tail = 0;  // Rows below it; 0 with no fold.
  std::size_t hidden_columns = 0;
};

std::string kind_of(const Cell& cell, bool is_time) {
  if (cell.kind == CellKind::Entity) return "entity";
  if (cell.kind == CellKind::Relationship) return "relationship";
  switch (cell.value.index()) {
    case 1:
      return "boolean";
    case 2:
      return is_time ? "time" : "number";
    case 3:
      return "string";
    case 4:
      return "list";
    default:
      return "";
  }
}

Column make_column(const ResultTable& table, std::size_t index, const Layout& layout) {
  Column column;
  column.name = visible(table.columns[index]);
  column.kind = column_kind(table, index);
  if (column.kind == "number") column.alignment = Alignment::Right;
  column.index = index;
  column.is_time = column.kind == "time";
  const auto add = [&](const Row& row) {
    column.width = std::max(column.width, display_width(column.text(row)));
  };
  for (std::size_t row = 0; row < layout.head; ++row)
    add(table.rows[row]);
  for (std::size_t row = table.rows.size() - layout.tail; row < table.rows.size(); ++row) {
    add(table.rows[row]);
  }
  column.width = std::max({column.width, display_width(column.name), display_width(column.kind)});
  return column;
}

std::size_t total_width(const std::vector<Column>& columns) {
  return std::accumulate(
      columns.begin(), columns.end(), std::size_t{1}, [](std::size_t sum, const Column& column) {
        return sum + column.width + kFrameWidth;
      });
}

// Takes width from the widest columns first until the box fits; the narrow ones stay whole.
void shrink_to(std::vector<Column>& columns, std::size_t width) {
  while (total_width(columns) > width) {
    const auto widest =
        std::max_element(columns.begin(), columns.end(), [](const Column& a, const Column& b) {
          return a.width < b.width;
        });
    if (widest->width <= kColumnWidthMin) return;
    std::size_t second = kColumnWidthMin;
    for (const Column& column : columns) {
      if (column.width < widest->width) second = std::max(second, column.width);
    }
    const std::size_t excess = total_width(columns) - width;
    widest->width -= std::min(excess, std::max<std::size_t>(1, widest->width - second));
  }
}

void fit(Layout& layout, std::size_t width) {
  if (width == 0) return;
  shrink_to(layout.columns, width);
  const std::size_t mark = 4;  // "… │", the column that stands for those without room.
  while (layout.columns.size() > 1 &&
         total_width(layout.columns) + (layout.hidden_columns > 0 ? mark : 0) > width) {
    layout.columns.pop_back();
    ++layout.hidden_columns;
  }
  if (layout.hidden_columns > 0 && width > mark) shrink_to(layout.columns, width - mark);
}

Layout lay_out(const ResultTable& table, const BoxOptions& options) {
  Layout layout;
  layout.head = table.rows.size();
  // A fold takes three lines; hiding fewer rows than that would save nothing.
  if (options.rows_shown > 0 && table.rows.size() > options.rows_shown + 3) {
    layout.head = (options.rows_shown + 1) / 2;
    layout.tail = options.rows_shown / 2;
  }
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    layout.columns.push_back(make_column(table, index, layout));
  }
  fit(layout, options.width);
  return layout;
}

void draw_rule(std::string& out,
               const Layout& layout,
               const char* left,
               const char* cross,
               const char* right) {
  out += left;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (i > 0) out += cross;
    for (std::size_t dash = 0; dash < layout.columns[i].width + 2; ++dash)
      out += "─";
  }
  if (layout.hidden_columns > 0) {
    out += cross;
    out += "───";
  }
  out += right;
  out += '\n';
}

template <class TextOf>
void draw_line(std::string& out, const Layout& layout, bool centred, const TextOf& text_of) {
  out += "│";
  for (const Column& column : layout.columns) {
    const std::string text = fold_to_width(text_of(column), column.width);
    const std::size_t space = column.width - display_width(text);
    if (centred) {
      out += ' ' + std::string(space / 2, ' ') + text + std::string(space - space / 2, ' ') + ' ';
    } else {
      out += ' ' + pad(text, column.width, column.alignment) + ' ';
    }
    out += "│";
  }
  if (layout.hidden_columns > 0) out += " … │";
  out += '\n';
}

}  // namespace

std::string column_kind(const ResultTable& table, std::size_t column) {
  const bool named_time = is_time_column(table.columns[column]);
  std::string kind;
  for (const Row& row : table.rows) {
    if (column >= row.size()) continue;
    const std::string next = kind_of(row[column], named_time);
    if (next.empty() || next == kind) continue;
    if (!kind.empty()) return "mixed";
    kind = next;
  }
  return kind;
}

std::string footer(std::uint64_t rows,
                   std::uint64_t rows_shown,
                   std::size_t columns,
                   std::size_t columns_shown,
                   std::optional<double> time_us) {
  std::string text = counted(rows, "row");
  if (rows_shown < rows) text += " (" + grouped(rows_shown) + " shown)";
  text += " · " + counted(columns, "column");
  if (columns_shown < columns) text += " (" + grouped(columns_shown) + " shown)";
  if (time_us) text += " · " + duration_words(*time_us);
  return text;
}

std::string render_box(const ResultTable& table, const BoxOptions& options) {
  std::string out;
  const Layout layout = lay_out(table, options);
  const std::size_t shown = layout.head + layout.tail;
  if (!layout.columns.empty() && !table.rows.empty()) {
    draw_rule(out, layout, "┌", "┬", "┐");
    draw_line(out, layout, true, [](const Column& column) { return column.name; });
    draw_line(out, layout, true, [](const Column& column) { return column.kind; });
    draw_rule(out, layout, "├", "┼", "┤");
    for (std::size_t row = 0; row < shown; ++row) {
      if (layout.tail > 0 && row == layout.head) {
        for (int dots = 0; dots < 3; ++dots) {
          draw_line(out, layout, true, [](const Column&) { return std::string("·"); });
        }
      }
      const std::size_t at =
          row < layout.head ? row : table.rows.size() - layout.tail + (row - layout.head);
      const Row& cells = table.rows[at];
      draw_line(out, layout, false, [&](const Column& column) { return column.text(cells); });
    }
    draw_rule(out, layout, "└", "┴", "┘");
  }
  const std::size_t columns_shown =  // Of no rows nothing is drawn, and nothing left out.
      table.rows.empty() ? table.columns.size() : layout.columns.size();
  out += footer(table.rows.size(), shown, table.columns.size(), columns_shown, options.time_us);
  out += '\n';
  if (shown < table.rows.size() && !options.all_rows.empty()) out += options.all_rows + '\n';
  if (columns_shown < table.columns.size() && !options.all_columns.empty())
    out += options.all_columns + '\n';
  return out;
}

}  // namespace callisto::repl
