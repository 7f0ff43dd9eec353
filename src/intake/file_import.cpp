#include "intake/file_import.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/assert.h"
#include "base/random.h"
#include "intake/config_document.h"
#include "intake/identity.h"
#include "intake/record_parser.h"
#include "intake/record_pipeline.h"
#include "intake/stopwatch.h"

namespace vigie::intake {
namespace {

// Refusals written in one transaction.
constexpr std::size_t quarantine_batch = 5'000;
// Contents met more than once in the file whose next rank is remembered; above, the memory is emptied and ranks are found
// again one by one.
constexpr std::size_t remembered_ranks_max = 200'000;
constexpr double progress_interval_s = 0.1;
// An identity index (docs/formats/identity.md) of so many bytes stays in this process's memory for a whole file. The pages of a larger
// one are given back each time a walk through it has passed so many bytes; it has to fault them in once a group anyway.
constexpr std::uint64_t index_kept_max = 80U << 20;
constexpr std::uint64_t index_walk_max = 16U << 20;
// Of two counting passes over a group: 22 bits put identities within a few cache lines of their slot's order.
constexpr int radix_bits = 11;

class FileImport {
  public:
    FileImport(const ImportContext& context, const std::string& path, ImportOutcome& outcome)
        : context_(context), path_(path), outcome_(outcome) {
        record_.source = context.source;
        record_.file_name = file_name_of(path);
        record_.started = context.request.now;
        record_.state = "running";
        progress_.file_name = record_.file_name;
    }

    Status run() {
        const std::vector<std::string> wanted = context_.manifest.columns();
        const std::unique_ptr<RecordReader> reader = TRY(open_records(path_, context_.manifest.file, wanted));
        const ParserContext parser_context{context_.manifest, context_.city, context_.taxonomy, context_.source, context_.request.now};
        RecordParser parser = TRY(open_parser(parser_context, *reader));
        record_.id = TRY(context_.folder.metadata().begin_import(record_));
        const Status status = read_all(*reader, std::move(parser));
        if (status) {
            record_.file_hash = reader->file_hash();
        }
        return finish(status);
    }

  private:
    Result<RecordParser> open_parser(const ParserContext& context, const RecordReader& reader) const {
        Result<RecordParser> parser = RecordParser::open(context, reader.columns(), reader.description());
        if (!parser) {
            return fail(parser.error().code, fmt::format("{} : {}", record_.file_name, parser.error().message));
        }
        return parser;
    }

    Status read_all(RecordReader& reader, RecordParser parser) {
        progress_.bytes_total = reader.bytes_total();
        facts_.reserve(import_block_events + import_group_events + 4 * batch_records_target);
        TRY(context_.identities.begin_file());
        RecordPipeline pipeline(reader, std::move(parser));
        while (std::unique_ptr<ParsedBatch> batch = pipeline.next()) {
            TRY(take(*batch));
            progress_.bytes_read = batch->bytes_read;
            pipeline.recycle(std::move(batch));
            report_progress(false);
            if (context_.request.cancel != nullptr && context_.request.cancel->load()) {
                cancelled_ = true;
                break;
            }
        }
        TRY(claim_group());
        TRY(append_block());
        TRY(flush_quarantine());
        const StoreStats stats = TRY(context_.folder.events().stats());
        TRY(context_.identities.end_file(stats.version));
        if (cancelled_) {
            return fail(ErrorCode::unavailable, "import interrompu à la demande");
        }
        progress_.bytes_read = progress_.bytes_total;
        report_progress(true);
        outcome_.steps.decode += pipeline.decode_seconds();
        outcome_.steps.parse += pipeline.parse_seconds();
        for (const std::string& warning : pipeline.warnings()) {
            outcome_.warnings.push_back(fmt::format("{} : {}", record_.file_name, warning));
        }
        return pipeline.status();
    }

    Status take(const ParsedBatch& batch) {
        record_.read += batch.read;
        record_.passed_over += batch.passed_over;
        for (const Refusal& refusal : batch.refusals) {
            quarantine(refusal);
        }
        facts_.insert(facts_.end(), batch.events.begin(), batch.events.end());
        lines_.insert(lines_.end(), batch.lines.begin(), batch.lines.end());
        if (lines_.size() >= import_group_events) {
            TRY(claim_group());
        }
        if (new_count_ >= import_block_events) {
            TRY(append_block());
        }
        return quarantine_.size() >= quarantine_batch ? flush_quarantine() : Status{};
    }

    /// Claims the group's identities in the order of the index's slots (docs/formats/identity.md), so that a large index is walked
    /// through once a group and little of it is in memory at a time. Equal identities keep the order of the file.
    Status claim_group() {
        const Stopwatch watch;
        const std::span<Event> group(facts_.begin() + static_cast<std::ptrdiff_t>(new_count_), facts_.end());
        sort_group(group);
        is_new_.assign(group.size(), false);
        std::size_t until_release = claims_until_release();
        for (const std::uint32_t at : order_) {
            is_new_[at] = TRY(claim(group[at], lines_[at]));
            if (--until_release == 0) {
                context_.identities.release_memory();
                until_release = claims_until_release();  // the index may have grown
            }
        }
        // The new ones move up in the order of the file: it is nearly that of time, which the store's own indexes live by.
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (is_new_[i]) {
                facts_[new_count_++] = group[i];
            }
        }
        facts_.resize(new_count_);
        lines_.clear();
        outcome_.steps.deduplicate += watch.seconds();
        return {};
    }

    /// How many claims of a group in order walk through as much of the index as may be in memory.
    [[nodiscard]] std::size_t claims_until_release() const {
        const std::uint64_t bytes = index_bytes();
        return bytes <= index_kept_max ? SIZE_MAX : lines_.size() / (bytes / index_walk_max + 1) + 1;
    }

    /// Fills order_: places in the group, by the high bits of the mixed identity, which choose the slot. Two stable counting passes.
    void sort_group(std::span<const Event> group) {
        keys_.clear();
        for (const Event& event : group) {
            keys_.push_back(static_cast<std::uint32_t>(mix64(event.id.raw()) >> (64 - 2 * radix_bits)));
        }
        order_.resize(group.size());
        std::iota(order_.begin(), order_.end(), 0U);
        passed_.resize(group.size());
        for (int pass = 0; pass < 2; ++pass) {
            const int shift = pass * radix_bits;
            std::vector<std::uint32_t> start((1U << radix_bits) + 1, 0);
            const auto digit = [&](std::uint32_t at) { return (keys_[at] >> shift) & ((1U << radix_bits) - 1); };
            for (const std::uint32_t at : order_) {
                ++start[digit(at) + 1];
            }
            std::partial_sum(start.begin(), start.end(), start.begin());
            for (const std::uint32_t at : order_) {
                passed_[start[digit(at)]++] = at;
            }
            order_.swap(passed_);
        }
    }

    /// Of the identity index: slots of 8 bytes, a power of two of them, less than 65 % full.
    [[nodiscard]] std::uint64_t index_bytes() const { return 8 * std::bit_ceil(context_.identities.size() / 13 * 20 + 1); }

    /// Gives the fact its rank and says whether it is new. What is not is counted.
    Result<bool> claim(Event& event, std::uint64_t line) {
        using Claim = IdentityIndex::Claim;
        const EventId content = event.id;
        Claim found = TRY(context_.identities.claim(content));
        if (found == Claim::repeated && !context_.manifest.id.column.empty()) {
            repeat_of_id(line);
            return false;
        }
        if (found == Claim::repeated) {
            std::uint32_t& rank = highest_rank(content);
            while (found == Claim::repeated) {
                event.id = IdentityHasher::ranked(content, ++rank);
                found = TRY(context_.identities.claim(event.id));
            }
        }
        record_.duplicates += found == Claim::stored ? 1U : 0U;
        return found == Claim::fresh;
    }

    /// A second record of one external id in the same file.
    void repeat_of_id(std::uint64_t line) {
        const IdRule& rule = context_.manifest.id;
        if (rule.repeats_are_duplicates) {
            ++record_.duplicates;
        } else {
            quarantine({line, "repeated_id", fmt::format("colonne « {} » : identifiant déjà lu plus haut dans le fichier", rule.column)});
        }
    }

    /// The highest rank of this content met so far.
    std::uint32_t& highest_rank(EventId content) {
        if (ranks_.size() >= remembered_ranks_max) {
            ranks_.clear();
        }
        return ranks_[content.raw()];
    }

    /// Appends what claim_group() found new.
    Status append_block() {
        VIGIE_ASSERT(facts_.size() == new_count_);
        if (facts_.empty()) {
            return {};
        }
        const Stopwatch watch;
        const std::uint64_t number = blocks_++;
        const AppendResult appended = TRY(context_.folder.events().append(facts_, block_id(number)));
        if (appended.already_there) {
            return fail(ErrorCode::corrupt, fmt::format("le bloc {} de l'import {} est déjà dans l'entrepôt : les deux bases du dossier ne vont pas ensemble",
                                                        number, record_.id));
        }
        VIGIE_ASSERT(appended.stored == facts_.size());
        record_.stored += appended.stored;
        facts_.clear();
        new_count_ = 0;
        if (index_bytes() > index_kept_max) {
            context_.identities.release_memory();
        }
        outcome_.steps.append += watch.seconds();
        // So that a killed import has left a trace of how far it went.
        TRY(context_.folder.metadata().update_import(record_));
        report_progress(false);
        return {};
    }

    [[nodiscard]] BlockId block_id(std::uint64_t number) const {
        const std::string name = fmt::format("{}|{}|{}", context_.manifest.key, record_.id, record_.started.time_since_epoch().count());
        return BlockId{XXH3_64bits(name.data(), name.size()), number};
    }

    void quarantine(Refusal refusal) {
        ++record_.quarantined;
        quarantine_.push_back(QuarantineRecord{record_.id, context_.source, record_.file_name, refusal.line, refusal.reason, std::move(refusal.detail)});
    }

    Status flush_quarantine() {
        TRY(context_.folder.metadata().add_quarantine(quarantine_));
        quarantine_.clear();
        return {};
    }

    /// Closes the import's record, whatever happened, and says where a fault was.
    Status finish(const Status& status) {
        record_.ended = record_.started + std::chrono::milliseconds{static_cast<std::int64_t>(watch_.seconds() * 1000.0)};
        record_.state = status ? "done" : cancelled_ ? "cancelled" : "failed";
        record_.error = status ? std::string() : status.error().message;
        Status updated = context_.folder.metadata().update_import(record_);
        outcome_.read += record_.read;
        outcome_.stored += record_.stored;
        outcome_.duplicates += record_.duplicates;
        outcome_.quarantined += record_.quarantined;
        outcome_.passed_over += record_.passed_over;
        if (!status) {
            return fail(status.error().code, fmt::format("{} : {} ({} fait(s) enregistré(s), l'entrepôt est entier ; relancer la même commande finira le travail)",
                                                         record_.file_name, status.error().message, record_.stored));
        }
        VIGIE_ASSERT(record_.stored + record_.duplicates + record_.passed_over + record_.quarantined == record_.read);
        return updated;
    }

    void report_progress(bool now) {
        if (!context_.request.on_progress) {
            return;
        }
        const double elapsed = watch_.seconds();
        if (!now && elapsed - reported_s_ < progress_interval_s) {
            return;
        }
        reported_s_ = elapsed;
        progress_.read = record_.read;
        progress_.stored = record_.stored;
        progress_.duplicates = record_.duplicates;
        progress_.quarantined = record_.quarantined;
        context_.request.on_progress(progress_);
    }

    const ImportContext& context_;
    const std::string& path_;
    ImportOutcome& outcome_;
    ImportRecord record_;
    ImportProgress progress_;
    std::vector<Event> facts_;                 // those found new, then the group: parsed, identities not yet claimed
    std::size_t new_count_ = 0;
    std::vector<std::uint64_t> lines_;         // of the group
    std::vector<std::uint32_t> order_;         // of the group, as the index has it
    std::vector<std::uint32_t> passed_;
    std::vector<std::uint32_t> keys_;
    std::vector<bool> is_new_;
    std::uint64_t blocks_ = 0;
    std::vector<QuarantineRecord> quarantine_;
    std::unordered_map<std::uint64_t, std::uint32_t> ranks_;
    Stopwatch watch_;
    double reported_s_ = 0.0;
    bool cancelled_ = false;
};

}  // namespace

Status import_file(const ImportContext& context, const std::string& path, ImportOutcome& outcome) {
    return FileImport(context, path, outcome).run();
}

}  // namespace vigie::intake
