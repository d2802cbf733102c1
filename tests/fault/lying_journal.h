// Journals that do wrong on purpose: each campaign must catch the one that is made for it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "persist/store/journal.h"

namespace callisto::tests {

enum class Lie : unsigned char {
  None,
  // Acknowledges before it writes: up to three commits wait in memory.
  EarlyAnswer,
  // Gives back blocks with a changed byte, as one that ignores digests would.
  ChangedBytes,
};

class LyingJournal final : public persist::Journal {
 public:
  LyingJournal(std::unique_ptr<persist::Journal> journal, Lie lie)
      : journal_(std::move(journal)), lie_(lie) {}

  Status prepare() override { return journal_->prepare(); }

  Status append(std::span<const persist::JournalBlock> group) override {
    if (lie_ != Lie::EarlyAnswer) return journal_->append(group);
    for (const persist::JournalBlock& block : group) {
      waiting_.emplace_back(block.sequence, block.bytes);
    }
    if (waiting_.size() < 3) return {};
    for (const auto& [sequence, bytes] : std::exchange(waiting_, {})) {
      const persist::JournalBlock one[] = {{sequence, bytes}};
      if (Status status = journal_->append(one); !status) return status;
    }
    return {};
  }

  Status replay(const Visit& snapshot, const Visit& block) override {
    const auto lied = [this](const Visit& visit) {
      return [this, &visit](std::uint64_t sequence, std::string_view bytes) {
        std::string copy(bytes);
        // A digit, so that the block still reads: of what numbered_change() writes.
        const std::size_t digit = copy.find_first_of("123456789", copy.rfind("counter"));
        if (lie_ == Lie::ChangedBytes && digit != std::string::npos) copy[digit] ^= 1;
        return visit(sequence, copy);
      };
    };
    return journal_->replay(lied(snapshot), lied(block));
  }

  Result<std::unique_ptr<persist::SnapshotBlocks>> begin_snapshot(std::uint64_t at) override {
    return journal_->begin_snapshot(at);
  }

  [[nodiscard]] std::uint64_t last_sequence() const override { return journal_->last_sequence(); }

  [[nodiscard]] std::uint64_t log_bytes() const override { return journal_->log_bytes(); }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return journal_->snapshot_bytes(); }

 private:
  std::unique_ptr<persist::Journal> journal_;
  Lie lie_;
  std::vector<std::pair<std::uint64_t, std::string>> waiting_;
};

}  // namespace callisto::tests
