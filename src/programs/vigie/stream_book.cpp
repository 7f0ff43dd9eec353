#include "programs/vigie/stream_book.h"

#include <fmt/format.h>

#include "base/errno_text.h"
#include "base/json_text.h"
#include "programs/vigie/command_line.h"

namespace vigie::programs {

namespace {

using simulator::LiveMessage;
using simulator::LiveRecord;

std::string json(std::string_view text) {
    std::string out = "\"";
    append_json_text(out, text);
    out += '"';
    return out;
}

std::string utc_text(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto ms = (at - day).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

/// What every line about a record begins with.
std::string beginning(const LiveMessage& message, const LiveRecord& record) {
    const simulator::LiveSourceFacts& facts = simulator::facts_of(message.source);
    return fmt::format(R"({{"source":"{}","id":{},"channel":"{}","key":{})", facts.key, json(record.id), name_of(facts.channel),
                       json(message.key));
}

std::string_view name_of(simulator::DeliveryFault fault) {
    return fault == simulator::DeliveryFault::face_id      ? "face_id"
           : fault == simulator::DeliveryFault::new_column ? "new_column"
                                                           : "none";
}

std::string truth_of(const LiveMessage& message, const LiveRecord& record) {
    std::string planted;
    for (const simulator::PlantedIdentifier& identifier : record.planted) {
        planted += fmt::format(R"({}{{"kind":"{}","text":{},"searched":{}}})", planted.empty() ? "" : ",", name_of(identifier.kind),
                               json(identifier.text), json(identifier.searched));
    }
    return fmt::format(
        R"({},"at":"{}","lon":{:.6f},"lat":{:.6f},"category":"{}","text_only":{},"late":{},"repeat":{},"fault":"{}","delivery_fault":"{}","planted":[{}]}})"
        "\n",
        beginning(message, record), utc_text(record.at), record.position.lon_deg, record.position.lat_deg, record.category,
        record.category_in_text_only, record.is_late, message.is_repeat, name_of(record.fault), name_of(message.fault), planted);
}

}  // namespace

Result<StreamBook::File> StreamBook::open_file(const std::string& path, const char* mode) {
    std::FILE* file = std::fopen(path.c_str(), mode);
    if (file == nullptr) {
        return fail(ErrorCode::unavailable, fmt::format("{} : ouverture impossible ({})", path, errno_text(errno)));
    }
    return File(file);
}

Result<std::unique_ptr<StreamBook>> StreamBook::open(const std::string& ledger, const std::string& truth) {
    std::unique_ptr<StreamBook> book(new StreamBook);
    if (!ledger.empty()) {
        book->ledger_ = TRY(open_file(ledger, "ab"));
        book->apart_ = TRY(open_file(ledger + ".apart", "ab"));
    }
    if (!truth.empty()) {
        book->truth_ = TRY(open_file(truth, "wb"));
    }
    return book;
}

/// The mutex is held.
void StreamBook::write(std::FILE* file, const std::string& lines) {
    // One write of whole lines: a reader never sees half of one, and nothing is kept back in memory.
    const bool whole = std::fwrite(lines.data(), 1, lines.size(), file) == lines.size() && std::fflush(file) == 0;
    if (!whole && status_) {
        status_ = fail(ErrorCode::unavailable, fmt::format("registre du flux : écriture impossible ({})", errno_text(errno)));
    }
}

void StreamBook::sent(const LiveMessage& message) {
    const std::lock_guard guard(mutex_);
    StreamCounts& counts = counts_[static_cast<std::size_t>(message.source)];
    counts.sent += message.records.size();
    counts.repeats += message.is_repeat ? message.records.size() : 0;
    if (truth_) {
        std::string lines;
        for (const LiveRecord& record : message.records) {
            lines += truth_of(message, record);
        }
        write(truth_.get(), lines);
    }
}

void StreamBook::acknowledged(const LiveMessage& message, const std::string& receipt) {
    const std::lock_guard guard(mutex_);
    counts_[static_cast<std::size_t>(message.source)].acknowledged += message.records.size();
    if (!ledger_) {
        return;
    }
    const std::string ending =
        fmt::format(R"(,"at":"{}"{}}})", now_text(), receipt.empty() ? std::string() : fmt::format(R"(,"receipt":{})", json(receipt)));
    std::string lines;
    for (const LiveRecord& record : message.records) {
        lines += beginning(message, record) + ending + '\n';
    }
    write(ledger_.get(), lines);
}

void StreamBook::refused(const LiveMessage& message, int status) {
    const std::lock_guard guard(mutex_);
    counts_[static_cast<std::size_t>(message.source)].refused += message.records.size();
    write_apart(message, fmt::format(R"("refused","status":{})", status));
}

void StreamBook::waiting(const LiveMessage& message) {
    const std::lock_guard guard(mutex_);
    counts_[static_cast<std::size_t>(message.source)].unknown += message.records.size();
    write_apart(message, R"("waiting")");
}

void StreamBook::write_apart(const LiveMessage& message, const std::string& state) {
    if (!apart_) {
        return;
    }
    std::string lines;
    for (const LiveRecord& record : message.records) {
        lines += fmt::format("{},\"state\":{}}}\n", beginning(message, record), state);
    }
    write(apart_.get(), lines);
}

std::array<StreamCounts, simulator::live_source_count> StreamBook::counts() const {
    const std::lock_guard guard(mutex_);
    return counts_;
}

StreamCounts StreamBook::total() const {
    StreamCounts total;
    for (const StreamCounts& counts : counts()) {
        total.sent += counts.sent;
        total.repeats += counts.repeats;
        total.acknowledged += counts.acknowledged;
        total.refused += counts.refused;
        total.unknown += counts.unknown;
    }
    return total;
}

Status StreamBook::status() const {
    const std::lock_guard guard(mutex_);
    return status_;
}

}  // namespace vigie::programs
