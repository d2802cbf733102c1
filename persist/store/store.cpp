#include "persist/store/store.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "core/errors/barrier.h"
#include "persist/codec/byte_stream.h"
#include "persist/codec/change_set_codec.h"
#include "persist/codec/export_snapshot.h"
#include "persist/codec/raw_data.h"

namespace callisto::persist {
namespace {

// After a write that failed the disk is asked again, but not all the time: to ask means to open the
// database.
constexpr std::chrono::milliseconds kRetryAfter{500};

// A snapshot's first block says which graph version the others make up.
std::string encode_version(std::uint64_t version) {
  ByteWriter out;
  out.varint(version);
  return out.take();
}

// Raw data. Uploads of open jobs have a limit of their own.
bool is_of_graph(std::string_view key) {
  return key.starts_with(kRawDataPrefix);
}

// Not only deletes.
bool brings_data(const ChangeSet& change) {
  const auto lives = [](const auto& put) { return !put.meta.deleted; };
  return std::ranges::any_of(change.entities, lives) ||
         std::ranges::any_of(change.relationships, lives) ||
         std::ranges::any_of(change.side,
                             [](const SidePut& put) { return put.value && is_of_graph(put.key); });
}

// How to get over what the disk said; begins with ": ", or is empty.
std::string way_out(const Error& why) {
  const auto says = [&](int code) {
    return why.message.find(std::strerror(code)) != std::string::npos;
  };
  if (says(EACCES) || says(EPERM))
    return ": let the user of this process write there (ls -l, chown)";
  if (says(EROFS)) return ": mount that disk for writing (mount -o remount,rw)";
  if (says(ENOSPC) || says(EDQUOT)) return ": make room on that disk";
  return {};
}

}  // namespace

// What a snapshot is written from; all of it is immutable.
struct Store::Frozen {
  SnapshotPtr graph;
  SideMap side;
  std::unique_ptr<SnapshotBlocks> blocks;
};

Store::Store(std::string account, std::unique_ptr<Journal> journal)
    : account_(std::move(account)),
      journal_(std::move(journal)),
      graph_(std::make_unique<GraphStore>(account_)),
      visible_(graph_->snapshot()) {}

Store::~Store() = default;

std::uint64_t Store::next_version() const {
  return (staged_.empty() ? last_sequence_ : staged_.back().sequence) + 1;
}

Result<SnapshotPtr> Store::stage(const ChangeSet& change) {
  if (Status ready = resume(); !ready) return tl::make_unexpected(std::move(ready).error());
  if (change.empty()) return head();
  Staged staged{.sequence = next_version(), .side = side_records(change), .after = head()};
  if (change.touches_graph()) {
    CALLISTO_TRY(staged.after, GraphStore::prepare_after(*staged.after, change, staged.sequence));
  }
  if (Status status = check_graph_bytes(*head(), *staged.after, change); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  if (journal_) staged.block = encode_change_set(change, staged.after->names());
  staged_.push_back(std::move(staged));
  return staged_.back().after;
}

std::optional<Error> Store::failure() const {
  const std::lock_guard lock(failure_mutex_);
  return failure_;
}

Status Store::refuse_writes(const Error& why) {
  const std::lock_guard lock(failure_mutex_);
  const bool first = !failure_;
  failure_ = Error{.code = why.code,
                   .message = "no write is taken since one could not be stored (" + why.message +
                              "); reading goes on, and writing when the disk allows it"};
  next_try_ = std::chrono::steady_clock::now() + kRetryAfter;
  if (!first) return tl::make_unexpected(*failure_);
  return fail(why.code,
              "the write could not be stored and has not happened: " + why.message + way_out(why) +
                  "; reading goes on, and writing when the disk allows it");
}

// Requires the writer lock. After a failure: whether it has passed. The disk is not asked by every
// write that comes meanwhile.
Status Store::resume() {
  const std::optional<Error> before = failure();
  if (!before) return {};
  if (!staged_.empty() || std::chrono::steady_clock::now() < next_try_) {
    return tl::make_unexpected(*before);
  }
  if (Status ready = journal_->prepare(); !ready) return refuse_writes(ready.error());
  const std::lock_guard lock(failure_mutex_);
  failure_.reset();
  return {};
}

Status Store::writable() {
  if (!journal_) return {};
  const std::unique_lock lock(writer_, std::try_to_lock);
  if (lock.owns_lock()) {
    if (failure()) return resume();
    if (Status ready = journal_->prepare(); !ready) return refuse_writes(ready.error());
    return {};
  }
  const std::optional<Error> known = failure();
  return known ? Status(tl::make_unexpected(*known)) : Status{};
}

Status Store::check_graph_bytes(const Snapshot& before,
                                const Snapshot& after,
                                const ChangeSet& change) const {
  const std::size_t max = graph_bytes_max_;
  if (max == 0 || !brings_data(change)) return {};
  std::size_t more = 0;
  for (const SidePut& put : change.side) {
    if (put.value && is_of_graph(put.key)) more += put.value->size();
  }
  const std::size_t now = graph_bytes_of(after) + more;
  if (now <= max || now <= graph_bytes_of(before)) return {};
  return fail(ErrorCode::LimitExceeded,
              fmt::format("the graph would take {} bytes, at most {} are allowed (graph_bytes); it "
                          "takes {} now. Nothing is written: delete what is not needed, or raise "
                          "the limit",
                          now,
                          max,
                          graph_bytes_of(before)));
}

std::vector<JournalBlock> Store::staged_blocks() const {
  std::vector<JournalBlock> group;
  for (const Staged& staged : staged_) {
    group.push_back({staged.sequence, staged.block});
  }
  return group;
}

// A journal that throws is one that failed: nobody knows what it has written.
Status Store::append(std::span<const JournalBlock> group) {
  try {
    return journal_->append(group);
  } catch (...) {
    Error error = error_of_exception();
    error.code = ErrorCode::Io;
    return tl::make_unexpected(std::move(error));
  }
}

Status Store::flush() {
  if (staged_.empty()) return {};
  const Undo done([this] { discard(); });  // However it ends.
  if (journal_) {
    const std::vector<JournalBlock> group = staged_blocks();
    if (Status status = append(group); !status) return refuse_writes(status.error());
  }
  for (Staged& change : staged_) {
    apply_side(std::move(change.side));
  }
  last_sequence_ = staged_.back().sequence;
  const SnapshotPtr after = std::move(staged_.back().after);
  if (after != snapshot()) {
    graph_->publish(after);
    visible_.store(after);
  }
  compact_when_due();
  return {};
}

void Store::for_each_side(
    std::string_view prefix,
    const std::function<void(std::string_view, std::string_view)>& visit) const {
  SideMap found;
  {
    const std::lock_guard lock(side_mutex_);
    for (auto at = side_.lower_bound(prefix); at != side_.end() && at->first.starts_with(prefix);
         ++at) {
      found.insert(*at);
    }
  }
  for (const auto& [key, value] : found) {
    visit(key, *value);
  }
}

std::shared_ptr<const std::string> Store::find_side(std::string_view key) const {
  const std::lock_guard lock(side_mutex_);
  const auto at = side_.find(key);
  return at == side_.end() ? nullptr : at->second;
}

bool Store::has_side(std::string_view prefix) const {
  const std::lock_guard lock(side_mutex_);
  const auto at = side_.lower_bound(prefix);
  return at != side_.end() && at->first.starts_with(prefix);
}

Status Store::put_side(std::vector<SidePut> records) {
  ChangeSet change;
  change.side = std::move(records);
  const auto lock = lock_writer();
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  return {};
}

Store::SideMap Store::side_records(const ChangeSet& change) {
  SideMap records;
  for (const SidePut& put : change.side) {
    records.insert_or_assign(put.key,
                             put.value ? std::make_shared<const std::string>(*put.value) : nullptr);
  }
  return records;
}

void Store::apply_side(SideMap&& side) noexcept {
  if (side.empty()) return;
  const std::lock_guard lock(side_mutex_);
  while (!side.empty()) {
    auto record = side.extract(side.begin());
    const auto known = side_.find(record.key());
    if (is_of_graph(record.key())) {
      if (known != side_.end()) side_bytes_ -= known->second->size();
      if (record.mapped()) side_bytes_ += record.mapped()->size();
    }
    if (known == side_.end()) {
      if (record.mapped()) side_.insert(std::move(record));
    } else if (record.mapped()) {
      known->second.swap(record.mapped());
    } else {
      side_.erase(known);
    }
  }
}

Status Store::apply(GraphStore& graph, const ChangeSet& change, std::uint64_t version) {
  if (!change.touches_graph()) return {};
  CALLISTO_TRY(SnapshotPtr next, graph.prepare(change, version));
  graph.publish(std::move(next));
  return {};
}

Status Store::replay_snapshot_block(std::string_view block) {
  if (!snapshot_version_) {
    ByteReader in(block);
    snapshot_version_ = in.varint();
    if (in.ok() && in.remaining() == 0) return {};
    return fail(ErrorCode::Corruption, "the head of a stored snapshot cannot be read");
  }
  CALLISTO_TRY(const ChangeSet change, decode_change_set(block, graph_->snapshot()->names()));
  apply_side(side_records(change));
  return apply(*graph_, change, *snapshot_version_);
}

Status Store::replay() {
  const auto replay_snapshot = [this](std::uint64_t, std::string_view block) {
    return replay_snapshot_block(block);
  };
  const auto replay_block = [this](std::uint64_t sequence, std::string_view block) -> Status {
    CALLISTO_TRY(const ChangeSet change, decode_change_set(block, graph_->snapshot()->names()));
    apply_side(side_records(change));
    return apply(*graph_, change, sequence);
  };
  if (Status status = journal_->replay(replay_snapshot, replay_block); !status) return status;
  last_sequence_ = journal_->last_sequence();
  visible_.store(graph_->snapshot());
  return {};
}

// Requires the writer lock.
Result<Store::Frozen> Store::freeze() {
  CALLISTO_TRY(std::unique_ptr<SnapshotBlocks> blocks, journal_->begin_snapshot(last_sequence_));
  const std::lock_guard lock(side_mutex_);
  return Frozen{snapshot(), side_, std::move(blocks)};
}

Status Store::write_snapshot(const Frozen& frozen) {
  const Names& names = frozen.graph->names();
  const auto write = [&](const ChangeSet& change) {
    return frozen.blocks->add(encode_change_set(change, names));
  };
  if (Status status = frozen.blocks->add(encode_version(frozen.graph->version())); !status) {
    return status;
  }
  if (Status status = for_each_change_set(*frozen.graph, write); !status) return status;
  for (const auto& [key, value] : frozen.side) {
    ChangeSet change;
    change.side.push_back({key, *value});
    if (Status status = write(change); !status) return status;
  }
  return frozen.blocks->commit();
}

Status Store::compact() {
  if (!journal_) return {};
  const std::lock_guard one(compaction_);
  std::unique_lock lock = lock_writer();
  if (Status ready = resume(); !ready) return ready;
  if (journal_->log_bytes() == 0) return {};
  Result<Frozen> frozen = freeze();
  lock.unlock();
  if (!frozen) return tl::make_unexpected(std::move(frozen).error());
  return write_snapshot(*frozen);
}

// Requires the writer lock.
void Store::compact_when_due() noexcept {
  if (!journal_ || compacting_) return;
  const std::uint64_t bytes = journal_->log_bytes();
  if (bytes <= std::max({kLogBytesMin, 2 * journal_->snapshot_bytes(), retry_bytes_})) return;
  retry_bytes_ = bytes + kLogBytesMin;
  compacting_ = true;
  try {
    compactor_ = std::jthread([this] {
      // A failure loses nothing, the log only stays long; the next try is kLogBytesMin later. A
      // disk that fails for good shows at the next commit.
      static_cast<void>(guarded([this] { return compact(); }));
      compacting_ = false;
    });
  } catch (...) {  // No thread to be had: as above.
    compacting_ = false;
  }
}

class Store::Replacement final : public GraphReplacement {
 public:
  Replacement(Store& store, std::uint64_t version)
      : store_(store),
        lock_(store.lock_writer()),
        version_(std::max(version, store.snapshot()->version() + 1)),
        sequence_(std::max(version_, store.last_sequence_ + 1)),
        graph_(std::make_unique<GraphStore>(store.account_)),
        empty_(graph_->snapshot()) {}

  Status begin() {
    if (!store_.journal_) return {};
    if (Status ready = store_.resume(); !ready) return ready;
    CALLISTO_TRY(blocks_, store_.journal_->begin_snapshot(sequence_));
    return blocks_->add(encode_version(version_));
  }

  [[nodiscard]] SnapshotPtr snapshot() const override { return graph_->snapshot(); }

  Status add(const ChangeSet& batch) override {
    if (Status status = store_.apply(*graph_, batch, version_); !status) return status;
    if (Status status = store_.check_graph_bytes(*empty_, *snapshot(), batch); !status) {
      return status;
    }
    for (auto& [key, value] : side_records(batch)) {
      side_.insert_or_assign(key, std::move(value));
    }
    return blocks_ ? blocks_->add(encode_change_set(batch, snapshot()->names())) : Status{};
  }

  Result<SnapshotPtr> finish() override {
    if (blocks_) {
      if (Status status = keep_side(); !status) return tl::make_unexpected(status.error());
      if (Status status = blocks_->commit(); !status) return tl::make_unexpected(status.error());
    }
    store_.apply_side(std::move(side_));
    store_.graph_ = std::move(graph_);
    store_.last_sequence_ = sequence_;
    store_.visible_.store(store_.graph_->snapshot());
    ++store_.generation_;
    return store_.snapshot();
  }

 private:
  // Side records stay; the snapshot takes the place of the log that holds them.
  Status keep_side() {
    const std::lock_guard lock(store_.side_mutex_);
    for (const auto& [key, value] : store_.side_) {
      ChangeSet change;
      change.side.push_back({key, *value});
      if (Status status = blocks_->add(encode_change_set(change, snapshot()->names())); !status)
        return status;
    }
    return {};
  }

  Store& store_;
  std::unique_lock<std::mutex> lock_;
  std::uint64_t version_;
  std::uint64_t sequence_;
  std::unique_ptr<GraphStore> graph_;
  SnapshotPtr empty_;
  std::unique_ptr<SnapshotBlocks> blocks_;
  SideMap side_;  // Of the batches.
};

Result<std::unique_ptr<GraphReplacement>> Store::begin_replacement(std::uint64_t version) {
  auto replacement = std::make_unique<Replacement>(*this, version);
  if (Status status = replacement->begin(); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return replacement;
}

Result<std::unique_ptr<DurableStore>> DurableStore::open(const std::string& directory,
                                                         const std::string& account,
                                                         bool create) {
  CALLISTO_TRY(std::unique_ptr<Journal> journal,
               open_journal(directory, {.account = account, .create = create}));
  const std::string stored = journal->account();
  return open(std::move(journal), stored.empty() ? account : stored);
}

Result<std::unique_ptr<DurableStore>> DurableStore::open(std::unique_ptr<Journal> journal,
                                                         const std::string& account) {
  auto store = std::unique_ptr<DurableStore>(new DurableStore(account, std::move(journal)));
  if (Status status = store->replay(); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return store;
}

}  // namespace callisto::persist
