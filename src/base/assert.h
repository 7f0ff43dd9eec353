// Programmer errors end the process, in release builds too: a wrong state must not reach the store.
#pragma once

namespace vigie {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

/// Ends the process when `condition` is false. Never used on data that came from outside.
#define VIGIE_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::vigie::assertion_failed(#condition, __FILE__, __LINE__))
