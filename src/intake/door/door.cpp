#include "intake/door/door.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "city/time/local_calendar.h"
#include "intake/identity.h"
#include "intake/import_lock.h"
#include "store/identity_index.h"

namespace vigie::intake {

namespace {

// A command that imports a file holds the table for as long: the door waits its turn this long, then tries again at the next drain.
constexpr std::chrono::milliseconds lock_wait{200};

/// What one drain found out, gathered before anything is written.
struct Drained {
    std::vector<Event> events;               // found new, in order
    std::vector<NumberedReceipt> receipts;   // one a message
    LiveOutcome outcome;
    std::vector<SealedRecord> sealed;        // bytes of refusals
    std::vector<std::size_t> sealed_for;     // of which refusal of the outcome
};

}  // namespace

struct Door::Parts {
    Parts(const DoorParts& given, City read_city, Taxonomy read_taxonomy, LocalCalendar read_calendar)
        : folder(given.folder), spool(given.spool), receipts(given.receipts), sealed(given.sealed), city(std::move(read_city)), taxonomy(std::move(read_taxonomy)),
          calendar(std::move(read_calendar)) {}

    /// What a feed can not be opened for is said in its state, and its messages wait sealed.
    Status load_feeds() {
        feeds.clear();
        unopened.clear();
        by_key.clear();
        blocked.clear();
        const std::vector<SourceRecord> sources = TRY(folder.metadata().sources());
        for (const SourceRecord& source : sources) {
            by_key.emplace(source.key, source.id);
            Result<Feed> feed = Feed::open({city, taxonomy, *judges}, source);
            if (feed) {
                feeds.emplace(source.key, *std::move(feed));
            } else {
                unopened.emplace(source.key, feed.error().message);
            }
        }
        const std::vector<FeedRecord> states = TRY(folder.metadata().feeds());
        for (const FeedRecord& state : states) {
            if (state.state == FeedState::blocked) {
                blocked.emplace(state.source, state.reason);
            }
        }
        return {};
    }

    Status judge(const SpooledMessage& spooled, Instant now, Drained& drained) {
        const SpoolMessage& message = spooled.message;
        NumberedReceipt& numbered = drained.receipts.emplace_back();
        numbered.number = spooled.number;
        const auto found = feeds.find(message.source);
        const auto known = by_key.find(message.source);
        if (known == by_key.end()) {
            numbered.receipt.verdict = Verdict::unknown;
            return {};
        }
        numbered.receipt.source = known->second;
        const LocalDay day = day_of(calendar.local_hour_of(message.received));
        drained.outcome.heard.emplace_back(known->second, message.received);
        if (found == feeds.end()) {
            refuse(spooled, known->second, day, {Verdict::unknown, "not_live", unopened[message.source]}, drained);
            return {};
        }
        Feed& feed = found->second;
        if (const Status open = governance::may_enter(*feed.manifest().terms.contract, day); !open) {
            refuse(spooled, known->second, day, {Verdict::closed, "contract_ended", open.error().message}, drained);
            return {};
        }
        if (const auto block = blocked.find(known->second); block != blocked.end()) {
            refuse(spooled, known->second, day, {Verdict::blocked, "feed_blocked", block->second}, drained);
            return {};
        }
        feed.read(message.format, message.body, now, reading);
        if (reading.verdict != Verdict::taken) {
            refuse(spooled, known->second, day, {reading.verdict, reading.reason, reading.detail}, drained);
            if (reading.verdict == Verdict::schema) {
                block_feed(feed, now, drained);
            }
            return {};
        }
        return take(spooled, day, drained);
    }

    struct Whole {
        Verdict verdict;
        std::string reason;
        std::string detail;
    };

    /// Whether a correction of the manifest may let the bytes in. Those that speak of a person, or came outside the contract, are gone.
    static bool may_be_replayed(Verdict verdict) {
        return verdict == Verdict::schema || verdict == Verdict::blocked || verdict == Verdict::unreadable || verdict == Verdict::unknown;
    }

    /// The bytes of the outcome's last refusal.
    static void seal(const SpooledMessage& spooled, std::string format, std::string bytes, Drained& drained) {
        drained.sealed_for.push_back(drained.outcome.refusals.size() - 1);
        drained.sealed.push_back({spooled.message.source, std::move(format), spooled.message.received, std::move(bytes)});
    }

    /// A message that is refused as a whole counts as one record read and quarantined.
    static void refuse(const SpooledMessage& spooled, SourceId source, LocalDay day, Whole whole, Drained& drained) {
        MessageReceipt& receipt = drained.receipts.back().receipt;
        receipt.verdict = whole.verdict;
        receipt.read = 1;
        receipt.quarantined = 1;
        drained.outcome.counts.push_back({source, day, 1, 0, 0, 0, 1});
        drained.outcome.refusals.push_back({source, day, spooled.number, 0, std::move(whole.reason), std::move(whole.detail), 0});
        if (may_be_replayed(whole.verdict)) {
            seal(spooled, spooled.message.format, spooled.message.body, drained);
        }
    }

    void block_feed(const Feed& feed, Instant now, Drained& drained) {
        const std::string reason = fmt::format("{} : la source est bloquée, rien n'en est enregistré", reading.detail);
        blocked.emplace(feed.source(), reason);
        drained.outcome.blocked.push_back({feed.source(), FeedState::blocked, reason, now, std::nullopt});
        Task task;
        task.kind = "schema_change";
        task.source = feed.source();
        task.opened = now;
        task.detail = fmt::format("« {} » a changé de forme. {}. À décider : refuser le changement, ou corriger le manifeste après avoir mis "
                                  "l'analyse d'impact à jour.", feed.manifest().label, reading.detail);
        drained.outcome.tasks.push_back(std::move(task));
    }

    Status take(const SpooledMessage& spooled, LocalDay day, Drained& drained) {
        MessageReceipt& receipt = drained.receipts.back().receipt;
        LiveCount count;
        count.source = receipt.source;
        count.day = day;
        count.read = reading.read;
        count.passed_over = reading.passed_over;
        count.quarantined = reading.refused.size();
        for (const Event& event : reading.events) {
            const IdentityIndex::Claim claim = TRY(identities->claim(event.id));
            if (claim == IdentityIndex::Claim::fresh) {
                drained.events.push_back(event);
                ++count.stored;
            } else {
                ++count.duplicates;
            }
        }
        for (MessageReading::RefusedRecord& refused : reading.refused) {
            drained.outcome.refusals.push_back({receipt.source, day, spooled.number, refused.refusal.line, refused.refusal.reason,
                                                std::move(refused.refusal.detail), 0});
            if (!refused.fields.empty()) {
                seal(spooled, "json", std::move(refused.fields), drained);
            }
        }
        receipt.verdict = Verdict::taken;
        receipt.read = static_cast<std::uint32_t>(count.read);
        receipt.stored = static_cast<std::uint32_t>(count.stored);
        receipt.duplicates = static_cast<std::uint32_t>(count.duplicates);
        receipt.passed_over = static_cast<std::uint32_t>(count.passed_over);
        receipt.quarantined = static_cast<std::uint32_t>(count.quarantined);
        drained.outcome.counts.push_back(count);
        return {};
    }

    /// One line a source and day, and one last moment a source: messages come by the thousand.
    static void add_up(LiveOutcome& outcome) {
        std::map<std::pair<SourceId, LocalDay>, LiveCount> counts;
        for (const LiveCount& one : outcome.counts) {
            LiveCount& sum = counts.try_emplace({one.source, one.day}, LiveCount{one.source, one.day, 0, 0, 0, 0, 0}).first->second;
            sum.read += one.read;
            sum.stored += one.stored;
            sum.duplicates += one.duplicates;
            sum.passed_over += one.passed_over;
            sum.quarantined += one.quarantined;
        }
        outcome.counts.clear();
        for (const auto& [key, sum] : counts) {
            VIGIE_ASSERT(sum.read == sum.stored + sum.duplicates + sum.passed_over + sum.quarantined);
            outcome.counts.push_back(sum);
        }
        std::map<SourceId, Instant> heard;
        for (const auto& [source, at] : outcome.heard) {
            Instant& last = heard.try_emplace(source, at).first->second;
            last = std::max(last, at);
        }
        outcome.heard.assign(heard.begin(), heard.end());
    }

    /// Refusals whose bytes can not be sealed (the room for them is full) are recorded without: the door goes on.
    void seal_refusals(Instant now, Drained& drained) {
        if (now - expired > std::chrono::hours{1}) {
            static_cast<void>(sealed.expire(now - sealed_days));  // its own last_error says when it can not
            expired = now;
        }
        if (drained.sealed.empty()) {
            return;
        }
        if (const auto ids = sealed.put(drained.sealed, now)) {
            for (std::size_t i = 0; i < ids->size(); ++i) {
                drained.outcome.refusals[drained.sealed_for[i]].sealed = (*ids)[i].raw();
            }
        }
    }

    Result<DrainOutcome> drain_messages(const std::vector<SpooledMessage>& messages, Instant now) {
        const ImportLock lock = TRY(ImportLock::take_waiting(folder.identity_index_path() + ".import", lock_wait));
        IdentityIndex index = TRY(IdentityIndex::open(folder.identity_index_path(), folder.events()));
        identities = &index;
        TRY(index.begin_file());
        Drained drained;
        drained.outcome.now = now;
        drained.outcome.through = messages.back().number;
        for (const SpooledMessage& message : messages) {
            TRY(judge(message, now, drained));
        }
        if (!drained.events.empty()) {
            const std::string name = fmt::format("door|{}", messages.front().number);
            const BlockId block{XXH3_64bits(name.data(), name.size()), messages.back().number};
            const AppendResult appended = TRY(folder.events().append(drained.events, block));
            if (appended.already_there) {
                return fail(ErrorCode::corrupt, fmt::format("le bloc des messages {} à {} est déjà dans l'entrepôt, sans ses faits", messages.front().number,
                                                            messages.back().number));
            }
        }
        const StoreStats stats = TRY(folder.events().stats());
        TRY(index.end_file(stats.version));
        add_up(drained.outcome);
        seal_refusals(now, drained);
        TRY(receipts.write(drained.receipts));
        TRY(folder.metadata().record_live(drained.outcome));
        TRY(spool.release(messages.back().number));
        return DrainOutcome{messages.size(), drained.events.size()};
    }

    DataFolder& folder;
    Spool& spool;
    ReceiptLog& receipts;
    SealedStore& sealed;
    Instant expired;  // when old sealed bytes were last destroyed
    City city;
    Taxonomy taxonomy;
    LocalCalendar calendar;
    std::map<std::string, Feed, std::less<>> feeds;      // that can be opened
    std::map<std::string, SourceId, std::less<>> by_key;  // all
    std::map<std::string, std::string, std::less<>> unopened;  // the others, with why
    std::optional<TextJudges> judges;
    std::map<SourceId, std::string> blocked;             // with the reason
    IdentityIndex* identities = nullptr;                 // of the drain under way
    MessageReading reading;
    std::atomic<bool> reload{true};
};

Door::Door(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Door::~Door() = default;

Result<std::uint64_t> replay_sealed(const DoorParts& parts, const SourceRecord& source) {
    constexpr std::size_t at_a_time = 256;
    std::uint64_t replayed = 0;
    for (;;) {
        const std::vector<LiveRefusal> refusals = TRY(parts.folder.metadata().sealed_refusals(source.id, at_a_time));
        if (refusals.empty()) {
            return replayed;
        }
        std::vector<SealedId> ids;
        std::vector<std::uint64_t> numbers;
        for (const LiveRefusal& refusal : refusals) {
            const SealedId id{refusal.sealed};
            Result<SealedRecord> record = parts.sealed.unseal(id);
            if (!record && record.error().code == ErrorCode::unavailable) {
                return tl::unexpected<Error>(record.error());
            }
            // What has expired meanwhile, or is damaged, is forgotten all the same.
            if (record) {
                std::ignore = TRY(parts.spool.put_and_wait(
                    {record->source, "replay", record->received, record->format, "", std::move(record->bytes)}, SpoolClass::ordinary));
                ++replayed;
            }
            ids.push_back(id);
            numbers.push_back(refusal.sealed);
        }
        TRY(parts.folder.metadata().forget_sealed(numbers));
        TRY(parts.sealed.destroy(ids));
    }
}

Result<std::unique_ptr<Door>> Door::open(const DoorParts& given, const std::string& config_dir) {
    DataFolder& folder = given.folder;
    Spool& spool = given.spool;
    std::optional<City> city = TRY(folder.metadata().city());
    std::optional<Taxonomy> taxonomy = TRY(folder.metadata().taxonomy());
    if (!city || !taxonomy) {
        return fail(ErrorCode::invalid_input, "ni ville ni nomenclature dans ce dossier (attendu : un dossier fait par « vigie init »)");
    }
    LocalCalendar calendar = TRY(LocalCalendar::open(city->zone));
    auto parts = std::make_unique<Parts>(given, *std::move(city), *std::move(taxonomy), std::move(calendar));
    parts->judges.emplace(config_dir, parts->city);
    // The outcome of these messages was recorded, and the crash came before the inbox knew it.
    const std::uint64_t recorded = TRY(folder.metadata().live_cursor());
    const std::uint64_t last = spool.stats().last_number;
    if (recorded > last) {
        // Another inbox than the one it was recorded of: its numbers begin again, and none of them has been drained.
        LiveOutcome nothing;
        nothing.through = spool.released();
        TRY(folder.metadata().record_live(nothing));
    } else if (recorded > spool.released()) {
        TRY(spool.release(recorded));
    }
    return std::unique_ptr<Door>(new Door(std::move(parts)));
}

Result<DrainOutcome> Door::drain(Instant now, std::chrono::milliseconds wait) {
    const std::vector<SpooledMessage> messages = TRY(parts_->spool.read(parts_->spool.released(), drain_bytes_max, wait));
    if (messages.empty()) {
        return DrainOutcome{};
    }
    if (parts_->reload.exchange(false)) {
        if (const Status loaded = parts_->load_feeds(); !loaded) {
            parts_->reload.store(true);
            return tl::unexpected<Error>(loaded.error());
        }
    }
    Result<DrainOutcome> drained = parts_->drain_messages(messages, now);
    parts_->identities = nullptr;
    if (!drained) {
        parts_->reload.store(true);  // a feed may have been blocked here and nowhere else
    }
    return drained;
}

void Door::reload_soon() { parts_->reload.store(true); }

}  // namespace vigie::intake
