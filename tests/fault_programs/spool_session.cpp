// What the fault tests of the inbox run under the disk shim.
//
//   spool_session sweep FOLDER KIND FAULT [forever]   a scripted session, once for every call that can fail, and what must hold after each
//   spool_session run FOLDER LEDGER SEED              puts, reads and releases at random until it is killed; what is acknowledged goes into LEDGER
//   spool_session check FOLDER LEDGER                 opens what is left and compares it with LEDGER
//
// Prints "sound ..." and exits 0, or says what is not.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "fault_programs/fault_sweep.h"
#include "store/spool/spool.h"

namespace {

using namespace vigie;
using namespace std::chrono_literals;
using tests::DiskFaults;
using tests::fixed_key;
using tests::give_up;
using tests::sweep;

SpoolLimits small_limits() {
    SpoolLimits limits;
    limits.disk_bytes = 4U << 20;
    limits.pending_bytes = 256U << 10;
    limits.segment_bytes = 2000;
    limits.message_bytes = 64U << 10;
    return limits;
}

SpoolMessage message_of(const std::string& body) { return {"logbook", "http", Instant(1s), "json", "", body}; }

/// Opening fails while the disk does; it must succeed once the disk does not.
std::unique_ptr<Spool> open_spool(const std::string& folder, DiskFaults& faults) {
    for (int i = 0; i < 3; ++i) {
        auto opened = Spool::open(folder, fixed_key(), small_limits());
        if (opened) {
            return std::move(*opened);
        }
        if (opened.error().code != ErrorCode::unavailable && opened.error().code != ErrorCode::not_found) {
            give_up("opening: " + opened.error().message);
        }
        if (i == 1) {
            faults.set("");
        }
    }
    give_up("opening without faults");
}

using Bodies = std::map<std::uint64_t, std::string>;

/// What was acknowledged and what was drained, beside what the spool says.
struct Account {
    Bodies acknowledged;
    std::uint64_t released = 0;          ///< acknowledged
    std::uint64_t released_at_most = 0;  ///< asked for
    std::uint64_t last_number = 0;

    void put(Spool& spool, const std::string& body) {
        const auto number = spool.put_and_wait(message_of(body), SpoolClass::ordinary);
        if (number) {
            note(*number, body);
        }
    }
    void note(std::uint64_t number, const std::string& body) {
        if (number <= last_number || !acknowledged.try_emplace(number, body).second) {
            give_up("number " + std::to_string(number) + " was given twice");
        }
        last_number = number;
    }
    void put_together(Spool& spool, const std::string& stem, int count) {
        std::vector<std::future<void>> done;
        std::mutex mutex;
        for (int i = 0; i < count; ++i) {
            const std::string body = stem + std::to_string(i) + std::string(300, '.');
            auto promise = std::make_shared<std::promise<void>>();
            done.push_back(promise->get_future());
            const auto accepted = spool.put(message_of(body), SpoolClass::urgent, [&, body, promise](const Result<std::uint64_t>& number) {
                if (number) {
                    const std::lock_guard held(mutex);
                    note(*number, body);
                }
                promise->set_value();
            });
            if (!accepted) {
                promise->set_value();
            }
        }
        for (auto& one : done) {
            one.get();
        }
    }
    void release(Spool& spool, std::uint64_t through) {
        through = std::min(through, spool.stats().last_number);
        released_at_most = std::max(released_at_most, through);
        if (spool.release(through)) {
            released = std::max(released, through);
        }
    }
    /// All that is acknowledged and not drained is there, as it was put.
    void compare(Spool& spool) const {
        Bodies read;
        std::uint64_t after = 0;
        for (int failures = 0;;) {
            const auto some = spool.read(after, 3000, 0ms);
            if (!some && ++failures > 3) {
                give_up("reading: " + some.error().message);
            }
            if (some && some->empty()) {
                break;
            }
            for (std::size_t i = 0; some && i < some->size(); ++i) {
                const SpooledMessage& message = (*some)[i];
                if (message.number <= after) {
                    give_up("numbers are not in order");
                }
                after = message.number;
                read[after] = message.message.body;
            }
        }
        for (const auto& [number, body] : acknowledged) {
            const auto found = read.find(number);
            if (found == read.end() ? number > released_at_most : found->second != body) {
                give_up("acknowledged message " + std::to_string(number) + (found == read.end() ? " is lost" : " is another") + "; " +
                        spool.stats().last_error);
            }
        }
        std::set<std::string> bodies;
        for (const auto& [number, body] : read) {
            if (number <= released || !bodies.insert(body).second) {
                give_up("message " + std::to_string(number) + " is given although drained, or is there twice");
            }
        }
        if (!spool.stats().losses.empty()) {
            give_up("a loss is reported where there was no damage: " + spool.stats().last_error);
        }
        if (spool.stats().last_number < last_number) {
            give_up("numbers go back");
        }
    }
};

/// The session: `faults` are on from the first line.
void session(const std::string& folder, DiskFaults& faults) {
    Account account;
    {
        auto spool = open_spool(folder, faults);
        for (int i = 0; i < 5; ++i) {
            account.put(*spool, "first " + std::to_string(i) + std::string(500, '.'));
        }
        account.put_together(*spool, "second ", 6);
        account.release(*spool, 4);
        static_cast<void>(spool->read(0, 1000, 0ms));
        account.put(*spool, "third");
        account.release(*spool, 9);
    }
    {
        auto spool = open_spool(folder, faults);
        account.put(*spool, "fourth");
        account.put_together(*spool, "fifth ", 4);
        account.release(*spool, account.last_number);
    }  // all is drained: closing makes a new segment and destroys the last
    auto spool = open_spool(folder, faults);
    account.put(*spool, "sixth");
    account.put_together(*spool, "seventh ", 2);
    faults.set("");  // the disk is well again: so is the spool, without being opened again
    const auto before = account.acknowledged.size();
    account.put(*spool, "eighth");
    if (account.acknowledged.size() != before + 1) {
        give_up("the spool does not resume: " + spool->stats().last_error);
    }
    account.compare(*spool);
    spool.reset();
    spool = open_spool(folder, faults);
    account.compare(*spool);
}

/// Appends a line at once: what the kernel has taken survives the end of this process.
class Ledger {
  public:
    explicit Ledger(const std::string& path) : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
    void line(const std::string& text) const {
        const std::string whole = text + "\n";
        if (::write(file_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) {
            give_up("the ledger can not be written");
        }
    }

  private:
    int file_;
};

int run_until_killed(const std::string& folder, const std::string& ledger_path, std::uint64_t seed) {
    auto opened = Spool::open(folder, fixed_key(), small_limits());
    while (!opened && opened.error().code == ErrorCode::unavailable) {
        opened = Spool::open(folder, fixed_key(), small_limits());
    }
    if (!opened) {
        give_up(opened.error().message);
    }
    Spool& spool = **opened;
    const Ledger ledger(ledger_path);
    ledger.line("S " + std::to_string(spool.stats().last_number));
    std::vector<std::thread> putters;
    for (std::uint64_t t = 0; t < 4; ++t) {
        putters.emplace_back([&, t] {
            Random random(seed * 10 + t);
            for (std::uint64_t i = 0;; ++i) {
                const std::string id = std::to_string(seed) + "-" + std::to_string(t) + "-" + std::to_string(i);
                const auto number = spool.put_and_wait(message_of(id + " " + std::string(random.below(2000), 'x')), SpoolClass::ordinary);
                if (number) {
                    ledger.line("A " + std::to_string(*number) + " " + id);
                } else {
                    std::this_thread::sleep_for(1ms);  // full: the drain catches up
                }
            }
        });
    }
    Random random(seed);
    std::uint64_t after = spool.released();
    for (;;) {
        const auto some = spool.read(after, 20'000, 50ms);
        if (some && !some->empty()) {  // else the disk fails for a while
            after = some->back().number;
        }
        if (random.below(3) == 0 && after > 0) {
            const std::uint64_t through = after - random.below(std::min<std::uint64_t>(after, 30));
            ledger.line("R " + std::to_string(through));
            if (spool.release(through)) {
                ledger.line("D " + std::to_string(through));
            }
        }
    }
}

int check(const std::string& folder, const std::string& ledger_path) {
    std::map<std::uint64_t, std::string> acknowledged;
    std::uint64_t asked = 0;
    std::uint64_t drained = 0;
    std::ifstream ledger(ledger_path);
    for (std::string line; std::getline(ledger, line);) {
        std::istringstream words(line);
        std::string kind;
        std::string id;
        std::uint64_t number = 0;
        words >> kind >> number >> id;
        if (kind == "A" && !acknowledged.try_emplace(number, id).second) {
            give_up("number " + line.substr(2) + " was acknowledged twice");
        }
        asked = kind == "R" ? std::max(asked, number) : asked;
        drained = kind == "D" ? std::max(drained, number) : drained;
    }
    const auto start = std::chrono::steady_clock::now();
    auto opened = Spool::open(folder, fixed_key(), small_limits());
    if (!opened) {
        give_up(opened.error().message);
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    Spool& spool = **opened;
    std::map<std::uint64_t, std::string> read;
    for (std::uint64_t after = 0;;) {
        const auto some = spool.read(after, 100'000, 0ms);
        if (!some || some->empty()) {
            break;
        }
        for (const SpooledMessage& message : *some) {
            after = message.number;
            read[after] = message.message.body.substr(0, message.message.body.find(' '));
        }
    }
    std::uint64_t waiting = 0;
    for (const auto& [number, id] : acknowledged) {
        const auto found = read.find(number);
        if (found == read.end() ? number > asked : found->second != id) {
            give_up("acknowledged message " + std::to_string(number) + (found == read.end() ? " is lost: " : " is another: ") + spool.stats().last_error);
        }
        waiting += found == read.end() ? 0U : 1U;
    }
    const auto stats = spool.stats();
    if (!stats.losses.empty() || spool.released() < drained) {
        give_up("reported: " + stats.last_error + "; released " + std::to_string(spool.released()) + " of " + std::to_string(drained));
    }
    if (!acknowledged.empty() && stats.last_number < acknowledged.rbegin()->first && acknowledged.rbegin()->first > asked) {
        give_up("numbers go back");
    }
    std::printf("sound: %zu acknowledged, %llu still there, %llu torn bytes, opened in %lld ms\n", acknowledged.size(),
                static_cast<unsigned long long>(waiting), static_cast<unsigned long long>(stats.torn_bytes), static_cast<long long>(took));
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() >= 4 && words[0] == "sweep") {
        return sweep({words.begin() + 1, words.end()}, session);
    }
    if (words.size() == 4 && words[0] == "run") {
        return run_until_killed(words[1], words[2], std::strtoull(words[3].c_str(), nullptr, 10));
    }
    if (words.size() == 3 && words[0] == "check") {
        return check(words[1], words[2]);
    }
    return 2;
}
