#include "intake/mqtt/mqtt_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace vigie::intake {
namespace {

constexpr std::uint16_t subscribe_packet_id = 1;

std::chrono::seconds answer_time(std::chrono::seconds keep_alive) { return std::min(keep_alive, mqtt_answer_time_max); }

/// The broker's own words after ours, when it has any: printable, and not too long for a line of a log.
std::string with_words(std::string text, std::string_view words) {
    constexpr std::size_t words_max = 200;
    if (words.empty()) {
        return text;
    }
    text += " (« ";
    for (const char c : words.substr(0, words_max)) {
        text.push_back(c >= ' ' && c < 0x7F ? c : '?');
    }
    return text + " »)";
}

}  // namespace

MqttSession::MqttSession(MqttOptions options)
    : options_(std::move(options)), publish_bytes_max_(options_.message_bytes_max + mqtt_publish_overhead_max), keep_alive_(options_.keep_alive) {}

void MqttSession::open(Moment now) {
    VIGIE_ASSERT(phase_ == Phase::closed);
    now_ = asked_at_ = last_sent_ = last_heard_ = now;
    phase_ = Phase::connecting;
    reason_.clear();
    keep_alive_ = options_.keep_alive;
    output_ = encode_connect(options_);
}

void MqttSession::close() {
    phase_ = Phase::closed;
    subscribed_ = ping_awaited_ = suback_awaited_ = false;
    input_.clear();
    input_begin_ = skip_left_ = 0;
    output_.clear();
    for (const auto ticket : std::exchange(order_, {})) {
        const auto at = entries_.find(ticket);
        VIGIE_ASSERT(at != entries_.end());
        at->second.is_current = false;
        // What was refused will be refused again.
        if (at->second.is_refused) {
            by_id_.erase(at->second.packet_id);
            entries_.erase(at);
        }
    }
}

void MqttSession::say_goodbye() {
    if (phase_ == Phase::open || phase_ == Phase::connecting) {
        append_disconnect(output_, options_.version, MqttReason::success);
        phase_ = Phase::over;
    }
}

void MqttSession::end(MqttReason reason, std::string text) {
    if (phase_ == Phase::over) {
        return;
    }
    // Before CONNACK there is nobody to say goodbye to.
    if (phase_ == Phase::open) {
        append_disconnect(output_, options_.version, reason);
    }
    phase_ = Phase::over;
    reason_ = std::move(text);
}

void MqttSession::fault(const MqttFault& fault) { end(fault.reason, fmt::format("le courtier a envoyé un paquet refusé : {}", fault.what)); }

/// What a broker sends beyond the window is no fault here, though version 5 has a code for it (3.3.4): Debian's Mosquitto 2.0.11
/// does it whenever messages queue up. It waits in the socket.
bool MqttSession::is_full() const {
    return counts_.in_flight >= options_.window || in_flight_bytes_ >= mqtt_in_flight_bytes_max || order_.size() >= options_.window;
}

bool MqttSession::wants_bytes() const { return phase_ == Phase::connecting || (phase_ == Phase::open && !is_full()); }

std::size_t MqttSession::bytes_held() const { return input_.size() + in_flight_bytes_ + output_.size(); }

void MqttSession::take_output(std::string& into) {
    into.clear();
    std::swap(into, output_);
}

std::vector<MqttDelivery> MqttSession::take_deliveries() { return std::exchange(deliveries_, {}); }
std::vector<std::string> MqttSession::take_warnings() { return std::exchange(warnings_, {}); }

// --- bytes of the broker --------------------------------------------------------------------------------------------

void MqttSession::receive(std::string_view bytes, Moment now) {
    if (phase_ != Phase::connecting && phase_ != Phase::open) {
        return;
    }
    now_ = last_heard_ = now;
    const std::size_t skipped = std::min(skip_left_, bytes.size());
    skip_left_ -= skipped;
    input_.append(bytes.substr(skipped));
    read_packets();
}

void MqttSession::read_packets() {
    while (wants_bytes() && read_packet(std::string_view(input_).substr(input_begin_))) {
    }
    // Moves what is left to the front once it is the smaller part: each byte moves at most once on average.
    if (input_begin_ > input_.size() / 2) {
        input_.erase(0, input_begin_);
        input_begin_ = 0;
    }
}

/// False when more bytes are needed, or the connection is over.
bool MqttSession::read_packet(std::string_view bytes) {
    const auto found = read_header(bytes, options_.version);
    if (!found) {
        fault(found.error());
        return false;
    }
    if (!*found) {
        return false;
    }
    const MqttHeader& header = **found;
    const bool is_publish = header.type == MqttPacketType::publish;
    if (header.body_bytes > (is_publish ? publish_bytes_max_ : mqtt_answer_bytes_max)) {
        // A broker of version 5 has been told the limit; one of 3.1.1 can not be.
        if (is_publish && options_.version == MqttVersion::v3_1_1 && phase_ == Phase::open) {
            return begin_skip(header, bytes);
        }
        fault({MqttReason::packet_too_large, "plus grand que la limite annoncée"});
        return false;
    }
    if (bytes.size() < header.header_bytes + header.body_bytes) {
        return false;
    }
    input_begin_ += header.header_bytes + header.body_bytes;
    handle(header, bytes.substr(header.header_bytes, header.body_bytes));
    return phase_ != Phase::over;
}

bool MqttSession::begin_skip(const MqttHeader& header, std::string_view bytes) {
    const std::size_t start = header.header_bytes + mqtt_publish_start_bytes_max;
    if (bytes.size() < start) {
        return false;
    }
    const auto publish = read_publish_start(bytes.substr(header.header_bytes, mqtt_publish_start_bytes_max), header.flags);
    if (!publish) {
        fault(publish.error());
        return false;
    }
    const std::size_t whole = header.header_bytes + header.body_bytes;
    const std::size_t here = std::min(whole, bytes.size());
    input_begin_ += here;
    skip_left_ = whole - here;
    if (is_new(*publish, Digest{})) {
        refuse(*publish, Digest{});
    }
    return phase_ != Phase::over;
}

void MqttSession::handle(const MqttHeader& header, std::string_view body) {
    const auto version = options_.version;
    const auto pass = [&](const auto& read, auto how) { read ? how(*read) : fault(read.error()); };
    if ((header.type == MqttPacketType::connack) != (phase_ == Phase::connecting)) {
        fault({MqttReason::protocol_error, "réponse à CONNECT absente ou répétée"});
        return;
    }
    switch (header.type) {
        case MqttPacketType::connack: pass(read_connack(body, version), [&](const auto& connack) { handle_connack(connack); }); break;
        case MqttPacketType::publish: pass(read_publish(body, header.flags, version), [&](const auto& publish) { handle_publish(publish); }); break;
        case MqttPacketType::suback: pass(read_suback(body, version), [&](const auto& suback) { handle_suback(suback); }); break;
        case MqttPacketType::pubrel:
            // The end of a QoS 2 exchange that an earlier client of this session began: that client had the message.
            pass(read_pubrel(body, version), [&](std::uint16_t packet_id) {
                append_pubcomp(output_, version, packet_id, MqttReason::packet_id_unknown);
                last_sent_ = now_;
            });
            break;
        case MqttPacketType::pingresp:
            ping_awaited_ = false;
            if (!body.empty()) {
                fault({MqttReason::malformed_packet, "PINGRESP mal formé"});
            }
            break;
        case MqttPacketType::disconnect:
            if (version == MqttVersion::v5) {
                pass(read_disconnect(body), [&](const MqttGoodbye& goodbye) {
                    phase_ = Phase::over;
                    reason_ = with_words(fmt::format("le courtier a fermé la connexion : {}", mqtt_reason_text(goodbye.reason)), goodbye.reason_text);
                });
                break;
            }
            [[fallthrough]];
        default: fault({MqttReason::protocol_error, "paquet qu'un courtier n'envoie pas à un abonné"});
    }
}

void MqttSession::handle_connack(const MqttConnack& connack) {
    if (is_refusal(connack.reason)) {
        end(connack.reason, with_words(fmt::format("le courtier a refusé la connexion : {}", mqtt_reason_text(connack.reason)), connack.reason_text));
        return;
    }
    phase_ = Phase::open;
    ++counts_.connections;
    if (connack.qos_max == 0) {
        end(MqttReason::qos_not_supported, "le courtier n'offre que la qualité de service 0 : la 1 est attendue");
        return;
    }
    if (connack.server_keep_alive_s.value_or(0) != 0) {
        keep_alive_ = std::min(keep_alive_, std::chrono::seconds(*connack.server_keep_alive_s));
    }
    if (connack.session_expiry_s.value_or(options_.session_expiry_s) < options_.session_expiry_s) {
        warnings_.push_back(fmt::format("le courtier ne garde la session que {} s, {} s étaient demandées", *connack.session_expiry_s,
                                        options_.session_expiry_s));
    }
    if (!connack.session_present) {
        if (ever_subscribed_) {
            warnings_.emplace_back("le courtier n'a plus la session : ce qu'il gardait pour nous est perdu");
        }
        forget_broker_session();
    }
    // Subscribing again to what the session holds would have the retained messages sent again.
    if (ever_subscribed_) {
        subscribed_ = true;
        return;
    }
    const std::string subscribe = encode_subscribe(options_, subscribe_packet_id);
    if (connack.packet_bytes_max && subscribe.size() > *connack.packet_bytes_max) {
        end(MqttReason::packet_too_large, "le courtier n'accepte pas de paquet assez grand pour tous les filtres de sujets");
        return;
    }
    output_ += subscribe;
    suback_awaited_ = true;
    asked_at_ = last_sent_ = now_;
}

void MqttSession::handle_suback(const MqttSuback& suback) {
    if (!suback_awaited_ || suback.packet_id != subscribe_packet_id || suback.reasons.size() != options_.filters.size()) {
        fault({MqttReason::protocol_error, "réponse à un SUBSCRIBE qui n'a pas été fait"});
        return;
    }
    suback_awaited_ = false;
    std::size_t granted = 0;
    for (std::size_t i = 0; i < suback.reasons.size(); ++i) {
        const MqttReason reason = suback.reasons[i];
        if (reason == MqttReason::granted_qos_2) {
            fault({MqttReason::protocol_error, "qualité de service 2 accordée sans être demandée"});
            return;
        }
        if (is_refusal(reason)) {
            warnings_.push_back(fmt::format("le courtier a refusé l'abonnement à « {} » : {}", options_.filters[i], mqtt_reason_text(reason)));
            continue;
        }
        ++granted;
        if (reason != MqttReason::granted_qos_1) {
            warnings_.push_back(fmt::format("le courtier n'accorde à « {} » que la qualité de service 0 : des messages peuvent se perdre",
                                            options_.filters[i]));
        }
    }
    if (granted == 0) {
        end(MqttReason::success, "le courtier a refusé tous les abonnements");
        return;
    }
    subscribed_ = ever_subscribed_ = true;
}

// --- time -----------------------------------------------------------------------------------------------------------

void MqttSession::send_ping() {
    append_pingreq(output_);
    last_sent_ = now_;
    if (!ping_awaited_) {
        ping_awaited_ = true;
        asked_at_ = now_;
    }
}

void MqttSession::tick(Moment now) {
    now_ = now;
    if (phase_ == Phase::connecting && now - asked_at_ >= mqtt_connect_time_max) {
        end(MqttReason::unspecified, fmt::format("le courtier n'a pas répondu à la demande de connexion en {} s", mqtt_connect_time_max.count()));
    }
    if (phase_ != Phase::open) {
        return;
    }
    // While the window is full nothing is read, so silence says nothing.
    const bool listens = !is_full();
    const bool awaits = ping_awaited_ || suback_awaited_;
    if (listens && awaits && now - std::max(asked_at_, last_heard_) >= answer_time(keep_alive_)) {
        end(MqttReason::keep_alive_timeout, fmt::format("le courtier ne répond plus depuis {} s", answer_time(keep_alive_).count()));
        return;
    }
    const auto interval = std::chrono::duration_cast<std::chrono::milliseconds>(keep_alive_) * 3 / 4;
    if (now - last_sent_ >= interval || (listens && !awaits && now - last_heard_ >= interval)) {
        send_ping();
    }
}

}  // namespace vigie::intake
