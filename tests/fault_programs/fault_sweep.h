// What the programs share that run a session once for every call to the disk that can fail.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "store/spool/spool_key.h"
#include "support/disk_shim.h"

namespace vigie::tests {

inline SpoolKey fixed_key() {
    std::array<std::uint8_t, SpoolKey::size> bytes{};
    bytes.fill(5);
    return SpoolKey(bytes);
}

[[noreturn]] inline void give_up(const std::string& what) {
    std::printf("UNSOUND: %s\n", what.c_str());
    std::fflush(stdout);
    std::_Exit(1);
}

/// words: FOLDER KIND FAULT [forever]. run(folder, faults) has the faults on from its first line and off at its end.
template <class Session>
int sweep(const std::vector<std::string>& words, const Session& run) {
    const std::string spool = words[0] + "/spool";
    const bool for_ever = words.size() > 3 && words[3] == "forever";
    DiskFaults faults;
    int sessions = 0;
    for (int n = 1;; ++n) {
        faults.set("");
        std::filesystem::remove_all(spool);
        static_cast<void>(faults.take_most_matched());
        faults.set(words[1] + " " + words[2] + " " + std::to_string(n) + " " + std::to_string(for_ever ? 0 : n));
        run(spool, faults);  // which switches them off in the end
        ++sessions;
        if (faults.take_most_matched() < static_cast<std::uint64_t>(n)) {
            break;
        }
    }
    std::printf("sound: %d sessions\n", sessions);
    return 0;
}

}  // namespace vigie::tests
