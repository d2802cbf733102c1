// What a function takes back when it ends before it is done: by an error or by an exception.
#pragma once

#include <utility>

namespace callisto {

// `Work` must not throw.
template <class Work>
class Undo {
 public:
  explicit Undo(Work work) : work_(std::move(work)) {}

  ~Undo() {
    if (armed_) work_();
  }

  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;

  // It is done: nothing is taken back.
  void keep() { armed_ = false; }

 private:
  Work work_;
  bool armed_ = true;
};

}  // namespace callisto
