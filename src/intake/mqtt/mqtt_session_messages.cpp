// The messages of a session and their verdicts: what is delivered, what is known already, when PUBACK may go.
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <iterator>

#include "base/assert.h"
#include "intake/mqtt/mqtt_session.h"

namespace vigie::intake {

void MqttSession::handle_publish(const MqttPublish& publish) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(publish.payload.data(), publish.payload.size(),
                                                     XXH3_64bits(publish.topic.data(), publish.topic.size()));
    const Digest digest{hash.low64, hash.high64};
    if (publish.duplicate) {
        ++counts_.redelivered;
    }
    if (!is_new(publish, digest)) {
        return;
    }
    if (publish.payload.size() > options_.message_bytes_max) {
        refuse(publish, digest);
        return;
    }
    const std::uint64_t ticket = next_ticket_++;
    Entry entry{publish.packet_id, true, false, false, publish.topic.size() + publish.payload.size() + mqtt_entry_bytes, digest};
    if (publish.packet_id != 0) {
        by_id_[publish.packet_id] = ticket;
        order_.push_back(ticket);
    }
    in_flight_bytes_ += entry.bytes;
    entries_.emplace(ticket, entry);
    ++counts_.in_flight;
    ++counts_.received;
    deliveries_.push_back({ticket, {std::string(publish.topic), std::string(publish.payload), publish.duplicate, publish.retained}});
}

/// False when the message is known already (its verdict has come or will), or when the connection is over for it.
bool MqttSession::is_new(const MqttPublish& publish, const Digest& digest) {
    const auto known = by_id_.find(publish.packet_id);
    if (known == by_id_.end()) {
        return true;
    }
    const auto at = entries_.find(known->second);
    VIGIE_ASSERT(at != entries_.end());
    Entry& entry = at->second;
    const bool is_same = publish.duplicate && entry.digest == digest;
    if (entry.is_current) {
        if (!is_same) {
            fault({MqttReason::protocol_error, "numéro de paquet repris avant son accusé de réception"});
        }
        return false;
    }
    if (is_same) {
        entry.is_current = true;
        order_.push_back(at->first);
        send_pubacks();
        return false;
    }
    // The broker has another message under this number: the old one can not be acknowledged any more.
    by_id_.erase(known);
    entry.packet_id = 0;
    if (entry.is_decided) {
        entries_.erase(at);
    }
    return true;
}

/// Version 3.1.1 can not say no: the broker would send it for ever, so it is acknowledged, counted, and told.
void MqttSession::refuse(const MqttPublish& publish, const Digest& digest) {
    ++counts_.refused;
    if (std::has_single_bit(counts_.refused)) {  // not a line a message
        warnings_.push_back(fmt::format("message de plus de {} octets refusé ({} refus en tout)", options_.message_bytes_max, counts_.refused));
    }
    if (publish.packet_id == 0) {
        return;
    }
    const std::uint64_t ticket = next_ticket_++;
    entries_.emplace(ticket, Entry{publish.packet_id, true, true, true, 0, digest});
    by_id_[publish.packet_id] = ticket;
    order_.push_back(ticket);
    send_pubacks();
}

/// In the order of the messages (4.6.0-2).
void MqttSession::send_pubacks() {
    while (phase_ == Phase::open && !order_.empty()) {
        const auto at = entries_.find(order_.front());
        VIGIE_ASSERT(at != entries_.end());
        const Entry& entry = at->second;
        if (!entry.is_decided) {
            return;
        }
        append_puback(output_, options_.version, entry.packet_id, entry.is_refused ? MqttReason::quota_exceeded : MqttReason::success);
        last_sent_ = now_;
        counts_.acknowledged += entry.is_refused ? 0 : 1;
        by_id_.erase(entry.packet_id);
        entries_.erase(at);
        order_.pop_front();
    }
}

void MqttSession::verdict(std::uint64_t ticket, bool kept, Moment now) {
    const auto at = entries_.find(ticket);
    if (at == entries_.end() || at->second.is_decided) {
        return;
    }
    now_ = now;
    const bool was_full = is_full();
    Entry& entry = at->second;
    --counts_.in_flight;
    in_flight_bytes_ -= entry.bytes;
    entry.is_decided = true;
    if (kept && entry.packet_id != 0) {
        send_pubacks();  // or later: when the broker sends it again
    } else {
        counts_.refused += kept ? 0 : 1;
        settle(at);
    }
    if (was_full && !is_full()) {
        last_heard_ = now;  // nothing was read meanwhile
        if (phase_ == Phase::open) {
            read_packets();
        }
    }
}

/// Forgets a message that will not be acknowledged.
void MqttSession::settle(Entries::iterator at) {
    const Entry entry = at->second;
    if (entry.packet_id != 0) {
        by_id_.erase(entry.packet_id);
        if (entry.is_current) {
            order_.erase(std::find(order_.begin(), order_.end(), at->first));
        }
    }
    entries_.erase(at);
    if (entry.packet_id != 0 && entry.is_current && phase_ == Phase::open) {
        end(MqttReason::quota_exceeded, "un message n'a pas pu être conservé : il sera redemandé au courtier");
    }
}

void MqttSession::forget_broker_session() {
    ever_subscribed_ = false;
    by_id_.clear();
    for (auto at = entries_.begin(); at != entries_.end();) {
        at->second.packet_id = 0;
        at = at->second.is_decided ? entries_.erase(at) : std::next(at);
    }
}

}  // namespace vigie::intake
