// One import at a time in a data folder, also within the one process that serves it.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace vigie::intake {

/// Held as long as the object lives.
class ImportLock {
  public:
    /// path: a file made for the lock, never removed. Errors: conflict when another import holds it, unavailable.
    [[nodiscard]] static Result<ImportLock> take(const std::string& path);
    /// The same, after waiting at most `wait` for the other one to end: the door holds the lock for a moment many times a minute.
    [[nodiscard]] static Result<ImportLock> take_waiting(const std::string& path, std::chrono::milliseconds wait);
    ImportLock(ImportLock&& other) noexcept;
    ImportLock& operator=(ImportLock&& other) noexcept;
    ~ImportLock();

  private:
    explicit ImportLock(int file_descriptor) : file_descriptor_(file_descriptor) {}
    int file_descriptor_;
};

}  // namespace vigie::intake
