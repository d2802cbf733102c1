// The report of a sync job as text.
#include <algorithm>
#include <vector>

#include "repl/listings.h"
#include "repl/sync_command.h"
#include "repl/text_width.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

using TextRow = std::vector<std::string>;

std::string align(const std::vector<TextRow>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const TextRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string out;
  for (const TextRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += "  ";
      out += pad(row[i], widths[i], i == 0 ? Alignment::Left : Alignment::Right);
    }
    out += '\n';
  }
  return out;
}

TextRow counters_row(const char* name, const ObjectCounters& counters, std::uint64_t unchanged) {
  return {name,
          grouped(counters.uploaded),
          grouped(counters.created),
          grouped(counters.updated),
          grouped(counters.deleted),
          grouped(unchanged),
          grouped(counters.create_errors + counters.update_errors + counters.delete_errors)};
}

std::string change_line(const ObjectChange& change) {
  const std::string name = visible(change.key.empty() ? change.id : change.key);
  const char* sign = "~ ";
  if (change.kind == ChangeKind::Create) sign = "+ ";
  if (change.kind == ChangeKind::Delete) sign = "- ";
  std::string out = sign + name + " (" + visible(change.type) + ")\n";
  for (const PropertyChange& property : change.properties) {
    out += "    " + visible(property.property) + "  " + value_words(property.before) + " → " +
           value_words(property.after) + "\n";
  }
  return out;
}

std::string listed(const std::vector<std::string>& names, std::uint64_t total) {
  std::string out;
  for (const std::string& name : names)
    out += (out.empty() ? "" : ", ") + visible(name);
  if (names.size() < total) out += ", …";
  return out;
}

std::string unresolved_lines(const SyncReport& report) {
  if (report.unresolved_relationships == 0) return {};
  std::string out = counted(report.unresolved_relationships, "relationship") + " of " +
                    grouped(report.job.relationships.uploaded) +
                    " not made, an end is not in the graph:\n";
  for (const UnresolvedRelationship& one : report.unresolved) {
    out += "    " + visible(one.key) + "  " + one.end + " " +
           (one.missing.empty() ? "is not given" : visible(one.missing)) +
           (one.scope.empty() ? "" : " of scope " + visible(one.scope)) + "\n";
  }
  if (report.unresolved.size() < report.unresolved_relationships) out += "    …\n";
  return out;
}

std::string hidden_lines(const SyncReport& report) {
  if (report.hidden_values == 0) return {};
  const HiddenPatch& first = report.hidden.front();
  return counted(report.hidden_values, "value") + (report.hidden_values == 1 ? " does" : " do") +
         " not show, such as " + visible(first.entity_key) + "." + visible(first.property) +
         (first.scope.empty() ? ": a value set by hand hides it"
                              : ": scope " + visible(first.scope) + " pins it") +
         "\n";
}

std::string warning_lines(const UploadWarnings& warnings) {
  std::string out;
  if (warnings.lone_surrogates > 0) {
    out += "warning: " + counted(warnings.lone_surrogates, "half character") +
           " (lone surrogate) taken as U+FFFD, first in " + visible(warnings.first_lone_surrogate) +
           "\n";
  }
  if (warnings.inexact_numbers > 0) {
    out += "warning: " + counted(warnings.inexact_numbers, "number") +
           " not exact: numbers are doubles; first " + visible(warnings.first_inexact_number) +
           " (a text keeps all digits)\n";
  }
  return out;
}

std::string turned_lines(const SyncReport& report) {
  std::string out;
  for (const auto& [state, count] : report.turned_counts) {
    if (count == 0) continue;
    out += counted(count, "override") + (count == 1 ? " is now " : " are now ") + to_string(state);
    for (const OverrideTurn& turn : report.turned) {
      if (turn.now != state) continue;
      out += ", such as " + visible(turn.entity_key) + "." + visible(turn.property) + " of scope " +
             visible(turn.scope);
      break;
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::string render_report(const SyncReport& report, double elapsed_us) {
  const SyncJob& job = report.job;
  std::string out;
  if (report.dry_run) {
    out += "Dry run: nothing is written. This is what " + std::string(to_string(job.mode)) +
           " would do" + (report.refusal.empty() ? "" : ", if it were let pass") + ".\n";
  } else {
    out += std::string(to_string(job.mode)) + " " + to_string(job.status);
    if (elapsed_us > 0) out += " in " + duration_words(elapsed_us);
    out += " · graph version " + grouped(report.graph_version) + " · job " + job.id + "\n";
  }
  out += align({{"", "uploaded", "created", "updated", "deleted", "unchanged", "errors"},
                counters_row("entities", job.entities, report.unchanged_entities),
                counters_row("relationships", job.relationships, report.unchanged_relationships)});
  if (job.mapped.created + job.mapped.updated + job.mapped.deleted + job.mapped.create_errors > 0) {
    out += "mapped relationships: " + grouped(job.mapped.created) + " created, " +
           grouped(job.mapped.updated) + " updated, " + grouped(job.mapped.deleted) + " deleted, " +
           counted(job.mapped.create_errors, "error") + "\n";
  }
  if (job.mode == SyncMode::Override) {
    out += "scope " + visible(job.scope) + " now pins " + counted(report.overrides_set, "value") +
           ", " + grouped(report.overrides_removed) + " removed\n";
  }
  if (report.skipped_rows > 0) {
    out += counted(report.skipped_rows, "row") +
           " skipped, no such entity: " + listed(report.skipped_ids, report.skipped_rows) + "\n";
  }
  out += unresolved_lines(report);
  out += hidden_lines(report);
  out += warning_lines(job.warnings);
  out += turned_lines(report);
  if (!report.dry_run) return out;
  for (const ObjectChange& change : report.changes)
    out += change_line(change);
  const std::uint64_t all = job.entities.created + job.entities.updated + job.entities.deleted +
                            job.relationships.created + job.relationships.updated +
                            job.relationships.deleted;
  if (report.changes.size() < all) {
    out += "… and " + counted(all - report.changes.size(), "more change") + "\n";
  }
  return out;
}

}  // namespace callisto::repl
