#include "store/spool/spool.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "store/spool/spool_core.h"

namespace vigie {

namespace {

/// Of a bound, in percent, up to which a class is taken.
constexpr std::array<std::uint64_t, spool_class_count> share_percent{70, 85, 100};
constexpr std::array<const char*, spool_class_count> class_names{"en nombre", "ordinaires", "urgents"};

/// What a message takes on disk at most: alone in its frame.
std::uint64_t cost_of(const SpoolMessage& message) { return spool::encoded_bytes(message) + spool::frame_overhead_bytes; }

/// Without rounding: the bounds are far below 2^57.
std::uint64_t share_of(std::uint64_t bound, SpoolClass spool_class) { return bound * share_percent[static_cast<std::size_t>(spool_class)] / 100; }

Status check_sizes(const SpoolMessage& message, std::size_t body_bytes_max) {
    for (const std::string* word : {&message.source, &message.channel, &message.format, &message.mark}) {
        if (word->size() > spool_word_bytes_max) {
            return fail(ErrorCode::invalid_input, fmt::format("source, voie, format et marque d'un message : {} octets au plus chacun, {} reçus",
                                                              spool_word_bytes_max, word->size()));
        }
    }
    if (message.body.size() > body_bytes_max) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("message de {} octets : {} au plus ; envoyez-le en plusieurs", message.body.size(), body_bytes_max));
    }
    return {};
}

}  // namespace

Spool::Spool(std::unique_ptr<Core> core) : core_(std::move(core)) {
    core_->writer = std::thread([core = core_.get()] { core->run(); });
}

Spool::~Spool() {
    {
        const std::lock_guard held(core_->mutex);
        core_->is_stopping = true;
    }
    core_->work.notify_all();
    core_->arrived.notify_all();
    core_->writer.join();
}

Status Spool::put(SpoolMessage message, SpoolClass spool_class, Done done) {
    TRY(check_sizes(message, core_->limits.message_bytes));
    const std::uint64_t cost = cost_of(message);
    {
        const std::lock_guard held(core_->mutex);
        if (core_->is_stopping) {
            return fail(ErrorCode::unavailable, "la boîte de réception se ferme");
        }
        const std::uint64_t pending = core_->pending_bytes + cost;
        // Room for the header of one more segment is kept: the file that a message opens is within the bound too.
        const std::uint64_t on_disk = core_->segment_disk_bytes + pending + spool::segment_header_bytes;
        if (pending > share_of(core_->limits.pending_bytes, spool_class) || on_disk > share_of(core_->limits.disk_bytes, spool_class)) {
            ++core_->stats.shed[static_cast<std::size_t>(spool_class)];
            return fail(ErrorCode::unavailable, fmt::format("boîte de réception pleine pour les messages {} : renvoyez plus tard",
                                                            class_names[static_cast<std::size_t>(spool_class)]));
        }
        core_->pending_bytes = pending;
        core_->queue.push_back({std::move(message), spool_class, std::move(done), cost});
    }
    core_->work.notify_one();
    return {};
}

Result<std::uint64_t> Spool::put_and_wait(SpoolMessage message, SpoolClass spool_class) {
    // Shared with the writer, which may still be inside set_value when get() returns here.
    const auto answer = std::make_shared<std::promise<Result<std::uint64_t>>>();
    TRY(put(std::move(message), spool_class, [answer](Result<std::uint64_t> number) { answer->set_value(std::move(number)); }));
    return answer->get_future().get();
}

void Spool::wake() {
    {
        const std::lock_guard held(core_->mutex);
        core_->is_woken = true;
    }
    core_->arrived.notify_all();
}

std::uint64_t Spool::released() const {
    const std::lock_guard held(core_->mutex);
    return core_->released;
}

Status Spool::release(std::uint64_t through) { return core_->release(through); }

SpoolStats Spool::stats() const {
    const std::lock_guard held(core_->mutex);
    SpoolStats stats = core_->stats;
    stats.messages_waiting = core_->last_number - core_->released;
    stats.last_number = core_->last_number;
    stats.released = core_->released;
    stats.disk_bytes = core_->segment_disk_bytes;
    stats.pending_bytes = core_->pending_bytes;
    stats.segments = core_->segments.size();
    stats.losses = core_->losses;
    return stats;
}

}  // namespace vigie
