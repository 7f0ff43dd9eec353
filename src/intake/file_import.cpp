#include "intake/file_import.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <numeric>
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
// Bytes of the identity index (docs/formats/identity.md) that may be in this process's memory at a time, about: above, its pages
// are given back several times a group, and each costs a page fault again.
constexpr std::uint64_t index_resident_max = 80U << 20;
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
        group_.reserve(import_group_events + 4 * batch_records_target);
        block_.reserve(import_block_events + import_group_events);
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
        for (const Refusal& refusal : batch.refusals) {
            quarantine(refusal);
        }
        group_.insert(group_.end(), batch.events.begin(), batch.events.end());
        group_lines_.insert(group_lines_.end(), batch.lines.begin(), batch.lines.end());
        if (group_.size() >= import_group_events) {
            TRY(claim_group());
        }
        if (block_.size() >= import_block_events) {
            TRY(append_block());
        }
        return quarantine_.size() >= quarantine_batch ? flush_quarantine() : Status{};
    }

    /// Claims the group's identities in the order of the index's slots (docs/formats/identity.md), so that a large index is walked
    /// through once a group and little of it is in memory at a time. Equal identities keep the order of the file.
    Status claim_group() {
        const Stopwatch watch;
        sort_group();
        const std::size_t stretch = order_.size() / (index_bytes() / index_resident_max + 1) + 1;
        is_new_.assign(group_.size(), false);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const std::size_t at = order_[i];
            is_new_[at] = TRY(claim(group_[at], group_lines_[at]));
            if ((i + 1) % stretch == 0) {
                context_.identities.release_memory();  // never for an index that fits
            }
        }
        // In the order of the file again: it is nearly that of time, which the store's own indexes live by.
        for (std::size_t i = 0; i < group_.size(); ++i) {
            if (is_new_[i]) {
                block_.push_back(group_[i]);
            }
        }
        group_.clear();
        group_lines_.clear();
        outcome_.steps.deduplicate += watch.seconds();
        return {};
    }

    /// Fills order_: places in the group, by the high bits of the mixed identity, which choose the slot. Two stable counting passes.
    void sort_group() {
        keys_.clear();
        for (const Event& event : group_) {
            keys_.push_back(static_cast<std::uint32_t>(mix64(event.id.raw()) >> (64 - 2 * radix_bits)));
        }
        order_.resize(group_.size());
        std::iota(order_.begin(), order_.end(), 0U);
        passed_.resize(group_.size());
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

    Status append_block() {
        if (block_.empty()) {
            return {};
        }
        const Stopwatch watch;
        const std::uint64_t number = blocks_++;
        const AppendResult appended = TRY(context_.folder.events().append(block_, block_id(number)));
        if (appended.already_there) {
            return fail(ErrorCode::corrupt, fmt::format("le bloc {} de l'import {} est déjà dans l'entrepôt : les deux bases du dossier ne vont pas ensemble",
                                                        number, record_.id));
        }
        VIGIE_ASSERT(appended.stored == block_.size());
        record_.stored += appended.stored;
        block_.clear();
        if (index_bytes() > index_resident_max) {
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
        const Status updated = context_.folder.metadata().update_import(record_);
        outcome_.read += record_.read;
        outcome_.stored += record_.stored;
        outcome_.duplicates += record_.duplicates;
        outcome_.quarantined += record_.quarantined;
        if (!status) {
            return fail(status.error().code, fmt::format("{} : {} ({} fait(s) enregistré(s), l'entrepôt est entier ; relancer la même commande finira le travail)",
                                                         record_.file_name, status.error().message, record_.stored));
        }
        VIGIE_ASSERT(record_.stored + record_.duplicates + record_.quarantined == record_.read);
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
    std::vector<Event> group_;                 // parsed, identities not yet claimed
    std::vector<std::uint64_t> group_lines_;
    std::vector<std::uint32_t> order_;         // of the group, as the index has it
    std::vector<std::uint32_t> passed_;
    std::vector<std::uint32_t> keys_;
    std::vector<bool> is_new_;
    std::vector<Event> block_;                 // new facts
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
