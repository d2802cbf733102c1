// The plan tree with its numbers in columns.
#include "repl/plan_text.h"

#include <algorithm>
#include <cmath>

#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

constexpr double kFarOff = 10;

std::string estimate_text(double rows) {
  if (!(rows >= 0)) return "?";
  if (rows >= 1e15) return "> 1e15";
  return grouped(static_cast<std::uint64_t>(std::llround(rows)));
}

bool far_off(double estimated, std::uint64_t actual) {
  const double high = std::max({estimated, static_cast<double>(actual), 1.0});
  const double low = std::max(1.0, std::min(estimated, static_cast<double>(actual)));
  return high / low >= kFarOff;
}

struct PlanRow {
  std::string text;
  std::string estimated;
  std::string actual;
  std::string time;
};

PlanRow row_of(const PlanLine& line, double total_us) {
  PlanRow row;
  row.text =
      std::string(static_cast<std::size_t>(std::max(0, line.depth)) * 2, ' ') + visible(line.text);
  if (line.estimated_rows) row.estimated = estimate_text(*line.estimated_rows);
  if (line.actual_rows) row.actual = grouped(*line.actual_rows);
  if (line.time_us) {
    row.time = duration_words(*line.time_us);
    if (total_us > 0) {
      row.time += " " + std::to_string(std::lround(100 * *line.time_us / total_us)) + " %";
    }
  }
  if (line.estimated_rows && line.actual_rows && far_off(*line.estimated_rows, *line.actual_rows)) {
    row.actual += " ≠";
  }
  return row;
}

}  // namespace

std::string render_plan(const std::vector<PlanLine>& lines) {
  double total_us = 0;
  for (const PlanLine& line : lines)
    total_us = std::max(total_us, line.time_us.value_or(0));
  std::vector<PlanRow> rows{{"operator", "estimated", "rows", "time"}};
  bool profiled = false;
  bool marked = false;
  for (const PlanLine& line : lines) {
    rows.push_back(row_of(line, total_us));
    profiled = profiled || line.actual_rows || line.time_us;
    marked = marked || rows.back().actual.ends_with("≠");
  }
  std::size_t text = 0;
  std::size_t estimated = 0;
  std::size_t actual = 0;
  std::size_t time = 0;
  for (const PlanRow& row : rows) {
    text = std::max(text, display_width(row.text));
    estimated = std::max(estimated, display_width(row.estimated));
    actual = std::max(actual, display_width(row.actual));
    time = std::max(time, display_width(row.time));
  }
  std::string out;
  for (const PlanRow& row : rows) {
    out += pad(row.text, text, Alignment::Left) + "  " +
           pad(row.estimated, estimated, Alignment::Right);
    if (profiled) {
      out += "  " + pad(row.actual, actual, Alignment::Right) + "  " +
             pad(row.time, time, Alignment::Right);
    }
    out += '\n';
  }
  if (marked) out += "≠ the estimate is off ten times or more\n";
  return out;
}

}  // namespace callisto::repl
