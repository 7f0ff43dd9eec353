#include "intake/record_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "intake/classification/classifier.h"
#include "intake/config_document.h"
#include "intake/contract/record_guard.h"
#include "intake/defect_text.h"
#include "intake/number.h"
#include "intake/record_columns.h"
#include "intake/record_time.h"

namespace vigie::intake {
namespace {

// Several category columns are one word: "THEFT | FROM BUILDING".
constexpr std::string_view word_separator = " | ";

/// Taxonomy key to number; the keys were checked when the parser was opened.
std::uint16_t category_number(const Taxonomy& taxonomy, const std::string& key) {
    const std::optional<CategoryId> id = taxonomy.find(key);
    VIGIE_ASSERT(id.has_value());
    return id->raw();
}

std::uint16_t origin_number(const std::string& name) { return static_cast<std::uint16_t>(origin_from_name(name).value_or(Origin::unknown)); }

std::uint16_t severity_number(const std::string& digit) { return static_cast<std::uint16_t>(digit[0] - '0'); }

/// What a candidate still waits for while its batch is being placed.
struct Candidate {
    Event event;
    std::uint64_t line = 0;
    bool has_position = false;
};

}  // namespace

Status check_categories(const Manifest& manifest, const Taxonomy& taxonomy) {
    std::vector<std::string> keys;
    for (const Category& category : taxonomy.categories) {
        keys.push_back(category.key);
    }
    const CategoryRule& rule = manifest.category;
    std::vector<std::string> named{std::string(unmapped_category_key), rule.fixed, rule.empty, rule.fallback};
    for (const auto& [theirs, ours] : rule.map.exact) {
        named.push_back(ours);
    }
    for (const auto& [theirs, ours] : rule.map.prefixes) {
        named.push_back(ours);
    }
    for (const std::string& key : named) {
        if (!key.empty() && !taxonomy.find(key)) {
            return fail(ErrorCode::invalid_input, fmt::format("{} : la catégorie « {} » n'est pas dans la nomenclature « {} »{}", manifest.name,
                                                              key, taxonomy.name, nearest_hint(key, keys)));
        }
    }
    return {};
}

struct RecordParser::Parts {
    Parts(const ParserContext& given, RecordColumns found, RecordGuard record_guard, RecordClock record_clock, Locator record_locator)
        : context(given), manifest(given.manifest), columns(std::move(found)), guard(std::move(record_guard)), clock(std::move(record_clock)),
          locator(std::move(record_locator)), hasher(given.manifest.key),
          categories(given.manifest.category.map, [&](const std::string& k) { return category_number(given.taxonomy, k); }),
          severities(given.manifest.severity.map, severity_number), origins(given.manifest.origin.map, origin_number) {
        const CategoryRule& rule = manifest.category;
        const auto number = [&](const std::string& key) -> std::optional<CategoryId> {
            return key.empty() ? std::nullopt : given.taxonomy.find(key);
        };
        fixed_category = number(rule.fixed);
        empty_category = number(rule.empty);
        fallback_category = number(rule.fallback);
        to_classify = number(std::string(to_classify_key));
        unmapped_category = *given.taxonomy.find(unmapped_category_key);
        base_flags = manifest.synthetic || given.city.synthetic ? flag_synthetic : std::uint16_t{0};
        describe_faults();
    }

    void describe_faults() {
        const PlaceRule& place = manifest.place;
        const std::string date = manifest.time.hour_column.empty() ? fmt::format("colonne « {} »", manifest.time.column)
                                                                   : fmt::format("colonnes « {} » et « {} »", manifest.time.column, manifest.time.hour_column);
        time_detail = fmt::format("{} : attendu {}", date, clock.expected());
        place_detail = place.x_column.empty() ? fmt::format("colonne « {} »", place.code_column)
                                              : fmt::format("colonnes « {} » et « {} »", place.x_column, place.y_column);
        box_detail = fmt::format("{} : attendu un point de l'emprise de {} ({} à {} de longitude, {} à {} de latitude)", place_detail,
                                 context.city.name, context.city.box.west, context.city.box.east, context.city.box.south, context.city.box.north);
    }

    [[nodiscard]] static std::string_view cell(const RecordBatch& batch, std::size_t record, std::size_t column) {
        return column == no_column ? std::string_view() : trimmed(batch.value(record, column));
    }

    void parse_record(const RecordBatch& batch, std::size_t record, ParsedBatch& parsed) {
        const std::uint64_t line = batch.lines[record];
        if (batch.defects[record] != Defect::none) {
            const Defect defect = batch.defects[record];
            refuse(parsed, line, reason_of(defect), detail_of(defect, batch.columns));
            return;
        }
        if (auto fault = guard.check(batch, record, manifest.place.decimal)) {
            refuse(parsed, line, fault->reason, std::move(fault->detail));
            return;
        }
        if (guard.is_passed_over(batch, record, manifest.place.decimal)) {
            ++parsed.passed_over;
            return;
        }
        const RecordTime time = clock.read(cell(batch, record, columns.time), cell(batch, record, columns.hour));
        if (time.refusal != nullptr) {
            refuse(parsed, line, time.refusal, time_detail);
            return;
        }
        Candidate candidate;
        candidate.line = line;
        Event& event = candidate.event;
        event.at = time.at;
        event.local_hour = time.local_hour;
        event.flags = static_cast<std::uint16_t>(base_flags | time.flags);
        event.source = context.source;
        event.time_precision = manifest.time.precision;
        hasher.start_content(time.reading);
        if (!parse_place(batch, record, candidate, parsed)) {
            return;
        }
        parse_kind(batch, record, event);
        if (columns.id == no_column) {
            event.id = hasher.finish();
        } else {
            const std::string_view id = cell(batch, record, columns.id);
            if (id.empty()) {
                refuse(parsed, line, "missing_id", fmt::format("colonne « {} » : identifiant attendu", manifest.id.column));
                return;
            }
            event.id = hasher.external(id);
        }
        if (candidate.has_position) {
            positions.push_back(position);
        }
        candidates.push_back(candidate);
    }

    /// Reads the position or the code; false when the record was refused.
    bool parse_place(const RecordBatch& batch, std::size_t record, Candidate& candidate, ParsedBatch& parsed) {
        const PlaceRule& rule = manifest.place;
        const std::string_view x_text = cell(batch, record, columns.x);
        const std::string_view y_text = cell(batch, record, columns.y);
        if (!x_text.empty() || !y_text.empty()) {
            const auto x = parse_number(x_text, rule.decimal);
            const auto y = parse_number(y_text, rule.decimal);
            constexpr double coordinate_max = 1e8;  // beyond the Earth in any unit we know
            if (!x || !y || std::fabs(*x) > coordinate_max || std::fabs(*y) > coordinate_max) {
                refuse(parsed, candidate.line, "bad_coordinate", fmt::format("{} : attendu deux nombres", place_detail));
                return false;
            }
            position = Projection::Planar{*x, *y};
            candidate.has_position = true;
            hasher.add_position(*x, *y, rule.epsg == 0);
            return true;
        }
        const std::string_view code = cell(batch, record, columns.code);
        if (!code.empty()) {
            hasher.add_code(code);
            return place_by_code(code, candidate, parsed);
        }
        if (!rule.keep_unplaced) {
            refuse(parsed, candidate.line, "missing_place", fmt::format("{} : lieu attendu", place_detail));
            return false;
        }
        hasher.add_no_place();
        candidate.event.place_precision = PlacePrecision::none;
        return true;
    }

    bool place_by_code(std::string_view code, Candidate& candidate, ParsedBatch& parsed) {
        const std::optional<Place> place = locator.locate_code(code);
        if (place) {
            set_place(*place, candidate.event);
            area_only_count += place->precision == PlacePrecision::area_only ? 1U : 0U;
            return true;
        }
        if (!manifest.place.keep_unknown_code) {
            refuse(parsed, candidate.line, "unknown_code",
                   fmt::format("colonne « {} » : attendu le code d'un quartier ou d'une commune de {}", manifest.place.code_column, context.city.name));
            return false;
        }
        // The area exists but the city has no outline for it: « commune connue, non placée ».
        candidate.event.place_precision = PlacePrecision::area_only;
        ++area_only_count;
        return true;
    }

    static void set_place(const Place& place, Event& event) {
        event.point = place.point;
        event.lon_e7 = static_cast<std::int32_t>(std::lround(place.position.lon_deg * 1e7));
        event.lat_e7 = static_cast<std::int32_t>(std::lround(place.position.lat_deg * 1e7));
        event.district = place.district;
        event.place_precision = place.precision;
    }

    void parse_kind(const RecordBatch& batch, std::size_t record, Event& event) {
        event.category = category_of(batch, record, event);
        if (columns.severity != no_column) {
            const std::string_view text = cell(batch, record, columns.severity);
            const auto found = severities.find(text);
            if (!found && !text.empty()) {
                unknown_severities.add(text);
            }
            event.severity = Severity{static_cast<std::uint8_t>(found.value_or(0))};
        } else {
            event.severity = manifest.severity.fixed ? Severity{*manifest.severity.fixed}
                                                     : context.taxonomy.categories[event.category.raw()].usual_severity;
        }
        event.origin = manifest.origin.fixed;
        if (columns.origin != no_column) {
            const std::string_view text = cell(batch, record, columns.origin);
            const auto found = origins.find(text);
            if (found) {
                event.origin = static_cast<Origin>(*found);
            } else if (!text.empty()) {
                unknown_origins.add(text);
            }
        }
    }

    CategoryId category_of(const RecordBatch& batch, std::size_t record, Event& event) {
        if (fixed_category) {
            hasher.add_category({});
            return *fixed_category;
        }
        std::string_view word = cell(batch, record, columns.category[0]);
        if (columns.category.size() > 1) {
            joined.assign(word);
            for (std::size_t i = 1; i < columns.category.size(); ++i) {
                joined += word_separator;
                joined += cell(batch, record, columns.category[i]);
            }
            word = joined;
        }
        hasher.add_category(word);
        if (columns.text != no_column && !categories.find(word)) {
            if (const auto said = category_of_text(cell(batch, record, columns.text))) {
                event.flags = static_cast<std::uint16_t>(event.flags | flag_from_text);
                return *said;
            }
        }
        if (word.empty() && empty_category) {
            return *empty_category;
        }
        if (const auto found = categories.find(word)) {
            return CategoryId{*found};
        }
        if (fallback_category) {
            return *fallback_category;
        }
        unknown_categories.add(word);
        event.flags = static_cast<std::uint16_t>(event.flags | flag_unmapped_category);
        return unmapped_category;
    }

    /// What the text says, « à classer » when it is not certain, or nothing without a text. The text goes no further.
    [[nodiscard]] std::optional<CategoryId> category_of_text(std::string_view text) const {
        if (text.empty()) {
            return std::nullopt;
        }
        const std::string key = context.judge != nullptr ? (*context.judge)(text) : std::string();
        const auto found = key.empty() ? std::nullopt : context.taxonomy.find(key);
        return found ? found : to_classify;
    }

    static void refuse(ParsedBatch& parsed, std::uint64_t line, const char* reason, std::string detail) {
        parsed.refusals.push_back(Refusal{line, reason, std::move(detail)});
    }

    /// Places every candidate that has a position, and lets through those that lie in the city.
    void place_candidates(ParsedBatch& parsed) {
        places.resize(positions.size());
        locator.locate(positions, places);
        std::size_t next = 0;
        for (Candidate& candidate : candidates) {
            if (candidate.has_position) {
                const Place& place = places[next++];
                if (place.placing != Placing::placed) {
                    refuse_place(place.placing, candidate.line, parsed);
                    continue;
                }
                set_place(place, candidate.event);
            }
            repeated_hours += (candidate.event.flags & flag_repeated_hour) != 0 ? 1U : 0U;
            skipped_hours += (candidate.event.flags & flag_skipped_hour) != 0 ? 1U : 0U;
            parsed.events.push_back(candidate.event);
            parsed.lines.push_back(candidate.line);
        }
    }

    void refuse_place(Placing placing, std::uint64_t line, ParsedBatch& parsed) const {
        if (placing == Placing::bad_coordinate) {
            refuse(parsed, line, "bad_coordinate",
                   fmt::format("{} : attendu {}", place_detail, manifest.place.epsg == 0 ? "une position en degrés WGS 84" : fmt::format("une position en EPSG:{}", manifest.place.epsg)));
        } else {
            refuse(parsed, line, "outside_city",
                   placing == Placing::swapped ? box_detail + " ; longitude et latitude semblent échangées" : box_detail);
        }
    }

    ParserContext context;
    const Manifest& manifest;
    RecordColumns columns;
    RecordGuard guard;
    RecordClock clock;
    Locator locator;
    IdentityHasher hasher;
    ValueLookup categories;
    ValueLookup severities;
    ValueLookup origins;
    std::optional<CategoryId> fixed_category;
    std::optional<CategoryId> empty_category;
    std::optional<CategoryId> fallback_category;
    std::optional<CategoryId> to_classify;
    CategoryId unmapped_category;
    std::uint16_t base_flags = 0;
    std::string time_detail;
    std::string place_detail;
    std::string box_detail;

    // Working space of one batch.
    std::vector<Candidate> candidates;
    std::vector<Projection::Planar> positions;  // of the candidates that have one, in order
    std::vector<Place> places;
    Projection::Planar position;
    std::string joined;

    UnknownWords unknown_categories;
    UnknownWords unknown_severities;
    UnknownWords unknown_origins;
    std::uint64_t repeated_hours = 0;
    std::uint64_t skipped_hours = 0;
    std::uint64_t area_only_count = 0;
};

RecordParser::RecordParser(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
RecordParser::RecordParser(RecordParser&&) noexcept = default;
RecordParser::~RecordParser() = default;

Result<RecordParser> RecordParser::open(const ParserContext& context, const std::vector<std::string>& columns, const std::string& description) {
    TRY(check_categories(context.manifest, context.taxonomy));
    RecordColumns found = TRY(find_columns(context.manifest, columns, description));
    RecordGuard guard = TRY(RecordGuard::open(context.manifest.terms, columns));
    RecordClock clock = TRY(RecordClock::open(context.manifest.time, context.city.zone, context.now));
    Locator locator = TRY(Locator::open(context.city, context.manifest.place.epsg));
    return RecordParser(std::make_unique<Parts>(context, std::move(found), std::move(guard), std::move(clock), std::move(locator)));
}

void RecordParser::set_now(Instant now) { parts_->clock.set_now(now); }

void RecordParser::parse(const RecordBatch& batch, ParsedBatch& parsed) {
    parsed.events.clear();
    parsed.lines.clear();
    parsed.refusals.clear();
    parsed.read = batch.size();
    parsed.passed_over = 0;
    parts_->candidates.clear();
    parts_->positions.clear();
    for (std::size_t record = 0; record < batch.size(); ++record) {
        parts_->parse_record(batch, record, parsed);
    }
    parts_->place_candidates(parsed);
    std::stable_sort(parsed.refusals.begin(), parsed.refusals.end(), [](const Refusal& a, const Refusal& b) { return a.line < b.line; });
}

std::vector<std::string> RecordParser::warnings() const {
    std::vector<std::string> said;
    const auto list = [&](const UnknownWords& words, const char* what) {
        if (words.total() > 0) {
            said.push_back(fmt::format("{} {} : {}", words.total(), what, words.describe()));
        }
    };
    list(parts_->unknown_categories, "fait(s) dont la catégorie n'est pas dans le manifeste, gardés en « non rattaché »");
    list(parts_->unknown_severities, "fait(s) dont la gravité n'est pas dans le manifeste, gardés en « non dite »");
    list(parts_->unknown_origins, "fait(s) dont l'origine n'est pas dans le manifeste");
    if (parts_->repeated_hours > 0) {
        said.push_back(fmt::format("{} fait(s) dans l'heure que l'horloge a montrée deux fois (passage à l'heure d'hiver) : premier passage retenu", parts_->repeated_hours));
    }
    if (parts_->skipped_hours > 0) {
        said.push_back(fmt::format("{} fait(s) dans une heure qui n'a pas existé (passage à l'heure d'été) : avancés d'autant", parts_->skipped_hours));
    }
    if (parts_->area_only_count > 0) {
        said.push_back(fmt::format("{} fait(s) dont la commune ou le quartier est connu mais non placé : dans les tableaux, pas sur la carte", parts_->area_only_count));
    }
    return said;
}

}  // namespace vigie::intake
