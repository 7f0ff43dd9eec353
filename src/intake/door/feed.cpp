#include "intake/door/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "base/json_text.h"
#include "intake/contract/record_guard.h"
#include "intake/sources/byte_stream.h"
#include "intake/sources/csv_reader.h"
#include "intake/sources/geojson_reader.h"
#include "intake/sources/json_reader.h"

namespace vigie::intake {

namespace {

// Orders of columns that a sender may use: a program writes one, a person's spreadsheet a few.
constexpr std::size_t parsers_max = 8;

constexpr const char* reason_unreadable = "unreadable";

const char* reason_of(ShapeFault::Kind kind) {
    switch (kind) {
        case ShapeFault::Kind::person: return "identity_field";
        case ShapeFault::Kind::strange: return "new_field";
        case ShapeFault::Kind::missing: return "missing_field";
    }
    return reason_unreadable;
}

bool speaks_of_person(const Refusal& refusal) { return std::strcmp(refusal.reason, "identity_field") == 0; }

}  // namespace

struct Feed::Parts {
    Parts(const FeedContext& given, Manifest read, SourceId number)
        : context(given), manifest(std::move(read)), source(number), json(manifest.terms.fields) {
        for (const FieldRule& rule : manifest.terms.fields.rules()) {
            json_columns.push_back(rule.name);
        }
    }

    void read(const std::string& format, std::string_view body, Instant now, MessageReading& out) {
        reading = &out;
        out = MessageReading{};
        const Status done = is_json(format) ? read_json(body, now) : read_table(format, body, now);
        if (!done) {
            refuse_message(Verdict::unreadable, reason_unreadable, done.error().message);
        }
    }

    static bool is_json(const std::string& format) { return format == "json" || format == "ndjson"; }

    Status read_json(std::string_view body, Instant now) {
        std::string inflated;
        // No JSON begins with the first byte of gzip's or of xz's.
        if (body.starts_with('\x1f') || body.starts_with('\xfd')) {
            const auto stream = TRY(memory_byte_stream(body, stream_block_bytes, "message"));
            inflated = TRY(read_whole(*stream, message_text_bytes_max));
            body = inflated;
        }
        TRY(json.read(body, message_records_max, records));
        if (!records.person_names.empty()) {
            refuse_shape({ShapeFault::Kind::person, records.person_names});
        } else if (!records.strange_names.empty()) {
            refuse_shape({ShapeFault::Kind::strange, records.strange_names});
        } else {
            RecordParser* const parser = TRY(parser_of(json_columns, "JSON"));
            parser->set_now(now);
            take(*parser, records.batch, json_columns);
        }
        return {};
    }

    Status read_table(const std::string& format, std::string_view body, Instant now) {
        auto bytes = TRY(memory_byte_stream(body, stream_block_bytes, "message"));
        const std::vector<std::string> wanted = manifest.columns();
        const auto reader = format == "csv" ? TRY(make_csv_reader(std::move(bytes), manifest.file))
                                            : TRY(make_geojson_reader(std::move(bytes), manifest.file, wanted));
        // GeoJSON: what the manifest wants is a column even where no feature has it, so a required one is judged by record.
        if (auto fault = check_shape(manifest.terms.fields, reader->columns())) {
            refuse_shape(std::move(*fault));
            return {};
        }
        RecordParser* const parser = TRY(parser_of(reader->columns(), reader->description()));
        parser->set_now(now);
        std::size_t text_bytes = 0;
        for (;;) {
            TRY(reader->next(records.batch));
            if (records.batch.size() == 0) {
                return {};
            }
            for (const std::string& storage : records.batch.storage) {
                text_bytes += storage.size();
            }
            if (reading->read + records.batch.size() > message_records_max || text_bytes > message_text_bytes_max) {
                return fail(ErrorCode::invalid_input, fmt::format("plus de {} enregistrements ou de {} octets dans un message", message_records_max,
                                                                  message_text_bytes_max));
            }
            take(*parser, records.batch, reader->columns());
            if (reading->verdict != Verdict::taken) {
                return {};
            }
        }
    }

    /// The parser of that order of columns, made when it is first met.
    Result<RecordParser*> parser_of(const std::vector<std::string>& columns, const std::string& description) {
        if (const auto found = parsers.find(columns); found != parsers.end()) {
            return &found->second;
        }
        RecordParser parser = TRY(RecordParser::open({manifest, context.city, context.taxonomy, source, Instant{}, judge ? &judge : nullptr}, columns, description));
        if (parsers.size() >= parsers_max) {
            parsers.erase(parsers.begin());
        }
        return &parsers.emplace(columns, std::move(parser)).first->second;
    }

    void take(RecordParser& parser, const RecordBatch& batch, const std::vector<std::string>& columns) {
        parser.parse(batch, parsed);
        if (const auto person = std::find_if(parsed.refusals.begin(), parsed.refusals.end(), speaks_of_person); person != parsed.refusals.end()) {
            refuse_message(Verdict::identity, person->reason, person->detail);
            return;
        }
        reading->read += parsed.read;
        reading->passed_over += parsed.passed_over;
        reading->events.insert(reading->events.end(), parsed.events.begin(), parsed.events.end());
        for (Refusal& refusal : parsed.refusals) {
            const auto at = std::find(batch.lines.begin(), batch.lines.end(), refusal.line);
            const auto record = static_cast<std::size_t>(at - batch.lines.begin());
            std::string fields = batch.defects[record] == Defect::none ? fields_of(batch, record, columns) : std::string();
            reading->refused.push_back({std::move(refusal), std::move(fields)});
        }
    }

    /// What a replay needs: the fields that the contract lets through and that say something.
    [[nodiscard]] std::string fields_of(const RecordBatch& batch, std::size_t record, const std::vector<std::string>& columns) const {
        std::string object = "{";
        for (std::size_t column = 0; column < columns.size(); ++column) {
            const std::string_view value = batch.value(record, column);
            const auto field = manifest.terms.fields.find(columns[column]);
            if (value.empty() || (field && manifest.terms.fields.rules()[*field].use == FieldUse::drop)) {
                continue;
            }
            object += object.size() > 1 ? ",\"" : "\"";
            append_json_text(object, columns[column]);
            object += "\":\"";
            append_json_text(object, value);
            object += '"';
        }
        return object += '}';
    }

    void refuse_shape(ShapeFault fault) {
        const bool person = fault.kind == ShapeFault::Kind::person;
        std::string detail = fmt::format("{} ({})", describe(fault), manifest.terms.contract->clause);
        refuse_message(person ? Verdict::identity : Verdict::schema, reason_of(fault.kind), std::move(detail));
    }

    /// Nothing of the message goes on.
    void refuse_message(Verdict verdict, const char* reason, std::string detail) const {
        *reading = MessageReading{};
        reading->verdict = verdict;
        reading->reason = reason;
        reading->detail = std::move(detail);
    }

    FeedContext context;
    Manifest manifest;
    SourceId source;
    TextJudge judge;
    JsonReader json;
    std::vector<std::string> json_columns;
    std::map<std::vector<std::string>, RecordParser> parsers;
    JsonRecords records;
    ParsedBatch parsed;
    MessageReading* reading = nullptr;
};

Feed::Feed(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Feed::Feed(Feed&&) noexcept = default;
Feed& Feed::operator=(Feed&&) noexcept = default;
Feed::~Feed() = default;

Result<Feed> Feed::open(const FeedContext& context, const SourceRecord& source) {
    Manifest manifest = TRY(parse_manifest(source.manifest, source.key + ".toml"));
    if (!manifest.terms.live || !manifest.terms.contract) {
        return fail(ErrorCode::invalid_input, fmt::format("{} n'a pas de table [live] : ce n'est pas une source en direct", manifest.name));
    }
    auto parts = std::make_unique<Parts>(context, std::move(manifest), source.id);
    TRY(check_categories(parts->manifest, context.taxonomy));
    if (parts->manifest.terms.text) {
        parts->judge = TRY(context.judges.judge_of(*parts->manifest.terms.text));
    }
    return Feed(std::move(parts));
}

const Manifest& Feed::manifest() const { return parts_->manifest; }
SourceId Feed::source() const { return parts_->source; }
const LiveRule& Feed::live() const { return *parts_->manifest.terms.live; }

void Feed::read(const std::string& format, std::string_view body, Instant now, MessageReading& reading) {
    parts_->read(format, body, now, reading);
}

}  // namespace vigie::intake
