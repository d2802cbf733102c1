#include "query/operators/set_aggregation.h"

#include <algorithm>
#include <utility>

#include "query/executor/guarded_sort.h"

namespace callisto::query {

SetAggregation::SetAggregation(RunContext& run,
                               PatternFilters& filters,
                               std::span<const NodeSet> sets)
    : run_(run),
      plan_(*run.plan),
      grouping_(*plan_.grouping),
      filters_(filters),
      reduced_(!sets.empty() || plan_.chain == 0),
      groups_(run),
      evaluator_(run),
      aggregates_(run, evaluator_, groups_),
      members_(members_on_paths(run, filters, sets)),
      path_counts_(run, filters, members_) {
  add_keys();
}

std::vector<Place> SetAggregation::wanted_places(const Grouping& grouping) {
  std::vector<Place> places;
  for (const auto& [aggregate, place] : grouping.aggregated) {
    places.push_back(place);
  }
  for (const Grouping::Keys& keys : grouping.keys) {
    places.push_back(keys.place);
  }
  return places;
}

void SetAggregation::add_keys() {
  const BoundQuery& query = run_.query();
  std::vector<Grouping::Keys> places = grouping_.keys;
  if (!grouping_.rightwards) std::reverse(places.begin(), places.end());
  std::vector<std::pair<std::size_t, std::size_t>> of_item(query.items.size());
  keys_.reserve(places.size());
  for (const Grouping::Keys& place : places) {
    std::vector<const Expression*> expressions;
    for (const std::uint32_t item : place.items) {
      of_item[item] = {keys_.size(), expressions.size()};
      expressions.push_back(&query.items[item].expression);
    }
    const VariableId variable = place.place.relationship
                                    ? plan_.hops[place.place.index].relationship
                                    : plan_.nodes[place.place.index].variable;
    keys_.push_back(KeyPlace{
        .place = place.place,
        .keys = GroupKeys(run_, variable, std::move(expressions), evaluator_, groups_.arena())});
  }
  numbers_.resize(keys_.size());
  for (std::uint32_t item = 0; item < query.items.size(); ++item) {
    if (query.items[item].is_key()) cell_of_item_.push_back(of_item[item]);
  }
  cells_.resize(cell_of_item_.size());
}

SetWalk& SetAggregation::walk() {
  if (walk_) return *walk_;
  walk_.emplace(run_,
                filters_,
                members_,
                wanted_places(grouping_),
                grouping_.counts_paths() && keys_.size() > 1);
  for (KeyPlace& place : keys_) {
    place.index = walk_->index_of(place.place);
  }
  return *walk_;
}

// What part of the chain a group is walked along.
void SetAggregation::place_aggregates() {
  const std::size_t end = walk().size() - 1;
  first_wanted_ = std::min(keys_.front().index, keys_.back().index);
  last_wanted_ = std::max(keys_.front().index, keys_.back().index);
  for (const auto& [aggregate, place] : grouping_.aggregated) {
    const std::size_t index = walk().index_of(place);
    if (index > end) {
      optionals_wanted_ = true;
      last_wanted_ = end;
    } else {
      const std::size_t last_key = keys_.back().index;
      sweeps_ = sweeps_ ||
                (keys_.size() > 1 && (grouping_.rightwards ? index < last_key : index > last_key));
      first_wanted_ = std::min(first_wanted_, index);
      last_wanted_ = std::max(last_wanted_, index);
    }
  }
  // What is optional goes on from the end of the chain.
  sweeps_ = sweeps_ || (keys_.size() > 1 && optionals_wanted_ && !grouping_.rightwards);
  if (!reduced_) {  // Whether a group has any path is seen by going to the ends.
    first_wanted_ = 0;
    last_wanted_ = end;
  }
  if (grouping_.counts_paths()) return;
  const std::size_t first_key = std::min(keys_.front().index, keys_.back().index);
  const std::size_t last_key = std::max(keys_.front().index, keys_.back().index);
  if (first_wanted_ < first_key) count_alone(walk().at(first_wanted_));
  if (last_wanted_ > last_key && !optionals_wanted_) count_alone(walk().at(last_wanted_));
  if (SetWalk::Stop* const last = walk().last_optional()) count_alone(*last);
}

// No list of the rows is made where a walk ends and their number is all that is asked for.
void SetAggregation::count_alone(SetWalk::Stop& stop) const {
  std::vector<std::uint32_t> tables = stop.tables;
  std::sort(tables.begin(), tables.end());
  if (std::adjacent_find(tables.begin(), tables.end()) != tables.end()) return;
  for (const auto& [aggregate, place] : grouping_.aggregated) {
    if (place == stop.place && !aggregates_.counts_rows(aggregate)) return;
  }
  stop.counted = true;
}

CellTable SetAggregation::run() {
  if (keys_.empty()) {
    aggregate_all();
  } else if (own_place_only()) {
    aggregate_own();
  } else {
    aggregate_groups();
  }
  if (run_.guard.stopped()) return {};
  return groups_.finish(true, evaluator_);
}

template <class Visit>
void SetAggregation::for_chunks_of_list(std::span<const std::uint32_t> rows, Visit&& visit) {
  for (std::size_t i = 0; i < rows.size();) {
    if (run_.guard.step(kChunkRows / 8)) return;
    const std::uint32_t chunk = rows[i] / kChunkRows;
    RowMask mask;
    for (; i < rows.size() && rows[i] / kChunkRows == chunk; ++i) {
      mask.set(rows[i] % kChunkRows);
    }
    visit(chunk, mask);
  }
}

template <class Visit>
void SetAggregation::for_chunks(std::uint32_t node, Visit&& visit) {
  const NodeSet& set = members_[node].set();
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    if (set[i].empty()) continue;
    if (set[i].kind() == RowSet::Kind::Sparse) {
      for_chunks_of_list(set[i].list(),
                         [&](std::uint32_t chunk, const RowMask& rows) { visit(i, chunk, rows); });
      continue;
    }
    const PropertyTable& table = filters_.nodes[node].at(i).table();
    for (std::uint32_t chunk = 0; chunk < table.chunks().size(); ++chunk) {
      if (run_.guard.step(kChunkRows / 8)) return;
      const RowMask rows = set[i].mask(table, chunk);
      if (rows.any()) visit(i, chunk, rows);
    }
  }
}

// All rows on paths that a place of the chain has, as those of one group.
void SetAggregation::load_rows(std::size_t index) {
  SetWalk::Stop& stop = walk().at(index);
  if (stop.place.relationship) {
    load_rows(index - 1);
    (void)walk().advance(index - 1, index);
    return;
  }
  stop.rows.clear();
  for_chunks(stop.place.index, [&](std::uint32_t table, std::uint32_t chunk, const RowMask& rows) {
    if (run_.guard.hold(rows.count() * sizeof(std::uint32_t))) return;
    rows.for_each(
        [&](std::uint32_t row) { stop.rows.tables[table].push_back(chunk * kChunkRows + row); });
  });
}

void SetAggregation::aggregate_all() {
  const std::uint32_t group = groups_.add({});
  bool walked = false;
  for (const Grouping::Aggregated& one : grouping_.aggregated) {
    const Place place = one.place;
    if (!place.relationship && place.index <= plan_.chain) {
      const PlanNode& node = plan_.nodes[place.index];
      for_chunks(place.index, [&](std::uint32_t table, std::uint32_t chunk, const RowMask& rows) {
        aggregates_.add_chunk(one.aggregate, node.tables[table].type.value, chunk, rows, nullptr);
      });
      continue;
    }
    if (const std::size_t index = walk().index_of(place); index < walk().size()) {
      load_rows(index);
    } else if (!walked) {
      load_rows(walk().size() - 1);
      walk().walk_optionals();
      walked = true;
    }
    take_place(group, one);
  }
  if (!grouping_.counts_paths()) return;
  path_counts_.count(true, 0);
  double paths = 0;
  for_chunks(0, [&](std::uint32_t table, std::uint32_t chunk, const RowMask& rows) {
    rows.for_each([&](std::uint32_t row) {
      paths += path_counts_.beyond(true, 0, table, chunk * kChunkRows + row);
    });
  });
  count_paths(group, paths);
}

void SetAggregation::count_paths(std::uint32_t group, double paths) {
  for (const std::uint32_t aggregate : grouping_.path_counts) {
    groups_.state(group, aggregate).count += static_cast<std::uint64_t>(paths);
  }
}

// Groups, and all that is asked of them, are of the entities of one place.
bool SetAggregation::own_place_only() const {
  const Place place = grouping_.keys.front().place;
  if (keys_.size() > 1 || place.relationship || !reduced_) return false;
  return std::all_of(grouping_.aggregated.begin(),
                     grouping_.aggregated.end(),
                     [&](const Grouping::Aggregated& one) {
                       return one.place == place && aggregates_.takes_mixed(one.aggregate);
                     });
}

void SetAggregation::aggregate_own() {
  GroupKeys& keys = keys_.front().keys;
  const std::uint32_t node_index = grouping_.keys.front().place.index;
  const PlanNode& node = plan_.nodes[node_index];
  if (grouping_.counts_paths()) {
    path_counts_.count(true, node_index);
    path_counts_.count(false, node_index);
  }
  RowNumbers numbers;  // NOLINT(cppcoreguidelines-pro-type-member-init): what is read is written.
  for_chunks(node_index, [&](std::uint32_t table, std::uint32_t chunk, const RowMask& rows) {
    const std::uint32_t type = node.tables[table].type.value;
    keys.number(type, chunk, rows, numbers);
    if (run_.guard.stopped()) return;
    while (groups_.size() < keys.size()) {
      numbers_[0] = static_cast<std::uint32_t>(groups_.size());
      (void)add_group();
    }
    for (const Grouping::Aggregated& one : grouping_.aggregated) {
      aggregates_.add_chunk(one.aggregate, type, chunk, rows, &numbers);
    }
    if (!grouping_.counts_paths()) return;
    rows.for_each([&](std::uint32_t row) {
      const std::uint32_t at = chunk * kChunkRows + row;
      count_paths(numbers[row],
                  path_counts_.beyond(true, node_index, table, at) *
                      path_counts_.beyond(false, node_index, table, at));
    });
  });
}

std::uint32_t SetAggregation::add_group() {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto [place, expression] = cell_of_item_[i];
    cells_[i] = keys_[place].keys.cells(numbers_[place])[expression];
  }
  return groups_.add(cells_);
}

void SetAggregation::aggregate_groups() {
  place_aggregates();
  KeyPlace& first = keys_.front();
  SetWalk::Stop& stop = walk().at(first.index);
  if (grouping_.counts_paths()) {
    path_counts_.count(grouping_.rightwards, walk().at(keys_.back().index).place);
    path_counts_.count(!grouping_.rightwards, walk().at(keys_.front().index).place);
    if (keys_.size() > 1) walk().prepare_paths(stop);
  }
  load_rows(first.index);
  if (run_.guard.stopped()) return;
  split_by_keys(0);
}

std::uint32_t SetAggregation::number_of(KeyPlace& place, std::uint32_t table, std::uint32_t row) {
  const SetWalk::Stop& stop = walk().at(place.index);
  if (place.numbers.empty()) place.numbers.resize(stop.tables.size());
  // A relationship table may lie in a hop both ways.
  const auto first = std::find(stop.tables.begin(), stop.tables.end(), stop.tables[table]);
  std::vector<std::uint32_t>& numbers =
      place.numbers[static_cast<std::size_t>(first - stop.tables.begin())];
  const std::uint32_t id = stop.tables[table];
  const PropertyTable& stored = run_.table(stop.place.relationship, pack(id, 0));
  if (numbers.empty()) {
    if (run_.guard.hold(stored.rows() * sizeof(std::uint32_t))) return kNone;
    numbers.assign(stored.rows(), kNone);
  }
  if (numbers[row] != kNone) return numbers[row];
  const std::uint32_t chunk = row / kChunkRows;
  if (stop.place.relationship && !place.keys.reads_only()) {
    return numbers[row] = place.keys.number_row(pack(id, row));
  }
  const RowMask rows = stop.place.relationship
                           ? RowMask::first(stored.chunks()[chunk]->rows())
                           : members_[stop.place.index].set()[table].mask(stored, chunk);
  RowNumbers of_chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  place.keys.number(id, chunk, rows, of_chunk);
  if (run_.guard.stopped()) return kNone;
  rows.for_each([&](std::uint32_t at) { numbers[chunk * kChunkRows + at] = of_chunk[at]; });
  return numbers[row];
}

// Goes on with the rows of each key that the place has in the group at hand.
void SetAggregation::split_by_keys(std::size_t key) {
  KeyPlace& place = keys_[key];
  SetWalk::Stop& stop = walk().at(place.index);
  std::vector<std::uint32_t> begins;
  const std::vector<Member> members = sorted_by_key(place, stop, begins);
  HeldBytes held(run_.guard);
  if (held.set(members.capacity() * sizeof(Member) + begins.capacity() * sizeof begins[0])) return;
  for (std::uint32_t i = 0; i + 1 < begins.size(); ++i) {
    if (begins[i] == begins[i + 1]) continue;
    if (run_.guard.step()) return;
    stop.rows.clear();
    for (std::uint32_t at = begins[i]; at < begins[i + 1]; ++at) {
      stop.rows.tables[members[at].table].push_back(members[at].row);
    }
    numbers_[key] = members[begins[i]].number;
    if (key == 0 && grouping_.counts_paths() && keys_.size() > 1) start_paths(stop);
    fix_key(key);
    if (run_.guard.stopped()) return;
  }
}

std::vector<SetAggregation::Member> SetAggregation::sorted_by_key(
    KeyPlace& place, const SetWalk::Stop& stop, std::vector<std::uint32_t>& begins) {
  std::vector<Member> members;
  for (std::uint32_t table = 0; table < stop.rows.tables.size(); ++table) {
    const std::vector<std::uint32_t>& rows = stop.rows.tables[table];
    if (run_.guard.work(rows.size() * sizeof(Member))) return {};
    for (const std::uint32_t row : rows) {
      const std::uint32_t number = number_of(place, table, row);
      if (number == kNone) return {};
      members.push_back({number, table, row});
    }
  }
  const std::size_t numbers = place.keys.size();
  if (numbers > 4 * members.size()) {  // Few of many.
    guarded_sort(members, run_.guard);
    for (std::uint32_t i = 0; i < members.size(); ++i) {
      if (i == 0 || members[i].number != members[i - 1].number) begins.push_back(i);
    }
    begins.push_back(static_cast<std::uint32_t>(members.size()));
    return members;
  }
  begins.assign(numbers + 1, 0);
  for (const Member& member : members) {
    ++begins[member.number + 1];
  }
  for (std::size_t i = 0; i < numbers; ++i) {
    begins[i + 1] += begins[i];
  }
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  std::vector<Member> sorted(members.size());
  for (const Member& member : members) {
    sorted[next[member.number]++] = member;
  }
  return sorted;
}

void SetAggregation::fix_key(std::size_t key) {
  if (key + 1 == keys_.size()) return finish_group();
  std::size_t at = keys_[key].index;
  while (at != keys_[key + 1].index) {
    const std::size_t next = grouping_.rightwards ? at + 1 : at - 1;
    if (!walk().advance(at, next)) return;
    at = next;
  }
  split_by_keys(key + 1);
}

void SetAggregation::finish_group() {
  const std::size_t begin = std::min(keys_.front().index, keys_.back().index);
  const std::size_t end = std::max(keys_.front().index, keys_.back().index);
  // The rows between are those of all groups that share the keys fixed so far: other groups will
  // want them as they are.
  std::vector<PlaceRows> kept;
  if (sweeps_) {
    for (std::size_t i = begin; i <= end; ++i) {
      kept.push_back(walk().at(i).rows);
    }
    if (grouping_.rightwards) {
      for (std::size_t i = end; i > begin; --i) {
        walk().keep_leading(i, i - 1);
      }
    } else {
      for (std::size_t i = begin; i < end; ++i) {
        walk().keep_leading(i, i + 1);
      }
    }
  }
  if (spread(begin, end)) take_rows(add_group());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    walk().at(begin + i).rows = std::move(kept[i]);
  }
}

// To the other places that the aggregates ask for. False when the group has no path.
bool SetAggregation::spread(std::size_t begin, std::size_t end) {
  for (std::size_t i = end; i < last_wanted_; ++i) {
    if (!walk().advance(i, i + 1)) return false;
  }
  for (std::size_t i = begin; i > first_wanted_; --i) {
    if (!walk().advance(i, i - 1)) return false;
  }
  if (optionals_wanted_) walk().walk_optionals();
  return !run_.guard.stopped();
}

void SetAggregation::take_rows(std::uint32_t group) {
  for (const Grouping::Aggregated& one : grouping_.aggregated) {
    take_place(group, one);
  }
  if (grouping_.counts_paths()) count_paths(group, paths_of_group());
}

void SetAggregation::take_place(std::uint32_t group, const Grouping::Aggregated& one) {
  const std::uint32_t aggregate = one.aggregate;
  const SetWalk::Stop& stop = *walk().find(one.place);
  if (stop.counted) return aggregates_.add_count(aggregate, group, stop.rows.count);
  for (std::uint32_t table = 0; table < stop.tables.size(); ++table) {
    const auto begin = stop.tables.begin();
    const auto own = begin + table;
    if (std::find(begin, own, *own) != own) continue;  // Taken together with the first.
    if (std::find(own + 1, stop.tables.end(), *own) == stop.tables.end()) {
      const std::vector<std::uint32_t>& rows = stop.rows.tables[table];
      if (!rows.empty()) aggregates_.add_rows(aggregate, group, *own, rows);
      continue;
    }
    // A relationship that the hop takes both ways is one.
    std::vector<std::uint32_t> rows;
    for (std::uint32_t other = table; other < stop.tables.size(); ++other) {
      if (stop.tables[other] != *own) continue;
      rows.insert(rows.end(), stop.rows.tables[other].begin(), stop.rows.tables[other].end());
    }
    guarded_sort(rows, run_.guard);
    if (run_.guard.stopped()) return;
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    aggregates_.add_rows(aggregate, group, *own, rows);
  }
}

void SetAggregation::start_paths(SetWalk::Stop& stop) const {
  for (std::uint32_t table = 0; table < stop.rows.tables.size(); ++table) {
    for (const std::uint32_t row : stop.rows.tables[table]) {
      stop.paths[table][row] = path_counts_.beyond(!grouping_.rightwards, stop.place, table, row);
    }
  }
}

double SetAggregation::paths_of_group() {
  const SetWalk::Stop& stop = walk().at(keys_.back().index);
  double paths = 0;
  for (std::uint32_t table = 0; table < stop.rows.tables.size(); ++table) {
    for (const std::uint32_t row : stop.rows.tables[table]) {
      const double before =
          keys_.size() > 1 ? stop.paths[table][row]
                           : path_counts_.beyond(!grouping_.rightwards, stop.place, table, row);
      paths += before * path_counts_.beyond(grouping_.rightwards, stop.place, table, row);
    }
  }
  return paths;
}

}  // namespace callisto::query
